//! The other side's name, made of what the statement writes: without card numbers, dates, references and places.

use super::{
    noise::{Noise, Sort},
    text::folded,
};

/// Where the text stands. A description holds more beside the name than a column of names does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    Counterparty,
    Description,
}

impl Origin {
    /// A word with as many digits is a reference; names such as `Forever 21` or `Studio 54` stay.
    fn reference_digits(self) -> usize {
        match self {
            Self::Counterparty => 4,
            Self::Description => 3,
        }
    }

    /// Names longer than this are sentences.
    fn words(self) -> usize {
        match self {
            Self::Counterparty => 10,
            Self::Description => 5,
        }
    }
}

/// Longest name, in characters.
const LENGTH: usize = 64;

/// A word as written and as compared.
struct Word {
    shown: String,
    folded: String,
    /// A comma, a semicolon or a double slash follows: what comes next is another part of the text.
    ends_part: bool,
    /// An ampersand follows, as in `Miller & Sons`.
    and: bool,
    /// A colon follows: it is a label, and what it labels comes next.
    is_label: bool,
}

/// The readable name in a text; empty where nothing in it is a name, but only how it was paid.
pub(crate) fn name(text: &str, origin: Origin) -> String {
    let noise = Noise::builtin();
    let mut words = words(text, origin);
    after_label(&mut words, noise);
    let is_paid = strip_prefixes(&mut words, noise);
    if origin == Origin::Description {
        stop(&mut words, noise);
    }
    strip_place(&mut words, noise);
    while words.len() > 1 && noise.last(Sort::Tail, &folded_words(&words)).is_some() {
        words.pop();
    }
    if is_only_noise(&words, noise) || (is_paid && noise.is_thanks(&folded_words(&words).join(" "))) {
        return String::new();
    }
    words.truncate(origin.words());
    shown(&words, noise)
}

/// A text as it is but for white space and marks that show nothing: better than no name at all.
pub(crate) fn as_written(text: &str) -> String {
    let visible: String = text.chars().filter(|letter| !is_hidden(*letter)).collect();
    let words: Vec<&str> = visible.split(|letter: char| letter.is_whitespace() || letter.is_control()).collect();
    let mut name = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    shorten(&mut name);
    // Punctuation alone is no name, and would make every such row the same counterparty.
    if folded(&name).is_empty() { String::new() } else { name }
}

/// What makes two names the same counterparty: the folded words without legal forms.
pub(crate) fn key(name: &str) -> String {
    let noise = Noise::builtin();
    let all: Vec<String> = folded(name).split(' ').map(str::to_owned).collect();
    let mut kept = Vec::new();
    let mut rest = all.as_slice();
    while let Some((first, others)) = rest.split_first() {
        if let Some((length, _)) = noise.longest(Sort::Legal, rest) {
            rest = rest.get(length..).unwrap_or_default();
        } else {
            kept.push(first.as_str());
            rest = others;
        }
    }
    if kept.is_empty() { all.join(" ") } else { kept.join(" ") }
}

fn words(text: &str, origin: Origin) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    // A double slash stands between name, city and country in some card descriptors.
    for (place, chunk) in text.split("//").enumerate() {
        if let (Some(last), true) = (out.last_mut(), place > 0) {
            last.ends_part = true;
        }
        for part in chunk.split(|letter: char| letter.is_whitespace() || letter.is_control() || is_separator(letter)) {
            add_word(part, origin, &mut out);
        }
    }
    out
}

fn add_word(part: &str, origin: Origin, out: &mut Vec<Word>) {
    let trimmed = trim(part);
    let folded = folded(trimmed);
    let ends_part = part.ends_with([',', ';']);
    if !folded.is_empty() && !is_reference(part, &folded, origin) {
        out.push(Word {
            shown: trimmed.chars().filter(|letter| !is_hidden(*letter)).collect(),
            folded,
            ends_part,
            and: false,
            is_label: part.ends_with(':'),
        });
    } else if let Some(last) = out.last_mut() {
        last.ends_part |= ends_part;
        last.and |= part == "&";
    }
}

/// Joins words in card descriptors and quoted names.
fn is_separator(letter: char) -> bool {
    matches!(
        letter,
        '*' | '\\' | '>' | '<' | '|' | '"' | '«' | '»' | '“' | '”' | '„' | '_' | '{' | '}' | '^' | '~' | '='
    )
}

/// Marks that change the direction or width of text and show nothing.
fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

fn trim(word: &str) -> &str {
    let start = word.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let end = start.trim_end_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '.' | '+'));
    // `S.A.` and `Inc.` keep their point, a sentence does not.
    let bare = end.trim_end_matches('.');
    if bare.contains('.') && bare.chars().count() <= 5 { end } else { bare }
}

