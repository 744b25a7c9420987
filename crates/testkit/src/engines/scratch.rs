//! Folders of servers, which are removed when the process that made them ends, even if it is killed.

use std::{
    fs::Permissions,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// A folder and the process that outlives us to remove it.
struct Scratch {
    folder: PathBuf,
    /// It waits for the end of its input, of which we hold the other end until we end.
    _cleaner: Child,
}

/// Removes the folder once its input ends. Servers that are being killed may write once more, hence again.
const CLEAN: &str = r#"cat; for again in 1 2 3 4 5; do rm -rf "$0" && break; sleep 0.2; done"#;

/// A new empty folder for a server.
pub(super) fn folder(name: &str) -> PathBuf {
    static SCRATCH: OnceLock<Scratch> = OnceLock::new();
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let scratch = SCRATCH.get_or_init(|| {
        let mut folder = tempfile::Builder::new();
        // PostgreSQL runs as another user where the tests are root.
        folder.prefix("saldo-engines-").permissions(Permissions::from_mode(0o755));
        let folder = folder.tempdir().expect("a temporary folder").keep();
        let cleaner = cleaner(&folder);
        Scratch { folder, _cleaner: cleaner }
    });
    let folder = scratch.folder.join(format!("{name}-{}", NUMBER.fetch_add(1, Ordering::Relaxed)));
    std::fs::create_dir(&folder).expect("a folder");
    folder
}

/// A group of its own: an interrupt from the terminal must not end it before it has cleaned.
fn cleaner(folder: &Path) -> Child {
    Command::new("sh")
        .args(["-c", CLEAN])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("sh runs")
}
