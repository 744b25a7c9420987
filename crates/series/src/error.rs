//! Why a series has no forecast.

/// Why a series has no forecast. The text is for a person.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Error {
    /// A history this short tells nothing.
    #[error("too short: {points} points, needs {needed}")]
    TooShort {
        /// Points given.
        points: usize,
        /// Fewest points a forecast is made of.
        needed: usize,
    },
    /// A point is not a number, or infinite.
    #[error("point {index} is not a finite number")]
    NotFinite {
        /// Where it stands, from 0.
        index: usize,
    },
    /// None, or more points asked for than are forecast.
    #[error("horizon {horizon} is not within 1 and {most}")]
    Horizon {
        /// Points asked for.
        horizon: usize,
        /// Most points that are forecast.
        most: usize,
    },
    /// The points are so large that what follows them is not a number any more.
    #[error("the forecast is beyond the largest number")]
    OutOfRange,
}
