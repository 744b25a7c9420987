//! What proves that two rows of which neither says so are the halves of one transfer, and what is no account to move money
//! to.

use std::collections::HashMap;

use crate::{
    Import, LabelReason, Labels, Transaction,
    enrich::{TRANSFERS, category_named, folded, is_of_shops},
    store::AccountIndex,
};

/// Banks print the last four digits of an account in place of the whole.
const TOLD_DIGITS: usize = 4;

/// Most of a card's number is hidden.
const HIDDEN: usize = 4;

/// Tells cards from accounts.
pub(super) struct Cards<'a> {
    import: &'a Import,
    known: HashMap<AccountIndex, bool>,
}

impl<'a> Cards<'a> {
    pub(super) fn new(import: &'a Import) -> Self {
        Self { import, known: HashMap::new() }
    }

    /// Whether the account is a card, by its column or by its hidden digits: cards spend from an account, and money moves
    /// to that.
    pub(super) fn has(&mut self, account: AccountIndex) -> bool {
        let import = self.import;
        *self.known.entry(account).or_insert_with(|| {
            let hidden =
                import.transactions.account(account).chars().filter(|letter| matches!(letter, '*' | '•' | 'X' | 'x'));
            import.source.by_card || hidden.count() >= HIDDEN
        })
    }
}

/// Looks two rows up.
pub(super) struct Proof<'a> {
    import: &'a Import,
    labels: &'a Labels,
}

impl<'a> Proof<'a> {
    pub(super) fn new(import: &'a Import, labels: &'a Labels) -> Self {
        Self { import, labels }
    }

    /// Whether the rows of these numbers, out and in, belong together: they name the same other side, such as the own name,
    /// or one of them names the account of the other; and neither is a purchase or something else by the word of the
    /// file or the user.
    pub(super) fn belong(&self, out: u32, inward: u32) -> bool {
        let row = |number: u32| {
            let place = usize::try_from(number).ok()?.checked_sub(1)?;
            Some((self.import.transactions.get(place)?, self.labels.tag(place)?))
        };
        let (Some((out, out_tag)), Some((inward, in_tag))) = (row(out), row(inward)) else { return false };
        let is_other = |tag: &crate::store::Tag| {
            let told = matches!(tag.reason, LabelReason::File | LabelReason::Corrected);
            is_of_shops(tag.category) || (told && Some(tag.category) != category_named(TRANSFERS))
        };
        if is_other(&out_tag) || is_other(&in_tag) {
            return false;
        }
        (out_tag.key != 0 && out_tag.key == in_tag.key) || names(&out, &inward.account) || names(&inward, &out.account)
    }
}

/// Whether a row's texts name an account: its name in whole words, or a number that is the end of the account's.
fn names(row: &Transaction, account: &str) -> bool {
    let name = folded(account);
    if name.is_empty() {
        return false;
    }
    let number: String = name.split(' ').collect();
    let is_its_end = |word: &str| {
        let digits = word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() >= TOLD_DIGITS;
        digits && number.ends_with(word)
    };
    [&row.counterparty, &row.description].into_iter().any(|text| {
        let text = folded(text);
        let squeezed: String = text.split(' ').collect();
        // A number is written with other spaces than the account; a name has to stand in whole words.
        let is_number = number.len() > 2 * TOLD_DIGITS && number.bytes().any(|byte| byte.is_ascii_digit());
        let has_number = is_number && squeezed.contains(&number);
        has_number || format!(" {text} ").contains(&format!(" {name} ")) || text.split(' ').any(is_its_end)
    })
}

#[cfg(test)]
mod tests {
    use saldo_kernel::Money;
    use time::macros::date;

    use super::*;

    #[test]
    fn an_account_is_named_by_its_name_its_number_or_the_end_of_it() {
        let row = |text: &str| Transaction {
            line: 1,
            date: date!(2025 - 03 - 01),
            amount: Money::new(1, 2, None),
            balance: None,
            counterparty: "".into(),
            description: text.into(),
            category: "".into(),
            account: "".into(),
        };
        for (text, account, expected) in [
            ("an Sparkonto", "Sparkonto", true),
            ("Sparkontogebuehr", "Sparkonto", false),
            ("to DE02 1203 0000 0000 2020 51", "DE02120300000000202051", true),
            ("from account ending 2051", "DE02120300000000202051", true),
            ("invoice 1203", "DE02120300000000202051", false),
            ("51", "DE02120300000000202051", false),
            ("anything", "", false),
        ] {
            assert_eq!(names(&row(text), account), expected, "{text} {account}");
        }
    }
}
