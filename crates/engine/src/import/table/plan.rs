//! Everything that is decided about a table before its rows are read.

use saldo_kernel::Currency;

pub(crate) use super::formats::Format;
use super::{
    chain::{self, Reading},
    currency::{self, CurrencyRule},
    documents::{self, Document},
    formats::{format, format_beside, may_have_three_decimals},
    grouped::Groups,
    header::is_money,
    ledger,
    money::{self, Money},
    order::{self, Clues},
    parties::Parties,
    preamble::Preamble,
    profile::Profile,
    questions::sign_question,
    roles::{self, Headed},
    sections::Section,
    sign::{self, Rule},
    statuses::{self, Known, StatusColumn},
    transfers::{self, Transfer},
};
use crate::{
    DateOrder, Error, Hints, Question, Sign,
    import::{
        books::Shape,
        statuses::Status,
        words::{Meaning, Side, Words},
    },
};

/// What each row is read with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) columns: Vec<Headed>,
    /// Date columns, the one of the movements first.
    pub(crate) dates: Vec<usize>,
    pub(crate) order: DateOrder,
    pub(crate) money: Money,
    pub(crate) rule: Rule,
    pub(crate) amounts: Format,
    /// Debits, and credits, are written with a minus that does not reverse them.
    pub(crate) has_minus: [bool; 2],
    /// Fees that are charged on top of the amounts, as the running balance proves or the header says.
    pub(crate) fee: Option<usize>,
    /// Where rows tell both what was sent and what arrived.
    pub(crate) transfer: Option<Transfer>,
    pub(crate) balance: Option<(usize, Format)>,
    /// Balances are what is owed.
    pub(crate) owed: bool,
    pub(crate) currency: CurrencyRule,
    pub(crate) statuses: Vec<StatusColumn>,
    /// What is pending is read as booked: an invoice that is open is an invoice, and a running balance may tell so.
    pub(crate) is_pending_booked: bool,
    /// Columns of money that no amount is taken from.
    pub(crate) unread: Vec<usize>,
    /// What the rows right below the header are.
    pub(crate) section: Section,
    pub(crate) descriptions: Vec<usize>,
    pub(crate) parties: Parties,
    pub(crate) category: Option<usize>,
    pub(crate) account: Option<usize>,
    pub(crate) opening: Option<usize>,
    pub(crate) closing: Option<usize>,
    /// What an invoice or a sale is told by.
    pub(crate) document: Option<Document>,
    /// The language of most headers; empty where none is known.
    pub(crate) language: Box<str>,
    /// Of what may be a table of books, how its rows tell their entries.
    pub(crate) books: Option<Shape>,
    /// Of a ledger whose accounts are headings, which of them are of money.
    pub(crate) groups: Option<Groups>,
    /// Of books the column that tells on which side the balance is.
    pub(crate) balance_side: Option<usize>,
}

/// Why there is no plan.
pub(crate) enum Unplanned {
    Refused(Error),
    Asked(Box<Question>),
}

