//! Who works here while there are no accounts: one user in one workspace.

use saldo_kernel::{Caller, Tenant};

use crate::{Problem, Settings};

/// The one user, where the settings let there be one.
pub fn single_user(settings: &Settings) -> Option<Caller> {
    if settings.text("identity.mode") != "single" {
        return None;
    }
    let tenant = Tenant {
        organization: settings.text("identity.organization_id").parse().ok()?,
        workspace: Some(settings.text("identity.workspace_id").parse().ok()?),
    };
    Some(Caller::User { user: settings.text("identity.user_id").parse().ok()?, tenant })
}

/// Tells every problem of the section.
pub(crate) fn check(settings: &Settings, problems: &mut Vec<Problem>) {
    let mode = settings.text("identity.mode");
    if !["single", "none"].contains(&mode) {
        let text = format!("'{mode}' is neither single nor none");
        problems.push(Problem { key: "identity.mode".to_owned(), text });
    }
    let mut tell = |key: &str, wrong: Option<String>| {
        problems.extend(wrong.map(|text| Problem { key: format!("identity.{key}"), text }));
    };
    let text = |key: &str| settings.text(&format!("identity.{key}")).to_owned();
    let wrong = |parsed: Result<(), saldo_kernel::ParseIdError>| parsed.err().map(|error| error.to_string());
    tell("organization_id", wrong(text("organization_id").parse::<saldo_kernel::OrganizationId>().map(drop)));
    tell("workspace_id", wrong(text("workspace_id").parse::<saldo_kernel::WorkspaceId>().map(drop)));
    tell("user_id", wrong(text("user_id").parse::<saldo_kernel::UserId>().map(drop)));
}
