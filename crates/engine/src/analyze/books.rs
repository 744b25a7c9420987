//! Figures of books: the sums of every account as the file has them, and the result of income and expenses.

use std::collections::BTreeMap;

use saldo_kernel::{Currency, Money};
use time::Date;

use super::{
    facts::{Facts, Place, formula, from_facts, from_file},
    ledger::{Book, known},
};
use crate::{AccountClass, Error, Import, RowSet, Value};

/// Most accounts with figures of their own, by turnover.
const SHOWN: usize = 200;

/// `debit`, `credit`, `opening_balance` and `closing_balance` by account (a debit is positive), and for each currency the
/// sums of `debit` and `credit`, and of those accounts whose class is known `income`, `expenses` and `profit`.
pub(crate) fn books(import: &Import, facts: &mut Facts) -> Result<(), Error> {
    let mut currencies: BTreeMap<Option<Currency>, Vec<usize>> = BTreeMap::new();
    for (place, account) in import.accounts.iter().enumerate() {
        currencies.entry(known(account.debit.currency)).or_default().push(place);
    }
    for (currency, places) in currencies {
        let exponent = places.iter().filter_map(|place| import.accounts.get(*place));
        let exponent = exponent.map(|account| account.debit.exponent).max().unwrap_or(0);
        // The sums have no days of their own.
        let book = Book { currency, exponent, first: Date::MIN, last: Date::MIN, rows: RowSet::default() };
        let mut accounts: Vec<_> = places.iter().filter_map(|place| import.accounts.get(*place)).collect();
        let size = |money: Money| money.units.unsigned_abs();
        accounts.sort_by_key(|one| std::cmp::Reverse(size(one.debit).saturating_add(size(one.credit))));
        let sum = |part: &dyn Fn(&crate::LedgerAccount) -> Option<i128>| {
            accounts.iter().try_fold(0_i128, |sum, one| sum.checked_add(part(one)?)).ok_or(Error::AmountOverflow)
        };
        let all = Place::book(&book).during(None);
        let money = |units: i128| Value::Money(book.money(units));
        facts.add("debit", all, money(sum(&|one| Some(one.debit.units))?), from_file(formula::BOOKED));
        facts.add("credit", all, money(sum(&|one| Some(one.credit.units))?), from_file(formula::BOOKED));
        let has = |class| accounts.iter().any(|one| one.class == Some(class));
        if has(AccountClass::Income) || has(AccountClass::Expense) {
            let net = |one: &crate::LedgerAccount| one.credit.units.checked_sub(one.debit.units);
            let of = |class| sum(&|one| if one.class == Some(class) { net(one) } else { Some(0) });
            let (income, expenses) = (of(AccountClass::Income)?, of(AccountClass::Expense)?);
            let profit = income.checked_add(expenses).ok_or(Error::AmountOverflow)?;
            let income = facts.add("income", all, money(income), from_file(formula::CREDIT_LESS_DEBIT));
            let expenses = facts.add("expenses", all, money(-expenses), from_file(formula::DEBIT_LESS_CREDIT));
            facts.add("profit", all, money(profit), from_facts(vec![income, expenses], formula::PROFIT));
        }
        for account in accounts.into_iter().take(SHOWN) {
            let at = Place::of(&book, "account", &account.account).during(None);
            for (metric, value) in [
                ("debit", Some(account.debit)),
                ("credit", Some(account.credit)),
                ("opening_balance", account.opening),
                ("closing_balance", account.closing),
            ] {
                let own = value.map(|value| Money { currency, ..value });
                if let Some(value) = own {
                    facts.add(metric, at, Value::Money(value), from_file(formula::BOOKED));
                }
            }
        }
    }
    Ok(())
}
