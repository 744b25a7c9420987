//! Lists of the items of one account, whose rows are no money that comes in or goes out unless the account is one of money,
//! and accounts that only open books.

use serde::Deserialize;

use crate::import::words::fold;

/// The table `items` of data/accounts.toml.
#[derive(Clone, Deserialize)]
pub(crate) struct Items {
    headers: Vec<String>,
    debts: Vec<String>,
    openings: Vec<String>,
}

impl Items {
    /// The lists with folded words.
    pub(super) fn folded(self) -> Self {
        let folded = |list: Vec<String>| list.iter().map(|word| fold(word)).collect();
        Self { headers: folded(self.headers), debts: folded(self.debts), openings: folded(self.openings) }
    }

    /// Whether only lists of the items of one account have such a header.
    pub(crate) fn is_header(&self, header: &str) -> bool {
        self.headers.contains(&fold(header))
    }

    /// Whether a line such as `Vendor 70001` names an account of debts.
    pub(crate) fn is_of_debts(&self, line: &str) -> bool {
        let line = fold(line);
        let (word, number) = line.split_once(' ').unwrap_or((&line, ""));
        self.debts.iter().any(|debts| debts == word) && number.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether an account stands against all others when books are opened.
    pub(crate) fn is_opening(&self, account: &str) -> bool {
        let account = format!(" {} ", fold(account));
        self.openings.iter().any(|opening| account.contains(&format!(" {opening} ")))
    }
}
