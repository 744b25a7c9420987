//! Collects facts under ids that are unique and safe to write into a template.

use std::collections::{BTreeMap, HashMap};

use time::Date;

use super::ledger::Book;
use crate::{Fact, Lineage, RowSet, Value};

/// Where a figure is measured.
#[derive(Clone, Copy, Default)]
pub(crate) struct Place<'a> {
    book: Option<&'a Book>,
    dimension: Option<(&'static str, &'a str)>,
    period: Option<(Date, Date)>,
}

impl<'a> Place<'a> {
    /// The whole file.
    pub(crate) fn file() -> Self {
        Self::default()
    }

    /// One currency, over all of its days.
    pub(crate) fn book(book: &'a Book) -> Self {
        Self { book: Some(book), dimension: None, period: Some((book.first, book.last)) }
    }

    /// One currency and one more dimension.
    pub(crate) fn of(book: &'a Book, name: &'static str, key: &'a str) -> Self {
        Self { dimension: Some((name, key)), ..Self::book(book) }
    }

    /// Over other days.
    pub(crate) fn during(self, period: Option<(Date, Date)>) -> Self {
        Self { period, ..self }
    }

    /// The id of a metric here.
    pub(crate) fn id(&self, metric: &str) -> String {
        let mut id = metric.to_owned();
        if let Some(book) = self.book {
            id.push('/');
            id.push_str(&book.code());
        }
        if let Some((name, key)) = self.dimension {
            id.push('/');
            id.push_str(name);
            id.push('/');
            escape(key, &mut id);
        }
        id
    }

    fn dimensions(&self) -> BTreeMap<&'static str, String> {
        let currency = self.book.map(|book| ("currency", book.currency.map(|it| it.to_string()).unwrap_or_default()));
        currency.into_iter().chain(self.dimension.map(|(name, key)| (name, key.to_owned()))).collect()
    }
}

/// Percent-encodes what would end a placeholder or a path segment (RFC 3986, 2.1).
fn escape(key: &str, out: &mut String) {
    for letter in key.chars() {
        if letter.is_control() || matches!(letter, '{' | '}' | '|' | '/' | '%' | '\u{2028}' | '\u{2029}') {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(letter);
        }
    }
}

/// The facts found so far.
#[derive(Default)]
pub(crate) struct Facts {
    list: Vec<Fact>,
    places: HashMap<String, usize>,
}

