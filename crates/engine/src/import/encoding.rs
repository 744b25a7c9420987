//! Which encoding the bytes are in, by what they hold and never by what a header claims.
//!
//! UTF-8 and UTF-16 prove themselves. Of the old encodings those of other scripts are told apart by how often each letter
//! occurs, see [`scripts`], the Latin ones by the alphabets of languages, see [`latin`]; what is left is `chardetng`'s.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, IBM866, ISO_8859_6, ISO_8859_7, ISO_8859_8, ISO_8859_8_I, KOI8_R,
    KOI8_U, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_874, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1255,
    WINDOWS_1256, X_MAC_CYRILLIC,
};

use super::{
    latin,
    scripts::{CYRILLIC, GREEK, HEBREW},
    survey::Survey,
};

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
    let encoding = foreign_script(&survey.foreign)
        .or_else(|| latin::decide(&survey.foreign))
        .unwrap_or_else(|| other(&survey.foreign));
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

/// Worse than this it is hardly Cyrillic, and worse than the next it is not.
const HARDLY_CYRILLIC: i32 = -385;
const NOT_CYRILLIC: i32 = -480;
/// By how much another script has to be likelier where nothing else tells it, and in how many letters.
const CLEARLY: i32 = 20;
const MANY_LETTERS: usize = 40;

/// The encoding of a script that is not Latin, under which the words look like text of it, if under any.
fn foreign_script(words: &[u8]) -> Option<&'static Encoding> {
    let foreign = words.iter().filter(|&&byte| byte >= 128).count();
    let ascii = words.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let runs = words.split(|&byte| byte < 128).filter(|run| !run.is_empty()).count();
    // Accents of other languages stand alone inside ASCII words.
    if ascii * 2 > foreign || foreign < runs * 2 {
        return None;
    }
    let candidates = [WINDOWS_1251, IBM866, KOI8_R, X_MAC_CYRILLIC];
    let scored = candidates.into_iter().map(|one| (CYRILLIC.score(words, one), one));
    let (score, cyrillic) = scored.max_by_key(|(score, _)| *score)?;
    let other = other(words);
    let greek = GREEK.score(words, WINDOWS_1253);
    if foreign >= MANY_LETTERS && score >= HARDLY_CYRILLIC && greek > score + CLEARLY {
        return Some(if other == ISO_8859_7 { other } else { WINDOWS_1253 });
    }
    let is_other = if [WINDOWS_1253, ISO_8859_7].contains(&other) {
        greek > score
    } else if [WINDOWS_1255, ISO_8859_8, ISO_8859_8_I].contains(&other) {
        HEBREW.score(words, other) > score
    } else {
        let asian = [BIG5, SHIFT_JIS, EUC_JP, EUC_KR, GB18030, WINDOWS_874, WINDOWS_1256, ISO_8859_6];
        asian.contains(&other) && score < HARDLY_CYRILLIC
    };
    if is_other { Some(other) } else { (score > NOT_CYRILLIC).then_some(cyrillic) }
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
        // Too little foreign text to be Russian, see `foreign_script`.
        WINDOWS_1252
    } else {
        guess
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use encoding_rs::{WINDOWS_1250, WINDOWS_1254, WINDOWS_1257};
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

    #[test]
    fn other_scripts_do_not_become_cyrillic() {
        for (encoding, name, text) in [
            (WINDOWS_1253, "windows-1253", "Ημερομηνία;Αιτιολογία;Χρέωση;Πίστωση;Υπόλοιπο;Μισθοδοσία;Ενοίκιο"),
            (WINDOWS_1253, "windows-1253", "ΗΜΕΡΟΜΗΝΙΑ;ΠΕΡΙΓΡΑΦΗ;ΠΟΣΟ;ΥΠΟΛΟΙΠΟ;ΑΓΟΡΑ;ΜΕΤΑΦΟΡΑ ΑΠΟ ΛΟΓΑΡΙΑΣΜΟ"),
            (WINDOWS_1255, "windows-1255", "תאריך;תיאור;חובה;זכות;יתרה;משכורת;העברה מחשבון"),
            (WINDOWS_1256, "windows-1256", "التاريخ;البيان;مدين;دائن;الرصيد;راتب شهر;تحويل من حساب"),
            (WINDOWS_874, "windows-874", "วันที่;รายการ;ถอนเงิน;ฝากเงิน;ยอดคงเหลือ;โอนเงิน"),
            (BIG5, "big5", "日期;摘要;支出;收入;餘額;薪資轉帳;信用卡扣款"),
            (SHIFT_JIS, "shift_jis", "取引日;摘要;出金;入金;残高;給与;カード払い"),
            (EUC_KR, "euc-kr", "거래일자;적요;출금;입금;잔액;급여;카드대금"),
        ] {
            assert_eq!(found(&encoding.encode(text).0).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn languages_of_latin_letters_keep_them() {
        for (encoding, text) in [
            (WINDOWS_1254, "Açıklama;Tutar;Bakiye;İşlem Türü;Şube;Güneş Gıda Sanayi;maaş ödemesi;havale gönderildi"),
            (WINDOWS_1257, "Paaiškinimas;Gavėjas;Įrašo;sąskaita;mokėjimas;Šiaulių;grąžinimas;žinutė;ūkis"),
            (WINDOWS_1257, "Saņēmējs;Maksātājs;Informācija saņēmējam;pārskaitījums;īre;nodokļi;ķermenis"),
        ] {
            let bytes = encoding.encode(text).0;
            let survey = survey(&mut Cursor::new(&bytes), &mut ()).expect("a survey");
            let decided = decide(&survey).expect("text");
            assert_eq!(decided.encoding.decode(&bytes).0, text, "{}", decided.name);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_decided_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            found(&bytes);
        }
    }
}
