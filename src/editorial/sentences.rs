//! Where sentences end, and what their words are.

use std::ops::Range;

const ENDS: [char; 4] = ['.', '!', '?', '\u{2026}'];

/// What may stand between the end of a sentence and the space behind it: more ends, and closing
/// quotation marks and brackets.
const CLOSING: &[char] = &['.', '!', '?', '\u{2026}', '"', '\'', '\u{201d}', '\u{2019}', ')', ']'];

const OPENING: &[char] = &['"', '\'', '\u{201c}', '\u{2018}', '(', '['];

/// Abbreviations that another word of their sentence follows, without the full stop at their end.
const ABBREVIATIONS: &[&str] = &[
    "approx", "ca", "cf", "dr", "e.g", "i.e", "mr", "mrs", "ms", "prof", "st", "u.k", "u.s", "vs",
];

/// The sentences of a passage, each with a word at least, without the spaces around them.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(ENDS) {
        let rest = text[at + mark.len()..].trim_start_matches(CLOSING);
        if at >= start && ends(&text[start..at], mark, rest) {
            sentences.push(start..text.len() - rest.len());
            start = text.len() - rest.len();
        }
    }
    sentences.push(start..text.len());
    sentences.retain(|sentence| words(&text[sentence.clone()]).next().is_some());
    for sentence in &mut sentences {
        let inside = &text[sentence.clone()];
        sentence.start = sentence.end - inside.trim_start().len();
        sentence.end = sentence.start + inside.trim().len();
    }
    sentences
}

/// The words of a text: what stands between spaces or dashes and holds a letter or digit.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let between = |c: char| c.is_whitespace() || c == '\u{2013}' || c == '\u{2014}';
    text.split(between).filter(|word| word.contains(char::is_alphanumeric))
}

/// Whether a sentence ends between `before` with its mark and the rest of the text.
fn ends(before: &str, mark: &str, rest: &str) -> bool {
    let next = rest.trim_start().trim_start_matches(OPENING).chars().next();
    rest.starts_with(char::is_whitespace)
        && !next.is_some_and(char::is_lowercase)
        && !(mark == "." && is_short(before))
}

/// Whether the last word is an abbreviation, or an initial (but `I` is a word).
fn is_short(before: &str) -> bool {
    let word = before.split(char::is_whitespace).next_back().unwrap_or_default();
    let word = word.trim_start_matches(OPENING);
    let initial = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase() && c != 'I');
    initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_sentence_ends_where_another_can_begin() {
        assert_eq!(
            sentences(
                "Say thanks. Then wait!  \u{201c}Why?\u{201d} he asked. (It was I.) So \u{2026}"
            ),
            [
                "Say thanks.",
                "Then wait!",
                "\u{201c}Why?\u{201d} he asked.",
                "(It was I.)",
                "So \u{2026}"
            ]
        );
        assert_eq!(
            sentences("What now?! Nothing... Really"),
            ["What now?!", "Nothing...", "Really"]
        );
        assert_eq!(sentences(" no end "), ["no end"]);
        assert_eq!(sentences(" ... "), [""; 0]);
    }

    #[test]
    fn an_abbreviation_ends_no_sentence() {
        for text in [
            "Name one thing, e.g. Excel, and stop.",
            "Ask (i.e. Write) to Mr. Smith or J. Doe.",
            "It costs 3.50 at version 2.0 of example.org, etc. and so on.",
        ] {
            assert_eq!(sentences(text), [text]);
        }
        assert_eq!(
            sentences("They said no. It was 9 a.m. Then I left."),
            ["They said no.", "It was 9 a.m.", "Then I left."]
        );
    }

    #[test]
    fn words_have_a_letter_or_a_digit() {
        assert_eq!(words("A follow-up \u{2014} in 90 days\u{2013}no & yes").count(), 7);
    }
}
