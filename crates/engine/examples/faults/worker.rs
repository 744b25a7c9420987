//! One worker: damages its share of the files and checks each run.

use std::{
    fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use cpu_time::ThreadTime;
use saldo_engine::Hints;

use crate::{
    Tally,
    damage::{RUNS, Random, damage},
    invariants::{End, check},
};

/// Most CPU seconds of one run.
const MAX_TIME: Duration = Duration::from_secs(2);
/// Most memory of the process in KiB.
const MAX_KIB: u64 = 256 << 10;
/// Wall seconds without a finished run after which the worker gives up: a busy machine is no endless loop.
const STUCK: Duration = Duration::from_secs(120);

/// Reads every file whose place belongs to this part, and prints what happened: the file, then its group and numbers.
pub(crate) fn work(part: usize, parts: usize, seed: u64, files: &[(String, PathBuf)]) {
    let (done, finished) = mpsc::channel();
    thread::spawn(move || watch(&finished));
    panic::set_hook(Box::new(|_| ()));
    for (group, path) in files.iter().skip(part).step_by(parts) {
        println!("{}", path.display());
        let tally = file(seed, path, &done);
        println!("{group}\t{}", tally.line());
    }
}

/// Ends the process where a run does not end. Hears of every run that does.
fn watch(finished: &Receiver<()>) {
    loop {
        match finished.recv_timeout(STUCK) {
            Ok(()) => {}
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                eprintln!("FAILED: a run does not end");
                std::process::exit(1);
            }
        }
    }
}

fn file(seed: u64, path: &Path, done: &Sender<()>) -> Tally {
    let whole = fs::read(path).expect("a file");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut random = Random::new(seed, &name);
    let mut tally = Tally { files: 1, ..Tally::default() };
    // The high-water mark of this file, not of those before it.
    fs::write("/proc/self/clear_refs", "5").ok();
    for number in 0..RUNS {
        let (bytes, what) = damage(&whole, number, &mut random);
        let started = ThreadTime::now();
        let end = panic::catch_unwind(AssertUnwindSafe(|| check(&bytes, &Hints::default())));
        let took = started.elapsed();
        done.send(()).ok();
        tally.slowest_ms = tally.slowest_ms.max(u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        match end {
            _ if took > MAX_TIME => fail(&mut tally, path, &what, &format!("took {took:?}")),
            Ok(End::Report) => tally.reports += 1,
            Ok(End::Question) => tally.questions += 1,
            Ok(End::Refusal) => tally.refusals += 1,
            Err(cause) => {
                let text = cause.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| cause.downcast_ref::<&str>().copied());
                fail(&mut tally, path, &what, text.unwrap_or("a panic"));
            }
        }
    }
    let peak = peak_kib();
    tally.peak_kib = peak;
    if peak > MAX_KIB {
        fail(&mut tally, path, "all runs", &format!("{peak} KiB of memory"));
    }
    tally
}

fn fail(tally: &mut Tally, path: &Path, what: &str, why: &str) {
    tally.failures += 1;
    eprintln!("FAILED: {}, {what}: {why}", path.display());
}

/// Most memory that the process has held since the mark was cleared.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
