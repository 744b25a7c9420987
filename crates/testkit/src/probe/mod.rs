//! A service with a method of every shape the contract allows, for tests of the guard and the transcoder.

use prost_reflect::{DescriptorPool, MethodDescriptor};
use saldo_kernel::Error;
use saldo_proto::guard::Call;

/// The generated code.
#[allow(missing_docs, clippy::all, clippy::pedantic)]
pub mod v1 {
    include!("gen/saldo.probe.v1.rs");
}

#[allow(clippy::all, clippy::pedantic, clippy::expect_used)]
mod validate {
    include!("gen/validate.rs");
}

/// The descriptors.
pub fn pool() -> DescriptorPool {
    DescriptorPool::decode(&include_bytes!("gen/descriptors.bin")[..]).expect("the descriptors of the probe")
}

/// One method by name.
pub fn method(name: &str) -> MethodDescriptor {
    let service = pool().get_service_by_name("saldo.probe.v1.ProbeService").expect("the probe");
    service.methods().find(|method| method.name() == name).expect("a method of the probe")
}

/// Answers what it saw: the caller, the scope and the request.
pub struct Probe;

fn seen<R: std::fmt::Debug>(call: &Call<R>) -> v1::Seen {
    v1::Seen { what: format!("{call:?}") }
}

#[tonic::async_trait]
impl v1::ProbeHandlers for Probe {
    async fn search_notes(&self, call: Call<v1::SearchNotesRequest>) -> Result<v1::Seen, Error> {
        Ok(seen(&call))
    }

    async fn create_note(&self, call: Call<v1::CreateNoteRequest>) -> Result<v1::Seen, Error> {
        Ok(seen(&call))
    }

    async fn count_notes(&self, call: Call<v1::CountNotesRequest>) -> Result<v1::Seen, Error> {
        Ok(seen(&call))
    }

    async fn send_note(&self, call: Call<v1::SendNoteRequest>) -> Result<v1::Seen, Error> {
        Ok(seen(&call))
    }
}
