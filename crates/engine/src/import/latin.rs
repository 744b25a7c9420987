//! Which one-byte encoding of Latin letters a text is in: the one under which its letters belong to one language.

use encoding_rs::{Encoding, ISO_8859_2, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257};

/// Letters beyond `a`–`z` by language.
const ALPHABETS: [&str; 14] = [
    "äöüß",
    "àâæçéèêëîïôœùûüÿ",
    "áéíñóúüçºª",
    "ãáàâçéêíóôõúü",
    "àèéìíîòóùú",
    "ëéèïöüáóíâêà",
    "åäöéü",
    "æøåéäö",
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýž",
    "áéíóöőúüű",
    "ăâîșțşţ",
    "çğıöşüâî",
    "čđšžćāčēģīķļņšūžąęėįų",
];

/// The encoding under which (nearly) all letters belong to one alphabet; of equals the first.
pub(crate) fn decide(words: &[u8]) -> Option<&'static Encoding> {
    let candidates = [WINDOWS_1252, WINDOWS_1250, ISO_8859_2, WINDOWS_1257, WINDOWS_1254];
    let scored = candidates.into_iter().map(|encoding| (share(words, encoding), encoding));
    // Of equals `max_by_key` keeps the last.
    let (share, best) = scored.rev().max_by_key(|(share, _)| *share)?;
    (share >= 900).then_some(best)
}

/// The largest share of foreign letters that one alphabet holds, in thousandths.
fn share(words: &[u8], encoding: &'static Encoding) -> usize {
    let (text, _) = encoding.decode_without_bom_handling(words);
    // Currency signs, dashes and quotation marks belong to all languages.
    let common = |letter: &char| letter.is_ascii() || "€£§°«»„“”’‘–—…·\u{a0}©®".contains(*letter);
    let letters: Vec<char> = text.chars().filter(|letter| !common(letter)).flat_map(char::to_lowercase).collect();
    if letters.is_empty() {
        return 1_000;
    }
    let held = |alphabet: &&str| letters.iter().filter(|letter| alphabet.contains(**letter)).count();
    ALPHABETS.iter().map(|alphabet| held(alphabet) * 1_000 / letters.len()).max().unwrap_or(0)
}
