//! What stands before every handler: authenticate → validate → authorise → handler. The generated code calls it with
//! the method's options from the contract; a [`Gate`] decides who may pass.

use std::{pin::Pin, sync::Arc};

use futures::{Stream, StreamExt};
use prost_protovalidate::Validate;
use saldo_kernel::{Caller, Error, OrganizationId, Scope, Tenant, Violation, WorkspaceId, reasons};
use tonic::{Request, Response, Status, Streaming, metadata::MetadataMap};

use crate::from_status;

/// Who may call a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone.
    Anonymous,
    /// Other services only.
    Internal,
    /// Who holds this permission in the request's scope.
    Permission(&'static str),
}

/// How costly a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rate {
    /// A small read.
    Light,
    /// A call that works through a whole file.
    Heavy,
}

/// One method with what the contract says of it.
#[derive(Debug)]
pub struct Method {
    /// `saldo.analysis.v1.AnalysisService`.
    pub service: &'static str,
    /// `ListFormats`.
    pub name: &'static str,
    /// `/saldo.analysis.v1.AnalysisService/ListFormats`.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// Its limit class.
    pub rate: Rate,
    /// The audit action of its transaction.
    pub audit: Option<&'static str>,
    /// Whether an idempotency key is kept for it.
    pub idempotent: bool,
}

/// A call that passed the guard; a handler sees nothing else.
#[derive(Debug)]
pub struct Call<R> {
    /// Who calls.
    pub caller: Caller,
    /// Where, as the request names it.
    pub scope: Scope,
    /// Whose data it is about: the tenant of the scope, where the caller may act.
    pub tenant: Option<Tenant>,
    /// The valid request.
    pub request: R,
}

impl<R> Call<R> {
    /// Whose data the call is about.
    ///
    /// # Errors
    /// A defect of ours: the method's request names no scope.
    pub fn tenant(&self) -> Result<Tenant, Error> {
        self.tenant.ok_or_else(|| Error::internal("saldo.runtime", "a method without a scope asks for its tenant"))
    }
}

/// A client's stream: the first message passed the guard, the later ones are checked against the contract's rules as
/// they are read.
pub struct Incoming<T> {
    first: Option<T>,
    rest: Streaming<T>,
    rules: fn(&T) -> Result<(), Error>,
}

impl<T: 'static> Incoming<T> {
    /// The next message; `None` at the end.
    ///
    /// # Errors
    /// The client broke off, or the message breaks a rule.
    pub async fn next(&mut self) -> Result<Option<T>, Error> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let message = self.rest.message().await.map_err(|status| from_status(&status))?;
        message.as_ref().map_or(Ok(()), self.rules)?;
        Ok(message)
    }
}

/// A handler's stream of answers.
pub type Outgoing<T> = Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>;

