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

/// All events of a stream.
pub async fn events(request: RequestBuilder) -> Vec<Event> {
    let response = request.header(ACCEPT, "text/event-stream").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
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
