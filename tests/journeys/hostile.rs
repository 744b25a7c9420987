//! Hostile inputs, each with its reason: the table is in docs/robustness.md. The server answers the next one as before.

use std::io::Write;

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use futures::stream;
use reqwest::{Body, Client, Response};
use saldo_testkit::Program;
use tokio::io::AsyncWriteExt;

use crate::{
    clients::{connect, head, only_this_is_analysed, refusal},
    support::{bytes, post, problem, report},
};

/// Status and reason of an answer that is a problem.
async fn told(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let reason = problem(response).await["reason"].as_str().expect("a reason").to_owned();
    (status, reason)
}

/// Zero bytes, packed into a thousandth of them.
fn bomb() -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..300 {
        packed.write_all(&zeros).expect("packed");
    }
    packed.finish().expect("packed")
}

#[tokio::test]
async fn a_hostile_file_is_refused_with_its_reason() {
    let saldo = Program::serve(&[]);
    let rows = "2025-01-02,Rent,-500.00,EUR\n2025-01-03,Salary,2000.00,EUR\n";
    let wide = format!("Date,Description,Amount,Currency\n{}\n{rows}", "1,".repeat(100_000));
    let long = format!("Date,Amount,Text\n2025-01-01,1.00,{}\n", "x".repeat(10 << 20));
    let mut image = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    image.extend((0..200_u8).cycle().take(5_000));
    // Bytes that are no text in any encoding that has been used for statements.
    let broken: Vec<u8> = (0..20_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let files = [
        ("empty.csv", Vec::new(), 422, "FILE_EMPTY"),
        ("image.csv", image, 422, "FILE_IS_IMAGE"),
        ("bomb.csv.gz", bomb(), 413, "ARCHIVE_TOO_LARGE"),
        ("columns.csv", wide.into_bytes(), 413, "TOO_MANY_COLUMNS"),
        ("line.csv", long.into_bytes(), 413, "LINE_TOO_LONG"),
        ("encoding.csv", broken, 422, "FILE_IS_BINARY"),
    ];
    for (name, content, status, reason) in files {
        let response = post(&saldo.url(), "", name, content).send().await.expect("an answer");
        assert_eq!(told(response).await, (status, reason.to_owned()), "{name}");
    }
    report(&saldo.url(), "euro.csv").await;
}

#[tokio::test]
async fn two_gigabytes_are_refused_when_they_are_announced_and_when_they_are_not() {
    const SIZE: u64 = 2 << 30;
    let saldo = Program::serve(&["--set", "gateway.max_upload_bytes=10000000"]);
    let mut announced = connect(&saldo).await;
    let ask_first = "expect: 100-continue\r\nconnection: close\r\n";
    announced.write_all(head(SIZE, ask_first).as_bytes()).await.expect("a head");
    let (status, problem) = refusal(announced).await;
    assert_eq!((status, &problem["reason"]), (413, &"FILE_TOO_LARGE".into()));

    let chunk = Bytes::from(vec![b'x'; 1 << 20]);
    let chunks = stream::iter((0..SIZE >> 20).map(move |_| Ok::<_, std::io::Error>(chunk.clone())));
    let request = Client::new().post(format!("{}/analyze", saldo.url())).header("content-type", "text/csv");
    let response = request.body(Body::wrap_stream(chunks)).send().await.expect("an answer before its end");
    assert_eq!(told(response).await, (413, "FILE_TOO_LARGE".to_owned()));
}

#[tokio::test]
async fn a_body_of_another_type_stalls_or_breaks_off_and_is_told_so() {
    let saldo = Program::serve(&["--set", "gateway.stall_timeout_ms=300"]);
    let request = Client::new().post(format!("{}/analyze", saldo.url())).header("content-type", "application/json");
    let response = request.body("{}").send().await.expect("an answer");
    assert_eq!(told(response).await, (415, "CONTENT_TYPE_NOT_ACCEPTED".to_owned()));

    let mut stalled = connect(&saldo).await;
    stalled.write_all(head(1_000, "").as_bytes()).await.expect("a head");
    stalled.write_all(&bytes("euro.csv")[..100]).await.expect("a beginning");
    let (status, problem) = refusal(stalled).await;
    assert_eq!((status, &problem["reason"]), (408, &"REQUEST_STALLED".into()));

    let mut gone = connect(&saldo).await;
    gone.write_all(head(1_000, "").as_bytes()).await.expect("a head");
    gone.write_all(&bytes("euro.csv")[..100]).await.expect("a beginning");
    // It says that no more comes, and hears what that means.
    gone.shutdown().await.expect("half of it closed");
    let (status, problem) = refusal(gone).await;
    assert_eq!((status, &problem["reason"]), (400, &"UPLOAD_BROKEN_OFF".into()));
    only_this_is_analysed(&saldo).await;
}

#[tokio::test]
async fn refusals_are_problems_wherever_they_come_from() {
    let saldo = Program::serve(&[]);
    let at = |path: &str| format!("{}{path}", saldo.url());
    let client = Client::new();
    let cases = [
        (client.get(at("/nothing")), 404, "PATH_UNKNOWN"),
        (client.delete(at("/v1/formats")), 405, "METHOD_NOT_ALLOWED"),
        (client.post(at("/")), 405, "METHOD_NOT_ALLOWED"),
        (client.get(at("/analyze")), 405, "METHOD_NOT_ALLOWED"),
        (client.get(at("/v1/formats")).body("x".repeat(2 << 20)), 413, "BODY_TOO_LARGE"),
        (
            client
                .post(at("/saldo.analysis.v1.AnalysisService/ListFormats"))
                .header("content-type", "application/grpc-web"),
            415,
            "CONTENT_TYPE_NOT_ACCEPTED",
        ),
    ];
    for (request, status, reason) in cases {
        let response = request.send().await.expect("an answer");
        if status == 405 {
            assert!(response.headers().contains_key("allow"), "{reason}");
        }
        assert_eq!(told(response).await, (status, reason.to_owned()));
    }
}

#[tokio::test]
async fn many_broken_fields_are_told_in_part() {
    let saldo = Program::serve(&[]);
    let corrections = serde_json::json!(vec![serde_json::json!({"text": "", "category": ""}); 900]).to_string();
    let file = reqwest::multipart::Part::bytes(bytes("euro.csv")).file_name("euro.csv");
    let form = reqwest::multipart::Form::new().text("corrections", corrections).part("file", file);
    let request = Client::new().post(format!("{}/analyze", saldo.url())).multipart(form);
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 400);
    let problem = problem(response).await;
    assert_eq!(
        (&problem["reason"], problem["violations"].as_array().map(Vec::len)),
        (&"REQUEST_INVALID".into(), Some(20))
    );
}

#[tokio::test]
async fn the_reference_is_a_page_without_scripts_and_https_is_kept_where_a_proxy_speaks_it() {
    let saldo = Program::serve(&[]);
    let plain = reqwest::get(format!("{}/reference", saldo.url())).await.expect("an answer");
    assert_eq!(plain.headers()["content-type"], "text/html; charset=utf-8");
    assert!(!plain.headers().contains_key("strict-transport-security"));
    let page = plain.text().await.expect("a page").replace("<wbr>", "");
    assert!(page.contains("POST /analyze") && page.contains("REQUEST_STALLED") && !page.contains("<script"));
    let request = Client::new().get(format!("{}/reference.css", saldo.url())).header("x-forwarded-proto", "https");
    let style = request.send().await.expect("an answer");
    assert!(style.headers().contains_key("strict-transport-security"));
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
}
