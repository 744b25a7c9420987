//! How money moved: the net, the last full month, the pace and how long the balance lasts.

use super::{Currency, placeholder, topic};
use crate::narrative::Draft;

/// A change beyond this, as a ratio with four places, says nothing as a percentage.
const LARGEST_SHARE: i128 = 100_000;

pub(super) fn sentences(currency: &Currency<'_>) -> Vec<Draft> {
    let drafts = [net(currency), gap(currency), change(currency), runway(currency).or_else(|| average(currency))];
    drafts.into_iter().flatten().collect()
}

fn draft(weight: u8, en: String, ru: String) -> Draft {
    Draft { topic: topic::CASH_FLOW, weight, en, ru }
}

fn net(currency: &Currency<'_>) -> Option<Draft> {
    let (units, net) = (currency.units("net")?, currency.show("net|abs"));
    let (full, negative) = (currency.units("full_months").unwrap_or(0), currency.units("negative_months").unwrap_or(0));
    // Some months against the total, where there are enough of them to say so.
    let (en_months, ru_months) = if full >= 2 && negative > 0 {
        let (full, negative) = (currency.show("full_months|plural:full_month"), currency.show("negative_months"));
        (format!("{negative} of {full}"), format!("{negative} из {full}"))
    } else {
        (String::new(), String::new())
    };
    let has_months = !en_months.is_empty();
    let (en, ru) = match (units.signum(), has_months) {
        (1, true) => (
            format!("Money in exceeded money out by {net} in all; in {en_months} it was the other way round."),
            format!("Поступления превысили списания на {net}, но в {ru_months} списано больше, чем поступило."),
        ),
        (1, false) => {
            (format!("Money in exceeded money out by {net}."), format!("Поступления превысили списания на {net}."))
        }
        (-1, true) => (
            format!("Money out exceeded money in by {net}; it did so in {en_months}."),
            format!("Списания превысили поступления на {net}; так было в {ru_months}."),
        ),
        (-1, false) => {
            (format!("Money out exceeded money in by {net}."), format!("Списания превысили поступления на {net}."))
        }
        _ => ("Money in and money out are equal.".into(), "Поступления и списания равны.".into()),
    };
    Some(draft(80, en, ru))
}

/// The months that the file lacks, and what that means.
fn gap(currency: &Currency<'_>) -> Option<Draft> {
    if !currency.has("gap_months") {
        return None;
    }
    let (months, last) = (currency.show("gap_months|plural:month"), currency.show("gap_last_month"));
    Some(draft(
        79,
        format!(
            "The file has no transactions in {months} up to {last}, longer than is usual in it: averages leave them \
             out, and a forecast goes on from the months after them only."
        ),
        format!(
            "В файле нет операций за {months}, последний из них — {last}; это дольше, чем в нём бывает обычно. \
             В средних эти месяцы не учтены, а прогноз возможен только по месяцам после них."
        ),
    ))
}

/// The last full month against the one before, in the direction that changed more.
fn change(currency: &Currency<'_>) -> Option<Draft> {
    let net = currency.index.of("net_change").find(|fact| currency.owns(fact))?;
    let last = net.dimensions.get("month")?;
    let at = |metric: &str| format!("{}/month/{last}", currency.id(metric));
    let units = |metric: &str| currency.index.units(&at(metric)).unwrap_or(0);
    let is_out = units("money_out_change").abs() >= units("money_in_change").abs();
    let (amount, change) = if is_out { ("money_out", "money_out_change") } else { ("money_in", "money_in_change") };
    let (en_verb, ru_verb) = if is_out { ("went out", "списано") } else { ("came in", "поступило") };
    let difference = units(change);
    // Against nothing, and down to nothing, a difference only says the amount again.
    let (before, after) = (units(amount) - difference, units(amount));
    if difference == 0 || before == 0 || after == 0 {
        return None;
    }
    let share = at(if is_out { "money_out_change_share" } else { "money_in_change_share" });
    let is_telling = currency.index.units(&share).is_some_and(|share| share.abs() <= LARGEST_SHARE);
    let share = if is_telling { format!(" ({})", placeholder(&share, "abs")) } else { String::new() };
    let (amount, change) = (placeholder(&at(amount), ""), placeholder(&at(change), "abs"));
    let (en_more, ru_more) = if difference > 0 { ("more", "больше") } else { ("less", "меньше") };
    let (en_last, en_before) = (currency.show("last_full_month"), currency.show("previous_full_month"));
    let (ru_last, ru_before) =
        (currency.show("last_full_month|in_month"), currency.show("previous_full_month|in_month"));
    Some(draft(
        70,
        format!("In {en_last} {amount} {en_verb}, {change}{share} {en_more} than in {en_before}."),
        format!("В {ru_last} {ru_verb} {amount} — на {change}{share} {ru_more}, чем в {ru_before}."),
    ))
}

/// How long the balance lasts where more goes out than comes in; a year or less matters more.
fn runway(currency: &Currency<'_>) -> Option<Draft> {
    let tenths = currency.units("runway_months")?;
    let (months, balance) = (currency.show("runway_months"), currency.show("closing_balance"));
    let weight = if tenths <= 120 { 75 } else { 65 };
    Some(draft(
        weight,
        format!("At the average monthly pace, the closing balance of {balance} lasts for {months} months."),
        // A number with decimals takes the genitive singular.
        format!("При среднемесячном темпе исходящего остатка {balance} хватит на {months} месяца."),
    ))
}

fn average(currency: &Currency<'_>) -> Option<Draft> {
    if currency.units("full_months")? < 2 {
        return None;
    }
    let (inward, outward) = (currency.show("average_month_in"), currency.show("average_month_out"));
    Some(draft(
        53,
        format!("In an average month {inward} comes in and {outward} goes out."),
        format!("В среднем за месяц поступает {inward}, списывается {outward}."),
    ))
}