impl Facts {
    /// Adds a figure and gives its id. A figure that is there already stays as it is.
    pub(crate) fn add(&mut self, metric: &'static str, place: Place<'_>, value: Value, lineage: Lineage) -> String {
        let id = place.id(metric);
        if !self.places.contains_key(&id) {
            self.places.insert(id.clone(), self.list.len());
            self.list.push(Fact {
                id: id.clone(),
                metric,
                dimensions: place.dimensions(),
                value,
                period: place.period,
                lineage,
            });
        }
        id
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Fact> {
        self.places.get(id).and_then(|place| self.list.get(*place))
    }

    pub(crate) fn into_list(self) -> Vec<Fact> {
        self.list
    }
}

/// Computed from transactions.
pub(crate) fn from_rows(rows: &RowSet, formula: &'static str) -> Lineage {
    from_taken_rows(rows.clone(), formula)
}

/// Computed from transactions whose set is not needed elsewhere: large sets are never copied.
pub(crate) fn from_taken_rows(rows: RowSet, formula: &'static str) -> Lineage {
    Lineage { rows, facts: Vec::new(), formula }
}

/// Computed from transactions and other facts.
pub(crate) fn from_both(rows: &RowSet, facts: Vec<String>, formula: &'static str) -> Lineage {
    Lineage { rows: rows.clone(), facts, formula }
}

/// Computed from other facts.
pub(crate) fn from_facts(facts: Vec<String>, formula: &'static str) -> Lineage {
    Lineage { rows: RowSet::default(), facts, formula }
}

/// Taken from the file as it is, beside its transactions.
pub(crate) fn from_file(formula: &'static str) -> Lineage {
    Lineage { rows: RowSet::default(), facts: Vec::new(), formula }
}

/// Formulas of lineage. A reader recomputes a fact with them; the facts stand in the order of the formula.
///
/// An empty formula is the number of the rows, or the sum of their amounts.
pub(crate) mod formula {
    /// The sum of the rows' amounts with the other sign.
    pub(crate) const OUT: &str = "-sum(amount)";
    /// The number of the rows behind the facts, which have none in common.
    pub(crate) const ROWS: &str = "count(rows)";
    /// The sum of the facts.
    pub(crate) const SUM: &str = "sum(facts)";
    /// The first fact minus the second.
    pub(crate) const NET: &str = "money_in - money_out";
    /// The first fact minus the second.
    pub(crate) const AVERAGE_NET: &str = "average_month_in - average_month_out";
    /// The first fact minus the second.
    pub(crate) const EXTERNAL: &str = "all - own transfers";
    /// The first fact minus the second.
    pub(crate) const CHANGE: &str = "later - earlier";
    /// The first fact minus the second, over the second; 4 places, half to even.
    pub(crate) const CHANGE_SHARE: &str = "(later - earlier) / earlier";
    /// The first fact over the second; 4 places, half to even.
    pub(crate) const SHARE: &str = "part / whole";
    /// The sum of the facts over their number, half to even at the currency's decimals.
    pub(crate) const AVERAGE: &str = "sum(facts) / count(facts)";
    /// The first fact over the negated second; 1 place, half to even.
    pub(crate) const RUNWAY: &str = "closing_balance / -average_month_net";
    /// The earliest date of the rows behind the fact.
    pub(crate) const FIRST: &str = "min(date)";
    /// The latest date of the rows behind the fact.
    pub(crate) const LAST: &str = "max(date)";
    /// Calendar months from the first fact's to the second fact's.
    pub(crate) const MONTHS: &str = "months(first_date, last_date)";
    /// The number of the facts.
    pub(crate) const COUNT: &str = "count(facts)";
    /// How many of the facts are below zero.
    pub(crate) const NEGATIVE: &str = "count(net < 0)";
    /// The month of the largest fact, the earliest of equals.
    pub(crate) const LARGEST_MONTH: &str = "month of the largest";
    /// The month of the only fact.
    pub(crate) const MONTH: &str = "month of the fact";
    /// The counterparty of the largest fact, the first of equals.
    pub(crate) const LARGEST_COUNTERPARTY: &str = "counterparty of the largest";
    /// The amount of the only row.
    pub(crate) const AMOUNT: &str = "amount";
    /// The amount of the only row with the other sign.
    pub(crate) const NEGATED: &str = "-amount";
    /// The date of the only row.
    pub(crate) const DATE: &str = "date";
    /// The normalised counterparty of the only row.
    pub(crate) const COUNTERPARTY: &str = "counterparty";
    /// The category of the rows behind the fact.
    pub(crate) const CATEGORY: &str = "category";
    /// The median of the rows' amounts without their sign; of an even number the mean of two, half to even.
    pub(crate) const MEDIAN: &str = "median(|amount|)";
    /// The first fact without its sign over the second; 1 place, half to even.
    pub(crate) const TIMES: &str = "|amount| / usual";
    /// Of the rows behind the fact, the amount without its sign than which nineteen of twenty are not smaller, and not larger.
    pub(crate) const LEAST: &str = "5th percentile(|amount|)";
    pub(crate) const MOST: &str = "95th percentile(|amount|)";
    /// The month of the rows.
    pub(crate) const MONTH_OF_ROWS: &str = "month";
    /// The median of what went out in each month from the first fact's to the second fact's; half to even.
    pub(crate) const MEDIAN_MONTH: &str = "median(-sum(amount) by month)";
    /// The name of the cadence that the upper median of the days between the rows lies in.
    pub(crate) const CADENCE: &str = "usual gap";
    /// The day of the only fact, and after it one cadence of the rows, on their usual day of the month.
    pub(crate) const DUE: &str = "date + usual gap";
    /// Of the gaps between the rows, those that are one cadence long; 4 places, half to even.
    pub(crate) const ON_TIME: &str = "gaps on time / gaps";
    /// The first fact times how often the cadence of the second comes in a year: 52, 26, 12, 4 or 1.
    pub(crate) const A_YEAR: &str = "amount * times a year";
    /// The sum of the rows' running balances.
    pub(crate) const BALANCE: &str = "sum(balance)";
    /// The sum of the rows' running balances minus their amounts.
    pub(crate) const BALANCE_BEFORE: &str = "sum(balance - amount)";
    /// The file states it; where it states several accounts, their sum.
    pub(crate) const STATED: &str = "stated";
    /// The books in the file say so: the sum of an account's entries, or a balance that they state.
    pub(crate) const BOOKED: &str = "booked";
    /// Of all income accounts in the file.
    pub(crate) const CREDIT_LESS_DEBIT: &str = "credits - debits of income accounts";
    /// Of all expense accounts in the file.
    pub(crate) const DEBIT_LESS_CREDIT: &str = "debits - credits of expense accounts";
    /// The first fact minus the second.
    pub(crate) const PROFIT: &str = "income - expenses";
    /// Counted while reading the file.
    pub(crate) const READ: &str = "counted while reading";
    /// A stated balance minus the one that the movements give.
    pub(crate) const MISSING: &str = "stated - computed";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_never_ends_a_placeholder_or_a_segment() {
        let mut id = String::new();
        escape("a/b{c}|d\n%e ё", &mut id);
        assert_eq!(id, "a%2Fb%7Bc%7D%7Cd%0A%25e ё");
    }
}
