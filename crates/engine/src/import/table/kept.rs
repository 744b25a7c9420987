//! What becomes of a row that was read: nothing where it is not booked yet, else a movement, by itself or out of books.

use super::{records::Record, rows::Rows};
use crate::{Error, Transaction};

impl Rows<'_> {
    /// Whether the row says that it is pending or failed.
    pub(super) fn is_not_booked(&self, record: &Record) -> bool {
        let plan = self.plan;
        plan.statuses.iter().any(|column| plan.leaves_out(column.says(record.get(column.place), self.words)))
            || !plan.is_pending_booked
                && plan.descriptions.iter().any(|place| self.words.statuses.is_marked_pending(record.get(*place)))
    }

    pub(super) fn keep(&mut self, record: &Record, transaction: Transaction) -> Result<(), Error> {
        if let Some(document) = &self.plan.document {
            self.sums.see(record, document, self.plan.amounts, self.words);
        }
        match &mut self.books {
            Some(books) => books.take(record, transaction),
            None => return self.append(&transaction),
        }
        self.drain()
    }

    fn append(&mut self, transaction: &Transaction) -> Result<(), Error> {
        self.prover.see(transaction);
        self.first.iter_mut().for_each(|first| first.push(transaction.clone()));
        self.transactions.push(transaction)
    }

    /// Takes over what the books have ready.
    pub(super) fn drain(&mut self) -> Result<(), Error> {
        let Some(books) = &mut self.books else { return Ok(()) };
        self.counts.recognized += std::mem::take(&mut books.recognized);
        let ready = std::mem::take(&mut books.ready);
        ready.iter().try_for_each(|transaction| self.append(transaction))
    }
}
