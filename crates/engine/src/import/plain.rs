//! Amounts of tagged formats, whose standards allow no separator of thousands and fix none for decimals. Programs write
//! thousands all the same, so what the marks mean is decided over the file, or asked about.

use saldo_kernel::Money;

use super::{
    numbers::{self, NumberStats},
    table,
    words::Words,
};
use crate::{Hints, Question};

/// How all amounts of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// What separates decimals.
    pub(crate) decimal: char,
    /// The most decimals in the file.
    pub(crate) places: u8,
}

/// What is known of the amounts before any is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About<'a> {
    /// The tag that holds them.
    pub(crate) field: &'a str,
    /// They are of a currency with three decimals.
    pub(crate) three_decimals: bool,
    pub(crate) hints: &'a Hints,
}

/// The forms of a file's amounts and of its balances.
pub(crate) struct Forms {
    pub(crate) amounts: Form,
    pub(crate) balances: Form,
}

/// Decides on all amounts of a file and on the balances beside them: each tells what the other leaves open.
pub(crate) fn decide<'r>(
    amounts: impl Iterator<Item = &'r str> + Clone,
    balances: impl Iterator<Item = &'r str> + Clone,
    about: About<'_>,
    words: &Words,
) -> Result<Forms, Box<Question>> {
    let (own, beside) = (stats(amounts.clone(), words), stats(balances.clone(), words));
    let known = [mark(&own, about), mark(&beside, about)];
    let hinted = about.hints.decimal.filter(|mark| matches!(mark, '.' | ','));
    let sure = known.iter().find_map(|one| one.ok().flatten());
    let decimal = match sure.or(if known.contains(&Err(())) { hinted } else { Some('.') }) {
        Some(decimal) => decimal,
        None => {
            let cells: Vec<&str> = amounts.chain(balances).filter(|text| text.contains(['.', ','])).take(5).collect();
            return Err(Box::new(table::decimal_question(&cells, about.field.to_owned(), words)));
        }
    };
    let form = |stats: &NumberStats, known: Result<Option<char>, ()>| {
        let decimal = known.ok().flatten().unwrap_or(decimal);
        Form { decimal, places: stats.places(decimal) }
    };
    Ok(Forms { amounts: form(&own, known[0]), balances: form(&beside, known[1]) })
}

fn stats<'r>(texts: impl Iterator<Item = &'r str>, words: &Words) -> NumberStats {
    let mut out = NumberStats::default();
    texts.filter_map(|text| numbers::scan(text, words)).for_each(|written| out.see(&written));
    out
}

/// What separates decimals; `Ok(None)` where nothing is separated, `Err` where it is open. Three digits behind every mark
/// are the decimals of a currency that has three, and may be thousands of any other.
fn mark(stats: &NumberStats, about: About<'_>) -> Result<Option<char>, ()> {
    let everywhere = about.three_decimals && stats.plain == stats.zero.min(stats.plain);
    match (stats.decimal(), stats.either_point, stats.either_comma) {
        (Err(()), _, 0) if everywhere => Ok(Some('.')),
        (Err(()), 0, _) if everywhere => Ok(Some(',')),
        (decided, ..) => decided,
    }
}

impl Form {
    /// Reads one amount in the form of the file; it has no currency.
    pub(crate) fn read(self, text: &str, words: &Words) -> Option<Money> {
        let written = numbers::scan(text, words)?;
        let (units, own) = numbers::read(written.body, self.decimal)?;
        let units = Money::new(units, own, None).scaled(self.places)?;
        Some(Money::new(if written.negative { -units } else { units }, self.places, None))
    }
}
