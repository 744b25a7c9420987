//! How much a text looks like one of the languages whose letters are not Latin: by how often each letter occurs and by
//! capitals inside words, which is what the text looks like in a wrong encoding.

use encoding_rs::Encoding;

use super::words::one_form;

/// Natural logarithms of the share of each letter, in hundredths, from `first` on.
pub(super) struct Script {
    first: char,
    shares: &'static [i32],
    /// Letters that stand elsewhere.
    others: &'static [(char, i32)],
}

/// Russian `а`..`я`, with letters of Ukrainian.
pub(super) const CYRILLIC: Script = Script {
    first: 'а',
    shares: &[
        -252, -414, -309, -411, -351, -247, -466, -414, -261, -441, -335, -313, -344, -270, -221, -357, -305, -291,
        -277, -364, -591, -463, -533, -424, -493, -563, -780, -396, -405, -573, -506, -391,
    ],
    others: &[('ё', -700), ('і', -500), ('ї', -650), ('є', -650)],
};

/// Greek `α`..`ω`; `ς` counts as `σ`.
pub(super) const GREEK: Script = Script {
    first: 'α',
    shares: &[
        -214, -512, -396, -402, -239, -552, -285, -434, -232, -319, -351, -338, -263, -530, -230, -315, -308, UNSEEN,
        -254, -250, -317, -471, -442, -621, -386,
    ],
    others: &[],
};

/// Hebrew `א`..`ת`.
pub(super) const HEBREW: Script = Script {
    first: 'א',
    shares: &[
        -276, -306, -434, -365, -222, -226, -434, -369, -442, -220, -496, -361, -260, -365, -308, -442, -354, -420,
        -344, -621, -407, -650, -442, -386, -288, -312, -300,
    ],
    others: &[],
};

const UNSEEN: i32 = -900;
/// A capital after a small letter is what a wrong one of these encodings looks like.
const CAPITAL_INSIDE: i32 = -500;

impl Script {
    /// The mean score of a foreign letter of the words in an encoding.
    pub(super) fn score(&self, words: &[u8], encoding: &'static Encoding) -> i32 {
        let (text, _) = encoding.decode_without_bom_handling(words);
        let (mut sum, mut count, mut before_small) = (0_i64, 0_i64, false);
        for letter in text.chars() {
            if letter.is_ascii() || "№«»—–\u{a0}…„“”".contains(letter) {
                before_small = false;
                continue;
            }
            let small = letter.to_lowercase().next().unwrap_or(letter);
            let known = self.share(small);
            let capital_inside = before_small && small != letter;
            sum += i64::from(known.unwrap_or(UNSEEN) + if capital_inside { CAPITAL_INSIDE } else { 0 });
            count += 1;
            before_small = known.is_some() && small == letter;
        }
        i32::try_from(sum / count.max(1)).unwrap_or(UNSEEN)
    }

    fn share(&self, small: char) -> Option<i32> {
        let other = self.others.iter().find(|(letter, _)| *letter == small).map(|(_, share)| *share);
        let place = |letter: char| usize::try_from((letter as u32).checked_sub(self.first as u32)?).ok();
        other.or_else(|| self.shares.get(place(one_form(small)?)?).copied())
    }
}
