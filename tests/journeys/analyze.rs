//! A statement in, a report out.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use saldo_testkit::Program;
use serde_json::Value;

use crate::support::{bytes, events, fact, json, post, report};

#[tokio::test]
async fn a_csv_statement_becomes_a_report_with_proved_figures() {
    let saldo = Program::serve(&[]);
    let report = report(&saldo.url(), "euro.csv").await;
    assert_eq!(fact(&report, "money_in/EUR")["money"], serde_json::json!({"amount": "12650.00", "currency": "EUR"}));
    assert_eq!(fact(&report, "money_out/EUR")["money"]["amount"], "4085.63");
    assert_eq!(fact(&report, "net/EUR")["money"]["amount"], "8564.37");
    let quality = &report["quality"];
    assert_eq!(
        (quality["rowsRead"].as_str(), quality["transactions"].as_str(), quality["rejected"].as_str()),
        (Some("15"), Some("15"), Some("0"))
    );
    assert_eq!(quality["proof"]["status"], "STATUS_RECONCILED");
    assert_eq!(report["source"]["fileName"], "euro.csv");
    assert_eq!(report["source"]["delimiter"], ";");
}

#[tokio::test]
async fn an_ofx_statement_gives_the_same_figures_as_the_csv_one() {
    let saldo = Program::serve(&[]);
    let (csv, ofx) = (report(&saldo.url(), "euro.csv").await, report(&saldo.url(), "euro.ofx").await);
    for id in ["money_in/EUR", "money_out/EUR", "net/EUR"] {
        assert_eq!(fact(&csv, id)["money"], fact(&ofx, id)["money"], "{id}");
    }
    assert_eq!(ofx["source"]["format"], "ofx");
}

#[tokio::test]
async fn every_number_of_every_text_is_a_fact_of_the_report() {
    let saldo = Program::serve(&[]);
    for name in ["euro.csv", "euro.ofx"] {
        let report = report(&saldo.url(), name).await;
        let findings = report["findings"].as_array().expect("findings");
        let sentences = report["sentences"].as_array().expect("sentences");
        let mut numbers = 0;
        for part in sentences.iter().chain(findings) {
            let texts = part["texts"].as_array().expect("texts");
            assert_eq!(texts.len(), 2, "a text in each language");
            for segment in texts.iter().flat_map(|text| text["segments"].as_array().expect("segments")) {
                let words = segment["text"].as_str().expect("words");
                match segment["fact"].as_str() {
                    Some("") => {
                        assert!(!words.contains(|letter: char| letter.is_numeric()), "{words:?} holds a number")
                    }
                    Some(id) => {
                        fact(&report, id);
                        numbers += 1;
                    }
                    None => panic!("a segment without the field fact"),
                }
            }
        }
        assert!(numbers > 4, "{name}: the narrative speaks of figures");
    }
}

#[tokio::test]
async fn the_event_stream_tells_progress_and_sends_the_rows_behind_every_figure() {
    let saldo = Program::serve(&[]);
    let events = events(post(&saldo.url(), "?rows=true&languages=ru", "euro.csv", bytes("euro.csv"))).await;
    let named = |name: &str| events.iter().filter(|event| event.name == name).collect::<Vec<_>>();
    assert!(!named("progress").is_empty());
    let rows: Vec<&Value> =
        named("rows").iter().flat_map(|event| event.data["rows"].as_array().expect("rows")).collect();
    assert_eq!(rows.len(), 15);
    let last = events.last().expect("events");
    assert_eq!(last.name, "report");
    assert_eq!(last.data["sentences"][0]["texts"].as_array().map(Vec::len), Some(1), "only the language asked for");

    // The rows that a figure names add up to it, in cents.
    let cents = |text: &str| text.replace('.', "").parse::<i64>().expect("an amount");
    let figure = fact(&last.data, "money_out/EUR");
    let behind = rows_behind(&last.data, figure);
    let within = |number: &Value| number.as_u64().is_some_and(|number| behind.contains(&number));
    let sum: i64 = rows
        .iter()
        .filter(|row| within(&row["number"]))
        .map(|row| cents(row["amount"]["amount"].as_str().expect("an amount")))
        .sum();
    assert_eq!(-sum, cents(figure["money"]["amount"].as_str().expect("an amount")));
}

