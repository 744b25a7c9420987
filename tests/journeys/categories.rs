//! Categories as users get them: their own, their corrections, and what is learnt from rows that have one.

use std::fs;

use reqwest::multipart::{Form, Part};
use saldo_proto::{
    analysis::v1::{
        AnalyzeOptions, AnalyzeRequest, Correction, analysis_service_client::AnalysisServiceClient,
        analyze_response::Part as Answer,
    },
    from_status,
};
use saldo_testkit::{Program, run};
use serde_json::{Value, json};
use tonic::transport::Endpoint;

use crate::support::{events, fact, json as body};

/// Three shops that no rule knows with categories of the file's own, one row of each left open, and one shop of a rule.
const OWN: &str = "Date,Amount,Payee,Category\n\
    2025-01-02,-15.00,Zylbo Vex,Haustiere\n2025-01-03,-16.00,Quandrix,Проект А\n2025-01-04,-17.00,Morvane,Haustiere\n\
    2025-01-05,-15.50,Zylbo Vex,Haustiere\n2025-01-06,-16.50,Quandrix,Проект А\n2025-01-07,-17.50,Morvane,Haustiere\n\
    2025-01-08,-15.70,Zylbo Vex,Haustiere\n2025-01-09,-16.70,Quandrix,Проект А\n2025-01-10,-17.70,Morvane,Haustiere\n\
    2025-02-02,-10.00,Quandrix,\n2025-02-03,-30.00,Lidl,\n2025-02-04,-40.00,Unheard Of,Other\n";

async fn rows(url: &str, corrections: Option<&Value>) -> (Vec<Value>, Value) {
    let mut form = Form::new();
    if let Some(corrections) = corrections {
        form = form.text("corrections", corrections.to_string());
    }
    let form = form.part("file", Part::text(OWN).file_name("own.csv"));
    let request = reqwest::Client::new().post(format!("{url}/analyze?rows=true")).multipart(form);
    let mut events = events(request).await;
    let report = events.pop().expect("a report").data;
    let batches = events.into_iter().filter(|event| event.name == "rows");
    (batches.flat_map(|event| event.data["rows"].as_array().cloned().expect("rows")).collect(), report)
}

fn told(row: &Value) -> (&str, &str) {
    (row["category"].as_str().expect("a category"), row["categoryReason"].as_str().expect("a reason"))
}

#[tokio::test]
async fn rows_without_a_category_learn_from_the_rows_beside_them() {
    let saldo = Program::serve(&[]);
    let (rows, report) = rows(&saldo.url(), None).await;
    assert_eq!(told(&rows[0]), ("Haustiere", "file"));
    assert_eq!(told(&rows[9]), ("Проект А", "learned"));
    let confidence = rows[9]["categoryConfidence"].as_f64().expect("a confidence");
    assert!((0.8..=1.0).contains(&confidence), "{confidence}");
    assert_eq!(rows[0]["categoryConfidence"], 0.0);
    assert_eq!((told(&rows[10]), told(&rows[11])), (("groceries", "rule"), ("uncategorized", "none")));
    assert_eq!(fact(&report, "money_out/XXX/category/Проект А")["money"]["amount"], "59.20");
    let names = report["categories"].as_array().expect("categories").iter().find(|one| one["key"] == "Haustiere");
    assert_eq!(names.expect("the own category")["names"], json!({"en": "Haustiere", "ru": "Haustiere"}));
    // The text names it by a figure of the report, as it would a counterparty.
    let texts = report["sentences"].to_string();
    assert!(texts.contains("category_name/XXX/category/Haustiere"), "{texts}");
}

