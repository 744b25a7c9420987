//! Invoices and sales: tables whose amounts are what was billed or sold, by their header words.

use std::collections::HashMap;

use saldo_kernel::Money;
use serde::Deserialize;

use super::{
    plan::Format,
    preamble::{self, Preamble},
    profile::Profile,
    records::Record,
    roles::Headed,
    totals,
};
use crate::{
    DocumentKind, Error, Proof, ProofMethod,
    import::words::{Meaning, Side, Words, fold},
};

#[derive(Deserialize)]
struct File {
    invoices: Vec<String>,
    sales: Vec<String>,
    products: Vec<String>,
    gross: Vec<String>,
    gross_parts: Vec<String>,
    net: Vec<String>,
    net_parts: Vec<String>,
    money_in: Vec<String>,
    money_out: Vec<String>,
    titles_in: Vec<String>,
    titles_out: Vec<String>,
    trade_headers: Vec<String>,
    trade_cells: Vec<String>,
    asset_headers: Vec<String>,
}

/// What a whole header of such a document says; several may be true of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Invoice,
    Sale,
    Product,
    Gross,
    Net,
    In,
    Out,
}

/// The words of data/documents.toml.
#[derive(Clone)]
pub(crate) struct DocumentWords {
    headers: HashMap<String, Vec<Word>>,
    titles: Vec<(String, Side)>,
    trades: [Vec<String>; 2],
    /// Headers over what is traded.
    assets: Vec<String>,
    /// Words within the header of an amount with tax, and of one without.
    totals: [Vec<String>; 2],
}

impl DocumentWords {
    /// Reads the embedded data file.
    pub(crate) fn load() -> Result<Self, Error> {
        let file: File = toml::from_str(include_str!("../../../data/documents.toml"))
            .map_err(|error| Error::Words(error.to_string()))?;
        let mut headers = HashMap::<String, Vec<Word>>::new();
        for (list, word) in [
            (&file.invoices, Word::Invoice),
            (&file.sales, Word::Sale),
            (&file.products, Word::Product),
            (&file.gross, Word::Gross),
            (&file.net, Word::Net),
            (&file.money_in, Word::In),
            (&file.money_out, Word::Out),
        ] {
            list.iter().for_each(|header| headers.entry(fold(header)).or_default().push(word));
        }
        let titled = |list: &[String], side| list.iter().map(|title| (fold(title), side)).collect::<Vec<_>>();
        let folded = |list: &[String]| list.iter().map(|word| fold(word)).collect();
        let trades = [folded(&file.trade_headers), folded(&file.trade_cells)];
        Ok(Self {
            trades,
            assets: folded(&file.asset_headers),
            totals: [folded(&file.gross_parts), folded(&file.net_parts)],
            headers,
            titles: [titled(&file.titles_in, Side::In), titled(&file.titles_out, Side::Out)].concat(),
        })
    }

    fn says(&self, header: &str, word: Word) -> bool {
        self.headers.get(&fold(header)).is_some_and(|words| words.contains(&word))
    }

    /// Whether a header says with tax, or without, as a whole or in part.
    fn says_total(&self, column: &Headed, word: Word) -> bool {
        let of_money = matches!(column.meaning, None | Some(Meaning::Amount | Meaning::BookedAmount));
        let folded = format!(" {} ", fold(&column.header));
        let [gross, net] =
            self.totals.each_ref().map(|parts| parts.iter().any(|part| folded.contains(&format!(" {part} "))));
        self.says(&column.header, word) || of_money && gross != net && gross == (word == Word::Gross)
    }

    /// Whether a table is one of trades in securities.
    fn is_of_trades(&self, columns: &[Headed], profile: &Profile) -> bool {
        let [headers, cells] = &self.trades;
        let says = |row: &[Box<str>], place: usize| row.get(place).is_some_and(|cell| cells.contains(&fold(cell)));
        columns.iter().enumerate().any(|(place, column)| {
            headers.contains(&fold(&column.header))
                || (!profile.sample.is_empty() && profile.sample.iter().all(|row| says(row, place)))
        })
    }

