//! What a row tells: the contexts that count labels, and the slots of the linear model.

use super::Sample;
use crate::enrich::{folded, rule_of};

/// Contexts that tell the row itself from others: where one was seen with a label, the label is more than a guess.
pub(super) const TELLING: usize = 13;

/// All contexts of a row.
pub(super) const CONTEXTS: usize = 22;

/// The place of the whole name among the contexts.
pub(super) const NAME: usize = 0;

/// Slots of the linear model, as a power of two.
pub(super) const SLOT_BITS: u32 = 16;

/// Longest name that is looked at, in characters.
const NAME_CHARACTERS: usize = 64;

/// Most words of a text that are looked at.
const WORDS: usize = 16;

/// The hashes of a row.
#[derive(Clone, Debug)]
pub(super) struct Features {
    /// A hash for each context; 0 where the row has none.
    pub(super) contexts: [u64; CONTEXTS],
    /// Slots of the linear model, ascending, without repetition.
    pub(super) slots: Vec<u16>,
}

/// What makes two texts the same for corrections; `None` for a text without letters and digits.
pub(crate) fn text_key(text: &str) -> Option<u64> {
    let text = folded(text);
    (!text.is_empty()).then(|| Hash::of(0).text(&text).value())
}

/// A hash of parts: FNV-1a over the bytes, then the finisher of SplitMix64 so that every bit depends on all of them.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn of(kind: u8) -> Self {
        Self(0xcbf2_9ce4_8422_2325).byte(kind)
    }

    fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }

    fn text(self, text: &str) -> Self {
        text.bytes().fold(self, Self::byte).byte(0xff)
    }

    fn number(self, number: i64) -> Self {
        number.to_le_bytes().into_iter().fold(self, Self::byte)
    }

    fn letters(self, letters: &[char]) -> Self {
        letters.iter().fold(self, |hash, letter| Self(hash.0 ^ u64::from(u32::from(*letter))).byte(0))
    }

    fn value(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).max(1)
    }

    fn slot(self) -> u16 {
        u16::try_from(self.value() >> (u64::BITS - SLOT_BITS)).unwrap_or(0)
    }
}

/// An amount as the features see it.
#[derive(Clone, Copy, Default)]
struct Size {
    /// In hundredths of the main unit, saturating; tells 12.50 from 12.5 in no way.
    exact: Option<i64>,
    /// Octaves and half octaves of the size, with the sign.
    octave: i64,
    half: i64,
}

impl Size {
    // Rounded logarithms of amounts fit.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    fn of(row: &Sample<'_>) -> Self {
        let Some(amount) = row.amount else { return Self::default() };
        let hundredths = amount.units as f64 * 10f64.powi(2 - i32::from(amount.exponent));
        let log = hundredths.abs().max(1.0).log2();
        let side = if amount.units < 0 { 1_000 } else { 2_000 };
        Self {
            exact: Some(hundredths.round() as i64),
            octave: side + log.round() as i64,
            half: side + (log * 2.0).round() as i64,
        }
    }
}

/// The features of a row.
pub(super) fn features(row: &Sample<'_>) -> Features {
    let own = if row.counterparty.is_empty() { row.description } else { row.counterparty };
    let name = folded(&own.chars().take(NAME_CHARACTERS).collect::<String>());
    let memo = if row.counterparty.is_empty() { String::new() } else { folded(row.description) };
    let account = folded(row.account);
    let out = row.amount.is_none_or(|amount| amount.units < 0);
    let texts = Texts {
        words: name.split(' ').filter(|word| !word.is_empty()).take(WORDS).collect(),
        memo_words: memo.split(' ').filter(|word| !word.is_empty()).take(WORDS).collect(),
        name: &name,
        memo: &memo,
        account: &account,
        size: Size::of(row),
        // From 1; 0 where no rule applies.
        rule: rule_of(row.counterparty, row.description, out).map_or(0, |category| i64::from(category) + 1),
    };
    Features { contexts: texts.contexts(), slots: texts.slots() }
}

/// A row's texts, folded.
struct Texts<'a> {
    name: &'a str,
    words: Vec<&'a str>,
    memo: &'a str,
    memo_words: Vec<&'a str>,
    account: &'a str,
    size: Size,
    rule: i64,
}

impl Texts<'_> {
    fn contexts(&self) -> [u64; CONTEXTS] {
        let Self { name, words, memo, memo_words, account, size, rule } = self;
        let spoken: Vec<&str> = words.iter().copied().filter(|word| !is_number(word)).collect();
        let first = spoken.first().copied().unwrap_or_default();
        let two = spoken.get(..2).unwrap_or(&spoken).join(" ");
        let joined = spoken.concat();
        let memo_two = memo_words.get(..2).unwrap_or(memo_words).join(" ");
        // A context counts only where all of its parts are stated.
        let of = |kind: u8, parts: &[&str], number: Option<i64>| match number {
            Some(number) if parts.iter().all(|part| !part.is_empty()) => {
                parts.iter().fold(Hash::of(kind), |hash, part| hash.text(part)).number(number).value()
            }
            _ => 0,
        };
        let rule = (*rule > 0).then_some(*rule);
        let sized = |number: i64| size.exact.map(|_| number);
        [
            of(1, &[name], Some(0)),
            of(2, &[name], sized(size.half)),
            of(3, &[name], size.exact),
            of(4, &[&spoken.join(" ")], Some(0)),
            of(5, &[&two], Some(0)),
            of(6, &[first], Some(0)),
            of(7, &[prefix(&joined, 8)], Some(0)),
            of(8, &[first], sized(size.octave)),
            of(9, &[spoken.last().copied().unwrap_or_default()], Some(0)),
            of(10, &[&two], size.exact),
            of(11, &[memo], Some(0)),
            of(12, &[account, name], Some(0)),
            of(13, &[account, first], Some(0)),
            of(14, &[prefix(&joined, 5)], Some(0)),
            of(15, &[&memo_two], Some(0)),
            of(16, &[], size.exact),
            of(17, &[], sized(size.half)),
            of(18, &[account], Some(0)),
            of(19, &[account], sized(size.octave)),
            of(20, &[], rule),
            of(21, &[account], rule),
            of(22, &[first], rule),
        ]
    }

    fn slots(&self) -> Vec<u16> {
        let Self { name, words, memo_words, account, size, rule, .. } = self;
        let mut slots = vec![
            Hash::of(40).slot(),
            Hash::of(41).text(name).slot(),
            Hash::of(42).number(size.octave).slot(),
            Hash::of(43).number(size.half).slot(),
            Hash::of(44).text(name).number(size.half).slot(),
            Hash::of(45).text(account).slot(),
            Hash::of(46).number(*rule).slot(),
        ];
        for word in words {
            slots.push(Hash::of(47).text(word).slot());
            slots.push(Hash::of(48).text(word).number(size.octave).slot());
            slots.push(Hash::of(49).text(account).text(word).slot());
        }
        slots.extend(words.windows(2).map(|pair| pair.iter().fold(Hash::of(50), |hash, word| hash.text(word)).slot()));
        slots.extend(memo_words.iter().map(|word| Hash::of(51).text(word).slot()));
        let letters: Vec<char> =
            std::iter::once('<').chain(words.join("_").chars()).chain(std::iter::once('>')).collect();
        for length in 3..=4 {
            slots.extend(letters.windows(length).map(|gram| Hash::of(52).letters(gram).slot()));
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The first letters of a text; nothing where it is shorter.
fn prefix(text: &str, length: usize) -> &str {
    text.char_indices().nth(length).map_or(text, |(end, _)| text.get(..end).unwrap_or_default())
}
