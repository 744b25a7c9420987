//! Kills every process and engine in turn at random moments while files are uploaded, then counts: each acknowledged upload ends
//! in exactly one report, no event has its effect twice, files and rows agree. `make test-faults`; arguments: seed, seconds.
#![allow(clippy::print_stdout, clippy::expect_used)]

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::{
    Client,
    multipart::{Form, Part},
};
use saldo_testkit::{
    Deployment,
    engines::{Postgres, Redis},
};
use serde_json::Value;
use sqlx::{Connection, PgConnection};

/// What is killed, in turn.
const VICTIMS: [&str; 7] = ["gateway", "file", "analysis", "forecast", "postgres", "kafka", "redis"];
/// Uploads at the same time.
const CLIENTS: u64 = 3;
/// How long everything may take to end after the last kill.
const ENDS_WITHIN: Duration = Duration::from_secs(180);

/// What the clients saw.
#[derive(Default)]
struct Seen {
    /// Acknowledged files with the number of their rows.
    files: Mutex<Vec<(String, u64)>>,
    refused: AtomicU64,
    broken_off: AtomicU64,
    stop: AtomicBool,
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>().expect("a number"));
    let (seed, seconds) = (arguments.next().unwrap_or(1), arguments.next().unwrap_or(300));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run(seed, Duration::from_secs(seconds)));
}

async fn run(seed: u64, time: Duration) {
    let (Some(postgres), Some(redis)) = (Postgres::own_and_durable(), Redis::own()) else { return };
    let database = postgres.empty_database().await;
    // The limits of one address are not what is tried.
    let settings = [
        "gateway.analyses_per_minute=1000000",
        "gateway.analyses_burst=100000",
        "gateway.calls_per_minute=1000000",
        "gateway.calls_burst=100000",
        "analysis.concurrency=2",
    ];
    let Some(mut deployment) = Deployment::start_on_database(database.clone(), redis, &settings) else { return };
    let mut gateway = deployment.gateway(&["gateway.listen=127.0.0.1:0"]);
    let address = gateway.url().trim_start_matches("http://").to_owned();
    let workspace = format!("http://{address}/v1/workspaces/wsp_00000000000070008000000000000001");

    let seen = Arc::new(Seen::default());
    let clients: Vec<_> =
        (0..CLIENTS).map(|number| tokio::spawn(upload(workspace.clone(), number, seen.clone()))).collect();
    let mut chance = Chance(seed);
    let (start, mut kills) = (Instant::now(), [0_u32; VICTIMS.len()]);
    println!("seed {seed}; {} s, {CLIENTS} clients", time.as_secs());
    for turn in 0.. {
        pause(Duration::from_millis(1_000 + chance.below(4_000))).await;
        if start.elapsed() >= time {
            break;
        }
        let place = turn % VICTIMS.len();
        match VICTIMS[place] {
            "gateway" => {
                gateway.kill();
                gateway = deployment.gateway(&[&format!("gateway.listen={address}")]);
            }
            "postgres" => {
                postgres.kill();
                pause(Duration::from_millis(chance.below(2_000))).await;
                postgres.start();
            }
            "kafka" => {
                deployment.kafka.kill();
                deployment.kafka.start();
            }
            "redis" => {
                deployment.redis.kill();
                pause(Duration::from_millis(chance.below(2_000))).await;
                deployment.redis.start();
            }
            target => deployment.crash(target),
        }
        kills[place] += 1;
    }
    seen.stop.store(true, Ordering::Release);
    for client in clients {
        client.await.expect("a client ends");
    }
    let killed: Vec<_> = VICTIMS.iter().zip(kills).map(|(name, count)| format!("{name} {count}")).collect();
    println!("killed: {}", killed.join(", "));
    let files = seen.files.lock().expect("the files").clone();
    println!(
        "uploads: {} acknowledged, {} refused with a reason, {} broken off",
        files.len(),
        seen.refused.load(Ordering::Relaxed),
        seen.broken_off.load(Ordering::Relaxed)
    );
    count(&workspace, &database, &files).await;
}

/// Uploads one file after the other; a failure is no acknowledgement.
async fn upload(workspace: String, number: u64, seen: Arc<Seen>) {
    let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
    let mut chance = Chance(number + 100);
    while !seen.stop.load(Ordering::Acquire) {
        let rows = 1 + chance.below(3_000);
        let form = Form::new().part("file", Part::bytes(statement(rows, &mut chance)).file_name(format!("{rows}.csv")));
        match client.post(format!("{workspace}/files?analyze=true")).multipart(form).send().await {
            Ok(answer) if answer.status() == 201 => {
                if let Ok(Ok(body)) = answer.text().await.map(|text| serde_json::from_str::<Value>(&text)) {
                    let id = body["file"]["id"].as_str().expect("an id").to_owned();
                    seen.files.lock().expect("the files").push((id, rows));
                }
            }
            Ok(answer) => {
                let text = answer.text().await.unwrap_or_default();
                let problem: Value = serde_json::from_str(&text).unwrap_or_default();
                // A refusal that says nothing is a failure of the test.
                assert!(problem["reason"].is_string() || text.is_empty(), "{text}");
                seen.refused.fetch_add(1, Ordering::Relaxed);
                pause(Duration::from_millis(200)).await;
            }
            Err(_) => {
                seen.broken_off.fetch_add(1, Ordering::Relaxed);
                pause(Duration::from_millis(200)).await;
            }
        }
        pause(Duration::from_millis(100 + chance.below(300))).await;
    }
}

