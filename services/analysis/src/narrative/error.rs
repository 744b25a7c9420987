//! Why a template cannot be rendered.

/// Why a template cannot be rendered. All of them are defects of whoever wrote the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NarrativeError {
    /// It names a fact that the analysis lacks.
    UnknownFact(String),
    /// It asks for a form that does not exist.
    UnknownForm(String),
    /// It asks for a form that the fact's kind of value does not have.
    WrongForm {
        /// The fact.
        id: String,
        /// The form.
        form: String,
    },
    /// A placeholder begins and does not end.
    Unclosed,
}

impl std::fmt::Display for NarrativeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownFact(id) => write!(f, "a template names '{id}', which is no fact of this analysis"),
            Self::UnknownForm(form) => write!(f, "a template asks for the form '{form}', which does not exist"),
            Self::WrongForm { id, form } => write!(f, "a template asks for '{id}' as '{form}', which its value is not"),
            Self::Unclosed => f.write_str("a template holds a placeholder that does not end"),
        }
    }
}

impl std::error::Error for NarrativeError {}

impl From<NarrativeError> for saldo_kernel::Error {
    fn from(error: NarrativeError) -> Self {
        Self::internal(crate::DOMAIN, error.to_string()).caused_by(error)
    }
}
