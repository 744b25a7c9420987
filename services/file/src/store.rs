//! Every statement of the service. A [`TenantTx`] sees its tenant's rows only; what has no tenant, the collector and the
//! rotation of keys, uses a [`SystemTx`].

use std::time::Duration;

use saldo_kernel::{Error, FileId, OrganizationId, UserId, WorkspaceId};
use saldo_store::{Migration, Schema, SystemTx, TenantTx, error_of, keyset::Page};
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use crate::{
    content::Written,
    crypto::keys::WrappedKey,
    domain::{File, Place},
};

/// What the service owns in the database.
pub const SCHEMA: Schema = Schema::of_service(
    "file",
    &[Migration { version: 1, name: "files", sql: include_str!("../migrations/0001_files.sql") }],
);

/// A column of a row; the same columns are selected everywhere.
macro_rules! columns {
    () => {
        "id, org_id, workspace_id, name, content_type, size_bytes, sha256, key_version, uploaded_by, created_at, expires_at"
    };
}

/// A file whose object is complete.
#[derive(Debug)]
pub(crate) struct NewFile<'a> {
    pub(crate) place: Place,
    pub(crate) name: &'a str,
    pub(crate) content_type: &'a str,
    pub(crate) written: &'a Written,
    pub(crate) key_version: u32,
    pub(crate) uploaded_by: Option<UserId>,
    pub(crate) retention: Option<Duration>,
}

/// Adds a file.
pub(crate) async fn insert(tx: &mut TenantTx, file: &NewFile<'_>) -> Result<File, Error> {
    let sql = concat!(
        "insert into files (id, org_id, workspace_id, name, content_type, size_bytes, sha256, key_version, uploaded_by, \
           expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + $10 * interval '1 second') returning ",
        columns!()
    );
    let row = sqlx::query(sql)
        .bind(file.place.file.body())
        .bind(file.place.organization.body())
        .bind(file.place.workspace.body())
        .bind(file.name)
        .bind(file.content_type)
        .bind(signed(file.written.size))
        .bind(file.written.sha256.as_slice())
        .bind(i32::try_from(file.key_version).unwrap_or(i32::MAX))
        .bind(file.uploaded_by.map(UserId::body))
        .bind(file.retention.map(|life| signed(life.as_secs())))
        .fetch_one(tx.connection())
        .await
        .map_err(error_of)?;
    file_of(&row)
}

/// A file that is not deleted.
pub(crate) async fn find(tx: &mut TenantTx, workspace: WorkspaceId, file: FileId) -> Result<Option<File>, Error> {
    let sql = concat!("select ", columns!(), " from files where workspace_id = $1 and id = $2 and deleted_at is null");
    let row = sqlx::query(sql).bind(workspace.body()).bind(file.body()).fetch_optional(tx.connection());
    row.await.map_err(error_of)?.as_ref().map(file_of).transpose()
}

/// A page of the files that are not deleted, newest first; only those whose name holds `search`.
pub(crate) async fn list(
    tx: &mut TenantTx,
    workspace: WorkspaceId,
    search: &str,
    page: &Page,
) -> Result<Vec<File>, Error> {
    let sql = concat!(
        "select ",
        columns!(),
        " from files where workspace_id = $1 and deleted_at is null and ($2::uuid is null or id < $2) \
           and ($3 = '' or name ilike '%' || $3 || '%') order by id desc limit $4"
    );
    let rows = sqlx::query(sql)
        .bind(workspace.body())
        .bind(page.after())
        .bind(literal(search))
        .bind(page.limit())
        .fetch_all(tx.connection())
        .await
        .map_err(error_of)?;
    rows.iter().map(file_of).collect()
}

/// Marks a file as deleted; `None` where there is none, or no longer.
pub(crate) async fn delete(tx: &mut TenantTx, workspace: WorkspaceId, file: FileId) -> Result<Option<File>, Error> {
    let sql = concat!(
        "update files set deleted_at = now() where workspace_id = $1 and id = $2 and deleted_at is null returning ",
        columns!()
    );
    let row = sqlx::query(sql).bind(workspace.body()).bind(file.body()).fetch_optional(tx.connection());
    row.await.map_err(error_of)?.as_ref().map(file_of).transpose()
}

/// The bytes of all files of the organisation.
pub(crate) async fn used(tx: &mut TenantTx) -> Result<u64, Error> {
    let sql = "select coalesce(sum(bytes), 0)::bigint from usage where org_id = $1";
    let organization = tx.tenant().organization.body();
    let used: i64 = sqlx::query_scalar(sql).bind(organization).fetch_one(tx.connection()).await.map_err(error_of)?;
    Ok(used.unsigned_abs())
}

