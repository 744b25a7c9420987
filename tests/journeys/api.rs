//! The public API around the upload: REST, OpenAPI, native gRPC, reflection, health, the page.

use reqwest::Client;
use saldo_kernel::Kind;
use saldo_proto::{
    analysis::v1::{
        AnalyzeOptions, AnalyzeRequest, ListFormatsRequest, analysis_service_client::AnalysisServiceClient,
        analyze_response::Part,
    },
    from_status,
};
use saldo_testkit::{Program, check_golden};
use tonic::{Code, transport::Endpoint};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

use crate::support::{bytes, json};

#[tokio::test]
async fn methods_with_a_rule_are_rest() {
    let saldo = Program::serve(&["--set", "gateway.max_upload_bytes=1000000"]);
    let formats = json(reqwest::get(format!("{}/v1/formats", saldo.url())).await.expect("an answer")).await;
    let names: Vec<_> = formats["formats"].as_array().expect("formats").iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["1c", "camt", "csv", "mt940", "ofx", "qif", "xls", "xlsx"]);
    let server = json(reqwest::get(format!("{}/v1/server", saldo.url())).await.expect("an answer")).await;
    assert_eq!(server["limits"]["maxUploadBytes"], "1000000");
    assert_eq!(server["targets"], serde_json::json!(["gateway", "analysis", "file", "forecast"]));
}

#[tokio::test]
async fn what_is_not_there_or_not_possible_is_a_problem() {
    let saldo = Program::serve(&[]);
    let cases = [
        (Client::new().get(format!("{}/v1/nothing", saldo.url())), 404, "PATH_UNKNOWN"),
        (Client::new().delete(format!("{}/v1/formats", saldo.url())), 405, "METHOD_NOT_ALLOWED"),
        (Client::new().get(format!("{}/v1/formats?colour=red", saldo.url())), 400, "REQUEST_INVALID"),
        (Client::new().get(format!("{}/v1/formats", saldo.url())).body("{}"), 400, "REQUEST_INVALID"),
    ];
    for (request, status, reason) in cases {
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), status, "{reason}");
        assert_eq!(json(response).await["reason"], reason);
    }
}

#[tokio::test]
async fn the_openapi_document_is_the_checked_in_one() {
    let saldo = Program::serve(&[]);
    let document = json(reqwest::get(format!("{}/openapi.json", saldo.url())).await.expect("an answer")).await;
    let mut text = serde_json::to_string_pretty(&document).expect("JSON");
    text.push('\n');
    check_golden("docs/reference/openapi.json", &text);
}

#[tokio::test]
async fn the_page_is_served_with_headers_that_protect_it() {
    let saldo = Program::serve(&[]);
    let response = reqwest::get(saldo.url()).await.expect("an answer");
    assert_eq!(response.status(), 200);
    let headers = response.headers().clone();
    assert!(headers["content-security-policy"].to_str().expect("text").contains("script-src 'self';"));
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["x-frame-options"], "DENY");
    assert!(response.text().await.expect("a page").contains("<title>"));
}

#[tokio::test]
async fn the_page_is_packed_for_whoever_takes_it_packed() {
    let saldo = Program::serve(&[]);
    let asked = |coding: &'static str| {
        let request = Client::new().get(saldo.url()).header("accept-encoding", coding).send();
        async move {
            let response = request.await.expect("an answer");
            let header =
                |name: &str| response.headers().get(name).map(|value| value.to_str().expect("text").to_owned());
            let told = (header("content-encoding"), header("vary"), header("content-type"));
            (told, response.bytes().await.expect("a body").len())
        }
    };
    let ((coding, vary, kind), packed) = asked("gzip, br").await;
    assert_eq!((coding.as_deref(), vary.as_deref()), (Some("br"), Some("accept-encoding")));
    assert_eq!(kind.as_deref(), Some("text/html"));
    let ((coding, vary, _), plain) = asked("identity").await;
    assert_eq!((coding, vary.as_deref()), (None, Some("accept-encoding")));
    assert!(packed < plain, "{packed} of {plain} bytes");
    let hidden = reqwest::get(format!("{}/index.html.br", saldo.url())).await.expect("an answer");
    assert_eq!(hidden.status(), 404, "a packed file is no page of its own");
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_to_wait() {
    let saldo = Program::serve(&["--set", "gateway.calls_burst=3", "--set", "gateway.calls_per_minute=1"]);
    let mut last = 0;
    for _ in 0..4 {
        let response = reqwest::get(format!("{}/v1/formats", saldo.url())).await.expect("an answer");
        last = response.status().as_u16();
        if last == 429 {
            assert!(response.headers().contains_key("retry-after"));
            assert_eq!(json(response).await["reason"], "RATE_LIMITED");
        }
    }
    assert_eq!(last, 429);
    assert_eq!(reqwest::get(saldo.url()).await.expect("an answer").status(), 200, "the page is not limited");
}

