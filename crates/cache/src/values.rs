//! Values of this process: those that end first make room for others.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;

use crate::Key;

/// The bytes of all keys and values.
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// What an entry takes beside its key's text and its value.
const OVERHEAD: usize = 256;

/// A bounded table of values.
#[derive(Default)]
pub(crate) struct Values {
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    by_key: HashMap<Arc<Key>, Entry>,
    by_end: BTreeMap<End, Arc<Key>>,
    bytes: usize,
    entries_ever: u64,
}

/// When an entry ends, and its number among all that ever were.
type End = (Instant, u64);

struct Entry {
    value: Bytes,
    end: End,
    bytes: usize,
}

impl Values {
    pub(crate) fn get(&self, key: &Key) -> Option<Bytes> {
        self.table().by_key.get(key).filter(|entry| entry.end.0 > Instant::now()).map(|entry| entry.value.clone())
    }

    pub(crate) fn put(&self, key: &Key, value: Bytes, time: Duration) {
        let mut table = self.table();
        table.remove(key);
        let now = Instant::now();
        let bytes = key.name.len() + value.len() + OVERHEAD;
        let Some(end) = now.checked_add(time).filter(|_| bytes <= MOST_BYTES) else { return };
        table.make_room(now, bytes);
        table.entries_ever += 1;
        let (key, end) = (Arc::new(key.clone()), (end, table.entries_ever));
        table.bytes += bytes;
        table.by_end.insert(end, Arc::clone(&key));
        table.by_key.insert(key, Entry { value, end, bytes });
    }

    pub(crate) fn forget(&self, key: &Key) {
        self.table().remove(key);
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn remove(&mut self, key: &Key) {
        if let Some(entry) = self.by_key.remove(key) {
            self.by_end.remove(&entry.end);
            self.bytes -= entry.bytes;
        }
    }

    /// Removes those that have ended, and as many of the next ones as must go.
    fn make_room(&mut self, now: Instant, bytes: usize) {
        while let Some((&(end, _), key)) = self.by_end.first_key_value() {
            if end > now && self.bytes + bytes <= MOST_BYTES {
                break;
            }
            let key = Arc::clone(key);
            self.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;
    use crate::Owner;

    fn key(number: u64) -> Key {
        Key { owner: Owner::at(IpAddr::V4(Ipv4Addr::LOCALHOST)), kind: "test", name: number.to_string() }
    }

    #[test]
    fn memory_is_bounded_and_those_that_end_first_go_first() {
        let values = Values::default();
        let large = Bytes::from(vec![0; MOST_BYTES / 8]);
        for number in 0..100 {
            values.put(&key(number), large.clone(), Duration::from_secs(1_000 + number));
            let table = values.table();
            assert!(table.bytes <= MOST_BYTES);
            assert_eq!(table.by_key.len(), table.by_end.len());
        }
        assert!(values.get(&key(99)).is_some() && values.get(&key(93)).is_some());
        assert!(values.get(&key(92)).is_none());
        values.put(&key(0), Bytes::from(vec![0; MOST_BYTES]), Duration::from_secs(9_000));
        assert!(values.get(&key(0)).is_none() && values.get(&key(99)).is_some(), "what is too large is not kept");
        values.put(&key(99), Bytes::from_static(b"small"), Duration::MAX);
        assert!(values.get(&key(99)).is_none(), "the old value is gone in any case");
    }
}
