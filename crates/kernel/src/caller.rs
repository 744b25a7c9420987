//! Who calls, and in which scope.

use crate::{OrganizationId, UserId, WorkspaceId};

/// Whose data it is: an organisation's, and of one workspace where it is about one. No query, object, event or job of a
/// tenant is made without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tenant {
    /// The tenant.
    pub organization: OrganizationId,
    /// The workspace; none for what concerns the whole organisation.
    pub workspace: Option<WorkspaceId>,
}

/// Who makes a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody in particular; has no tenant.
    Anonymous,
    /// A person.
    User {
        /// Who.
        user: UserId,
        /// Where they work in this call.
        tenant: Tenant,
    },
    /// A service of Saldo, for work that was asked for earlier.
    Service {
        /// Its target.
        name: String,
        /// Whose work it is.
        tenant: Tenant,
    },
}

impl Caller {
    /// Where they work; none where nobody is known.
    pub fn tenant(&self) -> Option<Tenant> {
        match self {
            Self::Anonymous => None,
            Self::User { tenant, .. } | Self::Service { tenant, .. } => Some(*tenant),
        }
    }

    /// Who, as records name them: `usr_…`, or a service as `saldo.analysis`; empty where nobody is known.
    pub fn name(&self) -> String {
        match self {
            Self::Anonymous => String::new(),
            Self::User { user, .. } => user.to_string(),
            Self::Service { name, .. } => format!("saldo.{name}"),
        }
    }
}

/// Where a call acts, as its request names it. The generated guard finds it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// No tenant's data.
    None,
    /// A tenant.
    Organization(OrganizationId),
    /// One workspace of a tenant.
    Workspace(WorkspaceId),
}
