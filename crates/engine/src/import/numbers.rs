//! Amounts as they are written: sign, currency mark and digits are told apart first; what the separators mean is decided
//! for a whole column, see [`NumberStats`].

use saldo_kernel::{Currency, Money};

use super::{
    plain_number::Plain,
    words::{Side, Words},
};

/// A cell that is an amount and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written<'c> {
    /// Minus in front or behind, or parentheses.
    pub(crate) negative: bool,
    /// A plus that is written out.
    pub(crate) plus: bool,
    /// `CR` or `DR` beside the number.
    pub(crate) mark: Option<Side>,
    /// A currency beside the number; `Some(None)` for a sign of several currencies.
    pub(crate) currency: Option<Option<Currency>>,
    /// Digits and separators only.
    pub(crate) body: &'c str,
}

/// What one number shows about the separators of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Digits only, or with spaces or apostrophes between thousands.
    Plain,
    /// The point is for decimals, or the comma for thousands.
    Point,
    /// The comma is for decimals, or the point for thousands.
    Comma,
    /// `1.234`
    EitherPoint,
    /// `1,234`
    EitherComma,
}

const SPACES: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}'];

/// Takes a cell apart; `None` where it is not one amount.
pub(crate) fn scan<'c>(cell: &'c str, words: &Words) -> Option<Written<'c>> {
    let mut out = Written { negative: false, plus: false, mark: None, currency: None, body: "" };
    // `="1.50"` is a formula; a star behind the number refers to a note.
    let mut rest =
        cell.trim_matches(|letter: char| letter.is_whitespace() || letter == '"' || is_direction_mark(letter));
    rest = rest.strip_prefix("=\"").unwrap_or(rest).trim_end_matches('*');
    if rest.is_empty() || rest.len() > 64 || !rest.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(inside) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (out.negative, rest) = (true, inside);
    }
    rest = out.strip_front(rest, words)?;
    rest = out.strip_back(rest, words)?;
    out.body = rest;
    shape(rest).map(|_| out)
}

