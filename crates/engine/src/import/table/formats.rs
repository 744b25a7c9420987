//! How amounts are written: what separates decimals, and how many there are.

use saldo_kernel::Currency;

use super::{
    plan::{Unplanned, most_common},
    profile::Profile,
    questions::decimal_question,
    roles::{self, Headed},
};
use crate::{Hints, import::words::Words};

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Format {
    /// What separates decimals.
    pub(crate) decimal: char,
    /// The most decimals in the column.
    pub(crate) places: u8,
}

/// Whether `1,234` may be one and a fraction: few currencies have three decimals, none where these languages are spoken.
pub(super) fn may_have_three_decimals(currency: Option<Currency>, languages: &[Box<str>], words: &Words) -> bool {
    let without = matches!(&*most_common(languages), "ja" | "ko" | "zh" | "vi" | "id");
    currency.map_or(!without, |currency| words.has_three_decimals(currency))
}

/// The form of the amounts: by themselves, by the other numbers of the file, by the hint, or asked about.
pub(super) fn format(
    columns: &[Headed],
    profile: &Profile,
    amounts: &[usize],
    may_have_three: bool,
    hints: &Hints,
    words: &Words,
) -> Result<Format, Unplanned> {
    let decided: Vec<Result<Option<char>, ()>> =
        amounts.iter().map(|place| profile.column(*place).numbers.decimal()).collect();
    let sure = decided.iter().find_map(|one| one.ok().flatten());
    let open = decided.iter().any(Result::is_err);
    let decimal = match sure.or_else(|| {
        let hint = || hints.decimal.filter(|mark| matches!(mark, '.' | ','));
        let known = || if may_have_three { None } else { decimal_of_thousands(profile, amounts) };
        if open { profile.sure_decimal().or_else(hint).or_else(known) } else { None }
    }) {
        Some(decimal) => decimal,
        None if open => {
            let column = roles::title(columns, amounts.first().copied().unwrap_or(0));
            return Err(Unplanned::Asked(Box::new(decimal_question(&separated(profile, amounts), column, words))));
        }
        None => '.',
    };
    let places = amounts.iter().map(|place| profile.column(*place).numbers.places(decimal)).max().unwrap_or(0);
    Ok(Format { decimal, places })
}

/// What separates decimals where three digits behind a mark are thousands in all these columns.
fn decimal_of_thousands(profile: &Profile, amounts: &[usize]) -> Option<char> {
    let columns = amounts.iter().map(|place| profile.column(*place).numbers);
    let mut marks = columns.filter(|numbers| numbers.decimal().is_err()).map(|numbers| numbers.decimal_of_thousands());
    let first = marks.next()?;
    marks.all(|other| other == first).then_some(first)?
}

/// The form of a column beside the amounts, such as the balance.
pub(super) fn format_beside(profile: &Profile, place: usize, amounts: char) -> Format {
    let numbers = profile.column(place).numbers;
    let decimal = numbers.decimal().ok().flatten().unwrap_or(amounts);
    Format { decimal, places: numbers.places(decimal) }
}

/// The first amounts with a separator.
fn separated<'p>(profile: &'p Profile, amounts: &[usize]) -> Vec<&'p str> {
    let cell = |row: &'p Vec<Box<str>>| {
        amounts.iter().find_map(|place| row.get(*place).filter(|cell| cell.contains(['.', ','])))
    };
    profile.sample.iter().filter_map(cell).map(|cell| &**cell).take(5).collect()
}
