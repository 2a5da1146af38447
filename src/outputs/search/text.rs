//! The words of finished HTML, cut where a heading or a defined term can be linked.

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
            Token::Close(name) => self.close(&name.to_ascii_lowercase()),
            Token::Text(text) if self.left_out.is_none() => self.words(&words(text)),
            Token::Text(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let name = tag.name.to_ascii_lowercase();
        if let Some((left_out, depth)) = &mut self.left_out {
            *depth += usize::from(*left_out == name);
            return;
        }
        // what only points somewhere (the mark of a note, a heading's own link) is no text
        let label = name == "a" && tag.attribute("aria-label").is_some();
        if matches!(name.as_str(), "sup" | "script" | "style" | "svg") || label {
            self.left_out = Some((name, 1));
            return;
        }
        let heading = matches!(name.as_str(), "h2" | "h3" | "h4" | "h5" | "h6" | "dt");
        if let Some(id) = tag.attribute("id").filter(|_| heading) {
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
}