impl From<Error> for Unplanned {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

/// Decides everything. `may_be_books`: debits and credits may be those of books of accounts.
pub(crate) fn decide(
    headers: &[String],
    profile: &Profile,
    preamble: &Preamble,
    hints: &Hints,
    words: &Words,
    may_be_books: bool,
) -> Result<Plan, Unplanned> {
    let mut languages = Vec::new();
    let mut columns = roles::headed(headers, profile, words, &mut languages);
    if may_be_books {
        ledger::name_sub_columns(&mut columns, profile, words);
    }
    let dates = roles::date_columns(&columns, profile);
    if dates.is_empty() {
        return Err(Error::NoDateColumn.into());
    }
    let document = documents::decide(&columns, profile, preamble, words);
    let chosen = match &document {
        Some(document) => money::Chosen { money: Money::Single(document.amount), balance: None },
        None => money::choose(&columns, profile, words).ok_or(Error::NoAmountColumn)?,
    };
    let places = money_columns(chosen.money);
    let currency = currency::decide(&columns, profile, &places, preamble, hints, words);
    let order = decide_order(&columns, profile, &dates, &languages, preamble, &currency, hints, words)?;
    let marked = places.iter().any(|place| profile.column(*place).numbers.with_currency > 0);
    let known = known_currency(profile, &currency);
    let may_have_three = may_have_three_decimals(known, &languages, words) && (known.is_some() || !marked);
    let amounts = format(&columns, profile, &places, may_have_three, hints, words)?;
    let balance = chosen.balance.map(|place| (place, format_beside(profile, place, amounts.decimal)));
    let of_accounts = columns.iter().find_map(|column| words.chart.account_language(&column.header));
    let language = of_accounts.map_or_else(|| most_common(&languages), Box::from);
    let books = if may_be_books { ledger::shape(&mut columns, profile, chosen.money, &language, words) } else { None };
    let side_of_debits = if may_be_books { None } else { debits_that_raise(&columns, profile, &chosen, hints, words)? };
    let chosen = match (side_of_debits, chosen.money) {
        (Some(Side::In), Money::Pair { debit, credit }) => {
            money::Chosen { money: Money::Pair { debit: credit, credit: debit }, ..chosen }
        }
        _ => chosen,
    };
    let debt = chosen.balance.filter(|place| columns.get(*place).is_some_and(|column| words.is_owed(&column.header)));
    let rule = match chosen.money {
        // A debit has no sign, and a minus takes an entry back.
        Money::Single(_) if books.is_some() => Rule::Signed,
        Money::Single(amount) if document.is_some() => {
            let side = document.as_ref().and_then(|document| document.side);
            sign::of_document(&columns, profile, amount, side, hints, words).map_err(Unplanned::Asked)?
        }
        Money::Single(amount) => {
            sign::decide(&columns, profile, amount, chosen.balance, order, hints, words).map_err(Unplanned::Asked)?
        }
        Money::Pair { .. } => Rule::Signed,
    };
    let raised =
        rule.of_debt().filter(|_| debt.is_some() && matches!(chosen.money, Money::Single(_)) && books.is_none());
    let rule = raised.unwrap_or(rule);
    name_unheaded(&mut columns, profile, &chosen, &dates);
    let proved = match chosen.money {
        Money::Pair { .. } => chain::minus_is_usual(profile, chosen.money, chosen.balance, words),
        Money::Single(_) => None,
    };
    let minus = |place: Option<usize>| {
        let numbers = place.map(|place| profile.column(place).numbers).unwrap_or_default();
        numbers.negative > 0 && proved.unwrap_or(numbers.positive == 0)
    };
    let has_minus = match chosen.money {
        Money::Pair { debit, credit } => [minus(debit), minus(credit)],
        Money::Single(_) => [false; 2],
    };
    let fee = charged_fee(&columns, profile, &chosen, words).filter(|_| rule == Rule::Signed);
    let transfer = match chosen.money {
        Money::Single(amount) if document.is_none() => transfers::of(&columns, profile, amount, rule, words),
        _ => None,
    };
    let fee = fee.or(transfer.map(|transfer| transfer.fee));
    let beside = fee.into_iter().chain(transfer.map(|transfer| transfer.arrived));
    let beside = beside.map(|place| profile.column(place).numbers.places(amounts.decimal));
    let amounts = Format { places: beside.fold(amounts.places, u8::max), ..amounts };
    let all = |meaning: Meaning| {
        let places = columns.iter().enumerate().filter(|(_, column)| column.meaning == Some(meaning));
        places.map(|(place, _)| place).collect::<Vec<_>>()
    };
    let first = |meaning: Meaning| all(meaning).first().copied();
    let known = Known { columns: &columns, profile, words };
    let mut statuses = statuses::decide(known, chosen);
    let is_pending_booked = document.is_some() || known.is_pending_booked(&statuses, chosen);
    statuses.extend(width(headers, profile).map(StatusColumn::behind));
    let party = document.as_ref().and_then(|document| document.party);
    // What may be an own account of a bank is a product of an invoice.
    let product: Vec<usize> = document.iter().filter_map(|document| document.product).collect();
    Ok(Plan {
        owed: side_of_debits == Some(Side::Out) || raised.is_some(),
        has_minus,
        fee,
        transfer,
        is_pending_booked,
        statuses,
        unread: unread(&columns, profile, &chosen, fee),
        section: preamble.section.clone(),
        descriptions: [all(Meaning::Description), all(Meaning::Product), product.clone()].concat(),
        parties: Parties::decide(named_or(all(Meaning::Counterparty), party), &columns, profile, words),
        category: first(Meaning::Category),
        account: first(Meaning::Account).filter(|place| !product.contains(place)),
        balance_side: balance.filter(|_| may_be_books).and_then(|(place, _)| ledger::side_of(place, profile, words)),
        language,
        groups: None,
        books,
        document,
        opening: first(Meaning::OpeningBalance),
        closing: first(Meaning::ClosingBalance),
        money: chosen.money,
        columns,
        dates,
        order,
        rule,
        amounts,
        balance,
        currency,
    })
}

/// How many fields a header has, if at most one row in ten has more.
fn width(headers: &[String], profile: &Profile) -> Option<usize> {
    let width = Some(headers.len()).filter(|width| *width > 0)?;
    let is_wider = |row: &&Vec<Box<str>>| row.iter().skip(width).any(|cell| !cell.is_empty());
    let wider = profile.sample.iter().filter(is_wider).count();
    (wider * 10 <= profile.sample.len()).then_some(width)
}

/// What debits are where each raises the running balance: money in, as in a cash book, or money out, as where the balance
/// is a debt. `None` where debits lower it, or nothing proves what they do.
fn debits_that_raise(
    columns: &[Headed],
    profile: &Profile,
    chosen: &money::Chosen,
    hints: &Hints,
    words: &Words,
) -> Result<Option<Side>, Unplanned> {
    let Money::Pair { debit: Some(debit), credit: Some(_) } = chosen.money else { return Ok(None) };
    let reading = Reading::new(profile, chosen.money, chosen.balance, None, words);
    let raises = reading.is_some_and(|reading| {
        let (lowered, raised) = (chain::links(&reading.rows, 1), chain::links(&reading.rows, -1));
        raised.total > 1 && raised.best() == raised.total && lowered.best() == 0
    });
    let is_owed = |place: usize| columns.get(place).is_some_and(|column| words.is_owed(&column.header));
    let is_card = || {
        let paid = |row: &Vec<Box<str>>| row.iter().any(|cell| cell.len() > 8 && words.is_card_payment(cell));
        sign::is_spending(columns, words) || profile.sample.iter().any(paid) || chosen.balance.is_some_and(is_owed)
    };
    match hints.sign {
        _ if !raises => Ok(None),
        Some(sign) => Ok(Some(sign.into())),
        None if is_card() => Ok(Some(Side::Out)),
        None => Err(Unplanned::Asked(Box::new(sign_question(columns, profile, debit, words)))),
    }
}

/// The places, or the one that stands in for them.
fn named_or(places: Vec<usize>, other: Option<usize>) -> Vec<usize> {
    if places.is_empty() { other.into_iter().collect() } else { places }
}

pub(super) fn most_common(languages: &[Box<str>]) -> Box<str> {
    let count = |language: &str| languages.iter().filter(|one| ***one == *language).count();
    languages.iter().max_by_key(|language| count(language)).cloned().unwrap_or_default()
}

/// The column of fees, if balances follow from amounts less fees and not from amounts alone.
fn charged_fee(columns: &[Headed], profile: &Profile, chosen: &money::Chosen, words: &Words) -> Option<usize> {
    let fee = roles::best(columns, profile, &[Meaning::Fee])?;
    if profile.column(fee).numbers.zero == profile.column(fee).numbers.count {
        return None;
    }
    let amounts = Reading::new(profile, chosen.money, chosen.balance, None, words)?;
    let less = Reading::new(profile, chosen.money, chosen.balance, Some(fee), words)?;
    let (alone, with) = (chain::links(&amounts.rows, 1), chain::links(&less.rows, 1));
    (with.total > 0 && with.best() == with.total && alone.best() < alone.total).then_some(fee)
}

/// Columns of money that nothing is read from, though their headers, if any is known, may be those of amounts.
fn unread(columns: &[Headed], profile: &Profile, chosen: &money::Chosen, fee: Option<usize>) -> Vec<usize> {
    let read = money_columns(chosen.money).into_iter().chain(chosen.balance).chain(fee).collect::<Vec<_>>();
    let is_unread = |place: &usize| {
        let (column, meaning) = (profile.column(*place), columns.get(*place).and_then(|column| column.meaning));
        let may_be_money = meaning.is_none_or(|meaning| is_money(meaning) && meaning != Meaning::ForeignAmount);
        !read.contains(place) && may_be_money && column.is_numbers() && column.numbers.looks_like_money()
    };
    (0..columns.len()).filter(is_unread).collect()
}

/// The columns of the amounts.
pub(crate) fn money_columns(money: Money) -> Vec<usize> {
    match money {
        Money::Single(one) => vec![one],
        Money::Pair { debit, credit } => debit.into_iter().chain(credit).collect(),
    }
}

#[allow(clippy::too_many_arguments, reason = "one decision from all that is known")]
fn decide_order(
    columns: &[Headed],
    profile: &Profile,
    dates: &[usize],
    languages: &[Box<str>],
    preamble: &Preamble,
    currency: &CurrencyRule,
    hints: &Hints,
    words: &Words,
) -> Result<DateOrder, Unplanned> {
    if dates.first().is_some_and(|place| profile.column(*place).dates.is_half_turned()) {
        return Err(Error::FormatNotSupported("a table in which a spreadsheet took days for months").into());
    }
    let title = dates.first().map(|place| roles::title(columns, *place)).unwrap_or_default();
    let clues = Clues { columns: dates, languages, preamble, currency: known_currency(profile, currency), title };
    order::decide(profile, &clues, hints, words).map_err(Unplanned::Asked)
}

/// The one currency of the amounts.
fn known_currency(profile: &Profile, rule: &CurrencyRule) -> Option<Currency> {
    let in_column = rule.column.map(|place| profile.column(place)).filter(|column| !column.currencies_differ);
    in_column.and_then(|column| column.currency).or(rule.all)
}

/// Gives the columns that no header names what they turned out to be.
fn name_unheaded(columns: &mut [Headed], profile: &Profile, chosen: &money::Chosen, dates: &[usize]) {
    let mut name = |place: usize, meaning: Meaning| {
        if let Some(column) = columns.get_mut(place).filter(|column| column.meaning.is_none()) {
            column.meaning = Some(meaning);
        }
    };
    match chosen.money {
        Money::Single(one) => name(one, Meaning::Amount),
        Money::Pair { debit, credit } => {
            debit.into_iter().for_each(|place| name(place, Meaning::Debit));
            credit.into_iter().for_each(|place| name(place, Meaning::Credit));
        }
    }
    chosen.balance.into_iter().for_each(|place| name(place, Meaning::Balance));
    let has_text =
        columns.iter().any(|column| matches!(column.meaning, Some(Meaning::Description | Meaning::Counterparty)));
    let free = |place: &usize| {
        let column = profile.column(*place);
        !dates.contains(place)
            && columns.get(*place).is_some_and(|column| column.meaning.is_none())
            && column.filled > 0
            && !column.is_numbers()
            && !column.is_dates()
    };
    let longest = (0..columns.len()).filter(free).max_by_key(|place| profile.column(*place).letters);
    if let Some(column) = longest.filter(|_| !has_text).and_then(|place| columns.get_mut(place)) {
        column.meaning = Some(Meaning::Description);
    }
}

impl Plan {
    /// Whether every row means the same under both, whatever columns that are not read are taken for.
    pub(crate) fn reads_as(&self, other: &Self) -> bool {
        let read = |plan: &Self| Self { columns: Vec::new(), ..plan.clone() };
        read(self) == read(other)
    }