    /// Whether amounts may be counted in something else than money: codes that are no currencies stand in a column of
    /// assets or currencies.
    pub(crate) fn is_of_assets(&self, columns: &[Headed], profile: &Profile, words: &Words) -> bool {
        const SHORT: std::ops::RangeInclusive<usize> = 2..=6;
        let is_code = |cell: &&str| {
            SHORT.contains(&cell.len())
                && cell.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                && cell.bytes().any(|byte| byte.is_ascii_uppercase())
        };
        columns.iter().enumerate().filter(|(_, column)| self.assets.contains(&fold(&column.header))).any(
            |(place, _)| {
                let cells = profile.sample.iter().filter_map(|row| row.get(place)).map(|cell| cell.trim());
                let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
                let foreign = cells.iter().filter(|cell| is_code(cell) && words.currency(cell).is_none()).count();
                foreign > 0 && foreign * 5 >= cells.len()
            },
        )
    }

    /// The side that a line before the table names.
    fn title(&self, line: &str) -> Option<Side> {
        let folded = fold(line);
        self.titles.iter().find(|(title, _)| folded.contains(title.as_str())).map(|(_, side)| *side)
    }
}

/// A table of invoices or sales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) kind: DocumentKind,
    /// The headers that tell it.
    pub(crate) evidence: Vec<String>,
    /// Which way the money goes, where words say so.
    pub(crate) side: Option<Side>,
    /// What is to be paid.
    pub(crate) amount: usize,
    pub(crate) product: Option<usize>,
    /// Who pays or is paid, where no other header says so.
    pub(crate) party: Option<usize>,
    /// The number of the order, where the amount is one of a whole order and its rows repeat it.
    pub(crate) order: Option<usize>,
    pub(crate) quantity: Option<usize>,
    pub(crate) price: Option<usize>,
    net: Option<usize>,
    tax: Option<usize>,
}

/// Decides; `None` for a statement. A balance, debits and credits or an own account are a bank's.
pub(crate) fn decide(columns: &[Headed], profile: &Profile, preamble: &Preamble, words: &Words) -> Option<Document> {
    let documents = &words.documents;
    let of = |wanted: Meaning| {
        columns.iter().enumerate().find(|(_, column)| column.meaning == Some(wanted)).map(|(place, _)| place)
    };
    let of_bank = [Meaning::Balance, Meaning::OpeningBalance, Meaning::ClosingBalance, Meaning::Debit, Meaning::Credit];
    if of_bank.into_iter().any(|meaning| of(meaning).is_some()) || documents.is_of_trades(columns, profile) {
        return None;
    }
    let saying = |word: Word| {
        columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| documents.says(&column.header, word))
            .map(|(place, _)| place)
    };
    let numbers = |place: &usize| profile.column(*place).is_numbers();
    let (quantity, price) = (of(Meaning::Quantity).filter(numbers), of(Meaning::Price).filter(numbers));
    let tax = of(Meaning::Tax).filter(numbers);
    let total = |word: Word| {
        let named = columns.iter().enumerate().filter(|(_, column)| documents.says_total(column, word));
        named.map(|(place, _)| place).find(numbers)
    };
    let (gross, net) = (total(Word::Gross), total(Word::Net));
    let others: Vec<usize> = [quantity, price].into_iter().flatten().collect();
    // What adds up says more than a name.
    let (gross, net) = match tax.and_then(|tax| totals::with_tax(profile, tax, gross, &others, words)) {
        Some((gross, net)) => (Some(gross), Some(net)),
        None => (gross, net),
    };
    let product = of(Meaning::Product).or_else(|| saying(Word::Product).next());
    let told = [
        quantity.is_some() && price.is_some(),
        tax.is_some() && (gross.is_some() || net.is_some()),
        gross.is_some() && net.is_some(),
        of(Meaning::DueDate).is_some(),
        saying(Word::In).next().is_some() || saying(Word::Out).next().is_some(),
    ];
    let marks = told.into_iter().filter(|mark| *mark).count();
    let (invoices, sales): (Vec<usize>, Vec<usize>) = (saying(Word::Invoice).collect(), saying(Word::Sale).collect());
    let is_goods = quantity.is_some() && (price.is_some() || product.is_some());
    let unnamed = |place: &usize| columns.get(*place).is_some_and(|column| column.meaning.is_none()) && !numbers(place);
    let party = saying(Word::In).chain(saying(Word::Out)).find(unnamed);
    let kind = if !invoices.is_empty() && marks > 0 && (marks > 1 || is_goods) || marks > 2 && tax.is_some() {
        DocumentKind::Invoices
    } else if is_goods
        && (!sales.is_empty() || (price.is_some() && product.is_some()) || saying(Word::In).next().is_some())
    {
        DocumentKind::Sales
    } else {
        return None;
    };
    let other = || {
        let found = [Meaning::Amount, Meaning::BookedAmount].into_iter().find_map(of);
        found.filter(numbers)
    };
    let amount = gross.or_else(other).or(net)?;
    let side = preamble.lines.iter().find_map(|line| documents.title(line)).or_else(|| {
        match (saying(Word::In).next(), saying(Word::Out).next()) {
            (Some(_), None) => Some(Side::In),
            // The vendor of goods that customers buy is their brand.
            (Some(_), Some(_)) if kind == DocumentKind::Sales => Some(Side::In),
            (None, Some(_)) => Some(Side::Out),
            (None, None) if kind == DocumentKind::Sales && !sales.is_empty() => Some(Side::In),
            _ => None,
        }
    });
    let orders = sales.clone();
    let used = invoices.into_iter().chain(sales).chain([quantity, price, tax, product].into_iter().flatten());
    let mut used: Vec<usize> = used.collect();
    used.sort_unstable();
    used.dedup();
    let evidence =
        used.into_iter().filter_map(|place| columns.get(place)).map(|column| column.header.clone()).collect();
    let mut out = Document {
        kind,
        evidence,
        side,
        amount,
        product,
        party,
        quantity,
        price,
        net: net.filter(|net| *net != amount),
        tax,
        order: None,
    };
    out.order = totals::order_of(columns, profile, &out, &orders, words);
    Some(out)
}

