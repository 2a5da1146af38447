//! Diagnostics as an open page shows them.

use super::{FIRST, MARKED, Texts, WIDTH, position, sum, texts, theme_texts};
use crate::Input;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::disk::Failure;
use crate::http::{Excerpt, Problem, Problems};

/// What is wrong, with the lines that it stands in.
pub fn shown(input: &Input, found: &[Diagnostic]) -> Problems {
    if found.is_empty() {
        return Problems::default();
    }
    let theme = theme_texts(input, found);
    let texts = texts(input, &theme);
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    let errors = errors.map(|one| Problem {
        code: one.code,
        message: one.message.clone(),
        hint: one.hint.clone(),
        place: Some(excerpt(&texts, &one.place)),
        related: one.related.iter().map(|(at, why)| (why.clone(), excerpt(&texts, at))).collect(),
    });
    Problems { sum: sum(found), errors: errors.collect() }
}

/// Why nothing could be read at all.
pub fn failure(failure: &Failure) -> Problems {
    let Failure { message, hint } = failure.clone();
    let problem = Problem { code: "", message, hint, place: None, related: Vec::new() };
    Problems { sum: "1 error.".to_owned(), errors: vec![problem] }
}

fn excerpt(texts: &Texts<'_>, place: &Place) -> Excerpt {
    let at = position(texts, place).unwrap_or(FIRST);
    let (file, line, column) = (place.file.clone(), at.line, at.column);
    Excerpt { file, line, column, parts: parts(texts, place) }
}

/// The line before, in and behind the mistake; of a long line, what stands near it.
fn parts(texts: &Texts<'_>, place: &Place) -> Option<[String; 3]> {
    let span = place.span.as_ref()?;
    let text = &*texts.get(place.file.as_str())?.text;
    let start = text.floor_char_boundary(span.start);
    let end = text.floor_char_boundary(span.end.max(start));
    let (before, after) = (&text[..start], &text[start..]);
    let before = before.rsplit('\n').next().unwrap_or_default();
    let line = after.lines().next().unwrap_or_default();
    let (marked, rest) = line.split_at(line.len().min(end - start));
    let room = WIDTH / 2;
    let tail: String = rest.chars().take(room).collect();
    let more = if tail.len() < rest.len() { "\u{2026}" } else { "" };
    Some([head(before, room), cut(marked), tail + more])
}

/// The end of a text, behind an ellipsis where it has more than `room` characters.
fn head(text: &str, room: usize) -> String {
    match text.char_indices().rev().nth(room) {
        Some((at, letter)) => format!("\u{2026}{}", &text[at + letter.len_utf8()..]),
        None => text.to_owned(),
    }
}

fn cut(marked: &str) -> String {
    match marked.char_indices().nth(MARKED) {
        Some((at, _)) => format!("{}\u{2026}", &marked[..at]),
        None => marked.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::source::by_path;

    use super::*;
    use crate::source::Source;

    fn at(text: &str, span: std::ops::Range<usize>) -> Excerpt {
        let source = Source::new("a.md", text);
        excerpt(&by_path([&source]), &Place::at("a.md", span))
    }

    #[test]
    fn an_excerpt_is_the_line_in_three_parts() {
        let excerpt = at("one\nThank you f\u{fc}r [rolle], and so on.\n", 19..26);
        let parts = ["Thank you f\u{fc}r ", "[rolle]", ", and so on."].map(str::to_owned);
        assert_eq!((excerpt.line, excerpt.column, excerpt.parts), (2, 15, Some(parts)));
    }

    #[test]
    fn a_long_line_is_shown_around_the_mistake() {
        let text = format!("{}[rolle]{}", "a".repeat(200), "b".repeat(200));
        let [before, marked, after] = at(&text, 200..207).parts.unwrap_or_default();
        assert_eq!(before, format!("\u{2026}{}", "a".repeat(50)));
        assert_eq!((marked.as_str(), after), ("[rolle]", format!("{}\u{2026}", "b".repeat(50))));
    }

    #[test]
    fn a_span_that_fits_nothing_is_still_shown() {
        for text in ["", "\u{fc}", "a\r\n", "\n", "a"] {
            for span in [0..0, 1..1, 1..2, 0..9, 8..9] {
                assert!(at(text, span).parts.is_some(), "{text:?}");
            }
        }
    }
}
