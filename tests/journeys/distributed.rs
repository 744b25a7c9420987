//! The journeys of one process, with every target in a process of its own on PostgreSQL, Kafka, Redis and S3.

use std::collections::BTreeSet;

use reqwest::{
    Client,
    multipart::{Form, Part},
};
use saldo_kernel::{OrganizationId, UserId, WorkspaceId};
use saldo_testkit::{Deployment, Program, otlp::Sink};

use crate::{
    forecasts::statement,
    kept::{self, Workspace, ended, report_of},
    support::{json, post},
};

/// A gateway of an organisation of its own: what one journey keeps, another does not see.
fn gateway(deployment: &Deployment) -> Program {
    let identity = [
        format!("identity.organization_id={}", OrganizationId::generate()),
        format!("identity.workspace_id={}", WorkspaceId::generate()),
        format!("identity.user_id={}", UserId::generate()),
    ];
    deployment.gateway(&identity.iter().map(String::as_str).collect::<Vec<_>>())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journeys_are_the_same_between_processes() {
    let Some(deployment) = Deployment::start(&[]) else { return };
    let one = Program::serve(&[]);

    let saldo = gateway(&deployment);
    let here = post(&saldo.url(), "", "salary.csv", statement(12)).send().await.expect("an answer");
    let there = post(&one.url(), "", "salary.csv", statement(12)).send().await.expect("an answer");
    let report = json(here).await;
    assert_eq!(report, json(there).await);
    let workspace = Workspace::of(&saldo).await;
    let analysis = workspace.upload_and_analyze("salary.csv", statement(12)).await;
    assert_eq!(ended(&analysis).await.1["state"], "ANALYSIS_STATE_DONE");
    assert_eq!(report_of(&analysis).await["report"], report);

    kept::questions_and_corrections(&gateway(&deployment).url()).await;
    kept::unreadable_file(&gateway(&deployment).url()).await;
    kept::several_files(&gateway(&deployment).url()).await;
    kept::list(&gateway(&deployment).url()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_between_processes_is_one_trace() {
    let sink = Sink::start().await;
    let endpoint = format!("telemetry.otlp_endpoint={}", sink.endpoint());
    let Some(mut deployment) = Deployment::start(&[&endpoint]) else { return };
    let saldo = gateway(&deployment);
    let workspace = Workspace::of(&saldo).await;
    let trace = "5bf92f3577b34da6a3ce929d0e0e4737";
    let form = Form::new().part("file", Part::bytes(statement(12)).file_name("salary.csv"));
    let upload = Client::new().post(format!("{}/files?analyze=true", workspace.url)).multipart(form);
    let upload = upload.header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01")).send().await;
    let file = json(upload.expect("an answer")).await["file"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(ended(&workspace.analysis_of(&file)).await.1["state"], "ANALYSIS_STATE_DONE");
    saldo.stop();
    for (_, process) in deployment.processes.drain(..) {
        process.stop();
    }

    let id: Vec<u8> = (0..trace.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&trace[at..at + 2], 16).expect("hexadecimal"))
        .collect();
    let tree = sink.tree(&id);
    println!("{tree}");
    let mine: Vec<_> = sink.spans().into_iter().filter(|seen| seen.span.trace_id == id).collect();
    let services: BTreeSet<_> = mine.iter().map(|seen| seen.service.as_str()).collect();
    let all = ["saldo-analysis", "saldo-file", "saldo-forecast", "saldo-gateway"];
    assert_eq!(services.into_iter().collect::<Vec<_>>(), all, "{tree}");
    let ids: BTreeSet<_> = mine.iter().map(|seen| seen.span.span_id.clone()).collect();
    let roots: Vec<_> = mine.iter().filter(|seen| !ids.contains(&seen.span.parent_span_id)).collect();
    assert_eq!(roots.len(), 1, "{tree}");
    // gateway → file → event → job → analysis → forecast, each below the one before.
    let steps = [
        ": POST /v1/workspaces",
        ": saldo.file.v1.FileService/UploadFile",
        "FileUploaded",
        ": job",
        ": analyze",
        ": saldo.forecast.v1.ForecastService/ForecastSeries",
    ];
    let depth = |step: &str| {
        let line = tree.lines().find(|line| line.contains(step));
        line.map(|line| line.len() - line.trim_start().len()).unwrap_or_else(|| panic!("no {step} in\n{tree}"))
    };
    let depths: Vec<_> = steps.iter().map(|step| depth(step)).collect();
    assert!(depths.is_sorted_by(|one, two| one < two), "{depths:?}\n{tree}");
}
