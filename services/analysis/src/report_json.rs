//! A report as JSON, figure by figure: the rows behind the figures of a large file are most of it, and are never copied whole.

use std::io::{Error, Write};

use base64::{prelude::BASE64_STANDARD, write::EncoderWriter};
use saldo_proto::{
    analysis::v1::{Fact, Report},
    to_json,
};

/// How the text of a report without figures, and that of a figure without rows, shows their place.
const NO_FACTS: &str = "\"facts\":[],";
const NO_ROWS: &str = "\"rows\":\"\"";

/// Writes what `to_json` gives for the report, but with the figures last.
///
/// # Errors
/// The output takes no more, or the message does not fit the contract: a defect of ours.
pub fn write_json(mut report: Report, out: &mut dyn Write) -> Result<(), Error> {
    let facts = std::mem::take(&mut report.facts);
    let text = to_json("saldo.analysis.v1.Report", &report).map_err(Error::other)?;
    // Quotation marks inside of texts are escaped, so what stands first is the field itself.
    let (head, tail) = text.split_once(NO_FACTS).ok_or_else(|| Error::other("the report has no facts"))?;
    write!(out, "{head}{},\"facts\":[", tail.strip_suffix('}').unwrap_or(tail))?;
    for (place, fact) in facts.into_iter().enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        write_fact(fact, out)?;
    }
    out.write_all(b"]}")
}

fn write_fact(mut fact: Fact, out: &mut dyn Write) -> Result<(), Error> {
    let rows = fact.lineage.as_mut().map(|lineage| std::mem::take(&mut lineage.rows)).unwrap_or_default();
    let text = to_json("saldo.analysis.v1.Fact", &fact).map_err(Error::other)?;
    let Some((head, tail)) = text.split_once(NO_ROWS) else { return out.write_all(text.as_bytes()) };
    write!(out, "{head}\"rows\":\"")?;
    let mut encoder = EncoderWriter::new(&mut *out, &BASE64_STANDARD);
    encoder.write_all(&rows)?;
    encoder.finish()?;
    drop(encoder);
    write!(out, "\"{tail}")
}

#[cfg(test)]
mod tests {
    use saldo_proto::analysis::v1::{Lineage, Sentence, fact::Value};

    use super::*;

    #[test]
    fn the_report_is_the_same_as_in_one_piece() {
        let fact = |id: &str, rows: &'static [u8]| Fact {
            id: id.to_owned(),
            value: Some(Value::Name("a \"facts\":[], \"rows\":\"\" name".to_owned())),
            lineage: Some(Lineage { rows: rows.into(), ..Lineage::default() }),
            ..Fact::default()
        };
        let report = Report {
            version: 1,
            sentences: vec![Sentence { topic: "\"facts\":[],".to_owned(), ..Sentence::default() }],
            facts: vec![fact("one", &[0, 2, 1, 0, 0xa6, 2, 0]), fact("none", &[]), Fact::default()],
            ..Report::default()
        };
        let whole: serde_json::Value =
            serde_json::from_str(&to_json("saldo.analysis.v1.Report", &report).expect("JSON")).expect("JSON");
        let mut pieces = Vec::new();
        write_json(report, &mut pieces).expect("room in memory");
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&pieces).expect("JSON"), whole);
    }
}
