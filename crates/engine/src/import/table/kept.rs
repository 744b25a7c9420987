//! What becomes of a row that was read: nothing where it is not booked yet, else a movement, by itself or out of books.

use super::{records::Record, rows::Rows, statuses::StatusColumn};
use crate::{Error, Transaction, import::statuses::Status};

/// As many kinds of operation are remembered.
const MAX_KINDS: usize = 1_024;
/// Longer ones come once.
const MAX_KIND_BYTES: usize = 64;

impl Rows<'_> {
    /// Whether the row says that it is pending or failed.
    pub(super) fn is_not_booked(&mut self, record: &Record) -> bool {
        let plan = self.plan;
        let mut says = |column: &StatusColumn| {
            let cell = record.get(column.place);
            if column.is_behind() {
                return false;
            }
            if !column.is_kind() {
                return plan.leaves_out(column.says(cell, self.words));
            }
            let status = self.kind(*column, cell);
            plan.leaves_out(status) && (status != Some(Status::Failed) || self.goes_out(record))
        };
        plan.statuses.iter().any(&mut says)
            || !plan.is_pending_booked
                && plan.descriptions.iter().any(|place| self.words.statuses.is_marked_pending(record.get(*place)))
    }

    /// What a kind of operation says of its row.
    fn kind(&mut self, column: StatusColumn, cell: &str) -> Option<Status> {
        if let Some(known) = self.kinds.get(cell) {
            return *known;
        }
        let status = column.says(cell, self.words);
        if self.kinds.len() < MAX_KINDS && cell.len() <= MAX_KIND_BYTES {
            self.kinds.insert(cell.into(), status);
        }
        status
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
