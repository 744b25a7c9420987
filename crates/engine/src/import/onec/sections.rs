//! The sections of an exchange as they are written: accounts with their balances, and documents.

use crate::{Error, import::limits::MAX_RECORD_BYTES};

/// A `СекцияРасчСчет`: what the bank states about one account in one period.
#[derive(Debug, Default)]
pub(super) struct RawAccount {
    pub(super) line: u64,
    pub(super) number: Box<str>,
    pub(super) from: Box<str>,
    pub(super) to: Box<str>,
    pub(super) opening: Option<Box<str>>,
    pub(super) received: Option<Box<str>>,
    pub(super) paid: Option<Box<str>>,
    pub(super) closing: Option<Box<str>>,
}

/// One of the two sides of a document.
#[derive(Debug, Default)]
pub(super) struct RawParty {
    /// `ПлательщикСчет`, which may be an account at the bank's correspondent.
    pub(super) account: Box<str>,
    /// `ПлательщикРасчСчет`
    pub(super) settlement: Box<str>,
    /// `Плательщик1`
    pub(super) name: Box<str>,
    /// `Плательщик`, often behind the tax number.
    pub(super) title: Box<str>,
    /// `ДатаСписано` of the payer, `ДатаПоступило` of the payee.
    pub(super) booked: Box<str>,
}

/// A `СекцияДокумент`.
#[derive(Debug, Default)]
pub(super) struct RawDocument {
    pub(super) line: u64,
    pub(super) number: Box<str>,
    pub(super) date: Box<str>,
    pub(super) amount: Box<str>,
    pub(super) payer: RawParty,
    pub(super) payee: RawParty,
    pub(super) purpose: String,
    pub(super) purpose_lines: [Box<str>; 6],
}

/// Where the reader is.
#[derive(Default)]
enum Open {
    #[default]
    Head,
    Account(RawAccount),
    /// With whether the last line belongs to the purpose, which may go on without a key.
    Document(Box<RawDocument>, bool),
}

/// Everything that was read.
#[derive(Default)]
pub(super) struct Sections {
    open: Open,
    /// Own accounts, as the head and the sections name them.
    pub(super) own: Vec<Box<str>>,
    pub(super) accounts: Vec<RawAccount>,
    pub(super) documents: Vec<RawDocument>,
    /// `КонецФайла` was read.
    pub(super) ended: bool,
}

impl Sections {
    /// Adds one line.
    pub(super) fn line(&mut self, text: &str, line: u64) -> Result<(), Error> {
        let text = text.trim();
        let Some((key, value)) = text.split_once('=') else { return self.bare(text, line) };
        let (key, value) = (key.trim_end(), value.trim());
        if key == "СекцияДокумент" {
            self.close();
            self.open = Open::Document(Box::new(RawDocument { line, ..RawDocument::default() }), false);
            return Ok(());
        }
        match &mut self.open {
            Open::Head if key == "РасчСчет" => self.own.push(value.into()),
            Open::Head => {}
            Open::Account(account) => account.set(key, value),
            Open::Document(document, in_purpose) => *in_purpose = document.set(key, value),
        }
        Ok(())
    }

    /// A line without a key.
    fn bare(&mut self, text: &str, line: u64) -> Result<(), Error> {
        match text {
            "СекцияРасчСчет" => {
                self.close();
                self.open = Open::Account(RawAccount { line, ..RawAccount::default() });
            }
            "КонецРасчСчет" | "КонецДокумента" => self.close(),
            "КонецФайла" => {
                self.close();
                self.ended = true;
            }
            _ => {}
        }
        // Banks break long purposes although the format does not allow it.
        if let Open::Document(document, true) = &mut self.open {
            if document.purpose.len() + text.len() > MAX_RECORD_BYTES {
                return Err(Error::LineTooLong { line: document.line, limit: MAX_RECORD_BYTES as u64 });
            }
            document.purpose.push(' ');
            document.purpose.push_str(text);
        }
        Ok(())
    }

