//! The use cases, one per file, named like their RPC.

pub(crate) mod analyze;
pub(crate) mod forecasts;
pub(crate) mod kept;
pub(crate) mod list_formats;
