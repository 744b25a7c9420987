//! One entry (`Ntry`): one movement, whatever number of transactions its details list.

use saldo_kernel::{Currency, Money};
use time::{Date, Month};

use crate::import::statement::{Fault, exact};

/// An entry as it is tagged.
#[derive(Default)]
pub(crate) struct Entry {
    /// Where it begins.
    pub(crate) line: u64,
    pub(crate) amount: Option<String>,
    pub(crate) currency: Option<Currency>,
    pub(crate) indicator: String,
    pub(crate) reversal: bool,
    pub(crate) status: String,
    pub(crate) booked: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) information: String,
    /// How many transactions the details list.
    pub(crate) transactions: u32,
    pub(crate) debtor: Party,
    pub(crate) creditor: Party,
    /// Unstructured remittance.
    pub(crate) remittance: String,
    /// References of the creditor.
    pub(crate) reference: String,
    pub(crate) transaction_information: String,
}

/// The parties of one side, over all transactions of the entry.
#[derive(Default)]
pub(crate) struct Party {
    name: String,
    ultimate: String,
    /// How many transactions name somebody.
    named: u32,
    differ: bool,
}

impl Party {
    /// Takes note of a name.
    pub(crate) fn see(&mut self, name: &str, ultimate: bool) {
        let place = if ultimate { &mut self.ultimate } else { &mut self.name };
        self.named = self.named.saturating_add(u32::from(!ultimate));
        if place.is_empty() {
            *place = squeezed(name);
        } else if !ultimate {
            self.differ |= *place != squeezed(name);
        }
    }

    /// The one party of all transactions.
    fn told(&self, transactions: u32) -> &str {
        let some_unnamed = transactions > 1 && self.named < transactions;
        match (self.differ || some_unnamed, self.name.is_empty()) {
            (true, _) => "",
            (false, true) => &self.ultimate,
            (false, false) => &self.name,
        }
    }
}

/// Longest description that is kept; a batch may list thousands of transactions.
const MAX_TEXT_BYTES: usize = 2_000;

/// Adds what one element says.
pub(crate) fn append(place: &mut String, text: &str) {
    let text = squeezed(text);
    if !text.is_empty() && place.len() + text.len() < MAX_TEXT_BYTES && !place.ends_with(&text) {
        if !place.is_empty() {
            place.push(' ');
        }
        place.push_str(&text);
    }
}

pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Entry {
    /// Booked entries are movements; pending, future and informational ones are not.
    pub(crate) fn is_booked(&self) -> bool {
        !["PDNG", "INFO", "FUTR"].contains(&self.status.to_ascii_uppercase().as_str())
    }

    /// Date and signed amount.
    pub(crate) fn read(&self) -> Result<(Date, Money), Fault> {
        let amount = match self.amount.as_deref() {
            None | Some("") => return Err(Fault::new("AMOUNT_MISSING", "Amt", "")),
            Some(text) => signed(text, &self.indicator).map_err(|reason| {
                let (field, value) =
                    if reason == DIRECTION { ("CdtDbtInd", self.indicator.as_str()) } else { ("Amt", text) };
                Fault::new(reason, field, value)
            })?,
        };
        let stated = [("BookgDt", &self.booked), ("ValDt", &self.value)];
        let Some((field, text)) = stated.iter().find_map(|(field, text)| Some((*field, text.as_deref()?))) else {
            return Err(Fault::new("DATE_MISSING", "BookgDt", ""));
        };
        let date = day(text).ok_or_else(|| Fault::new("DATE_NOT_READ", field, text))?;
        Ok((date, Money { currency: self.currency, ..amount }))
    }

    /// The other side. A reversal keeps the roles of the movement that it takes back.
    pub(crate) fn counterparty(&self) -> &str {
        let money_in = self.indicator == "CRDT";
        let side = if money_in != self.reversal { &self.debtor } else { &self.creditor };
        side.told(self.transactions)
    }

    /// What for: the payer's words, else the bank's, else a reference. A batch is what the bank says of it as a whole.
    pub(crate) fn description(&self) -> &str {
        let texts = [&self.remittance, &self.transaction_information, &self.information, &self.reference];
        let whole = Some(&self.information).filter(|text| self.transactions > 1 && !text.is_empty());
        whole.or_else(|| texts.into_iter().find(|text| !text.is_empty())).map_or("", String::as_str)
    }
}

const DIRECTION: &str = "DIRECTION_NOT_READ";

/// An amount with the sign of its indicator. The schema knows no minus; beside `DBIT` it says the same twice.
pub(crate) fn signed(text: &str, indicator: &str) -> Result<Money, &'static str> {
    let (minus, size) = match text.strip_prefix('-') {
        Some(size) => (true, size),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let size = exact(size, '.').ok_or("AMOUNT_NOT_READ")?;
    match (indicator, minus) {
        ("CRDT", false) => Ok(size),
        ("DBIT", _) => size.negated().ok_or("AMOUNT_NOT_READ"),
        ("CRDT", true) => Err("AMOUNT_NOT_READ"),
        _ if size.units == 0 => Ok(size),
        _ => Err(DIRECTION),
    }
}

/// `2024-01-31`, perhaps with a time or a zone behind it: the day counts as the bank wrote it.
pub(crate) fn day(text: &str) -> Option<Date> {
    let (year, month, day) = (text.get(..4)?, text.get(5..7)?, text.get(8..10)?);
    let dashes = text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let behind = text.get(10..)?;
    let plain = [year, month, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if !dashes || !plain || behind.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}
