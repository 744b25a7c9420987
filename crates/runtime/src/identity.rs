//! How one target knows who calls it: by a short-lived token that the edge, or a service that works for a tenant, has
//! signed for that one target. Nothing trusts the network.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::Once,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use jsonwebtoken::{
    Algorithm, DecodingKey, DecodingKeyKind, EncodingKey, Header, Validation,
    crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils},
    errors::{Error as JwtError, ErrorKind},
    signature::{Error as SignatureError, Signer, Verifier},
};
use ring::{
    rand::SystemRandom,
    signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey},
};
use saldo_kernel::{Caller, Error, OrganizationId, Tenant, UserId, WorkspaceId, reasons};
use serde::{Deserialize, Serialize};

use crate::DOMAIN;

/// Longer than any call waits to begin; what is revoked is told by other means.
const VALID_FOR: Duration = Duration::from_secs(300);
const ISSUER: &str = "saldo";

/// Signs who calls, and verifies it.
pub struct Identity {
    signs: EncodingKey,
    verifies: DecodingKey,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity")
    }
}

/// What a token says.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    /// The target that it is for.
    aud: String,
    /// A user as `usr_…`; a service by its target.
    sub: String,
    org: String,
    wsp: Option<String>,
    exp: u64,
}

impl Identity {
    /// With a key that this process alone has.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn of_this_process() -> Result<Self, Error> {
        Self::of_key(&new_key()?)
    }

    /// With the key of a file, which the processes of one installation share; made where it is not there.
    ///
    /// # Errors
    /// The file cannot be made or read, or holds no Ed25519 key (PKCS#8).
    pub fn of_file(path: &Path) -> Result<Self, Error> {
        let unusable = |cause: io::Error| {
            let message = format!("The key of {} cannot be used: {cause}.", path.display());
            Error::known(&reasons::KEY_UNUSABLE, DOMAIN, message).caused_by(cause)
        };
        if !path.exists() {
            make_file(path, &new_key()?).map_err(unusable)?;
        }
        Self::of_key(&fs::read(path).map_err(unusable)?)
    }

    fn of_key(key: &[u8]) -> Result<Self, Error> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // It is installed once only, and here only.
            let _ = RING.install_default();
        });
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(key).map_err(|_| {
            Error::known(&reasons::KEY_UNUSABLE, DOMAIN, "The key of identity.key_file is no Ed25519 key in PKCS#8.")
        })?;
        let verifies = DecodingKey::from_ed_der(pair.public_key().as_ref());
        Ok(Self { signs: EncodingKey::from_ed_der(key), verifies })
    }

    /// A token with which `caller` may call `target` for a while; none for who is not known.
    pub fn sign(&self, caller: &Caller, target: &str) -> Option<String> {
        let (sub, tenant) = match caller {
            Caller::Anonymous => return None,
            Caller::User { user, tenant } => (user.to_string(), tenant),
            Caller::Service { name, tenant } => (name.clone(), tenant),
        };
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: target.to_owned(),
            sub,
            org: tenant.organization.to_string(),
            wsp: tenant.workspace.map(|workspace| workspace.to_string()),
            exp: SystemTime::now().checked_add(VALID_FOR)?.duration_since(UNIX_EPOCH).ok()?.as_secs(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), &claims, &self.signs).ok()
    }

    /// Who a token says calls `target`; none where it is not ours, not for this target, or no longer valid.
    pub(crate) fn verify(&self, token: &str, target: &str) -> Option<Caller> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[target]);
        validation.set_issuer(&[ISSUER]);
        let claims = jsonwebtoken::decode::<Claims>(token, &self.verifies, &validation).ok()?.claims;
        let tenant = Tenant {
            organization: claims.org.parse::<OrganizationId>().ok()?,
            workspace: claims.wsp.map(|id| id.parse::<WorkspaceId>()).transpose().ok()?,
        };
        Some(match claims.sub.parse::<UserId>() {
            Ok(user) => Caller::User { user, tenant },
            Err(_) => Caller::Service { name: claims.sub, tenant },
        })
    }
}

