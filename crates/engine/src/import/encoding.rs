//! Which encoding the bytes are in, by what they hold and never by what a header claims.
//!
//! UTF-8 and UTF-16 prove themselves. Of the old one-byte encodings the Cyrillic ones are told apart by how often each
//! letter occurs in Russian text and by capitals inside words, the Latin ones by the alphabets of languages, see
//! [`latin`]; what is left is `chardetng`'s.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, GB18030, GBK, IBM866, KOI8_R, KOI8_U, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252,
    X_MAC_CYRILLIC,
};

use super::{latin, survey::Survey};

/// An encoding with the name that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextEncoding {
    /// Such as `windows-1251`, `utf-8 with BOM`, `ascii`.
    pub(crate) name: String,
    /// What decodes it.
    pub(crate) encoding: &'static Encoding,
    /// Bytes of the byte order mark.
    pub(crate) skip: u64,
}

/// The encoding of a surveyed file; `None` where it is not text.
pub(crate) fn decide(survey: &Survey) -> Option<TextEncoding> {
    if let Some((encoding, skip)) = Encoding::for_bom(&survey.head) {
        return Some(named(format!("{} with BOM", shown(encoding)), encoding, skip as u64));
    }
    if let Some(encoding) = utf16_without_mark(survey) {
        return Some(named(shown(encoding), encoding, 0));
    }
    let nul = survey.nul[0] + survey.nul[1];
    if (nul + survey.control) * 100 > survey.size {
        return None;
    }
    if survey.foreign.is_empty() {
        return Some(named("ascii".to_owned(), UTF_8, 0));
    }
    // A few damaged bytes among many whole characters do not make it another encoding.
    if survey.utf8.multibyte > 0 && survey.utf8.invalid * 50 <= survey.utf8.multibyte {
        return Some(named("utf-8".to_owned(), UTF_8, 0));
    }
    let encoding =
        cyrillic(&survey.foreign).or_else(|| latin::decide(&survey.foreign)).unwrap_or_else(|| other(&survey.foreign));
    Some(named(shown(encoding), encoding, 0))
}

fn named(name: String, encoding: &'static Encoding, skip: u64) -> TextEncoding {
    TextEncoding { name, encoding, skip }
}

fn shown(encoding: &'static Encoding) -> String {
    if encoding == IBM866 { "cp866".to_owned() } else { encoding.name().to_ascii_lowercase() }
}

/// Every table has ASCII digits and separators, so one of the two bytes of most characters is zero.
fn utf16_without_mark(survey: &Survey) -> Option<&'static Encoding> {
    let (half, [even, odd]) = (survey.size / 2, survey.nul);
    if survey.size < 4 {
        None
    } else if odd * 5 > half && even * 20 < odd {
        Some(UTF_16LE)
    } else if even * 5 > half && odd * 20 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Natural logarithms of the share of each letter, in hundredths, for `а`..`я`.
const RUSSIAN: [i32; 32] = [
    -252, -414, -309, -411, -351, -247, -466, -414, -261, -441, -335, -313, -344, -270, -221, -357, -305, -291, -277,
    -364, -591, -463, -533, -424, -493, -563, -780, -396, -405, -573, -506, -391,
];
const UNSEEN: i32 = -900;
/// A capital after a small letter is what a wrong one of these encodings looks like.
const CAPITAL_INSIDE: i32 = -500;

/// The Cyrillic encoding under which the words look like Russian, if under any.
fn cyrillic(words: &[u8]) -> Option<&'static Encoding> {
    let foreign = words.iter().filter(|&&byte| byte >= 128).count();
    let ascii = words.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let runs = words.split(|&byte| byte < 128).filter(|run| !run.is_empty()).count();
    // Accents of other languages stand alone inside ASCII words.
    if ascii * 2 > foreign || foreign < runs * 2 {
        return None;
    }
    let candidates = [WINDOWS_1251, IBM866, KOI8_R, X_MAC_CYRILLIC];
    let (score, best) = candidates.into_iter().map(|one| (russian_score(words, one), one)).max_by_key(|(s, _)| *s)?;
    (score > -480).then_some(best)
}

