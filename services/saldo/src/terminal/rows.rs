//! The rows with their categories and why, one line each.

use std::fmt::Write as _;

use saldo_analysis::narrative::{Language, shown};
use saldo_engine::{Value, categories};
use saldo_proto::analysis::v1::Row;
use unicode_width::UnicodeWidthStr;

use super::{
    FAINT,
    report::{left, money, right},
    words::Words,
};

/// Widths of the columns; a longer counterparty moves the rest of its line.
const AMOUNT: usize = 16;
const COUNTERPARTY: usize = 32;

/// Day, amount, counterparty, category and its reason.
pub(super) fn rows(rows: &[Row], language: Language) -> String {
    let words = Words::of(language);
    let mut out = String::new();
    for row in rows {
        let amount = row.amount.as_ref().and_then(|amount| money(&amount.amount, &amount.currency));
        let amount = amount.map(|amount| shown(&Value::Money(amount), language)).unwrap_or_default();
        let who = if row.counterparty.is_empty() { &row.description } else { &row.counterparty };
        let mut reason = words.reason(&row.category_reason).to_owned();
        if row.category_confidence > 0.0 {
            let _ = write!(reason, ", {}", percent(row.category_confidence, language));
        }
        let (category, gap) = (name(&row.category, language), if reason.is_empty() { "" } else { "  " });
        let _ = writeln!(
            out,
            "{}  {}  {}  {category}{gap}{FAINT}{reason}{FAINT:#}",
            row.date,
            right(&amount, AMOUNT),
            left(&clipped(who), COUNTERPARTY),
        );
    }
    out
}

/// A name of ours in the language; one of the user's own is the same in each.
fn name(key: &str, language: Language) -> String {
    let known = categories().find(|category| category.key == key);
    let name = known.and_then(|known| known.names.into_iter().find(|(code, _)| *code == language.code()));
    name.map_or(key, |(_, name)| name).to_owned()
}

/// Without what would move the cursor, and no wider than its column.
fn clipped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        if out.width() >= COUNTERPARTY - 1 {
            out.push('…');
            break;
        }
        out.push(letter);
    }
    out
}

fn percent(confidence: f64, language: Language) -> String {
    let percent = (confidence.clamp(0.0, 1.0) * 100.0).round();
    match language {
        Language::English => format!("{percent}%"),
        Language::Russian => format!("{percent}\u{a0}%"),
    }
}
