//! The order of day and month, decided for the dates of the whole file or asked about.

use time::Date;

use super::{
    preamble::Preamble,
    profile::{ColumnProfile, Profile},
};
use crate::{
    Choice, DateOrder, Hints, Question,
    import::{
        dates::{self, scan},
        limits::SAMPLE_ROWS,
        words::Words,
    },
};

/// What the order is decided on besides the dates themselves.
pub(crate) struct Clues<'c> {
    /// Date columns, the one of the movements first.
    pub(crate) columns: &'c [usize],
    /// Languages of the known headers.
    pub(crate) languages: &'c [Box<str>],
    pub(crate) preamble: &'c Preamble,
    /// Codes of all currencies the file is known to hold.
    pub(crate) currency: Option<saldo_kernel::Currency>,
    /// The header of the first column.
    pub(crate) title: String,
}

/// The order, or the question.
pub(crate) fn decide(
    profile: &Profile,
    clues: &Clues<'_>,
    hints: &Hints,
    words: &Words,
) -> Result<DateOrder, Box<Question>> {
    let Some(first) = clues.columns.first() else { return Ok(DateOrder::Ymd) };
    let stats = profile.column(*first).dates;
    if stats.sure == stats.count {
        return Ok(DateOrder::Ymd);
    }
    let possible = stats.usual(stats.near(&stats.possible()));
    if let [only] = possible.as_slice() {
        return Ok(*only);
    }
    let may = |order: DateOrder| possible.contains(&order).then_some(order);
    let found = hints
        .date_order
        .and_then(may)
        .or_else(|| stats.is_dotted().then_some(DateOrder::Dmy).and_then(may))
        .or_else(|| other_columns(profile, clues).and_then(may))
        .or_else(|| period(profile, clues, &possible))
        .or_else(|| stats.sorted(&possible))
        .or_else(|| stats.dense(&possible))
        .or_else(|| if possible.contains(&DateOrder::Ymd) { None } else { locale(clues).and_then(may) });
    found.ok_or_else(|| Box::new(question(profile, *first, &possible, clues, words)))
}

/// The order of dates that stand in no table, or the question. `title` is what they are called there.
pub(crate) fn of_dates(
    dates: &[String],
    title: &str,
    hints: &Hints,
    words: &Words,
) -> Result<DateOrder, Box<Question>> {
    let mut column = ColumnProfile::default();
    dates.iter().filter_map(|text| scan(text, words)).for_each(|parts| column.dates.see(parts));
    let mut profile = Profile { columns: vec![column], ..Profile::default() };
    profile.sample = dates.iter().take(SAMPLE_ROWS).map(|text| vec![text.as_str().into()]).collect();
    let preamble = Preamble::default();
    let clues =
        Clues { columns: &[0], languages: &[], preamble: &preamble, currency: hints.currency, title: title.to_owned() };
    decide(&profile, &clues, hints, words)
}

/// Another column of dates that leaves nothing open.
fn other_columns(profile: &Profile, clues: &Clues<'_>) -> Option<DateOrder> {
    clues.columns.iter().skip(1).find_map(|place| {
        let stats = profile.column(*place).dates;
        let possible = stats.possible();
        if stats.count > stats.sure && possible.len() == 1 { possible.first().copied() } else { None }
    })
}

/// The order under which all rows lie within the period that the preamble states.
fn period(profile: &Profile, clues: &Clues<'_>, possible: &[DateOrder]) -> Option<DateOrder> {
    let place = *clues.columns.first()?;
    let stats = profile.column(place).dates;
    let fits = |order: &&DateOrder| {
        let stated: Vec<Date> = clues.preamble.dates.iter().filter_map(|parts| parts.read(**order)).collect();
        let bounds = stated.iter().min().zip(stated.iter().max());
        let within = |((from, to), (first, last)): ((&Date, &Date), (Date, Date))| first >= *from && last <= *to;
        stated.len() >= 2 && bounds.zip(stats.range(**order)).is_some_and(within)
    };
    let mut fitting = possible.iter().filter(fits);
    let (first, second) = (fitting.next(), fitting.next());
    first.copied().filter(|_| second.is_none())
}

/// Outside the United States the day comes first. English alone does not tell.
fn locale(clues: &Clues<'_>) -> Option<DateOrder> {
    let english = clues.languages.iter().filter(|language| matches!(&***language, "en" | "zh" | "ja" | "ko")).count();
    let other = clues.languages.len() - english;
    let abroad = clues.currency.is_some_and(|code| !matches!(code.code(), "USD" | "CAD" | "PHP" | "CNY" | "JPY"));
    (other >= 2 && other > english || abroad).then_some(DateOrder::Dmy)
}

fn question(profile: &Profile, place: usize, possible: &[DateOrder], clues: &Clues<'_>, words: &Words) -> Question {
    let cells: Vec<String> =
        profile.sample.iter().filter_map(|row| row.get(place)).map(|cell| cell.to_string()).collect();
    let preview = |order: DateOrder| {
        let read = |cell: &String| Some((cell.clone(), dates::scan(cell, words)?.read(order)?.to_string()));
        cells.iter().take(5).filter_map(read).collect()
    };
    let choices = possible.iter().map(|order| Choice { value: name(*order), preview: preview(*order) });
    let example = cells.first().cloned().unwrap_or_default();
    Question {
        reason: "DATE_ORDER_AMBIGUOUS",
        hint: "date_order",
        text: format!(
            "Nothing in the file tells the day from the month in dates such as {example}: which comes first?"
        ),
        column: clues.title.clone(),
        choices: choices.collect(),
    }
}

/// The hint's value.
fn name(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Dmy => "dmy",
        DateOrder::Mdy => "mdy",
        DateOrder::Ymd => "ymd",
    }
}
