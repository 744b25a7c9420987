//! The languages that reports are written in.

/// A language of the report's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// American spelling of numbers, international spelling of dates.
    English,
    /// With the formal address.
    Russian,
}

impl Language {
    /// Every language, in the order of the report.
    pub const ALL: [Self; 2] = [Self::English, Self::Russian];

    /// The code: `en`, `ru`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
        }
    }

    /// The languages of these codes, each once; all where none is known.
    pub fn chosen<S: AsRef<str>>(codes: &[S]) -> Vec<Self> {
        let is_asked = |language: &Self| codes.iter().any(|code| code.as_ref() == language.code());
        let asked: Vec<Self> = Self::ALL.into_iter().filter(is_asked).collect();
        if asked.is_empty() { Self::ALL.to_vec() } else { asked }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_choice_means_all_languages() {
        assert_eq!(Language::chosen::<&str>(&[]), Language::ALL);
        assert_eq!(Language::chosen(&["ru", "ru"]), [Language::Russian]);
        assert_eq!(Language::chosen(&["de"]), Language::ALL);
    }
}
