//! What the rows that were read so far add up to: the measure of rows that may state a total or a balance.

/// Sums of movements in units of their column; `None` once they are too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tally {
    rows: u64,
    sums: Option<[i128; 2]>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { rows: 0, sums: Some([0, 0]) }
    }
}

impl Tally {
    fn add(&mut self, units: i128) {
        self.rows += 1;
        self.sums = self.sums.and_then(|[out, into]| {
            Some(if units < 0 { [out.checked_sub(units)?, into] } else { [out, into.checked_add(units)?] })
        });
    }

    /// What came behind an earlier state.
    fn since(&self, before: &Self) -> Self {
        let sums = self.sums.zip(before.sums).map(|([out, into], [out_before, into_before])| {
            [out.saturating_sub(out_before), into.saturating_sub(into_before)]
        });
        Self { rows: self.rows.saturating_sub(before.rows), sums }
    }

    fn net(&self) -> Option<i128> {
        self.sums.map(|[out, into]| into.saturating_sub(out))
    }

    /// Whether the number is a total of these rows: of one side, of both, or of what is left.
    fn is_total(&self, units: i128) -> bool {
        let Some([out, into]) = self.sums.filter(|_| self.rows > 0) else { return false };
        let totals = [out, into, out.saturating_add(into), out.saturating_sub(into).saturating_abs()];
        totals.contains(&units.saturating_abs())
    }
}

/// What the rows add up to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trail {
    all: Tally,
    /// Up to the last total.
    to_total: Tally,
    /// Up to the last balance.
    to_balance: Tally,
    /// The last balance that a row stated in the column of the amounts.
    stated: Option<i128>,
    /// The last movement.
    pub(super) last: i128,
    /// The running balance of the last row that had one, as written.
    pub(super) balance: String,
}

impl Trail {
    /// Adds a movement with the running balance beside it.
    pub(crate) fn add(&mut self, units: i128, balance: &str) {
        self.all.add(units);
        self.last = units;
        self.note(balance);
    }

    /// Notes a running balance.
    pub(super) fn note(&mut self, balance: &str) {
        if !balance.is_empty() {
            self.balance.clear();
            self.balance.push_str(balance);
        }
    }

    /// Whether the number is a total of all rows so far, or of those since the last total.
    pub(super) fn is_total(&self, units: i128) -> bool {
        self.all.is_total(units)
            || self.all.since(&self.to_total).is_total(units)
            || self.is_balance(units) == Some(true)
    }

    /// Whether the number follows from the last balance and the rows since, in either order of time. `None` where there is
    /// nothing that it could follow from.
    pub(super) fn is_balance(&self, units: i128) -> Option<bool> {
        let run = self.all.since(&self.to_balance);
        let (stated, net) = (self.stated.filter(|_| run.rows > 0)?, run.net()?);
        Some(stated.checked_add(net) == Some(units) || stated.checked_sub(net) == Some(units))
    }

    /// Starts anew behind a total.
    pub(super) fn see_total(&mut self) {
        self.to_total = self.all;
    }

    /// Starts anew behind a balance.
    pub(super) fn see_balance(&mut self, units: i128) {
        self.to_balance = self.all;
        self.stated = Some(units);
    }
}
