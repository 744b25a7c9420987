//! The forms of exponential smoothing: which error, which trend, which season.

use std::fmt;

/// How the error enters: its size is the same at every level, or grows with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// `y = μ + ε`.
    Additive,
    /// `y = μ (1 + ε)`; for positive series only.
    Multiplicative,
}

/// How the level goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// It stays.
    None,
    /// It goes on by the same amount.
    Additive,
    /// It goes on by an amount that fades.
    Damped,
}

/// How a season differs from the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// There is none.
    None,
    /// By an amount.
    Additive,
    /// By a factor.
    Multiplicative,
}

/// One form of the taxonomy of Hyndman, Koehler, Ord & Snyder (2008), *Forecasting with Exponential Smoothing*, table 2.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// The first letter of `ETS(·,·,·)`.
    pub errors: Errors,
    /// The second letter.
    pub trend: Trend,
    /// The third letter.
    pub season: Season,
}

impl Form {
    /// The forms that are numerically stable. A multiplicative season with additive errors divides by states that may come near zero (ibid.,
    /// section 10.2), and a multiplicative trend grows without bound; those are left out, which leaves fifteen.
    pub fn stable() -> impl Iterator<Item = Self> {
        let seasons = [Season::None, Season::Additive, Season::Multiplicative];
        let trends = [Trend::None, Trend::Additive, Trend::Damped];
        let errors = [Errors::Additive, Errors::Multiplicative];
        let all = seasons.into_iter().flat_map(move |season| {
            trends
                .into_iter()
                .flat_map(move |trend| errors.into_iter().map(move |errors| Self { errors, trend, season }))
        });
        all.filter(|form| form.errors == Errors::Multiplicative || form.season != Season::Multiplicative)
    }

    /// Whether the form makes sense for positive series only.
    pub(super) fn needs_positive(self) -> bool {
        self.errors == Errors::Multiplicative || self.season == Season::Multiplicative
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = match self.errors {
            Errors::Additive => "A",
            Errors::Multiplicative => "M",
        };
        let trend = match self.trend {
            Trend::None => "N",
            Trend::Additive => "A",
            Trend::Damped => "Ad",
        };
        let season = match self.season {
            Season::None => "N",
            Season::Additive => "A",
            Season::Multiplicative => "M",
        };
        write!(f, "ETS({errors},{trend},{season})")
    }
}
