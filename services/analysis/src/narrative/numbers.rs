//! Finds numbers in words, where none may stand: digits, and number words of both languages.

/// Number words in English, whole words.
const EN: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "once",
    "twice",
    "thrice",
    "double",
    "doubled",
    "doubles",
    "triple",
    "tripled",
    "triples",
    "quadruple",
    "quadrupled",
    "half",
    "halves",
    "halved",
    "third",
    "thirds",
    "quarter",
    "quarters",
    "fifth",
    "tenth",
    "first",
    "second",
    "fourth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "dozen",
    "dozens",
    "couple",
    "pair",
    "single",
    "both",
    "twofold",
    "threefold",
    "tenfold",
];

/// Number words in Russian, whole words.
const RU: &[&str] = &[
    "ноль",
    "нуль",
    "нуля",
    "один",
    "одна",
    "одно",
    "одного",
    "одной",
    "одному",
    "одним",
    "одном",
    "одну",
    "одни",
    "одних",
    "два",
    "две",
    "двух",
    "двум",
    "двумя",
    "три",
    "трех",
    "трем",
    "тремя",
    "четыре",
    "четырех",
    "четырем",
    "пять",
    "пяти",
    "пятью",
    "шесть",
    "шести",
    "семь",
    "семи",
    "восемь",
    "восьми",
    "девять",
    "девяти",
    "десять",
    "десяти",
    "двадцать",
    "двадцати",
    "тридцать",
    "сорок",
    "сорока",
    "пятьдесят",
    "сто",
    "ста",
    "двести",
    "триста",
    "пятьсот",
    "полтора",
    "полторы",
    "оба",
    "обе",
    "обоих",
    "дважды",
    "трижды",
    "однажды",
    "вдвое",
    "втрое",
    "вчетверо",
    "пополам",
    "двое",
    "трое",
    "пол",
    "десяток",
    "десятка",
    "десятки",
    "пара",
    "пары",
    "пару",
    "дюжина",
];

/// Stems of Russian number words that take many endings.
const RU_STEMS: &[&str] = &[
    "тысяч",
    "миллион",
    "миллиард",
    "триллион",
    "половин",
    "четверт",
    "второ",
    "втора",
    "вторую",
    "вторы",
    "треть",
    "третье",
    "первы",
    "перва",
    "перво",
    "первую",
    "пятерк",
    "двойн",
    "тройн",
    "двукратн",
    "трехкратн",
    "сотн",
];

/// The digits and number words in a text, in order. What an analyst writes beside its placeholders must hold none.
pub fn numbers_in(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| is_number(word)).collect()
}

fn is_number(word: &str) -> bool {
    if word.chars().any(char::is_numeric) {
        return true;
    }
    let word = word.to_lowercase().replace('ё', "е");
    // The numbers from eleven to nineteen share their end, not their stem.
    let is_stem = |stem: &&str| word.starts_with(*stem) || word.contains("надцат");
    EN.contains(&word.as_str()) || RU.contains(&word.as_str()) || RU_STEMS.iter().any(is_stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_number_words_are_found() {
        assert_eq!(numbers_in("It doubled in two months, by 3.5 % or Ⅳ."), ["doubled", "two", "3", "5", "Ⅳ"]);
        assert_eq!(
            numbers_in("Вторая половина, три тысячи, одиннадцать, ½"),
            ["Вторая", "половина", "три", "тысячи", "одиннадцать", "½"]
        );
    }

    #[test]
    fn words_that_only_look_like_numbers_are_not() {
        assert_eq!(numbers_in("Money, someone, often; однако, сторона, трата, пятница, семья"), Vec::<&str>::new());
    }
}
