//! The columns of a table as the report shows them: what each was read as, and why.

use super::{money::Money, plan::Plan, roles::Headed, sign::Rule};
use crate::{Column, Role, import::words::Meaning};

impl Plan {
    /// The columns as they are shown.
    pub(crate) fn shown(&self) -> Vec<Column> {
        let role = |(place, column): (usize, &Headed)| Column {
            header: column.header.clone(),
            role: self.role(place, column.meaning),
            evidence: column.evidence,
        };
        self.columns.iter().enumerate().map(role).collect()
    }

    fn role(&self, place: usize, meaning: Option<Meaning>) -> Role {
        if self.dates.first() == Some(&place) {
            return Role::Date;
        }
        match self.money {
            Money::Single(one) if one == place => return Role::Amount,
            Money::Pair { debit, .. } if debit == Some(place) => return Role::Debit,
            Money::Pair { credit, .. } if credit == Some(place) => return Role::Credit,
            Money::Single(_) | Money::Pair { .. } => {}
        }
        if matches!(self.rule, Rule::Column { place: side, .. } if side == place) {
            return Role::Direction;
        }
        if self.balance.is_some_and(|(balance, _)| balance == place) {
            return Role::Balance;
        }
        match meaning {
            Some(Meaning::ValueDate) => Role::ValueDate,
            _ if self.document.as_ref().is_some_and(|document| document.product == Some(place)) => Role::Product,
            _ if self.parties.columns.contains(&place) => Role::Counterparty,
            Some(Meaning::Quantity) => Role::Quantity,
            Some(Meaning::Price) => Role::Price,
            Some(Meaning::Tax) => Role::Tax,
            Some(Meaning::DueDate) => Role::DueDate,
            Some(Meaning::Product) => Role::Product,
            Some(Meaning::DebitAccount | Meaning::CreditAccount) if self.books.is_some() => Role::Account,
            Some(Meaning::Direction) => Role::Direction,
            _ if self.currency.column == Some(place) => Role::Currency,
            Some(Meaning::Description) => Role::Description,
            Some(Meaning::Category) if self.category == Some(place) => Role::Category,
            Some(Meaning::Account) if self.account == Some(place) => Role::Account,
            Some(Meaning::Reference) => Role::Reference,
            Some(Meaning::Status) => Role::Status,
            _ => Role::Ignored,
        }
    }
}
