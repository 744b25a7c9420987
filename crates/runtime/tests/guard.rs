//! What the generated guard lets through, on a service of every shape.
#![allow(clippy::expect_used)]

use std::sync::Arc;

use saldo_kernel::{Caller, Error, Kind, OrganizationId, Tenant, UserId, WorkspaceId};
use saldo_proto::{from_status, guard::Guarded};
use saldo_runtime::{Gatekeeper, Identity};
use saldo_testkit::probe::{
    Probe,
    v1::{CountNotesRequest, CreateNoteRequest, SearchNotesRequest, probe_service_server::ProbeService},
};
use tonic::{Request, Response, Status};

fn guarded() -> Guarded<Probe> {
    guarded_by(Identity::of_this_process().expect("a key"))
}

fn guarded_by(identity: Identity) -> Guarded<Probe> {
    Guarded::new(Probe, Arc::new(Gatekeeper::new(Arc::new(identity))))
}

/// A request with this token.
fn with<R>(token: &str, request: R) -> Request<R> {
    let mut request = Request::new(request);
    request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().expect("a header"));
    request
}

fn tenant() -> Tenant {
    Tenant { organization: OrganizationId::generate(), workspace: Some(WorkspaceId::generate()) }
}

fn create(workspace: Option<WorkspaceId>) -> CreateNoteRequest {
    let workspace_id = workspace.map(|workspace| workspace.to_string()).unwrap_or_default();
    CreateNoteRequest { workspace_id, text: "hello".to_owned() }
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

#[tokio::test]
async fn a_user_acts_in_their_own_workspace_and_another_one_does_not_exist() {
    let identity = Identity::of_this_process().expect("a key");
    let (mine, theirs) = (tenant(), tenant());
    let caller = Caller::User { user: UserId::generate(), tenant: mine };
    let token = identity.sign(&caller, "probe").expect("a token");
    let guarded = guarded_by(identity);
    let seen = guarded.create_note(with(&token, create(mine.workspace))).await.expect("it passes").into_inner();
    assert!(seen.what.contains(&mine.organization.to_string()), "{}", seen.what);
    let beside = Tenant { workspace: Some(WorkspaceId::generate()), ..mine };
    for foreign in [theirs, beside] {
        let error = refused(guarded.create_note(with(&token, create(foreign.workspace))).await);
        assert_eq!((error.kind, error.reason.as_str()), (Kind::NotFound, "SCOPE_NOT_FOUND"));
    }
    let error = refused(guarded.count_notes(with(&token, CountNotesRequest {})).await);
    assert_eq!(error.reason.as_str(), "METHOD_INTERNAL");
}

#[tokio::test]
async fn a_service_reaches_internal_methods_and_the_tenant_it_works_for() {
    let identity = Identity::of_this_process().expect("a key");
    let mine = tenant();
    let service = Caller::Service { name: "analysis".to_owned(), tenant: mine };
    let token = identity.sign(&service, "probe").expect("a token");
    let guarded = guarded_by(identity);
    guarded.count_notes(with(&token, CountNotesRequest {})).await.expect("it passes");
    guarded.create_note(with(&token, create(mine.workspace))).await.expect("it passes");
    let error = refused(guarded.create_note(with(&token, create(tenant().workspace))).await);
    assert_eq!(error.kind, Kind::NotFound);
}

#[tokio::test]
async fn a_token_for_another_target_or_of_another_key_is_refused() {
    let identity = Identity::of_this_process().expect("a key");
    let caller = Caller::User { user: UserId::generate(), tenant: tenant() };
    let elsewhere = identity.sign(&caller, "file").expect("a token");
    let foreign = Identity::of_this_process().expect("a key").sign(&caller, "probe").expect("a token");
    let guarded = guarded_by(identity);
    for token in [elsewhere.as_str(), foreign.as_str(), "nonsense"] {
        let error = refused(guarded.search_notes(with(token, search("top"))).await);
        assert_eq!((error.kind, error.reason.as_str()), (Kind::Unauthenticated, "TOKEN_INVALID"));
    }
}
