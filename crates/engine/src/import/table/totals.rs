//! Sums among the columns of invoices and sales: which total holds the tax, and which one is of a whole order, so that
//! every row of the order repeats it.

use saldo_kernel::Money;

use super::{documents::Document, preamble, profile::Profile, records::Record, roles::Headed};
use crate::import::words::{Words, fold};

/// A column of numbers in the sample, row by row.
type Numbers = Vec<Option<Money>>;

fn numbers(profile: &Profile, place: usize, words: &Words) -> Numbers {
    let decimal = profile.column(place).numbers.decimal().ok().flatten().unwrap_or('.');
    let cell = |row: &Vec<Box<str>>| row.get(place).and_then(|cell| preamble::amount(cell, decimal, words));
    profile.sample.iter().map(cell).collect()
}

/// The total with tax and the one without: the first is the second and the tax in every row. Of several the one that is
/// `named`. Other numbers stand in `skipped`.
pub(crate) fn with_tax(
    profile: &Profile,
    tax: usize,
    named: Option<usize>,
    skipped: &[usize],
    words: &Words,
) -> Option<(usize, usize)> {
    let places = (0..profile.columns.len()).filter(|place| *place != tax && !skipped.contains(place));
    let columns: Vec<(usize, Numbers)> = places
        .filter(|place| profile.column(*place).is_numbers())
        .map(|place| (place, numbers(profile, place, words)))
        .collect();
    let taxes = numbers(profile, tax, words);
    let holds = |gross: &Numbers, net: &Numbers| {
        let (mut held, mut taxed) = (0_u32, false);
        for ((gross, net), tax) in gross.iter().zip(net).zip(&taxes) {
            let (Some(gross), Some(net), Some(tax)) = (gross, net, tax) else { continue };
            if net.checked_add(*tax).and_then(|sum| gross.checked_sub(sum)).is_none_or(|gap| gap.units != 0) {
                return false;
            }
            held += 1;
            taxed |= tax.units != 0;
        }
        taxed && held >= 2
    };
    let pairs = columns.iter().flat_map(|gross| columns.iter().map(move |net| (gross, net)));
    let found: Vec<(usize, usize)> =
        pairs.filter(|(gross, net)| holds(&gross.1, &net.1)).map(|(gross, net)| (gross.0, net.0)).collect();
    found.iter().find(|(gross, _)| Some(*gross) == named).or(found.first()).copied()
}

/// The column that numbers the orders, if the amount is one of the order: it is the same in all rows of every order,
/// though their goods differ, and it is no product of quantity and price.
pub(crate) fn order_of(
    columns: &[Headed],
    profile: &Profile,
    document: &Document,
    orders: &[usize],
    words: &Words,
) -> Option<usize> {
    let goods: Vec<usize> = [document.quantity, document.price, document.product].into_iter().flatten().collect();
    let first_word =
        |place: usize| columns.get(place).and_then(|one| fold(&one.header).split(' ').next().map(str::to_owned));
    orders.iter().copied().filter(|place| *place != document.amount).find(|order| {
        let (mut repeats, mut differ, mut of_row) = (0_u32, false, false);
        for (one, next) in profile.sample.iter().zip(profile.sample.iter().skip(1)) {
            let cell =
                |row: &'_ [Box<str>], place: usize| row.get(place).map_or(String::new(), |cell| cell.trim().to_owned());
            if cell(one, *order).is_empty() || cell(one, *order) != cell(next, *order) {
                continue;
            }
            repeats += 1;
            let amount = cell(next, document.amount);
            if !amount.is_empty() && amount != cell(one, document.amount) {
                return false;
            }
            differ |= goods.iter().any(|place| cell(one, *place) != cell(next, *place));
            of_row |= [one, next].into_iter().any(|row| is_product(row, profile, document, words) == Some(true));
        }
        let told = document.quantity.is_some() && document.price.is_some();
        repeats > 0 && differ && !of_row && (told || first_word(*order) == first_word(document.amount))
    })
}

/// Whether the amount of a row is quantity × price.
fn is_product(row: &[Box<str>], profile: &Profile, document: &Document, words: &Words) -> Option<bool> {
    let number = |place: usize| {
        let decimal = profile.column(place).numbers.decimal().ok().flatten().unwrap_or('.');
        preamble::amount(row.get(place)?, decimal, words)
    };
    let (quantity, price, amount) = (number(document.quantity?)?, number(document.price?)?, number(document.amount)?);
    let product =
        Money::new(quantity.units.checked_mul(price.units)?, quantity.exponent.checked_add(price.exponent)?, None);
    Some(amount.checked_sub(product)?.units == 0)
}

/// Follows the orders row by row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orders {
    number: String,
    amount: String,
}

impl Orders {
    /// Whether the row repeats the amount of the order that the row before began, or leaves it out.
    pub(crate) fn repeats(&mut self, record: &Record, document: &Document) -> bool {
        let Some(order) = document.order else { return false };
        let (number, amount) = (record.get(order), record.get(document.amount));
        if !number.is_empty() && number == self.number && (amount.is_empty() || amount == self.amount) {
            return true;
        }
        number.clone_into(&mut self.number);
        amount.clone_into(&mut self.amount);
        false
    }
}