fn new_key() -> Result<Vec<u8>, Error> {
    let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new());
    key.map(|key| key.as_ref().to_vec()).map_err(|_| Error::internal(DOMAIN, "the system gives no random numbers"))
}

/// Complete under its name or not there: another process may make it at the same time.
fn make_file(path: &Path, key: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let unfinished = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(key)?;
    file.sync_all()?;
    let linked = fs::hard_link(&unfinished, path);
    fs::remove_file(&unfinished)?;
    match linked {
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => Err(cause),
        _ => Ok(()),
    }
}

/// The tokens' cryptography by the library that does all of ours.
static RING: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| match algorithm {
        Algorithm::EdDSA => {
            let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(key.as_bytes());
            Ok(Box::new(Ed25519Signer(pair.map_err(|_| JwtError::from(ErrorKind::InvalidKeyFormat))?)))
        }
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    },
    verifier_factory: |algorithm, key| match algorithm {
        Algorithm::EdDSA => match key.kind() {
            DecodingKeyKind::SecretOrDer(key) => Ok(Box::new(Ed25519Verifier(key.clone()))),
            _ => Err(ErrorKind::InvalidKeyFormat.into()),
        },
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    },
    key_utils: KeyUtils::new_unimplemented(),
};

struct Ed25519Signer(Ed25519KeyPair);

impl Signer<Vec<u8>> for Ed25519Signer {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, SignatureError> {
        Ok(self.0.sign(message).as_ref().to_vec())
    }
}

impl JwtSigner for Ed25519Signer {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

struct Ed25519Verifier(Vec<u8>);

impl Verifier<Vec<u8>> for Ed25519Verifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), SignatureError> {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(message, signature).map_err(|_| SignatureError::new())
    }
}

impl JwtVerifier for Ed25519Verifier {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> Caller {
        let tenant = Tenant { organization: OrganizationId::generate(), workspace: Some(WorkspaceId::generate()) };
        Caller::User { user: UserId::generate(), tenant }
    }

    #[test]
    fn a_token_tells_one_target_who_calls() {
        let identity = Identity::of_this_process().expect("a key");
        let service = Caller::Service { name: "analysis".to_owned(), tenant: user().tenant().expect("a tenant") };
        for caller in [user(), service] {
            let token = identity.sign(&caller, "file").expect("a token");
            assert_eq!(identity.verify(&token, "file"), Some(caller));
            assert_eq!(identity.verify(&token, "analysis"), None, "it is for another target");
        }
        assert_eq!(identity.sign(&Caller::Anonymous, "file"), None);
    }

    #[test]
    fn a_token_that_was_changed_or_signed_by_another_is_none() {
        let (ours, theirs) = (Identity::of_this_process().expect("a key"), Identity::of_this_process().expect("a key"));
        let token = ours.sign(&user(), "file").expect("a token");
        assert_eq!(theirs.verify(&token, "file"), None);
        let other = ours.sign(&user(), "file").expect("a token");
        let parts = |token: &str| token.split('.').map(str::to_owned).collect::<Vec<_>>();
        let (one, two) = (parts(&token), parts(&other));
        assert_eq!(ours.verify(&format!("{}.{}.{}", one[0], two[1], one[2]), "file"), None);
        assert_eq!(ours.verify("", "file"), None);
    }

    #[test]
    fn processes_share_the_key_of_a_file_that_nobody_else_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys/identity.key");
        let (one, two) = (Identity::of_file(&path).expect("a key"), Identity::of_file(&path).expect("a key"));
        let caller = user();
        let token = one.sign(&caller, "file").expect("a token");
        assert_eq!(two.verify(&token, "file"), Some(caller));
        assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600);
        fs::write(&path, "no key").expect("it is written");
        assert_eq!(Identity::of_file(&path).expect_err("no key").reason.as_str(), "KEY_UNUSABLE");
    }
}
