//! Folders of files. Files are never changed once they are there, only removed: a second name keeps what a snapshot needs
//! while it is copied.

use std::{
    collections::BTreeMap,
    fs, io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Component, Path, PathBuf},
};

use saldo_kernel::{Error, reasons};

use super::{
    Folder,
    archive::{Reader, Writer},
    damaged,
    manifest::{Content, File},
    not_written,
};
use crate::DOMAIN;

/// What the folder of second names ends with, before the number of the process.
const PINNED: &str = "backup-";
/// What a folder ends with that is being restored.
const RESTORING: &str = "restoring";

/// Second names of all files of the folders, which go with it.
pub(super) struct Pins {
    folders: Vec<(Folder, PathBuf)>,
    files: BTreeMap<(&'static str, String), PathBuf>,
}

impl Pins {
    /// Where the second names are: beside each folder, for both must be of one file system.
    pub(super) fn new(folders: &[Folder]) -> Result<Self, Error> {
        let mut pins = Self { folders: Vec::new(), files: BTreeMap::new() };
        for folder in folders.iter().filter(|folder| folder.path.is_dir()) {
            remove_left_behind(&folder.path);
            let pinned = folder.path.with_extension(format!("{PINNED}{}", std::process::id()));
            make_folder(&pinned)
                .map_err(|cause| not_written(&format!("{} cannot be made", pinned.display()), cause))?;
            pins.folders.push((folder.clone(), pinned));
        }
        Ok(pins)
    }

    /// Gives a second name to every file that is there now and has none yet.
    pub(super) fn add(&mut self) -> Result<(), Error> {
        for (folder, pinned) in &self.folders {
            let unreadable = |cause| not_written(&format!("{} cannot be read", folder.path.display()), cause);
            for path in walk(&folder.path).map_err(unreadable)? {
                let key = (folder.name, path);
                if self.files.contains_key(&key) {
                    continue;
                }
                let second = pinned.join(self.files.len().to_string());
                match fs::hard_link(folder.path.join(&key.1), &second) {
                    Ok(()) => drop(self.files.insert(key, second)),
                    // Removed since it was listed.
                    Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                    Err(cause) => return Err(not_written(&format!("{} cannot be kept", key.1), cause)),
                }
            }
        }
        Ok(())
    }

