//! Categories as data: the embedded table and the index that finds its phrases in one pass over a row's words.

use std::sync::LazyLock;

use saldo_kernel::Money;
use serde::Deserialize;

use super::text::{Fnv, SpreadMap, fold, folded, is_combining};

/// A category as the report names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    /// Stable, such as `groceries`.
    pub key: &'static str,
    /// The name by language code: `en`, `ru`.
    pub names: [(&'static str, &'static str); 2],
}

/// Every category, in the order of the table; `uncategorized` is the last.
pub fn categories() -> impl ExactSizeIterator<Item = Category> {
    RULES.categories.iter().copied()
}

/// Where money goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    In,
    Out,
}

impl Direction {
    /// Of a row's amount; a zero counts as money in.
    pub(super) fn of(amount: Money) -> Self {
        if amount.units < 0 { Self::Out } else { Self::In }
    }
}

/// The place of a category: in [`categories`], or after those the place among the own ones of an analysis.
pub(crate) type CategoryIndex = u16;

/// The parsed form of an embedded constant. A broken table would give no rules, which a test would notice first.
static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("../../data/categories.toml")).unwrap_or_default());

#[derive(Deserialize)]
struct Table<'a> {
    #[serde(borrow)]
    ignore: Vec<&'a str>,
    #[serde(borrow)]
    category: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry<'a> {
    key: &'a str,
    direction: &'a str,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    shops: bool,
    en: &'a str,
    ru: &'a str,
    #[serde(default, borrow)]
    synonyms: Vec<&'a str>,
    #[serde(default, borrow)]
    mcc: Vec<&'a str>,
    #[serde(default, borrow)]
    words: std::collections::BTreeMap<&'a str, Vec<&'a str>>,
}

/// What a phrase tells: a category and how strongly. The larger rank wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    rank: u32,
    category: CategoryIndex,
}

/// What a phrase tells of money in and of money out.
#[derive(Clone, Copy, Debug, Default)]
struct Hits {
    inward: Option<Hit>,
    outward: Option<Hit>,
    ignored: bool,
}

impl Hits {
    fn of(&self, direction: Direction) -> Option<Hit> {
        match direction {
            Direction::In => self.inward,
            Direction::Out => self.outward,
        }
    }
}

/// A word or stem of the table.
type Atom = u16;

/// No word of a phrase.
const NONE: Atom = 0;

/// Longest phrase, in words.
const PHRASE: usize = 3;

/// Shortest stem, in letters. Shorter ones would be looked up too often and mean too little.
const STEM: usize = 3;

/// The table with its indexes.
#[derive(Default)]
pub(crate) struct Rules {
    categories: Vec<Category>,
    shops: Vec<CategoryIndex>,
    /// Names, synonyms and merchant codes of the file's own column, folded.
    names: std::collections::HashMap<String, Hits>,
    words: SpreadMap<u64, Atom>,
    stems: SpreadMap<u64, Atom>,
    phrases: SpreadMap<[Atom; PHRASE], Hits>,
    /// In letters; words are not looked up beyond it.
    longest_stem: usize,
}

/// Buffers that are used again for every row.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    tokens: Vec<Token>,
}

/// The atoms that one word of a row matches.
#[derive(Clone, Copy, Debug, Default)]
struct Token {
    atoms: [Atom; 4],
    count: usize,
}

impl Token {
    fn add(&mut self, atom: Atom) {
        if let Some(place) = self.atoms.get_mut(self.count) {
            *place = atom;
            self.count += 1;
        }
    }

    fn atoms(&self) -> impl Iterator<Item = Atom> {
        self.atoms.iter().copied().take(self.count)
    }
}

