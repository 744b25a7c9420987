//! What was found out about a short text, remembered: columns repeat their values.

/// Longest text that is remembered, in bytes.
const LONGEST: usize = 24;
/// A power of two.
const SLOTS: usize = 1 << 11;

/// A bounded table: a text that falls on the place of another takes it.
pub(crate) struct Memo<V> {
    slots: Vec<Option<Slot<V>>>,
}

#[derive(Clone, Copy)]
struct Slot<V> {
    words: [u64; 3],
    length: usize,
    value: V,
}

impl<V: Copy> Memo<V> {
    /// Remembers nothing yet.
    pub(crate) fn new() -> Self {
        Self { slots: vec![None; SLOTS] }
    }

    /// The value of a text, which `make` finds out if it is not remembered.
    pub(crate) fn of(&mut self, text: &str, make: impl FnOnce() -> V) -> V {
        let length = text.len();
        if length > LONGEST {
            return make();
        }
        let words = words(text.as_bytes());
        let [one, two, three] = words;
        let mixed =
            (one ^ two.rotate_left(23) ^ three.rotate_left(47) ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let Some(slot) = self.slots.get_mut((mixed >> 48) as usize % SLOTS) else { return make() };
        match slot {
            Some(slot) if slot.words == words && slot.length == length => slot.value,
            slot => {
                let value = make();
                *slot = Some(Slot { words, length, value });
                value
            }
        }
    }
}

/// Up to 24 bytes as three words.
fn words(bytes: &[u8]) -> [u64; 3] {
    let mut out = [0; 3];
    for (word, bytes) in out.iter_mut().zip(bytes.chunks(8)) {
        *word = match bytes.try_into() {
            Ok(eight) => u64::from_le_bytes(eight),
            Err(_) => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_out_once_and_never_mistaken_for_another() {
        let (mut memo, mut made) = (Memo::new(), 0);
        let long = "x".repeat(LONGEST + 1);
        for text in ["", "a", "a\0", "12345678", "123456789", "a", "a", "\0", &long] {
            assert_eq!(
                memo.of(text, || {
                    made += 1;
                    text.len()
                }),
                text.len()
            );
        }
        assert_eq!(made, 7);
    }
}
