//! What those who run Saldo rely on: health, metrics, settings, an orderly end.

use std::fs;

use reqwest::{Body, Client};
use saldo_testkit::{Program, run, wait_until};

use crate::support::{bytes, json, post, problem, report};

#[tokio::test]
async fn health_and_metrics_are_served_beside_the_page() {
    let saldo = Program::serve(&[]);
    report(&saldo.url(), "euro.csv").await;
    for (path, body) in [("livez", "ok"), ("readyz", "ready")] {
        let response = reqwest::get(format!("{}/{path}", saldo.ops())).await.expect("an answer");
        assert_eq!((response.status().as_u16(), response.text().await.expect("text").trim()), (200, body));
    }
    let metrics =
        reqwest::get(format!("{}/metrics", saldo.ops())).await.expect("an answer").text().await.expect("text");
    for line in [
        "saldo_analysis_analyses_total{outcome=\"report\"} 1",
        "saldo_gateway_request_seconds_count{method=\"POST\",route=\"/analyze\",status=\"200\"} 1",
        "saldo_analysis_active 0",
    ] {
        assert!(metrics.contains(line), "{line} in\n{metrics}");
    }
}

#[tokio::test]
async fn an_upload_under_way_gets_its_report_when_the_server_is_asked_to_stop() {
    let saldo = Program::serve(&[]);
    let (url, content) = (saldo.url(), bytes("euro.csv"));
    let (head, tail) = content.split_at(content.len() / 2);
    let (to, chunks) = futures::channel::mpsc::unbounded::<Result<Vec<u8>, std::io::Error>>();
    to.unbounded_send(Ok(head.to_vec())).expect("the body takes it");
    let request = Client::new().post(format!("{url}/analyze")).header("content-type", "text/csv");
    let upload = tokio::spawn(request.body(Body::wrap_stream(chunks)).send());
    let metrics = format!("{}/metrics", saldo.ops());
    wait_until("the analysis to receive", || async {
        let text = reqwest::get(&metrics).await.ok()?.text().await.ok()?;
        text.contains("saldo_runtime_call_seconds_count{rpc=\"saldo.analysis.v1.AnalysisService.Analyze\"} 1")
            .then_some(())
    })
    .await;

    saldo.ask_to_stop();
    wait_until("the server to take no new connection", || async { reqwest::get(&url).await.is_err().then_some(()) })
        .await;
    to.unbounded_send(Ok(tail.to_vec())).expect("the body takes it");
    drop(to);
    let response = upload.await.expect("no panic").expect("an answer");
    assert_eq!(response.status(), 200);
    assert_eq!(json(response).await["quality"]["transactions"], "15");
    saldo.ended_well();
}

#[tokio::test]
async fn a_file_beyond_a_limit_is_refused_with_the_limit_and_its_setting() {
    let saldo = Program::serve(&["--set", "analysis.max_table_rows=3", "--set", "analysis.max_columns=2"]);
    for (content, reason, setting) in [
        ("Date,Amount\n".to_owned() + &"2024-01-02,-1.00\n".repeat(5), "TOO_MANY_ROWS", "analysis.max_table_rows"),
        ("Date,Amount,Text\n2024-01-02,-1.00,Rent\n".to_owned(), "TOO_MANY_COLUMNS", "analysis.max_columns"),
    ] {
        let response = post(&saldo.url(), "", "long.csv", content.into_bytes()).send().await.expect("an answer");
        assert_eq!(response.status(), 413);
        let problem = problem(response).await;
        assert_eq!(problem["reason"], reason);
        assert!(problem["metadata"]["limit"].is_string(), "{problem}");
        assert!(problem["hint"].as_str().is_some_and(|hint| hint.contains(setting)), "{problem}");
    }
}

#[test]
fn every_problem_of_the_settings_is_told_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("saldo.toml");
    let text = "[gateway]\nlisten = \"nowhere\"\nmax_upload_byte = 1\ncalls_burst = 0\n\
                [log]\nformat = \"loud\"\n[analysis]\nspool_dir = \"/nowhere\"\n\
                [cache]\nengine = \"redis\"\n";
    fs::write(&file, text).expect("written");
    let output = run(&["config", "check", "--config", file.to_str().expect("a path"), "--set", "ops.listen=x"]);
    let text = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{text}");
    for problem in [
        "gateway.max_upload_byte: there is no such setting; did you mean gateway.max_upload_bytes?",
        "gateway.listen: 'nowhere' is not an address",
        "gateway.calls_burst: must be from 1",
        "log.format: 'loud' is none of auto, text, json",
        "cache.url: write the address as redis://host:port",
        "analysis.spool_dir: '/nowhere' is not a folder",
        "ops.listen: 'x' is not an address",
    ] {
        assert!(text.contains(problem), "{problem} in {text}");
    }
}

#[test]
fn config_show_prints_every_setting_with_its_meaning_and_origin() {
    let output = run(&["config", "show", "--set", "gateway.calls_burst=7"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("calls_burst = 7  # from --set"), "{text}");
    assert!(text.contains("# The largest file that is accepted."), "{text}");
}

#[test]
fn config_show_hides_addresses_that_may_hold_a_password() {
    let output = run(&["config", "show", "--set", "cache.url=redis://:hunter2@redis:6379"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("url = \"…\"  # from --set") && !text.contains("hunter2"), "{text}");
}

#[test]
fn targets_are_listed_and_an_unknown_one_is_refused() {
    let output = run(&["serve", "--list-targets"]);
    let text = String::from_utf8(output.stdout).expect("text");
    let names: Vec<_> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, ["gateway", "analysis", "file", "forecast"]);
    let output = run(&["serve", "--target", "billing"]);
    let text = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2));
    assert!(text.contains("There is no target 'billing'"), "{text}");
}

#[test]
fn a_target_that_would_listen_nowhere_is_refused() {
    let output = run(&["serve", "--target", "forecast", "--set", "ops.listen="]);
    let text = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2));
    assert!(text.contains("grpc.listen"), "{text}");
}

#[test]
fn a_target_whose_peer_is_not_set_says_which_setting_is_missing() {
    let output = run(&["serve", "--target", "gateway", "--set", "gateway.listen=127.0.0.1:0", "--set", "ops.listen="]);
    let text = String::from_utf8(output.stderr).expect("text");
    assert!(text.contains("peers.analysis") && text.contains("SALDO_PEERS_ANALYSIS"), "{text}");
}

#[test]
fn the_doctor_says_what_would_keep_a_server_from_running() {
    let free = ["doctor", "--set", "gateway.listen=127.0.0.1:0", "--set", "ops.listen=127.0.0.1:0"];
    let output = run(&free);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{text}");
    for name in ["settings", "gateway.listen", "analysis.spool_dir", "disk", "open files", "memory", "clock", "page"] {
        assert!(text.contains(name), "{name} in {text}");
    }

    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("gateway.listen={}", taken.local_addr().expect("its address"));
    let output = run(&[
        &[
            "doctor",
            "--format",
            "json",
            "--set",
            &address,
            "--set",
            "ops.listen=",
            "--set",
            "analysis.spool_dir=/nowhere",
        ][..],
        &["--set", "peers.analysis=http://127.0.0.1:1"],
    ]
    .concat());
    assert_eq!(output.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let failed: Vec<_> =
        told["checks"].as_array().expect("checks").iter().filter(|one| one["state"] == "fail").collect();
    let names: Vec<_> = failed.iter().map(|one| one["name"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["settings", "gateway.listen", "analysis.spool_dir", "peers.analysis"]);
    assert!(failed.iter().all(|one| one["hint"].as_str().is_some_and(|hint| !hint.is_empty())));
}