    fn close(&mut self) {
        match std::mem::take(&mut self.open) {
            Open::Head => {}
            Open::Account(account) => {
                self.own.push(account.number.clone());
                self.accounts.push(account);
            }
            Open::Document(document, _) => self.documents.push(*document),
        }
    }

    /// Where the section starts that the file ends in.
    pub(super) fn unfinished(&self) -> Option<u64> {
        match &self.open {
            Open::Head => None,
            Open::Account(account) => Some(account.line),
            Open::Document(document, _) => Some(document.line),
        }
    }
}

impl RawAccount {
    fn set(&mut self, key: &str, value: &str) {
        let stated = || (!value.is_empty()).then(|| Box::from(value));
        match key {
            "РасчСчет" => self.number = value.into(),
            "ДатаНачала" => self.from = value.into(),
            "ДатаКонца" => self.to = value.into(),
            "НачальныйОстаток" => self.opening = stated(),
            "ВсегоПоступило" => self.received = stated(),
            "ВсегоСписано" => self.paid = stated(),
            "КонечныйОстаток" => self.closing = stated(),
            _ => {}
        }
    }
}

impl RawDocument {
    /// Tells whether the key is one of the purpose.
    fn set(&mut self, key: &str, value: &str) -> bool {
        if let Some(place) = key.strip_prefix("НазначениеПлатежа") {
            return self.set_purpose(place, value);
        }
        let field = match key {
            "Номер" => &mut self.number,
            "Дата" => &mut self.date,
            "Сумма" => &mut self.amount,
            "ДатаСписано" => &mut self.payer.booked,
            "ДатаПоступило" => &mut self.payee.booked,
            _ => match key.strip_prefix("Плательщик") {
                Some(rest) => return self.payer.set(rest, value),
                None => match key.strip_prefix("Получатель") {
                    Some(rest) => return self.payee.set(rest, value),
                    None => return false,
                },
            },
        };
        *field = value.into();
        false
    }

    fn set_purpose(&mut self, place: &str, value: &str) -> bool {
        if place.is_empty() {
            self.purpose = value.to_owned();
            return true;
        }
        let place = place.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
        if let Some(line) = place.and_then(|place| self.purpose_lines.get_mut(place)) {
            *line = value.into();
        }
        false
    }

    /// The purpose in one piece; its numbered lines repeat it or go on from it.
    pub(super) fn whole_purpose(&self) -> String {
        let mut out = self.purpose.clone();
        for line in self.purpose_lines.iter().filter(|line| !line.is_empty()) {
            if !out.contains(&**line) {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(line);
            }
        }
        out
    }
}

impl RawParty {
    fn set(&mut self, key: &str, value: &str) -> bool {
        match key {
            "Счет" => self.account = value.into(),
            "РасчСчет" => self.settlement = value.into(),
            "" => self.title = value.into(),
            "1" => self.name = value.into(),
            _ => {}
        }
        false
    }

    /// The name without the tax number in front of it.
    pub(super) fn plain_name(&self) -> &str {
        let name = without_tax_number(&self.name);
        if name.is_empty() { without_tax_number(&self.title) } else { name }
    }
}

/// `ИНН 7701234567 КПП 770101001 ООО "Ромашка"` as `ООО "Ромашка"`.
fn without_tax_number(name: &str) -> &str {
    let mut rest = name.trim();
    for label in ["ИНН", "КПП"] {
        let Some(tail) = rest.strip_prefix(label) else { continue };
        let tail = tail.trim_start_matches([':', ' ', '\\', '/']);
        let number = tail.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '/' | '\\'));
        // A name may start with the same three letters.
        if number.len() < tail.len() {
            rest = number.trim_start_matches([',', ';', ' ']);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_freed_of_tax_numbers() {
        for (written, name) in [
            ("ИНН 7701234567 ООО \"Ромашка\"", "ООО \"Ромашка\""),
            ("ИНН 7701234567 КПП 770101001 АО Вектор", "АО Вектор"),
            ("ИНН7701234567/770101001 АО Вектор", "АО Вектор"),
            ("ИННОВАЦИИ ООО", "ИННОВАЦИИ ООО"),
            ("", ""),
        ] {
            assert_eq!(without_tax_number(written), name);
        }
    }
}