#[tokio::test]
async fn native_calls_count_against_the_same_limits() {
    let saldo = Program::serve(&["--set", "gateway.analyses_burst=1", "--set", "gateway.analyses_per_minute=1"]);
    let channel = Endpoint::from_shared(saldo.url()).expect("an address").connect().await.expect("a connection");
    let mut client = AnalysisServiceClient::new(channel);
    let first = || AnalyzeRequest { chunk: bytes("euro.csv").into(), complete: true, ..AnalyzeRequest::default() };
    client.analyze(futures::stream::iter([first()])).await.expect("the first one passes");
    let status = client.analyze(futures::stream::iter([first()])).await.expect_err("the second one does not");
    let error = from_status(&status);
    assert_eq!((status.code(), error.reason.as_str()), (Code::ResourceExhausted, "RATE_LIMITED"));
    assert!(error.retry_after.is_some());
    client.list_formats(ListFormatsRequest {}).await.expect("a light call has its own limit");
}

#[tokio::test]
async fn grpc_clients_use_the_same_address() {
    let saldo = Program::serve(&[]);
    let channel = Endpoint::from_shared(saldo.url()).expect("an address").connect().await.expect("a connection");
    let mut client = AnalysisServiceClient::new(channel.clone());
    let formats = client.list_formats(ListFormatsRequest {}).await.expect("formats").into_inner().formats;
    assert!(formats.len() > 2);

    let first = AnalyzeRequest {
        options: Some(AnalyzeOptions { file_name: "euro.csv".to_owned(), ..AnalyzeOptions::default() }),
        chunk: bytes("euro.csv").into(),
        complete: true,
        ..AnalyzeRequest::default()
    };
    let mut answers = client.analyze(futures::stream::iter([first])).await.expect("a stream").into_inner();
    let mut report = None;
    while let Some(answer) = answers.message().await.expect("a message") {
        if let Some(Part::Report(found)) = answer.part {
            report = Some(found);
        }
    }
    assert_eq!(report.expect("a report").quality.expect("its quality").transactions, 15);

    // Whole statements stand in what came of an upload that broke off, too.
    let broken_off = AnalyzeRequest { chunk: bytes("euro.csv").into(), ..AnalyzeRequest::default() };
    let mut answers = client.analyze(futures::stream::iter([broken_off])).await.expect("a stream").into_inner();
    let error = from_status(&answers.message().await.expect_err("no report"));
    assert_eq!((error.kind, error.reason.as_str()), (Kind::InvalidArgument, "UPLOAD_BROKEN_OFF"));

    let wrong = AnalyzeRequest {
        options: Some(AnalyzeOptions { languages: vec!["de".to_owned()], ..AnalyzeOptions::default() }),
        ..AnalyzeRequest::default()
    };
    let status = client.analyze(futures::stream::iter([wrong])).await.expect_err("a violation");
    assert_eq!(from_status(&status).violations[0].field, "options.languages[0]");

    let mut health = HealthClient::new(channel.clone());
    let asked = HealthCheckRequest { service: "saldo.analysis.v1.AnalysisService".to_owned() };
    assert_eq!(health.check(asked).await.expect("health").into_inner().status, 1);

    let mut reflection = ServerReflectionClient::new(channel.clone());
    let asked = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut answer =
        reflection.server_reflection_info(futures::stream::iter([asked])).await.expect("a stream").into_inner();
    let answer = answer.message().await.expect("a message").expect("an answer").message_response;
    let Some(MessageResponse::ListServicesResponse(list)) = answer else { panic!("no list: {answer:?}") };
    assert!(list.service.iter().any(|service| service.name == "saldo.analysis.v1.AnalysisService"));

    let mut raw = tonic::client::Grpc::new(channel);
    raw.ready().await.expect("a connection");
    let path = "/saldo.analysis.v1.AnalysisService/Nothing".parse().expect("a path");
    let codec = tonic_prost_codec();
    let status = raw.unary(tonic::Request::new(ListFormatsRequest {}), path, codec).await.expect_err("no such method");
    assert_eq!((status.code(), from_status(&status).reason.as_str()), (Code::Unimplemented, "METHOD_UNKNOWN"));
    assert!(
        from_status(&status).metadata.iter().any(|(key, trace)| key == "trace_id" && trace.len() == 32),
        "{status:?}"
    );
}

fn tonic_prost_codec() -> tonic_prost::ProstCodec<ListFormatsRequest, saldo_proto::analysis::v1::ListFormatsResponse> {
    tonic_prost::ProstCodec::default()
}
