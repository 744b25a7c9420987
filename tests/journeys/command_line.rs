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

#[test]
fn several_files_are_one_ledger_and_each_says_what_it_added() {
    let (csv, again) = (fixture("euro.csv"), fixture("euro.csv"));
    let paths = [csv.to_str().expect("a path"), again.to_str().expect("a path")];
    let output = run(&[&["import", "--format", "json", "--movements"], paths.as_slice()].concat());
    let object: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!((object["transactions"].as_u64(), object["in_other_files"].as_u64()), (Some(15), Some(15)));
    assert_eq!(object["money_in"], "12650.00");
    let new: Vec<_> = object["files"].as_array().expect("files").iter().map(|file| file["new"].as_u64()).collect();
    assert_eq!(new, [Some(15), Some(0)]);

    let report = text(&run(&[&["analyze", "--lang", "en"], paths.as_slice()].concat()).stdout);
    assert!(report.contains("already in other files"), "{report}");
    assert!(report.contains("12,650.00"), "{report}");
}

#[test]
fn an_error_names_the_one_of_several_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("broken.csv");
    fs::write(&broken, "").expect("a file");
    let good = fixture("euro.csv");
    let output = run(&["import", good.to_str().expect("a path"), broken.to_str().expect("a path")]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("broken.csv: "), "{}", text(&output.stderr));
}
