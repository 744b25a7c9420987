//! What there is to save, as the database's own catalogue tells it.

use std::collections::{BTreeMap, BTreeSet};

use saldo_kernel::Error;
use sqlx::{PgConnection, Row};

use super::{
    OWNER,
    manifest::{Sequence, Table, quoted},
    positions,
};
use crate::{DOMAIN, Schema, error};

/// Every table of the schemas but those of their versions, in an order in which no row comes before one that it refers to.
///
/// # Errors
/// There is one that could not be saved whole: a defect of ours.
pub(super) async fn tables(connection: &mut PgConnection, schemas: &[Schema]) -> Result<Vec<Table>, Error> {
    let rows = sqlx::query(
        "select c.oid::int8 as id, n.nspname::text as schema, c.relname::text as name,
           (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
           (select array_agg(a.attname::text) from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid = 'xid8'::regtype) as positions,
           (select array_agg(distinct f.confrelid::int8) from pg_constraint f
            where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs,
           not c.relrowsecurity or exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive
             and p.polroles = array[(select oid from pg_roles where rolname = $2)]
             and pg_get_expr(p.polqual, c.oid) = 'true' and pg_get_expr(p.polwithcheck, c.oid) = 'true') as seen
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migrations'
         order by 2, 3",
    )
    .bind(names(schemas))
    .bind(OWNER)
    .fetch_all(connection)
    .await
    .map_err(error::of)?;
    let mut found = BTreeMap::new();
    for row in rows {
        let id: i64 = row.get("id");
        let columns: Option<Vec<String>> = row.get("columns");
        let table = Table {
            schema: row.get("schema"),
            name: row.get("name"),
            columns: columns.unwrap_or_default(),
            rows: 0,
            content: super::manifest::Content::default(),
        };
        let of_clock: Option<Vec<String>> = row.get("positions");
        if of_clock.is_some_and(|columns| !positions::knows(&table, &columns)) {
            return Err(Error::internal(DOMAIN, format!("{} has positions that would not come back", table.sql())));
        }
        if !row.get::<bool, _>("seen") {
            return Err(Error::internal(DOMAIN, format!("{} hides rows from its owner", table.sql())));
        }
        let needs: Option<Vec<i64>> = row.get("needs");
        found.insert(id, (table, BTreeSet::from_iter(needs.unwrap_or_default())));
    }
    in_order(found)
}

/// Those first that no other one left needs.
fn in_order(mut left: BTreeMap<i64, (Table, BTreeSet<i64>)>) -> Result<Vec<Table>, Error> {
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let free = |(_, needs): &(Table, BTreeSet<i64>)| needs.iter().all(|need| !left.contains_key(need));
        let mut ready: Vec<i64> = left.iter().filter(|(_, one)| free(one)).map(|(id, _)| *id).collect();
        if ready.is_empty() {
            return Err(Error::internal(DOMAIN, "tables refer to each other in a circle"));
        }
        ready.sort_by_key(|id| left.get(id).map(|(table, _)| table.entry()));
        ordered.extend(ready.iter().filter_map(|id| left.remove(id)).map(|(table, _)| table));
    }
    Ok(ordered)
}

/// How far every sequence of the schemas has counted.
pub(super) async fn sequences(connection: &mut PgConnection, schemas: &[Schema]) -> Result<Vec<Sequence>, Error> {
    let names = sqlx::query(
        "select n.nspname::text, c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = any($1) and c.relkind = 'S' order by 1, 2",
    )
    .bind(names(schemas))
    .fetch_all(&mut *connection)
    .await
    .map_err(error::of)?;
    let mut sequences = Vec::new();
    for row in names {
        let (schema, name): (String, String) = (row.get(0), row.get(1));
        let sql = format!("select last_value, is_called from {}.{}", quoted(&schema), quoted(&name));
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_one(&mut *connection).await.map_err(error::of)?;
        sequences.push(Sequence { schema, name, last_value: row.get(0), is_called: row.get(1) });
    }
    Ok(sequences)
}

fn names(schemas: &[Schema]) -> Vec<String> {
    schemas.iter().map(|schema| schema.name.to_owned()).collect()
}
