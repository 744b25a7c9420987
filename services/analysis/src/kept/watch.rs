//! Those who watch analyses: told by the database when one changes, wherever it is worked on.

use std::time::Duration;

use saldo_kernel::{AnalysisId, Error, Tenant};
use saldo_proto::{
    analysis::v1::{Analysis, WatchAnalysisResponse},
    guard::Outgoing,
};
use saldo_store::{Stop, Store};
use tokio::sync::broadcast;

use super::{domain::Kept, store};
use crate::app::kept::not_found;

/// Who was not told looks anyway.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Changes that may wait for a slow watcher; one that missed some looks.
const CHANGES_UNDER_WAY: usize = 1_000;

/// Tells of changes within this process.
#[derive(Clone)]
pub(crate) struct Changes(broadcast::Sender<AnalysisId>);

impl Changes {
    pub(crate) fn new() -> Self {
        Self(broadcast::channel(CHANGES_UNDER_WAY).0)
    }

    /// Listens until `stop` is asked.
    pub(crate) async fn listen(self, store: Store, stop: Stop) {
        let tell = |payload: &str| {
            if let Ok(id) = payload.parse() {
                // Nobody may be watching.
                let _ = self.0.send(id);
            }
        };
        store.listen("saldo_analyses", tell, &stop).await;
    }

    /// The analysis now and after each change, until it has ended.
    pub(crate) fn watch(&self, store: Store, tenant: Tenant, id: AnalysisId) -> Outgoing<WatchAnalysisResponse> {
        let watcher = Watcher { store, tenant, id, changes: self.0.subscribe(), seen: None };
        Box::pin(futures::stream::unfold(Some(watcher), |watcher| async move {
            let mut watcher = watcher?;
            match watcher.next().await {
                Ok(Some(analysis)) => Some((Ok(WatchAnalysisResponse { analysis: Some(analysis) }), Some(watcher))),
                Ok(None) => None,
                Err(error) => Some((Err(error), None)),
            }
        }))
    }
}

struct Watcher {
    store: Store,
    tenant: Tenant,
    id: AnalysisId,
    changes: broadcast::Receiver<AnalysisId>,
    seen: Option<Kept>,
}

impl Watcher {
    /// The next state that differs from what was seen; `None` once it has ended.
    async fn next(&mut self) -> Result<Option<Analysis>, Error> {
        loop {
            if self.seen.as_ref().is_some_and(|seen| seen.state.has_ended()) {
                return Ok(None);
            }
            if self.seen.is_some() {
                self.changed().await;
            }
            let mut tx = self.store.tenant(self.tenant).await?;
            let now = store::find(&mut tx, self.id).await?.ok_or_else(|| not_found(self.id))?;
            if self.seen.as_ref() != Some(&now) {
                self.seen = Some(now.clone());
                return Ok(Some(now.on_the_wire()));
            }
        }
    }

    async fn changed(&mut self) {
        let told = async {
            loop {
                match self.changes.recv().await {
                    Ok(id) if id != self.id => {}
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        tokio::select! { () = told => {}, () = tokio::time::sleep(LOOK_EVERY) => {} }
    }
}
