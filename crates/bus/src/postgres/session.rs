//! The one connection of a group in a process: its locks, its cursors, its reading. Who loses it has lost all three.

use std::sync::Arc;

use saldo_kernel::Error;
use saldo_store::error_of;
use sqlx::{Connection, PgConnection, Row};

use crate::{
    ground::Ground,
    lanes::Place,
    outbox::{self, PARTITIONS, Position, Source, Told},
    replays::{self, Group},
};

/// The first half of our locks' keys; the number of the group is added. The second half is a partition, or this for those
/// who are members.
const LOCKS: i32 = 0x5a1d_0000;
const MEMBERS: i32 = PARTITIONS;

/// The connection, once it has joined the group.
pub(super) struct Session {
    connection: PgConnection,
    sources: Arc<[Source]>,
    pub(super) group: Group,
    /// By which others see this connection.
    pid: i32,
}

impl Session {
    /// Connects and joins; the group and its cursors are made if they are new. A new group begins with the oldest events
    /// that are kept.
    pub(super) async fn open(ground: &Ground, name: &str, sources: Arc<[Source]>) -> Result<Self, Error> {
        let mut connection = ground.connection().await?;
        let group = Group::of(&mut connection, name).await?;
        let schemas: Vec<_> = sources.iter().map(|source| source.schema.clone()).collect();
        let sql = "insert into bus.cursors (group_id, outbox, partition, generation) \
                   select $1, outbox, partition, $4 from unnest($2::text[]) as outbox, generate_series(0, $3 - 1) as partition \
                   on conflict do nothing";
        let cursors = sqlx::query(sql).bind(group.id).bind(schemas).bind(PARTITIONS).bind(group.generation());
        cursors.execute(&mut connection).await.map_err(error_of)?;
        let join = sqlx::query_scalar("select pg_backend_pid() from pg_advisory_lock_shared($1, $2)");
        let join = join.bind(LOCKS + group.id).bind(MEMBERS);
        let pid = join.fetch_one(&mut connection).await.map_err(error_of)?;
        replays::tell(&mut connection).await?;
        Ok(Self { connection, sources, group, pid })
    }

    /// Which partitions are ours by right: the members, in the order of their connections, share them in equal runs.
    pub(super) async fn share(&mut self) -> Result<std::ops::Range<i32>, Error> {
        let sql = "select pid from pg_locks where locktype = 'advisory' and granted and objsubid = 2 \
                     and classid::bigint = $1 and objid::bigint = $2 \
                     and database = (select oid from pg_database where datname = current_database()) order by pid";
        let query = sqlx::query_scalar(sql).bind(i64::from(LOCKS + self.group.id)).bind(i64::from(MEMBERS));
        let members: Vec<i32> = query.fetch_all(&mut self.connection).await.map_err(error_of)?;
        let count = i32::try_from(members.len()).unwrap_or(i32::MAX).max(1);
        let Some(rank) = members.iter().position(|pid| *pid == self.pid) else { return Ok(0..0) };
        let rank = i32::try_from(rank).unwrap_or(i32::MAX);
        let begin =
            |rank: i32| i32::try_from(i64::from(rank) * i64::from(PARTITIONS) / i64::from(count)).unwrap_or(PARTITIONS);
        Ok(begin(rank)..begin(rank + 1))
    }

    /// Takes those of `partitions` that nobody holds any more.
    pub(super) async fn take(&mut self, partitions: &[i32]) -> Result<Vec<i32>, Error> {
        let sql = "select p from unnest($2::int[]) as p where pg_try_advisory_lock($1, p)";
        let query = sqlx::query_scalar(sql).bind(LOCKS + self.group.id).bind(partitions);
        query.fetch_all(&mut self.connection).await.map_err(error_of)
    }

    /// Lets go of partitions, and tells who waits for them.
    pub(super) async fn release(&mut self, partitions: &[i32]) -> Result<(), Error> {
        let sql = "select pg_advisory_unlock($1, p) from unnest($2::int[]) as p";
        let query = sqlx::query(sql).bind(LOCKS + self.group.id).bind(partitions);
        query.execute(&mut self.connection).await.map_err(error_of)?;
        replays::tell(&mut self.connection).await
    }

