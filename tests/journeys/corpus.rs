//! Real statements, where the corpus stands beside the repository.

use std::fs;

use saldo_testkit::{Program, shared_data};

use crate::support::{json, post};

#[tokio::test]
async fn real_statements_become_reports() {
    let files = [
        "statements/csv-revolut/2021-october.csv",
        "statements/ru-banks-senz/alfabank.csv",
        "statements/ofx-french/BPACA_OP_20220717.ofx",
        "statements/mixed-jbms/ofx__checking2.ofx",
    ];
    let saldo = Program::serve(&[]);
    for path in files {
        let Some(file) = shared_data(path) else { continue };
        let content = fs::read(file).expect("a statement");
        let response = post(&saldo.url(), "", path, content).send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{path}");
        let report = json(response).await;
        assert!(report["sentences"].as_array().is_some_and(|sentences| !sentences.is_empty()), "{path}");
    }
}
