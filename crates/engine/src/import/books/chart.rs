//! What an account of books is, by the words of its name or by its number: see data/accounts.toml.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::items::Items;
use crate::{
    AccountClass, Error,
    import::words::{Side, fold, is_unspaced},
};

#[derive(Deserialize)]
struct File {
    names: Vec<Names>,
    charts: Vec<Numbers>,
    headers: HeaderWords,
    titles: BTreeMap<String, Vec<String>>,
    headed: HeadedWords,
    offset: OffsetWords,
    items: Items,
    sides: SideWords,
    times: Times,
}

#[derive(Deserialize)]
struct Names {
    class: AccountClass,
    weight: u8,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct HeaderWords {
    ledger: Vec<String>,
    /// By language.
    accounts: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct HeadedWords {
    ledgers: Vec<String>,
    totals: Vec<String>,
    acts: Vec<String>,
}

#[derive(Deserialize)]
struct OffsetWords {
    headers: Vec<String>,
    titles: Vec<String>,
}

/// The numbers of one country's chart, by their starts.
#[derive(Clone, Deserialize)]
struct Numbers {
    language: String,
    /// How many digits its numbers have, whose first ones tell the class; where none are given a class has its own number,
    /// with subaccounts behind a full stop.
    #[serde(default)]
    digits: Vec<usize>,
    /// Custom and no law: what the name of an account says comes first.
    #[serde(default)]
    is_custom: bool,
    classes: BTreeMap<AccountClass, Vec<String>>,
}

#[derive(Deserialize)]
struct SideWords {
    debit: Vec<String>,
    credit: Vec<String>,
}

#[derive(Clone, Deserialize)]
struct Times {
    opening: Vec<String>,
    closing: Vec<String>,
}

/// When a sum of a trial balance is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    Opening,
    Turnover,
    Closing,
}

/// Words and numbers of accounts, ready to be looked up.
#[derive(Clone)]
pub(crate) struct Chart {
    names: Vec<(Vec<String>, u8, AccountClass)>,
    numbers: Vec<Numbers>,
    headers: Vec<String>,
    /// Headers over the account of a row, each with its language.
    account_headers: BTreeMap<String, String>,
    /// Headers over the other account, and how a line starts that then names the own one.
    offset: [Vec<String>; 2],
    /// Titles of ledgers whose accounts stand in lines of their own, how the line below an account starts, and titles of
    /// papers that set the books of two firms beside each other.
    pub(crate) headed: [Vec<String>; 3],
    titles: Vec<String>,
    pub(crate) items: Items,
    sides: [Vec<String>; 2],
    times: [Vec<Vec<String>>; 2],
}

impl Chart {
    /// Reads the embedded data file.
    pub(crate) fn load() -> Result<Self, Error> {
        let file: File = toml::from_str(include_str!("../../../data/accounts.toml"))
            .map_err(|error| Error::Words(error.to_string()))?;
        let folded = |list: Vec<String>| list.iter().map(|word| fold(word)).collect::<Vec<_>>();
        let all = |lists: BTreeMap<String, Vec<String>>| lists.into_values().flat_map(folded).collect();
        let names = file
            .names
            .into_iter()
            .flat_map(|names| names.words.into_iter().map(move |phrase| (parts(&phrase), names.weight, names.class)));
        let account_headers = file
            .headers
            .accounts
            .into_iter()
            .flat_map(|(language, list)| list.into_iter().map(move |header| (fold(&header), language.clone())));
        let phrases = |list: Vec<String>| list.iter().map(|phrase| parts(phrase)).collect();
        Ok(Self {
            names: names.collect(),
            numbers: file.charts,
            headers: folded(file.headers.ledger),
            account_headers: account_headers.collect(),
            headed: [folded(file.headed.ledgers), folded(file.headed.totals), folded(file.headed.acts)],
            offset: [folded(file.offset.headers), folded(file.offset.titles)],
            titles: all(file.titles),
            items: file.items.folded(),
            sides: [folded(file.sides.debit), folded(file.sides.credit)],
            times: [phrases(file.times.opening), phrases(file.times.closing)],
        })
    }

    /// The class of an account such as `51`, `62.01` or `1010 Bank`; `language` is that of the headers.
    pub(crate) fn class(&self, label: &str, language: &str) -> Option<AccountClass> {
        let (code, name) = code_and_name(label);
        let chart = self.numbers.iter().find(|chart| chart.language == language);
        let (number, named) = (chart.and_then(|chart| chart.class(code)), self.by_name(name));
        let by_name_first = chart.is_some_and(|chart| match (number, named) {
            // A bank by its name, and by its number neither money nor debt: the chart of another country.
            (Some(AccountClass::Equity | AccountClass::Income | AccountClass::Expense), Some(AccountClass::Cash)) => {
                !chart.digits.is_empty()
            }
            _ => chart.is_custom,
        });
        if by_name_first { named.or(number) } else { number.or(named) }
    }

