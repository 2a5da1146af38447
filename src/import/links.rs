//! Links and pictures: from what leads somewhere in a foreign site to the files of the new one.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::html;
use super::report::{Kind, Notes};
use super::shortcodes::bracketed;
use super::targets::{Found, Targets};
use super::traced::{Edit, Traced, edit};
use crate::markdown::{escaped, options};

/// A link or picture whose words come in.
struct Open {
    span: Range<usize>,
    kind: LinkType,
    target: String,
    image: bool,
    /// Where its words end.
    end: usize,
    words: String,
}

/// Rewrites every link and picture of the page with index `page`.
pub fn rewrite(body: &Traced, page: usize, targets: &Targets<'_>, notes: &mut Notes) -> Traced {
    let mut edits = Vec::new();
    markdown(body, page, targets, &mut edits, notes);
    raw(body, page, targets, &mut edits, notes);
    body.edited(edits)
}

fn markdown(
    body: &Traced,
    page: usize,
    targets: &Targets<'_>,
    edits: &mut Vec<Edit>,
    notes: &mut Notes,
) {
    let text = body.text.as_str();
    let parser = Parser::new_ext(text, options());
    let definitions: HashMap<String, (Range<usize>, String)> = parser
        .reference_definitions()
        .iter()
        .map(|(label, one)| (label.to_owned(), (one.span.clone(), one.dest.to_string())))
        .collect();
    let mut places: Vec<_> = definitions.into_values().collect();
    places.sort_by_key(|(span, _)| span.start);
    for (span, target) in places {
        let line = body.line(span.start);
        if let Found::Moved(new) = targets.find(page, &target, false) {
            notes.mapped(line);
            edits.extend(replaced(text, &span, &target, &new));
        }
    }
    let mut open: Vec<Open> = Vec::new();
    for (event, span) in parser.into_offset_iter() {
        let (kind, target, image) = match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => (link_type, dest_url, false),
            Event::Start(Tag::Image { link_type, dest_url, .. }) => (link_type, dest_url, true),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some(one) = open.pop() else { continue };
                let inside = open.iter().any(|outer| !outer.image);
                if let Some(outer) = open.last_mut() {
                    outer.end = span.end;
                    outer.words.push_str(&one.words);
                }
                close(body, page, &one, inside, targets, edits, notes);
                continue;
            }
            event => {
                if let Some(one) = open.last_mut() {
                    one.end = span.end;
                    if let Event::Text(words) | Event::Code(words) = event {
                        one.words.push_str(&words);
                    }
                }
                continue;
            }
        };
        let end = span.start + if image { 2 } else { 1 };
        open.push(Open {
            span,
            kind,
            target: target.to_string(),
            image,
            end,
            words: String::new(),
        });
    }
}

fn close(
    body: &Traced,
    page: usize,
    one: &Open,
    inside: bool,
    targets: &Targets<'_>,
    edits: &mut Vec<Edit>,
    notes: &mut Notes,
) {
    let text = body.text.as_str();
    let line = body.line(one.span.start);
    let own = &text[one.span.clone()];
    if matches!(one.kind, LinkType::Email | LinkType::Autolink) {
        let found = targets.find(page, &one.target, false);
        if let (LinkType::Autolink, Found::Nothing(why)) = (one.kind, found) {
            notes.as_code(line, own, why);
            edits.push(edit(one.span.clone(), super::report::code(&one.target)));
        }
        return;
    }
    let by_label = !matches!(one.kind, LinkType::Inline);
    let found = targets.find(page, &one.target, one.image);
    match found {
        Found::Same => {}
        Found::Moved(new) => {
            notes.mapped(line);
            if !by_label {
                edits.extend(replaced(text, &one.span, &one.target, &new));
            }
        }
        Found::Far => {
            let name = one.target.rsplit('/').find(|part| !part.is_empty()).unwrap_or("picture");
            let words = if one.words.trim().is_empty() { name } else { one.words.trim() };
            let data = one.target.starts_with("data:");
            let new = if inside || data {
                bracketed(words)
            } else {
                format!("[{}]({})", bracketed(words), super::shortcodes::address(&one.target))
            };
            let shown = if data { "data:" } else { own };
            notes.add(
                line,
                Kind::Left,
                shown,
                "lies on another site; its words or a link stand there",
            );
            edits.push(edit(one.span.clone(), new));
        }
        Found::Nothing(why) if one.image => {
            notes.as_code(line, own, why);
            edits.push(edit(one.span.clone(), super::report::code(own)));
        }
        Found::Nothing(why) => {
            notes.without_link(line, own, why);
            edits.push(edit(one.span.start..one.span.start + 1, ""));
            edits.push(edit(one.end..one.span.end, ""));
        }
        Found::Part(new, anchor) => {
            notes.without_anchor(line, &anchor);
            if by_label {
                let new = format!("]({})", super::shortcodes::address(&new));
                edits.push(edit(one.end..one.span.end, new));
            } else {
                edits.extend(replaced(text, &one.span, &one.target, &new));
            }
        }
    }
}

/// The address of a link written anew.
fn replaced(text: &str, span: &Range<usize>, old: &str, new: &str) -> Option<Edit> {
    let own = &text[span.clone()];
    let new = super::shortcodes::address(new);
    if let Some(at) = own.rfind(old).filter(|_| !old.is_empty()) {
        let mut place = span.start + at..span.start + at + old.len();
        if text[..place.start].ends_with('<') && text[place.end..].starts_with('>') {
            place = place.start - 1..place.end + 1;
        }
        return Some(edit(place, new));
    }
    // escapes or entities in it: all between the last brackets goes
    let at = own.rfind("](")? + 2;
    let end = own.rfind(')')?;
    (at <= end).then(|| edit(span.start + at..span.start + end, new))
}

/// Addresses in raw HTML: relative to the page, as a browser reads them.
fn raw(
    body: &Traced,
    page: usize,
    targets: &Targets<'_>,
    edits: &mut Vec<Edit>,
    notes: &mut Notes,
) {
    for one in html::elements(&body.text) {
        let line = body.line(one.span.start);
        let own = &body.text[one.span.clone()];
        for (name, value, place) in &one.attributes {
            let image = ["src", "poster"].contains(&name.as_str());
            if !image && name != "href" && name != "srcset" {
                continue;
            }
            if name == "srcset" {
                let drop = |name: &str, _: &str| name != "srcset";
                notes.add(line, Kind::Left, value, "the sizes of a picture are not kept");
                edits.push(edit(one.span.clone(), one.with(drop)));
                break;
            }
            match targets.find_in_html(page, value.trim(), image) {
                Found::Same | Found::Far => {}
                Found::Moved(new) => {
                    notes.mapped(line);
                    edits.push(edit(place.clone(), attribute(name, &new)));
                }
                Found::Part(new, anchor) => {
                    notes.without_anchor(line, &anchor);
                    edits.push(edit(place.clone(), attribute(name, &new)));
                }
                Found::Nothing(why) if one.name == "img" => {
                    notes.as_code(line, own, why);
                    let words = super::shortcodes::escape(own);
                    edits.push(edit(one.span.clone(), format!("<code>{words}</code>")));
                    break;
                }
                Found::Nothing(why) => {
                    notes.without_link(line, own, why);
                    edits.push(edit(one.span.clone(), one.with(|own, _| own != name)));
                    break;
                }
            }
        }
    }
}

/// An attribute as a tag has it.
fn attribute(name: &str, value: &str) -> String {
    format!("{name}=\"{}\"", escaped(value))
}
