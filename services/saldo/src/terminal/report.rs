//! The report in a terminal, top-down as on the page: sentences, figures, months, categories, findings, quality.

use std::fmt::Write as _;

use saldo_analysis::narrative::{Language, counted, shown};
use saldo_engine::Value;
use saldo_kernel::Money;
use saldo_proto::analysis::v1::{Fact, Forecast, Quality, Report, Source, Text, fact::Value as Pb, proof::Status};
use time::{Date, macros::format_description};
use unicode_width::UnicodeWidthStr;

use super::{BOLD, FAINT, RED, words::Words};

/// The text's width; wider lines are hard to read.
const WIDTH: usize = 96;
/// The longest bar.
const BAR: usize = 24;
/// Categories and findings shown; the page has them all.
const SHOWN: usize = 10;

/// The whole report as text with styles, which the caller's stream strips where it is not a terminal.
pub(crate) fn report(report: &Report, language: Language) -> String {
    let mut page = Page { out: String::new(), report, language, words: Words::of(language) };
    page.header();
    page.sentences();
    for currency in page.currencies() {
        page.figures(&currency);
        page.months(&currency);
        page.forecast(&currency);
        page.categories(&currency);
        page.recurring(&currency);
        page.accounts(&currency);
    }
    page.findings();
    page.rejected();
    page.unmatched();
    page.out
}

struct Page<'a> {
    out: String,
    report: &'a Report,
    language: Language,
    words: &'static Words,
}

