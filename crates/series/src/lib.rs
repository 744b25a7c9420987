//! Forecasts of one series of numbers: exponential smoothing, theta, seasonal naive and their median, chosen by a back-test, with
//! intervals of stated coverage. `docs/how-forecasts-are-made.md` tells the whole and what it reaches.
//!
//! Invariant: pure. No input or output, no clock, no chance, no globals; the same values give the same forecast.
//! Invariant: any values give a forecast of finite numbers or an [`Error`]; time is bounded by [`MOST_POINTS`] and [`MOST_HORIZON`].
//! Invariant: depends on no crate of ours. Written from the papers that the items cite.

mod backtest;
mod error;
pub mod ets;
mod forecast;
mod intervals;
mod least_squares;
pub mod measures;
mod methods;
pub mod naive;
mod season;
pub mod theta;

pub use error::Error;
pub use forecast::{FEWEST_POINTS, Forecast, MOST_HORIZON, MOST_POINTS, Options, Origin, Point, Score, forecast};
pub use methods::Method;
