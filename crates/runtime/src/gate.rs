//! Who may pass the guard of every method of this process.

use saldo_kernel::{Caller, Error, Scope, reasons};
use saldo_proto::{
    guard::{Access, Gate, Method},
    to_status,
};
use tonic::{Status, metadata::MetadataMap};

use crate::{DOMAIN, current_trace_id};

/// The gate of a server without accounts: everyone is anonymous and reaches the anonymous methods.
#[derive(Debug, Default)]
pub struct Gatekeeper;

#[tonic::async_trait]
impl Gate for Gatekeeper {
    async fn authenticate(&self, _: &'static Method, _: &MetadataMap) -> Result<Caller, Error> {
        Ok(Caller::Anonymous)
    }

    async fn authorize(&self, method: &'static Method, caller: &Caller, _: Scope) -> Result<(), Error> {
        match (method.access, caller) {
            (Access::Anonymous, _) => Ok(()),
            (Access::Permission(permission), _) => {
                let message = format!("{} needs a signed-in caller who holds {permission}.", method.name);
                Err(Error::known(&reasons::SIGN_IN_REQUIRED, DOMAIN, message))
            }
            (Access::Internal, _) => {
                let message = format!("{} is for Saldo's own services.", method.name);
                Err(Error::known(&reasons::METHOD_INTERNAL, DOMAIN, message))
            }
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
