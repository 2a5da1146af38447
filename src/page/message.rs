//! The view of a message.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::views::{ChannelView, Crumb, FieldView, MessageView, VariantView};
use crate::article::Article;
use crate::config::Config;
use crate::piece::{Part, Template, Variant};
use crate::site::library::Owned;
use crate::site::{Site, page_path};
use crate::strings::Strings;

/// A template as a widget with the id `id` and a heading of level `level`. `guest` where the page
/// is not the owner's own.
pub fn view(
    site: &Site<'_>,
    strings: &Strings,
    owned: Owned,
    id: &str,
    level: u8,
    guest: bool,
) -> MessageView {
    let article = &site.articles[owned.article];
    let template = &article.body.templates[owned.template];
    let source = guest
        .then(|| Crumb { title: article.meta.title.clone(), url: url(site, article, template) });
    let several = template.variants.len() > 1;
    let variants = template.variants.iter().enumerate();
    let variants =
        variants.map(|(index, variant)| variant_view(site.config, variant, index, id, several));
    MessageView {
        id: id.to_owned(),
        title: template.title.clone(),
        noun: strings.inside_sentence(&template.title),
        channel: channel(site, template),
        to: template.to.clone(),
        source,
        level: level.clamp(2, 5),
        fields: fields(site, template, id),
        variants: variants.collect(),
    }
}

/// Where a template stands in the article that owns it.
pub fn url(site: &Site<'_>, article: &Article, template: &Template) -> String {
    format!("{}#{}", site.urls.path(&page_path(article)), template.anchor())
}

/// The placeholders of all tones, each once, in the order of first use.
fn fields(site: &Site<'_>, template: &Template, id: &str) -> Vec<FieldView> {
    let variants = template.variants.iter();
    let parts = variants.flat_map(|variant| variant.subject.iter().flatten().chain(&variant.body));
    let mut fields: Vec<FieldView> = Vec::new();
    for part in parts {
        let Part::Gap(key) = part else { continue };
        if fields.iter().any(|field| field.key == *key) {
            continue;
        }
        let Some(known) = site.config.placeholders.get(key) else { continue };
        fields.push(FieldView {
            key: key.clone(),
            id: format!("{id}-fill-{}", crate::slug::slug(key)),
            label: known.label.clone(),
            kind: known.kind.clone(),
            example: known.example.clone(),
            options: known.options.clone(),
            input: known.input.clone(),
        });
    }
    fields
}

/// A word with its first letter large: `Warm`.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Where a template is sent.
pub fn channel(site: &Site<'_>, template: &Template) -> ChannelView {
    let known = site.config.channel(&template.channel);
    ChannelView {
        key: template.channel.clone(),
        label: known.map_or_else(String::new, |channel| channel.label.clone()),
        limit: known.and_then(|channel| channel.limit),
    }
}

/// A tone of the widget with the id `id`.
pub(super) fn variant_view(
    config: &Config,
    variant: &Variant,
    index: usize,
    id: &str,
    several: bool,
) -> VariantView {
    let tone = variant.tone.clone();
    let number = (index + 1).to_string();
    let own = tone.as_deref().map_or(number, crate::slug::slug);
    let parts = variant.subject.iter().flatten().chain(&variant.body);
    let gaps: BTreeSet<&str> = parts
        .filter_map(|part| match part {
            Part::Gap(key) => Some(key.as_str()),
            Part::Text(_) => None,
        })
        .collect();
    VariantView {
        id: if several { format!("{id}-{own}") } else { format!("{id}-text") },
        label: tone.as_deref().map(capital),
        tone,
        subject_html: variant.subject.as_deref().map(|subject| html(config, subject)),
        body_html: html(config, &variant.body),
        gaps: gaps.len(),
    }
}

/// The parts as HTML whose text is exactly the message, each gap in a span that says if it is a day.
fn html(config: &Config, parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        // writing to a String cannot fail
        match part {
            Part::Text(words) => {
                let _ = escape_html_body_text(&mut out, words);
            }
            Part::Gap(key) => {
                let day = config.placeholders.get(key).is_some_and(|known| known.kind == "date");
                let day = if day { " data-day" } else { "" };
                let mut own = String::new();
                let _ = escape_html(&mut own, key);
                let _ = write!(out, "<span class=\"gap\" data-gap=\"{own}\"{day}>[{own}]</span>");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_get_a_capital() {
        assert_eq!(capital("warm"), "Warm");
    }

    #[test]
    fn the_text_of_the_html_is_the_message() {
        let parts =
            [Part::Text("Hi <".into()), Part::Gap("your name".into()), Part::Text("\n&".into())];
        assert_eq!(
            html(&Config::default(), &parts),
            "Hi &lt;<span class=\"gap\" data-gap=\"your name\">[your name]</span>\n&amp;"
        );
    }
}
