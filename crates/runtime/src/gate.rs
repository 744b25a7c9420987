//! Who may pass the guard of every method of this process.

use std::sync::Arc;

use saldo_kernel::{Caller, Error, Scope, Tenant, reasons};
use saldo_proto::{
    guard::{Access, Gate, Method},
    to_status,
};
use tonic::{Status, metadata::MetadataMap};

use crate::{DOMAIN, current_trace_id, identity::Identity};

/// Verifies who calls by the token that the edge or another service gave them, and lets them act in their own tenant only.
/// There are no roles yet: who works in a workspace may do everything there.
#[derive(Debug)]
pub struct Gatekeeper {
    identity: Arc<Identity>,
}

impl Gatekeeper {
    /// A gate that trusts the tokens of `identity`.
    pub fn new(identity: Arc<Identity>) -> Self {
        Self { identity }
    }
}

#[tonic::async_trait]
impl Gate for Gatekeeper {
    async fn authenticate(&self, method: &'static Method, metadata: &MetadataMap) -> Result<Caller, Error> {
        let Some(header) = metadata.get("authorization") else { return Ok(Caller::Anonymous) };
        let token = header.to_str().ok().and_then(|text| text.strip_prefix("Bearer "));
        let target = method.service.split('.').nth(1).unwrap_or_default();
        token.and_then(|token| self.identity.verify(token, target)).ok_or_else(|| {
            Error::known(&reasons::TOKEN_INVALID, DOMAIN, "The token of the call is not valid, or no longer.")
        })
    }

    async fn authorize(&self, method: &'static Method, caller: &Caller, scope: Scope) -> Result<Option<Tenant>, Error> {
        match (method.access, caller) {
            (Access::Anonymous, _) => return Ok(None),
            (Access::Internal, Caller::Anonymous | Caller::User { .. }) => {
                let message = format!("{} is for Saldo's own services.", method.name);
                return Err(Error::known(&reasons::METHOD_INTERNAL, DOMAIN, message));
            }
            (Access::Permission(permission), Caller::Anonymous) => {
                let message = format!("{} needs a signed-in caller who holds {permission}.", method.name);
                return Err(Error::known(&reasons::SIGN_IN_REQUIRED, DOMAIN, message));
            }
            (Access::Internal, Caller::Service { .. })
            | (Access::Permission(_), Caller::User { .. } | Caller::Service { .. }) => {}
        }
        let Some(own) = caller.tenant() else { return Ok(None) };
        match scope {
            Scope::None => Ok(None),
            Scope::Organization(named) if named == own.organization => Ok(Some(Tenant { workspace: None, ..own })),
            Scope::Workspace(named) if own.workspace == Some(named) => Ok(Some(own)),
            // What one cannot see does not exist.
            Scope::Organization(named) => Err(not_found(&named.to_string())),
            Scope::Workspace(named) => Err(not_found(&named.to_string())),
        }
    }

    fn refuse(&self, method: &'static Method, error: Error) -> Status {
        let (kind, reason) = (error.kind.row().name, error.reason.as_str().to_owned());
        let cause = error.source.as_ref().map(ToString::to_string).unwrap_or_default();
        if error.kind.row().ours {
            tracing::error!(rpc = method.path, kind, reason, text = error.message, cause, "call failed");
        } else {
            tracing::info!(rpc = method.path, kind, reason, "call refused");
        }
        let trace = current_trace_id();
        to_status(if trace.is_empty() { error.masked() } else { error.masked().with("trace_id", trace) })
    }
}

fn not_found(id: &str) -> Error {
    Error::known(&reasons::SCOPE_NOT_FOUND, DOMAIN, format!("There is no {id}."))
}
