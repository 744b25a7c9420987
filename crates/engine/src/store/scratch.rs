//! Where an analysis keeps what does not fit into its memory.

use std::path::PathBuf;

/// A folder for files without a name, and how much stays in memory before they are used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scratch {
    /// Files in it are gone with the handle, however the process ends.
    pub folder: PathBuf,
    /// Bytes that each of a few tables keeps in memory.
    pub budget: usize,
}

impl Scratch {
    /// Keeps files of some hundred thousand rows in memory.
    pub const BUDGET: usize = 16 << 20;
}

impl Default for Scratch {
    /// The folder of the system.
    fn default() -> Self {
        Self { folder: std::env::temp_dir(), budget: Self::BUDGET }
    }
}
