//! The bus of a process, by its settings.

use std::{collections::BTreeMap, fs, path::PathBuf, time::Duration};

use saldo_bus::{Engine, Kafka, Options};
use saldo_kernel::{Error, reasons};
use serde::Deserialize;

use crate::{DOMAIN, Problem, Settings};

/// Section `bus`.
#[derive(Clone, Debug, Deserialize)]
struct Config {
    engine: String,
    kafka_brokers: String,
    kafka_properties_file: PathBuf,
    kafka_replication: i32,
    tries: u32,
    handlers: usize,
    keep_hours: u64,
}

/// What carries events, and how.
///
/// # Errors
/// The file of Kafka's settings cannot be read.
pub fn bus_options(settings: &Settings) -> Result<(Engine, Options), Error> {
    let config: Config = settings.section("bus")?;
    let keep = Duration::from_secs(config.keep_hours * 3_600);
    let options = Options { tries: config.tries, handlers: config.handlers, keep, ..Options::default() };
    if config.engine != "kafka" {
        return Ok((Engine::Postgres, options));
    }
    let properties = properties(&config.kafka_properties_file)?;
    let kafka = Kafka { brokers: config.kafka_brokers, properties, replication: config.kafka_replication };
    Ok((Engine::Kafka(kafka), options))
}

/// `name=value` in each line; empty lines and those that begin with `#` say nothing.
fn properties(file: &PathBuf) -> Result<BTreeMap<String, String>, Error> {
    if file.as_os_str().is_empty() {
        return Ok(BTreeMap::new());
    }
    let wrong = |text: String| {
        let message = format!("bus.kafka_properties_file: {}: {text}.", file.display());
        Error::known(&reasons::CONFIG_INVALID, DOMAIN, message)
    };
    let text = fs::read_to_string(file).map_err(|cause| wrong(cause.to_string()))?;
    let lines = (1..).zip(text.lines().map(str::trim));
    let said = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    said.map(|(number, line)| {
        let pair = line.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
        pair.ok_or_else(|| wrong(format!("line {number} is not name=value")))
    })
    .collect()
}

/// Tells every problem of the section.
pub(crate) fn check(settings: &Settings, problems: &mut Vec<Problem>) {
    let mut tell = |key: &str, text: &str| problems.push(Problem { key: key.to_owned(), text: text.to_owned() });
    match settings.text("bus.engine") {
        "postgres" => {}
        "kafka" if settings.text("bus.kafka_brokers").is_empty() => tell("bus.kafka_brokers", "must name a broker"),
        "kafka" => {}
        _ => tell("bus.engine", "must be postgres or kafka"),
    }
    let numbers = ["bus.kafka_replication", "bus.tries", "bus.handlers", "bus.keep_hours"];
    for (key, value, _) in settings.iter().filter(|(key, ..)| numbers.contains(key)) {
        if value.as_integer().is_some_and(|number| !(1..=10_000).contains(&number)) {
            tell(key, "must be from 1 to 10,000");
        }
    }
}
