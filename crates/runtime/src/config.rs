//! Configuration in layers: embedded defaults, a file, the environment, flags. Every problem is told at once; an unknown
//! key comes with the nearest known one. The default file is the documentation.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use saldo_kernel::{Error, reasons};
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::DOMAIN;

/// The defaults with their documentation.
pub const DEFAULTS: &str = include_str!("config.default.toml");

/// Before the name of a setting in the environment.
const PREFIX: &str = "SALDO_";

/// Something wrong with one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The setting, such as `gateway.listen`.
    pub key: String,
    /// What is wrong and what would be right.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.text)
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The embedded defaults.
    Default,
    /// A file.
    File(PathBuf),
    /// A variable of the environment.
    Environment(String),
    /// A flag of the command line.
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment(name) => f.write_str(name),
            Self::Flag => f.write_str("--set"),
        }
    }
}

/// The layers above the defaults, in rising order.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// A file of settings.
    pub file: Option<PathBuf>,
    /// The variables of the environment; those without our prefix are passed over.
    pub environment: Vec<(String, String)>,
    /// `key=value` from the command line.
    pub flags: Vec<String>,
}

/// All settings with their values. Every known key has one.
#[derive(Clone, Debug)]
pub struct Settings {
    values: BTreeMap<String, (Value, Origin)>,
}

impl Settings {
    /// The embedded defaults alone.
    pub fn defaults() -> Self {
        let table = DEFAULTS.parse::<Table>().unwrap_or_default();
        let values = flatten(&table).into_iter().map(|(key, value)| (key, (value, Origin::Default))).collect();
        Self { values }
    }

    /// The defaults with all layers on them, and every problem of every layer; what has a problem keeps its default.
    pub fn read(layers: &Layers) -> (Self, Vec<Problem>) {
        let mut settings = Self::defaults();
        let mut problems = Vec::new();
        if let Some(path) = &layers.file {
            match read_file(path) {
                Ok(table) => {
                    for (key, value) in flatten(&table) {
                        settings.set(&key, value, Origin::File(path.clone()), &mut problems);
                    }
                }
                Err(text) => problems.push(Problem { key: path.display().to_string(), text }),
            }
        }
        for (name, text) in &layers.environment {
            let Some(short) = name.strip_prefix(PREFIX) else { continue };
            match settings.key_of_variable(short) {
                Some(key) => settings.set_text(&key, text, Origin::Environment(name.clone()), &mut problems),
                None => problems.push(settings.unknown(name, &short.to_lowercase(), variable)),
            }
        }
        for flag in &layers.flags {
            match flag.split_once('=') {
                Some((key, text)) => settings.set_text(key, text, Origin::Flag, &mut problems),
                None => problems.push(Problem { key: flag.clone(), text: "write it as key=value".to_owned() }),
            }
        }
        (settings, problems)
    }

    /// One section as its type.
    ///
    /// # Errors
    /// A defect of ours: the type does not fit the defaults.
    pub fn section<T: DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        let prefix = format!("{name}.");
        let table: Table = self
            .values
            .iter()
            .filter_map(|(key, (value, _))| Some((key.strip_prefix(&prefix)?.to_owned(), value.clone())))
            .collect();
        table
            .try_into()
            .map_err(|cause| Error::internal(DOMAIN, format!("section {name} does not fit its type")).caused_by(cause))
    }

    /// A text setting; empty if there is none of that name.
    pub fn text(&self, key: &str) -> &str {
        self.values.get(key).and_then(|(value, _)| value.as_str()).unwrap_or_default()
    }

    /// Every setting with its value and origin, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value, &Origin)> {
        self.values.iter().map(|(key, (value, origin))| (key.as_str(), value, origin))
    }

    fn set(&mut self, key: &str, value: Value, origin: Origin, problems: &mut Vec<Problem>) {
        let Some((current, _)) = self.values.get(key) else {
            problems.push(self.unknown(key, key, str::to_owned));
            return;
        };
        if current.type_str() != value.type_str() {
            let text = format!("is {}, must be {}", article(value.type_str()), article(current.type_str()));
            problems.push(Problem { key: key.to_owned(), text });
            return;
        }
        self.values.insert(key.to_owned(), (value, origin));
    }

    /// Sets a value written as plain text, by the type of the default.
    fn set_text(&mut self, key: &str, text: &str, origin: Origin, problems: &mut Vec<Problem>) {
        let plain = text.replace('_', "");
        let value = match self.values.get(key).map(|(value, _)| value) {
            Some(Value::Integer(_)) => plain.parse().map(Value::Integer).ok(),
            Some(Value::Boolean(_)) => text.parse().map(Value::Boolean).ok(),
            _ => None,
        };
        self.set(key, value.unwrap_or_else(|| Value::String(text.to_owned())), origin, problems);
    }

    fn key_of_variable(&self, short: &str) -> Option<String> {
        self.values.keys().find(|key| variable(key) == format!("{PREFIX}{short}")).cloned()
    }

    fn unknown(&self, given: &str, like: &str, write: fn(&str) -> String) -> Problem {
        let nearest = self.values.keys().max_by(|one, two| {
            let closeness = |key: &str| strsim::jaro_winkler(&key.replace('.', "_"), &like.replace('.', "_"));
            closeness(one).total_cmp(&closeness(two))
        });
        let nearest = nearest.map(|key| format!("; did you mean {}?", write(key))).unwrap_or_default();
        Problem { key: given.to_owned(), text: format!("there is no such setting{nearest}") }
    }
}

