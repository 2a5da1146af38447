//! A journey on one page, to print or to keep: what to do at each step, and its messages in full.

use std::collections::HashMap;
use std::fmt::Write as _;

use html5gum::{Token, Tokenizer};
use pulldown_cmark_escape::escape_html_body_text;

use super::views::{EarlierMessage, Head, KitStep, KitView, View};
use super::{Ground, Page, card, head, home_crumb, journeys, message, scripts};
use crate::piece::Piece;
use crate::site::Site;
use crate::site::journeys::Journey;
use crate::strings::Strings;

/// What stays of a list; links and marks of notes lead nowhere on paper.
const KEPT: [&[u8]; 9] = [b"ol", b"ul", b"li", b"p", b"strong", b"em", b"code", b"pre", b"br"];

/// A page for each journey.
pub(super) fn pages(ground: Ground<'_>) -> Vec<Page<'_>> {
    let pages = ground.site.structure.journeys.iter().map(|journey| {
        let file = format!("{}index.html", path(journey));
        let origin = format!("the kit of the journey `{}`", journey.key);
        Page::new(file, "kit.html", origin, move || show(ground, journey))
    });
    pages.collect()
}

/// Where the page stands in the site.
pub(super) fn path(journey: &Journey) -> String {
    format!("{}kit/", journeys::path(journey))
}

fn show(Ground { site, strings, assets }: Ground<'_>, journey: &Journey) -> (Head, View) {
    let heading = strings.say("kit-title", &[("journey", journey.label.clone())]);
    let head = head::head(site, &path(journey), &heading, &journey.description);
    let scripts = scripts::named(assets, ["message", "kit", "anchor"]);
    let crumbs = [home_crumb(site), (journey.label.clone(), journeys::path(journey))];
    let view = View::Kit(KitView { steps: steps(site, strings, journey) });
    (head::with_crumbs(site, Head { scripts, ..head }, &crumbs), view)
}

/// A message that several steps show stands at the first of them.
fn steps(site: &Site<'_>, strings: &Strings, journey: &Journey) -> Vec<KitStep> {
    let mut shown: HashMap<(usize, usize), (usize, String)> = HashMap::new();
    let mut steps = Vec::new();
    for (position, index) in journey.steps.iter().enumerate() {
        let (step, body) = (position + 1, &site.articles[*index].body);
        let (mut messages, mut earlier) = (Vec::new(), Vec::new());
        for (at, template) in body.templates.iter().enumerate() {
            let Some(owned) = site.structure.library.shown(*index, at, template) else { continue };
            let key = (owned.article, owned.template);
            if let Some((step, id)) = shown.get(&key) {
                let title = site.articles[key.0].body.templates[key.1].title.clone();
                earlier.push(EarlierMessage { title, step: *step, id: id.clone() });
                continue;
            }
            let id = format!("step-{step}-{}", template.anchor());
            messages.push(message::view(site, strings, owned, &id, 3, false));
            shown.insert(key, (step, id));
        }
        let now = &body.pieces[body.steps.clone()];
        let now_html = (!now.is_empty()).then(|| plain_list(now));
        steps.push(KitStep { article: card(site, *index, None), now_html, messages, earlier });
    }
    steps
}

/// A list with its words and without what only works in its article.
fn plain_list(pieces: &[Piece]) -> String {
    let html = pieces.iter().filter_map(|piece| match piece {
        Piece::Html(html) => Some(&**html),
        _ => None,
    });
    let html: String = html.collect();
    let mut out = String::with_capacity(html.len());
    let mut in_mark = false;
    for Ok(token) in Tokenizer::new(&html) {
        // writing to a String cannot fail
        match token {
            Token::StartTag(tag) if tag.name.as_slice() == b"sup" => in_mark = true,
            Token::EndTag(tag) if tag.name.as_slice() == b"sup" => in_mark = false,
            Token::StartTag(tag) if KEPT.contains(&tag.name.as_slice()) => {
                let _ = write!(out, "<{}>", String::from_utf8_lossy(&tag.name));
            }
            Token::EndTag(tag) if KEPT.contains(&tag.name.as_slice()) => {
                let _ = write!(out, "</{}>", String::from_utf8_lossy(&tag.name));
            }
            Token::String(text) if !in_mark => {
                let _ = escape_html_body_text(&mut out, &String::from_utf8_lossy(&text));
            }
            _ => {}
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_on_paper_keeps_its_words_and_loses_its_links() {
        let pieces = [
            Piece::Html("<ol>\n<li>Read <a href=\"".into()),
            Piece::Url(0),
            Piece::Html("\">it &amp; <em>think</em></a>.<sup class=\"note-mark\" id=\"m\">".into()),
            Piece::Html("<a href=\"#note-1\">1</a></sup></li>\n</ol>\n".into()),
        ];
        assert_eq!(plain_list(&pieces), "<ol>\n<li>Read it &amp; <em>think</em>.</li>\n</ol>");
    }
}
