//! The words that every part of Saldo shares: errors, money, ids, callers and scopes.
//! It is a crate of its own because engine, contract and services must mean the same by them.
//!
//! Invariant: no IO, no async, no clock of its own, no protocol types.

mod caller;
mod error;
mod event;
mod id;
mod money;
pub mod reasons;

pub use caller::{Caller, Scope, Tenant};
pub use error::{Error, ErrorParts, Kind, KindRow, Reason, Violation};
pub use event::Event;
pub use id::{AnalysisId, EventId, FileId, JobId, OrganizationId, ParseIdError, UserId, WorkspaceId};
pub use money::{Currency, Money, ParseMoneyError};
