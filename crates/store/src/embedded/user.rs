//! Who the server runs as: PostgreSQL refuses to run as root.

use std::{
    ffi::OsStr,
    fs, io,
    os::unix::{ffi::OsStrExt, fs::chown},
    path::Path,
    process::Command,
};

use saldo_kernel::{Error, reasons};

use crate::DOMAIN;

/// The role that makes a cluster; it may do anything in it.
pub(super) const SUPERUSER: &str = "saldo";

/// A user of the system, where it is not our own.
pub(super) struct User(Option<(u32, u32)>);

impl User {
    /// Ourselves; `postgres`, else `nobody`, where we are root.
    ///
    /// # Errors
    /// We are root and neither exists.
    pub(super) fn of_server() -> Result<Self, Error> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self(None));
        }
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let ids = ["postgres", "nobody"].iter().find_map(|name| ids_of(&users, name));
        ids.map(|ids| Self(Some(ids))).ok_or_else(|| {
            let message = "PostgreSQL does not run as root, and there is neither a user postgres nor nobody.";
            Error::known(&reasons::DATABASE_NOT_STARTED, DOMAIN, message)
        })
    }

    /// Runs `program` as this user; it gets `signal` when the thread that starts it ends.
    pub(super) fn command(&self, program: &Path, signal: Option<&str>) -> Command {
        let mut command = Command::new("setpriv");
        if let Some((user, group)) = self.0 {
            command.args(["--reuid", &user.to_string(), "--regid", &group.to_string(), "--clear-groups"]);
        }
        if let Some(signal) = signal {
            command.args(["--pdeathsig", signal]);
        }
        // Settings of other servers must not reach this one, and its working folder must be one it may enter.
        let foreign = std::env::vars_os().map(|(name, _)| name).filter(|name| is_foreign(name));
        for name in foreign {
            command.env_remove(name);
        }
        command.arg("--").arg(program).current_dir("/").env("LC_ALL", "C.UTF-8");
        command
    }

    /// Makes `path` this user's.
    pub(super) fn own(&self, path: &Path) -> io::Result<()> {
        match self.0 {
            Some((user, group)) => chown(path, Some(user), Some(group)),
            None => Ok(()),
        }
    }
}

fn is_foreign(name: &OsStr) -> bool {
    name.as_bytes().starts_with(b"PG")
}

/// The numbers of a user in the text of `/etc/passwd`.
fn ids_of(users: &str, name: &str) -> Option<(u32, u32)> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        Some((fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_of_a_user_are_found_by_the_whole_name() {
        let users = "root:x:0:0:root:/root:/bin/bash\npostgresql:x:7:8::/:/bin/sh\npostgres:x:101:102::/var:/bin/sh\n";
        assert_eq!(ids_of(users, "postgres"), Some((101, 102)));
        assert_eq!(ids_of(users, "nobody"), None);
    }
}