/// Marks that tell the direction of writing, which texts in Hebrew and Arabic hold and nobody sees.
pub(crate) fn is_direction_mark(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

impl<'c> Written<'c> {
    /// In bytes; longer text beside a number is no currency.
    const LONGEST_MARK: usize = 36;

    fn strip_front(&mut self, mut rest: &'c str, words: &Words) -> Option<&'c str> {
        loop {
            rest = rest.trim_start();
            let first = rest.chars().next()?;
            match first {
                '0'..='9' => return Some(rest),
                '.' | ',' if rest.chars().nth(1).is_some_and(|next| next.is_ascii_digit()) => return Some(rest),
                // Triangles are the minus of Japanese books.
                '-' | '−' | '–' | '△' | '▲' if !self.negative && !self.plus => self.negative = true,
                '+' if !self.negative && !self.plus => self.plus = true,
                '\'' => {}
                // `EUR (5.00)`, `(5.00) EUR`
                '(' if !self.negative => {
                    let (inside, behind) = rest.get(1..)?.split_once(')')?;
                    if !behind.trim().is_empty() {
                        self.note(behind.trim(), words)?;
                    }
                    (self.negative, rest) = (true, inside);
                    continue;
                }
                _ => {
                    let end = rest.find(|letter: char| letter.is_ascii_digit() || "+-−–(".contains(letter))?;
                    let (mark, tail) = rest.split_at(end);
                    // `R1,234.50` is an amount, `R1234` a number of something.
                    if mark.len() == 1
                        && mark.bytes().all(|byte| byte.is_ascii_alphabetic())
                        && !tail.contains(['.', ','])
                    {
                        return None;
                    }
                    // The point of `$.23` belongs to the number, that of `Rs.23` to the currency.
                    if self.note(mark.trim(), words).is_none() {
                        let short = mark.strip_suffix(['.', ','])?;
                        self.note(short.trim(), words)?;
                        return rest.get(short.len()..);
                    }
                    rest = tail;
                    continue;
                }
            }
            rest = rest.get(first.len_utf8()..)?;
        }
    }

    fn strip_back(&mut self, mut rest: &'c str, words: &Words) -> Option<&'c str> {
        loop {
            rest = rest.trim_end();
            let last = rest.chars().next_back()?;
            match last {
                '0'..='9' => return Some(rest),
                '-' | '−' | '–' if !self.negative && !self.plus => self.negative = true,
                '+' if !self.negative && !self.plus => self.plus = true,
                ')' if !self.negative && rest.starts_with('(') => return None,
                _ => {
                    let start = rest.rfind(|letter: char| letter.is_ascii_digit() || "+-−–".contains(letter))?;
                    let start = start + rest.get(start..)?.chars().next()?.len_utf8();
                    let (head, mark) = rest.split_at(start);
                    if mark.trim() == "." || mark.trim() == "," {
                        return None;
                    }
                    match side_letter(mark.trim()).filter(|_| head.contains(['.', ','])) {
                        Some(side) => self.mark = Some(side),
                        None => self.note(mark.trim(), words)?,
                    }
                    rest = head;
                    continue;
                }
            }
            rest = rest.get(..rest.len() - last.len_utf8())?;
        }
    }

    /// A currency or `CR`/`DR`; anything else makes it no amount.
    fn note(&mut self, mark: &str, words: &Words) -> Option<()> {
        if mark.len() > Self::LONGEST_MARK {
            return None;
        }
        match mark.to_ascii_uppercase().as_str() {
            "CR" | "CRED" => self.mark = Some(Side::In),
            "DR" | "DB" => self.mark = Some(Side::Out),
            _ => self.currency = Some(words.currency_mark(mark)?),
        }
        Some(())
    }
}

/// `650,00 S`: the side of an account by one letter behind the number, as in German (Soll, Haben) or English.
fn side_letter(mark: &str) -> Option<Side> {
    match mark {
        "S" | "D" | "Χ" => Some(Side::Out),
        "H" | "C" | "Π" => Some(Side::In),
        _ => None,
    }
}

/// What the separators show; `None` where the digits are no number.
pub(crate) fn shape(body: &str) -> Option<Shape> {
    let (points, commas) = (count(body, '.'), count(body, ','));
    let spaced = body.contains(SPACES) || body.contains(['\'', '’']);
    let allowed = |letter: char| letter.is_ascii_digit() || ".,'’".contains(letter) || SPACES.contains(&letter);
    if !body.ends_with(|letter: char| letter.is_ascii_digit()) || !body.chars().all(allowed) {
        return None;
    }
    if spaced && !spaced_well(body) {
        return None;
    }
    match (points, commas) {
        (0, 0) => Some(Shape::Plain),
        (1, 0) => Some(single(body, '.', spaced, Shape::Point, Shape::EitherPoint)),
        (0, 1) => Some(single(body, ',', spaced, Shape::Comma, Shape::EitherComma)),
        (_, 0) => grouped(body, '.').then_some(Shape::Comma),
        (0, _) => grouped(body, ',').then_some(Shape::Point),
        _ => {
            let (whole, _) = body.rsplit_once(['.', ','])?;
            let point_last = body.rfind('.') > body.rfind(',');
            match point_last {
                true if points == 1 && grouped(whole, ',') => Some(Shape::Point),
                false if commas == 1 && grouped(whole, '.') => Some(Shape::Comma),
                _ => None,
            }
        }
    }
}

fn count(body: &str, mark: char) -> usize {
    body.chars().filter(|letter| *letter == mark).count()
}

/// One separator: three digits behind it leave open what it is for, unless it cannot stand between thousands.
fn single(body: &str, mark: char, spaced: bool, sure: Shape, open: Shape) -> Shape {
    let (whole, fraction) = body.split_once(mark).unwrap_or((body, ""));
    let thousands = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') && !spaced;
    if thousands { open } else { sure }
}

/// Groups of three, or of two before the last as in India.
fn grouped(body: &str, mark: char) -> bool {
    let groups: Vec<&str> = body.split(mark).collect();
    let Some((first, rest)) = groups.split_first() else { return false };
    let Some((last, middle)) = rest.split_last() else { return true };
    let of = |length: usize| middle.iter().all(|group| group.len() == length);
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    groups.iter().all(|group| digits(group))
        && (1..=3).contains(&first.len())
        && last.len() == 3
        && (of(3) || (of(2) && first.len() <= 2))
}

/// Spaces and apostrophes stand between groups of three of the whole part.
fn spaced_well(body: &str) -> bool {
    let whole = body.split(['.', ',']).next().unwrap_or(body);
    let fraction_spaced = body.get(whole.len()..).is_some_and(|rest| rest.contains(SPACES) || rest.contains('\''));
    let groups: Vec<&str> =
        whole.split(|letter: char| SPACES.contains(&letter) || letter == '\'' || letter == '’').collect();
    let first = groups.first().map_or(0, |group| group.len());
    !fraction_spaced && (1..=3).contains(&first) && groups.iter().skip(1).all(|group| group.len() == 3)
}

/// Reads digits with a known decimal separator, without the sign: whole units and decimal places.
pub(crate) fn read(body: &str, decimal: char) -> Option<(i128, u8)> {
    let (whole, fraction) = body.rsplit_once(decimal).unwrap_or((body, ""));
    let fits = match shape(body)? {
        Shape::Plain => true,
        Shape::Point => decimal == '.',
        Shape::Comma => decimal == ',',
        // As thousands or as decimals, both are well formed.
        Shape::EitherPoint | Shape::EitherComma => true,
    };
    let places = u8::try_from(fraction.len()).ok().filter(|places| *places <= Money::MAX_EXPONENT)?;
    if !fits || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = whole.chars().chain(fraction.chars()).filter_map(|letter| letter.to_digit(10));
    let units =
        digits.into_iter().try_fold(0_i128, |sum, digit| sum.checked_mul(10)?.checked_add(i128::from(digit)))?;
    Some((units, places))
}

/// What one number adds to its column.
pub(crate) struct Traits {
    pub(crate) shape: Shape,
    /// Digits behind a point and behind a comma.
    pub(crate) places: [u8; 2],
    pub(crate) zero: bool,
    pub(crate) negative: bool,
    pub(crate) like_id: bool,
}

/// What all numbers of a column show together.
#[derive(Clone, Debug, Default)]
pub(crate) struct NumberStats {
    /// Cells that are amounts.
    pub(crate) count: u64,
    pub(crate) point: u64,
    pub(crate) comma: u64,
    pub(crate) either_point: u64,
    pub(crate) either_comma: u64,
    pub(crate) plain: u64,
    /// Most digits behind a point and behind a comma.
    places: [u8; 2],
    pub(crate) negative: u64,
    pub(crate) positive: u64,
    pub(crate) zero: u64,
    pub(crate) plus: u64,
    pub(crate) unsigned: u64,
    pub(crate) marked_in: u64,
    pub(crate) marked_out: u64,
    /// Cells with a currency mark, and the one currency if they agree.
    pub(crate) with_currency: u64,
    pub(crate) currency: Option<Currency>,
    pub(crate) currencies_differ: bool,
    /// Integers that look like numbers of something: leading zeros or very long.
    pub(crate) like_ids: u64,
}

impl NumberStats {
    /// Adds one amount.
    pub(crate) fn see(&mut self, written: &Written<'_>) {
        let Some(shape) = shape(written.body) else { return };
        let behind = |mark: char| {
            let digits = written.body.rsplit_once(mark).map_or(0, |(_, fraction)| fraction.len());
            if count(written.body, mark) <= 1 { u8::try_from(digits).unwrap_or(u8::MAX) } else { 0 }
        };
        let zero = !written.body.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let long = written.body.len() > 12 && shape == Shape::Plain;
        self.add(&Traits {
            shape,
            places: [behind('.'), behind(',')],
            zero,
            negative: written.negative,
            like_id: shape == Shape::Plain && (long || written.body.starts_with('0') && !zero),
        });
        self.plus += u64::from(written.plus && !zero);
        self.unsigned += u64::from(!written.plus && !written.negative && written.mark.is_none() && !zero);
        self.marked_in += u64::from(written.mark == Some(Side::In));
        self.marked_out += u64::from(written.mark == Some(Side::Out));
        if let Some(currency) = written.currency {
            self.with_currency += 1;
            self.currencies_differ |= self.currency.is_some() && currency.is_some() && self.currency != currency;
            self.currency = self.currency.or(currency);
        }
    }

    /// Adds one amount of the usual form.
    pub(crate) fn see_plain(&mut self, plain: &Plain) {
        self.add(&plain.traits());
        self.unsigned += u64::from(!plain.negative && plain.units != 0);
    }

    fn add(&mut self, one: &Traits) {
        let Traits { shape, places, zero, negative, like_id } = *one;
        self.count += 1;
        *match shape {
            Shape::Plain => &mut self.plain,
            Shape::Point => &mut self.point,
            Shape::Comma => &mut self.comma,
            Shape::EitherPoint => &mut self.either_point,
            Shape::EitherComma => &mut self.either_comma,
        } += 1;
        for (most, digits) in self.places.iter_mut().zip(places) {
            *most = (*most).max(digits);
        }
        *match (zero, negative) {
            (true, _) => &mut self.zero,
            (false, true) => &mut self.negative,
            (false, false) => &mut self.positive,
        } += 1;
        self.like_ids += u64::from(like_id);
    }

    /// Decimals are written, or a currency is.
    pub(crate) fn looks_like_money(&self) -> bool {
        let plain_zeros = self.zero.min(self.plain);
        self.count > 0
            && (self.point + self.comma + self.either_point + self.either_comma + self.with_currency) * 2
                >= self.count - plain_zeros
    }

    /// What separates decimals: `Ok(None)` where nothing is separated, `Err` where it is open.
    pub(crate) fn decimal(&self) -> Result<Option<char>, ()> {
        match (self.point, self.comma) {
            (0, 0) => self.undecided(),
            (point, comma) if point >= comma => Ok(Some('.')),
            _ => Ok(Some(',')),
        }
    }

    /// Only `1.234`, `1,234` and integers: beside amounts below a thousand that have no decimals, three digits are
    /// thousands, for a column with three decimals would show them everywhere.
    fn undecided(&self) -> Result<Option<char>, ()> {
        match (self.either_point, self.either_comma) {
            (0, 0) => Ok(None),
            (_, 0) if self.plain - self.zero.min(self.plain) >= 2 => Ok(Some(',')),
            (0, _) if self.plain - self.zero.min(self.plain) >= 2 => Ok(Some('.')),
            _ => Err(()),
        }
    }

    /// What separates decimals where three digits behind a mark are thousands; `None` where both marks stand so.
    pub(crate) fn decimal_of_thousands(&self) -> Option<char> {
        match (self.either_point, self.either_comma) {
            (0, 1..) => Some('.'),
            (1.., 0) => Some(','),
            _ => None,
        }
    }

    /// The most decimals in the column.
    pub(crate) fn places(&self, decimal: char) -> u8 {
        let place = usize::from(decimal == ',');
        self.places.get(place).copied().unwrap_or(0).min(Money::MAX_EXPONENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(cell: &str, decimal: char) -> Option<String> {
        let words = Words::load().expect("the words");
        let written = scan(cell, words)?;
        let (units, places) = read(written.body, decimal)?;
        Some(Money::new(if written.negative { -units } else { units }, places, None).to_string())
    }

    #[test]
    fn amounts_are_read_in_every_common_form() {
        for (cell, decimal, want) in [
            ("1,234.56", '.', "1234.56"),
            ("1.234,56", ',', "1234.56"),
            ("-1 234,5", ',', "-1234.5"),
            ("1'234.50", '.', "1234.50"),
            ("(85.00)", '.', "-85.00"),
            ("($85.00)", '.', "-85.00"),
            ("EUR (85.00)", '.', "-85.00"),
            ("(85,00) EUR", ',', "-85.00"),
            ("- $1,150.00", '.', "-1150.00"),
            ("+ £1,100.00", '.', "1100.00"),
            ("$.23", '.', "0.23"),
            ("12,34-", ',', "-12.34"),
            ("1 000,00 руб.", ',', "1000.00"),
            ("EUR 5", '.', "5"),
            ("12.5 CR", '.', "12.5"),
            ("1,00,000.00", '.', "100000.00"),
            ("−7", '.', "-7"),
        ] {
            assert_eq!(read_as(cell, decimal).as_deref(), Some(want), "{cell}");
        }
    }

    #[test]
    fn what_is_not_one_amount_is_not_read() {
        for cell in ["", "-", "12.05.2020", "1,2,3", "8.10 SGD @ .976", "12 Jan", "a1", "1e5", "12:30", "1 23", "5."] {
            assert_eq!(read_as(cell, '.'), None, "{cell}");
        }
    }
}