impl Page<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn title(&mut self, text: &str) {
        self.line("");
        self.line(&format!("{BOLD}{text}{BOLD:#}"));
    }

    fn header(&mut self) {
        let several = self.report.files.len() > 1;
        for file in &self.report.files {
            let (source, quality) = (file.source.as_ref(), file.quality.as_ref());
            self.file(source.cloned().unwrap_or_default(), quality.cloned().unwrap_or_default());
        }
        if several {
            let quality = self.report.quality.clone().unwrap_or_default();
            self.line(&format!("{FAINT}{}{FAINT:#}", self.counts(&quality)));
        }
    }

    /// Rows by their fate.
    fn counts(&self, quality: &Quality) -> String {
        let count = |noun, count| counted(noun, count, self.language);
        let mut counts = format!(
            "{} = {} + {} + {}",
            count("read_row", quality.rows_read),
            count("transaction", quality.transactions),
            count("recognized_row", quality.recognized),
            count("rejected_row", quality.rejected)
        );
        if quality.in_other_files > 0 {
            let _ = write!(counts, " + {} {}", quality.in_other_files, self.words.in_other_files);
        }
        counts
    }

    fn file(&mut self, source: Source, quality: Quality) {
        let words = self.words;
        let counts = self.counts(&quality);
        self.line(&format!("{BOLD}{}{BOLD:#}", source.file_name));
        // What is no text has no encoding.
        let encoding = if source.encoding.is_empty() { String::new() } else { format!("{} · ", source.encoding) };
        let kind = words.kind(&source.kind).map(|kind| format!("{kind} · ")).unwrap_or_default();
        self.line(&format!("{FAINT}{} · {kind}{encoding}{counts}{FAINT:#}", source.format.to_uppercase()));
        let proof = quality.proof.unwrap_or_default();
        let line = match proof.status() {
            Status::Unspecified => format!("{FAINT}{}{FAINT:#}", words.unproved(&proof.stated)),
            Status::Reconciled => format!("✓ {}", words.reconciled),
            Status::NotReconciled => {
                let missing = proof.missing.as_ref().map(|amount| self.money(&amount.amount, &amount.currency));
                let line = if proof.line > 0 { format!(" ({} {})", words.line, proof.line) } else { String::new() };
                format!("{RED}{} {}{line}{RED:#}", words.not_reconciled, missing.unwrap_or_default())
            }
        };
        self.line(&line);
    }

    fn sentences(&mut self) {
        if !self.report.sentences.is_empty() {
            self.line("");
        }
        for sentence in &self.report.sentences {
            let text = self.text(&sentence.texts);
            for line in wrapped(&text, WIDTH - 2) {
                self.line(&format!("  {line}"));
            }
        }
    }

    /// The path segments of the report's currencies, in the report's order.
    fn currencies(&self) -> Vec<String> {
        let ids = || self.report.facts.iter().map(|fact| fact.id.as_str());
        // Books without movements have sums by account only.
        let of = |prefix| ids().filter_map(move |id| id.strip_prefix(prefix)).filter(|rest| !rest.contains('/'));
        let mut out: Vec<String> = Vec::new();
        for currency in of("net/").chain(of("debit/")) {
            if !out.iter().any(|one| one == currency) {
                out.push(currency.to_owned());
            }
        }
        out
    }

    fn figures(&mut self, currency: &str) {
        let words = self.words;
        let rows: Vec<_> = [
            ("money_in", words.money_in),
            ("money_out", words.money_out),
            ("net", words.net),
            ("opening_balance", words.opening),
            ("closing_balance", words.closing),
            ("income", words.income),
            ("expenses", words.expenses),
            ("profit", words.profit),
        ]
        .into_iter()
        .filter_map(|(metric, label)| Some((label, self.value(&format!("{metric}/{currency}"))?)))
        .collect();
        self.line("");
        let label_width = rows.iter().map(|(label, _)| label.width()).max().unwrap_or_default();
        let value_width = rows.iter().map(|(_, value)| value.width()).max().unwrap_or_default();
        for (label, value) in rows {
            self.line(&format!("  {}  {BOLD}{}{BOLD:#}", left(label, label_width), right(&value, value_width)));
        }
    }

    fn months(&mut self, currency: &str) {
        let words = self.words;
        let prefix = format!("net/{currency}/month/");
        let months: Vec<_> = self.report.facts.iter().filter_map(|fact| fact.id.strip_prefix(&prefix)).collect();
        if months.is_empty() {
            return;
        }
        let mut table =
            vec![[String::new(), words.money_in.to_owned(), words.money_out.to_owned(), words.net.to_owned()]];
        for month in months {
            let cell = |metric: &str| self.value(&format!("{metric}/{currency}/month/{month}")).unwrap_or_default();
            table.push([self.month(month), cell("money_in"), cell("money_out"), cell("net")]);
        }
        self.title(words.cash_flow);
        self.columns(&table);
    }

    /// The net of the months to come with its interval, or why there is none.
    fn forecast(&mut self, currency: &str) {
        let words = self.words;
        let prefix = format!("forecast_net/{currency}/month/");
        let months: Vec<_> = self.report.facts.iter().filter_map(|fact| fact.id.strip_prefix(&prefix)).collect();
        let [from, to] = words.between.map(str::to_owned);
        let mut table = vec![[String::new(), words.net.to_owned(), from, to]];
        for month in months {
            let cell = |metric: &str| self.value(&format!("{metric}/{currency}/month/{month}")).unwrap_or_default();
            table.push([self.month(month), cell("forecast_net"), cell("forecast_net_low"), cell("forecast_net_high")]);
        }
        if table.len() > 1 {
            self.title(words.forecast);
            self.columns(&table);
            return;
        }
        let code = if currency == "XXX" { "" } else { currency };
        let short = |one: &&Forecast| one.metric == "net" && one.currency == code && one.needed > 0;
        let short = self.report.forecasts.iter().find(short).map(|one| (one.history.len(), one.needed));
        if let Some((known, needed)) = short {
            let [full, need] = words.no_forecast;
            self.line(&format!("  {FAINT}{full}: {known}; {need} {needed}{FAINT:#}"));
        }
    }

    /// A name and three amounts in each row; the first row is the head.
    fn columns(&mut self, table: &[[String; 4]]) {
        let width =
            |column: usize| table.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
        let widths = [width(0), width(1), width(2), width(3)];
        for (place, [month, money_in, money_out, net]) in table.iter().enumerate() {
            let [first, second, third, fourth] = widths;
            let line = format!(
                "  {}  {}  {}  {}",
                left(month, first),
                right(money_in, second),
                right(money_out, third),
                right(net, fourth)
            );
            if place == 0 { self.line(&format!("{FAINT}{line}{FAINT:#}")) } else { self.line(&line) }
        }
    }

    fn categories(&mut self, currency: &str) {
        let prefix = format!("money_out/{currency}/category/");
        let mut rows: Vec<_> = self
            .report
            .facts
            .iter()
            .filter_map(|fact| Some((fact.id.strip_prefix(&prefix)?, fact.dimensions.get("category")?, amount(fact)?)))
            .filter(|(.., amount)| amount.units > 0)
            .collect();
        rows.sort_by(|(.., one), (.., two)| two.compare(*one).unwrap_or(std::cmp::Ordering::Equal));
        let Some((.., largest)) = rows.first().copied() else { return };
        self.title(self.words.spending);
        let hidden = rows.len().saturating_sub(SHOWN);
        rows.truncate(SHOWN);
        let cells: Vec<_> = rows
            .iter()
            .map(|(key, category, amount)| {
                let share = self.value(&format!("money_out_share/{currency}/category/{key}")).unwrap_or_default();
                (self.category(category), shown(&Value::Money(*amount), self.language), share, bar(*amount, largest))
            })
            .collect();
        let name_width = cells.iter().map(|(name, ..)| name.width()).max().unwrap_or_default();
        let value_width = cells.iter().map(|(_, value, ..)| value.width()).max().unwrap_or_default();
        for (name, value, share, bar) in cells {
            self.line(&format!(
                "  {}  {}  {}  {FAINT}{bar}{FAINT:#}",
                left(&name, name_width),
                right(&value, value_width),
                right(&share, 7)
            ));
        }
        self.and_more(hidden);
    }

    /// Series of payments: whose, how often, how much, and when the next one is due.
    fn recurring(&mut self, currency: &str) {
        let prefix = format!("cadence/{currency}/recurring/");
        let keys: Vec<_> = self.report.facts.iter().filter_map(|fact| fact.id.strip_prefix(&prefix)).collect();
        if keys.is_empty() {
            return;
        }
        let cell = |metric: &str, key: &str| self.value(&format!("{metric}/{currency}/recurring/{key}"));
        let rows = keys.iter().take(SHOWN).map(|key| {
            let often = cell("cadence", key).unwrap_or_default();
            let often = self.words.cadences.iter().find(|(name, _)| *name == often).map_or("", |(_, words)| words);
            let amount = cell("recurring_in", key).map(|amount| format!("+{amount}"));
            let amount = amount.or_else(|| cell("recurring_out", key)).unwrap_or_default();
            let name = cell("counterparty", key).unwrap_or_default();
            [name, often.to_owned(), amount, cell("next_payment", key).unwrap_or_default()]
        });
        let rows: Vec<_> = rows.collect();
        let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
        let [name, often, amount] = [0, 1, 2].map(|column| width(column).unwrap_or_default());
        self.title(self.words.regular);
        for [whose, how_often, how_much, next] in &rows {
            let (whose, how_often, how_much) = (left(whose, name), left(how_often, often), right(how_much, amount));
            self.line(&format!("  {whose}  {how_often}  {how_much}  {FAINT}→ {next}{FAINT:#}"));
        }
        self.and_more(keys.len().saturating_sub(SHOWN));
    }

    /// Accounts of books with debits and credits, own accounts with money in and out.
    fn accounts(&mut self, currency: &str) {
        let words = self.words;
        let has = |metric: &str| {
            let prefix = format!("{metric}/{currency}/account/");
            self.report.facts.iter().any(|fact| fact.id.starts_with(&prefix))
        };
        let columns = if has("debit") {
            [("debit", words.debit), ("credit", words.credit), ("closing_balance", words.closing)]
        } else {
            [("money_in", words.money_in), ("money_out", words.money_out), ("closing_balance", words.closing)]
        };
        let prefix = format!("{}/{currency}/account/", columns[0].0);
        let keys: Vec<String> = {
            let ids = self.report.facts.iter().filter_map(|fact| Some((fact.id.strip_prefix(&prefix)?, fact)));
            ids.map(|(key, _)| key.to_owned()).collect()
        };
        if keys.is_empty() {
            return;
        }
        let mut table = vec![[String::new(), columns[0].1.into(), columns[1].1.into(), columns[2].1.into()]];
        for key in keys.iter().take(SHOWN) {
            let first = self.report.facts.iter().find(|fact| fact.id == format!("{prefix}{key}"));
            let name = first.and_then(|fact| fact.dimensions.get("account")).cloned().unwrap_or_default();
            let cell = |metric: &str| self.value(&format!("{metric}/{currency}/account/{key}")).unwrap_or_default();
            table.push([name, cell(columns[0].0), cell(columns[1].0), cell(columns[2].0)]);
        }
        self.title(words.accounts);
        self.columns(&table);
        self.and_more(keys.len().saturating_sub(SHOWN));
    }

    fn findings(&mut self) {
        if self.report.findings.is_empty() {
            return;
        }
        self.title(self.words.unusual);
        for finding in self.report.findings.iter().take(SHOWN) {
            let text = self.text(&finding.texts);
            for (place, line) in wrapped(&text, WIDTH - 4).into_iter().enumerate() {
                self.line(&format!("  {} {line}", if place == 0 { "•" } else { " " }));
            }
        }
        self.and_more(self.report.findings.len().saturating_sub(SHOWN));
    }

    fn rejected(&mut self) {
        let quality = self.report.quality.clone().unwrap_or_default();
        if quality.rejected == 0 {
            return;
        }
        self.title(&format!("{}: {}", self.words.rejected, quality.rejected));
        for row in quality.rejected_rows.iter().take(SHOWN) {
            let file = usize::try_from(row.file).ok().and_then(|file| self.report.files.get(file.checked_sub(1)?));
            let name = file.filter(|_| self.report.files.len() > 1).and_then(|file| file.source.as_ref());
            let name = name.map(|source| format!("{}, ", source.file_name)).unwrap_or_default();
            let place = format!("{name}{} {}", self.words.line, row.line);
            self.line(&format!("  {place}: {} {} {:?}", row.reason, row.column, row.value));
        }
        self.and_more(usize::try_from(quality.rejected).unwrap_or(usize::MAX).saturating_sub(SHOWN));
    }

    /// Corrections that changed nothing.
    fn unmatched(&mut self) {
        let texts: Vec<String> = self.report.unmatched_corrections.iter().map(|text| format!("{text:?}")).collect();
        if !texts.is_empty() {
            self.title(self.words.unmatched);
            self.line(&format!("  {}", texts.join(", ")));
        }
    }

    fn and_more(&mut self, hidden: usize) {
        if hidden > 0 {
            self.line(&format!("  {FAINT}… {} {hidden}{FAINT:#}", self.words.more));
        }
    }

    /// A fact's value as the language writes it.
    fn value(&self, id: &str) -> Option<String> {
        let fact = self.report.facts.iter().find(|fact| fact.id == id)?;
        let value = match fact.value.as_ref()? {
            Pb::Money(_) => Value::Money(amount(fact)?),
            Pb::Ratio(text) => Value::Ratio(text.parse().ok()?),
            Pb::Number(text) => Value::Number(text.parse().ok()?),
            Pb::Count(count) => Value::Count(*count),
            Pb::Date(text) => day(text).map_or_else(|| Value::Name(text.clone()), Value::Date),
            Pb::Month(text) | Pb::Name(text) => Value::Name(text.clone()),
        };
        Some(shown(&value, self.language))
    }

    fn money(&self, amount: &str, currency: &str) -> String {
        money(amount, currency).map(|money| shown(&Value::Money(money), self.language)).unwrap_or_default()
    }

    /// `2025-03` in words.
    fn month(&self, month: &str) -> String {
        let parts = month.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
        parts.map_or_else(|| month.to_owned(), |(year, month)| shown(&Value::Month(year, month), self.language))
    }

    fn category(&self, key: &str) -> String {
        let found = self.report.categories.iter().find(|category| category.key == key);
        found.and_then(|category| category.names.get(self.language.code())).cloned().unwrap_or_else(|| key.to_owned())
    }

    fn text(&self, texts: &[Text]) -> String {
        let text = texts.iter().find(|text| text.language == self.language.code());
        text.map(|text| text.segments.iter().map(|segment| segment.text.as_str()).collect()).unwrap_or_default()
    }
}

