//! Jobs: done once, tried again, given up, cancelled, and taken over from workers that are gone.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use saldo_kernel::{Error, Tenant, reasons};
use saldo_store::{Database, Ended, Job, Lease, NewJob, Stop, Store, TenantTx, Worker, Workers};
use saldo_testkit::wait_until;
use sqlx::Row;
use tokio::sync::watch;

use crate::support::{NOTES, migrated, tenant};

/// Does what the key of a job says, and writes down what it did.
struct Player {
    store: Store,
    done: Arc<Mutex<BTreeMap<String, Vec<String>>>>,
    open: watch::Receiver<bool>,
}

impl Player {
    fn write(&self, job: &Job, what: &str) {
        self.done.lock().unwrap().entry(job.key.clone()).or_default().push(format!("{what} {}", job.attempt));
    }
}

#[async_trait]
impl Worker for Player {
    fn kind(&self) -> &'static str {
        "play"
    }

    async fn work(&self, job: &Job, lease: &Lease) -> Result<(), Error> {
        match job.key.split('-').next().unwrap() {
            "fails" => return Err(Error::known(&reasons::FILE_EMPTY, "saldo.notes", "it is empty")),
            "stumbles" if job.attempt == 1 => {
                return Err(Error::known(&reasons::SERVICE_UNAVAILABLE, "saldo.notes", "not now"));
            }
            "waits" => {
                self.write(job, "begun");
                let mut open = self.open.clone();
                open.wait_for(|open| *open).await.unwrap();
            }
            _ => {}
        }
        let mut tx = self.store.tenant(job.tenant).await?;
        tx.finish(lease, Ended::Done).await?;
        tx.commit().await?;
        self.write(job, "done");
        Ok(())
    }

    async fn give_up(&self, _: &mut TenantTx, job: &Job, error: &Error) -> Result<(), Error> {
        self.write(job, error.reason.as_str());
        Ok(())
    }
}

struct Theatre {
    store: Store,
    done: Arc<Mutex<BTreeMap<String, Vec<String>>>>,
    open: watch::Sender<bool>,
    workers: Workers,
    stop: Stop,
}

impl Theatre {
    fn start(database: &Database) -> Self {
        let (store, stop) = (database.store(&NOTES), Stop::default());
        let (open, closed) = watch::channel(false);
        let done = Arc::<Mutex<BTreeMap<String, Vec<String>>>>::default();
        let player = Player { store: store.clone(), done: Arc::clone(&done), open: closed };
        let workers = Workers::start(&store, Arc::new(player), 3, &stop);
        Self { store, done, open, workers, stop }
    }

    async fn seen(&self, key: &str, what: &[&str]) {
        wait_until(&format!("{key}: {what:?}"), || async {
            let done = self.done.lock().unwrap();
            done.get(key).is_some_and(|seen| seen == what).then_some(())
        })
        .await;
    }

    async fn end(self) {
        self.stop.ask();
        self.workers.ended().await;
    }
}

async fn enqueue(store: &Store, tenant: Tenant, key: &str) -> bool {
    let mut tx = store.tenant(tenant).await.unwrap();
    let job = NewJob { kind: "play", key: key.to_owned(), payload: b"what to do".to_vec(), max_attempts: 3 };
    let added = tx.enqueue(job).await.unwrap().is_some();
    tx.commit().await.unwrap();
    added
}

