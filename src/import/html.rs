//! Raw HTML without what the pages of this site cannot have.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use pulldown_cmark::{Event, Parser, Tag};

use super::report::{Kind, Notes};
use super::shortcodes::escape;
use super::traced::{Edit, Traced, edit};
use crate::markdown::{FORBIDDEN, KNOWN, options};

/// A tag of a text with its place.
pub struct Element {
    /// In bytes of the text.
    pub span: Range<usize>,
    /// In small letters.
    pub name: String,
    /// Names and values, each with the place of both.
    pub attributes: Vec<(String, String, Range<usize>)>,
    /// `</name>`.
    pub closes: bool,
    /// `<name/>`.
    pub alone: bool,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        let own = self.attributes.iter().find(|(own, _, _)| own == name)?;
        Some(own.1.as_str())
    }

    /// The tag with those attributes alone that are wanted.
    pub fn with(&self, wanted: impl Fn(&str, &str) -> bool) -> String {
        let kept = self.attributes.iter().filter(|(name, value, _)| wanted(name, value));
        let kept = kept.map(|(name, value, _)| {
            if value.is_empty() {
                format!(" {name}")
            } else {
                format!(" {name}=\"{}\"", escape(value).replace('"', "&quot;"))
            }
        });
        let end = if self.alone { " /" } else { "" };
        format!("<{}{}{end}>", self.name, kept.collect::<String>())
    }
}

/// Every tag of the raw HTML in a Markdown text, in order.
pub fn elements(text: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        let emitter = DefaultEmitter::new_with_span();
        let tokens = Tokenizer::new_with_emitter(&text[range.clone()], emitter);
        elements.extend(tokens.filter_map(|token| {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => Some(start(text, &range, &tag)),
                Token::EndTag(tag) => Some(Element {
                    span: range.start + tag.span.start..range.start + tag.span.end,
                    name: String::from_utf8_lossy(&tag.name).into_owned(),
                    attributes: Vec::new(),
                    closes: true,
                    alone: false,
                }),
                _ => None,
            }
        }));
    }
    elements.retain(|one| one.span.end <= text.len() && one.span.start < one.span.end);
    elements
}

fn start(text: &str, range: &Range<usize>, tag: &StartTag<usize>) -> Element {
    let span = range.start + tag.span.start..range.start + tag.span.end;
    let mut attributes: Vec<_> = tag
        .attributes
        .iter()
        .map(|(key, value)| {
            let place = range.start + value.span.start..range.start + value.span.end;
            let key = String::from_utf8_lossy(key).into_owned();
            (key, String::from_utf8_lossy(value).into_owned(), place)
        })
        .collect();
    let own = text.get(span.clone()).unwrap_or_default();
    let written = |key: &str| own.to_ascii_lowercase().find(key).unwrap_or(usize::MAX);
    attributes.sort_by_key(|(key, _, place)| (written(key), place.start));
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    Element { span, name, attributes, closes: false, alone: tag.self_closing }
}

