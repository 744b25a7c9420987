//! How a table is written: the encoding, the dialect, the forms of numbers and dates, the columns.

use encoding_rs::{Encoding, GB18030, UTF_8};
use proptest::prelude::*;
use time::Date;

use crate::languages::{LANGUAGES, Language};

/// What holds the amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One column with signs.
    Signed,
    /// One column for money out and one for money in.
    Pair,
    /// Amounts without a sign, and a column that tells the side.
    Direction,
}

/// How bytes are made of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unicode {
    /// The language's encoding of this place; UTF-8 is the first.
    Bytes(u8),
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16, little or big endian, with or without a mark.
    Utf16 { little: bool, bom: bool },
}

/// Where the currency is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stated {
    Nowhere,
    Column,
    Header,
    /// Behind or before each amount.
    Beside {
        front: bool,
    },
    Preamble,
}

/// The form of a negative number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Minus {
    Front,
    Behind,
    Parentheses,
}

/// When fields stand in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// Where they must.
    Needed,
    All,
    /// Texts, with quotation marks, delimiters and line breaks inside.
    Rich,
}

/// The form of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dates {
    Iso,
    IsoSlash,
    Compact,
    Dotted,
    DottedShort,
    DaySlash,
    DayDash,
    MonthSlash,
    MonthSlashShort,
    /// `5 января 2024`, `05-Jan-2024`.
    Named,
    NamedShort,
    /// `Jan 5, 2024`
    NamedMonthFirst,
    Chinese,
}

/// Everything but the rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) language: u8,
    pub(crate) unicode: Unicode,
    pub(crate) delimiter: char,
    pub(crate) quotes: Quotes,
    pub(crate) newline: &'static str,
    pub(crate) decimal: char,
    pub(crate) places: u8,
    /// Between thousands; none where it is the decimal mark.
    pub(crate) thousands: Option<char>,
    pub(crate) minus: Minus,
    pub(crate) dates: Dates,
    pub(crate) time: Option<&'static str>,
    pub(crate) layout: Layout,
    pub(crate) balance: bool,
    pub(crate) header: bool,
    pub(crate) preamble: bool,
    pub(crate) footer: bool,
    pub(crate) stated: Stated,
    pub(crate) currency: &'static str,
    /// Decides the order of the columns and which word of several a header is.
    pub(crate) shuffle: u64,
}

/// The language of a form.
pub(crate) fn language(form: &Form) -> &'static Language {
    &LANGUAGES[usize::from(form.language) % LANGUAGES.len()]
}

/// The old encoding or UTF-8.
pub(crate) fn encoding(form: &Form) -> &'static Encoding {
    match form.unicode {
        Unicode::Bytes(place) => {
            let encodings = language(form).encodings;
            let encoding = encodings[usize::from(place) % encodings.len()];
            // Some words without a header are too few to tell it by.
            if encoding == GB18030 && !form.header { UTF_8 } else { encoding }
        }
        Unicode::Utf8Bom | Unicode::Utf16 { .. } => UTF_8,
    }
}

/// Forms of tables with this layout.
pub(crate) fn forms(layout: Layout) -> impl Strategy<Value = Form> {
    let unicode = prop_oneof![
        4 => (0..5_u8).prop_map(Unicode::Bytes),
        1 => Just(Unicode::Utf8Bom),
        2 => any::<[bool; 2]>().prop_map(|[little, bom]| Unicode::Utf16 { little, bom }),
    ];
    let quotes = prop::sample::select(vec![Quotes::Needed, Quotes::All, Quotes::Rich]);
    let dialect = (
        unicode,
        prop::sample::select(vec![',', ';', '\t', '|']),
        quotes,
        prop::sample::select(vec!["\n", "\r\n", "\r\n", "\r"]),
    );
    let number = (
        prop::sample::select(vec!['.', ',']),
        prop::sample::select(vec![2, 2, 2, 2, 0, 3]),
        prop::sample::select(vec![None, None, Some(' '), Some('\u{a0}'), Some('\''), Some('.'), Some(',')]),
        prop::sample::select(vec![Minus::Front, Minus::Front, Minus::Behind, Minus::Parentheses]),
    );
    let dates = prop::sample::select(vec![
        Dates::Iso,
        Dates::IsoSlash,
        Dates::Compact,
        Dates::Dotted,
        Dates::DottedShort,
        Dates::DaySlash,
        Dates::DayDash,
        Dates::MonthSlash,
        Dates::MonthSlashShort,
        Dates::Named,
        Dates::NamedShort,
        Dates::NamedMonthFirst,
        Dates::Chinese,
    ]);
    let time = prop::sample::select(vec![None, None, None, Some(" 14:05"), Some(" 09:30:00"), Some("T23:59:59")]);
    let stated = prop::sample::select(vec![
        Stated::Nowhere,
        Stated::Column,
        Stated::Column,
        Stated::Header,
        Stated::Beside { front: true },
        Stated::Beside { front: false },
        Stated::Preamble,
    ]);
    let currency = prop::sample::select(vec!["EUR", "USD", "GBP", "PLN", "CHF"]);
    let parts = (any::<[bool; 3]>(), 0..10_u8, stated, currency, any::<u64>());
    (0..9_u8, dialect, number, (dates, time), parts).prop_map(
        move |(language, dialect, number, (dates, time), parts)| {
            let (unicode, delimiter, quotes, newline) = dialect;
            let (decimal, places, thousands, minus) = number;
            let ([balance, preamble, footer], header, stated, currency, shuffle) = parts;
            possible(Form {
                language,
                unicode,
                delimiter,
                quotes,
                newline,
                decimal,
                places,
                thousands,
                minus,
                dates,
                time,
                layout,
                balance,
                header: header > 0,
                preamble,
                footer,
                stated,
                currency,
                shuffle,
            })
        },
    )
}

