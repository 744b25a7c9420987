//! Who calls, and in which scope.

use crate::{OrganizationId, WorkspaceId};

/// Who makes a call. Accounts and service credentials are not there yet: everyone is anonymous and reaches
/// only the methods that the contract marks so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody in particular; has no tenant.
    Anonymous,
}

/// Where a call acts. The generated guard finds it in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// No tenant's data.
    None,
    /// A tenant.
    Organization(OrganizationId),
    /// One workspace of a tenant.
    Workspace(WorkspaceId),
}
