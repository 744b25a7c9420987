//! `saldo.gateway.v1.GatewayService`.

use saldo_kernel::Error;
use saldo_proto::{
    gateway::v1::{GatewayHandlers, GetServerRequest, GetServerResponse, Limits},
    guard::Call,
};

use crate::config::Config;

/// What the server tells of itself.
pub(crate) struct Server(GetServerResponse);

impl Server {
    pub(crate) fn new(config: &Config, targets: &[&str]) -> Self {
        Self(GetServerResponse {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            targets: targets.iter().map(ToString::to_string).collect(),
            limits: Some(Limits { max_upload_bytes: config.max_upload_bytes }),
            workspace_id: String::new(),
        })
    }
}

#[tonic::async_trait]
impl GatewayHandlers for Server {
    async fn get_server(&self, call: Call<GetServerRequest>) -> Result<GetServerResponse, Error> {
        let workspace = call.caller.tenant().and_then(|tenant| tenant.workspace);
        let workspace_id = workspace.map(|workspace| workspace.to_string()).unwrap_or_default();
        Ok(GetServerResponse { workspace_id, ..self.0.clone() })
    }
}
