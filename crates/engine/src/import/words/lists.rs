//! The word lists of the data files, and how they become [`Words`].

use std::collections::{BTreeMap, HashMap};

use saldo_kernel::Currency;
use serde::Deserialize;

use super::{
    Meaning, RowWord, Side, Words,
    folding::{direction_key, fold, is_unspaced},
};
use crate::{
    Error,
    import::{
        books::Chart,
        months::{Calendar, CalendarWords, by_name},
        phrases::{MeaningWords, phrases},
        statuses::{StatusLists, StatusWords},
        table::DocumentWords,
    },
};

#[derive(Deserialize)]
struct ValueWords {
    directions: Sides,
    status: StatusLists,
    rows: RowWords,
    preamble: PreambleWords,
    turning: TurningWords,
    hints: HintWords,
    spending: SpendingWords,
    cards: CardWords,
    parties: PartyWords,
    units: UnitWords,
    sections: SectionWords,
    weekdays: Vec<String>,
    months: BTreeMap<String, Vec<String>>,
    months_elsewhere: Vec<CalendarWords>,
}

#[derive(Deserialize)]
struct Sides {
    out: Vec<String>,
    #[serde(rename = "in")]
    into: Vec<String>,
    neither: Vec<String>,
}

#[derive(Deserialize)]
struct PartyWords {
    payer: Vec<String>,
    payee: Vec<String>,
}

#[derive(Deserialize)]
struct SectionWords {
    out: Vec<String>,
    #[serde(rename = "in")]
    into: Vec<String>,
    again: Vec<String>,
}

#[derive(Deserialize)]
struct UnitWords {
    headers: Vec<String>,
    lines: Vec<String>,
}

#[derive(Deserialize)]
struct RowWords {
    opening: Vec<String>,
    closing: Vec<String>,
    total: Vec<String>,
    balance: Vec<String>,
    available: Vec<String>,
    dates: Vec<String>,
}

#[derive(Deserialize)]
struct TurningWords {
    last: Vec<String>,
    planned: Vec<String>,
    before_fees: Vec<String>,
    sent: Vec<[String; 2]>,
    owed: Vec<String>,
}

#[derive(Deserialize)]
struct PreambleWords {
    currency: Vec<String>,
    before_currency: Vec<String>,
}

#[derive(Deserialize)]
struct HintWords {
    out: Vec<String>,
    #[serde(rename = "in")]
    into: Vec<String>,
    card_payment: Vec<String>,
}

#[derive(Deserialize)]
struct SpendingWords {
    headers: Vec<String>,
}

#[derive(Deserialize)]
struct CardWords {
    headers: Vec<String>,
}

#[derive(Deserialize)]
struct CurrencyWords {
    iso: Vec<String>,
    three_decimals: Vec<String>,
    words: Vec<String>,
    vague: Vec<String>,
    names: BTreeMap<String, Vec<String>>,
    marks: BTreeMap<String, Vec<String>>,
    numeric: BTreeMap<String, String>,
}

