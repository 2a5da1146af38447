//! What a text message can carry: the GSM 7-bit alphabet (3GPP TS 23.038).
//!
//! With one other character in it, a message holds 70 characters instead of 160.

/// Every character that takes one place, but ASCII letters and digits.
const PLAIN: &str = "@\u{a3}$\u{a5}\u{e8}\u{e9}\u{f9}\u{ec}\u{f2}\u{c7}\n\u{d8}\u{f8}\r\u{c5}\u{e5}\
    \u{394}_\u{3a6}\u{393}\u{39b}\u{3a9}\u{3a0}\u{3a8}\u{3a3}\u{398}\u{39e}\u{c6}\u{e6}\u{df}\u{c9} \
    !\"#\u{a4}%&'()*+,-./:;<=>?\u{a1}\u{c4}\u{d6}\u{d1}\u{dc}\u{a7}\u{bf}\u{e4}\u{f6}\u{f1}\u{fc}\u{e0}";

/// Characters that take two places.
const WIDE: &str = "^{}\\[~]|\u{20ac}";

/// How many places a text takes.
pub fn length(text: &str) -> usize {
    text.chars().map(|c| if WIDE.contains(c) { 2 } else { 1 }).sum()
}

/// Whether a text message can carry a character as it is.
pub fn carries(c: char) -> bool {
    c.is_ascii_alphanumeric() || PLAIN.contains(c) || WIDE.contains(c)
}

/// What to type for a character that it cannot carry, if something comes near.
pub fn instead(c: char) -> Option<&'static str> {
    match c {
        '\u{2018}' | '\u{2019}' | '`' => Some("'"),
        '\u{201c}' | '\u{201d}' => Some("\""),
        '\u{2013}' | '\u{2014}' => Some("-"),
        '\u{2026}' => Some("..."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_is_the_one_of_phones() {
        // 128 places of the table, less the one that announces another table
        assert_eq!(PLAIN.chars().count() + 26 + 26 + 10, 127);
        assert!("It's 5 \u{20ac}, d\u{e9}j\u{e0} vu\n".chars().all(carries));
        assert!(!carries('\u{2019}') && !carries('\u{ea}') && !carries('\t'));
        assert_eq!(length("5 \u{20ac} [a]"), 10);
    }
}