    /// Whether a row of that status is no movement.
    pub(crate) fn leaves_out(&self, status: Option<Status>) -> bool {
        match status {
            Some(Status::Failed) => true,
            Some(Status::Pending) => !self.is_pending_booked,
            Some(Status::Booked) | None => false,
        }
    }

    /// What a positive amount is, where one column holds all amounts and nothing beside it tells.
    pub(crate) fn sign(&self) -> Option<Sign> {
        match (self.money, self.rule) {
            (Money::Pair { .. }, _) | (_, Rule::Column { .. } | Rule::Marked { .. }) => None,
            (Money::Single(_), Rule::Signed | Rule::Unsigned(Side::In)) => Some(Sign::PlusIn),
            (Money::Single(_), Rule::Inverted | Rule::Unsigned(Side::Out)) => Some(Sign::PlusOut),
        }
    }

    /// The currency of all rows, where rows do not say it themselves.
    pub(crate) fn common_currency(&self, profile: &Profile) -> Option<Currency> {
        let column = self.currency.column.map(|place| profile.column(place));
        let arrived = self.transfer.and_then(|transfer| transfer.currency).map(|place| profile.column(place));
        if arrived.is_some_and(|arrived| {
            arrived.currencies_differ || column.as_ref().is_some_and(|sent| sent.currency != arrived.currency)
        }) {
            return None;
        }
        match column {
            Some(column) if !column.currencies_differ => column.currency.or(self.currency.all),
            Some(_) => None,
            None => self.currency.all,
        }
    }
}