/// The problems as one error.
pub fn refused(problems: &[Problem]) -> Error {
    let lines: Vec<_> = problems.iter().map(Problem::to_string).collect();
    Error::known(&reasons::CONFIG_INVALID, DOMAIN, lines.join("\n"))
}

/// Settings that hold a secret, or may.
const SECRETS: &[&str] = &["cache.url", "database.url"];

/// A value as it may be shown: of a secret only that it is set.
pub fn shown(key: &str, value: &Value) -> String {
    let set = value.as_str().is_some_and(|text| !text.is_empty());
    if SECRETS.contains(&key) && set { "\"…\"".to_owned() } else { value.to_string() }
}

/// `gateway.listen` is `SALDO_GATEWAY_LISTEN`.
pub fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "_").to_uppercase())
}

/// Checks an address to listen on; empty is right where nothing has to be served.
pub fn check_listen(settings: &Settings, key: &str, may_be_empty: bool, problems: &mut Vec<Problem>) {
    let text = settings.text(key);
    if !(text.is_empty() && may_be_empty || text.parse::<std::net::SocketAddr>().is_ok()) {
        let text = format!("'{text}' is not an address with a port, such as 127.0.0.1:8080");
        problems.push(Problem { key: key.to_owned(), text });
    }
}

/// Checks an address of another server; empty is right.
pub fn check_url(settings: &Settings, key: &str, problems: &mut Vec<Problem>) {
    let text = settings.text(key);
    let good = text.parse::<http::Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.authority().is_some_and(|at| !at.host().is_empty())
    });
    if !text.is_empty() && !good {
        let text = format!("'{text}' is not an address such as http://127.0.0.1:4317");
        problems.push(Problem { key: key.to_owned(), text });
    }
}

/// Host and port of an address that [`check_url`] finds right; the scheme has a port of its own.
pub fn place_of(address: &str) -> Option<(String, u16)> {
    let uri = address.parse::<http::Uri>().ok()?;
    let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
    Some((uri.host()?.trim_matches(['[', ']']).to_owned(), port))
}

fn read_file(path: &Path) -> Result<Table, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"))?;
    text.parse().map_err(|error: toml::de::Error| format!("is not TOML: {error}"))
}

fn flatten(table: &Table) -> Vec<(String, Value)> {
    let mut out = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) => {
                out.extend(flatten(inner).into_iter().map(|(name, value)| (format!("{key}.{name}"), value)));
            }
            value => out.push((key.clone(), value.clone())),
        }
    }
    out
}

fn article(name: &str) -> String {
    match name {
        "integer" => "a whole number".to_owned(),
        "string" => "a text".to_owned(),
        "boolean" => "true or false".to_owned(),
        other => format!("a {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(environment: &[(&str, &str)], flags: &[&str]) -> Result<Settings, Vec<Problem>> {
        let environment = environment.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let layers = Layers { file: None, environment, flags: flags.iter().map(ToString::to_string).collect() };
        let (settings, problems) = Settings::read(&layers);
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_that_over_the_default() {
        let settings =
            load(&[("SALDO_GATEWAY_LISTEN", "[::1]:1"), ("HOME", "/")], &["gateway.max_upload_bytes=1_000"]).unwrap();
        assert_eq!(settings.text("gateway.listen"), "[::1]:1");
        let origin = |wanted: &str| settings.iter().find(|(key, _, _)| *key == wanted).unwrap().2.clone();
        assert_eq!(origin("gateway.listen"), Origin::Environment("SALDO_GATEWAY_LISTEN".to_owned()));
        assert_eq!(origin("gateway.max_upload_bytes"), Origin::Flag);
        assert_eq!(origin("log.filter"), Origin::Default);
    }

    #[test]
    fn every_problem_is_told_at_once_with_the_nearest_name() {
        let problems =
            load(&[("SALDO_GATEWAY_LISTN", "x")], &["gateway.max_upload_byte=1", "gateway.calls_burst=many", "loose"])
                .unwrap_err();
        let lines: Vec<_> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(
            lines,
            [
                "SALDO_GATEWAY_LISTN: there is no such setting; did you mean SALDO_GATEWAY_LISTEN?",
                "gateway.max_upload_byte: there is no such setting; did you mean gateway.max_upload_bytes?",
                "gateway.calls_burst: is a text, must be a whole number",
                "loose: write it as key=value",
            ]
        );
    }

    #[test]
    fn a_file_that_is_missing_or_broken_is_a_problem() {
        let layers = Layers { file: Some("/nowhere/saldo.toml".into()), ..Layers::default() };
        assert!(Settings::read(&layers).1[0].text.starts_with("cannot be read"));
    }

    #[test]
    fn addresses_are_checked() {
        let settings = load(&[], &["gateway.listen=8080", "telemetry.otlp_endpoint=127.0.0.1:4317"]).unwrap();
        let mut problems = Vec::new();
        check_listen(&settings, "gateway.listen", false, &mut problems);
        check_listen(&settings, "grpc.listen", true, &mut problems);
        check_url(&settings, "telemetry.otlp_endpoint", &mut problems);
        check_url(&settings, "peers.analysis", &mut problems);
        let keys: Vec<_> = problems.iter().map(|problem| problem.key.as_str()).collect();
        assert_eq!(keys, ["gateway.listen", "telemetry.otlp_endpoint"]);
    }
}
