//! Tells months that a file lacks from months in which nothing moved.
//!
//! An account may rest: it pays quarterly, or earns in summers only. What rests by habit does so again, and its empty months
//! are zeros (intermittent demand, Croston 1972). A run of empty months that is longer than any other by more than a month
//! is no habit. It is far more often a part of the history that was not exported, and nothing in the file tells what moved.

/// A single empty month is a quiet month, not a gap.
const SHORTEST: usize = 2;

/// Runs of one habit differ by a month, as the days fall.
const ALIKE: usize = 1;

/// Whether each month, in order, is within a gap of the file; `empty` are those without any transaction.
pub(crate) fn missing(empty: &[bool]) -> Vec<bool> {
    let runs = || empty.chunk_by(|one, other| one == other);
    let mut lengths: Vec<usize> = runs().filter(|run| run.first() == Some(&true)).map(<[bool]>::len).collect();
    lengths.sort_unstable();
    let habit = habit(&lengths);
    runs().flat_map(|run| std::iter::repeat_n(run.first() == Some(&true) && run.len() > habit, run.len())).collect()
}

/// The longest run of empty months that is still a habit: one that comes again, or a single month. `lengths` are ascending.
fn habit(lengths: &[usize]) -> usize {
    let mut rest = lengths;
    while let Some((longest, shorter)) = rest.split_last() {
        let next = shorter.last().copied().unwrap_or_default();
        if *longest < SHORTEST || (next > 0 && *longest <= next + ALIKE) {
            return *longest;
        }
        rest = shorter;
    }
    SHORTEST - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Months that are missing, of a history where `x` is a month with transactions.
    fn found(history: &str) -> String {
        let empty: Vec<bool> = history.chars().map(|month| month != 'x').collect();
        missing(&empty).into_iter().map(|missing| if missing { '?' } else { '.' }).collect()
    }

    #[test]
    fn a_run_of_empty_months_that_comes_once_is_missing() {
        assert_eq!(found("xx-------------------x"), "..???????????????????.");
        assert_eq!(found("xxxxxx--xxxxxx"), "......??......");
        assert_eq!(found("xx--------"), "..????????");
    }

    #[test]
    fn what_rests_by_habit_is_zero() {
        for history in ["x--x--x--x--x", "xxxxxx------xxxxxx------xxxxxx-----xxxxxx", "xxx-xxxxx", "xx-xxx--x", "xxxx"]
        {
            assert_eq!(found(history), ".".repeat(history.len()), "{history}");
        }
    }

    #[test]
    fn a_gap_is_told_beside_a_habit() {
        assert_eq!(found("x--x--x-----------x--x"), ".......???????????....");
        let (short, long) = ("-".repeat(7), "-".repeat(16));
        let expected = format!(".....{}.{}.", "?".repeat(7), "?".repeat(16));
        assert_eq!(found(&format!("x-x-x{short}x{long}x")), expected);
    }
}
