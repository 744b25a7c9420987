//! Every number in the narrative is a fact, whatever the statement.

use proptest::{collection::vec, option, prelude::*};
use saldo_analysis::narrative::{Language, Text, numbers_in};
use saldo_engine::{Analysis, Import, Proof, ProofMethod, Transaction, categories};
use saldo_kernel::Money;
use time::Date;

use crate::{
    build::{money, statement, told},
    read_back::agrees,
};

fn check(import: &Import) {
    let (analysis, texts) = told(import);
    assert!((1..=7).contains(&texts.sentences.len()), "{} sentences", texts.sentences.len());
    assert!(texts.sentences.len() >= 3 || import.transactions.is_empty());
    assert_eq!(texts.findings.len(), analysis.findings.len());
    for text in texts.sentences.iter().flat_map(|sentence| &sentence.texts).chain(texts.findings.iter().flatten()) {
        check_text(text, &analysis);
    }
}

fn check_text(text: &Text, analysis: &Analysis) {
    assert!(!text.segments.is_empty());
    for segment in &text.segments {
        let Some(id) = &segment.fact else {
            assert_eq!(numbers_in(&segment.text), Vec::<&str>::new(), "{:?}", segment.text);
            assert!(!segment.text.contains(['{', '}']), "{:?}", segment.text);
            continue;
        };
        let fact = analysis.fact(id).unwrap_or_else(|| panic!("{id} is no fact"));
        assert!(agrees(&segment.text, &fact.value, text.language), "{id}: {:?} is not {:?}", segment.text, fact.value);
    }
}

prop_compose! {
    fn transaction(days: i32, codes: &'static [&'static str])(
        day in 0..days,
        units in prop_oneof![8 => -100_000_i128..100_000, 1 => -100_000_000_000_i128..100_000_000_000, 1 => Just(0)],
        exponent in prop_oneof![8 => Just(2_u8), 1 => Just(0), 1 => Just(1), 1 => Just(4)],
        code in proptest::sample::select(codes),
        balance in option::of(0..10_000_000_i128),
        counterparty in prop_oneof![Just(""), Just("Lidl"), Just("Gehalt"), Just("Miete"), Just("{{net/EUR}} 24/7 |x"), Just("ООО Ромашка"), Just("Shell")],
        category in prop_oneof![6 => Just(""), 1 => Just("Projekt 7/{{net/EUR}} | 24 %"), 1 => Just("Haustiere")],
    ) -> Transaction {
        let currency = code.parse().ok();
        Transaction {
            line: 1,
            date: Date::from_julian_day(2_458_485 + day).expect("a day"),
            amount: Money::new(units, exponent, currency),
            balance: balance.map(|units| Money::new(units, 2, currency)),
            counterparty: counterparty.into(),
            description: "".into(),
            category: category.into(),
            account: "".into(),
        }
    }
}

fn import(days: i32, most: usize, codes: &'static [&'static str]) -> impl Strategy<Value = Import> {
    let proof = prop_oneof![
        Just(Proof::None),
        Just(Proof::Reconciled { by: ProofMethod::RunningBalance }),
        (-100_000_i128..100_000, option::of(1..5_000_u64)).prop_map(|(units, line)| Proof::NotReconciled {
            by: ProofMethod::RunningBalance,
            missing: Money { units, ..money("0.00", "EUR") },
            line,
        }),
    ];
    (vec(transaction(days, codes), 0..most), proof, 0..3_000_u64).prop_map(|(mut transactions, proof, rejected)| {
        transactions.sort_by_key(|transaction| transaction.date);
        let mut import = statement(transactions);
        import.proof = proof;
        import.counts.rejected = rejected % 4;
        import
    })
}

proptest! {
    #[test]
    fn every_number_in_the_narrative_is_a_fact(import in import(120, 60, &["EUR"])) {
        check(&import);
    }

    #[test]
    fn every_number_is_a_fact_in_every_currency(import in import(60, 30, &["USD", "RUB", "CHF", "JPY", ""])) {
        check(&import);
    }

    #[test]
    fn every_number_is_a_fact_over_years(import in import(900, 300, &["RUB", "RUB", "RUB", "USD"])) {
        check(&import);
    }
}

#[test]
fn names_of_categories_hold_no_numbers() {
    for category in categories() {
        for (code, name) in category.names {
            assert!(Language::ALL.iter().any(|language| language.code() == code), "{code}");
            assert_eq!(numbers_in(name), Vec::<&str>::new(), "{name}");
        }
    }
}
