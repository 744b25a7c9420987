//! Two organisations on one database: whatever the one asks for of the other's does not exist.

use std::collections::BTreeMap;

use reqwest::{Client, Method};
use saldo_kernel::{OrganizationId, UserId, WorkspaceId};
use saldo_proto::{descriptors, options_of};
use saldo_testkit::Program;
use serde_json::{Value, json as object};

use crate::{
    forecasts::statement,
    kept::{Workspace, ended},
    support::{json, problem},
};

/// Every method of the contract that has a REST form and needs a permission: verb, path, name.
fn methods() -> Vec<(Method, String, String)> {
    let services = descriptors().services();
    let methods = services.flat_map(|service| service.methods().collect::<Vec<_>>());
    methods
        .filter_map(|method| {
            let options = options_of(&method);
            let (verb, path) = options.http?;
            (!options.anonymous && !options.internal).then_some(())?;
            Some((verb.parse().ok()?, path, method.full_name().to_owned()))
        })
        .collect()
}

/// A path with the ids of something.
fn filled(path: &str, ids: &BTreeMap<&str, String>) -> String {
    let mut path = path.to_owned();
    for (name, id) in ids {
        path = path.replace(&format!("{{{name}}}"), id);
    }
    assert!(!path.contains('{'), "the test knows no id for {path}");
    path
}

/// Whether an answer gives nothing: every list in it is empty, and it has nothing else that says something.
fn is_empty(answer: &Value) -> bool {
    match answer {
        Value::Object(fields) => fields.values().all(is_empty),
        Value::Array(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Bool(_) | Value::Null => true,
    }
}

#[tokio::test]
async fn every_method_gives_another_organisations_owner_nothing() {
    let mine = Program::serve(&[]);
    let theirs = [
        format!("identity.organization_id={}", OrganizationId::generate()),
        format!("identity.workspace_id={}", WorkspaceId::generate()),
        format!("identity.user_id={}", UserId::generate()),
    ];
    let theirs = mine.beside(&theirs.iter().flat_map(|one| ["--set", one]).collect::<Vec<_>>());
    let (my, their) = (Workspace::of(&mine).await, Workspace::of(&theirs).await);
    let file = my.upload("salary.csv", statement(12), true).await;
    let analysis = my.analysis_of(&file);
    assert_eq!(ended(&analysis).await.1["state"], "ANALYSIS_STATE_DONE");
    let id = |url: &str| url.rsplit('/').next().expect("an id").to_owned();

    let (files, nothing) = (object!({"fileIds": [file]}), object!({}));
    let (mut asked, mut streams) = (0, 0);
    for workspace in [id(&my.url), id(&their.url)] {
        let ids = BTreeMap::from([
            ("workspace_id", workspace.clone()),
            ("file_id", file.clone()),
            ("analysis_id", id(&analysis)),
        ]);
        for (verb, path, name) in methods() {
            let url = format!("{}{}", theirs.url(), filled(&path, &ids));
            let mut request = Client::new().request(verb.clone(), &url);
            if verb == Method::POST {
                request = request.json(if name.ends_with("StartAnalysis") { &files } else { &nothing });
            }
            let response = request.send().await.expect("an answer");
            let status = response.status();
            if status == 200 {
                let answer = json(response).await;
                assert!(is_empty(&answer), "{name} gives {answer}");
            } else {
                assert_eq!(status, 404, "{name}: {}", problem(response).await);
            }
            asked += 1;
        }
        // What no proto can say.
        for path in ["files/{file_id}/content", "analyses/{analysis_id}/events"] {
            let path = filled(&format!("/v1/workspaces/{{workspace_id}}/{path}"), &ids);
            let response = reqwest::get(format!("{}{path}", theirs.url())).await.expect("an answer");
            assert_eq!(response.status(), 404, "{path}");
            streams += 1;
        }
    }
    println!("{asked} calls of {} methods and {streams} streams gave nothing", methods().len());
    assert!(methods().len() >= 12, "the walk finds the methods");
    // All of it is still there for its owner.
    assert_eq!(ended(&analysis).await.0, ["DONE"]);
    let kept = reqwest::get(format!("{}/files/{file}/content", my.url)).await.expect("an answer");
    assert_eq!(kept.bytes().await.expect("its bytes"), statement(12));
}
