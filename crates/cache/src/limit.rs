//! A limit as the generic cell rate algorithm (GCRA, ITU-T I.371) takes it: an interval between calls and a tolerance. Both
//! engines count whole microseconds, so that they give the same answers.

use std::{num::NonZeroU32, time::Duration};

use governor::Quota;

/// How long until a call is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait(pub Duration);

/// How often something may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// What is limited, such as `calls`.
    pub name: &'static str,
    /// How often in a minute, in the long run.
    pub per_minute: NonZeroU32,
    /// How often at once.
    pub burst: NonZeroU32,
}

/// In microseconds. Bursts that take longer to come back are cut, so that sums with a date are exact in a double.
const LONGEST: u64 = 100 * 365 * 24 * 3600 * 1_000_000;

impl Limit {
    /// After how many microseconds one more call is left.
    pub(crate) fn interval(&self) -> u64 {
        (60_000_000 / u64::from(self.per_minute.get())).max(1)
    }

    /// How many microseconds calls may come before their time.
    pub(crate) fn tolerance(&self) -> u64 {
        self.interval() * u64::from(self.at_once().get() - 1)
    }

    /// The same for the engine of this process.
    pub(crate) fn quota(&self) -> Quota {
        let interval = Duration::from_micros(self.interval());
        // There is always one: the interval is never nothing.
        Quota::with_period(interval).unwrap_or(Quota::per_minute(self.per_minute)).allow_burst(self.at_once())
    }

    fn at_once(&self) -> NonZeroU32 {
        let most = u32::try_from(LONGEST / self.interval()).unwrap_or(u32::MAX);
        self.burst.min(NonZeroU32::new(most).unwrap_or(NonZeroU32::MIN))
    }
}
