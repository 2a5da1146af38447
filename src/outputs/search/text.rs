//! The words of finished HTML, cut where a heading or a defined term can be linked.

use std::borrow::Cow;

use serde::Serialize;

use crate::html::{Tag, Token, tokens, words};
use crate::piece::Piece;

/// The text under one heading.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The heading's id; empty before the first.
    pub id: String,
    /// Its words.
    pub heading: String,
    /// What follows it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// The parts of a body, without its messages, which are found by themselves.
pub fn parts(pieces: &[Piece]) -> Vec<Part> {
    let mut html = String::with_capacity(8 * 1024);
    join(pieces, &mut html);
    let mut reader = Reader { parts: vec![Part::default()], ..Reader::default() };
    for token in tokens(&html) {
        reader.token(&token);
    }
    let mut parts = reader.parts;
    for part in &mut parts {
        part.heading.truncate(part.heading.trim_end().len());
        part.text.truncate(part.text.trim_end_matches([' ', '·']).len());
    }
    parts.retain(|part| !part.heading.is_empty() || !part.text.is_empty());
    parts
}

/// One HTML: an address stands inside a tag, so that the HTML around it belongs together.
fn join(pieces: &[Piece], html: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Html(own) => html.push_str(own),
            Piece::Callout(_, inner) => {
                html.push_str("<div>");
                join(inner, html);
                html.push_str("</div>");
            }
            Piece::Compare(pairs) => {
                for pair in pairs {
                    for side in [&pair.instead, &pair.say] {
                        html.push_str("<div>");
                        html.push_str(side);
                        html.push_str("</div>");
                    }
                }
            }
            Piece::Url(_)
            | Piece::Size(_)
            | Piece::Template(_)
            | Piece::Checklist
            | Piece::Reminder(_) => {}
        }
    }
}

#[derive(Default)]
struct Reader {
    parts: Vec<Part>,
    in_heading: bool,
    /// The element whose words are left out, and how deep it is nested in its own kind.
    left_out: Option<(String, usize)>,
}

impl Reader {
    fn token(&mut self, token: &Token<'_>) {
        match token {
            Token::Open(tag) => self.open(tag),
            Token::Close(name) => self.close(&small(name)),
            Token::Text(text) if self.left_out.is_none() => self.words(&words(text)),
            Token::Text(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let name = small(tag.name);
        if let Some((left_out, depth)) = &mut self.left_out {
            *depth += usize::from(*left_out == name);
            return;
        }
        // what only points somewhere (the mark of a note, a heading's own link) is no text
        let label = name == "a" && tag.attribute("aria-label").is_some();
        if matches!(&*name, "sup" | "script" | "style" | "svg") || label {
            self.left_out = Some((name.into_owned(), 1));
            return;
        }
        let heading = matches!(&*name, "h2" | "h3" | "h4" | "h5" | "h6" | "dt");
        if let Some(id) = heading.then(|| tag.attribute("id")).flatten() {
            self.parts.push(Part { id: id.into_owned(), ..Part::default() });
            self.in_heading = true;
        } else if !in_a_line(&name) {
            self.words(" ");
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((left_out, depth)) = &mut self.left_out {
            *depth -= usize::from(left_out == name);
            if *depth == 0 {
                self.left_out = None;
            }
            return;
        }
        if !in_a_line(name) {
            self.words(if matches!(name, "td" | "th") { " · " } else { " " });
            self.in_heading = false;
        }
    }

    /// Adds text with each run of white space as one space.
    fn words(&mut self, text: &str) {
        let Some(part) = self.parts.last_mut() else { return };
        let out = if self.in_heading { &mut part.heading } else { &mut part.text };
        let mut rest = text;
        while !rest.is_empty() {
            let words = rest.trim_start();
            if words.len() < rest.len() && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            let (even, after) = words.split_at(even(words));
            out.push_str(even);
            rest = after;
        }
    }
}

/// How far a text that begins with a word goes with single spaces between its words.
fn even(text: &str) -> usize {
    /// Of so many bytes most often none is odd, which takes no branch for each to see.
    const STEP: usize = 32;
    let bytes = text.as_bytes();
    let odd = |(before, byte): (&u8, &u8)| {
        *byte < b' ' || *byte >= 0x80 || (*byte == b' ' && *before == b' ')
    };
    let space = |at: &usize| match bytes[*at] {
        b' ' => bytes[at - 1] == b' ',
        byte if byte.is_ascii() => char::from(byte).is_whitespace(),
        _ => text.get(*at..).is_some_and(|rest| rest.starts_with(char::is_whitespace)),
    };
    let end = (1..bytes.len()).step_by(STEP).find_map(|from| {
        let to = bytes.len().min(from + STEP);
        let pairs = bytes[from - 1..to - 1].iter().zip(&bytes[from..to]);
        if pairs.fold(false, |any, pair| any | odd(pair)) { (from..to).find(space) } else { None }
    });
    let end = end.unwrap_or(bytes.len());
    end - usize::from(bytes[..end].ends_with(b" "))
}

/// The name of an element in small letters.
fn small(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Elements that do not part words.
fn in_a_line(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | ""
            | "bdi"
            | "cite"
            | "code"
            | "del"
            | "em"
            | "i"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "su"
            | "u"
            | "wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_at_headings_and_terms() {
        let html = "<p>Wait <em>two</em> days<sup><a href=\"#fn-1\">1</a></sup>.</p>\
                    <div class=\"heading\"><h2 id=\"why\">Why &amp; how</h2>\
                    <a href=\"#why\" aria-label=\"Why\"><span>#</span></a></div>\
                    <ul><li>One</li><li>two</li></ul><dl><dt id=\"cv\">CV</dt><dd>Your life.</dd></dl>";
        let part = |id: &str, heading: &str, text: &str| Part {
            id: id.to_owned(),
            heading: heading.to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(
            parts(&[Piece::Html(html.into())]),
            [
                part("", "", "Wait two days."),
                part("why", "Why & how", "One two"),
                part("cv", "CV", "Your life."),
            ]
        );
    }

    #[test]
    fn white_space_is_one_space() {
        let html = "<p>\n One  two\n\tthree, four, five and a few more\nso that it is long, \n  and\u{a0}\
                    \u{2003}“then” the end </p> <p> of <em>it </em> all</p>";
        let text = "One two three, four, five and a few more so that it is long, and “then” the end \
                    of it all";
        assert_eq!(parts(&[Piece::Html(html.into())])[0].text, text);
    }
}
