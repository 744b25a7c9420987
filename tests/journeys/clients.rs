//! Clients that are slow, silent, many or gone: each is told so, and nobody else waits for them.

use futures::StreamExt;
use reqwest::{
    Client, RequestBuilder,
    header::{ACCEPT, HeaderMap, RETRY_AFTER},
};
use saldo_testkit::{Program, wait_until};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use crate::support::{bytes, json, post, problem, report, table};

/// A connection that speaks HTTP by hand.
pub async fn connect(saldo: &Program) -> TcpStream {
    let url = saldo.url();
    TcpStream::connect(url.trim_start_matches("http://")).await.expect("a connection")
}

/// The head of an upload of `length` bytes.
pub fn head(length: u64, more: &str) -> String {
    format!("POST /analyze HTTP/1.1\r\nhost: saldo\r\ncontent-type: text/csv\r\ncontent-length: {length}\r\n{more}\r\n")
}

/// Status and problem of the answer that ends the connection.
pub async fn refusal(mut connection: TcpStream) -> (u16, Value) {
    let mut text = String::new();
    connection.read_to_string(&mut text).await.expect("an answer to its end");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, serde_json::from_str(body).expect("a problem"))
}

/// A client that asks for more rows than the connection holds, and takes none of them.
async fn ask_and_never_read(saldo: &Program) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    let address = saldo.url().trim_start_matches("http://").parse().expect("an address");
    let mut connection = socket.connect(address).await.expect("a connection");
    let content = table(80_000);
    let head = head(content.len() as u64, "accept: text/event-stream\r\n").replace("/analyze", "/analyze?rows=true");
    connection.write_all(head.as_bytes()).await.expect("a head");
    connection.write_all(&content).await.expect("a body");
    connection
}

/// Waits until a metric has a value.
pub async fn wait_for_metric(saldo: &Program, line: &str) {
    let metrics = format!("{}/metrics", saldo.ops());
    wait_until(line, || async {
        let text = reqwest::get(&metrics).await.expect("metrics").text().await.expect("text");
        text.lines().any(|one| one == line).then_some(())
    })
    .await;
}

/// Analyses one file, and looks that nothing else was analysed for callers that broke off before it.
pub async fn only_this_is_analysed(saldo: &Program) {
    report(&saldo.url(), "euro.csv").await;
    let text = reqwest::get(format!("{}/metrics", saldo.ops())).await.expect("metrics").text().await.expect("text");
    let outcomes = text.lines().filter_map(|line| line.strip_prefix("saldo_analysis_analyses_total{outcome="));
    // Whether the others had come so far as to be cancelled is chance.
    let analysed: Vec<_> = outcomes.filter(|outcome| !outcome.starts_with("\"cancelled\"")).collect();
    assert_eq!(analysed, ["\"report\"} 1"]);
}

#[tokio::test]
async fn an_upload_that_stalls_is_told_so() {
    let saldo = Program::serve(&["--set", "gateway.stall_timeout_ms=200"]);
    let mut connection = connect(&saldo).await;
    connection.write_all(head(1_000, "").as_bytes()).await.expect("a head");
    connection.write_all(b"Date;Amount\n").await.expect("a beginning");
    let (status, problem) = refusal(connection).await;
    assert_eq!((status, &problem["reason"]), (408, &"REQUEST_STALLED".into()));
    assert_eq!(problem["metadata"]["received_bytes"], "12");
    only_this_is_analysed(&saldo).await;
}

#[tokio::test]
async fn a_connection_that_asks_nothing_is_closed() {
    let saldo = Program::serve(&["--set", "gateway.header_timeout_ms=200"]);
    for said in ["", "PRI * HTTP/2.0", "GET / HTTP/1.1\r\nhost: sal"] {
        let mut connection = connect(&saldo).await;
        connection.write_all(said.as_bytes()).await.expect("written");
        let mut text = Vec::new();
        // Closed or reset; it must end.
        let _ = connection.read_to_end(&mut text).await;
        assert!(!text.starts_with(b"HTTP/1.1 200"), "{said}");
    }
}

#[tokio::test]
async fn a_reader_that_does_not_read_loses_its_turn() {
    let mut settings = vec!["--set", "analysis.concurrency=1"];
    settings.extend(["--set", "analysis.stall_timeout_ms=300", "--set", "gateway.stall_timeout_ms=300"]);
    let saldo = Program::serve(&settings);
    let _held = ask_and_never_read(&saldo).await;
    wait_for_metric(&saldo, "saldo_analysis_active 1").await;
    report(&saldo.url(), "euro.csv").await;
    wait_for_metric(&saldo, "saldo_analysis_analyses_total{outcome=\"cancelled\"} 1").await;
}

