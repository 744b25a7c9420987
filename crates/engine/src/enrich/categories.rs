//! The categories of one analysis: the built-in ones, and names of the user's own, as files and corrections write them.
//!
//! Invariant: an own name is data: trimmed, of bounded length, without control characters, and never the name of a built-in
//! category. Two spellings that fold to the same text are one category, shown as it is written first.

use std::{collections::HashMap, sync::Arc};

use super::{
    rules::{CategoryIndex, Direction, Rules, Scratch},
    text::folded,
};

/// Names of the user's own in one analysis. A column with more of them lists something else than categories.
const MOST_OWN: usize = 512;

/// Longest own name, in characters; longer ones are cut.
const LENGTH: usize = 80;

/// Spellings whose category is remembered, and the longest such spelling in bytes.
const REMEMBERED: usize = 4_096;
const REMEMBERED_BYTES: usize = 256;

/// Own categories by place, and what spellings were found to mean.
#[derive(Debug, Default)]
pub(crate) struct Categories {
    own: Vec<Arc<str>>,
    /// By folded name.
    places: HashMap<String, CategoryIndex>,
    /// What a spelling means of money in and of money out. Files repeat their categories in every row.
    seen: HashMap<Box<str>, [Option<Meaning>; 2]>,
    scratch: Scratch,
    /// There are more own names than are kept.
    pub(crate) is_crowded: bool,
}

/// What a written category means: one of the analysis, or none.
type Meaning = Option<CategoryIndex>;

impl Categories {
    /// The category that a file or a user writes; `None` where it is empty, says that it is none, has no letter, or is
    /// one name too many.
    pub(super) fn written(&mut self, written: &str, direction: Direction) -> Option<CategoryIndex> {
        if written.is_empty() {
            return None;
        }
        let side = usize::from(direction == Direction::Out);
        if let Some(known) = self.seen.get(written).and_then(|sides| sides.get(side).copied().flatten()) {
            return known;
        }
        let meaning = self.find(written, direction);
        if written.len() <= REMEMBERED_BYTES && (self.seen.len() < REMEMBERED || self.seen.contains_key(written)) {
            let sides = self.seen.entry(written.into()).or_default();
            sides.get_mut(side).into_iter().for_each(|it| *it = Some(meaning));
        }
        meaning
    }

    /// What the learner calls a category: the key of a built-in one, an own name.
    pub(super) fn label(&self, category: CategoryIndex) -> Arc<str> {
        let rules = Rules::builtin();
        let own = usize::from(category).checked_sub(rules.keys().len()).and_then(|place| self.own.get(place));
        own.cloned().unwrap_or_else(|| Arc::from(rules.key(category)))
    }

    /// Keys by place: those of the built-in categories, then the own names.
    pub(crate) fn into_keys(self) -> Vec<Arc<str>> {
        Rules::builtin().keys().map(Arc::from).chain(self.own).collect()
    }

    fn find(&mut self, written: &str, direction: Direction) -> Meaning {
        let rules = Rules::builtin();
        if let Some(known) = rules.named(written, direction, &mut self.scratch) {
            return Some(known);
        }
        if rules.names_nothing(written) { None } else { self.own(written) }
    }

    fn own(&mut self, written: &str) -> Meaning {
        let name = own_name(written)?;
        let key = folded(&name);
        if let Some(known) = self.places.get(&key) {
            return Some(*known);
        }
        if self.own.len() >= MOST_OWN {
            self.is_crowded = true;
            return None;
        }
        let place = CategoryIndex::try_from(Rules::builtin().keys().len() + self.own.len()).ok()?;
        self.own.push(Arc::from(name));
        self.places.insert(key, place);
        Some(place)
    }
}

/// A name as it is shown: one space between words, nothing that is not seen, cut where it is too long. A number or a sign
/// alone is a code and no name.
fn own_name(written: &str) -> Option<String> {
    let visible = |letter: &char| !letter.is_control() && !is_format(*letter);
    let words = written.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let words = words.map(|word| word.chars().filter(visible).collect::<String>()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join(" ");
    if !folded(&name).chars().any(char::is_alphabetic) {
        return None;
    }
    match name.char_indices().nth(LENGTH) {
        Some((end, _)) => Some(format!("{}…", name.get(..end)?.trim_end())),
        None => Some(name),
    }
}

/// Marks that show nothing themselves and turn or join what stands around them.
fn is_format(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(written: &[&str]) -> Vec<String> {
        let mut categories = Categories::default();
        let places: Vec<_> = written.iter().map(|one| categories.written(one, Direction::Out)).collect();
        let keys = categories.into_keys();
        let key = |place: Option<CategoryIndex>| place.map_or("-", |place| &keys[usize::from(place)]).to_owned();
        places.into_iter().map(key).collect()
    }

    #[test]
    fn an_own_name_is_kept_as_it_is_written_first() {
        assert_eq!(
            keys(&["  Haustiere ", "HAUSTIERE", "Проект  А", "Rent", "\u{202e}Kater\u{7} Otto"]),
            ["Haustiere", "Haustiere", "Проект А", "rent", "Kater Otto"]
        );
    }

    #[test]
    fn what_names_no_category_is_none() {
        assert_eq!(keys(&["", " ", "12345", "--", "Other", "Без категории", "\u{200b}"]), ["-"; 7]);
    }

    #[test]
    fn an_endless_name_is_cut() {
        let [name] = &keys(&[&"Hund ".repeat(100)])[..] else { panic!("one") };
        assert!(name.chars().count() <= LENGTH + 1 && name.ends_with('…'), "{name}");
    }

    #[test]
    fn names_without_end_are_not_kept() {
        let mut categories = Categories::default();
        let places: Vec<_> = (0..100_000).map(|n| categories.written(&format!("note {n}"), Direction::In)).collect();
        assert_eq!(places.iter().flatten().count(), MOST_OWN);
        assert!(categories.is_crowded && categories.seen.len() <= REMEMBERED);
        assert_eq!(categories.written("Rent", Direction::Out), Rules::builtin().place("rent"));
    }
}
