//! What those who run Saldo rely on: health, metrics, settings, an orderly end.

use std::fs;

use saldo_testkit::{Program, run};

use crate::support::report;

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
async fn a_call_under_way_is_answered_when_the_server_is_asked_to_stop() {
    let saldo = Program::serve(&[]);
    let url = saldo.url();
    let answers = futures::future::join_all((0..8).map(|_| report(&url, "euro.csv")));
    let (answers, ()) = futures::future::join(answers, async { tokio::task::yield_now().await }).await;
    assert_eq!(answers.len(), 8);
    saldo.stop();
    assert!(reqwest::get(url).await.is_err(), "nobody listens any more");
}

#[test]
fn every_problem_of_the_settings_is_told_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("saldo.toml");
    let text = "[gateway]\nlisten = \"nowhere\"\nmax_upload_byte = 1\ncalls_burst = 0\n\
                [log]\nformat = \"loud\"\n[analysis]\nspool_dir = \"/nowhere\"\n";
    fs::write(&file, text).expect("written");
    let output = run(&["config", "check", "--config", file.to_str().expect("a path"), "--set", "ops.listen=x"]);
    let text = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{text}");
    for problem in [
        "gateway.max_upload_byte: there is no such setting; did you mean gateway.max_upload_bytes?",
        "gateway.listen: 'nowhere' is not an address",
        "gateway.calls_burst: must be from 1",
        "log.format: 'loud' is none of auto, text, json",
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
fn targets_are_listed_and_an_unknown_one_is_refused() {
    let output = run(&["serve", "--list-targets"]);
    let text = String::from_utf8(output.stdout).expect("text");
    let names: Vec<_> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, ["gateway", "analysis"]);
    let output = run(&["serve", "--target", "billing"]);
    let text = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2));
    assert!(text.contains("There is no target 'billing'"), "{text}");
}

#[test]
fn a_target_that_would_listen_nowhere_is_refused() {
    let output = run(&["serve", "--target", "analysis", "--set", "ops.listen="]);
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
