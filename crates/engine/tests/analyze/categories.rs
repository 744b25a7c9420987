//! Where a row's category comes from: the user, the file, the words, the rows that are alike; own names as well as built-in ones.

use saldo_engine::{Analysis, LabelReason, Lessons, analyze_taught};

use crate::build::{Row, analysis, check, row, statement, value};

const LEARNED: &str = "learned";

/// Category and reason of each row.
fn told(analysis: &Analysis) -> Vec<(String, &'static str)> {
    let reason = |reason| match reason {
        LabelReason::File => "file",
        LabelReason::Rule => "rule",
        LabelReason::Transfer => "transfer",
        LabelReason::Corrected => "corrected",
        LabelReason::Learned { percent } => {
            assert!((80..=100).contains(&percent), "{percent}");
            LEARNED
        }
        LabelReason::None => "none",
    };
    analysis.labels.iter().map(|label| (label.category.to_string(), reason(label.reason))).collect()
}

fn taught(rows: Vec<Row>, lessons: Lessons) -> Analysis {
    analyze_taught(&statement(rows), lessons, &mut ()).expect("an analysis")
}

fn corrected(corrections: &[(&str, &str)]) -> Lessons {
    let mut lessons = Lessons::default();
    corrections.iter().for_each(|(text, category)| assert!(lessons.correct(text, category), "{text}"));
    lessons
}

/// Trusts a file of these rows.
fn trusting(rows: Vec<Row>) -> Lessons {
    let mut lessons = Lessons::default();
    lessons.trust(&statement(rows), &mut ()).expect("lessons");
    lessons
}

fn out(counterparty: &str) -> Row {
    row("2025-01-02", "-5.00").of(counterparty)
}

/// Sixty rows of three shops that no rule knows, with the file's own categories.
fn stated() -> Vec<Row> {
    let shops = [("Zylbo Vex", "Haustiere"), ("Quandrix", "Проект А"), ("Morvane", "Haustiere")];
    shops.iter().cycle().take(60).map(|(name, category)| out(name).category(category)).collect()
}

#[test]
fn a_category_of_the_files_own_is_kept_under_its_name() {
    let analysis = analysis(vec![
        out("Lidl").category(" Haustiere "),
        out("Xyzzy").category("HAUSTIERE"),
        out("Lidl").category("Проект А/{1}"),
        out("Lidl").category("Rent"),
        out("Lidl").category("Other"),
        out("Xyzzy").category("12345"),
    ]);
    let expected = [
        ("Haustiere", "file"),
        ("Haustiere", "file"),
        ("Проект А/{1}", "file"),
        ("rent", "file"),
        ("groceries", "rule"),
        ("uncategorized", "none"),
    ];
    assert_eq!(told(&analysis), expected.map(|(category, reason)| (category.to_owned(), reason)));
    check(
        &analysis,
        &[
            ("money_out/EUR/category/Haustiere", "10.00"),
            ("category_name/EUR/category/Haustiere", "Haustiere"),
            ("category_name/EUR/category/Проект А%2F%7B1%7D", "Проект А/{1}"),
            ("category_name/EUR/category/rent", "-"),
        ],
    );
    assert_eq!(analysis.labels.own_categories().collect::<Vec<_>>(), ["Haustiere", "Проект А/{1}"]);
}

#[test]
fn a_column_with_hundreds_of_names_lists_no_categories() {
    let rows = (0..600).map(|number| out("Lidl").category(&format!("remark number {number}")));
    let analysis = analysis(rows.chain([out("Xyzzy").category("Groceries")]).collect());
    let told = told(&analysis);
    assert!(told.iter().take(600).all(|one| *one == ("groceries".to_owned(), "rule")));
    assert_eq!(told.last(), Some(&("groceries".to_owned(), "file")));
    assert_eq!(analysis.labels.own_categories().count(), 0);
}

#[test]
fn rows_without_a_category_learn_from_those_of_the_same_file() {
    let mut rows = stated();
    rows.extend([out("Zylbo Vex"), out("Lidl"), out("Unheard Of"), out("QUANDRIX")]);
    let expected = [("Haustiere", LEARNED), ("groceries", "rule"), ("uncategorized", "none"), ("Проект А", LEARNED)];
    let analysis = analysis(rows);
    assert_eq!(told(&analysis).split_off(60), expected.map(|(category, reason)| (category.to_owned(), reason)));
    // What was learnt counts in the figures: 21 rows of Quandrix at 5.00.
    assert_eq!(value(&analysis, "money_out/EUR/category/Проект А"), "105.00");
}

