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
        })
    }
}

#[tonic::async_trait]
impl GatewayHandlers for Server {
    async fn get_server(&self, _: Call<GetServerRequest>) -> Result<GetServerResponse, Error> {
        Ok(self.0.clone())
    }
}
