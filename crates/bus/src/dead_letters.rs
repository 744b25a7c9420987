//! Dead letters: events that a group could not handle, kept whole until someone decides.

use std::time::Duration;

use saldo_kernel::{Error, Event, reasons};
use saldo_store::{Store, SystemTx, error_of};
use sqlx::{AssertSqlSafe, PgConnection, Row, postgres::PgRow};
use time::OffsetDateTime;

use crate::{DOMAIN, outbox, replays::tell};

/// An event that was parked.
#[derive(Clone, Debug)]
pub struct DeadLetter {
    /// Its number, by which it is asked for.
    pub id: i64,
    /// The group that could not handle it.
    pub group: String,
    /// The event.
    pub event: Event,
    /// How often it was tried.
    pub tries: u32,
    /// The stable reason of the last failure.
    pub reason: String,
    /// What it said.
    pub message: String,
    /// When it was parked.
    pub parked_at: OffsetDateTime,
    /// Whether it waits to be tried again.
    pub waits_for_replay: bool,
}

/// Which dead letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One, by its number.
    One(i64),
    /// All of a group.
    Group(String),
    /// All.
    All,
}

/// The dead letters of all groups.
#[derive(Clone, Debug)]
pub struct DeadLetters {
    store: Store,
}

const COLUMNS: &str = "id, group_name, tries, reason, message, parked_at, state = 'replay' as waits_for_replay";
/// $1 and $2 are a [`Choice`].
const CHOSEN: &str = "($1::bigint is null or id = $1) and ($2::text is null or group_name = $2)";

