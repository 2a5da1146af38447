//! `templates.json`, for programs.
//!
//! The shape is a promise: within a `version`, fields are added but never renamed, removed or given
//! another meaning. What is missing is null; addresses are full.
//!
//! ```json
//! {
//!   "version": 1,
//!   "title": "After the no",
//!   "url": "https://example.org/rejection/",
//!   "language": "en",
//!   "placeholders": {"role": {"label": "The role", "kind": "text", "example": "data analyst"}},
//!   "templates": [{
//!     "id": "ask-for-feedback/feedback-request",
//!     "title": "Feedback request",
//!     "url": "https://example.org/rejection/templates/#ask-for-feedback--feedback-request",
//!     "section": {"key": "feedback", "label": "Feedback"},
//!     "article": {"slug": "ask-for-feedback", "title": "...", "url": "https://..."},
//!     "stages": [{"key": "interview", "label": "After an interview"}],
//!     "channel": {"key": "email", "label": "Email", "limit": null},
//!     "to": "hiring manager",
//!     "messages": [{
//!       "tone": "warm",
//!       "subject": "A question about the [role] interviews",
//!       "body": "Hi [interviewer],\n...",
//!       "placeholders": ["role", "interviewer"]
//!     }]
//!   }]
//! }
//! ```

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Entry, gaps};
use crate::piece::{Variant, plain};
use crate::placeholder::Placeholder;
use crate::site::Site;

#[derive(Serialize)]
struct File<'a> {
    version: u8,
    title: &'a str,
    url: String,
    language: &'a str,
    placeholders: BTreeMap<&'a str, Gap<'a>>,
    templates: Vec<Template<'a>>,
}

#[derive(Serialize)]
struct Gap<'a> {
    label: &'a str,
    kind: &'a str,
    example: Option<&'a str>,
    /// Of a `choice` only.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    options: &'a [String],
}

#[derive(Serialize)]
struct Template<'a> {
    id: &'a str,
    title: &'a str,
    url: &'a str,
    section: Named<'a>,
    article: Article<'a>,
    stages: Vec<Named<'a>>,
    channel: Channel<'a>,
    to: Option<&'a str>,
    messages: Vec<Message<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    key: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct Article<'a> {
    slug: &'a str,
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Channel<'a> {
    key: &'a str,
    label: &'a str,
    limit: Option<usize>,
}

#[derive(Serialize)]
struct Message<'a> {
    tone: Option<&'a str>,
    subject: Option<String>,
    body: String,
    placeholders: Vec<&'a str>,
}

/// The file's text.
pub(super) fn write(site: &Site<'_>, entries: &[Entry<'_>]) -> String {
    let variants = entries.iter().flat_map(|entry| &entry.template.variants);
    let used = variants.flat_map(gaps);
    let known = used.filter_map(|key| Some((key, site.config.placeholders.get(key)?)));
    let file = File {
        version: 1,
        title: &site.config.title,
        url: site.urls.absolute(""),
        language: &site.config.language.value,
        placeholders: known.map(|(key, one)| (key, gap(one))).collect(),
        templates: entries.iter().map(template).collect(),
    };
    // text with text as its keys is always JSON
    let text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text + "\n"
}

fn gap(one: &Placeholder) -> Gap<'_> {
    let example = Some(one.example.as_str()).filter(|example| !example.is_empty());
    Gap { label: &one.label, kind: &one.kind, example, options: &one.options }
}

fn template<'a>(entry: &'a Entry<'_>) -> Template<'a> {
    let (article, template) = (entry.article, entry.template);
    let stages = entry.stages.iter().map(|stage| Named { key: &stage.key, label: &stage.label });
    Template {
        id: &entry.id,
        title: &template.title,
        url: &entry.url,
        section: Named { key: &article.section, label: &entry.section },
        article: Article {
            slug: &article.slug,
            title: &article.meta.title,
            url: &entry.article_url,
        },
        stages: stages.collect(),
        channel: Channel {
            key: &template.channel,
            label: entry.channel_label(),
            limit: entry.channel.and_then(|channel| channel.limit),
        },
        to: template.to.as_deref(),
        messages: template.variants.iter().map(message).collect(),
    }
}

fn message(variant: &Variant) -> Message<'_> {
    Message {
        tone: variant.tone.as_deref(),
        subject: variant.subject.as_deref().map(plain),
        body: plain(&variant.body),
        placeholders: gaps(variant),
    }
}
