//! How the bus works: which engine, how often it tries, how long it keeps.

use std::{collections::BTreeMap, time::Duration};

/// What carries the events.
#[derive(Clone, Debug)]
pub enum Engine {
    /// The outboxes in PostgreSQL are read themselves.
    Postgres,
    /// The outboxes are relayed to Apache Kafka.
    Kafka(Kafka),
}

/// Where Kafka is.
#[derive(Clone, Debug, Default)]
pub struct Kafka {
    /// `host:port` of one or more brokers, with commas between.
    pub brokers: String,
    /// Settings of librdkafka as it names them, such as `security.protocol`. Those that delivery rests on are ours.
    pub properties: BTreeMap<String, String>,
    /// On how many brokers each topic is kept.
    pub replication: i32,
}

/// How events are handled, the same for every group.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How often an event is tried before it is parked. Tries that failed because something is away do not count.
    pub tries: u32,
    /// The wait after the first failure; it doubles with each further one.
    pub first_wait: Duration,
    /// The longest wait between two tries.
    pub longest_wait: Duration,
    /// How long one try may take. Its transaction holds up every reader of events as long.
    pub try_limit: Duration,
    /// How many events this process handles at the same time.
    pub handlers: usize,
    /// How often to look for events that nobody was woken for.
    pub look: Duration,
    /// How long events stay in their outbox at least, handled or not.
    pub keep: Duration,
    /// How long it is remembered which events were handled. Longer than a process may be away with an event in hand.
    pub keep_handled: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tries: 8,
            first_wait: Duration::from_millis(100),
            longest_wait: Duration::from_secs(30),
            try_limit: Duration::from_secs(30),
            handlers: 8,
            look: Duration::from_secs(1),
            keep: Duration::from_secs(24 * 3600),
            keep_handled: Duration::from_secs(30 * 24 * 3600),
        }
    }
}

impl Options {
    /// The wait before the next try after `failures` in a row: doubled each time, and somewhere in its upper half by
    /// chance, so that what failed together does not come back together.
    pub(crate) fn wait(&self, failures: u32) -> Duration {
        let doubled = self.first_wait.saturating_mul(1 << failures.saturating_sub(1).min(20));
        let full = doubled.min(self.longest_wait);
        full / 2 + (full / 2).mul_f64(chance())
    }
}

/// A number from 0 to 1 by chance. The bodies of new ids are random in their last 62 bits.
fn chance() -> f64 {
    let bits = saldo_kernel::EventId::generate().body().as_u128() as u32;
    f64::from(bits) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_differ() {
        let options = Options::default();
        for (failures, full) in [(1, 100), (2, 200), (5, 1_600), (30, 30_000), (u32::MAX, 30_000)] {
            let wait = options.wait(failures);
            let full = Duration::from_millis(full);
            assert!(full / 2 <= wait && wait <= full, "{failures}: {wait:?}");
        }
        assert!((0..20).map(|_| options.wait(9)).collect::<std::collections::HashSet<_>>().len() > 1);
    }
}
