//! Sentences whose every number is a fact.
//!
//! An analyst writes templates: words, and placeholders such as `{{net/EUR|abs}}` that name facts. The renderer fills
//! them in as each language writes values. [`local`] is the analyst that needs no key and no network.
//!
//! Invariant: words hold no digit and no number word; a placeholder that names no fact is an error, never text.
//! Invariant: no IO and no contract types; the caller maps [`Texts`] onto the report.

mod error;
mod format;
mod index;
mod language;
pub mod local;
mod numbers;
mod render;
mod template;
mod words;

use saldo_engine::{Analysis, Import};

pub use error::NarrativeError;
pub use format::shown;
pub use index::Index;
pub use language::Language;
pub use numbers::numbers_in;
pub use render::render;
pub use words::counted;

/// The words of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Most important first.
    pub sentences: Vec<Sentence>,
    /// One reason in each language for each finding, in the order of the findings.
    pub findings: Vec<Vec<Text>>,
}

/// One sentence in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What it speaks of: `overview`, `cash_flow`, `categories`, `counterparties`, `recurring`, `forecast`, `quality`.
    pub topic: &'static str,
    /// In the order of the languages asked for.
    pub texts: Vec<Text>,
}

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Which.
    pub language: Language,
    /// Words and facts in reading order.
    pub segments: Vec<Segment>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The words, or the fact's value as the language writes it.
    pub text: String,
    /// The id of the fact shown; none for words.
    pub fact: Option<String>,
}

/// What a template is written for and what it says, in both languages.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// As in [`Sentence::topic`].
    topic: &'static str,
    /// How much it matters; the larger stands first.
    weight: u8,
    en: String,
    ru: String,
}

impl Draft {
    fn texts(&self, languages: &[Language], index: &Index<'_>) -> Result<Vec<Text>, NarrativeError> {
        let text = |language: &Language| {
            let template = match language {
                Language::English => &self.en,
                Language::Russian => &self.ru,
            };
            Ok(Text { language: *language, segments: render(template, *language, index)? })
        };
        languages.iter().map(text).collect()
    }
}

/// Writes what matters in an analysis, and the reason of each finding, in these languages.
///
/// # Errors
/// A template names a fact that the analysis lacks: a defect of the analyst.
pub fn write(import: &Import, analysis: &Analysis, languages: &[Language]) -> Result<Texts, NarrativeError> {
    let index = Index::new(analysis);
    let drafts = local::sentences(&index, import);
    let sentence = |draft: Draft| Ok(Sentence { topic: draft.topic, texts: draft.texts(languages, &index)? });
    let reason = |finding| local::reason(finding, &index).texts(languages, &index);
    Ok(Texts {
        sentences: drafts.into_iter().map(sentence).collect::<Result<_, NarrativeError>>()?,
        findings: analysis.findings.iter().map(reason).collect::<Result<_, _>>()?,
    })
}