#[tokio::test]
async fn corrections_come_before_the_file_over_http_and_grpc() {
    let saldo = Program::serve(&[]);
    let corrections = json!([
        {"text": "Lidl", "category": "Katzen"}, {"text": "zylbo vex", "category": "Rent"}, {"text": "Lidl", "category": "Pets 7"}
    ]);
    let (rows, _) = rows(&saldo.url(), Some(&corrections)).await;
    assert_eq!((told(&rows[0]), told(&rows[2])), (("rent", "corrected"), ("Haustiere", "file")));
    assert_eq!(told(&rows[10]), ("Pets 7", "corrected"), "the later one holds");

    let correction = |text: &str, category: &str| Correction { text: text.to_owned(), category: category.to_owned() };
    let first = |corrections| AnalyzeRequest {
        options: Some(AnalyzeOptions { rows: true, corrections, ..AnalyzeOptions::default() }),
        chunk: OWN.as_bytes().into(),
        complete: true,
        ..AnalyzeRequest::default()
    };
    let channel = Endpoint::from_shared(saldo.url()).expect("an address").connect().await.expect("a connection");
    let mut client = AnalysisServiceClient::new(channel);
    let request = futures::stream::iter([first(vec![correction("Lidl", "Katzen")])]);
    let mut answers = client.analyze(request).await.expect("a stream").into_inner();
    let mut found = Vec::new();
    while let Some(answer) = answers.message().await.expect("a message") {
        if let Some(Answer::Rows(batch)) = answer.part {
            found.extend(batch.rows);
        }
    }
    assert_eq!((found[10].category.as_str(), found[10].category_reason.as_str()), ("Katzen", "corrected"));

    let wrong = futures::stream::iter([first(vec![correction("Lidl", "Pets"), correction("--", "12")])]);
    let error = from_status(&client.analyze(wrong).await.expect_err("violations"));
    let fields: Vec<_> = error.violations.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["options.corrections[1].text", "options.corrections[1].category"]);
}

#[tokio::test]
async fn corrections_that_are_none_are_refused_with_the_reason() {
    let saldo = Program::serve(&[]);
    let send = |form: Form| reqwest::Client::new().post(format!("{}/analyze", saldo.url())).multipart(form).send();
    let file = || Part::text(OWN).file_name("own.csv");
    for (text, reason) in [
        ("Lidl=Katzen", "CORRECTIONS_INVALID"),
        (r#"[{"text": "Lidl", "kategory": "Katzen"}]"#, "CORRECTIONS_INVALID"),
        (r#"[{"text": "Lidl", "category": "12"}]"#, "REQUEST_INVALID"),
    ] {
        let answer = send(Form::new().text("corrections", text).part("file", file())).await.expect("an answer");
        assert_eq!(answer.status(), 400, "{text}");
        assert_eq!(body(answer).await["reason"], reason, "{text}");
    }
    let late = Form::new().part("file", file()).text("corrections", "[]");
    let answer = send(late).await.expect("an answer");
    assert_eq!(body(answer).await["reason"], "FORM_INVALID");
}

#[test]
fn the_command_line_learns_from_a_trusted_file_and_from_corrections() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        path.to_str().expect("a path").to_owned()
    };
    let this = write("this.csv", OWN);
    let last = write(
        "last.csv",
        "Date,Amount,Payee,Category\n2024-01-03,-9.00,Zylbo Vex,Katzen\n2024-01-04,-8.00,Lidl,Rent\n",
    );
    let text = |flags: &[&str]| {
        let output = run(&[&["analyze", &this, "--rows"], flags].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let line = |text: &str, day: &str| text.lines().find(|line| line.starts_with(day)).expect("the row").to_owned();

    let plain = text(&["--lang", "en"]);
    assert!(line(&plain, "2025-02-02").contains("Проект А  like other rows, "), "{plain}");
    assert!(line(&plain, "2025-02-03").ends_with("Groceries  by its words"), "{plain}");
    assert!(plain.contains("  Haustiere "), "the own category is among those of the report: {plain}");

    let taught = text(&["--lang", "ru", "--learn-from", &last, "--correct", "Lidl = Проект Б"]);
    assert!(line(&taught, "2025-01-02").ends_with("Katzen  как вы указали"), "{taught}");
    assert!(line(&taught, "2025-02-03").ends_with("Проект Б  как вы указали"), "{taught}");

    assert!(!taught.contains("Исправления"), "{taught}");
    let missed = text(&["--lang", "en", "--correct", "Lidl=Rent", "--correct", "Nobody Here=Rent"]);
    assert!(missed.contains("match no row") && missed.contains("\"Nobody Here\""), "{missed}");
    assert!(!missed.contains("\"Lidl\""), "{missed}");

    let bare = write("bare.csv", "Date,Amount,Payee\n2024-01-03,-9.00,Zylbo Vex\n");
    let output = run(&["analyze", &this, "--learn-from", &bare]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && told.contains("NO_CATEGORIES") && told.contains("bare.csv"), "{told}");
}
