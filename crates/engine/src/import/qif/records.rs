//! Records of a Quicken file as they are written: lines that start with a letter, ended by `^`.

use crate::{Error, import::limits::MAX_RECORD_BYTES};

/// A movement as it is tagged.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) line: u64,
    pub(super) date: Option<Box<str>>,
    pub(super) amount: Option<Box<str>>,
    pub(super) payee: Box<str>,
    pub(super) memo: Box<str>,
    pub(super) category: Box<str>,
    pub(super) account: Box<str>,
    /// Amounts of the parts it is split into.
    pub(super) splits: Vec<Box<str>>,
    /// A record of securities, whose amounts are none of an account.
    pub(super) investment: bool,
}

/// What the records at hand are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum List {
    #[default]
    Movements,
    Investments,
    /// An account, which the movements behind it belong to.
    Account,
    /// Categories, classes, securities, prices: no movements.
    Other,
}

/// Everything that was read.
#[derive(Default)]
pub(super) struct Records {
    list: List,
    account: Box<str>,
    open: Option<Raw>,
    pub(super) movements: Vec<Raw>,
}

impl Records {
    /// Adds one line.
    pub(super) fn line(&mut self, text: &str, line: u64) -> Result<(), Error> {
        let text = text.trim_start_matches('\u{feff}');
        if let Some(header) = text.strip_prefix('!') {
            self.header(header);
            return Ok(());
        }
        let Some(tag) = text.chars().next() else { return Ok(()) };
        let value = text.get(tag.len_utf8()..).unwrap_or_default().trim();
        match (tag, self.list) {
            ('^', _) => self.end(),
            ('N', List::Account) => self.account = value.into(),
            (_, List::Account | List::Other) => {}
            (_, List::Movements | List::Investments) => self.set(tag, value, line)?,
        }
        Ok(())
    }

    fn header(&mut self, header: &str) {
        const LISTS: [&str; 10] =
            ["cat", "class", "memorized", "security", "prices", "budget", "tag", "template", "invitem", "bill"];
        let header = header.trim().to_lowercase();
        // A record that is not ended is one all the same.
        self.end();
        self.list = match header.strip_prefix("type:").map(str::trim) {
            Some("invst") => List::Investments,
            Some(kind) if LISTS.contains(&kind) => List::Other,
            Some(_) => List::Movements,
            None if header == "account" => List::Account,
            // Options change nothing about the records.
            None => self.list,
        };
    }

    fn set(&mut self, tag: char, value: &str, line: u64) -> Result<(), Error> {
        let investment = self.list == List::Investments;
        let open = self.open.get_or_insert_with(|| Raw { line, investment, ..Raw::default() });
        match tag {
            'D' => open.date = Some(value.into()),
            'T' => open.amount = Some(value.into()),
            // The same as `T`, in later versions.
            'U' => open.amount = open.amount.take().or_else(|| Some(value.into())),
            'P' => open.payee = value.into(),
            'M' => open.memo = value.into(),
            'L' => open.category = value.into(),
            '$' => {
                if open.splits.len() > MAX_RECORD_BYTES / 64 {
                    return Err(Error::LineTooLong { line: open.line, limit: MAX_RECORD_BYTES as u64 });
                }
                open.splits.push(value.into());
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self) {
        let account = self.account.clone();
        self.movements.extend(self.open.take().map(|open| Raw { account, ..open }));
    }

    /// Names the account of the movements from here on and of those before that have none.
    pub(super) fn name_account(movements: &mut [Raw], name: &str) {
        movements.iter_mut().filter(|one| one.account.is_empty()).for_each(|one| one.account = name.into());
    }

    /// Where the record starts that the file ends in.
    pub(super) fn unfinished(&self) -> Option<u64> {
        self.open.as_ref().map(|open| open.line)
    }
}

/// `[Savings]` as `Savings`: an account in the place of a category.
pub(super) fn own_account(category: &str) -> Option<&str> {
    let inside = category.strip_prefix('[')?;
    inside.split(']').next()
}

/// A date in the form of a table: spaces pad the parts, and `'` or nothing stands before a year of few digits. Quicken
/// writes `'` from 2000 on, other programs before any short year.
pub(super) fn plain_date(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let Some((front, year)) = text.rsplit_once(['\'', '/']) else { return text };
    let full = match year.len() {
        1 => format!("200{year}"),
        2 if text.contains('\'') => format!("{}{year}", if year < "70" { "20" } else { "19" }),
        _ => year.to_owned(),
    };
    // Behind `15.3'24` the point goes on: what stands between the parts tells their order.
    let mark = front.chars().find(|letter| matches!(letter, '.' | '-')).unwrap_or('/');
    format!("{front}{mark}{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_brought_into_the_form_of_a_table() {
        for (written, plain) in [
            ("1/31'24", "1/31/2024"),
            (" 1/ 3' 4", "1/3/2004"),
            ("12/25'94", "12/25/1994"),
            ("15.3'2024", "15.3.2024"),
            ("16-3'24", "16-3-2024"),
            ("12/31/94", "12/31/94"),
            ("31/12/2024", "31/12/2024"),
            ("2024-01-31", "2024-01-31"),
            ("31.12.2024", "31.12.2024"),
        ] {
            assert_eq!(plain_date(written), plain);
        }
    }
}