/// What does not go together goes the usual way.
fn possible(mut form: Form) -> Form {
    let (english, chinese) = (language(&form).english, language(&form).months.is_empty());
    form.thousands = form.thousands.filter(|mark| *mark != form.decimal);
    if form.places == 0 {
        // Amounts without decimals beside marks that could be either are a question of their own.
        form.thousands = form.thousands.filter(|mark| !matches!(mark, '.' | ','));
    }
    // The month stands first in the United States only, where the currency tells it apart from the rest of the world.
    if matches!(form.dates, Dates::MonthSlash | Dates::MonthSlashShort | Dates::NamedMonthFirst) {
        if english { form.currency = "USD" } else { form.dates = Dates::Dotted }
    }
    match form.dates {
        Dates::Named | Dates::NamedShort if chinese => form.dates = Dates::Chinese,
        Dates::Chinese if !chinese => form.dates = Dates::Named,
        _ => {}
    }
    if form.dates == Dates::Chinese || form.time == Some("T23:59:59") && form.dates != Dates::Iso {
        form.time = None;
    }
    // Without a header nothing but the values tells, so there must be a value for everything.
    if !form.header {
        form.layout = Layout::Signed;
        (form.preamble, form.footer) = (false, false);
        if matches!(form.stated, Stated::Header | Stated::Preamble) {
            form.stated = Stated::Nowhere;
        }
    }
    if form.stated == Stated::Preamble {
        form.preamble = true;
    }
    form
}

/// A date as the form writes it.
pub(crate) fn date(form: &Form, date: Date) -> String {
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    let short = year % 100;
    let name = || language(form).months[usize::from(month) - 1];
    let english = language(form).english;
    let text = match form.dates {
        Dates::Iso => format!("{year}-{month:02}-{day:02}"),
        Dates::IsoSlash => format!("{year}/{month:02}/{day:02}"),
        Dates::Compact => format!("{year}{month:02}{day:02}"),
        Dates::Dotted => format!("{day:02}.{month:02}.{year}"),
        Dates::DottedShort => format!("{day:02}.{month:02}.{short:02}"),
        Dates::DaySlash => format!("{day:02}/{month:02}/{year}"),
        Dates::DayDash => format!("{day:02}-{month:02}-{year}"),
        Dates::MonthSlash => format!("{month:02}/{day:02}/{year}"),
        Dates::MonthSlashShort => format!("{month}/{day}/{short:02}"),
        Dates::Named if english => format!("{day:02}-{}-{year}", name()),
        Dates::Named => format!("{day} {} {year}", name()),
        Dates::NamedShort => format!("{day:02}-{}-{short:02}", name()),
        Dates::NamedMonthFirst => format!("{} {day}, {year}", name()),
        Dates::Chinese => format!("{year}年{month:02}月{day:02}日"),
    };
    text + form.time.unwrap_or_default()
}

/// An amount as the form writes it; `sign`: with its sign.
pub(crate) fn amount(form: &Form, units: i64, sign: bool, mark: bool) -> String {
    let scale = 10_i64.pow(form.places.into());
    let whole = (units.abs() / scale).to_string();
    let mut digits = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            digits.extend(form.thousands);
        }
        digits.push(digit);
    }
    if form.places > 0 {
        digits += &format!("{}{:0width$}", form.decimal, units.abs() % scale, width = usize::from(form.places));
    }
    let negative = sign && units < 0;
    let signed = match form.minus {
        _ if !negative => digits,
        Minus::Front => format!("-{digits}"),
        Minus::Behind => format!("{digits}-"),
        Minus::Parentheses => format!("({digits})"),
    };
    match form.stated {
        Stated::Beside { front: true } if mark => format!("{} {signed}", form.currency),
        Stated::Beside { front: false } if mark => format!("{signed} {}", form.currency),
        _ => signed,
    }
}
