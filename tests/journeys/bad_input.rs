//! Bad input: a clear error with a stable reason, and the server goes on.

use futures::StreamExt;
use reqwest::{Body, Client};
use saldo_testkit::{Program, wait_until};

use crate::support::{bytes, events, post, problem, report, table};

#[tokio::test]
async fn files_that_cannot_be_analysed_say_why() {
    let saldo = Program::serve(&[]);
    let statement = bytes("euro.ofx");
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend((0..200_u8).cycle().take(5_000));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty.csv", Vec::new(), "FILE_EMPTY"),
        ("blank.csv", b" \r\n\r\n  \n".to_vec(), "FILE_EMPTY"),
        ("photo.png", png.clone(), "FILE_IS_IMAGE"),
        ("statement.csv", png, "FILE_IS_IMAGE"),
        ("statement.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj".to_vec(), "FILE_IS_PDF"),
        ("half.ofx", statement[..statement.len() / 2].to_vec(), "FILE_CUT_OFF"),
        ("letter.txt", b"Dear customer,\nthank you for your patience.\nYours\n".to_vec(), "NOT_A_TABLE"),
    ];
    for (name, content, reason) in cases {
        let response = post(&saldo.url(), "", name, content.clone()).send().await.expect("an answer");
        assert_eq!(response.status(), 422, "{name}");
        assert_eq!(problem(response).await["reason"], reason, "{name}");
        // The stream says the same as its last event.
        let events = events(post(&saldo.url(), "", name, content)).await;
        let last = events.last().expect("an event");
        assert_eq!((last.name.as_str(), last.data["reason"].as_str()), ("error", Some(reason)), "{name}");
    }
    report(&saldo.url(), "euro.csv").await;
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let saldo = Program::serve(&[]);
    for kind in ["application/json", "image/png", "application/x-www-form-urlencoded"] {
        let request = Client::new().post(format!("{}/analyze", saldo.url())).header("content-type", kind);
        let response = request.body("{}").send().await.expect("an answer");
        assert_eq!(response.status(), 415, "{kind}");
        assert_eq!(problem(response).await["reason"], "CONTENT_TYPE_NOT_ACCEPTED");
    }
}

#[tokio::test]
async fn a_form_without_a_file_and_a_wrong_parameter_are_refused() {
    let saldo = Program::serve(&[]);
    let form = reqwest::multipart::Form::new().text("name", "euro.csv");
    let response =
        Client::new().post(format!("{}/analyze", saldo.url())).multipart(form).send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), problem(response).await["reason"].as_str()), (400, Some("FORM_INVALID")));

    for (query, reason) in
        [("?langages=en", "QUERY_INVALID"), ("?languages=de", "REQUEST_INVALID"), ("?currency=euro", "REQUEST_INVALID")]
    {
        let response = post(&saldo.url(), query, "euro.csv", bytes("euro.csv")).send().await.expect("an answer");
        assert_eq!(response.status(), 400, "{query}");
        assert_eq!(problem(response).await["reason"], reason, "{query}");
    }
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_announced_or_not() {
    let saldo = Program::serve(&["--set", "gateway.max_upload_bytes=100000"]);
    let large = vec![b'x'; 300_000];
    let response = post(&saldo.url(), "", "large.csv", large.clone()).send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), problem(response).await["reason"].as_str()), (413, Some("FILE_TOO_LARGE")));

    // Without a length nobody knows before it arrives.
    let chunks = futures::stream::iter(
        large.chunks(1_000).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect::<Vec<_>>(),
    );
    let request = Client::new().post(format!("{}/analyze", saldo.url())).header("content-type", "text/csv");
    let response = request.body(Body::wrap_stream(chunks)).send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), problem(response).await["reason"].as_str()), (413, Some("FILE_TOO_LARGE")));
    report(&saldo.url(), "euro.csv").await;
}

#[tokio::test]
async fn a_client_that_disconnects_stops_the_work() {
    let saldo = Program::serve(&[]);
    // The client sends the beginning of a file, waits until the analysis has begun to receive it, and goes away.
    let (to, chunks) = futures::channel::mpsc::unbounded::<Result<Vec<u8>, std::io::Error>>();
    to.unbounded_send(Ok(bytes("euro.csv"))).expect("the body takes it");
    let body = Body::wrap_stream(chunks);
    let request = Client::new().post(format!("{}/analyze", saldo.url())).header("content-type", "text/csv").body(body);
    let upload = tokio::spawn(request.send());
    let metrics = format!("{}/metrics", saldo.ops());
    let count = |name: &'static str| {
        let metrics = metrics.clone();
        async move {
            let text = reqwest::get(metrics).await.expect("metrics").text().await.expect("text");
            let line = text.lines().find(|line| line.starts_with(name))?;
            line.rsplit_once(' ')?.1.parse::<f64>().ok().filter(|count| *count >= 1.0)
        }
    };
    wait_until("the analysis to receive", || {
        count("saldo_runtime_call_seconds_count{rpc=\"saldo.analysis.v1.AnalysisService.Analyze\"}")
    })
    .await;
    upload.abort();
    drop(to);
    wait_until("the analysis to end as cancelled", || count("saldo_analysis_analyses_total{outcome=\"cancelled\"}"))
        .await;
    report(&saldo.url(), "euro.csv").await;
}

#[tokio::test]
async fn a_client_that_goes_away_in_the_middle_of_the_answer_stops_the_work() {
    // More rows than the connection holds, so that the work waits for its reader.
    let saldo = Program::serve(&[]);
    let request = post(&saldo.url(), "?rows=true", "long.csv", table(200_000)).header("accept", "text/event-stream");
    let mut stream = request.send().await.expect("an answer").bytes_stream();
    stream.next().await.expect("a first event").expect("bytes");
    drop(stream);
    let metrics = format!("{}/metrics", saldo.ops());
    wait_until("the analysis to end as cancelled", || async {
        let text = reqwest::get(&metrics).await.expect("metrics").text().await.expect("text");
        text.contains("saldo_analysis_analyses_total{outcome=\"cancelled\"} 1").then_some(())
    })
    .await;
    report(&saldo.url(), "euro.csv").await;
}