    fn by_name(&self, name: &str) -> Option<AccountClass> {
        let folded = fold(name);
        let words: Vec<&str> = folded.split(' ').collect();
        let hits = self.names.iter().filter(|(phrase, ..)| holds(&words, phrase));
        hits.max_by_key(|(phrase, weight, _)| (*weight, phrase.iter().map(String::len).sum::<usize>()))
            .map(|(.., class)| *class)
    }

    /// Whether only books of accounts have such a header.
    pub(crate) fn is_ledger_header(&self, header: &str) -> bool {
        let folded = fold(header);
        self.headers.contains(&folded) || self.account_headers.contains_key(&folded)
    }

    /// Whether such a header stands over the account of a row of books.
    pub(crate) fn is_account_header(&self, header: &str) -> bool {
        self.account_language(header).is_some()
    }

    /// The language of a header that stands over the account of a row of books.
    pub(crate) fn account_language(&self, header: &str) -> Option<&str> {
        self.account_headers.get(&fold(header)).map(String::as_str)
    }

    /// Whether such a header stands over the other account of a row.
    pub(crate) fn is_offset_header(&self, header: &str) -> bool {
        let [headers, _] = &self.offset;
        headers.contains(&fold(header))
    }

    /// The account that a line such as `Konto 1200 Bank` names above rows with their other account: a short number, as no
    /// bank has.
    pub(crate) fn named(&self, line: &str) -> Option<String> {
        const SHORT: std::ops::RangeInclusive<usize> = 3..=6;
        let [_, titles] = &self.offset;
        let (first, rest) = line.trim().split_once(|letter: char| letter.is_whitespace() || ":;".contains(letter))?;
        let rest = rest.trim_matches(|letter: char| letter.is_whitespace() || ":;".contains(letter));
        let (code, _) = code_and_name(rest);
        (titles.contains(&fold(first)) && SHORT.contains(&code.len())).then(|| rest.to_owned())
    }

    /// The account that a line such as `Карточка счета 51 за 2024 г.` names: its number where the country has one chart,
    /// else all words behind the title.
    pub(crate) fn titled(&self, line: &str, language: &str) -> Option<String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let rest = (0..words.len()).find_map(|first| {
            let from = fold(&words.get(first..)?.join(" "));
            let starts = |title: &&String| {
                from.strip_prefix(title.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            };
            let title = self.titles.iter().filter(starts).max_by_key(|title| title.len())?;
            Some(words.get(first + title.split(' ').count()..)?.join(" "))
        })?;
        let code = code_and_name(&rest).0;
        let is_known = !code.is_empty() && self.class(code, language).is_some();
        Some(if is_known { code.to_owned() } else { rest }).filter(|account| !account.is_empty())
    }

    /// The side that a cell beside a balance names: [`Side::In`] for debit, which is what an account holds.
    pub(crate) fn balance_side(&self, cell: &str) -> Option<Side> {
        let folded = fold(cell);
        let [debit, credit] = &self.sides;
        if debit.contains(&folded) { Some(Side::In) } else { credit.contains(&folded).then_some(Side::Out) }
    }

