//! The words of finished HTML, cut where a heading or a defined term can be linked.

use html5gum::{Token, Tokenizer};
use serde::Serialize;

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
    for Ok(token) in Tokenizer::new(&html) {
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
    left_out: Option<(Vec<u8>, usize)>,
}

impl Reader {
    fn token(&mut self, token: &Token) {
        match token {
            Token::StartTag(tag) => self.open(tag),
            Token::EndTag(tag) => self.close(&tag.name),
            Token::String(text) if self.left_out.is_none() => {
                self.words(&String::from_utf8_lossy(text.as_slice()));
            }
            _ => {}
        }
    }

    fn open(&mut self, tag: &html5gum::StartTag<()>) {
        let name = tag.name.as_slice();
        if let Some((left_out, depth)) = &mut self.left_out {
            *depth += usize::from(left_out.as_slice() == name);
            return;
        }
        let attribute = |name: &str| {
            let value = tag.attributes.get(name.as_bytes());
            value.map(|value| String::from_utf8_lossy(value.as_slice()).into_owned())
        };
        // what only points somewhere (the mark of a note, a heading's own link) is no text
        let label = name == b"a" && attribute("aria-label").is_some();
        if matches!(name, b"sup" | b"script" | b"style" | b"svg") || label {
            self.left_out = Some((name.to_vec(), 1));
            return;
        }
        let heading = matches!(name, b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"dt");
        if let Some(id) = attribute("id").filter(|_| heading) {
            self.parts.push(Part { id, ..Part::default() });
            self.in_heading = true;
        } else if !in_a_line(name) {
            self.words(" ");
        }
    }

    fn close(&mut self, name: &[u8]) {
        if let Some((left_out, depth)) = &mut self.left_out {
            *depth -= usize::from(left_out.as_slice() == name);
            if *depth == 0 {
                self.left_out = None;
            }
            return;
        }
        if !in_a_line(name) {
            self.words(if matches!(name, b"td" | b"th") { " · " } else { " " });
            self.in_heading = false;
        }
    }

    /// Adds text with each run of white space as one space.
    fn words(&mut self, text: &str) {
        let Some(part) = self.parts.last_mut() else { return };
        let out = if self.in_heading { &mut part.heading } else { &mut part.text };
        let mut gap = text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            if gap && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            out.push_str(word);
            gap = true;
        }
        let ends = gap && text.ends_with(char::is_whitespace);
        if ends && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// Elements that do not part words.
fn in_a_line(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"abbr"
            | b"b"
            | b"bdi"
            | b"cite"
            | b"code"
            | b"del"
            | b"em"
            | b"i"
            | b"input"
            | b"ins"
            | b"kbd"
            | b"label"
            | b"mark"
            | b"q"
            | b"s"
            | b"small"
            | b"span"
            | b"strong"
            | b"sub"
            | b"u"
            | b"wbr"
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
            parts(&[Piece::Html(html.to_owned())]),
            [
                part("", "", "Wait two days."),
                part("why", "Why & how", "One two"),
                part("cv", "CV", "Your life."),
            ]
        );
    }
}