    /// How far the group has come in these partitions of every source.
    pub(super) async fn cursors(&mut self, partitions: &[i32]) -> Result<Vec<(Place, Position)>, Error> {
        let sql = "select outbox, partition, transaction_id::text::bigint, id from bus.cursors \
                   where group_id = $1 and partition = any($2)";
        let query = sqlx::query(sql).bind(self.group.id).bind(partitions);
        let rows = query.fetch_all(&mut self.connection).await.map_err(error_of)?;
        let cursors = rows.iter().filter_map(|row| {
            let outbox: String = row.try_get(0).ok()?;
            let source = self.sources.iter().position(|source| source.schema == outbox)?;
            let position = Position { transaction: row.try_get(2).ok()?, id: row.try_get(3).ok()? };
            Some((Place { source, partition: row.try_get(1).ok()? }, position))
        });
        Ok(cursors.collect())
    }

    /// Moves cursors forward. False if a replay has moved them back since they were read: then none of ours count.
    pub(super) async fn advance(&mut self, to: &[(Place, Position)]) -> Result<bool, Error> {
        let schema =
            |place: &Place| self.sources.get(place.source).map(|source| source.schema.clone()).unwrap_or_default();
        let sql = "update bus.cursors c set transaction_id = n.t::text::xid8, id = n.i \
                   from unnest($3::text[], $4::int[], $5::bigint[], $6::bigint[]) as n (outbox, partition, t, i) \
                   where c.group_id = $1 and c.generation = $2 and c.outbox = n.outbox and c.partition = n.partition";
        let moved = sqlx::query(sql)
            .bind(self.group.id)
            .bind(self.group.generation())
            .bind(to.iter().map(|(place, _)| schema(place)).collect::<Vec<_>>())
            .bind(to.iter().map(|(place, _)| place.partition).collect::<Vec<_>>())
            .bind(to.iter().map(|(_, position)| position.transaction).collect::<Vec<_>>())
            .bind(to.iter().map(|(_, position)| position.id).collect::<Vec<_>>())
            .execute(&mut self.connection)
            .await
            .map_err(error_of)?;
        Ok(usize::try_from(moved.rows_affected()).is_ok_and(|moved| moved == to.len()))
    }

    /// The oldest transaction that still runs, and whether the group was asked to handle something again meanwhile.
    pub(super) async fn horizon(&mut self) -> Result<(i64, bool), Error> {
        let sql = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint, \
                     exists (select from bus.replays where group_id = $1 and generation > $2)";
        let query = sqlx::query(sql).bind(self.group.id).bind(self.group.generation());
        let row = query.fetch_one(&mut self.connection).await.map_err(error_of)?;
        Ok((row.try_get(0).map_err(error_of)?, row.try_get(1).map_err(error_of)?))
    }

    /// The next events of a source; see [`outbox::read`].
    pub(super) async fn read(
        &mut self,
        source: usize,
        from: &[(i32, Position)],
        horizon: i64,
        limit: usize,
    ) -> Result<Vec<Told>, Error> {
        match self.sources.get(source) {
            Some(source) => outbox::read(&mut self.connection, source, from, horizon, limit).await,
            None => Ok(Vec::new()),
        }
    }

    /// See [`outbox::is_more_beyond`].
    pub(super) async fn is_more_beyond(&mut self, source: usize, horizon: i64) -> Result<bool, Error> {
        match self.sources.get(source) {
            Some(source) => outbox::is_more_beyond(&mut self.connection, &source.schema, horizon).await,
            None => Ok(false),
        }
    }

    /// Leaves the group; what it held is free at once.
    pub(super) async fn leave(mut self) -> Result<(), Error> {
        sqlx::query("select pg_advisory_unlock_all()").execute(&mut self.connection).await.map_err(error_of)?;
        replays::tell(&mut self.connection).await?;
        self.connection.close().await.map_err(error_of)
    }
}