    /// When the sums under a header of a trial balance are measured.
    pub(crate) fn time(&self, header: &str) -> Time {
        let folded = fold(header);
        let words: Vec<&str> = folded.split(' ').collect();
        let [opening, closing] = &self.times;
        let says = |phrases: &[Vec<String>]| phrases.iter().any(|phrase| holds(&words, phrase));
        if says(opening) {
            Time::Opening
        } else if says(closing) {
            Time::Closing
        } else {
            Time::Turnover
        }
    }
}

impl Numbers {
    /// The class of a number; the longest start wins.
    fn class(&self, code: &str) -> Option<AccountClass> {
        let is_open = !self.digits.is_empty();
        if is_open && !self.digits.contains(&code.bytes().filter(u8::is_ascii_digit).count()) {
            return None;
        }
        let fits = |start: &str| {
            code.strip_prefix(start).is_some_and(|rest| is_open || rest.is_empty() || rest.starts_with('.'))
        };
        let starts = self.classes.iter().flat_map(|(class, starts)| starts.iter().map(move |start| (start, *class)));
        starts.filter(|(start, _)| fits(start)).max_by_key(|(start, _)| start.len()).map(|(_, class)| class)
    }
}

fn parts(phrase: &str) -> Vec<String> {
    let open = if phrase.ends_with('*') { "*" } else { "" };
    let mut parts: Vec<String> = fold(phrase).split(' ').map(str::to_owned).collect();
    if let Some(first) = parts.first_mut().filter(|_| phrase.starts_with('*')) {
        first.insert(0, '*');
    }
    if let Some(last) = parts.last_mut() {
        last.push_str(open);
    }
    parts
}

/// Whether the words hold a phrase; Chinese has no spaces between words.
fn holds(words: &[&str], phrase: &[String]) -> bool {
    if let [one] = phrase
        && is_unspaced(one)
    {
        return words.iter().any(|word| word.contains(one.as_str()));
    }
    let fits = |word: &str, want: &str| match (want.strip_prefix('*'), want.strip_suffix('*')) {
        (Some(end), _) => word.ends_with(end),
        (None, Some(stem)) => word.starts_with(stem),
        (None, None) => word == want,
    };
    words.windows(phrase.len()).any(|window| window.iter().zip(phrase).all(|(word, want)| fits(word, want)))
}

/// `62.01` and the rest of `62.01, Customers`.
pub(crate) fn code_and_name(label: &str) -> (&str, &str) {
    let label = label.trim();
    let end =
        label.find(|letter: char| !(letter.is_ascii_digit() || letter == '.' || letter == '-')).unwrap_or(label.len());
    let (code, name) = label.split_at(end);
    // `3M Company` starts with no number of an account.
    let apart = name.is_empty() || name.starts_with(|letter: char| !letter.is_alphanumeric());
    if apart {
        (code.trim_end_matches('.'), name.trim_start_matches([' ', ',', ':', '-', '–', '—', '·']))
    } else {
        ("", label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_known_by_its_name_or_its_number() {
        let chart = Chart::load().expect("the chart");
        for (label, language, want) in [
            ("1010 Bank", "en", Some(AccountClass::Cash)),
            ("Bank charges", "en", Some(AccountClass::Expense)),
            ("Salaries payable", "en", Some(AccountClass::Liability)),
            ("Sales revenue", "en", Some(AccountClass::Income)),
            ("Cost of sales", "en", Some(AccountClass::Expense)),
            ("Sales tax payable", "en", Some(AccountClass::Liability)),
            ("51", "ru", Some(AccountClass::Cash)),
            ("51", "en", None),
            ("62.01", "ru", Some(AccountClass::Asset)),
            ("90.01.1", "ru", Some(AccountClass::Income)),
            ("91.02", "ru", Some(AccountClass::Expense)),
            ("Misc", "en", None),
            ("512000 BNP", "fr", Some(AccountClass::Cash)),
            ("706000", "fr", Some(AccountClass::Income)),
            ("445710 TVA collectée", "fr", Some(AccountClass::Liability)),
            // Switzerland has another chart in the same language.
            ("1020 Banque", "fr", Some(AccountClass::Cash)),
            ("1020", "fr", None),
            ("5720000", "es", Some(AccountClass::Cash)),
            ("5200000 Banco Norte préstamos", "es", Some(AccountClass::Liability)),
            ("1100 Rekening-courant", "nl", Some(AccountClass::Cash)),
            ("1300 Debiteuren", "nl", Some(AccountClass::Asset)),
            ("1930 Konto", "sv", Some(AccountClass::Cash)),
            ("512000", "fr", Some(AccountClass::Cash)),
            ("411000", "fr", Some(AccountClass::Asset)),
            ("5720000", "es", Some(AccountClass::Cash)),
            ("1100 Rabobank", "nl", Some(AccountClass::Cash)),
            ("4900 Bankkosten", "nl", Some(AccountClass::Expense)),
        ] {
            assert_eq!(chart.class(label, language), want, "{label}");
        }
        assert_eq!(chart.titled("Карточка счёта 51 за 1 квартал 2024 г.", "ru").as_deref(), Some("51"));
        assert_eq!(
            chart.titled("Libro mayor de la cuenta 5720001 BANCO DEL SUR", "xx").as_deref(),
            Some("5720001 BANCO DEL SUR")
        );
        assert_eq!(chart.titled("Ledger account: 1010 Bank", "en").as_deref(), Some("1010 Bank"));
        assert_eq!(chart.named("Konto 1200 Bank").as_deref(), Some("1200 Bank"));
        assert_eq!(chart.named("Konto 1234567890 Giro"), None);
        assert_eq!(chart.time("Сальдо на конец периода Кредит"), Time::Closing);
        assert_eq!(code_and_name("62.01, Customers"), ("62.01", "Customers"));
        assert_eq!(code_and_name("3M Company"), ("", "3M Company"));
    }
}
