//! One form of texts for all ways to write them, in which words are looked up.

/// Lower case, letters that are written in two ways as one of them, every other mark a single space.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut add = |letter: char| {
        if letter.is_alphanumeric() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    };
    // Most texts are ASCII, and every row is folded.
    if text.is_ascii() {
        text.chars().for_each(|letter| add(letter.to_ascii_lowercase()));
    } else {
        text.chars().flat_map(char::to_lowercase).filter_map(one_form).for_each(add);
    }
    out.truncate(out.trim_end().len());
    out
}

/// A small letter without what capitals leave out or change: the points of `ё`, Greek accents, the dot of the Turkish `İ`,
/// a hamza. `None` for an accent that stands behind its letter.
pub(crate) fn one_form(letter: char) -> Option<char> {
    Some(match letter {
        _ if letter.is_ascii() => letter,
        'ё' => 'е',
        'ı' => 'i',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'أ' | 'إ' | 'آ' => 'ا',
        '\u{300}'..='\u{36f}' => return None,
        _ => letter,
    })
}

/// `s a l d o` as `saldo`: letters that are set apart to fill a line.
pub(super) fn joined(text: String) -> String {
    let is_spaced = text.len() > 6 && text.split(' ').all(|part| part.chars().nth(1).is_none());
    if is_spaced { text.replace(' ', "") } else { text }
}

/// Whether a folded text holds any of the phrases as whole words.
pub(super) fn has_any(text: &str, phrases: &[String]) -> bool {
    let text = format!(" {text} ");
    phrases
        .iter()
        .any(|phrase| text.contains(&format!(" {phrase} ")) || is_unspaced(phrase) && text.contains(phrase.as_str()))
}

/// Direction cells may be a bare sign, which folding would lose.
pub(super) fn direction_key(cell: &str) -> String {
    let cell = cell.trim();
    if matches!(cell, "+" | "-" | "−" | "–" | "/") { cell.to_owned() } else { fold(cell) }
}

/// Whether it holds Chinese, Japanese, Korean or Thai, whose words have no spaces between them or need none.
pub(crate) fn is_unspaced(text: &str) -> bool {
    text.chars().any(|letter| {
        matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{e00}'..='\u{e7f}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_letters_and_digits_only() {
        assert_eq!(fold("  Счёт — №1 (RUB) "), "счет 1 rub");
        assert_eq!(fold("收/支"), "收 支");
    }
}