/// The day of an ISO 8601 date.
fn day(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

fn amount(fact: &Fact) -> Option<Money> {
    match fact.value.as_ref()? {
        Pb::Money(found) => money(&found.amount, &found.currency),
        _ => None,
    }
}

pub(super) fn money(amount: &str, currency: &str) -> Option<Money> {
    amount.parse::<Money>().ok().map(|money| Money { currency: currency.parse().ok(), ..money })
}

/// A bar of eighths as long as the part of the largest.
fn bar(part: Money, largest: Money) -> String {
    let exponent = part.exponent.max(largest.exponent);
    let (Some(part), Some(whole)) = (part.scaled(exponent), largest.scaled(exponent)) else { return String::new() };
    let eighths = part.saturating_mul(8 * BAR as i128).checked_div(whole).unwrap_or_default().max(1);
    let (full, rest) = (usize::try_from(eighths / 8).unwrap_or_default(), eighths % 8);
    let mut out = "█".repeat(full.min(BAR));
    let rest = u32::try_from(rest).ok().filter(|rest| *rest > 0).and_then(|rest| char::from_u32(0x2590 - rest));
    if let Some(rest) = rest {
        let _ = write!(out, "{rest}");
    }
    out
}

pub(super) fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

pub(super) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// Lines of at most `width`, broken at plain spaces: a no-break space belongs to its number.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_not_torn_apart_by_a_line_end() {
        let lines = wrapped("получено 12\u{a0}650,00\u{a0}€ за период", 19);
        assert_eq!(lines, ["получено", "12\u{a0}650,00\u{a0}€ за", "период"]);
    }

    #[test]
    fn a_bar_is_as_long_as_its_part() {
        let money = |units| Money::new(units, 2, None);
        assert_eq!(bar(money(100), money(100)).chars().count(), BAR);
        assert_eq!(bar(money(50), money(100)), "█".repeat(BAR / 2));
        assert_eq!(bar(money(1), money(1_000_000)), "▏");
    }

    #[test]
    fn columns_line_up_in_both_alphabets() {
        assert_eq!(left("Итого", 7).width(), 7);
        assert_eq!(right("€1", 4), "  €1");
    }
}
