//! A handler that writes down what it handled, in the transaction that it is given. Also what the process does that a test
//! kills.

use std::{collections::HashMap, sync::Mutex};

use async_trait::async_trait;
use futures::future::BoxFuture;
use saldo_bus::Handler;
use saldo_kernel::{Error, Event, EventId};
use saldo_store::{Migration, Schema, TenantTx};

/// What happens when an event is handled for the so-manieth time, before it counts.
pub(crate) type Before = Box<dyn Fn(&Event, u32) -> BoxFuture<'static, Result<(), Error>> + Send + Sync>;

/// Writes down what it handled.
pub(crate) struct Recorder {
    /// Which process it is.
    pub(crate) by: String,
    pub(crate) before: Option<Before>,
    pub(crate) tries: Mutex<HashMap<EventId, u32>>,
}

impl Recorder {
    pub(crate) fn new(by: &str) -> Self {
        Self { by: by.to_owned(), before: None, tries: Mutex::default() }
    }
}

/// The service that tells of things and handles its own events.
pub(crate) fn schema(name: &str) -> Schema {
    let migrations: &'static [Migration] = &[Migration {
        version: 1,
        name: "things and what was done",
        sql: "create table things (id uuid primary key, org_id uuid not null, workspace_id uuid not null, \
                version bigint not null default 1); \
              call saldo.tenant_table('things'); \
              create table effects (n bigint generated always as identity primary key, org_id uuid not null, \
                aggregate text not null, version bigint not null, by text not null, trace text not null); \
              call saldo.tenant_table('effects');",
    }];
    Schema::of_service(Box::leak(name.to_owned().into_boxed_str()), migrations)
}

#[async_trait]
impl Handler for Recorder {
    async fn handle(&self, event: &Event, tx: &mut TenantTx) -> Result<(), Error> {
        let tries = {
            let mut all = self.tries.lock().expect("no panic");
            let tries = all.entry(event.id).or_default();
            *tries += 1;
            *tries
        };
        // First the effect: one that fails must leave nothing.
        let organization = tx.tenant().organization.body();
        sqlx::query("insert into effects (org_id, aggregate, version, by, trace) values ($1, $2, $3, $4, $5)")
            .bind(organization)
            .bind(&event.aggregate)
            .bind(i64::try_from(event.version).expect("a version"))
            .bind(&self.by)
            .bind(saldo_store::current_trace_id())
            .execute(tx.connection())
            .await
            .map_err(saldo_store::error_of)?;
        match &self.before {
            Some(before) => before(event, tries).await,
            None => Ok(()),
        }
    }
}