/// Card numbers, dates, times, amounts, account numbers, document numbers.
fn is_reference(written: &str, folded: &str, origin: Origin) -> bool {
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let letters = folded.chars().filter(|letter| letter.is_alphabetic()).count();
    let starts_numbered = written.starts_with(['#', '№']);
    let masked = folded.starts_with("xx") && folded.chars().all(|letter| letter == 'x' || letter.is_ascii_digit());
    let is_date_or_time = letters == 0 && digits >= 3 && written.contains(['.', '/', '-', ':']);
    let is_mixed_code = letters > 0 && digits >= 2 && digits + letters >= 6 && !written.contains('-');
    (digits > 0 && starts_numbered)
        || masked
        || is_date_or_time
        || is_mixed_code
        || digits >= origin.reference_digits()
        || (origin == Origin::Description && letters == 0)
}

fn folded_words(words: &[Word]) -> Vec<String> {
    words.iter().flat_map(|word| word.folded.split(' ').map(str::to_owned)).collect()
}

/// Where a label of the other side stands in a text, as in `Empfänger: A. Muster IBAN: …`, the name is between it and the next
/// label. Other labels end what they stand behind.
fn after_label(words: &mut Vec<Word>, noise: &Noise) {
    let is_party =
        |word: &Word| word.is_label && noise.longest(Sort::Party, std::slice::from_ref(&word.folded)).is_some();
    if let Some(place) = words.iter().position(is_party).filter(|place| place + 1 < words.len()) {
        words.drain(..=place);
        let next = words.iter().skip(1).position(|word| word.is_label).map(|place| place + 1);
        words.truncate(next.unwrap_or(usize::MAX));
    }
}

/// Strips how it was paid, as long as something is left. Gives whether something was stripped.
fn strip_prefixes(words: &mut Vec<Word>, noise: &Noise) -> bool {
    let before = words.len();
    loop {
        let all = folded_words(words);
        let longest = noise.longest(Sort::Prefix, &all).and_then(|(length, _)| whole_words(words.iter(), length));
        let Some(taken) = longest.filter(|taken| *taken < words.len()) else { return words.len() < before };
        words.drain(..taken);
    }
}

/// How many written words make so many folded ones; `None` where a written word would be cut.
fn whole_words<'a>(words: impl Iterator<Item = &'a Word>, mut folded: usize) -> Option<usize> {
    let mut taken = 0;
    for word in words {
        if folded == 0 {
            break;
        }
        folded = folded.checked_sub(word.folded.split(' ').count())?;
        taken += 1;
    }
    (folded == 0).then_some(taken)
}

/// Cuts a description after its first part and before words that begin the particulars.
fn stop(words: &mut Vec<Word>, noise: &Noise) {
    let ends = words.iter().position(|word| word.ends_part).map(|place| place + 1);
    let stops =
        words.iter().skip(1).position(|word| noise.longest(Sort::Stop, std::slice::from_ref(&word.folded)).is_some());
    let length = [ends, stops.map(|place| place + 1)].into_iter().flatten().min();
    words.truncate(length.unwrap_or(usize::MAX));
}

/// Strips a country or state code in capitals from the end, then the city before it.
fn strip_place(words: &mut Vec<Word>, noise: &Noise) {
    let mut placed = false;
    for sort in [Sort::Country, Sort::State] {
        let is_code = words.last().is_some_and(|word| {
            let capitals = word.shown.chars().all(|letter| letter.is_ascii_uppercase());
            capitals && noise.longest(sort, std::slice::from_ref(&word.folded)).is_some()
        });
        if is_code && words.len() > 1 {
            words.pop();
            placed = true;
        }
    }
    let Some(length) = placed.then(|| noise.last(Sort::City, &folded_words(words))).flatten() else { return };
    if let Some(taken) = whole_words(words.iter().rev(), length).filter(|taken| *taken < words.len()) {
        words.truncate(words.len() - taken);
    }
}

/// Whether the text says only how it was paid.
fn is_only_noise(words: &[Word], noise: &Noise) -> bool {
    let all = folded_words(words);
    let whole = |sort| noise.longest(sort, &all).is_some_and(|(length, _)| length == all.len());
    whole(Sort::Prefix) || whole(Sort::Tail) || whole(Sort::Stop)
}

fn shown(words: &[Word], noise: &Noise) -> String {
    // Where everything is in capitals, words read better with one.
    let shouted = words.iter().all(|word| !word.shown.chars().any(char::is_lowercase));
    let all: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
    let mut out: Vec<String> = Vec::new();
    let mut place = 0;
    while let Some(word) = words.get(place) {
        if place > 0
            && words.get(place - 1).is_some_and(|before| before.and)
            && out.last().is_some_and(|last| !last.contains('&'))
        {
            out.push("&".to_owned());
        }
        let rest = all.get(place..).unwrap_or_default();
        // A single word that looks like a legal form is the name itself.
        if let Some((length, form)) = noise.longest(Sort::Legal, rest).filter(|(length, _)| *length < words.len()) {
            out.push(form.to_owned());
            place += length;
            continue;
        }
        let joins = place > 0 && noise.longest(Sort::Tail, rest.get(..1).unwrap_or_default()).is_some();
        out.push(match shouted {
            true if joins => word.shown.to_lowercase(),
            true => capitalized(&word.shown, words.len()),
            false => word.shown.clone(),
        });
        place += 1;
    }
    let mut name = out.join(" ");
    shorten(&mut name);
    name
}

