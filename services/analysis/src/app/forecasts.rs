//! What comes next: the months of a report, continued by the forecast service.

use std::{collections::BTreeMap, iter::successors};

use saldo_engine::{Analysis, Fact, Lineage, Value};
use saldo_kernel::{Error, Money, reasons};
use saldo_proto::{
    analysis::v1::{BackTest, Forecast, ForecastMonth, ForecastScore},
    forecast::v1::{ForecastPoint, ForecastSeriesRequest, ForecastSeriesResponse},
};
use time::{Date, Month};

use crate::report;

/// The latest months that count, and most that are forecast.
const MOST_MONTHS: usize = 240;
const MOST_AHEAD: usize = 12;
const FEWEST_AHEAD: usize = 3;
/// Months of a season, which shows once two of them are there.
const SEASON: usize = 12;
/// Most currencies that are forecast.
const MOST_CURRENCIES: usize = 4;
/// The interval that is told in words.
const LEVEL: Money = Money { units: 80, exponent: 2, currency: None };

/// Whoever continues a series.
pub trait Forecaster {
    /// Says how a series goes on.
    ///
    /// # Errors
    /// The series has no forecast, or nobody answers. The report then says that there is none.
    fn forecast(&self, series: ForecastSeriesRequest) -> Result<ForecastSeriesResponse, Error>;
}

/// A figure that is continued, and its facts: the middle, and both ends of the 80 % interval.
struct Figure {
    metric: &'static str,
    facts: [&'static str; 3],
    /// It cannot be below zero.
    positive: bool,
}

const FIGURES: [Figure; 3] = [
    Figure { metric: "net", facts: ["forecast_net", "forecast_net_low", "forecast_net_high"], positive: false },
    Figure {
        metric: "money_in",
        facts: ["forecast_money_in", "forecast_money_in_low", "forecast_money_in_high"],
        positive: true,
    },
    Figure {
        metric: "money_out",
        facts: ["forecast_money_out", "forecast_money_out_low", "forecast_money_out_high"],
        positive: true,
    },
];

/// The forecasts of an analysis, whose facts are added to it.
pub(crate) fn forecasts(analysis: &mut Analysis, forecaster: &dyn Forecaster) -> Vec<Forecast> {
    let full: Vec<Full> = {
        let by_id: BTreeMap<&str, &Fact> = analysis.facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
        // The engine gives the currency with most transactions first.
        let totals = analysis.facts.iter().filter(|fact| fact.metric == "money_in" && fact.dimensions.len() == 1);
        let listed = totals.take(MOST_CURRENCIES).filter(|total| is_listed(total));
        listed.map(|total| Full::of(total, &by_id)).collect()
    };
    let mut all = Vec::new();
    for one in &full {
        for figure in &FIGURES {
            all.push(one.forecast(figure, analysis, forecaster));
        }
    }
    if analysis.facts.iter().any(|fact| fact.metric == "forecast_month") {
        analysis.facts.push(Fact {
            id: "forecast_level".to_owned(),
            metric: "forecast_level",
            dimensions: BTreeMap::new(),
            value: Value::Ratio(LEVEL),
            period: None,
            lineage: Lineage { formula: "constant", ..Lineage::default() },
        });
    }
    all
}

/// Whether the months of a currency are figures of their own: books without dates and longest histories have none.
fn is_listed(total: &Fact) -> bool {
    total.lineage.facts.first().is_some_and(|id| id.contains("/month/"))
}

/// The full months of a currency that a forecast goes on from: those after the last gap of the file.
struct Full {
    /// As in ids: `EUR`, `XXX`.
    code: String,
    currency: String,
    /// Ids of the months, such as `net/EUR/month/2024-01` without the metric, with the values of each figure.
    months: Vec<(String, [Money; 3])>,
}

impl Full {
    fn of(total: &Fact, by_id: &BTreeMap<&str, &Fact>) -> Self {
        let code = total.id.split('/').nth(1).unwrap_or_default().to_owned();
        let nets = by_id.get(format!("full_months/{code}").as_str()).map_or(&[][..], |fact| &fact.lineage.facts);
        let end = by_id.get(format!("last_date/{code}").as_str()).and_then(|fact| match fact.value {
            Value::Date(date) => Some((date.year(), date.month())),
            _ => None,
        });
        let latest = since_gap(nets, end);
        let value = |metric: &str, place: &str| match by_id.get(format!("{metric}/{place}").as_str())?.value {
            Value::Money(money) => Some(money),
            _ => None,
        };
        let month = |net: &String| {
            let (_, place) = net.split_once('/')?;
            let [one, two, three] = FIGURES.map(|figure| value(figure.metric, place));
            Some((place.to_owned(), [one?, two?, three?]))
        };
        let currency = total.dimensions.get("currency").cloned().unwrap_or_default();
        Self { currency, months: latest.iter().filter_map(month).collect(), code }
    }