/// Takes out of raw HTML what the pages forbid; what it said stays as a link, as words or in the
/// report.
pub fn rewrite(body: &Traced, notes: &mut Notes) -> Traced {
    let text = body.text.as_str();
    let elements = elements(text);
    let mut edits: Vec<Edit> = Vec::new();
    let mut behind = 0;
    let mut drawing = false;
    let mut in_link = 0_usize;
    for (index, one) in elements.iter().enumerate() {
        if one.span.start < behind {
            continue;
        }
        if ["svg", "math"].contains(&one.name.as_str()) {
            drawing = !one.closes && !one.alone;
        }
        if one.name == "a" {
            in_link = if one.closes { in_link.saturating_sub(1) } else { in_link + 1 };
        }
        let line = body.line(one.span.start);
        let own = &text[one.span.clone()];
        if ["script", "style"].contains(&one.name.as_str()) && !one.closes {
            let end = elements[index..].iter().find(|end| end.closes && end.name == one.name);
            let end = end.map_or(one.span.end, |end| end.span.end);
            let whole = &text[one.span.start..end];
            notes.add(line, Kind::Left, whole, "does nothing on this site");
            edits.push(edit(one.span.start..end, ""));
            behind = end;
        } else if FORBIDDEN.contains(&one.name.as_str()) {
            let target = ["src", "data"].iter().find_map(|name| one.get(name));
            let shows = ["iframe", "embed", "object", "frame"].contains(&one.name.as_str());
            let new = if let Some(target) = target.filter(|_| shows && !one.closes) {
                let address = full(target);
                let words = one.get("title").unwrap_or(&address);
                notes.add(
                    line,
                    Kind::Kept,
                    own,
                    "is a link now: pages show nothing of other sites",
                );
                format!("<a href=\"{0}\">{1}</a>", escape(&address), escape(words))
            } else {
                if !one.closes {
                    notes.add(line, Kind::Left, own, "does nothing on this site");
                }
                String::new()
            };
            edits.push(edit(one.span.clone(), new));
        } else if !drawing && !is_known(&one.name) {
            notes.add(line, Kind::Kept, own, "is no tag of HTML; it stands in the text as words");
            edits.push(edit(one.span.clone(), escape(own)));
        } else if !one.closes {
            edits.extend(attributes(one, own, line, in_link > 0, notes));
        }
    }
    body.edited(edits)
}

/// `//host/path` with its scheme.
fn full(address: &str) -> String {
    if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() }
}

fn is_known(name: &str) -> bool {
    name.contains('-') || KNOWN.split_whitespace().any(|known| known == name)
}

/// A tag without attributes that do nothing; a picture of another host as a link.
fn attributes(
    one: &Element,
    own: &str,
    line: usize,
    in_link: bool,
    notes: &mut Notes,
) -> Option<Edit> {
    let far = |value: &str| {
        let value = value.trim().to_lowercase();
        ["http:", "https:", "//", "data:"].iter().any(|start| value.starts_with(start))
    };
    if let Some(source) = one.get("src").filter(|source| far(source)) {
        let name = source.rsplit('/').find(|part| !part.is_empty()).unwrap_or(source);
        let words = one.get("alt").filter(|alt| !alt.is_empty()).unwrap_or(name);
        let new = if in_link || source.starts_with("data:") {
            escape(words)
        } else {
            format!("<a href=\"{}\">{}</a>", escape(&full(source)), escape(words))
        };
        notes.add(line, Kind::Left, own, "lies on another site; its words or a link stand there");
        return Some(edit(one.span.clone(), new));
    }
    let wanted = |name: &str, value: &str| {
        let shown = ["srcset", "poster"].contains(&name) && far(value);
        let code = value.trim().to_lowercase().starts_with("javascript:");
        name != "style" && !name.starts_with("on") && !shown && !code
    };
    if one.attributes.iter().all(|(name, value, _)| wanted(name, value)) {
        return None;
    }
    notes.add(
        line,
        Kind::Left,
        own,
        "some of its attributes do nothing on this site; they are gone",
    );
    Some(edit(one.span.clone(), one.with(wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forbidden_goes_and_what_it_said_stays() {
        let text = "<p style=\"a\" class=\"b\">x</p>\n<iframe src=\"//v.org/1\" title=\"V\"></iframe>\n\n\
                    a <foo> b <img src=\"https://x.org/a.png\" alt=\"A\">\n\n<script>\nc\n</script>\n";
        let mut notes = Notes::default();
        let text = rewrite(&Traced::new(text, 1), &mut notes).text;
        assert_eq!(
            text,
            "<p class=\"b\">x</p>\n<a href=\"https://v.org/1\">V</a>\n\n\
             a &lt;foo&gt; b <a href=\"https://x.org/a.png\">A</a>\n\n\n"
        );
        assert_eq!(notes.notes.len(), 5);
    }
}
