//! The data keys of an organisation: the one for new files, and the one of a file.

use saldo_kernel::{Error, reasons};
use saldo_store::TenantTx;

use super::Files;
use crate::{
    DOMAIN,
    crypto::keys::{DataKey, KeyError},
    store,
};

/// The data key for a new file of the transaction's organisation. The first file makes one, and the first after its life
/// is over makes the next.
pub(super) async fn of_new_file(files: &Files, tx: &mut TenantTx) -> Result<DataKey, Error> {
    let life = files.config.data_key_life();
    let newest = store::newest_key(tx, life).await?;
    if let Some((wrapped, true)) = &newest {
        return files.masters.unwrap(wrapped, tx.tenant().organization).map_err(unusable);
    }
    let made = DataKey::generate(newest.map_or(0, |(wrapped, _)| wrapped.version) + 1).map_err(unusable)?;
    let wrapped = files.masters.wrap(&made, tx.tenant().organization).map_err(unusable)?;
    if store::add_key(tx, &wrapped).await? { Ok(made) } else { of_file(files, tx, made.version()).await }
}

/// The organisation's data key of this version.
pub(super) async fn of_file(files: &Files, tx: &mut TenantTx, version: u32) -> Result<DataKey, Error> {
    let missing = || Error::internal(DOMAIN, format!("the organisation has no data key of version {version}"));
    let wrapped = store::key(tx, version).await?.ok_or_else(missing)?;
    files.masters.unwrap(&wrapped, tx.tenant().organization).map_err(unusable)
}

/// The server that wrapped it may know a newer master key than this one, until this one is started again.
pub(super) fn unusable(cause: KeyError) -> Error {
    match cause {
        KeyError::UnknownMaster(_) => {
            let message = "The key that the files are encrypted with is not known to this server.";
            Error::known(&reasons::STORAGE_UNAVAILABLE, DOMAIN, message).caused_by(cause)
        }
        KeyError::Wrapped | KeyError::Random => {
            Error::internal(DOMAIN, "a data key cannot be wrapped or unwrapped").caused_by(cause)
        }
    }
}
