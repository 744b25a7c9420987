//! Folding of text so that letter case, accents and punctuation tell nothing apart.

/// Gives the folded letters and digits of a character: lower case, without the common Latin accents, `ё` as `е`.
pub(crate) fn fold(letter: char, mut give: impl FnMut(char)) {
    if letter.is_ascii() {
        give(letter.to_ascii_lowercase());
        return;
    }
    for lower in letter.to_lowercase() {
        match lower {
            'à'..='å' | 'ā' | 'ă' | 'ą' => give('a'),
            'ç' | 'ć' | 'č' => give('c'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => give('e'),
            'ì'..='ï' | 'ī' | 'į' | 'ı' => give('i'),
            'ñ' | 'ń' | 'ň' => give('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => give('o'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => give('u'),
            'ý' | 'ÿ' => give('y'),
            'ş' | 'ś' | 'š' | 'ș' => give('s'),
            'ź' | 'ż' | 'ž' => give('z'),
            'ğ' => give('g'),
            'ł' => give('l'),
            'ß' => {
                give('s');
                give('s');
            }
            'ё' => give('е'),
            // The dot that lower-casing `İ` leaves, and other combining marks.
            '\u{300}'..='\u{36f}' => {}
            other => give(other),
        }
    }
}

/// The folded words of a text, with one space between them; everything but letters and digits separates words.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars() {
        if !letter.is_alphanumeric() {
            gap |= !is_combining(letter);
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        fold(letter, |folded| out.push(folded));
    }
    out
}

/// A mark that belongs to the letter before it.
pub(crate) fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// A running 64-bit FNV-1a hash over folded letters. Quick, the same on every machine, and never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Fnv(u64);

impl Fnv {
    pub(crate) const START: Self = Self(0xcbf2_9ce4_8422_2325);

    pub(crate) fn push(&mut self, letter: char) {
        self.0 = (self.0 ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3);
    }

    pub(crate) fn value(self) -> u64 {
        self.0
    }
}

/// Passes a hash that is already spread through a hash map unchanged.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spread(u64);

impl std::hash::Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u16(&mut self, value: u16) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        // The multiplier is 2^64 divided by the golden ratio (Knuth, volume 3, 6.4).
        self.0 = (self.0.rotate_left(26) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
    }
}

/// A hash map for keys that no stranger can choose to collide at will: numbers of our own or short word lists.
pub(crate) type SpreadMap<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Spread>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_punctuation_tell_nothing_apart() {
        assert_eq!(folded("  Überweisung, GEBÜHR!  "), "uberweisung gebuhr");
        assert_eq!(folded("Счёт № 12"), "счет 12");
        assert_eq!(folded("Straße"), "strasse");
        assert_eq!(folded("cafe\u{301}"), "cafe");
        assert_eq!(folded(" .,- "), "");
    }
}
