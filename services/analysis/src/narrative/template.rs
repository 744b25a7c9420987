//! Splits a template into words and placeholders: `{{id}}` or `{{id|form}}`.

use super::NarrativeError;

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Words as they are.
    Words(&'a str),
    /// A fact in a form; the plain form is empty.
    Fact { id: &'a str, form: &'a str },
}

/// The pieces of a template in order. Ids never hold a brace or a bar, so the first of each ends what it ends.
pub(crate) fn pieces(template: &str) -> Result<Vec<Piece<'_>>, NarrativeError> {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some((words, after)) = rest.split_once("{{") {
        let (inner, next) = after.split_once("}}").ok_or(NarrativeError::Unclosed)?;
        if !words.is_empty() {
            out.push(Piece::Words(words));
        }
        let (id, form) = inner.split_once('|').unwrap_or((inner, ""));
        out.push(Piece::Fact { id, form });
        rest = next;
    }
    if !rest.is_empty() {
        out.push(Piece::Words(rest));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_words_and_placeholders() {
        let fact = |id, form| Piece::Fact { id, form };
        assert_eq!(
            pieces("In {{a/b}}, {{c|abs}}."),
            Ok(vec![Piece::Words("In "), fact("a/b", ""), Piece::Words(", "), fact("c", "abs"), Piece::Words(".")])
        );
        assert_eq!(pieces(""), Ok(vec![]));
        assert_eq!(pieces("{{a"), Err(NarrativeError::Unclosed));
    }
}