/// Takes room for one more file of `bytes`; `false` where the organisation would have more than `quota`. Nobody else of the
/// organisation takes or frees room until the transaction ends.
pub(crate) async fn take_room(tx: &mut TenantTx, bytes: u64, quota: u64) -> Result<bool, Error> {
    let organization = tx.tenant().organization.body();
    let row = "insert into usage (org_id) values ($1) on conflict do nothing";
    sqlx::query(row).bind(organization).execute(tx.connection()).await.map_err(error_of)?;
    let sql = "update usage set files = files + 1, bytes = bytes + $2 where org_id = $1 and bytes <= $3 - $2";
    let taken = sqlx::query(sql).bind(organization).bind(signed(bytes)).bind(signed(quota)).execute(tx.connection());
    Ok(taken.await.map_err(error_of)?.rows_affected() == 1)
}

/// Frees the room of one file of `bytes`.
pub(crate) async fn free_room(tx: &mut TenantTx, bytes: u64) -> Result<(), Error> {
    let sql = "update usage set files = files - 1, bytes = bytes - $2 where org_id = $1";
    let organization = tx.tenant().organization.body();
    sqlx::query(sql).bind(organization).bind(signed(bytes)).execute(tx.connection()).await.map_err(error_of)?;
    Ok(())
}

/// The organisation's newest data key, and whether it is younger than `life`.
pub(crate) async fn newest_key(tx: &mut TenantTx, life: Duration) -> Result<Option<(WrappedKey, bool)>, Error> {
    let sql = "select version, master, sealed, created_at > now() - $2 * interval '1 second' as young from data_keys \
               where org_id = $1 order by version desc limit 1";
    let organization = tx.tenant().organization.body();
    let row = sqlx::query(sql).bind(organization).bind(signed(life.as_secs())).fetch_optional(tx.connection());
    let row = row.await.map_err(error_of)?;
    row.map(|row| Ok((key_of(&row)?, row.try_get("young").map_err(error_of)?))).transpose()
}

/// One version of the organisation's data keys.
pub(crate) async fn key(tx: &mut TenantTx, version: u32) -> Result<Option<WrappedKey>, Error> {
    let sql = "select version, master, sealed from data_keys where org_id = $1 and version = $2";
    let organization = tx.tenant().organization.body();
    let version = i32::try_from(version).unwrap_or(i32::MAX);
    let row = sqlx::query(sql).bind(organization).bind(version).fetch_optional(tx.connection());
    row.await.map_err(error_of)?.as_ref().map(key_of).transpose()
}

/// Adds a data key; `false` where another call added this version first.
pub(crate) async fn add_key(tx: &mut TenantTx, key: &WrappedKey) -> Result<bool, Error> {
    let sql = "insert into data_keys (org_id, version, master, sealed) values ($1, $2, $3, $4) on conflict do nothing";
    let organization = tx.tenant().organization.body();
    let added = sqlx::query(sql)
        .bind(organization)
        .bind(i32::try_from(key.version).unwrap_or(i32::MAX))
        .bind(&key.master)
        .bind(&key.sealed)
        .execute(tx.connection())
        .await
        .map_err(error_of)?;
    Ok(added.rows_affected() == 1)
}

/// Some files whose time is over.
pub(crate) async fn expired(tx: &mut SystemTx, limit: i64) -> Result<Vec<Place>, Error> {
    let sql = "select id, org_id, workspace_id from files where expires_at < now() and deleted_at is null \
               order by expires_at limit $1";
    let rows = sqlx::query(sql).bind(limit).fetch_all(tx.connection()).await.map_err(error_of)?;
    rows.iter().map(place_of).collect()
}

/// Some files that are deleted and whose rows are still there.
pub(crate) async fn deleted(tx: &mut SystemTx, limit: i64) -> Result<Vec<Place>, Error> {
    let sql = "select id, org_id, workspace_id from files where deleted_at is not null order by deleted_at limit $1";
    let rows = sqlx::query(sql).bind(limit).fetch_all(tx.connection()).await.map_err(error_of)?;
    rows.iter().map(place_of).collect()
}

/// Removes the rows of deleted files.
pub(crate) async fn forget(tx: &mut SystemTx, files: &[Uuid]) -> Result<(), Error> {
    let sql = "delete from files where id = any($1) and deleted_at is not null";
    sqlx::query(sql).bind(files).execute(tx.connection()).await.map_err(error_of)?;
    Ok(())
}

