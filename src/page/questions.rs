//! "What just happened?": a page for each answer, with two doors; and questions with their answers.

use html5gum::{Token, Tokenizer};
use serde_json::{Value, json};

use super::views::{Card, Head, QuestionView, View};
use super::{Ground, Page, card, head, home_crumb, message, scripts};
use crate::article::{Article, Role};
use crate::piece::Piece;
use crate::site::questions::Doors;
use crate::site::{Site, page_path};

/// The pages of all situations.
pub(super) fn pages(ground: Ground<'_>) -> Vec<Page<'_>> {
    let all = ground.site.articles.iter().enumerate();
    let questions = all.filter(|(_, article)| article.role == Role::Question);
    let pages = questions.filter_map(|(index, article)| {
        let doors = ground.site.structure.doors.get(&index)?;
        let make = move || show(ground, article, doors);
        Some(Page::of_article(ground.site, index, "question.html", make))
    });
    pages.collect()
}

/// Every situation in the order of the home page's `order`, the rest by title.
pub(super) fn cards(site: &Site<'_>) -> Vec<Card> {
    site.structure.questions.iter().map(|index| card(site, *index, None)).collect()
}

fn show(ground: Ground<'_>, article: &Article, doors: &Doors) -> (Head, View) {
    let Ground { site, strings, assets } = ground;
    let owned = doors.send;
    let template = &site.articles[owned.article].body.templates[owned.template];
    let path = page_path(article);
    let head = head::head(site, &path, &article.meta.title, &article.meta.description);
    let head = Head { scripts: scripts::named(assets, ["message", "anchor"]), ..head };
    let view = View::Question(Box::new(QuestionView {
        message: message::view(site, strings, owned, &template.anchor(), 3, false),
        read: card(site, owned.article, None),
        wait: card(site, doors.wait, None),
    }));
    (head::with_crumbs(site, head, &[home_crumb(site)]), view)
}

/// Headings of level 2 as questions and what follows each as its answer, for search engines.
pub(super) fn faq(article: &Article) -> Value {
    let html: String = article.body.pieces.iter().filter_map(html_of).collect();
    let questions = html.split("<h2").skip(1).filter_map(|part| {
        let (question, answer) = part.split_once("</h2>")?;
        let question = text(&format!("<h2{question}"));
        // the link that follows a heading belongs to it
        let answer = answer.split_once("</div>").map_or(answer, |(_, answer)| answer);
        Some(json!({
            "@type": "Question",
            "name": question,
            "acceptedAnswer": {"@type": "Answer", "text": text(answer)},
        }))
    });
    json!({
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": questions.collect::<Vec<_>>(),
    })
}

fn html_of(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Html(html) => Some(html),
        _ => None,
    }
}

/// The words of a piece of HTML, without its tags.
fn text(html: &str) -> String {
    let mut words = String::new();
    for Ok(token) in Tokenizer::new(html) {
        if let Token::String(part) = token {
            words.push_str(&String::from_utf8_lossy(part.as_slice()));
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
