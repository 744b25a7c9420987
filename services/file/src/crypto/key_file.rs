//! The file of master keys: a line for each, its id and 64 hexadecimal digits; the last one is the newest. Lines that start
//! with `#` are comments. A server without a setting makes one for itself.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{self, ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use super::keys::{KEY_BYTES, KeyError, MasterKeys, random};
use crate::hex;

/// Why there are no master keys.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyFileError {
    /// It cannot be read or written.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// A line is not an id and 64 hexadecimal digits.
    #[error("line {0} is not an id and 64 hexadecimal digits")]
    Line(usize),
    /// Two lines have one id.
    #[error("line {0} has the id of a line before")]
    Twice(usize),
    /// There is no key in it.
    #[error("there is no key in it")]
    Empty,
    /// Others than the user that Saldo runs as may read it.
    #[error("others may read it; its mode must be 600")]
    Open,
    /// There are no random numbers.
    #[error("{0}")]
    Key(#[from] KeyError),
}

/// The keys of a file that someone else looks after.
///
/// # Errors
/// It cannot be read, or is not a file of keys.
pub(crate) fn read(path: &Path) -> Result<MasterKeys, KeyFileError> {
    parse(&fs::read_to_string(path)?)
}

/// The keys of Saldo's own file.
///
/// # Errors
/// There is none, others may read it, or it is not a file of keys.
pub(crate) fn read_own(path: &Path) -> Result<MasterKeys, KeyFileError> {
    if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        return Err(KeyFileError::Open);
    }
    read(path)
}

/// The keys of Saldo's own file, which is made with one key if there is none.
///
/// # Errors
/// As [`read_own`], or it cannot be made.
pub(crate) fn read_or_make(path: &Path) -> Result<MasterKeys, KeyFileError> {
    match read_own(path) {
        Err(KeyFileError::Io(error)) if error.kind() == ErrorKind::NotFound => {
            make(path)?;
            read_own(path)
        }
        found => found,
    }
}

/// Writes beside the place and links it in whole: of two servers that start at once, both read the first one's key.
fn make(path: &Path) -> Result<(), KeyFileError> {
    let id: [u8; 4] = random()?;
    let key: [u8; KEY_BYTES] = random()?;
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let draft = path.with_extension(format!("{}.draft", hex::encode(&id)));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    // The mask of the process may have taken more away, never less.
    file.set_permissions(Permissions::from_mode(0o600))?;
    writeln!(file, "# Without the keys in this file no stored file can be read. Keep a copy in a safe place.")?;
    writeln!(file, "{} {}", hex::encode(&id), hex::encode(&key))?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(File::open(folder)?.sync_all()?),
    }
}

fn parse(text: &str) -> Result<MasterKeys, KeyFileError> {
    let mut keys: Vec<(String, [u8; KEY_BYTES])> = Vec::new();
    for (place, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (id, key) = key_of(line).ok_or(KeyFileError::Line(place + 1))?;
        if keys.iter().any(|(other, _)| *other == id) {
            return Err(KeyFileError::Twice(place + 1));
        }
        keys.push((id, key));
    }
    MasterKeys::new(keys).ok_or(KeyFileError::Empty)
}

fn key_of(line: &str) -> Option<(String, [u8; KEY_BYTES])> {
    let (id, key) = line.split_once(char::is_whitespace)?;
    Some((id.to_owned(), hex::decode(key.trim())?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_server_makes_its_file_once_and_for_itself_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/master.key");
        let made = read_or_make(&path).unwrap();
        assert_eq!(read_or_make(&path).unwrap().newest(), made.newest());
        assert_eq!(mode(&path), 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left");
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(read_or_make(&path), Err(KeyFileError::Open)));
    }

    #[test]
    fn the_last_key_is_the_newest_and_what_is_no_key_is_told_by_its_line() {
        let digits = "0f".repeat(32);
        let keys = parse(&format!("# ours\nold {digits}\n\nnew\t{digits}\n")).unwrap();
        assert_eq!((keys.newest(), keys.ids()), ("new", vec!["new".to_owned(), "old".to_owned()]));
        let told = |text: &str| parse(text).err().map(|error| error.to_string());
        assert_eq!(told("# nothing"), Some("there is no key in it".to_owned()));
        assert_eq!(
            told(&format!("a {digits}\nb 0f")),
            Some("line 2 is not an id and 64 hexadecimal digits".to_owned())
        );
        assert_eq!(told(&format!("a {digits}\na {digits}")), Some("line 2 has the id of a line before".to_owned()));
    }
}
