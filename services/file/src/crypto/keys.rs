//! Data keys, one sequence of versions per organisation, and the master keys that wrap them. A data key rests wrapped in
//! the database; who has the database alone, or the objects alone, reads nothing.
//!
//! Invariant: the newest master key wraps; every one that is known unwraps, so that a new one can come in at any time.

use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf, hmac,
    rand::{SecureRandom, SystemRandom},
};
use saldo_kernel::OrganizationId;

/// Bytes of a key.
pub(crate) const KEY_BYTES: usize = 32;

/// Bytes of the signature of a link.
pub(crate) const SIGNATURE_BYTES: usize = 32;

const WRAPPING: &[u8] = b"saldo.file.data-key.v1";
const SIGNING: &[u8] = b"saldo.file.link.v1";

/// Why a data key cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeyError {
    /// It was removed from the file of master keys too early, or never stood there.
    #[error("there is no master key '{0}'")]
    UnknownMaster(String),
    /// It was changed, or it is another organisation's.
    #[error("the data key does not unwrap")]
    Wrapped,
    /// The system gives no random numbers.
    #[error("there are no random numbers")]
    Random,
}

/// The key of an organisation's files. It is never written anywhere but wrapped.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DataKey {
    version: u32,
    bytes: [u8; KEY_BYTES],
}

impl DataKey {
    /// A new one.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub(crate) fn generate(version: u32) -> Result<Self, KeyError> {
        Ok(Self { version, bytes: random()? })
    }

    /// Which of the organisation's keys it is, from 1.
    pub(crate) fn version(&self) -> u32 {
        self.version
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// A data key as it rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrappedKey {
    /// Which of the organisation's keys it is.
    pub(crate) version: u32,
    /// The id of the master key that wraps it.
    pub(crate) master: String,
    /// Nonce, then the sealed key.
    pub(crate) sealed: Vec<u8>,
}

/// One master key.
struct MasterKey {
    id: String,
    wrapping: LessSafeKey,
    /// Derived from it: one key, one purpose.
    signing: hmac::Key,
}

/// The master keys, oldest first; there is at least one.
pub(crate) struct MasterKeys {
    older: Vec<MasterKey>,
    newest: MasterKey,
}

impl MasterKeys {
    /// Of these ids and keys, oldest first; `None` where there are none.
    pub(super) fn new(keys: Vec<(String, [u8; KEY_BYTES])>) -> Option<Self> {
        let mut keys: Vec<_> = keys.into_iter().filter_map(|(id, bytes)| MasterKey::new(id, &bytes)).collect();
        let newest = keys.pop()?;
        Some(Self { older: keys, newest })
    }

    /// The id of the one that wraps.
    pub(crate) fn newest(&self) -> &str {
        &self.newest.id
    }

    /// The ids of all.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.all().map(|key| key.id.clone()).collect()
    }

    /// Newest first.
    fn all(&self) -> impl Iterator<Item = &MasterKey> {
        std::iter::once(&self.newest).chain(self.older.iter().rev())
    }

    /// Wraps a data key of an organisation under the newest master key.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub(crate) fn wrap(&self, key: &DataKey, organization: OrganizationId) -> Result<WrappedKey, KeyError> {
        // Random nonces of 96 bits: far fewer keys are wrapped than the 2^32 that NIST SP 800-38D allows them for.
        let nonce: [u8; NONCE_LEN] = random()?;
        let mut sealed = key.bytes.to_vec();
        let aad = Aad::from(associated(organization, key.version));
        let sealing =
            self.newest.wrapping.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed);
        sealing.map_err(|_| KeyError::Wrapped)?;
        sealed.splice(0..0, nonce);
        Ok(WrappedKey { version: key.version, master: self.newest.id.clone(), sealed })
    }

    /// The data key of an organisation.
    ///
    /// # Errors
    /// Its master key is not known, or it was changed, or it is another organisation's or version.
    pub(crate) fn unwrap(&self, wrapped: &WrappedKey, organization: OrganizationId) -> Result<DataKey, KeyError> {
        let master = self.all().find(|key| key.id == wrapped.master);
        let master = master.ok_or_else(|| KeyError::UnknownMaster(wrapped.master.clone()))?;
        let (nonce, sealed) = wrapped.sealed.split_first_chunk::<NONCE_LEN>().ok_or(KeyError::Wrapped)?;
        let mut sealed = sealed.to_vec();
        let aad = Aad::from(associated(organization, wrapped.version));
        let opened = master.wrapping.open_in_place(Nonce::assume_unique_for_key(*nonce), aad, &mut sealed);
        let bytes = opened.ok().and_then(|bytes| <[u8; KEY_BYTES]>::try_from(&*bytes).ok());
        bytes.map(|bytes| DataKey { version: wrapped.version, bytes }).ok_or(KeyError::Wrapped)
    }

    /// Signs a link (HMAC-SHA256).
    pub(crate) fn sign(&self, link: &[u8]) -> Vec<u8> {
        hmac::sign(&self.newest.signing, link).as_ref().to_vec()
    }

    /// Whether one of the master keys signed this link. Takes the same time for every signature.
    pub(crate) fn signed(&self, link: &[u8], signature: &[u8]) -> bool {
        self.all().any(|key| hmac::verify(&key.signing, link, signature).is_ok())
    }
}

impl MasterKey {
    fn new(id: String, bytes: &[u8; KEY_BYTES]) -> Option<Self> {
        let derive = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(bytes);
        let wrapping = UnboundKey::from(derive.expand(&[WRAPPING], &AES_256_GCM).ok()?);
        let signing = hmac::Key::from(derive.expand(&[SIGNING], hmac::HMAC_SHA256).ok()?);
        Some(Self { id, wrapping: LessSafeKey::new(wrapping), signing })
    }
}

/// What a wrapped key is bound to.
fn associated(organization: OrganizationId, version: u32) -> Vec<u8> {
    [WRAPPING, organization.body().as_bytes(), &version.to_be_bytes()].concat()
}

pub(super) fn random<const N: usize>() -> Result<[u8; N], KeyError> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| KeyError::Random)?;
    Ok(bytes)
}
