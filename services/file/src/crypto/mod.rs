//! Encryption of files: their bytes in chunks under a key of the organisation, and that key under the master key.

pub(crate) mod chunks;
pub(crate) mod key_file;
pub(crate) mod keys;

#[cfg(test)]
mod tests;
