//! Damages every file of the given folders, many times each, and reads and analyses what is left: `make test-faults`.
//!
//! Each file is cut at random places and has random bits flipped. Every run must end as a report, a question or a typed
//! refusal, within two CPU seconds and 256 MB. The work is spread over worker processes with a limit of address space;
//! the same seed gives the same damage.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a tool for developers, not a part of the engine"
)]

#[path = "faults/damage.rs"]
mod damage;
#[path = "../tests/formats/invariants.rs"]
mod invariants;
#[path = "faults/worker.rs"]
mod worker;

use std::{
    collections::BTreeMap,
    env,
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    thread,
};

/// Worker processes, one for each core that a developer's machine has at least.
const WORKERS: usize = 2;
/// Address space of a worker in KiB: the limit of a file and what a process has anyway.
const ADDRESS_SPACE_KIB: u64 = 640 << 10;

/// What happened to the files of one group, or to one file.
#[derive(Default)]
pub(crate) struct Tally {
    files: u64,
    reports: u64,
    questions: u64,
    refusals: u64,
    failures: u64,
    /// Most CPU milliseconds of one run.
    slowest_ms: u64,
    /// Most memory in KiB.
    peak_kib: u64,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.reports += other.reports;
        self.questions += other.questions;
        self.refusals += other.refusals;
        self.failures += other.failures;
        self.slowest_ms = self.slowest_ms.max(other.slowest_ms);
        self.peak_kib = self.peak_kib.max(other.peak_kib);
    }

    /// The numbers as a worker hands them over.
    fn line(&self) -> String {
        let numbers =
            [self.files, self.reports, self.questions, self.refusals, self.failures, self.slowest_ms, self.peak_kib];
        numbers.map(|number| number.to_string()).join(" ")
    }

    fn parse(line: &str) -> Option<Self> {
        let numbers: Vec<u64> = line.split(' ').map(|number| number.parse().ok()).collect::<Option<_>>()?;
        let [files, reports, questions, refusals, failures, slowest_ms, peak_kib] = numbers.try_into().ok()?;
        Some(Self { files, reports, questions, refusals, failures, slowest_ms, peak_kib })
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.as_slice() {
        [mark, part, seed, list] if mark == "--worker" => {
            let numbers = (part.parse().expect("a part"), seed.parse().expect("a seed"));
            worker::work(numbers.0, WORKERS, numbers.1, &paths_in(Path::new(list)));
            ExitCode::SUCCESS
        }
        [seed, folders @ ..] if !folders.is_empty() => all(seed.parse().expect("a seed"), folders),
        _ => {
            eprintln!("faults SEED FOLDER...");
            ExitCode::FAILURE
        }
    }
}

fn paths_in(list: &Path) -> Vec<(String, PathBuf)> {
    let list = BufReader::new(File::open(list).expect("the list"));
    let line = |line: Result<String, _>| {
        let line: String = line.expect("a line");
        let (group, path) = line.split_once('\t').expect("a group and a path");
        (group.to_owned(), PathBuf::from(path))
    };
    list.lines().map(line).collect()
}

/// Every file below a folder, in groups named by its folders. Lists of expected movements are no statements.
fn walk(folder: &Path, group: &str, files: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = folder.read_dir() else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "movements" {
                walk(&path, &name, files);
            }
        } else if !name.ends_with(".py") && name != "manifest.json" {
            files.push((group.to_owned(), path));
        }
    }
}

/// Runs the workers and prints the table of what happened.
fn all(seed: u64, folders: &[String]) -> ExitCode {
    let mut files = Vec::new();
    let made = tempfolder();
    damage::write_made_files(&made);
    walk(&made, "made: workbooks, archives", &mut files);
    for folder in folders {
        walk(Path::new(folder), folder.rsplit('/').next().unwrap_or_default(), &mut files);
    }
    let list = made.join("list");
    let lines: Vec<String> = files.iter().map(|(group, path)| format!("{group}\t{}", path.display())).collect();
    std::fs::write(&list, lines.join("\n")).expect("the list");
    println!("seed {seed}: {} files, {} runs each, {WORKERS} processes", files.len(), damage::RUNS);

    let workers: Vec<_> = (0..WORKERS)
        .map(|part| {
            let list = list.clone();
            thread::spawn(move || run_worker(part, seed, &list))
        })
        .collect();
    let mut groups = BTreeMap::<String, Tally>::new();
    let mut whole = true;
    for worker in workers {
        let (tallies, ended_well) = worker.join().expect("a worker's thread");
        whole &= ended_well;
        for (group, tally) in tallies {
            groups.entry(group).or_default().add(&tally);
        }
    }
    std::fs::remove_dir_all(&made).ok();
    let total = table(&groups);
    let complete = total.files == files.len() as u64;
    if whole && complete && total.failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tempfolder() -> PathBuf {
    let folder = env::temp_dir().join(format!("saldo-faults-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// What one worker process tells of its share, and whether it ended well.
fn run_worker(part: usize, seed: u64, list: &Path) -> (Vec<(String, Tally)>, bool) {
    let program = env::current_exe().expect("this program");
    let mut worker = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {ADDRESS_SPACE_KIB} && exec \"$0\" \"$@\""))
        .arg(program)
        .args(["--worker", &part.to_string(), &seed.to_string()])
        .arg(list)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a worker");
    let mut tallies = Vec::new();
    let mut current = String::new();
    for line in BufReader::new(worker.stdout.take().expect("its output")).lines() {
        let line = line.expect("a line");
        match line.split_once('\t') {
            Some((group, numbers)) => tallies.extend(Tally::parse(numbers).map(|tally| (group.to_owned(), tally))),
            None => current = line,
        }
    }
    let ended_well = worker.wait().is_ok_and(|status| status.success());
    if !ended_well {
        println!("FAILED: a worker died at {current}");
    }
    (tallies, ended_well)
}

fn table(groups: &BTreeMap<String, Tally>) -> Tally {
    println!(
        "{:<34}{:>7}{:>9}{:>11}{:>10}{:>10}{:>9}{:>8}",
        "", "files", "reports", "questions", "refusals", "failures", "max ms", "max MB"
    );
    let row = |name: &str, tally: &Tally| {
        println!(
            "{name:<34}{:>7}{:>9}{:>11}{:>10}{:>10}{:>9}{:>8}",
            tally.files,
            tally.reports,
            tally.questions,
            tally.refusals,
            tally.failures,
            tally.slowest_ms,
            tally.peak_kib.div_ceil(1_024)
        );
    };
    let mut total = Tally::default();
    for (group, tally) in groups {
        row(group, tally);
        total.add(tally);
    }
    row("total", &total);
    total
}