#[tokio::test]
async fn who_waits_is_told_how_many_come_first_and_who_finds_no_place_is_refused() {
    let saldo = Program::serve(&["--set", "analysis.concurrency=1", "--set", "analysis.queue_length=2"]);
    let running = ask_and_never_read(&saldo).await;
    wait_for_metric(&saldo, "saldo_analysis_active 1").await;
    let second = Waiting::new(&saldo).await;
    let third = Waiting::new(&saldo).await;
    assert_eq!((second.ahead, third.ahead), (0, 1));

    let refused = post(&saldo.url(), "", "euro.csv", bytes("euro.csv")).send().await.expect("an answer");
    assert_eq!(refused.status(), 503);
    assert!(refused.headers().contains_key(RETRY_AFTER));
    assert_eq!(problem(refused).await["reason"], "SERVER_BUSY");
    assert_eq!(reqwest::get(format!("{}/v1/formats", saldo.url())).await.expect("an answer").status(), 200);

    drop(running);
    let (second, third) = tokio::join!(second.rest(), third.rest());
    assert!(second.contains("event: report") && third.contains("event: report"));
    assert!(third.contains(r#""stage":"STAGE_QUEUED","done":"0","total":"0","ahead":0"#), "it moves up: {third}");
}

/// An upload that waits for its turn.
struct Waiting {
    ahead: u64,
    events: std::pin::Pin<Box<dyn futures::Stream<Item = String>>>,
}

impl Waiting {
    async fn new(saldo: &Program) -> Self {
        let request = post(&saldo.url(), "", "euro.csv", bytes("euro.csv")).header(ACCEPT, "text/event-stream");
        let answer = request.send().await.expect("an answer");
        let chunks = answer.bytes_stream().map(|chunk| String::from_utf8_lossy(&chunk.expect("bytes")).into_owned());
        let mut events = Box::pin(chunks);
        let first = events.next().await.expect("an event");
        let data = first.lines().find_map(|line| line.strip_prefix("data:")).expect("data");
        let progress: Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(progress["stage"], "STAGE_QUEUED");
        Self { ahead: progress["ahead"].as_u64().expect("a number"), events }
    }

    async fn rest(self) -> String {
        self.events.collect().await
    }
}

#[tokio::test]
async fn files_that_would_fill_the_disk_are_refused() {
    let saldo = Program::serve(&["--set", "analysis.max_spool_bytes=300"]);
    let refused = post(&saldo.url(), "", "euro.csv", bytes("euro.csv")).send().await.expect("an answer");
    assert_eq!(refused.status(), 503);
    assert_eq!(problem(refused).await["reason"], "SPOOL_FULL");
}

#[tokio::test]
async fn a_client_that_writes_to_the_end_before_it_reads_gets_its_refusal() {
    let saldo = Program::serve(&["--set", "gateway.max_upload_bytes=100000"]);
    let length = 20 << 20;
    let mut connection = connect(&saldo).await;
    connection.write_all(head(length, "connection: close\r\n").as_bytes()).await.expect("a head");
    connection.write_all(&vec![b'x'; length as usize]).await.expect("all of it");
    let (status, problem) = refusal(connection).await;
    assert_eq!((status, &problem["reason"]), (413, &"FILE_TOO_LARGE".into()));
}

/// An upload as a packed raw body.
async fn packed(saldo: &Program, coding: &str, content: Vec<u8>) -> RequestBuilder {
    let content = pack(coding, &content).await;
    let request = Client::new().post(format!("{}/analyze", saldo.url())).header("content-type", "text/csv");
    request.header("content-encoding", coding).body(content)
}

/// The content packed.
async fn pack(coding: &str, content: &[u8]) -> Vec<u8> {
    use async_compression::tokio::bufread::{GzipEncoder, ZstdEncoder};
    let mut out = Vec::new();
    match coding {
        "gzip" => GzipEncoder::new(content).read_to_end(&mut out).await.expect("packed"),
        "zstd" => ZstdEncoder::new(content).read_to_end(&mut out).await.expect("packed"),
        _ => content.to_vec().len(),
    };
    out
}

#[tokio::test]
async fn requests_and_answers_may_be_packed() {
    let saldo = Program::serve(&["--set", "gateway.max_upload_bytes=1000000"]);
    let plain = report(&saldo.url(), "euro.csv").await;
    for coding in ["gzip", "zstd"] {
        let sent = packed(&saldo, coding, bytes("euro.csv")).await.header("accept-encoding", coding).send().await;
        let answer = sent.expect("an answer");
        assert_eq!(answer.status(), 200, "{coding}");
        assert_eq!(answer.headers()["content-encoding"], coding);
        assert!(answer.bytes().await.expect("a body").len() * 3 < plain.to_string().len(), "{coding}");

        let bomb = packed(&saldo, coding, vec![b'x'; 50_000_000]).await.send().await.expect("an answer");
        assert_eq!(bomb.status(), 413, "{coding}");
        assert_eq!(problem(bomb).await["reason"], "FILE_TOO_LARGE");

        let request = Client::new().post(format!("{}/analyze", saldo.url())).header("content-encoding", coding);
        let damaged = request.body(bytes("euro.csv")).send().await.expect("an answer");
        assert_eq!(damaged.status(), 400, "{coding}");
        assert_eq!(problem(damaged).await["reason"], "ENCODING_INVALID");
    }
    let unknown = packed(&saldo, "br", bytes("euro.csv")).await.send().await.expect("an answer");
    assert_eq!(
        (unknown.status().as_u16(), &unknown.headers()["accept-encoding"]),
        (415, &"gzip, zstd".parse().unwrap())
    );
    assert_eq!(problem(unknown).await["reason"], "ENCODING_NOT_ACCEPTED");

    let request = post(&saldo.url(), "", "euro.csv", bytes("euro.csv")).header(ACCEPT, "text/event-stream");
    let events = request.header("accept-encoding", "gzip").send().await.expect("an answer");
    assert!(!HeaderMap::contains_key(events.headers(), "content-encoding"), "events do not wait for more");
    assert!(
        json(reqwest::get(format!("{}/v1/server", saldo.url())).await.expect("an answer")).await["version"].is_string()
    );
}
