//! What a text message can carry: the GSM 7-bit alphabet (3GPP TS 23.038).
//!
//! With one other character in it, a message holds 70 characters instead of 160.

/// Every character that takes one place, but ASCII letters and digits.
const PLAIN: &str = "@\u{a3}$\u{a5}\u{e8}\u{e9}\u{f9}\u{ec}\u{f2}\u{c7}\n\u{d8}\u{f8}\r\u{c5}\u{e5}\
    \u{394}_\u{3a6}\u{393}\u{39b}\u{3a9}\u{3a0}\u{3a8}\u{3a3}\u{398}\u{39e}\u{c6}\u{e6}\u{df}\u{c9} \
    !\"#\u{a4}%&'()*+,-./:;<=>?\u{a1}\u{c4}\u{d6}\u{d1}\u{dc}\u{a7}\u{bf}\u{e4}\u{f6}\u{f1}\u{fc}\u{e0}";

/// Characters that take two places.
const WIDE: &str = "^{}\\[~]|\u{20ac}";

/// Places in a message that goes alone, and in each part of a longer one.
const PHONE: (usize, usize) = (160, 153);

/// The same for a text with a character outside the alphabet; a place is two bytes then (UCS-2).
const OTHER: (usize, usize) = (70, 67);

/// How a text is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Places that it takes.
    pub units: usize,
    /// Messages that it is sent as.
    pub parts: usize,
}

/// How a text is sent. A character of two places is never cut in two, so that a part may end early.
/// `components/message/count.js` counts alike; `tests/fixtures/text-messages.json` holds both to it.
pub fn measure(text: &str) -> Measure {
    let phone = text.chars().all(carries);
    let (alone, part) = if phone { PHONE } else { OTHER };
    let places = |c: char| if phone { 1 + usize::from(WIDE.contains(c)) } else { c.len_utf16() };
    let units = text.chars().map(places).sum();
    let (parts, _) = text.chars().map(places).fold((1, 0), |(parts, used), size| {
        if used + size > part { (parts + 1, size) } else { (parts, used + size) }
    });
    Measure { units, parts: if units <= alone { 1 } else { parts } }
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
    }

    #[test]
    fn texts_are_measured_as_the_page_does_it() {
        let cases = include_str!("../../tests/fixtures/text-messages.json");
        let cases: serde_json::Value = serde_json::from_str(cases).unwrap_or_default();
        let cases = cases.as_array().map(Vec::as_slice).unwrap_or_default();
        assert!(cases.len() > 20);
        for case in cases {
            let Measure { units, parts } = measure(case["text"].as_str().unwrap_or_default());
            assert_eq!(
                serde_json::json!([units, parts]),
                serde_json::json!([case["units"], case["parts"]]),
                "{case}"
            );
        }
    }
}
