//! `saldo dlq`: events that could not be handled, and what is to become of them.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use saldo_bus::{Choice, DeadLetter, DeadLetters};
use saldo_kernel::Error;
use saldo_proto::encoded_to_json;
use saldo_runtime::open_database_beside;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{Format, Sources, block_on};
use crate::terminal;

#[derive(Debug, Subcommand)]
pub(crate) enum Dlq {
    /// List the events that were parked, the oldest first
    List(List),
    /// Print one of them whole
    Show(Show),
    /// Have their groups try them again, once each: what fails is parked again
    Replay(Change),
    /// Forget them: nobody handles them any more
    Drop(Change),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only those of one group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Only those with larger numbers
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    after: i64,
    /// How many at most
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    limit: u32,
    /// How they are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    sources: Sources,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Its number, as `saldo dlq list` tells it
    number: i64,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    sources: Sources,
}

#[derive(Debug, Args)]
pub(crate) struct Change {
    #[command(flatten)]
    which: Which,
    /// How the outcome is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    sources: Sources,
}

/// Named, so that nobody means one and takes all.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Which {
    /// The one with this number
    number: Option<i64>,
    /// All of one group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// All
    #[arg(long)]
    all: bool,
}

impl Which {
    fn choice(self) -> Choice {
        match (self.number, self.group) {
            (Some(number), _) => Choice::One(number),
            (None, Some(group)) => Choice::Group(group),
            (None, None) => Choice::All,
        }
    }
}

impl Dlq {
    pub(crate) fn run(self) -> Result<ExitCode, Error> {
        let text = match self {
            Self::List(list) => list.text(),
            Self::Show(show) => show.text(),
            Self::Replay(change) => change.text("replayed", async |letters, choice| letters.replay(choice).await),
            Self::Drop(change) => change.text("dropped", async |letters, choice| letters.drop(choice).await),
        };
        terminal::print(&text?)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Does something with the dead letters of the database that the settings name; a server may go on working meanwhile.
fn with<T>(sources: &Sources, work: impl AsyncFnOnce(DeadLetters) -> Result<T, Error>) -> Result<T, Error> {
    let settings = sources.load()?;
    block_on(async {
        let database = open_database_beside(&settings).await?;
        let done = work(DeadLetters::new(database.store(&saldo_bus::SCHEMA))).await;
        database.close().await;
        done
    })
}

impl List {
    fn text(self) -> Result<String, Error> {
        let choice = self.group.map_or(Choice::All, Choice::Group);
        let letters = with(&self.sources, async |letters| letters.list(&choice, self.after, self.limit).await)?;
        Ok(match self.format {
            Format::Json => {
                let all: Vec<Value> = letters.iter().map(as_json).collect();
                format!("{:#}\n", json!({"dead_letters": all}))
            }
            Format::Text if letters.is_empty() => "No events are parked.\n".to_owned(),
            Format::Text => letters.iter().map(line).collect(),
        })
    }
}

impl Show {
    fn text(self) -> Result<String, Error> {
        let letter = with(&self.sources, async |letters| letters.show(self.number).await)?;
        Ok(match self.format {
            Format::Json => format!("{:#}\n", as_json(&letter)),
            Format::Text => fields(&letter),
        })
    }
}

impl Change {
    fn text(
        self,
        done: &str,
        work: impl AsyncFnOnce(&DeadLetters, &Choice) -> Result<u64, Error>,
    ) -> Result<String, Error> {
        let choice = self.which.choice();
        let count = with(&self.sources, async |letters| work(&letters, &choice).await)?;
        Ok(match (self.format, done) {
            (Format::Json, _) => format!("{:#}\n", json!({ done: count })),
            (Format::Text, "replayed") => format!("{count} to be tried again.\n"),
            (Format::Text, _) => format!("{count} {done}.\n"),
        })
    }
}

fn line(letter: &DeadLetter) -> String {
    let DeadLetter { id, group, event, tries, reason, .. } = letter;
    let state = if letter.waits_for_replay { "waits" } else { "parked" };
    let at = moment(letter.parked_at);
    format!(
        "{id:>6}  {at}  {state:<6}  {group:<20}  {:<36}  {}  {reason} ({tries} tries)\n",
        event.kind, event.aggregate
    )
}

fn fields(letter: &DeadLetter) -> String {
    let mut out = String::new();
    if let Value::Object(fields) = as_json(letter) {
        for (name, value) in fields {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            out.push_str(&format!("{name:<18}{value}\n"));
        }
    }
    out
}

fn as_json(letter: &DeadLetter) -> Value {
    let DeadLetter { event, .. } = letter;
    let tenant = event.tenant;
    let happened = OffsetDateTime::from_unix_timestamp_nanos(i128::from(event.occurred_at_micros) * 1_000);
    json!({
        "number": letter.id,
        "group": letter.group,
        "kind": event.kind,
        "event": event.id.to_string(),
        "organization": tenant.map(|tenant| tenant.organization.to_string()),
        "workspace": tenant.and_then(|tenant| tenant.workspace).map(|workspace| workspace.to_string()),
        "aggregate": event.aggregate,
        "version": event.version,
        "occurred_at": happened.map(moment).ok(),
        "parked_at": moment(letter.parked_at),
        "waits_for_replay": letter.waits_for_replay,
        "tries": letter.tries,
        "reason": letter.reason,
        "message": letter.message,
        "traceparent": event.traceparent,
        "payload_bytes": event.payload.len(),
        // Of a kind that this version does not know there is no more to say.
        "payload": encoded_to_json(&event.kind, &event.payload).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok()),
    })
}

fn moment(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}
