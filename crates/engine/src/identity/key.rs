//! What makes two rows the same movement, as a number.

use saldo_kernel::Money;
use sha2::{Digest, Sha256};

use crate::Transaction;

/// The identity of a movement but for its occurrence: own account, date, amount with currency, and texts.
///
/// 128 bits of SHA-256, the same on every machine. Two of ten million different rows get one key with a probability of
/// 10^-25, and nobody can make two rows that do in less than 2^64 tries.
pub(crate) type Key = u128;

/// The bytes of a key.
pub(crate) const KEY: usize = 16;

/// Makes keys; keeps its buffer.
#[derive(Default)]
pub(crate) struct Keys(Vec<u8>);

impl Keys {
    /// The key of a transaction. Texts count as written but for their white space, amounts by their worth.
    ///
    /// The running balance, the file's category and reference numbers do not count: exports leave them out, users change
    /// them, and banks number their references anew.
    pub(crate) fn of(&mut self, row: &Transaction) -> Key {
        self.0.clear();
        self.0.extend_from_slice(&row.date.to_julian_day().to_le_bytes());
        self.money(row.amount);
        for text in [&row.account, &row.counterparty, &row.description] {
            self.text(text);
        }
        self.digest()
    }

    /// The key of a transaction together with its running balance.
    pub(crate) fn with_balance(&mut self, key: Key, balance: Money) -> Key {
        self.0.clear();
        self.0.extend_from_slice(&key.to_le_bytes());
        self.money(balance);
        self.digest()
    }

    /// 1.5 and 1.50 are the same; euros and an unknown currency are not.
    fn money(&mut self, amount: Money) {
        let (mut units, mut exponent) = (amount.units, amount.exponent);
        while exponent > 0 && units % 10 == 0 {
            units /= 10;
            exponent -= 1;
        }
        self.0.extend_from_slice(&units.to_le_bytes());
        self.0.push(exponent);
        let currency = amount.currency.filter(|currency| currency.code() != "XXX");
        self.0.extend_from_slice(currency.as_ref().map_or(b"XXX", |currency| currency.code().as_bytes()));
    }

    /// The words with one space between, and an end that no text holds.
    fn text(&mut self, text: &str) {
        for word in text.split_whitespace() {
            self.0.extend_from_slice(word.as_bytes());
            self.0.push(b' ');
        }
        self.0.push(0xff);
    }

    fn digest(&self) -> Key {
        let digest = Sha256::digest(&self.0);
        digest.iter().take(KEY).fold(0, |key, byte| key << 8 | Key::from(*byte))
    }
}