/// The rows of a figure, through the figures that it is computed from.
fn rows_behind(report: &Value, figure: &Value) -> Vec<u64> {
    let mut rows = decoded(figure["lineage"]["rows"].as_str().expect("rows"));
    for id in figure["lineage"]["facts"].as_array().expect("facts") {
        rows.extend(rows_behind(report, fact(report, id.as_str().expect("an id"))));
    }
    rows
}

/// A set of rows as `docs/reference/rows.md` tells clients to decode it.
fn decoded(text: &str) -> Vec<u64> {
    let (mut rows, mut last, mut number, mut shift, mut skipped) = (Vec::new(), 0, 0, 0, None);
    for byte in BASE64_STANDARD.decode(text).expect("base64") {
        number |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 != 0 {
            continue;
        }
        if let Some(skipped) = skipped.take() {
            let first = last + 1 + skipped;
            last = first + number;
            rows.extend(first..=last);
        } else {
            skipped = Some(number);
        }
        (number, shift) = (0, 0);
    }
    rows
}

#[tokio::test]
async fn several_files_of_one_form_are_one_ledger() {
    let saldo = Program::serve(&[]);
    let text = String::from_utf8(bytes("euro.csv")).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    let part = |range: std::ops::Range<usize>| {
        let text = [&lines[..1], &lines[range]].concat().join("\n");
        reqwest::multipart::Part::bytes(text.into_bytes())
    };
    let form = reqwest::multipart::Form::new()
        .part("file", part(8..lines.len()).file_name("later.csv"))
        .part("file", part(1..11).file_name("earlier.csv"));
    let request = reqwest::Client::new().post(format!("{}/analyze?rows=true", saldo.url())).multipart(form);
    let events = events(request).await;
    let report = &events.last().expect("events").data;
    assert_eq!(fact(report, "money_in/EUR")["money"]["amount"], "12650.00");
    assert_eq!(
        (report["quality"]["rowsRead"].as_str(), report["quality"]["inOtherFiles"].as_str()),
        (Some("18"), Some("3"))
    );
    let files = report["files"].as_array().expect("files");
    let of =
        |place: usize| (files[place]["source"]["fileName"].as_str(), files[place]["quality"]["transactions"].as_str());
    assert_eq!((of(0), of(1)), ((Some("later.csv"), Some("8")), (Some("earlier.csv"), Some("7"))));
    let rows: Vec<&Value> = events
        .iter()
        .filter(|event| event.name == "rows")
        .flat_map(|event| event.data["rows"].as_array().expect("rows"))
        .collect();
    let days: Vec<_> = rows.iter().map(|row| row["date"].as_str()).collect();
    assert!(days.is_sorted(), "{days:?}");
    let second = decoded(files[1]["rows"].as_str().expect("rows"));
    let named: Vec<_> = rows.iter().filter(|row| row["file"] == 2).filter_map(|row| row["number"].as_u64()).collect();
    assert_eq!(named, second);
}

#[tokio::test]
async fn a_file_with_two_readings_asks_once_and_takes_the_answer() {
    let saldo = Program::serve(&[]);
    let response = post(&saldo.url(), "", "ambiguous.csv", bytes("ambiguous.csv")).send().await.expect("an answer");
    assert_eq!(response.status(), 422);
    let problem = json(response).await;
    assert_eq!(problem["reason"], "DATE_ORDER_AMBIGUOUS");
    let question = &problem["question"];
    let choices = question["choices"].as_array().expect("choices");
    assert_eq!((question["hint"].as_str(), choices.len()), (Some("date_order"), 2));

    let mut periods = Vec::new();
    for choice in choices {
        let query = format!("?date_order={}", choice["value"].as_str().expect("a value"));
        let response =
            post(&saldo.url(), &query, "ambiguous.csv", bytes("ambiguous.csv")).send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        periods.push(fact(&json(response).await, "transactions/XXX")["period"].clone());
    }
    assert_ne!(periods[0], periods[1]);
}

#[tokio::test]
async fn a_raw_body_is_a_file_too() {
    let saldo = Program::serve(&[]);
    let request = reqwest::Client::new().post(format!("{}/analyze?file_name=march.csv", saldo.url()));
    let response = request.header("content-type", "text/csv").body(bytes("euro.csv")).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert_eq!(json(response).await["source"]["fileName"], "march.csv");
}