impl Rules {
    /// The rules that come with the product.
    pub(crate) fn builtin() -> &'static Self {
        &RULES
    }

    fn parse(text: &'static str) -> Result<Self, toml::de::Error> {
        let table: Table<'static> = toml::from_str(text)?;
        let mut rules = Self::default();
        for phrase in &table.ignore {
            if let Some(key) = rules.phrase(phrase) {
                rules.phrases.entry(key).or_default().ignored = true;
            }
        }
        let total = table.category.len();
        for (place, entry) in table.category.iter().enumerate() {
            rules.categories.push(Category { key: entry.key, names: [("en", entry.en), ("ru", entry.ru)] });
            rules.shops.extend(CategoryIndex::try_from(place).ok().filter(|_| entry.shops));
            rules.add(entry, place, total);
        }
        Ok(rules)
    }

    fn add(&mut self, entry: &Entry<'static>, place: usize, total: usize) {
        let category = CategoryIndex::try_from(place).unwrap_or(CategoryIndex::MAX);
        let order = u32::try_from(total - place).unwrap_or(0);
        let words = || entry.words.values().flatten().copied();
        for phrase in words() {
            let length = phrase.split_whitespace().count();
            let rank = u32::from(!entry.weak) * 100_000 + u32::try_from(length).unwrap_or(1) * 1_000 + order;
            if let Some(key) = self.phrase(phrase) {
                merge(self.phrases.entry(key).or_default(), entry.direction, Hit { rank, category });
            }
        }
        let hit = Hit { rank: 1_000 + order, category };
        for name in [entry.key, entry.en, entry.ru]
            .into_iter()
            .chain(entry.synonyms.iter().copied())
            .chain(entry.mcc.iter().copied())
        {
            merge(self.names.entry(folded(name)).or_default(), entry.direction, hit);
        }
    }

    /// The atoms of a phrase, made where they are new; `None` for a phrase that is too long or empty.
    fn phrase(&mut self, phrase: &str) -> Option<[Atom; PHRASE]> {
        let mut key = [NONE; PHRASE];
        let mut length = 0;
        for word in
            phrase.split(|letter: char| letter != '*' && !letter.is_alphanumeric()).filter(|word| !word.is_empty())
        {
            let next = u16::try_from(self.words.len() + self.stems.len() + 1).ok()?;
            let mut hash = Fnv::START;
            word.chars()
                .filter(|letter| letter.is_alphanumeric())
                .for_each(|letter| fold(letter, |folded| hash.push(folded)));
            let table = if word.ends_with('*') {
                self.longest_stem = self.longest_stem.max(word.chars().count());
                &mut self.stems
            } else {
                &mut self.words
            };
            *key.get_mut(length)? = *table.entry(hash.value()).or_insert(next);
            length += 1;
        }
        (length > 0).then_some(key)
    }

    /// The best category for the words of a row; the fields do not join into phrases.
    pub(crate) fn find(&self, fields: [&str; 2], direction: Direction, scratch: &mut Scratch) -> Option<CategoryIndex> {
        let mut best = None;
        for field in fields {
            self.tokens(field, &mut scratch.tokens);
            self.ignore(&mut scratch.tokens);
            self.each_phrase(&scratch.tokens, |_, _, hits| best = best.max(hits.of(direction)));
        }
        best.map(|hit: Hit| hit.category)
    }

    /// The category that a file's own column names: by key, name, synonym, merchant code, or a phrase that is all of it.
    /// `Food: Groceries` and the like are tried as a whole, then part by part from the end.
    pub(crate) fn named(&self, written: &str, direction: Direction, scratch: &mut Scratch) -> Option<CategoryIndex> {
        let whole = std::iter::once(written);
        let parts = written.rsplit([':', '>', '/', '|', '\\', ',']).filter(|part| part.len() < written.len());
        let mut named = whole.chain(parts).filter_map(|part| self.name(part, direction, scratch));
        named.find(|category| *category != self.uncategorized())
    }

    /// Whether a file's own column says with this name that it knows no category: `Other`, `Без категории`.
    pub(crate) fn names_nothing(&self, written: &str) -> bool {
        let hits = self.names.get(&folded(written)).copied().unwrap_or_default();
        hits.inward.or(hits.outward).is_some_and(|hit| hit.category == self.uncategorized())
    }

    fn name(&self, part: &str, direction: Direction, scratch: &mut Scratch) -> Option<CategoryIndex> {
        let name = folded(part);
        if let Some(hits) = self.names.get(&name) {
            // A refund in a column of expenses still belongs where the file puts it.
            return hits.of(direction).or(hits.inward).or(hits.outward).map(|hit| hit.category);
        }
        self.tokens(part, &mut scratch.tokens);
        let all = scratch.tokens.len();
        let mut best = None;
        self.each_phrase(&scratch.tokens, |_, length, hits| {
            if length == all {
                best = best.max(hits.of(direction).or(hits.inward).or(hits.outward));
            }
        });
        best.map(|hit| hit.category)
    }

    /// Splits a text into words and finds their atoms.
    fn tokens(&self, text: &str, tokens: &mut Vec<Token>) {
        tokens.clear();
        let (mut token, mut hash, mut length) = (Token::default(), Fnv::START, 0);
        for letter in text.chars() {
            if letter.is_alphanumeric() {
                fold(letter, |folded| hash.push(folded));
                length += 1;
                if length >= STEM && length <= self.longest_stem {
                    self.stems.get(&hash.value()).into_iter().for_each(|atom| token.add(*atom));
                }
            } else if length > 0 && !is_combining(letter) {
                self.finish(&mut token, hash, tokens);
                (token, hash, length) = (Token::default(), Fnv::START, 0);
            }
        }
        if length > 0 {
            self.finish(&mut token, hash, tokens);
        }
    }

    fn finish(&self, token: &mut Token, hash: Fnv, tokens: &mut Vec<Token>) {
        self.words.get(&hash.value()).into_iter().for_each(|atom| token.add(*atom));
        tokens.push(*token);
    }

    /// Takes the words of phrases that tell nothing out of the search.
    fn ignore(&self, tokens: &mut [Token]) {
        let mut ranges = Vec::new();
        self.each_phrase(tokens, |first, length, hits| {
            if hits.ignored {
                ranges.push(first..first + length);
            }
        });
        for range in ranges {
            tokens.get_mut(range).into_iter().flatten().for_each(|token| token.count = 0);
        }
    }

    /// Calls with the first word, the number of words and what they tell, for every phrase of the table in the text.
    fn each_phrase(&self, tokens: &[Token], mut found: impl FnMut(usize, usize, &Hits)) {
        for (first, token) in tokens.iter().enumerate() {
            for one in token.atoms() {
                self.phrases.get(&[one, NONE, NONE]).into_iter().for_each(|hits| found(first, 1, hits));
                for two in tokens.get(first + 1).into_iter().flat_map(Token::atoms) {
                    self.phrases.get(&[one, two, NONE]).into_iter().for_each(|hits| found(first, 2, hits));
                    for three in tokens.get(first + 2).into_iter().flat_map(Token::atoms) {
                        self.phrases.get(&[one, two, three]).into_iter().for_each(|hits| found(first, 3, hits));
                    }
                }
            }
        }
    }

    /// The key of a category.
    pub(crate) fn key(&self, category: CategoryIndex) -> &'static str {
        self.categories.get(usize::from(category)).map_or(UNCATEGORIZED, |category| category.key)
    }

    /// Whether only rows of a buyer have the category.
    pub(crate) fn is_of_shops(&self, category: CategoryIndex) -> bool {
        self.shops.contains(&category)
    }

    /// Every key by its place.
    pub(crate) fn keys(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.categories.iter().map(|category| category.key)
    }

    /// The place of a key.
    pub(crate) fn place(&self, key: &str) -> Option<CategoryIndex> {
        CategoryIndex::try_from(self.categories.iter().position(|category| category.key == key)?).ok()
    }

    /// The place of `uncategorized`.
    pub(crate) fn uncategorized(&self) -> CategoryIndex {
        self.place(UNCATEGORIZED).unwrap_or(0)
    }
}