fn shorten(name: &mut String) {
    if let Some((end, _)) = name.char_indices().nth(LENGTH) {
        name.truncate(end);
        name.truncate(name.trim_end().len());
    }
}

/// `PYATEROCHKA` as `Pyaterochka`. Words that may be abbreviations stay: up to three letters, up to four where they stand
/// alone or have no vowel, and words with digits or points.
fn capitalized(word: &str, words: usize) -> String {
    let plain = word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'));
    let has_vowel = folded(word).contains(['a', 'e', 'i', 'o', 'u', 'y', 'а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я']);
    let short = if words > 1 && has_vowel { 3 } else { 4 };
    if !plain || word.chars().count() <= short {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let mut starts = true;
    for letter in word.chars() {
        if starts {
            out.push(letter);
        } else {
            out.extend(letter.to_lowercase());
        }
        starts = letter == '-';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_cards_dates_references_and_places() {
        for (text, expected) in [
            ("POS PURCHASE 1234 STARBUCKS STORE #04521 SEATTLE WA US", "Starbucks Store"),
            ("PYATEROCHKA 12345 MOSCOW RUS", "Pyaterochka"),
            ("Card payment to Tesco Stores 3412 on 12 MAR 2024", "Tesco Stores"),
            ("LIDL DIENSTLEISTUNG GMBH & CO. KG//BERLIN/DE 2024-03-01T12:31", "Lidl Dienstleistung GmbH & Co. KG"),
            ("PAIEMENT PAR CARTE X1234 CARREFOUR MARKET PARIS FR", "Carrefour Market"),
            ("Оплата товаров и услуг *1234 МАГНИТ ММ", "Магнит ММ"),
            ("AMAZON.COM*MK1AB2 SEATTLE WA", "AMAZON.COM"),
            ("SQ *BLUE BOTTLE COFFEE", "Blue Bottle Coffee"),
            ("NETFLIX.COM", "NETFLIX.COM"),
            ("Transfer to Garden Friends, ref 12345", "Garden Friends"),
            ("FUND TRANSFER FROM GARDEN FRIENDS", "Fund Transfer from Garden Friends"),
            ("HSBC BANK OF ASIA", "HSBC Bank of Asia"),
            ("MILLER & SONS LEEDS GB", "Miller & Sons"),
            ("DIRECT DEBIT PAYMENT - THAN", ""),
            ("Payment received, thank you", ""),
            ("ELBA-INTERNET VOM 28.06 UM 23:13 Empfänger: Anna Muster Verwendungszweck: Miete", "Anna Muster"),
            ("SEPA Naam: J. Jansen Omschrijving: huur IBAN: NL28INGB0000000001", "J Jansen"),
            ("Transfer", ""),
            ("12.03.2024", ""),
        ] {
            assert_eq!(name(text, Origin::Description), expected, "{text}");
        }
    }

    #[test]
    fn a_column_of_names_is_taken_nearly_as_it_is() {
        for (text, expected) in [
            ("ООО \"Ромашка\"", "ООО Ромашка"),
            ("Общество с ограниченной ответственностью «Вектор Плюс»", "ООО Вектор Плюс"),
            ("  Müller   Großhandel GmbH ", "Müller Großhandel GmbH"),
            ("Forever 21", "Forever 21"),
            ("7-Eleven", "7-Eleven"),
            ("1&1 Telecom GmbH", "1&1 Telecom GmbH"),
            ("Miller & Mill", "Miller & Mill"),
            ("Bäckerei Huber GmbH & Co. KG", "Bäckerei Huber GmbH & Co. KG"),
            ("IBM", "IBM"),
            ("Card payment", ""),
            ("Alb\u{202e}ert", "Albert"),
            ("", ""),
        ] {
            assert_eq!(name(text, Origin::Counterparty), expected, "{text}");
        }
    }

    #[test]
    fn a_text_without_a_name_is_kept_as_written_where_nothing_else_is_known() {
        assert_eq!(as_written(" Card\n payment\u{200b} "), "Card payment");
        assert_eq!(as_written("***"), "");
    }

    #[test]
    fn spelling_and_legal_form_do_not_tell_two_names_apart() {
        assert_eq!(key("ООО Ромашка"), key("Ромашка, ООО"));
        assert_eq!(key("Müller GmbH"), key("MULLER"));
        assert_ne!(key("Müller GmbH"), key("Meier GmbH"));
        assert_eq!(key("ООО"), "ооо");
    }

    #[test]
    fn a_name_is_stable() {
        for text in ["POS PURCHASE 1234 STARBUCKS STORE #04521 SEATTLE WA US", "ООО \"Ромашка\"", "AMAZON.COM*MK1AB2"]
        {
            let once = name(text, Origin::Description);
            assert_eq!(name(&once, Origin::Counterparty), once);
        }
    }
}
