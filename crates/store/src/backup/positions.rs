//! Places in the order of events are made of transaction numbers, which each cluster counts for itself: taken over as they
//! are, restored events would come after all new ones, and new events would count as read. They get numbers of the new
//! cluster, in the same order.

use saldo_kernel::Error;
use sqlx::PgConnection;

use super::{execute, manifest::Table};
use crate::schema::BUS;

/// The column of a transaction number, and the one that tells events of one transaction apart.
const NUMBER: &str = "transaction_id";
const WITHIN: &str = "id";

/// Whether the columns of transaction numbers of a table are known here.
pub(super) fn knows(table: &Table, columns: &[String]) -> bool {
    columns == [NUMBER] && (is_outbox(table) || is_cursors(table))
}

fn is_outbox(table: &Table) -> bool {
    table.name == "outbox"
}

fn is_cursors(table: &Table) -> bool {
    table.schema == BUS && table.name == "cursors"
}

/// Where the rows of a table are read into: itself, or a table of this transaction where they must be renumbered.
pub(super) async fn landing(connection: &mut PgConnection, table: &Table) -> Result<String, Error> {
    if !is_outbox(table) {
        return Ok(table.sql());
    }
    let landing = landing_of(table);
    execute(connection, format!("create temporary table {landing} (like {}) on commit drop", table.sql())).await?;
    Ok(landing)
}

fn landing_of(outbox: &Table) -> String {
    format!("\"outbox of {}\"", outbox.schema)
}

/// Takes the events over from where they landed, as events of the running transaction in the order in which they stood;
/// every cursor (the last event read of an outbox) moves to where its event is now, or the last one before it.
pub(super) async fn renumber(connection: &mut PgConnection, tables: &[Table]) -> Result<(), Error> {
    let has_cursors = tables.iter().any(is_cursors);
    for outbox in tables.iter().filter(|table| is_outbox(table)) {
        let (landing, schema) = (landing_of(outbox), &outbox.schema);
        if has_cursors {
            let move_cursors = format!(
                "update \"{BUS}\".cursors c set {NUMBER} = pg_current_xact_id(), {WITHIN} =
                   (select count(*) from {landing} o where (o.{NUMBER}, o.{WITHIN}) <= (c.{NUMBER}, c.{WITHIN}))
                 where c.outbox = '{schema}'"
            );
            execute(connection, move_cursors).await?;
        }
        let values = outbox.columns.iter().map(|column| match column.as_str() {
            NUMBER => "pg_current_xact_id()".to_owned(),
            WITHIN => format!("row_number() over (order by {NUMBER}, {WITHIN})"),
            other => super::manifest::quoted(other),
        });
        let values = values.collect::<Vec<_>>().join(", ");
        let (sql, columns) = (outbox.sql(), outbox.columns_sql());
        let take_over = format!("insert into {sql} ({columns}) overriding system value select {values} from {landing}");
        execute(connection, take_over).await?;
    }
    Ok(())
}
