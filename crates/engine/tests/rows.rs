//! Sets of rows against plain sets of numbers.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*};
use saldo_engine::RowSet;

/// Dense and sparse, in any order, with repetitions.
fn numbers() -> impl Strategy<Value = Vec<u32>> {
    vec(prop_oneof![1_u32..60, 1_u32..5_000, 1_u32..=u32::MAX, Just(u32::MAX)], 0..80)
}

proptest! {
    #[test]
    fn a_set_gives_back_its_numbers_in_order(numbers in numbers()) {
        let plain: BTreeSet<u32> = numbers.iter().copied().collect();
        let rows: RowSet = numbers.iter().copied().collect();
        prop_assert!(rows.iter().eq(plain.iter().copied()));
        prop_assert_eq!(rows.len() as usize, plain.len());
        prop_assert_eq!((rows.first(), rows.last()), (plain.first().copied(), plain.last().copied()));
        for number in numbers.iter().flat_map(|number| [number.saturating_sub(1), *number, number.saturating_add(1)]) {
            prop_assert_eq!(rows.contains(number), plain.contains(&number));
        }
    }

    #[test]
    fn the_order_of_adding_does_not_matter(numbers in numbers()) {
        let mut rows = RowSet::default();
        numbers.iter().for_each(|number| rows.push(*number));
        prop_assert_eq!(rows, numbers.into_iter().collect::<RowSet>());
    }

    #[test]
    fn the_bytes_give_back_the_set(numbers in numbers()) {
        let rows: RowSet = numbers.into_iter().collect();
        prop_assert_eq!(RowSet::from_bytes(rows.as_bytes()), Some(rows));
    }

    #[test]
    fn ranges_ascend_and_do_not_touch(numbers in numbers()) {
        let rows: RowSet = numbers.into_iter().collect();
        let ranges: Vec<_> = rows.iter_ranges().collect();
        prop_assert!(ranges.iter().all(|(first, last)| first <= last));
        prop_assert!(ranges.windows(2).all(|pair| u64::from(pair[0].1) + 1 < u64::from(pair[1].0)));
    }

    #[test]
    fn a_union_holds_the_numbers_of_all(sets in vec(numbers(), 0..5)) {
        let plain: BTreeSet<u32> = sets.iter().flatten().copied().collect();
        let sets: Vec<RowSet> = sets.into_iter().map(|numbers| numbers.into_iter().collect()).collect();
        prop_assert_eq!(RowSet::union_all(&sets), plain.into_iter().collect::<RowSet>());
    }

    #[test]
    fn no_bytes_break_the_reading(bytes in vec(any::<u8>(), 0..24)) {
        if let Some(rows) = RowSet::from_bytes(&bytes) {
            prop_assert_eq!(rows.as_bytes(), bytes.as_slice());
        }
    }
}