/// The key of money that moves between accounts.
pub(crate) const TRANSFERS: &str = "transfers";

/// The key of rows that nothing tells.
pub(crate) const UNCATEGORIZED: &str = "uncategorized";

fn merge(hits: &mut Hits, direction: &str, hit: Hit) {
    if direction != "out" {
        hits.inward = hits.inward.max(Some(hit));
    }
    if direction != "in" {
        hits.outward = hits.outward.max(Some(hit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(counterparty: &str, description: &str, direction: Direction) -> &'static str {
        let rules = Rules::builtin();
        rules
            .find([counterparty, description], direction, &mut Scratch::default())
            .map_or(UNCATEGORIZED, |it| rules.key(it))
    }

    fn named(written: &str, direction: Direction) -> &'static str {
        let rules = Rules::builtin();
        rules.named(written, direction, &mut Scratch::default()).map_or(UNCATEGORIZED, |it| rules.key(it))
    }

    #[test]
    fn the_embedded_table_is_read_whole() {
        let table: Table<'_> = toml::from_str(include_str!("../../data/categories.toml")).expect("the table");
        assert_eq!(table.category.len(), categories().len());
        assert_eq!(categories().last().map(|last| last.key), Some(UNCATEGORIZED));
        let mut keys: Vec<_> = categories().map(|category| category.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), categories().len(), "a key stands twice");
        for entry in &table.category {
            assert!(matches!(entry.direction, "in" | "out" | "any"), "{}", entry.key);
            assert!(!entry.en.is_empty() && !entry.ru.is_empty());
            for phrase in entry.words.values().flatten().chain(&table.ignore) {
                let words = folded(phrase);
                assert!((1..=PHRASE).contains(&words.split(' ').count()), "{phrase:?} is too long");
                let stems = phrase.split(' ').filter(|word| word.ends_with('*'));
                assert!(
                    stems.into_iter().all(|stem| stem.chars().count() > STEM),
                    "the stem of {phrase:?} is too short"
                );
            }
        }
    }

    #[test]
    fn words_of_many_languages_tell_the_category() {
        use Direction::{In, Out};
        for (text, direction, key) in [
            ("REWE SAGT DANKE", Out, "groceries"),
            ("Супермаркет у дома", Out, "groceries"),
            ("ALBERT HEIJN 1234", Out, "groceries"),
            ("Zara Madrid, ropa", Out, "shopping"),
            ("Lohn/Gehalt März", In, "salary"),
            ("Lohn/Gehalt März", Out, "payroll"),
            ("Заработная плата за март", In, "salary"),
            ("выдача заработной платы", Out, "payroll"),
            ("NÓMINA MARZO", In, "salary"),
            ("Monthly rent", Out, "rent"),
            ("Аренда офиса", Out, "rent"),
            ("huur april", Out, "rent"),
            ("Комиссия за перевод", Out, "fees"),
            ("Finanzamt Köln Umsatzsteuervorauszahlung", Out, "taxes"),
            ("RESTAURANTE EL SOL", Out, "restaurants"),
            ("UBER EATS", Out, "restaurants"),
            ("UBER TRIP", Out, "transport"),
            ("AMAZON PRIME", Out, "subscriptions"),
            ("Amazon Marketplace", Out, "shopping"),
            ("Retrait DAB", Out, "cash"),
            ("Перевод между своими счетами", Out, "transfers"),
            ("Оплата по счету 12", In, "income"),
            ("Оплата по счету 12", Out, "suppliers"),
            ("Оплата по счету 12 за аренду офиса", Out, "rent"),
        ] {
            assert_eq!(find(text, "", direction), key, "{text}");
            assert_eq!(find("", text, direction), key, "{text}");
        }
    }

    #[test]
    fn a_word_matches_only_as_a_whole_word() {
        assert_eq!(find("Taxidermist", "Feedback", Direction::Out), UNCATEGORIZED);
        assert_eq!(find("Rent", "", Direction::Out), "rent");
        assert_eq!(find("Brentford", "", Direction::Out), UNCATEGORIZED);
    }

    #[test]
    fn a_column_may_say_that_it_knows_no_category() {
        let rules = Rules::builtin();
        for written in ["Uncategorized", "Without category", "Без категории", "SONSTIGES", "n/a", "uncategorized"]
        {
            assert!(rules.names_nothing(written), "{written}");
            assert_eq!(named(written, Direction::Out), UNCATEGORIZED);
        }
        assert!(!rules.names_nothing("Pets") && !rules.names_nothing("Haustiere"));
    }

    #[test]
    fn phrases_that_tell_nothing_are_not_looked_at() {
        assert_eq!(find("ООО Ромашка", "Без налога (НДС)", Direction::Out), UNCATEGORIZED);
        assert_eq!(find("", "Оплата по договору 5, без налога", Direction::Out), "suppliers");
    }

    #[test]
    fn money_in_is_not_an_expense() {
        assert_eq!(find("Lidl", "", Direction::In), UNCATEGORIZED);
        assert_eq!(find("Lidl", "refund", Direction::In), "refunds");
    }

    #[test]
    fn the_files_own_categories_map_by_name_and_synonym_only() {
        use Direction::{In, Out};
        for (written, direction, key) in [
            ("Groceries", Out, "groceries"),
            ("groceries", In, "groceries"),
            ("Супермаркеты", Out, "groceries"),
            ("Food & Dining: Groceries", Out, "groceries"),
            ("Auto & Transport", Out, "transport"),
            ("5411", Out, "groceries"),
            ("Зарплата", In, "salary"),
            ("Зарплата", Out, "payroll"),
            ("Lebensmittel", Out, "groceries"),
            ("Haustiere", Out, UNCATEGORIZED),
            ("Rent and a concert", Out, UNCATEGORIZED),
            ("Groceries: Other", Out, "groceries"),
        ] {
            assert_eq!(named(written, direction), key, "{written}");
        }
    }
}