    /// Copies them all into an archive.
    pub(super) fn save(&self, archive: &mut Writer) -> Result<Vec<File>, Error> {
        let mut saved = Vec::new();
        for ((folder, path), second) in &self.files {
            let unreadable = |cause| not_written(&format!("{path} cannot be read"), cause);
            let source = fs::File::open(second).map_err(unreadable)?;
            let mut file = File { folder: (*folder).to_owned(), path: path.clone(), content: Content::default() };
            let mut entry = archive.entry(&file.entry(), false)?;
            entry.copy(source, Path::new(path))?;
            file.content = entry.end();
            saved.push(file);
        }
        Ok(saved)
    }
}

impl Drop for Pins {
    fn drop(&mut self) {
        for (_, pinned) in &self.folders {
            if let Err(cause) = fs::remove_dir_all(pinned) {
                tracing::warn!(folder = %pinned.display(), %cause, "what a backup kept cannot be removed");
            }
        }
    }
}

/// The regular files below a folder, with slashes. One with a `#` is not complete yet.
fn walk(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut left = vec![PathBuf::new()];
    while let Some(below) = left.pop() {
        let entries = match fs::read_dir(folder.join(&below)) {
            // Empty folders are removed at times.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let path = below.join(entry.file_name());
            let Ok(kind) = entry.file_type() else { continue };
            match path.to_str() {
                Some(text) if kind.is_file() && !text.contains('#') => found.push(text.to_owned()),
                _ if kind.is_dir() => left.push(path),
                _ => {}
            }
        }
    }
    Ok(found)
}

/// Checks that all files of an archive have a place, and that it is free.
///
/// # Errors
/// A folder is not of this Saldo or not empty, or a path leads out of it.
pub(super) fn check(files: &[File], folders: &[Folder]) -> Result<(), Error> {
    for file in files {
        let Some(folder) = folders.iter().find(|folder| folder.name == file.folder) else {
            let message = format!("The backup has files of '{}', which this Saldo keeps elsewhere.", file.folder);
            return Err(Error::known(&reasons::CONFIG_INVALID, DOMAIN, message).hint("Set blobs.kind as it was there."));
        };
        let plain = |part| matches!(part, Component::Normal(_));
        if file.path.is_empty() || !Path::new(&file.path).components().all(plain) {
            return Err(damaged(format!("'{}' is no path of a file", file.path)));
        }
        if fs::read_dir(&folder.path).is_ok_and(|mut entries| entries.next().is_some()) {
            let message = format!("{} is not empty. Nothing was changed.", folder.path.display());
            return Err(Error::known(&reasons::RESTORE_NEEDS_EMPTY, DOMAIN, message));
        }
    }
    Ok(())
}

/// Files that are being restored: beside their place, then in it. They go again unless they are kept.
pub(super) struct Restored {
    /// Each folder as it is now, and where it belongs.
    folders: Vec<(PathBuf, PathBuf)>,
}

impl Restored {
    /// Writes all files of an archive to the disk, beside their place. What an attempt that was killed has left there goes.
    pub(super) fn write(archive: &mut Reader, folders: &[Folder]) -> Result<Self, Error> {
        let files: Vec<(String, String, String)> =
            archive.manifest.files.iter().map(|file| (file.entry(), file.folder.clone(), file.path.clone())).collect();
        let mut restored = Self { folders: Vec::new() };
        for (entry, folder, path) in files {
            let Some(folder) = folders.iter().find(|one| one.name == folder) else { continue };
            let beside = restored.beside(&folder.path)?;
            let path = beside.join(path);
            let failed = |cause| not_written(&format!("{} cannot be written", path.display()), cause);
            make_folder(path.parent().unwrap_or(&beside)).map_err(failed)?;
            let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
            archive.read(&entry, &mut |chunk| io::Write::write_all(&mut &file, chunk).map_err(failed))?;
            file.sync_all().map_err(failed)?;
        }
        for (beside, _) in &restored.folders {
            sync_folders(beside).map_err(|cause| not_written("The files cannot be written", cause))?;
        }
        Ok(restored)
    }

    /// The folder beside another, empty at first.
    fn beside(&mut self, place: &Path) -> Result<PathBuf, Error> {
        if let Some((beside, _)) = self.folders.iter().find(|(_, one)| one == place) {
            return Ok(beside.clone());
        }
        let beside = place.with_extension(RESTORING);
        let failed = |cause| not_written(&format!("{} cannot be made anew", beside.display()), cause);
        if beside.exists() {
            fs::remove_dir_all(&beside).map_err(failed)?;
        }
        make_folder(&beside).map_err(failed)?;
        self.folders.push((beside.clone(), place.to_owned()));
        Ok(beside)
    }

    /// Puts the folders in their place, which are not there or empty.
    pub(super) fn put_in_place(&mut self) -> Result<(), Error> {
        for (now, place) in &mut self.folders {
            let failed = |cause| not_written(&format!("{} cannot be put in its place", now.display()), cause);
            fs::rename(&*now, &*place).map_err(failed)?;
            place.clone_into(now);
            let above = place.parent().unwrap_or(Path::new("/"));
            fs::File::open(above)
                .and_then(|above| above.sync_all())
                .map_err(|cause| not_written(&format!("{} cannot be written", above.display()), cause))?;
        }
        Ok(())
    }

    pub(super) fn keep(mut self) {
        self.folders.clear();
    }
}

impl Drop for Restored {
    fn drop(&mut self) {
        for (now, _) in &self.folders {
            if let Err(cause) = fs::remove_dir_all(now) {
                tracing::warn!(folder = %now.display(), %cause, "what was restored in part cannot be removed");
            }
        }
    }
}

/// Removes second names that a backup which was killed has left.
fn remove_left_behind(folder: &Path) {
    let Some(name) = folder.file_name().and_then(|name| name.to_str()) else { return };
    let start = format!("{name}.{PINNED}");
    for entry in folder.parent().and_then(|above| fs::read_dir(above).ok()).into_iter().flatten().flatten() {
        let process = entry.file_name().to_str().and_then(|name| name.strip_prefix(&start)).map(str::to_owned);
        if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            // The next backup tries again.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The names of files are on the disk only when their folders are.
fn sync_folders(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    Ok(())
}

fn make_folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}