impl DeadLetters {
    /// Those of a database.
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// At most `limit` of a choice with larger numbers than `after`, the oldest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn list(&self, choice: &Choice, after: i64, limit: u32) -> Result<Vec<DeadLetter>, Error> {
        let mut tx = self.store.system().await?;
        let sql = format!(
            "select {COLUMNS}, {} from bus.dead_letters where {CHOSEN} and id > $3 order by id limit $4",
            outbox::EVENT
        );
        let (one, group) = choice.parts();
        let query = sqlx::query(AssertSqlSafe(sql)).bind(one).bind(group).bind(after).bind(i64::from(limit));
        let rows = query.fetch_all(tx.connection()).await.map_err(error_of)?;
        rows.iter().map(letter).collect()
    }

    /// One, by its number.
    ///
    /// # Errors
    /// There is none (reason `DEAD_LETTER_NOT_FOUND`), or the database does not answer.
    pub async fn show(&self, id: i64) -> Result<DeadLetter, Error> {
        self.list(&Choice::One(id), i64::MIN, 1).await?.pop().ok_or_else(|| not_found(id))
    }

    /// Has a choice tried again by their groups, once each: what fails is parked again. Gives how many.
    ///
    /// # Errors
    /// The one that is named does not exist (reason `DEAD_LETTER_NOT_FOUND`), or the database does not answer.
    pub async fn replay(&self, choice: &Choice) -> Result<u64, Error> {
        self.change("update bus.dead_letters set state = 'replay'", choice).await
    }

    /// Forgets a choice: nobody handles them any more. Gives how many.
    ///
    /// # Errors
    /// As for [`DeadLetters::replay`].
    pub async fn drop(&self, choice: &Choice) -> Result<u64, Error> {
        self.change("delete from bus.dead_letters", choice).await
    }

    async fn change(&self, what: &str, choice: &Choice) -> Result<u64, Error> {
        let mut tx = self.store.system().await?;
        let (one, group) = choice.parts();
        let query = sqlx::query(AssertSqlSafe(format!("{what} where {CHOSEN}"))).bind(one).bind(group);
        let changed = query.execute(tx.connection()).await.map_err(error_of)?.rows_affected();
        if let (0, Choice::One(id)) = (changed, choice) {
            return Err(not_found(*id));
        }
        tell(tx.connection()).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Keeps an event that a group could not handle.
    pub(crate) async fn park(&self, group: &str, event: &Event, tries: u32, error: &Error) -> Result<(), Error> {
        let sql = "insert into bus.dead_letters (group_name, event_id, kind, org_id, workspace_id, aggregate, \
                     aggregate_version, payload, traceparent, occurred_at, tries, reason, message) \
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, timestamptz 'epoch' + $10 * interval '1 microsecond', $11, $12, $13) \
                   on conflict (group_name, event_id) do update set state = 'parked', claimed_until = null, \
                     tries = dead_letters.tries + excluded.tries, reason = excluded.reason, message = excluded.message, \
                     parked_at = now()";
        let mut tx = self.store.system().await?;
        sqlx::query(sql)
            .bind(group)
            .bind(event.id.body())
            .bind(&event.kind)
            .bind(event.tenant.map(|tenant| tenant.organization.body()))
            .bind(event.tenant.and_then(|tenant| tenant.workspace).map(|workspace| workspace.body()))
            .bind(&event.aggregate)
            .bind(i64::try_from(event.version).unwrap_or(i64::MAX))
            .bind(&event.payload)
            .bind(&event.traceparent)
            .bind(event.occurred_at_micros)
            .bind(i32::try_from(tries).unwrap_or(i32::MAX))
            .bind(error.reason.as_str())
            .bind(error.message.replace('\0', ""))
            .execute(tx.connection())
            .await
            .map_err(error_of)?;
        tx.commit().await
    }

    /// Takes one that waits to be tried again, for so long.
    pub(crate) async fn claim(&self, group: &str, hold: Duration) -> Result<Option<DeadLetter>, Error> {
        let sql = format!(
            "update bus.dead_letters set claimed_until = now() + $2 * interval '1 millisecond' where id = ( \
               select id from bus.dead_letters where group_name = $1 and state = 'replay' \
                 and (claimed_until is null or claimed_until < now()) order by id limit 1 for update skip locked) \
             returning {COLUMNS}, {}",
            outbox::EVENT
        );
        let mut tx = self.store.system().await?;
        let hold = i64::try_from(hold.as_millis()).unwrap_or(i64::MAX);
        let query = sqlx::query(AssertSqlSafe(sql)).bind(group).bind(hold);
        let claimed = query.fetch_optional(tx.connection()).await.map_err(error_of)?;
        tx.commit().await?;
        claimed.as_ref().map(letter).transpose()
    }

    /// Lets go of one that its group has handled after all.
    pub(crate) async fn settled(&self, id: i64) -> Result<(), Error> {
        let mut tx: SystemTx = self.store.system().await?;
        remove(tx.connection(), id).await?;
        tx.commit().await
    }
}

async fn remove(connection: &mut PgConnection, id: i64) -> Result<(), Error> {
    sqlx::query("delete from bus.dead_letters where id = $1").bind(id).execute(connection).await.map_err(error_of)?;
    Ok(())
}

impl Choice {
    fn parts(&self) -> (Option<i64>, Option<&str>) {
        match self {
            Self::One(id) => (Some(*id), None),
            Self::Group(name) => (None, Some(name)),
            Self::All => (None, None),
        }
    }
}

fn not_found(id: i64) -> Error {
    Error::known(&reasons::DEAD_LETTER_NOT_FOUND, DOMAIN, format!("There is no dead letter {id}."))
}

fn letter(row: &PgRow) -> Result<DeadLetter, Error> {
    let event = outbox::event(row)?;
    let read = || -> Result<DeadLetter, sqlx::Error> {
        Ok(DeadLetter {
            id: row.try_get("id")?,
            group: row.try_get("group_name")?,
            event,
            tries: row.try_get::<i32, _>("tries")?.unsigned_abs(),
            reason: row.try_get("reason")?,
            message: row.try_get("message")?,
            parked_at: row.try_get("parked_at")?,
            waits_for_replay: row.try_get("waits_for_replay")?,
        })
    };
    read().map_err(error_of)
}
