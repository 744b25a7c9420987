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
fn sums_add_up_exactly_by_any_key() {
    let output = on("sums", "euro.csv", &["--by", "year,currency", "--format", "json"]);
    let object: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    let year = serde_json::json!({"key": {"year": "2025"}, "currency": "EUR", "money_in": "12650.00",
        "money_out": "4085.63", "net": "8564.37", "count": 15});
    assert_eq!(object["groups"], serde_json::json!([year]));
    assert_eq!((object["rows_read"].as_u64(), object["counted"].as_u64()), (Some(15), Some(15)));

    let output = on("sums", "euro.ofx", &["--by", "month"]);
    let table = text(&output.stdout);
    assert!(table.contains("15 rows = 15 counted + 0 recognised + 0 rejected"), "{table}");
    let total = table.lines().last().map(|line| line.split_whitespace().collect::<Vec<_>>());
    assert_eq!(total.as_deref(), Some(&["total", "EUR", "12650.00", "4085.63", "8564.37", "15"][..]));
}

#[test]
fn sums_for_machines_are_a_table_without_formulas() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("sales.csv");
    fs::write(&file, "Date,Amount,Sold to\n2025-01-02,-5.10,\"=HYPERLINK(1),x\"\n2025-01-03,7,b\n,9,c\n")
        .expect("written");
    let file = file.to_str().expect("a path");
    let output = run(&["sums", file, "--by", "column:Sold to", "--format", "csv"]);
    assert_eq!(
        text(&output.stdout),
        "Sold to,currency,money_in,money_out,net,count\r\n\"'=HYPERLINK(1),x\",,0.00,5.10,-5.10,1\r\nb,,7.00,0.00,7.00,1\r\n"
    );
    assert!(
        text(&output.stderr).contains("3 rows = 2 counted + 0 recognised + 1 rejected"),
        "{}",
        text(&output.stderr)
    );
    let output = run(&["sums", file, "--by", "column:Bought by"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("COLUMN_NOT_FOUND") && text(&output.stderr).contains("Sold to"));
    let output = on("sums", "ambiguous.csv", &[]);
    assert_eq!(output.status.code(), Some(4));
    assert!(text(&output.stderr).contains("--date-order dmy"), "{}", text(&output.stderr));
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
    let told = text(&on("analyze", "ambiguous.csv", &["--lang", "ru"]).stderr);
    assert!(told.contains("можно прочитать по-разному") && told.contains("--date-order dmy"), "{told}");
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
    for command in ["analyze", "import", "sums"] {
        let output = on(command, "euro.csv", &["--currency", "ZZZ"]);
        assert_eq!(output.status.code(), Some(2), "{command}");
        let told = text(&output.stderr);
        assert!(told.contains("CURRENCY_UNKNOWN") && told.contains("ZZZ"), "{told}");
    }
}

#[test]
fn sums_show_no_column_that_says_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("plain.csv");
    fs::write(&file, "Date,Amount,Payee,Account\n2025-01-02,-5.10,Elm,Giro\n2025-01-03,7.00,Oak,\n").expect("written");
    let output = run(&["sums", file.to_str().expect("a path"), "--by", "account"]);
    let table = text(&output.stdout);
    let cells = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let lines: Vec<_> = table.lines().skip_while(|line| !line.is_empty()).skip(1).map(cells).collect();
    assert_eq!(lines.first().map(|line| line.join(" ")).as_deref(), Some("account in out net count"), "{table}");
    assert!(lines.iter().any(|line| line.join(" ") == "– 7.00 0.00 7.00 1"), "{table}");
}

#[test]
fn counts_and_days_are_written_as_the_language_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rent.csv");
    let rows: String = (1..=4).map(|month| format!("2025-{month:02}-05,-900.00,Hill Street Homes,EUR\n")).collect();
    fs::write(&file, format!("Date,Amount,Payee,Currency\n{rows}")).expect("written");
    let report = |language| text(&run(&["analyze", file.to_str().expect("a path"), "--lang", language]).stdout);
    let russian = report("ru");
    assert!(russian.contains("4 строки = 4 операции + 0 служебных + 0 не прочитано"), "{russian}");
    assert!(russian.contains("→ 5\u{a0}мая 2025"), "{russian}");
    let english = report("en");
    assert!(english.contains("→ 5\u{a0}May 2025"), "{english}");
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