/// Whether the sums within the rows hold: quantity × price is one of the amounts, net + tax is the gross.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    checked: u64,
    held: u64,
    /// Stated minus computed of the first row that does not hold, and its line.
    fault: Option<(Money, u64)>,
}

impl Sums {
    /// Adds a row.
    pub(crate) fn see(&mut self, record: &Record, document: &Document, form: Format, words: &Words) {
        let number = |place: Option<usize>| preamble::amount(record.get(place?), form.decimal, words);
        let (amount, net, tax) = (number(Some(document.amount)), number(document.net), number(document.tax));
        let Some(amount) = amount else { return };
        if let (Some(net), Some(tax)) = (net, tax) {
            self.check(amount, net.checked_add(tax), record.line);
        }
        let product = || {
            let (quantity, price) = (number(document.quantity)?, number(document.price)?);
            let units = quantity.units.checked_mul(price.units)?;
            Some(Money::new(units, quantity.exponent.checked_add(price.exponent)?, None))
        };
        let Some(product) = product() else { return };
        let candidates = [net, Some(amount), tax.and_then(|tax| amount.checked_sub(tax))];
        let stated = candidates.into_iter().flatten();
        let near = stated.clone().any(|one| is_rounded(product, one, form.places));
        self.checked += 1;
        self.held += u64::from(near);
        if !near {
            let missing = net.unwrap_or(amount).checked_sub(product);
            self.fault = self.fault.or(missing.map(|missing| (missing, record.line)));
        }
    }

    fn check(&mut self, stated: Money, computed: Option<Money>, line: u64) {
        let Some(missing) = computed.and_then(|computed| stated.checked_sub(computed)) else { return };
        self.checked += 1;
        if missing.units == 0 {
            self.held += 1;
        } else {
            self.fault = self.fault.or(Some((missing, line)));
        }
    }

    /// Where many rows do not hold there are discounts or charges that the table does not tell, and nothing is proved.
    pub(crate) fn proof(&self) -> Proof {
        let by = ProofMethod::LineSums;
        match self.fault {
            None if self.checked > 0 => Proof::Reconciled { by },
            Some((missing, line)) if self.held * 10 >= self.checked * 9 => {
                Proof::NotReconciled { by, missing, line: Some(line) }
            }
            _ => Proof::None,
        }
    }
}

/// Whether a stated amount is an exact product, rounded to the decimals of the amounts.
fn is_rounded(exact: Money, stated: Money, places: u8) -> bool {
    let unit = |gap: Money| 10_i128.checked_pow(u32::from(gap.exponent.saturating_sub(places.max(stated.exponent))));
    let gap = exact.checked_sub(stated);
    let twice = gap.and_then(|gap| gap.units.checked_abs()?.checked_mul(2));
    twice.zip(gap.and_then(unit)).is_some_and(|(twice, unit)| if unit == 1 { twice == 0 } else { twice <= unit })
}