async fn states(store: &Store) -> Vec<(String, String)> {
    let mut tx = store.system().await.unwrap();
    let rows = sqlx::query("select key, state from jobs order by key").fetch_all(tx.connection()).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[tokio::test]
async fn a_job_is_done_once_tried_again_or_given_up() {
    let theatre = Theatre::start(&migrated().await);
    let mine = tenant();
    for key in ["well", "stumbles", "fails"] {
        assert!(enqueue(&theatre.store, mine, key).await);
        assert!(!enqueue(&theatre.store, mine, key).await, "there is one job for each key");
    }
    theatre.seen("well", &["done 1"]).await;
    theatre.seen("fails", &["FILE_EMPTY 1"]).await;
    theatre.seen("stumbles", &["done 2"]).await;
    wait_until("all are ended", || async {
        let ended = states(&theatre.store).await;
        let want = [("fails", "failed"), ("stumbles", "done"), ("well", "done")];
        (ended == want.map(|(key, state)| (key.to_owned(), state.to_owned()))).then_some(())
    })
    .await;
    theatre.end().await;
}

#[tokio::test]
async fn a_running_job_is_cancelled_by_its_owner_only() {
    let theatre = Theatre::start(&migrated().await);
    let mine = tenant();
    enqueue(&theatre.store, mine, "waits").await;
    theatre.seen("waits", &["begun 1"]).await;
    for (whose, may) in [(tenant(), false), (mine, true)] {
        let mut tx = theatre.store.tenant(whose).await.unwrap();
        assert_eq!(tx.cancel("play", "waits").await.unwrap(), may);
        tx.commit().await.unwrap();
    }
    theatre.seen("waits", &["begun 1", "CANCELLED 1"]).await;
    wait_until("it is ended", || async {
        (states(&theatre.store).await == [("waits".to_owned(), "cancelled".to_owned())]).then_some(())
    })
    .await;
    theatre.end().await;
}

#[tokio::test]
async fn a_process_that_stops_puts_its_job_back_as_if_it_had_not_begun() {
    let database = migrated().await;
    let first = Theatre::start(&database);
    enqueue(&first.store, tenant(), "waits").await;
    first.seen("waits", &["begun 1"]).await;
    first.end().await;
    let second = Theatre::start(&database);
    second.open.send_replace(true);
    second.seen("waits", &["begun 1", "done 1"]).await;
    second.end().await;
}

#[tokio::test]
async fn the_job_of_a_worker_that_is_gone_is_taken_over_and_its_late_result_is_not_kept() {
    let database = migrated().await;
    let first = Theatre::start(&database);
    enqueue(&first.store, tenant(), "waits").await;
    first.seen("waits", &["begun 1"]).await;
    // Its signs of life do not arrive: the lease has run out.
    let mut tx = first.store.system().await.unwrap();
    let gone = "update jobs set leased_until = now() - interval '1 second'";
    sqlx::query(gone).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    first.seen("waits", &["begun 1", "begun 2"]).await;
    first.open.send_replace(true);
    // Both go on to keep their result: one is kept.
    first.seen("waits", &["begun 1", "begun 2", "done 2"]).await;
    assert_eq!(states(&first.store).await, [("waits".to_owned(), "done".to_owned())]);
    first.end().await;
}

#[tokio::test]
async fn a_job_that_ends_its_workers_again_and_again_is_given_up() {
    let database = migrated().await;
    let store = database.store(&NOTES);
    enqueue(&store, tenant(), "well").await;
    let mut tx = store.system().await.unwrap();
    let crashed = "update jobs set state = 'running', attempts = 3, lease = gen_random_uuid(), leased_until = now()";
    sqlx::query(crashed).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    let theatre = Theatre::start(&database);
    theatre.seen("well", &["JOB_ABANDONED 4"]).await;
    theatre.end().await;
}

#[tokio::test]
async fn many_jobs_are_each_done_once_by_two_processes() {
    let database = migrated().await;
    let (one, two) = (Theatre::start(&database), Theatre::start(&database));
    let mut keys = Vec::new();
    for number in 0..60 {
        keys.push(format!("well-{number:02}"));
        enqueue(&one.store, tenant(), &keys[number]).await;
    }
    let count = || {
        let (one, two) = (one.done.lock().unwrap(), two.done.lock().unwrap());
        one.values().chain(two.values()).map(Vec::len).sum::<usize>()
    };
    wait_until("all are done", || async { (count() >= keys.len()).then_some(()) }).await;
    assert_eq!(count(), keys.len());
    assert!(states(&one.store).await.iter().all(|(_, state)| state == "done"));
    one.end().await;
    two.end().await;
}