    fn forecast(&self, figure: &Figure, analysis: &mut Analysis, forecaster: &dyn Forecaster) -> Forecast {
        let history: Vec<String> = self.months.iter().map(|(place, _)| format!("{}/{place}", figure.metric)).collect();
        let mut forecast = Forecast {
            metric: figure.metric.to_owned(),
            currency: self.currency.clone(),
            history,
            ..Forecast::default()
        };
        let place = FIGURES.iter().position(|one| one.metric == figure.metric).unwrap_or_default();
        let (values, unit) = self.series(place);
        let count = values.len();
        let horizon = (count / 2).clamp(FEWEST_AHEAD, MOST_AHEAD);
        let season = if count >= 2 * SEASON { SEASON } else { 1 };
        let size = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let request = ForecastSeriesRequest { values, season: size(season), horizon: size(horizon) };
        let answer = match forecaster.forecast(request) {
            Ok(answer) => answer,
            Err(error) => return Forecast { needed: needed(&error), reason: refused(&error), ..forecast },
        };
        let Some(last) = self.last() else { return forecast };
        let to_come: Vec<(i32, Month)> = successors(next(last), |month| next(*month)).take(horizon).collect();
        let least = if figure.positive { 0.0 } else { f64::NEG_INFINITY };
        let money = |value: f64| unit.of(value.max(least));
        for (month, point) in to_come.iter().zip(&answer.points) {
            let ForecastPoint { mean, low80, high80, low95, high95 } = *point;
            let [mean, low80, high80, low95, high95] = [mean, low80, high80, low95, high95].map(money);
            analysis.facts.extend(self.facts(figure, *month, [mean, low80, high80]));
            forecast.months.push(ForecastMonth {
                month: key(*month),
                mean: Some(report::money(mean)),
                low80: Some(report::money(low80)),
                high80: Some(report::money(high80)),
                low95: Some(report::money(low95)),
                high95: Some(report::money(high95)),
            });
        }
        if let Some(first) = to_come.first().filter(|_| figure.metric == "net") {
            analysis.facts.push(self.first_month(*first));
        }
        let back_test = |known: u32, means: &[f64]| {
            let known = usize::try_from(known).ok()?;
            let first = month_of(&self.months.get(known)?.0)?;
            // Only what came to be known can be compared.
            let means = means.iter().take(count - known).map(|mean| report::money(money(*mean))).collect();
            Some(BackTest { month: key(first), means })
        };
        forecast.back_tests = answer.past.iter().filter_map(|past| back_test(past.known, &past.means)).collect();
        let score = |score: saldo_proto::forecast::v1::MethodScore| ForecastScore {
            method: score.method,
            smape: score.smape,
            mase: score.mase,
        };
        forecast.scores = answer.scores.into_iter().map(score).collect();
        forecast.method = answer.method;
        forecast
    }

    /// The values of a figure in whole units of money, and what turns them back.
    fn series(&self, place: usize) -> (Vec<f64>, Unit) {
        let amounts = || self.months.iter().filter_map(move |(_, amounts)| amounts.get(place));
        let exponent = amounts().map(|amount| amount.exponent).max().unwrap_or_default();
        let currency = amounts().next().and_then(|amount| amount.currency);
        let unit = Unit { exponent, currency };
        (amounts().map(|amount| unit.number(*amount)).collect(), unit)
    }

    fn last(&self) -> Option<(i32, Month)> {
        month_of(&self.months.last()?.0)
    }

