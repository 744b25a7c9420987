//! Calls that may be repeated: the same key gives the same answer and has no second effect.

use saldo_kernel::{Error, Tenant, reasons};
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, Row};

use crate::{DOMAIN, error};

/// A call that may be one that was made before. Ask [`crate::TenantTx::repeated`] first, and
/// [`crate::TenantTx::remember`] the answer in the same transaction.
#[derive(Clone, Copy, Debug)]
pub struct Repeat<'a> {
    /// Who calls: keys of two callers have nothing to do with each other.
    pub caller: &'a str,
    /// The full name of the method.
    pub method: &'static str,
    /// The key that the caller made up.
    pub key: &'a str,
    /// The encoded request: a key belongs to one.
    pub request: &'a [u8],
}

impl Repeat<'_> {
    fn request_hash(&self) -> Vec<u8> {
        Sha256::digest(self.request).to_vec()
    }
}

pub(crate) async fn find(
    connection: &mut PgConnection,
    tenant: Tenant,
    repeat: &Repeat<'_>,
) -> Result<Option<Vec<u8>>, Error> {
    let sql = "select request_hash, response from idempotency_keys \
               where org_id = $1 and caller = $2 and method = $3 and key = $4";
    let row = sqlx::query(sql)
        .bind(tenant.organization.body())
        .bind(repeat.caller)
        .bind(repeat.method)
        .bind(repeat.key)
        .fetch_optional(connection)
        .await
        .map_err(error::of)?;
    let Some(row) = row else { return Ok(None) };
    let (hash, response): (Vec<u8>, Vec<u8>) = (row.try_get(0).map_err(error::of)?, row.try_get(1).map_err(error::of)?);
    if hash != repeat.request_hash() {
        let message = "This idempotency key was used for another request.";
        return Err(Error::known(&reasons::IDEMPOTENCY_KEY_REUSED, DOMAIN, message));
    }
    Ok(Some(response))
}

pub(crate) async fn keep(
    connection: &mut PgConnection,
    tenant: Tenant,
    repeat: &Repeat<'_>,
    response: &[u8],
) -> Result<(), Error> {
    let sql = "insert into idempotency_keys (org_id, caller, method, key, request_hash, response) \
               values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    let done = sqlx::query(sql)
        .bind(tenant.organization.body())
        .bind(repeat.caller)
        .bind(repeat.method)
        .bind(repeat.key)
        .bind(repeat.request_hash())
        .bind(response)
        .execute(connection)
        .await
        .map_err(error::of)?;
    if done.rows_affected() == 1 {
        return Ok(());
    }
    let message = "The same call is made twice at the same time.";
    Err(Error::known(&reasons::DATABASE_UNAVAILABLE, DOMAIN, message).hint("Repeat it: the answer is there."))
}