/// The same stream as tonic sends it.
pub type Replies<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// Decides who calls and what they may do, and turns a failure into what the client sees.
#[tonic::async_trait]
pub trait Gate: Send + Sync + 'static {
    /// Who calls.
    ///
    /// # Errors
    /// The credentials are not valid.
    async fn authenticate(&self, method: &'static Method, metadata: &MetadataMap) -> Result<Caller, Error>;

    /// Passes if the caller may call this method in this scope, and tells whose data that is.
    ///
    /// # Errors
    /// They may not; where they may not even know of it, it is not found.
    async fn authorize(&self, method: &'static Method, caller: &Caller, scope: Scope) -> Result<Option<Tenant>, Error>;

    /// Records the failure and makes the status that the client sees.
    fn refuse(&self, method: &'static Method, error: Error) -> Status;
}

/// A service behind its guard. The generated code implements the server trait for it.
pub struct Guarded<S> {
    handlers: Arc<S>,
    gate: Arc<dyn Gate>,
}

impl<S> Guarded<S> {
    /// Puts `gate` before `handlers`.
    pub fn new(handlers: S, gate: Arc<dyn Gate>) -> Self {
        Self { handlers: Arc::new(handlers), gate }
    }

    /// For the generated code only: whoever calls this has passed the guard.
    #[doc(hidden)]
    pub fn handlers(&self) -> &S {
        &self.handlers
    }

    /// Guards a call with one request.
    #[doc(hidden)]
    pub async fn admit<R>(
        &self,
        method: &'static Method,
        request: Request<R>,
        rules: fn(&R) -> Result<(), Error>,
        scope: impl FnOnce(&R) -> Result<Scope, Error>,
    ) -> Result<Call<R>, Error> {
        let (metadata, _, request) = request.into_parts();
        let caller = self.gate.authenticate(method, &metadata).await?;
        let (scope, tenant) = self.pass(method, &caller, &request, rules, scope).await?;
        Ok(Call { caller, scope, tenant, request })
    }

    /// Guards a call with a stream of requests, on its first message.
    #[doc(hidden)]
    pub async fn admit_stream<R: 'static>(
        &self,
        method: &'static Method,
        request: Request<Streaming<R>>,
        rules: fn(&R) -> Result<(), Error>,
        scope: impl FnOnce(&R) -> Result<Scope, Error>,
    ) -> Result<Call<Incoming<R>>, Error> {
        let (metadata, _, mut rest) = request.into_parts();
        let caller = self.gate.authenticate(method, &metadata).await?;
        let first = rest.message().await.map_err(|status| from_status(&status))?.ok_or_else(no_message)?;
        let (scope, tenant) = self.pass(method, &caller, &first, rules, scope).await?;
        Ok(Call { caller, scope, tenant, request: Incoming { first: Some(first), rest, rules } })
    }

    async fn pass<R>(
        &self,
        method: &'static Method,
        caller: &Caller,
        request: &R,
        rules: fn(&R) -> Result<(), Error>,
        scope: impl FnOnce(&R) -> Result<Scope, Error>,
    ) -> Result<(Scope, Option<Tenant>), Error> {
        rules(request)?;
        let scope = scope(request)?;
        Ok((scope, self.gate.authorize(method, caller, scope).await?))
    }

    /// The answer of a call with one reply.
    #[doc(hidden)]
    pub fn reply<T>(&self, method: &'static Method, answer: Result<T, Error>) -> Result<Response<T>, Status> {
        answer.map(Response::new).map_err(|error| self.gate.refuse(method, error))
    }

    /// The answer of a call with a stream of replies.
    #[doc(hidden)]
    pub fn reply_stream<T: 'static>(
        &self,
        method: &'static Method,
        answer: Result<Outgoing<T>, Error>,
    ) -> Result<Response<Replies<T>>, Status> {
        let stream = answer.map_err(|error| self.gate.refuse(method, error))?;
        let gate = Arc::clone(&self.gate);
        let replies = stream.map(move |item| item.map_err(|error| gate.refuse(method, error)));
        Ok(Response::new(Box::pin(replies)))
    }
}

/// Most violations that are told at once: they travel in the trailers of the answer, which are bounded.
const VIOLATIONS_TOLD: usize = 20;

/// Checks the contract's rules; tells the violations at once.
#[doc(hidden)]
pub fn rules_of<R: Validate>(request: &R) -> Result<(), Error> {
    let Err(broken) = request.validate() else { return Ok(()) };
    let more = broken.violations().len().saturating_sub(VIOLATIONS_TOLD);
    let violations: Vec<_> = broken
        .violations()
        .iter()
        .take(VIOLATIONS_TOLD)
        .map(|one| Violation { field: one.field_path(), description: one.message().to_owned() })
        .collect();
    let told: Vec<_> = violations.iter().map(|one| format!("{} {}", one.field, one.description)).collect();
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let mut error = invalid(format!("Not as the contract asks: {}{more}.", told.join("; ")));
    error.violations = violations;
    Err(error)
}

/// For requests that have no rules.
#[doc(hidden)]
pub fn no_rules<R>(_: &R) -> Result<(), Error> {
    Ok(())
}

/// The scope of a request that names a workspace.
#[doc(hidden)]
pub fn workspace(id: &str) -> Result<Scope, Error> {
    id.parse::<WorkspaceId>().map(Scope::Workspace).map_err(|error| bad_scope("workspace_id", &error.to_string()))
}

/// The scope of a request that names an organisation.
#[doc(hidden)]
pub fn organization(id: &str) -> Result<Scope, Error> {
    id.parse::<OrganizationId>()
        .map(Scope::Organization)
        .map_err(|error| bad_scope("organization_id", &error.to_string()))
}

fn bad_scope(field: &str, description: &str) -> Error {
    let mut error = invalid(format!("{description}."));
    error.violations = vec![Violation { field: field.to_owned(), description: description.to_owned() }];
    error
}

fn invalid(message: String) -> Error {
    Error::known(&reasons::REQUEST_INVALID, "saldo.runtime", message)
}

fn no_message() -> Error {
    invalid("The stream ended before its first message.".to_owned())
}
