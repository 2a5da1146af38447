//! Quotation marks and dashes as a printer sets them, for words that are no Markdown.

/// A title, description or label with curly quotes, dashes and an ellipsis, by the rules that the
/// Markdown parser follows in the text below it (smart punctuation, English quotes).
pub fn typographic(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let opens =
            before.is_whitespace() || "([{\u{2013}\u{2014}\u{201c}\u{2018}".contains(before);
        let (set, length) = match c {
            '\'' if opens => ('\u{2018}', 1),
            '\'' => ('\u{2019}', 1),
            '"' if opens => ('\u{201c}', 1),
            '"' => ('\u{201d}', 1),
            '.' if rest.starts_with("...") => ('\u{2026}', 3),
            '-' if rest.starts_with("---") => ('\u{2014}', 3),
            '-' if rest.starts_with("--") => ('\u{2013}', 2),
            other => (other, other.len_utf8()),
        };
        out.push(set);
        before = set;
        rest = &rest[length..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_open_and_close() {
        assert_eq!(typographic("What's \"next\"? -- (\"so\")..."), "What’s “next”? – (“so”)…");
        assert_eq!(typographic("plain"), "plain");
    }
}
