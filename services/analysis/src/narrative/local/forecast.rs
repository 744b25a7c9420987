//! What the next month may bring.

use super::{Currency, placeholder, topic};
use crate::narrative::Draft;

/// The net of the next month with its interval; nothing where there is no forecast.
pub(super) fn sentence(currency: &Currency<'_>) -> Option<Draft> {
    let middle = currency.index.of("forecast_net").find(|fact| currency.owns(fact))?;
    let month = middle.dimensions.get("month")?;
    let end = |metric: &str| placeholder(&format!("{}/month/{month}", currency.id(metric)), "");
    let (low, high) = (end("forecast_net_low"), end("forecast_net_high"));
    let (middle, level) = (placeholder(&middle.id, ""), placeholder("forecast_level", ""));
    let (en_month, ru_month) = (currency.show("forecast_month"), currency.show("forecast_month|in_month"));
    Some(Draft {
        topic: topic::FORECAST,
        weight: 60,
        en: format!(
            "The forecast for {en_month} is a net of {middle}; with a chance of {level} it lies between {low} and {high}."
        ),
        ru: format!(
            "По прогнозу, в {ru_month} разница поступлений и списаний — {middle}; с вероятностью {level} от {low} до {high}."
        ),
    })
}
