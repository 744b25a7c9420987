//! The settings of the edge.

use std::{net::SocketAddr, time::Duration};

use saldo_runtime::{Patience, Problem, Settings, config::check_listen};
use serde::Deserialize;

/// Section `gateway`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Config {
    pub(crate) listen: SocketAddr,
    pub(crate) max_connections: usize,
    header_timeout_ms: u64,
    stall_timeout_ms: u64,
    pub(crate) min_upload_bytes_per_second: u64,
    pub(crate) max_upload_bytes: u64,
    pub(crate) max_body_bytes: usize,
    pub(crate) calls_per_minute: u32,
    pub(crate) calls_burst: u32,
    pub(crate) analyses_per_minute: u32,
    pub(crate) analyses_burst: u32,
}

impl Config {
    /// How long the body of a request may make no headway, and an answer find no reader.
    pub(crate) fn stall_timeout(&self) -> Duration {
        Duration::from_millis(self.stall_timeout_ms)
    }

    /// For how many clients, and how long the server waits for each.
    pub(crate) fn patience(&self) -> Patience {
        let head = Duration::from_millis(self.header_timeout_ms);
        Patience { connections: self.max_connections, head, write: self.stall_timeout() }
    }
}

/// Tells every problem of the section.
pub(crate) fn check(settings: &Settings, problems: &mut Vec<Problem>) {
    check_listen(settings, "gateway.listen", false, problems);
    check_cache(settings, problems);
    for (key, value, _) in settings.iter().filter(|(key, ..)| key.starts_with("gateway.")) {
        if value.as_integer().is_some_and(|number| !(1..=i64::from(u32::MAX)).contains(&number)) {
            problems.push(Problem { key: key.to_owned(), text: "must be from 1 to 4,294,967,295".to_owned() });
        }
    }
}

fn check_cache(settings: &Settings, problems: &mut Vec<Problem>) {
    let (key, text) = match settings.section::<saldo_cache::Config>("cache") {
        Ok(config) if config.timeout_ms == 0 => ("cache.timeout_ms", "must be 1 or more".to_owned()),
        Ok(config) => match config.problem() {
            Some(problem) => problem,
            None => return,
        },
        // The types are those of the defaults: what is left to be wrong is the choice or a negative time.
        Err(_) if ["local", "redis"].contains(&settings.text("cache.engine")) => {
            ("cache.timeout_ms", "must be 1 or more".to_owned())
        }
        Err(_) => ("cache.engine", "must be local or redis".to_owned()),
    };
    problems.push(Problem { key: key.to_owned(), text });
}