    /// The middle and both ends of a month.
    fn facts(&self, figure: &Figure, month: (i32, Month), values: [Money; 3]) -> Vec<Fact> {
        let fact = |(metric, value): (&'static str, Money)| Fact {
            id: format!("{metric}/{}/month/{}", self.code, key(month)),
            metric,
            dimensions: [("currency", self.currency.clone()), ("month", key(month))].into(),
            value: Value::Money(value),
            period: days_of(month),
            lineage: self.lineage(),
        };
        figure.facts.into_iter().zip(values).map(fact).collect()
    }

    /// The first month to come, for the sentences.
    fn first_month(&self, month: (i32, Month)) -> Fact {
        Fact {
            id: format!("forecast_month/{}", self.code),
            metric: "forecast_month",
            dimensions: [("currency", self.currency.clone())].into(),
            value: Value::Month(month.0, month.1.into()),
            period: days_of(month),
            lineage: self.lineage(),
        }
    }

    /// All go on from the full months, which that fact lists.
    fn lineage(&self) -> Lineage {
        Lineage { facts: vec![format!("full_months/{}", self.code)], formula: "forecast(months)", ..Lineage::default() }
    }
}

/// Of the full months, ascending, the latest ones that follow each other up to the last month or the one before it, which
/// is full or not; none where a gap of the file is later.
fn since_gap(nets: &[String], end: Option<(i32, Month)>) -> &[String] {
    let ordinal = |(year, month): (i32, Month)| year * 12 + i32::from(u8::from(month));
    let Some(mut expected) = end.map(ordinal) else { return &[] };
    let mut start = nets.len();
    while let Some(month) = start.checked_sub(1).and_then(|place| month_of(nets.get(place)?)).map(ordinal) {
        let is_next = month == expected || (start == nets.len() && month + 1 == expected);
        if !is_next || nets.len() - start >= MOST_MONTHS {
            break;
        }
        (expected, start) = (month - 1, start - 1);
    }
    nets.get(start..).unwrap_or_default()
}

/// Why the forecaster gave none, as the report says it.
fn refused(error: &Error) -> String {
    if error.reason.as_str() == reasons::SERIES_TOO_SHORT.name {
        return reasons::SERIES_TOO_SHORT.name.to_owned();
    }
    tracing::warn!(reason = %error.reason, %error, "a report has no forecast");
    "FORECAST_UNAVAILABLE".to_owned()
}

/// How many points a series that is too short would need, by the forecaster's word.
fn needed(error: &Error) -> u32 {
    let metadata = error.metadata.iter().filter(|_| error.reason.as_str() == reasons::SERIES_TOO_SHORT.name);
    metadata.filter(|(name, _)| *name == "needed").find_map(|(_, value)| value.parse().ok()).unwrap_or_default()
}

/// A unit of money and its decimals: forecasts are numbers, amounts are not.
#[derive(Clone, Copy)]
struct Unit {
    exponent: u8,
    currency: Option<saldo_kernel::Currency>,
}

impl Unit {
    #[allow(clippy::cast_precision_loss, reason = "a forecast needs no more than the digits of a float")]
    fn number(self, amount: Money) -> f64 {
        amount.units as f64 / 10_f64.powi(i32::from(amount.exponent))
    }

    /// Rounded to the decimals of the amounts; beyond the largest amount, that one.
    #[allow(clippy::cast_possible_truncation, reason = "a cast from a float ends at the largest number")]
    fn of(self, value: f64) -> Money {
        let units = (value * 10_f64.powi(i32::from(self.exponent))).round() as i128;
        Money::new(units, self.exponent, self.currency)
    }
}

/// The month of an id that ends with `/month/2024-01`.
fn month_of(place: &str) -> Option<(i32, Month)> {
    let (_, month) = place.rsplit_once('/')?;
    let (year, month) = month.rsplit_once('-')?;
    Some((year.parse().ok()?, month.parse::<u8>().ok()?.try_into().ok()?))
}

fn next((year, month): (i32, Month)) -> Option<(i32, Month)> {
    let year = if month == Month::December { year.checked_add(1)? } else { year };
    Some((year, month.next()))
}

fn key((year, month): (i32, Month)) -> String {
    format!("{year:04}-{:02}", u8::from(month))
}

fn days_of((year, month): (i32, Month)) -> Option<(Date, Date)> {
    let day = |day: u8| Date::from_calendar_date(year, month, day).ok();
    Some((day(1)?, day(month.length(year))?))
}
