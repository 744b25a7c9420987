//! Words that change with a number or a case: plurals and the names of months.

use saldo_engine::Value;

use super::{Language, format::shown};

/// The form of a noun after a number: for English (singular, plural); for Russian (1, 2–4, 5 and more).
struct Noun {
    key: &'static str,
    en: [&'static str; 2],
    ru: [&'static str; 3],
}

/// Every noun that a template may count, by what stands before `|plural:`.
const NOUNS: [Noun; 11] = [
    Noun {
        key: "transaction", en: ["transaction", "transactions"], ru: ["операция", "операции", "операций"]
    },
    // The object of "could not be read", in Russian the accusative.
    Noun { key: "row", en: ["row", "rows"], ru: ["строку", "строки", "строк"] },
    Noun {
        key: "regular_payment",
        en: ["regular payment", "regular payments"],
        ru: ["регулярный платёж", "регулярных платежа", "регулярных платежей"],
    },
    Noun {
        key: "transfer", en: ["transfer", "transfers"], ru: ["перевод", "перевода", "переводов"]
    },
    // By itself, as in a list of counts.
    Noun { key: "read_row", en: ["row", "rows"], ru: ["строка", "строки", "строк"] },
    Noun {
        key: "recognized_row", en: ["recognised", "recognised"], ru: ["служебная", "служебные", "служебных"]
    },
    Noun {
        key: "rejected_row", en: ["rejected", "rejected"], ru: ["не прочитана", "не прочитаны", "не прочитано"]
    },
    // In Russian after "another".
    Noun {
        key: "other_amount", en: ["other amount", "other amounts"], ru: ["операция", "операции", "операций"]
    },
    Noun { key: "time", en: ["time", "times"], ru: ["раз", "раза", "раз"] },
    // After "of", in Russian the genitive, which has no paucal form.
    Noun {
        key: "full_month",
        en: ["full month", "full months"],
        ru: ["полного месяца", "полных месяцев", "полных месяцев"],
    },
    Noun { key: "month", en: ["month", "months"], ru: ["месяц", "месяца", "месяцев"] },
];

/// A count with its noun, such as `41 строка`; the count alone for a noun that is not known. Nouns are `read_row`,
/// `recognized_row`, `rejected_row`, `transaction` and those that templates count.
pub fn counted(key: &str, count: u64, language: Language) -> String {
    let number = i64::try_from(count).unwrap_or(i64::MAX);
    let shown = shown(&Value::Count(number), language);
    plural(key, number, language).map_or_else(|| shown.clone(), |noun| format!("{shown} {noun}"))
}

/// The noun as it stands after a count; none for a noun that no template counts.
pub(crate) fn plural(key: &str, count: i64, language: Language) -> Option<&'static str> {
    let noun = NOUNS.iter().find(|noun| noun.key == key)?;
    match language {
        Language::English => noun.en.get(usize::from(count.unsigned_abs() != 1)),
        Language::Russian => noun.ru.get(russian_form(count.unsigned_abs())),
    }
    .copied()
}

/// Unicode CLDR plural rules for Russian whole numbers: one, few, many.
fn russian_form(count: u64) -> usize {
    match (count % 10, count % 100) {
        (1, rest) if rest != 11 => 0,
        (2..=4, rest) if !(12..=14).contains(&rest) => 1,
        _ => 2,
    }
}

/// How a month's name stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// By itself: `March`, `март`.
    Alone,
    /// After a day: `марта`.
    OfDay,
    /// After "in": `марте`.
    In,
}

const EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const RU: [[&str; 3]; 12] = [
    ["январь", "января", "январе"],
    ["февраль", "февраля", "феврале"],
    ["март", "марта", "марте"],
    ["апрель", "апреля", "апреле"],
    ["май", "мая", "мае"],
    ["июнь", "июня", "июне"],
    ["июль", "июля", "июле"],
    ["август", "августа", "августе"],
    ["сентябрь", "сентября", "сентябре"],
    ["октябрь", "октября", "октябре"],
    ["ноябрь", "ноября", "ноябре"],
    ["декабрь", "декабря", "декабре"],
];

/// The name of a month, from 1.
pub(crate) fn month(month: u8, case: Case, language: Language) -> &'static str {
    let place = usize::from(month.saturating_sub(1));
    let name = match language {
        Language::English => EN.get(place),
        Language::Russian => RU.get(place).and_then(|cases| match case {
            Case::Alone => cases.first(),
            Case::OfDay => cases.get(1),
            Case::In => cases.get(2),
        }),
    };
    name.copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_plurals_follow_the_last_two_digits() {
        for (count, expected) in [
            (0, "операций"),
            (1, "операция"),
            (2, "операции"),
            (5, "операций"),
            (11, "операций"),
            (12, "операций"),
            (21, "операция"),
            (22, "операции"),
            (111, "операций"),
            (1_204, "операции"),
        ] {
            assert_eq!(plural("transaction", count, Language::Russian), Some(expected), "{count}");
        }
        assert_eq!(plural("transaction", 1, Language::English), Some("transaction"));
        assert_eq!(plural("transaction", 0, Language::English), Some("transactions"));
        assert_eq!(plural("cow", 0, Language::English), None);
    }
}