impl Words {
    pub(super) fn read() -> Result<Self, Error> {
        let headers: BTreeMap<Meaning, MeaningWords> = parse(include_str!("../../../data/headers.toml"))?;
        let values: ValueWords = parse(include_str!("../../../data/values.toml"))?;
        let currencies: CurrencyWords = parse(include_str!("../../../data/currencies.toml"))?;
        let code = |text: &String| text.parse::<Currency>().map_err(|error| Error::Words(error.to_string()));
        let mut iso = HashMap::new();
        for text in &currencies.iso {
            iso.insert(text.clone(), code(text)?);
        }
        let three_decimals = currencies.three_decimals.iter().map(code).collect::<Result<_, _>>()?;
        let mut names: HashMap<String, Option<Currency>> =
            currencies.vague.iter().map(|sign| (sign.to_lowercase(), None)).collect();
        for (text, list) in &currencies.names {
            let currency = code(text)?;
            names.extend(list.iter().map(|name| (name.to_lowercase(), Some(currency))));
        }
        let mut marks = HashMap::new();
        for (text, list) in &currencies.marks {
            let currency = code(text)?;
            marks.extend(list.iter().map(|mark| (mark.to_lowercase(), currency)));
        }
        let mut numeric = HashMap::new();
        for (number, text) in &currencies.numeric {
            numeric.insert(number.clone(), code(text)?);
        }
        let calendars = values.months_elsewhere.into_iter().map(Calendar::read).collect::<Result<_, _>>()?;
        let folded = |list: Vec<String>| list.iter().map(|word| fold(word)).collect::<Vec<_>>();
        let row = |list: &[String], kind| list.iter().map(|word| (fold(word), kind)).collect::<Vec<_>>();
        let side = |sides: (&[String], &[String]), key: fn(&str) -> String| {
            let tag = |list: &[String], side| list.iter().map(|word| (key(word), side)).collect::<Vec<_>>();
            [tag(sides.0, Side::Out), tag(sides.1, Side::In)].concat().into_iter().collect::<HashMap<_, _>>()
        };
        let rows = [
            row(&values.rows.opening, RowWord::Opening),
            row(&values.rows.closing, RowWord::Closing),
            row(&values.rows.total, RowWord::Total),
            row(&values.rows.balance, RowWord::Balance),
            row(&values.rows.available, RowWord::Available),
        ]
        .concat();
        let statuses = StatusWords::from(values.status);
        Ok(Self {
            row_starts: starts(rows.iter().map(|(phrase, _)| phrase).chain(&statuses.marks).map(String::as_str)),
            longest_row: rows.iter().map(|(phrase, _)| phrase.len()).max().unwrap_or(0),
            whole_rows: rows.iter().cloned().collect(),
            unspaced_rows: rows.into_iter().filter(|(phrase, _)| is_unspaced(phrase)).collect(),
            dates: values.rows.dates.iter().map(|word| fold(word)).collect(),
            headers: phrases(&headers),
            chart: Chart::load()?,
            documents: DocumentWords::load()?,
            directions: side((&values.directions.out, &values.directions.into), direction_key),
            neither: values.directions.neither.iter().map(|word| direction_key(word)).collect(),
            statuses,
            parties: side((&values.parties.payee, &values.parties.payer), fold),
            currency_labels: folded(values.preamble.currency),
            units: [folded(values.units.headers), folded(values.units.lines)],
            before_currency: folded(values.preamble.before_currency),
            turning: folded(values.turning.last),
            planned: folded(values.turning.planned),
            before_fees: folded(values.turning.before_fees),
            sent: values.turning.sent.iter().map(|pair| pair.each_ref().map(|word| fold(word))).collect(),
            owed: folded(values.turning.owed),
            sections: side((&values.sections.out, &values.sections.into), fold),
            again: folded(values.sections.again),
            hints: side((&values.hints.out, &values.hints.into), fold),
            card_payments: folded(values.hints.card_payment),
            spending: folded(values.spending.headers),
            cards: folded(values.cards.headers),
            months: by_name(&values.months)?,
            calendars,
            weekdays: folded(values.weekdays),
            iso,
            three_decimals,
            word_codes: currencies.words,
            names,
            marks,
            numeric,
        })
    }
}

/// The second letters of phrases by the first, where both are ASCII.
fn starts<'p>(phrases: impl Iterator<Item = &'p str>) -> [u32; 26] {
    let mut out = [0; 26];
    for phrase in phrases {
        let mut places = phrase.bytes().map(|byte| byte.checked_sub(b'a').filter(|place| *place < 26));
        if let (Some(Some(first)), Some(Some(second))) = (places.next(), places.next())
            && let Some(bits) = out.get_mut(usize::from(first))
        {
            *bits |= 1 << second;
        }
    }
    out
}

fn parse<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| Error::Words(error.to_string()))
}
