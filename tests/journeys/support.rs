//! Small things that the journeys share.

use std::{fs, path::PathBuf};

use reqwest::{
    Client, RequestBuilder, Response,
    header::ACCEPT,
    multipart::{Form, Part},
};
use serde_json::Value;

/// One event of a stream.
#[derive(Debug)]
pub struct Event {
    pub name: String,
    pub data: Value,
}

/// A fixture of ours.
pub fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// Its bytes.
pub fn bytes(name: &str) -> Vec<u8> {
    fs::read(fixture(name)).expect("a fixture")
}

/// `POST /analyze` with a form, as a browser sends it.
pub fn post(url: &str, query: &str, name: &str, content: Vec<u8>) -> RequestBuilder {
    let form = Form::new().part("file", Part::bytes(content).file_name(name.to_owned()));
    Client::new().post(format!("{url}/analyze{query}")).multipart(form)
}

/// The report of a fixture.
pub async fn report(url: &str, name: &str) -> Value {
    let response = post(url, "", name, bytes(name)).send().await.expect("an answer");
    assert_eq!(response.status(), 200, "{name}");
    json(response).await
}

/// The body as JSON.
pub async fn json(response: Response) -> Value {
    let text = response.text().await.expect("a body");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The problem of an answer, once its form is proved.
pub async fn problem(response: Response) -> Value {
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let problem = json(response).await;
    assert_eq!(problem["status"].as_u64(), Some(u64::from(status)));
    for member in ["detail", "hint"] {
        assert!(problem[member].as_str().is_some_and(|text| text.len() > 10), "{member} says something: {problem}");
    }
    assert_eq!(problem["traceId"].as_str().map(str::len), Some(32), "{problem}");
    problem
}

/// A statement of `rows` rows, for work that takes a while.
pub fn table(rows: usize) -> Vec<u8> {
    let mut table = String::from("Date;Description;Amount;Currency\n");
    for number in 0..rows {
        let (month, day) = (number % 12 + 1, number % 28 + 1);
        table.push_str(&format!("2025-{month:02}-{day:02};Payment {number};-{number}.25;EUR\n"));
    }
    table.into_bytes()
}

/// All events of a stream.
pub async fn events(request: RequestBuilder) -> Vec<Event> {
    let response = request.header(ACCEPT, "text/event-stream").send().await.expect("an answer");
    assert_eq!(response.status(), 200, "{}", response.url());
    let text = response.text().await.expect("the whole stream");
    let field = |block: &str, name: &str| {
        block.lines().find_map(|line| line.strip_prefix(name)).map(|rest| rest.trim().to_owned())
    };
    text.split("\n\n")
        .filter_map(|block| {
            let data = serde_json::from_str(&field(block, "data:")?).expect("JSON data");
            Some(Event { name: field(block, "event:")?, data })
        })
        .collect()
}

/// The value of a fact, by its id.
pub fn fact<'a>(report: &'a Value, id: &str) -> &'a Value {
    let facts = report["facts"].as_array().expect("facts");
    facts.iter().find(|fact| fact["id"] == id).unwrap_or_else(|| {
        let ids: Vec<_> = facts.iter().map(|fact| fact["id"].as_str().unwrap_or_default()).collect();
        panic!("no fact {id} among {ids:?}")
    })
}
