//! What the learner promises: corrections hold, unknown text is not guessed, nothing it is told breaks it.

use proptest::prelude::*;
use saldo_engine::learn::{Learner, Origin, Sample};
use saldo_kernel::Money;

fn row(counterparty: &str, cents: i128) -> Sample<'_> {
    Sample { counterparty, amount: Some(Money::new(cents, 2, None)), ..Sample::default() }
}

/// Forty rows of four shops with the words that a chain repeats.
fn taught() -> Learner {
    let mut learner = Learner::new();
    for number in 0..40 {
        let cents = -(1_000 + number * 37);
        learner.learn(&row(&format!("Harvest Foods {}", number % 7), cents), "Pantry");
        learner.learn(&row(&format!("Northline Rail {}", number % 5), cents * 3), "Trips");
        learner.learn(&row("Cedar Power & Light", -8_000 - number), "House");
        learner.learn(&row("Old Mill Bakery", -450), "Pantry");
    }
    learner.settle();
    learner
}

#[test]
fn a_row_of_a_known_name_gets_its_label() {
    let found = taught().suggest(&row("CEDAR POWER & LIGHT", -8_123)).expect("a suggestion");
    assert_eq!((found.label.as_ref(), found.origin), ("House", Origin::Remembered));
    assert!(found.confidence > 0.9 && found.confidence <= 1.0, "{}", found.confidence);
}

#[test]
fn a_branch_never_seen_is_told_by_the_words_of_its_chain() {
    let found = taught().suggest(&row("Harvest Foods 311", -2_050)).expect("a suggestion");
    assert_eq!((found.label.as_ref(), found.origin), ("Pantry", Origin::Alike));
}

#[test]
fn unknown_text_is_not_guessed() {
    let learner = taught();
    assert_eq!(learner.suggest(&row("Quixotic Zebra", -1_000)), None);
    assert_eq!(learner.suggest(&Sample::default()), None);
    // Also where nearly all rows have one label.
    let mut learner = Learner::new();
    (0..200).for_each(|number| learner.learn(&row("Harvest Foods", -number), "Pantry"));
    learner.settle();
    assert_eq!(learner.suggest(&row("Quixotic Zebra", -100)), None);
}

#[test]
fn one_row_alone_is_not_enough() {
    let mut learner = Learner::new();
    learner.learn(&row("Harvest Foods", -100), "Pantry");
    learner.settle();
    assert_eq!(learner.suggest(&row("Harvest Foods", -100)), None);
    assert_eq!(Learner::new().rank(&row("Harvest Foods", -100)), None);
}

#[test]
fn a_correction_is_honoured_at_once_whatever_other_rows_tell() {
    let mut learner = taught();
    learner.correct("Cedar Power & Light", "Workshop");
    let found = learner.suggest(&row("cedar  power, light", -8_000)).expect("a suggestion");
    assert_eq!((found.label.as_ref(), found.origin), ("Workshop", Origin::Corrected));
    learner.correct("Cedar Power & Light", "Studio");
    let found = learner.suggest(&row("Cedar Power & Light", 500)).expect("a suggestion");
    assert_eq!(found.label.as_ref(), "Studio", "the later correction holds");
    // A correction of a description counts for it too.
    let described = Sample { description: "Cedar Power & Light", ..Sample::default() };
    assert_eq!(learner.suggest(&described).map(|it| it.label.to_string()), Some("Studio".to_owned()));
}

#[test]
fn what_changed_lately_outweighs_what_was() {
    let mut learner = Learner::new();
    for number in 0..60 {
        learner.learn(&row("Harvest Foods", -number), if number < 30 { "Pantry" } else { "Canteen" });
        learner.learn(&row("Northline Rail", -number), "Trips");
    }
    learner.settle();
    let found = learner.rank(&row("Harvest Foods", -100)).expect("a guess");
    assert_eq!(found.label.as_ref(), "Canteen");
}

#[test]
fn a_kept_learner_goes_on_as_if_it_had_not_been_away() {
    let mut learner = taught();
    learner.correct("Quixotic Zebra", "Zoo");
    let bytes = learner.to_bytes();
    let mut again = Learner::from_bytes(&bytes).expect("the learner");
    assert_eq!(again.to_bytes(), bytes);
    for text in ["Cedar Power & Light", "Harvest Foods 99", "Quixotic Zebra", "Old Mill", "nothing of the kind"] {
        assert_eq!(again.rank(&row(text, -700)), learner.rank(&row(text, -700)), "{text}");
    }
    learner.learn(&row("Old Mill Bakery", -500), "Sweets");
    again.learn(&row("Old Mill Bakery", -500), "Sweets");
    assert_eq!(again.to_bytes(), learner.to_bytes());
}

#[test]
fn bytes_that_are_no_learner_are_refused() {
    let bytes = taught().to_bytes();
    assert!(Learner::from_bytes(&[]).is_none());
    assert!(Learner::from_bytes(b"saldo").is_none());
    assert!(Learner::from_bytes(&bytes[..bytes.len() - 1]).is_none());
    assert!(Learner::from_bytes(&[bytes.as_slice(), &[0]].concat()).is_none());
    for place in (0..bytes.len()).step_by(97) {
        let mut broken = bytes.clone();
        broken[place] ^= 0x55;
        // Read or refused, but never a crash, also when used.
        if let Some(learner) = Learner::from_bytes(&broken) {
            let _ = learner.suggest(&row("Old Mill Bakery", -450));
        }
    }
}

#[test]
fn labels_and_corrections_without_end_do_not_grow_it_without_end() {
    let mut learner = Learner::new();
    for number in 0..10_000 {
        learner.learn(&row("Harvest Foods", -100), &format!("label {number}"));
    }
    for number in 0..70_000 {
        learner.correct(&format!("shop {number}"), "Pantry");
    }
    assert!(learner.to_bytes().len() < 40 << 20);
    assert_eq!(learner.correction(&row("shop 69999", -1)).as_deref(), None, "a label beyond the limit is not learnt");
}

fn sample() -> impl Strategy<Value = (String, String, i64, String)> {
    ("[a-zA-Zäß0-9 *.]{0,12}|\\PC{0,20}", "[a-z ]{0,10}", any::<i64>(), "[a-d]{0,2}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_it_is_told_it_answers_within_its_bounds(rows in proptest::collection::vec(sample(), 0..60), asked in sample()) {
        let mut learner = Learner::new();
        for (counterparty, description, cents, label) in &rows {
            let amount = Some(Money::new(i128::from(*cents), 2, None));
            learner.learn(&Sample { counterparty, description, account: description, amount }, label);
        }
        learner.settle();
        let sample = Sample {
            counterparty: &asked.0,
            description: &asked.1,
            account: "",
            amount: Some(Money::new(i128::from(asked.2), 2, None)),
        };
        if let Some(found) = learner.rank(&sample) {
            prop_assert!((0.0..=1.0).contains(&found.confidence), "{}", found.confidence);
            prop_assert!(rows.iter().any(|row| row.3 == found.label.as_ref()));
        }
        let bytes = learner.to_bytes();
        let again = Learner::from_bytes(&bytes);
        prop_assert_eq!(again.map(|mut it| it.to_bytes()), Some(bytes));
        learner.correct(&asked.0, "mine");
        if asked.0.chars().any(char::is_alphanumeric) {
            prop_assert_eq!(learner.suggest(&sample).map(|it| it.label.to_string()), Some("mine".to_owned()));
        }
    }
}