async fn count(workspace: &str, database: &str, files: &[(String, u64)]) {
    let (client, start) = (Client::new(), Instant::now());
    let get = async |url: String| {
        let answer = client.get(url).send().await.ok()?;
        serde_json::from_str::<Value>(&answer.text().await.ok()?).ok()
    };
    let mut done = 0;
    for (file, rows) in files {
        let url = format!("{workspace}/analyses/{}", file.replace("fil_", "ana_"));
        let analysis = loop {
            let analysis = get(url.clone()).await.unwrap_or_default()["analysis"].clone();
            let state = analysis["state"].as_str().unwrap_or_default();
            if ["ANALYSIS_STATE_DONE", "ANALYSIS_STATE_FAILED", "ANALYSIS_STATE_CANCELLED"].contains(&state) {
                break analysis;
            }
            assert!(start.elapsed() < ENDS_WITHIN, "{file} does not end: {analysis}");
            pause(Duration::from_millis(100)).await;
        };
        assert_eq!(analysis["state"], "ANALYSIS_STATE_DONE", "{analysis}");
        assert_eq!(analysis["digest"]["transactions"], rows.to_string(), "{analysis}");
        done += 1;
    }
    println!("reports: {done} of {} acknowledged uploads, each with all its rows", files.len());

    let mut connection = PgConnection::connect(database).await.expect("the database answers");
    let one = async |connection: &mut PgConnection, sql: &'static str| {
        sqlx::query_scalar::<_, i64>(sql).fetch_one(connection).await.expect("a count")
    };
    let c = &mut connection;
    let kept = one(c, "select count(*) from file.files where deleted_at is null").await;
    let analyses = one(c, "select count(*) from analysis.analyses").await;
    let reports = one(c, "select count(*) from analysis.reports").await;
    let twice =
        one(c, "select count(*) from (select from analysis.reports group by analysis_id having count(*) > 1) as twice");
    assert_eq!(twice.await, 0, "an analysis has two reports");
    let told = "select count(*) from (select from analysis.outbox where kind like '%AnalysisCompleted' \
                group by aggregate having count(*) > 1) as twice";
    assert_eq!(one(c, told).await, 0, "a report was told of twice");
    let handled = one(c, "select count(*) from analysis.inbox where consumer like 'analysis%'").await;
    let parked = one(c, "select count(*) from bus.dead_letters").await;
    println!(
        "rows: {kept} files, {analyses} analyses, {reports} reports; events: {handled} handled once, {parked} parked"
    );
    assert_eq!((kept, analyses, parked), (analyses, reports, 0), "files, analyses and reports agree");
    assert_eq!(handled, kept, "each upload was handled once");
    assert!(kept >= i64::try_from(files.len()).expect("few files"), "an acknowledged file is gone");

    let mut whole = 0;
    let known: BTreeSet<_> = files.iter().map(|(file, _)| file.clone()).collect();
    for file in &known {
        let answer = client.get(format!("{workspace}/files/{file}/content")).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{file}");
        let tag = answer.headers()["etag"].to_str().expect("a tag").trim_matches('"').to_owned();
        let bytes = answer.bytes().await.expect("its bytes");
        assert_eq!(hex(&ring::digest::digest(&ring::digest::SHA256, &bytes)), tag, "{file}");
        whole += 1;
    }
    println!("objects: {whole} of {} read back with their SHA-256", known.len());
    println!("all held");
}

fn hex(digest: &ring::digest::Digest) -> String {
    digest.as_ref().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn statement(rows: u64, chance: &mut Chance) -> Vec<u8> {
    let mut out = String::from("Date,Counterparty,Amount,Currency\n");
    for row in 0..rows {
        let (month, day) = (row % 12 + 1, row % 28 + 1);
        let _ =
            writeln!(out, "2025-{month:02}-{day:02},Shop {},-{}.{:02},EUR", row % 50, 1 + chance.below(500), row % 100);
    }
    out.into_bytes()
}

/// The clock is what is tried: a fault comes while something is under way.
#[allow(clippy::disallowed_methods)]
async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}

/// Repeatable chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }
}