#[test]
fn few_rows_are_no_reason_to_guess() {
    let analysis = analysis(vec![out("Zylbo Vex").category("Haustiere"), out("Zylbo Vex")]);
    assert_eq!(told(&analysis)[1], ("uncategorized".to_owned(), "none"));
}

#[test]
fn the_users_word_comes_before_the_file_and_the_file_before_the_words() {
    let rows = || {
        vec![
            out("Lidl").category("Pets"),
            out("LIDL 1234 BERLIN DE"),
            out("Lidl").text("Lidl Plus refund 7"),
            out("Rewe"),
            out("Rewe").category("Haustiere"),
        ]
    };
    let plain = [
        ("shopping", "file"),
        ("groceries", "rule"),
        ("groceries", "rule"),
        ("groceries", "rule"),
        ("Haustiere", "file"),
    ];
    assert_eq!(told(&analysis(rows())), plain.map(|(category, reason)| (category.to_owned(), reason)));
    // The name that the report shows corrects every spelling; a whole text corrects that one before it.
    let lessons = corrected(&[("Lidl", "Katzen"), ("lidl plus, refund 7", "Groceries"), ("Rewe", "haustiere")]);
    let expected = [
        ("Katzen", "corrected"),
        ("Katzen", "corrected"),
        ("groceries", "corrected"),
        ("haustiere", "corrected"),
        // The file says the same: nothing to correct.
        ("haustiere", "file"),
    ];
    let analysis = taught(rows(), lessons);
    assert_eq!(told(&analysis), expected.map(|(category, reason)| (category.to_owned(), reason)));
}

#[test]
fn a_correction_may_take_a_category_away_and_the_last_one_holds() {
    let analysis = taught(vec![out("Lidl")], corrected(&[("Lidl", "Pets"), ("Lidl", "uncategorized")]));
    assert_eq!(told(&analysis), [("uncategorized".to_owned(), "corrected")]);
    let mut lessons = Lessons::default();
    for (text, category) in [("Lidl", "12345"), ("--", "Pets"), ("Lidl", " ")] {
        assert!(!lessons.correct(text, category), "{text}: {category}");
    }
}

#[test]
fn a_correction_keeps_a_matched_transfer_from_becoming_one() {
    let pair = || {
        vec![
            row("2025-01-02", "-731.15").of("Quandrix").account("A"),
            row("2025-01-02", "731.15").of("Quandrix").account("B"),
        ]
    };
    assert_eq!(told(&analysis(pair()))[0], ("transfers".to_owned(), "transfer"));
    let analysis = taught(pair(), corrected(&[("Quandrix", "Проект А")]));
    assert_eq!(told(&analysis)[0], ("Проект А".to_owned(), "corrected"));
}

#[test]
fn a_trusted_file_corrects_counterparties_of_one_category_by_direction() {
    let mut last_year: Vec<Row> = vec![out("Lidl Nord").category("Pets"), out("Lidl Süd").category("Haustiere")];
    last_year.push(row("2025-01-02", "9.00").of("Quandrix").category("Проект А"));
    // Of two categories: the rows decide, and here they do not.
    last_year.extend([out("Morvane").category("Haustiere"), out("Morvane").category("Travel")]);
    let rows = vec![
        out("LIDL SÜD").category("Groceries"),
        row("2025-01-02", "3.00").of("Quandrix"),
        out("Quandrix"),
        out("Morvane"),
    ];
    let expected =
        [("Haustiere", "corrected"), ("Проект А", "corrected"), ("uncategorized", "none"), ("uncategorized", "none")];
    let analysis = taught(rows, trusting(last_year));
    assert_eq!(told(&analysis), expected.map(|(category, reason)| (category.to_owned(), reason)));
}

#[test]
fn a_trusted_file_teaches_names_that_are_alike() {
    let shops = ["Zylbo Vex", "Quandrix"];
    let year = (0..80).map(|n| out(&format!("{} {n}", shops[n % 2])).category(["Haustiere", "Проект А"][n % 2]));
    let analysis = taught(vec![out("Zylbo Vex 311")], trusting(year.collect()));
    assert_eq!(told(&analysis), [("Haustiere".to_owned(), LEARNED)]);
}

#[test]
fn the_same_lessons_give_the_same_report() {
    let rows = || stated().into_iter().chain((0..40).map(|n| out(&format!("Zylbo {n}")))).collect::<Vec<_>>();
    let one = taught(rows(), trusting(stated()));
    let other = taught(rows(), trusting(stated()));
    assert_eq!((one.labels, one.facts, one.findings), (other.labels, other.facts, other.findings));
}
