//! Forecasts series for measuring: one JSON object a line in, `{"values": […], "season": 12, "horizon": 18}`, one out, with what
//! each method says and the CPU seconds that it took. `infra/quality` runs it on competition data.

use std::io::{self, BufRead, Write};

use cpu_time::ThreadTime;
use saldo_series::{Options, ets::Ets, forecast, naive, theta};
use serde_json::json;

#[derive(serde::Deserialize)]
struct Asked {
    values: Vec<f64>,
    season: usize,
    horizon: usize,
}

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let Asked { values, season, horizon } = serde_json::from_str(&line?)?;
        let (ets, ets_seconds) = timed(|| Ets::fit(&values, season).map(|ets| ets.means(horizon)));
        let (theta, theta_seconds) = timed(|| theta::fit(&values, season).means(horizon));
        let (told, seconds) = timed(|| forecast(&values, &Options { season, horizon }));
        let told = told.map_err(io::Error::other)?;
        let points: Vec<_> = told.points.iter().map(|p| [p.low95, p.low80, p.mean, p.high80, p.high95]).collect();
        let answer = json!({
            "ets": ets, "ets_seconds": ets_seconds, "theta": theta, "theta_seconds": theta_seconds,
            "naive": naive::forecast(&values, season, horizon),
            "method": told.method.name(), "points": points, "seconds": seconds,
        });
        writeln!(out, "{answer}")?;
    }
    out.flush()
}

/// What a piece of work gives, and the CPU seconds of this thread that it takes.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let begun = ThreadTime::now();
    let done = work();
    (done, begun.elapsed().as_secs_f64())
}
