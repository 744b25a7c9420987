//! What comes next: in a report, without the service that says it, and asked for by itself.

use std::fmt::Write as _;

use saldo_testkit::Program;
use serde_json::{Value, json as value};

use crate::support::{fact, json, post};

const NEEDED: i32 = 8;

/// A statement over whole months from January 2022: rent, and a salary that rises.
pub(crate) fn statement(months: i32) -> Vec<u8> {
    let mut out = String::from("Date,Counterparty,Amount,Currency\n");
    for month in 0..months {
        let (year, number) = (2022 + month / 12, month % 12 + 1);
        let _ = writeln!(out, "{year}-{number:02}-01,Hill Street Homes,-900.00,EUR");
        let _ = writeln!(out, "{year}-{number:02}-28,Harbour Works,{}.00,EUR", 2000 + 10 * month + month % 3);
    }
    out.into_bytes()
}

async fn analysed(url: &str, months: i32) -> Value {
    let response = post(url, "", "salary.csv", statement(months)).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    json(response).await
}

fn forecast<'a>(report: &'a Value, metric: &str) -> &'a Value {
    let all = report["forecasts"].as_array().expect("forecasts");
    all.iter().find(|one| one["metric"] == metric).expect("the figure's forecast")
}

fn number(money: &Value) -> f64 {
    money["amount"].as_str().and_then(|amount| amount.parse().ok()).expect("an amount")
}

#[tokio::test]
async fn a_long_statement_is_continued_with_intervals_and_a_back_test() {
    let saldo = Program::serve(&[]);
    let report = analysed(&saldo.url(), 30).await;
    for metric in ["net", "money_in", "money_out"] {
        let forecast = forecast(&report, metric);
        assert_eq!(forecast["history"].as_array().map(Vec::len), Some(30), "{metric}");
        let months = forecast["months"].as_array().expect("months");
        assert_eq!(months.first().map(|month| &month["month"]), Some(&value!("2024-07")));
        assert_eq!(months.len(), 12);
        for month in months {
            let ends = ["low95", "low80", "mean", "high80", "high95"].map(|end| number(&month[end]));
            assert!(ends.is_sorted(), "{metric}: {month}");
            let middle =
                fact(&report, &format!("forecast_{metric}/EUR/month/{}", month["month"].as_str().unwrap_or("")));
            assert_eq!(middle["money"], month["mean"]);
            assert_eq!(middle["lineage"]["facts"], value!(["full_months/EUR"]));
        }
        assert!(!forecast["backTests"].as_array().expect("back-tests").is_empty());
        assert_eq!(forecast["scores"].as_array().map(Vec::len), Some(4));
    }
    // The salary rises by ten a month, rent does not.
    let next = number(&forecast(&report, "money_in")["months"][0]["mean"]);
    assert!((2290.0..2315.0).contains(&next), "{next}");
    assert!((number(&forecast(&report, "money_out")["months"][0]["mean"]) - 900.0).abs() < 0.005);
    let told = report["sentences"].as_array().expect("sentences").iter().any(|one| one["topic"] == "forecast");
    assert!(told, "{}", report["sentences"]);
}

#[tokio::test]
async fn a_short_statement_says_how_many_months_are_missing() {
    let saldo = Program::serve(&[]);
    let report = analysed(&saldo.url(), NEEDED - 1).await;
    let forecast = forecast(&report, "net");
    assert_eq!(forecast["reason"], "SERIES_TOO_SHORT");
    assert_eq!(forecast["needed"], NEEDED);
    assert_eq!(forecast["history"].as_array().map(Vec::len), Some(7));
    assert_eq!(forecast["months"], value!([]));
}

#[tokio::test]
async fn a_report_comes_without_its_forecast_where_that_service_does_not_answer() {
    let nowhere = "peers.forecast=http://127.0.0.1:1";
    let saldo = Program::serve(&["--target", "gateway,analysis,file", "--set", nowhere]);
    let report = analysed(&saldo.url(), 12).await;
    assert_eq!(forecast(&report, "net")["reason"], "FORECAST_UNAVAILABLE");
    assert_eq!(fact(&report, "net/EUR/month/2022-01")["money"]["amount"], "1100.00");
}

#[tokio::test]
async fn a_series_can_be_forecast_by_itself() {
    let saldo = Program::serve(&[]);
    let ask = |body: Value| {
        let request = reqwest::Client::new().post(format!("{}/v1/forecasts", saldo.url()));
        let request = request.header("content-type", "application/json").body(body.to_string());
        async { request.send().await.expect("an answer") }
    };
    let season: Vec<i32> = (0..36).map(|month| if month % 12 == 11 { 300 } else { 100 }).collect();
    let response = ask(value!({"values": season, "season": 12, "horizon": 12})).await;
    assert_eq!(response.status(), 200);
    let points = json(response).await["points"].clone();
    let means: Vec<f64> =
        points.as_array().expect("points").iter().filter_map(|point| point["mean"].as_f64()).collect();
    assert!(means[10] < 150.0 && means[11] > 250.0, "the season comes again: {means:?}");

    for (body, reason) in [
        (value!({"values": [1, 2, 3], "horizon": 1}), "SERIES_TOO_SHORT"),
        (value!({"values": [1, 2, 3]}), "REQUEST_INVALID"),
        (value!({"values": vec![1; 2000], "horizon": 1}), "REQUEST_INVALID"),
    ] {
        let response = ask(body).await;
        assert_eq!(response.status(), 400, "{reason}");
        assert_eq!(json(response).await["reason"], reason);
    }
}
