//! Figures by own account, where a file holds several.

use std::collections::BTreeMap;

use super::{
    balances::{Balances, MAX_ACCOUNTS},
    facts::{Facts, Place, formula, from_facts, from_rows},
    ledger::{Book, Ledger},
    totals::Group,
};
use crate::Value;

/// The accounts of every book; `None` where there is only one or where there are too many to be accounts.
pub(crate) struct Accounts<'a>(Vec<Option<BTreeMap<&'a str, Group>>>);

impl<'a> Accounts<'a> {
    /// Sums up, for all books in one pass.
    pub(crate) fn new(ledger: &'a Ledger<'_>) -> Self {
        let mut books: Vec<Option<BTreeMap<&str, Group>>> =
            ledger.books.iter().map(|_| Some(BTreeMap::new())).collect();
        for entry in ledger.entries() {
            let Some(place) = books.get_mut(entry.book) else { continue };
            let Some(accounts) = place else { continue };
            let account = entry.account().map(|account| ledger.import.transactions.account(account));
            account.into_iter().for_each(|account| accounts.entry(account).or_default().add(&entry));
            if account.is_none() || accounts.len() > MAX_ACCOUNTS {
                *place = None;
            }
        }
        // The account of a file that holds one in all has the figures of the file.
        let mut names: Vec<&str> = books.iter().flatten().flat_map(|accounts| accounts.keys().copied()).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() < 2 {
            books.iter_mut().for_each(|book| *book = None);
        }
        Self(books)
    }

    /// `transactions`, `money_in`, `money_out`, `net`, `opening_balance` and `closing_balance` by account. Rows without an
    /// account have none.
    pub(crate) fn by_account(
        &self,
        place: usize,
        book: &Book,
        balances: &Balances<'_>,
        ledger: &Ledger<'_>,
        facts: &mut Facts,
    ) {
        let Some(Some(accounts)) = self.0.get(place) else { return };
        for (name, group) in accounts.iter().filter(|(name, _)| !name.is_empty()) {
            let at = Place::of(book, "account", name);
            let counted = group.counted(["money_in", "money_out"].map(|metric| Some(at.id(metric))));
            facts.add("transactions", at, Value::Count(group.count()), counted);
            let money = |units| Value::Money(book.money(units));
            let inward = facts.add("money_in", at, money(group.inward), from_rows(&group.rows_in, ""));
            let outward = facts.add("money_out", at, money(group.outward), from_rows(&group.rows_out, formula::OUT));
            let net = money(group.inward - group.outward);
            facts.add("net", at, net, from_facts(vec![inward, outward], formula::NET));
            balances.of_account(place, name, ledger, facts);
        }
    }
}
