//! Replays: what a group was asked to handle again, and under which name of its inbox.

use std::sync::Arc;

use saldo_kernel::{Error, Event};
use saldo_store::error_of;
use sqlx::{PgConnection, Row};

/// A group as its inbox and its locks know it.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// Its number.
    pub(crate) id: i32,
    name: Arc<str>,
    /// The replays, the last one first: its generation, its beginning in microseconds, the group's name in the inbox.
    replays: Vec<(i32, i64, Arc<str>)>,
}

impl Group {
    /// Reads the group; it is made if nobody has asked for it before.
    pub(crate) async fn of(connection: &mut PgConnection, name: &str) -> Result<Self, Error> {
        let made = "insert into bus.groups (name) select $1 where not exists (select from bus.groups where name = $1) \
                    on conflict do nothing";
        sqlx::query(made).bind(name).execute(&mut *connection).await.map_err(error_of)?;
        let id = sqlx::query_scalar("select id from bus.groups where name = $1").bind(name);
        let id: i32 = id.fetch_one(&mut *connection).await.map_err(error_of)?;
        let sql = "select generation, (extract(epoch from from_at) * 1000000)::bigint from bus.replays \
                   where group_id = $1 order by generation desc";
        let rows = sqlx::query(sql).bind(id).fetch_all(connection).await.map_err(error_of)?;
        let replay = |row: &sqlx::postgres::PgRow| {
            let generation: i32 = row.try_get(0)?;
            Ok((generation, row.try_get(1)?, format!("{name}@{generation}").into()))
        };
        let replays = rows.iter().map(replay).collect::<Result<_, sqlx::Error>>().map_err(error_of)?;
        Ok(Self { id, name: name.into(), replays })
    }

    /// The number of the last replay; 0 if there was none.
    pub(crate) fn generation(&self) -> i32 {
        self.replays.first().map_or(0, |(generation, ..)| *generation)
    }

    /// The earliest moment to handle again for who knows the replays up to `generation` only.
    pub(crate) fn since_micros(&self, generation: i32) -> Option<i64> {
        self.replays.iter().filter(|(own, ..)| *own > generation).map(|(_, from, _)| *from).min()
    }

    /// The group's name in the inbox for this event: that of the last replay which asked for it. Events from before it
    /// keep their name, so that none of them is handled again.
    pub(crate) fn consumer(&self, event: &Event) -> Arc<str> {
        let asked = self.replays.iter().find(|(_, from, _)| *from <= event.occurred_at_micros);
        asked.map_or_else(|| self.name.clone(), |(.., consumer)| consumer.clone())
    }
}

/// Asks a group to handle everything since a moment again; gives the number of the replay.
pub(crate) async fn ask(connection: &mut PgConnection, group: &Group, from_micros: i64) -> Result<i32, Error> {
    // Two at the same time get numbers of their own: the second waits here.
    let lock = sqlx::query("select from bus.groups where id = $1 for update").bind(group.id);
    lock.execute(&mut *connection).await.map_err(error_of)?;
    let sql = "insert into bus.replays (group_id, generation, from_at) \
               select $1, 1 + coalesce(max(generation), 0), timestamptz 'epoch' + $2 * interval '1 microsecond' \
               from bus.replays where group_id = $1 returning generation";
    let asked = sqlx::query_scalar(sql).bind(group.id).bind(from_micros).fetch_one(connection).await;
    asked.map_err(error_of)
}

/// Tells every process that members, replays or dead letters have changed.
pub(crate) async fn tell(connection: &mut PgConnection) -> Result<(), Error> {
    sqlx::query("select pg_notify('saldo_bus', '')").execute(connection).await.map_err(error_of)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use saldo_kernel::EventId;

    use super::*;

    #[test]
    fn an_event_counts_under_the_last_replay_that_asked_for_it() {
        let replays = vec![(2, 500, "audit@2".into()), (1, 200, "audit@1".into())];
        let group = Group { id: 1, name: "audit".into(), replays };
        let event = |occurred_at_micros| Event {
            id: EventId::generate(),
            kind: "saldo.file.v1.FileUploaded".to_owned(),
            tenant: None,
            aggregate: String::new(),
            version: 1,
            occurred_at_micros,
            traceparent: None,
            payload: Vec::new(),
        };
        let consumers = [100, 200, 499, 500].map(|at| group.consumer(&event(at)).to_string());
        assert_eq!(consumers, ["audit", "audit@1", "audit@1", "audit@2"]);
        assert_eq!((group.since_micros(0), group.since_micros(1), group.since_micros(2)), (Some(200), Some(500), None));
    }
}
