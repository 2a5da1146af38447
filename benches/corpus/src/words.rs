//! A vocabulary: the common words of English, then made words of its letters and lengths.

use crate::random::Random;

/// How many words there are. A knowledge base of ten thousand articles has about as many.
pub const VOCABULARY: usize = 40_000;

/// The words said most often, most often first.
const COMMON: [&str; 120] = [
    "the", "to", "you", "of", "and", "a", "in", "that", "it", "is", "for", "your", "on", "with",
    "as", "this", "they", "at", "be", "or", "not", "have", "from", "one", "what", "was", "can",
    "but", "are", "all", "their", "if", "when", "we", "an", "there", "how", "will", "do", "time",
    "so", "more", "about", "who", "would", "out", "them", "than", "now", "people", "my", "may",
    "been", "after", "first", "any", "no", "way", "which", "job", "each", "new", "day", "some",
    "into", "other", "get", "only", "work", "then", "its", "team", "were", "over", "also", "did",
    "many", "before", "must", "through", "back", "much", "where", "good", "well", "just", "ask",
    "role", "because", "know", "say", "both", "most", "even", "need", "long", "down", "own",
    "should", "next", "think", "week", "look", "still", "answer", "call", "offer", "hear", "write",
    "keep", "place", "small", "never", "last", "again", "point", "help", "read", "year", "name",
];

const ONSETS: [&str; 24] = [
    "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "br", "ch", "cl",
    "gr", "pl", "sh", "st", "th", "tr",
];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
const ENDINGS: [[&str; 4]; 3] =
    [["l", "n", "ca", "rd"], ["ting", "ted", "ter", "tly"], ["nding", "nded", "nderly", "nt"]];

/// The word of a rank below [`VOCABULARY`]; 0 is the one said most often. Each rank has its own, and
/// no made word ends in s, so that none is another's plural.
pub fn word(rank: usize) -> String {
    if let Some(common) = COMMON.get(rank) {
        return (*common).to_owned();
    }
    // two syllables and the kind of ending are the rank in another notation
    let mut rest = rank - COMMON.len();
    let mut word = String::new();
    for _ in 0..2 {
        word.push_str(ONSETS[rest % ONSETS.len()]);
        rest /= ONSETS.len();
        word.push_str(VOWELS[rest % VOWELS.len()]);
        rest /= VOWELS.len();
    }
    let mut random = Random::new(0x0077_6f72_6473, rank as u64);
    word.push_str(random.one_of::<&str>(&ENDINGS[rest % ENDINGS.len()]));
    word
}

/// As it begins a sentence.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_rank_has_a_word_of_its_own() {
        let words: HashSet<String> = (0..VOCABULARY).map(word).collect();
        assert_eq!(words.len(), VOCABULARY);
    }
}
