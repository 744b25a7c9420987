//! What the generated guard lets through, on a service of every shape.
#![allow(clippy::expect_used)]

use std::sync::Arc;

use saldo_kernel::{Error, Kind, WorkspaceId};
use saldo_proto::{from_status, guard::Guarded};
use saldo_runtime::Gatekeeper;
use saldo_testkit::probe::{
    Probe,
    v1::{CountNotesRequest, CreateNoteRequest, SearchNotesRequest, probe_service_server::ProbeService},
};
use tonic::{Request, Response, Status};

fn guarded() -> Guarded<Probe> {
    Guarded::new(Probe, Arc::new(Gatekeeper))
}

fn refused<T: std::fmt::Debug>(answer: Result<Response<T>, Status>) -> Error {
    from_status(&answer.expect_err("the guard refuses"))
}

fn search(shelf: &str) -> SearchNotesRequest {
    SearchNotesRequest { shelf: shelf.to_owned(), ..SearchNotesRequest::default() }
}

#[tokio::test]
async fn an_anonymous_method_takes_everyone() {
    let seen = guarded().search_notes(Request::new(search("top"))).await.expect("it passes").into_inner();
    assert!(seen.what.contains("Anonymous") && seen.what.contains("top"), "{}", seen.what);
}

#[tokio::test]
async fn every_broken_rule_is_told_at_once() {
    let mut request = search("");
    request.page_size = 101;
    request.tags = vec![String::new(); 4];
    let error = refused(guarded().search_notes(Request::new(request)).await);
    let mut fields: Vec<_> = error.violations.iter().map(|one| one.field.as_str()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["page_size", "shelf", "tags"]);
    assert_eq!((error.kind, error.reason.as_str()), (Kind::InvalidArgument, "REQUEST_INVALID"));
}

#[tokio::test]
async fn a_method_with_a_permission_asks_to_sign_in() {
    let request = CreateNoteRequest { workspace_id: WorkspaceId::generate().to_string(), text: "hello".to_owned() };
    let error = refused(guarded().create_note(Request::new(request)).await);
    assert_eq!((error.kind, error.reason.as_str()), (Kind::Unauthenticated, "SIGN_IN_REQUIRED"));
}

#[tokio::test]
async fn a_scope_that_is_no_id_is_a_violation_of_its_field() {
    let request = CreateNoteRequest { workspace_id: "everything".to_owned(), text: "hello".to_owned() };
    let error = refused(guarded().create_note(Request::new(request)).await);
    assert_eq!(error.violations[0].field, "workspace_id");
}

#[tokio::test]
async fn an_internal_method_refuses_a_caller_that_is_no_service() {
    let error = refused(guarded().count_notes(Request::new(CountNotesRequest {})).await);
    assert_eq!((error.kind, error.reason.as_str()), (Kind::PermissionDenied, "METHOD_INTERNAL"));
}
