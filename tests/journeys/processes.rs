//! One process or three: the same journey, and one trace.

use std::collections::BTreeSet;

use saldo_testkit::{Program, engines, otlp::Sink, wait_until};
use serde_json::Value;

use crate::{
    forecasts::statement,
    support::{bytes, json, post},
};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// The report of a statement, asked for within a trace of the caller's.
async fn traced_report(url: &str) -> Value {
    // Long enough to be forecast.
    let request = post(url, "", "salary.csv", statement(12));
    let response = request.header("traceparent", format!("00-{TRACE}-00f067aa0ba902b7-01")).send().await;
    let response = response.expect("an answer");
    assert_eq!(response.status(), 200);
    json(response).await
}

fn trace_id() -> Vec<u8> {
    (0..TRACE.len()).step_by(2).map(|at| u8::from_str_radix(&TRACE[at..at + 2], 16).expect("hexadecimal")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_and_three_give_the_same_report_and_each_upload_is_one_trace() {
    let (one_sink, three_sink) = (Sink::start().await, Sink::start().await);
    let one_endpoint = format!("telemetry.otlp_endpoint={}", one_sink.endpoint());
    let one = Program::serve(&["--set", &one_endpoint]);
    let from_one = traced_report(&one.url()).await;
    one.stop();

    let three_endpoint = format!("telemetry.otlp_endpoint={}", three_sink.endpoint());
    let inner = |target: &str, peers: &[&str]| {
        let settings = ["grpc.listen=127.0.0.1:0", three_endpoint.as_str()].into_iter().chain(peers.iter().copied());
        let settings: Vec<&str> = settings.flat_map(|one| ["--set", one]).collect();
        Program::serve(&[&["--target", target], settings.as_slice()].concat())
    };
    let forecast = inner("forecast", &[]);
    let to_forecast = format!("peers.forecast={}", forecast.grpc());
    let analysis = inner("analysis", &[&to_forecast, "peers.file=http://127.0.0.1:1"]);
    let to_analysis = format!("peers.analysis={}", analysis.grpc());
    let gateway = inner("gateway", &[&to_forecast, &to_analysis, "peers.file=http://127.0.0.1:1"]);
    let from_three = traced_report(&gateway.url()).await;
    for process in [gateway, analysis, forecast] {
        process.stop();
    }

    assert_eq!(from_one, from_three);
    for (sink, services) in
        [(&one_sink, vec!["saldo"]), (&three_sink, vec!["saldo-analysis", "saldo-forecast", "saldo-gateway"])]
    {
        let tree = sink.tree(&trace_id());
        println!("{tree}");
        let mine: Vec<_> = sink.spans().into_iter().filter(|seen| seen.span.trace_id == trace_id()).collect();
        let seen: BTreeSet<_> = mine.iter().map(|seen| seen.service.as_str()).collect();
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), services);
        // One root, which is the caller's child; every other span hangs below it.
        let ids: BTreeSet<_> = mine.iter().map(|seen| seen.span.span_id.clone()).collect();
        let roots: Vec<_> = mine.iter().filter(|seen| !ids.contains(&seen.span.parent_span_id)).collect();
        assert_eq!(roots.len(), 1, "{tree}");
        assert_eq!(roots[0].span.name, "POST /analyze");
        assert_eq!(tree.lines().count(), mine.len(), "{tree}");
        let depth = |name: &str| {
            tree.lines().find(|line| line.ends_with(name)).map(|line| line.len() - line.trim_start().len())
        };
        let (call, work) = (depth(": saldo.analysis.v1.AnalysisService/Analyze"), depth(": analyze"));
        let forecast = depth(": saldo.forecast.v1.ForecastService/ForecastSeries");
        assert!(call > Some(0) && work > call && forecast > work, "gateway → call → work → forecast:\n{tree}");
    }
}

#[tokio::test]
async fn a_gateway_without_its_analysis_says_so_and_lives() {
    let gateway = Program::serve(&[
        "--target",
        "gateway",
        "--set",
        "peers.analysis=http://127.0.0.1:1",
        "--set",
        "peers.forecast=http://127.0.0.1:1",
        "--set",
        "peers.file=http://127.0.0.1:1",
    ]);
    let response = post(&gateway.url(), "", "euro.csv", bytes("euro.csv")).send().await.expect("an answer");
    assert_eq!(response.status(), 503);
    assert_eq!(json(response).await["reason"], "SERVICE_UNAVAILABLE");
    assert_eq!(reqwest::get(format!("{}/v1/server", gateway.url())).await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn gateways_on_one_redis_share_a_limit_and_do_without_it_while_it_is_away() {
    let Some(redis) = engines::Redis::own() else { return };
    let url = format!("cache.url={}", redis.url());
    let settings =
        ["cache.engine=redis", &url, "cache.timeout_ms=5000", "gateway.calls_burst=5", "gateway.calls_per_minute=1"];
    let nowhere = ["analysis", "file", "forecast"].map(|target| format!("peers.{target}=http://127.0.0.1:1"));
    let peers = nowhere.iter().map(String::as_str);
    let settings = settings.into_iter().chain(peers).flat_map(|one| ["--set", one]);
    let arguments: Vec<&str> = ["--target", "gateway"].into_iter().chain(settings).collect();
    let gateways = [Program::serve(&arguments), Program::serve(&arguments)];
    let [first, second] = &gateways;
    let status = async |gateway: &Program| {
        let response = reqwest::get(format!("{}/v1/server", gateway.url())).await.expect("an answer");
        response.status().as_u16()
    };
    let mut answers = Vec::new();
    for call in 0..10 {
        answers.push(status(if call % 2 == 0 { first } else { second }).await);
    }
    assert_eq!(answers, [[200; 5], [429; 5]].concat(), "five calls for both together");

    redis.kill();
    let mut alone = [status(first).await, status(second).await];
    alone.sort_unstable();
    assert_eq!(alone, [200, 200], "each counts for itself");
    redis.start();
    let limited_again = async || (status(first).await == 429 && status(second).await == 429).then_some(());
    wait_until("a limit that is shared again", limited_again).await;
}
