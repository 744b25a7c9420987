//! Fills a template's placeholders with facts.

use saldo_engine::Value;

use super::{
    Index, Language, NarrativeError, Segment,
    format::{Form, formed},
    template::{Piece, pieces},
    words::plural,
};

/// The segments of a template in a language.
///
/// Placeholders are `{{id}}`, or with a form `{{id|abs}}` (no sign), `{{id|in_month}}` (a month after "in") and `{{id|plural:noun}}` (a count and its noun).
///
/// # Errors
/// The template names a fact or a form that does not exist, or a placeholder does not end.
pub fn render(template: &str, language: Language, index: &Index<'_>) -> Result<Vec<Segment>, NarrativeError> {
    let mut segments = Vec::new();
    for piece in pieces(template)? {
        match piece {
            Piece::Words(words) => add_words(words, &mut segments),
            Piece::Fact { id, form } => add_fact(id, form, language, index, &mut segments)?,
        }
    }
    Ok(segments)
}

fn add_words(words: &str, segments: &mut Vec<Segment>) {
    match segments.last_mut() {
        Some(Segment { text, fact: None }) => text.push_str(words),
        _ => segments.push(Segment { text: words.to_owned(), fact: None }),
    }
}

fn add_fact(
    id: &str,
    written: &str,
    language: Language,
    index: &Index<'_>,
    segments: &mut Vec<Segment>,
) -> Result<(), NarrativeError> {
    let fact = index.get(id).ok_or_else(|| NarrativeError::UnknownFact(id.to_owned()))?;
    let form = form(written)?;
    let wrong = || NarrativeError::WrongForm { id: id.to_owned(), form: written.to_owned() };
    let text = formed(&fact.value, form, language).ok_or_else(wrong)?;
    segments.push(Segment { text, fact: Some(id.to_owned()) });
    if let (Form::Plural(noun), Value::Count(count)) = (form, &fact.value) {
        let noun = plural(noun, *count, language).ok_or_else(|| NarrativeError::UnknownForm(written.to_owned()))?;
        add_words("\u{a0}", segments);
        add_words(noun, segments);
    }
    Ok(())
}

fn form(written: &str) -> Result<Form<'_>, NarrativeError> {
    Ok(match written {
        "" => Form::Plain,
        "abs" => Form::Abs,
        "in_month" => Form::In,
        other => match other.strip_prefix("plural:") {
            Some(noun) => Form::Plural(noun),
            None => return Err(NarrativeError::UnknownForm(other.to_owned())),
        },
    })
}

#[cfg(test)]
mod tests {
    use saldo_engine::{Analysis, Fact, Lineage};

    use super::*;

    fn analysis() -> Analysis {
        let fact = Fact {
            id: "transactions/EUR".into(),
            metric: "transactions",
            dimensions: Default::default(),
            value: Value::Count(22),
            period: None,
            lineage: Lineage::default(),
        };
        Analysis { facts: vec![fact], ..Analysis::default() }
    }

    #[test]
    fn a_count_is_a_fact_and_its_noun_is_words() {
        let analysis = analysis();
        let index = Index::new(&analysis);
        let segments =
            render("В файле {{transactions/EUR|plural:transaction}}.", Language::Russian, &index).expect("segments");
        let plain: Vec<_> = segments.iter().map(|segment| (segment.text.as_str(), segment.fact.as_deref())).collect();
        assert_eq!(plain, [("В файле ", None), ("22", Some("transactions/EUR")), ("\u{a0}операции.", None)]);
    }

    #[test]
    fn an_unknown_placeholder_is_an_error_and_never_text() {
        let analysis = analysis();
        let index = Index::new(&analysis);
        let error = |template| render(template, Language::English, &index).expect_err("an error");
        assert_eq!(error("{{net/EUR}}"), NarrativeError::UnknownFact("net/EUR".into()));
        assert_eq!(error("{{transactions/EUR|loud}}"), NarrativeError::UnknownForm("loud".into()));
        assert_eq!(error("{{transactions/EUR|plural:cow}}"), NarrativeError::UnknownForm("plural:cow".into()));
        assert_eq!(error("{{transactions/EUR"), NarrativeError::Unclosed);
        assert!(matches!(error("{{transactions/EUR|in_month}}"), NarrativeError::WrongForm { .. }));
    }
}