/// Which of these ids have rows.
pub(crate) async fn known(tx: &mut SystemTx, files: &[Uuid]) -> Result<Vec<Uuid>, Error> {
    let sql = "select id from files where id = any($1)";
    sqlx::query_scalar(sql).bind(files).fetch_all(tx.connection()).await.map_err(error_of)
}

/// Which of these organisations have a data key.
pub(crate) async fn with_keys(tx: &mut SystemTx, organizations: &[Uuid]) -> Result<Vec<Uuid>, Error> {
    let sql = "select distinct org_id from data_keys where org_id = any($1)";
    sqlx::query_scalar(sql).bind(organizations).fetch_all(tx.connection()).await.map_err(error_of)
}

/// Some of all files that are not deleted, by id, behind `after`.
pub(crate) async fn some(tx: &mut SystemTx, after: Option<Uuid>, limit: i64) -> Result<Vec<Place>, Error> {
    let sql = "select id, org_id, workspace_id from files where deleted_at is null and ($1::uuid is null or id > $1) \
               order by id limit $2";
    let rows = sqlx::query(sql).bind(after).bind(limit).fetch_all(tx.connection()).await.map_err(error_of)?;
    rows.iter().map(place_of).collect()
}

/// The ids of all master keys that wrap a data key.
pub(crate) async fn masters(tx: &mut SystemTx) -> Result<Vec<String>, Error> {
    let sql = "select distinct master from data_keys order by master";
    sqlx::query_scalar(sql).fetch_all(tx.connection()).await.map_err(error_of)
}

/// Some data keys that another master key than this one wraps; nobody else changes them until the transaction ends.
pub(crate) async fn wrapped_by_others(
    tx: &mut SystemTx,
    master: &str,
    limit: i64,
) -> Result<Vec<(OrganizationId, WrappedKey)>, Error> {
    let sql =
        "select org_id, version, master, sealed from data_keys where master <> $1 limit $2 for update skip locked";
    let rows = sqlx::query(sql).bind(master).bind(limit).fetch_all(tx.connection()).await.map_err(error_of)?;
    let organization = |row: &PgRow| row.try_get("org_id").map(OrganizationId::of).map_err(error_of);
    rows.iter().map(|row| Ok((organization(row)?, key_of(row)?))).collect()
}

/// Puts another wrapping in the place of a data key's.
pub(crate) async fn rewrap(tx: &mut SystemTx, organization: OrganizationId, key: &WrappedKey) -> Result<(), Error> {
    let sql = "update data_keys set master = $3, sealed = $4 where org_id = $1 and version = $2";
    sqlx::query(sql)
        .bind(organization.body())
        .bind(i32::try_from(key.version).unwrap_or(i32::MAX))
        .bind(&key.master)
        .bind(&key.sealed)
        .execute(tx.connection())
        .await
        .map_err(error_of)?;
    Ok(())
}

fn file_of(row: &PgRow) -> Result<File, Error> {
    let sha256: Vec<u8> = row.try_get("sha256").map_err(error_of)?;
    let (size, version): (i64, i32) =
        (row.try_get("size_bytes").map_err(error_of)?, row.try_get("key_version").map_err(error_of)?);
    let uploaded_by: Option<Uuid> = row.try_get("uploaded_by").map_err(error_of)?;
    Ok(File {
        place: place_of(row)?,
        name: row.try_get("name").map_err(error_of)?,
        content_type: row.try_get("content_type").map_err(error_of)?,
        size: size.unsigned_abs(),
        // The table checks its length.
        sha256: sha256.try_into().unwrap_or_default(),
        key_version: version.unsigned_abs(),
        uploaded_by: uploaded_by.map(UserId::of),
        created_at: row.try_get("created_at").map_err(error_of)?,
        expires_at: row.try_get("expires_at").map_err(error_of)?,
    })
}

fn place_of(row: &PgRow) -> Result<Place, Error> {
    Ok(Place {
        organization: OrganizationId::of(row.try_get("org_id").map_err(error_of)?),
        workspace: WorkspaceId::of(row.try_get("workspace_id").map_err(error_of)?),
        file: FileId::of(row.try_get("id").map_err(error_of)?),
    })
}

fn key_of(row: &PgRow) -> Result<WrappedKey, Error> {
    let version: i32 = row.try_get("version").map_err(error_of)?;
    Ok(WrappedKey {
        version: version.unsigned_abs(),
        master: row.try_get("master").map_err(error_of)?,
        sealed: row.try_get("sealed").map_err(error_of)?,
    })
}

/// Sizes are far below what a signed number holds; the largest one stands for any.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A text in which nothing is a pattern of `like`.
fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
