//! What can be found: pages, and the messages on them.

use std::borrow::Cow;

use serde::Serialize;

use super::text::{self, Part};
use crate::article::{Article, Role};
use crate::piece::{self, Template};
use crate::site::{Site, page_path};

/// Where words stand in a document. A word in a title tells more than one in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A page's or a message's name.
    Title,
    /// A page's description; who a message goes to, by what, in which tone, its subject line.
    Summary,
    /// Headings, and the names of a page's messages.
    Heading,
    /// Tags and stages; the title of the page that a message stands on.
    Topic,
    /// The text.
    Body,
}

/// A field's weight, and how much a long field takes from it (0 to 1, the `b` of BM25F).
pub const FIELDS: [(f64, f64); 5] = [(12.0, 0.3), (5.0, 0.4), (4.0, 0.5), (3.0, 0.3), (1.0, 0.75)];

/// A document's words, field by field.
pub type Words<'a> = Vec<(Field, Cow<'a, str>)>;

/// A page as the browser gets it, its messages with it.
#[derive(Debug, Clone, Serialize)]
pub struct PageText {
    url: String,
    title: String,
    section: String,
    description: String,
    parts: Vec<Part>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<MessageText>,
}

/// A message as the browser gets it.
#[derive(Debug, Clone, Serialize)]
struct MessageText {
    id: String,
    title: String,
    channel: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tones: Vec<Variant>,
}

/// A message in one tone.
#[derive(Debug, Clone, Serialize)]
struct Variant {
    #[serde(skip_serializing_if = "Option::is_none")]
    tone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Vec<Piece>>,
    body: Vec<Piece>,
}

/// A part of a message: words, or a placeholder's key alone in a list.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum Piece {
    Words(String),
    Gap([String; 1]),
}

impl PageText {
    /// The same without its text: what a list of results under a field shows.
    pub fn brief(mut self) -> Self {
        self.parts.retain(|part| !part.id.is_empty());
        for part in &mut self.parts {
            part.text.clear();
        }
        for message in &mut self.messages {
            message.tones.clear();
        }
        self
    }
}

/// The articles that search finds, in the order of their sections; what stands beside the sections
/// comes last. Each with its section's place in the list, which is one longer than `site.structure.sections`.
pub fn order(site: &Site<'_>) -> Vec<(usize, usize)> {
    let place = |article: &Article| {
        let own = site.structure.sections.iter().position(|section| section.key == article.section);
        own.unwrap_or(site.structure.sections.len())
    };
    let all = site.articles.iter().enumerate();
    let found = all.filter(|(_, article)| article.role != Role::Home && !article.is_aside());
    let mut pages: Vec<(usize, usize)> =
        found.map(|(index, article)| (place(article), index)).collect();
    pages.sort_unstable();
    pages
}

/// The messages that an article owns.
pub fn messages(article: &Article) -> impl Iterator<Item = &Template> {
    article.own_templates().map(|(_, template)| template)
}

/// A page as the browser gets it.
pub fn page(site: &Site<'_>, section: usize, article: &Article) -> PageText {
    let meta = &article.meta;
    PageText {
        url: crate::site::urls::encode(&page_path(article)),
        title: meta.title.clone(),
        section: section_title(site, section),
        description: meta.description.clone(),
        parts: text::parts(&article.body.pieces),
        messages: messages(article).map(|message| message_text(site, message)).collect(),
    }
}

/// The words of a page.
pub fn words<'a>(site: &'a Site<'_>, article: &'a Article, page: &'a PageText) -> Words<'a> {
    let topics = site
        .stages_of(article)
        .map(|stage| &stage.label)
        .chain(article.meta.tags.iter().map(|tag| &tag.value));
    let names = page.messages.iter().map(|message| &message.title);
    let parts = page.parts.iter();
    [(Field::Title, &page.title), (Field::Summary, &page.description)]
        .into_iter()
        .chain(topics.map(|topic| (Field::Topic, topic)))
        .chain(names.map(|name| (Field::Heading, name)))
        .chain(parts.flat_map(|one| [(Field::Heading, &one.heading), (Field::Body, &one.text)]))
        .map(|(field, text)| (field, Cow::Borrowed(text.as_str())))
        .collect()
}

fn section_title(site: &Site<'_>, section: usize) -> String {
    let index = site.structure.sections.get(section).and_then(|section| section.index);
    index.map_or_else(String::new, |index| site.articles[index].meta.title.clone())
}

fn channel(site: &Site<'_>, message: &Template) -> String {
    let known = site.config.channel(&message.channel);
    known.map_or_else(String::new, |channel| channel.label.clone())
}

/// The words of a message that the article owns.
pub fn message_words<'a>(
    site: &'a Site<'_>,
    article: &'a Article,
    message: &'a Template,
) -> Words<'a> {
    let summary = |text: &'a str| (Field::Summary, Cow::Borrowed(text));
    let channel = site.config.channel(&message.channel);
    let mut words = vec![
        (Field::Title, Cow::Borrowed(message.title.as_str())),
        summary(channel.map_or("", |channel| channel.label.as_str())),
        summary(message.to.as_deref().unwrap_or_default()),
    ];
    for variant in &message.variants {
        words.extend(variant.tone.as_deref().map(summary));
        let subject = variant.subject.as_deref().map(piece::plain);
        words.extend(subject.map(|subject| (Field::Summary, Cow::Owned(subject))));
        words.push((Field::Body, Cow::Owned(piece::plain(&variant.body))));
    }
    words.push((Field::Topic, Cow::Borrowed(article.meta.title.as_str())));
    words
}

fn message_text(site: &Site<'_>, message: &Template) -> MessageText {
    let pieces = |parts: &[piece::Part]| {
        let pieces = parts.iter().map(|part| match part {
            piece::Part::Text(words) => Piece::Words(words.clone()),
            piece::Part::Gap(key) => Piece::Gap([key.clone()]),
        });
        pieces.collect()
    };
    let tones = message.variants.iter().map(|variant| Variant {
        tone: variant.tone.clone(),
        subject: variant.subject.as_deref().map(pieces),
        body: pieces(&variant.body),
    });
    MessageText {
        id: message.anchor(),
        title: message.title.clone(),
        channel: channel(site, message),
        to: message.to.clone(),
        tones: tones.collect(),
    }
}
