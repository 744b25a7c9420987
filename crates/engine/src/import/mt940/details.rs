//! Field 86, information to the account owner: numbered subfields, coded words between slashes, or free text.

/// What field 86 tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Details {
    pub(crate) counterparty: String,
    pub(crate) description: String,
}

/// Longest line of the field; a full line was cut in the middle of a word.
const FULL_LINE: usize = 65;
/// Lines of numbered subfields are filled up to a few characters less.
const NEARLY_FULL_LINE: usize = 60;
/// Longest numbered subfield.
const FULL_SUBFIELD: usize = 27;

/// Reads the lines of a field.
pub(crate) fn read(text: &str) -> Details {
    let start = text.trim_start();
    if let Some(mark) = subfield_mark(start) {
        return numbered(&joined(start, NEARLY_FULL_LINE, Some(mark)), mark);
    }
    let whole = joined(start, FULL_LINE, None);
    coded(&whole).unwrap_or_else(|| Details { counterparty: String::new(), description: squeezed(&whole) })
}

/// One line of many. A line below the full length was ended on purpose; a subfield's own mark needs no space.
fn joined(text: &str, full: usize, mark: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = usize::MAX;
    for line in text.split('\n') {
        let at_mark = mark.is_some_and(|mark| line.starts_with(mark) || out.ends_with(mark));
        if last < full && !at_mark {
            out.push(' ');
        }
        last = line.chars().count();
        out.push_str(line);
    }
    out
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What separates numbered subfields, such as `?` in `166?00TRANSFER?20…`: it stands between up to three digits of a
/// transaction code and two digits of a subfield.
fn subfield_mark(text: &str) -> Option<char> {
    let code = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let mut rest = text.get(code..)?.chars();
    let mark = rest.next()?;
    let alone = "?~^<>|@§".contains(mark);
    let behind_code = code == 3 && !mark.is_alphanumeric() && !mark.is_whitespace() && !"/-.,:+*()".contains(mark);
    let numbered = rest.next()?.is_ascii_digit() && rest.next()?.is_ascii_digit();
    (numbered && (alone || behind_code)).then_some(mark)
}

/// Subfields: 00 booking text, 20 to 29 and 60 to 63 purpose, 32 and 33 name.
fn numbered(text: &str, mark: char) -> Details {
    let (mut booking, mut purpose, mut name) = (String::new(), String::new(), String::new());
    for (number, value) in subfields(text, mark) {
        let place = match number {
            0 => &mut booking,
            20..=29 | 60..=63 => &mut purpose,
            32 | 33 => &mut name,
            _ => continue,
        };
        extend(place, value);
    }
    details(&booking, &purpose, &name)
}

/// A full subfield was cut in the middle of a word.
fn extend(place: &mut String, value: &str) {
    place.push_str(value);
    if value.chars().count() < FULL_SUBFIELD {
        place.push(' ');
    }
}

fn details(booking: &str, purpose: &str, name: &str) -> Details {
    let said = squeezed(&format!("{booking} {}", purpose_of(purpose)));
    Details { counterparty: squeezed(name), description: said }
}

fn subfields(text: &str, mark: char) -> Vec<(u8, &str)> {
    let mut starts = Vec::new();
    for (place, _) in text.match_indices(mark) {
        let value = place + mark.len_utf8() + 2;
        let digits = text.get(place + mark.len_utf8()..value);
        let number =
            digits.filter(|two| two.bytes().all(|byte| byte.is_ascii_digit())).and_then(|two| two.parse().ok());
        starts.extend(number.map(|number: u8| (place, number, value)));
    }
    let ends = starts.iter().skip(1).map(|(place, ..)| *place).chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|((_, number, value), end)| (*number, text.get(*value..end).unwrap_or_default()))
        .collect()
}

/// Words before the parts of a SEPA purpose; `SVWZ+` is before what the payer wrote.
const SEPA: [&str; 14] = [
    "EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "COAM+", "OAMT+", "SVWZ+", "ABWA+", "ABWE+", "IBAN+", "BIC+", "PURP+",
    "BREF+",
];

/// What the payer wrote, where that is told apart; else everything.
fn purpose_of(text: &str) -> &str {
    let Some((_, written)) = text.split_once("SVWZ+") else { return text };
    let end = SEPA.iter().filter_map(|word| written.find(word)).min().unwrap_or(written.len());
    let written = written.get(..end).unwrap_or(written);
    if written.trim().is_empty() { text } else { written }
}

/// Code words between slashes, of the Dutch and the European rule books.
const CODES: [&str; 30] = [
    "ACCT", "ADDR", "BENM", "BENP", "BIC", "BUSP", "CHGS", "CNTP", "CSID", "EREF", "EXCH", "IBAN", "ID", "ISDT",
    "KREF", "MARF", "NAME", "OCMT", "ORDP", "PREF", "PURP", "REMI", "RREF", "RTRN", "SVCL", "TRCD", "TRTP", "ULTB",
    "ULTC", "ULTD",
];

/// `/TRTP/…/NAME/…/REMI/…`; `None` where no code tells the name or the purpose.
fn coded(text: &str) -> Option<Details> {
    if !text.starts_with('/') {
        return None;
    }
    let parts = code_words(text);
    let of = |code: &str| {
        parts.iter().find(|(name, value)| *name == code && !value.is_empty()).map(|(_, value)| squeezed(value))
    };
    // Account, bank, name and city of the counterparty.
    let party = of("CNTP").and_then(|value| value.split('/').nth(2).map(squeezed));
    let name = of("NAME").or(party).filter(|name| !name.is_empty());
    let purpose = of("REMI").map(|value| unprefixed(&value));
    if name.is_none() && purpose.is_none() {
        return None;
    }
    let description = purpose.or_else(|| of("TRTP")).unwrap_or_else(|| squeezed(text));
    Some(Details { counterparty: name.unwrap_or_default(), description })
}

/// The purpose without the words that say how it is structured.
fn unprefixed(purpose: &str) -> String {
    let bare = purpose.trim_start_matches('/');
    let bare = ["USTD//", "STRD/CUR/", "STRD//"].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare);
    bare.trim_matches('/').trim().to_owned()
}

fn code_words(text: &str) -> Vec<(&str, &str)> {
    let mut starts = Vec::new();
    for (place, _) in text.match_indices('/') {
        let rest = text.get(place + 1..).unwrap_or_default();
        let code = CODES.iter().find(|code| rest.strip_prefix(**code).is_some_and(|rest| rest.starts_with('/')));
        starts.extend(code.map(|code| (place, *code, place + code.len() + 2)));
    }
    let ends = starts.iter().skip(1).map(|(place, ..)| *place).chain([text.len()]);
    let value = |start: usize, end: usize| text.get(start..end).unwrap_or_default().trim_matches('/');
    starts.iter().zip(ends).map(|((_, code, start), end)| (*code, value(*start, end))).collect()
}

/// Field NS, a German extension: lines that begin with two digits; 01 to 14 purpose, 15 and 16 name, 17 booking text.
pub(crate) fn read_lines(text: &str) -> Details {
    let (mut booking, mut purpose, mut name) = (String::new(), String::new(), String::new());
    for line in text.split('\n') {
        let Some((number, value)) = line.split_at_checked(2) else { continue };
        let place = match number.parse::<u8>() {
            Ok(1..=14) => &mut purpose,
            Ok(15 | 16) => &mut name,
            Ok(17) => &mut booking,
            _ => continue,
        };
        extend(place, value);
    }
    details(&booking, &purpose, &name)
}
