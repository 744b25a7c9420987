//! The use cases, one file each.

pub(crate) mod forecast_series;
