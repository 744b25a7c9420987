//! The command line: the same engine without a server.

use std::{fs, process::Output};

use saldo_testkit::run;
use serde_json::Value;

use crate::support::fixture;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

fn on(command: &str, name: &str, flags: &[&str]) -> Output {
    let file = fixture(name);
    let file = file.to_str().expect("a path");
    run(&[&[command, file], flags].concat())
}

#[test]
fn import_prints_what_was_read_exactly() {
    let output = on("import", "euro.csv", &["--format", "json", "--movements"]);
    let object: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    for (member, value) in [("money_in", "12650.00"), ("money_out", "4085.63"), ("currency", "EUR")] {
        assert_eq!(object[member], value, "{member}");
    }
    assert_eq!(object["transactions"], 15);
    assert_eq!(object["reconciles"], true);
    assert_eq!(
        (object["encoding"].as_str(), object["delimiter"].as_str(), object["header_line"].as_u64()),
        (Some("ascii"), Some(";"), Some(1))
    );
    assert_eq!(object["movements"][0], serde_json::json!(["2025-01-03", "4200.00", "EUR"]));
    assert_eq!(object["movements"].as_array().map(Vec::len), Some(15));
}

#[test]
fn analyze_prints_a_report_in_either_language() {
    for (language, words) in [("en", ["Money in", "12,650.00"]), ("ru", ["Поступило", "12\u{a0}650,00"])] {
        let output = on("analyze", "euro.csv", &["--lang", language]);
        let report = text(&output.stdout);
        assert!(output.status.success());
        for word in words {
            assert!(report.contains(word), "{word} in\n{report}");
        }
        assert!(!report.contains('\u{1b}'), "no colours where it is not a terminal");
    }
}

#[test]
fn analyze_prints_the_report_of_the_api_as_json() {
    let output = on("analyze", "euro.ofx", &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!(report["source"]["fileName"], "euro.ofx");
    assert_eq!(report["quality"]["transactions"], "15");
}

#[test]
fn a_question_ends_with_its_own_exit_code_and_the_flag_that_answers_it() {
    let output = on("analyze", "ambiguous.csv", &[]);
    assert_eq!(output.status.code(), Some(4));
    let told = text(&output.stderr);
    assert!(told.contains("--date-order dmy") && told.contains("--date-order mdy"), "{told}");
    assert!(on("analyze", "ambiguous.csv", &["--date-order", "mdy"]).status.success());
    let asked: Value =
        serde_json::from_slice(&on("import", "ambiguous.csv", &["--format", "json"]).stdout).expect("JSON");
    assert!(asked["question"].as_str().is_some_and(|question| !question.is_empty()));
}

#[test]
fn errors_say_what_happened_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().join("empty.csv");
    fs::write(&empty, "").expect("written");
    let output = run(&["analyze", empty.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("FILE_EMPTY"), "{}", text(&output.stderr));
    let output = run(&["import", "/nowhere/statement.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("/nowhere/statement.csv"), "{}", text(&output.stderr));
}
