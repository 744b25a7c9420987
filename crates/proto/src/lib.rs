//! The contract as Rust: messages, clients, servers, guards and descriptors, all generated from `proto/` by `make gen`,
//! and the few hand-written types that the generated code stands on. It is a crate of its own because every service and
//! the edge share it.
//!
//! Invariant: no handler is reached around its guard: only [`guard::Guarded`] implements the generated server traits.
//! Invariant: a [`saldo_kernel::Error`] that crosses the wire comes back with the same kind and reason.

// Generated code names this crate from outside and inside alike.
extern crate self as saldo_proto;

mod descriptors;
pub mod guard;
mod json;
mod status;

pub use descriptors::{MethodOptions, descriptors, encoded as encoded_descriptors, options_of};
pub use json::{dynamic_to_json, encoded_to_json, to_json};
pub use status::{from_status, to_status};

/// Financial analysis of files.
pub mod analysis {
    /// Version 1.
    #[allow(missing_docs, clippy::all, clippy::pedantic)]
    pub mod v1 {
        include!("gen/saldo.analysis.v1.rs");
    }
}

/// Files.
pub mod file {
    /// Version 1.
    #[allow(missing_docs, clippy::all, clippy::pedantic)]
    pub mod v1 {
        include!("gen/saldo.file.v1.rs");
    }
}

/// Forecasts of time series.
pub mod forecast {
    /// Version 1.
    #[allow(missing_docs, clippy::all, clippy::pedantic)]
    pub mod v1 {
        include!("gen/saldo.forecast.v1.rs");
    }
}

/// The edge.
pub mod gateway {
    /// Version 1.
    #[allow(missing_docs, clippy::all, clippy::pedantic)]
    pub mod v1 {
        include!("gen/saldo.gateway.v1.rs");
    }
}

#[allow(unused_parens, clippy::all, clippy::pedantic, clippy::expect_used)]
mod validate {
    include!("gen/validate.rs");
}