/// The mean score of a foreign letter.
fn russian_score(words: &[u8], encoding: &'static Encoding) -> i32 {
    let (text, _) = encoding.decode_without_bom_handling(words);
    let (mut sum, mut count, mut before_small) = (0_i64, 0_i64, false);
    for letter in text.chars() {
        if letter.is_ascii() || matches!(letter, '№' | '«' | '»' | '—' | '–' | '\u{a0}' | '…' | '„' | '“' | '”')
        {
            before_small = false;
            continue;
        }
        let small = letter.to_lowercase().next().unwrap_or(letter);
        let place = (small as u32).checked_sub('а' as u32).and_then(|place| usize::try_from(place).ok());
        let known = match small {
            'ё' => Some(-700),
            'і' => Some(-500),
            'ї' | 'є' => Some(-650),
            _ => place.and_then(|place| RUSSIAN.get(place).copied()),
        };
        let capital_inside = before_small && small != letter;
        sum += i64::from(known.unwrap_or(UNSEEN) + if capital_inside { CAPITAL_INSIDE } else { 0 });
        count += 1;
        before_small = known.is_some() && small == letter;
    }
    i32::try_from(sum / count.max(1)).unwrap_or(UNSEEN)
}

/// The encoding of text that is not Cyrillic.
fn other(words: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(words, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == GBK || guess == GB18030 {
        GB18030
    } else if guess == KOI8_U {
        KOI8_R
    } else if [IBM866, X_MAC_CYRILLIC, WINDOWS_1251, KOI8_R].contains(&guess) {
        // Too little foreign text to be Russian, see `cyrillic`.
        WINDOWS_1252
    } else {
        guess
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use encoding_rs::WINDOWS_1250;
    use proptest::prelude::*;

    use super::*;
    use crate::import::survey::survey;

    fn found(bytes: &[u8]) -> Option<String> {
        let survey = survey(&mut Cursor::new(bytes), &mut ()).expect("a survey");
        decide(&survey).map(|encoding| encoding.name)
    }

    const RUSSIAN_TEXT: &str = "Дата операции;Сумма;Описание\n01.02.2024;-100,00;Оплата услуг связи за январь\n";

    #[test]
    fn each_cyrillic_encoding_is_found_by_its_letters() {
        for (encoding, name) in
            [(WINDOWS_1251, "windows-1251"), (IBM866, "cp866"), (KOI8_R, "koi8-r"), (X_MAC_CYRILLIC, "x-mac-cyrillic")]
        {
            let (bytes, _, _) = encoding.encode(RUSSIAN_TEXT);
            assert_eq!(found(&bytes).as_deref(), Some(name));
        }
    }

    #[test]
    fn unicode_is_found_with_and_without_a_mark() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert_eq!(found(RUSSIAN_TEXT.as_bytes()).as_deref(), Some("utf-8"));
        assert_eq!(found(format!("\u{feff}{RUSSIAN_TEXT}").as_bytes()).as_deref(), Some("utf-8 with BOM"));
        assert_eq!(found(&wide(RUSSIAN_TEXT)).as_deref(), Some("utf-16le"));
        assert_eq!(found(&wide(&format!("\u{feff}{RUSSIAN_TEXT}"))).as_deref(), Some("utf-16le with BOM"));
        assert_eq!(found(b"Date,Amount\n").as_deref(), Some("ascii"));
    }

    #[test]
    fn western_and_central_european_letters_are_told_apart() {
        let western = "Überweisung für Gebühren;Café Zürich;Straße;déjà reçu";
        let central = "Opłata za prowadzenie rachunku;Wpłata własna;Książka;źródło;żółty;prąd;ulica Świętokrzyska";
        assert_eq!(found(&WINDOWS_1252.encode(western).0).as_deref(), Some("windows-1252"));
        assert_eq!(found(&WINDOWS_1250.encode(central).0).as_deref(), Some("windows-1250"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_decided_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            found(&bytes);
        }
    }
}
