//! What a text editor can know of a site: a JSON Schema for each head, with the site's own words.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::article::{Article, Role};
use crate::blocks::fields::HEADS;
use crate::config::Config;
use crate::schema::json::{self, Words};
use crate::schema::{Field, Table};

/// The words that articles take from the site, each list in the order in which it is shown.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Folders of articles.
    pub sections: Vec<String>,
    /// Hiring stages.
    pub stages: Vec<String>,
    /// Ways to send a message.
    pub channels: Vec<String>,
    /// What may stand in brackets.
    pub placeholders: Vec<String>,
    /// What articles rest on.
    pub sources: Vec<String>,
    /// Slugs of articles.
    pub articles: Vec<String>,
    /// Slugs of situations.
    pub situations: Vec<String>,
    /// Names of the pages in folders that are kept aside.
    pub aside: Vec<String>,
    /// Names of the pages beside the articles, and of those folders.
    pub pages: Vec<String>,
    /// Messages, `slug/template-id`.
    pub templates: Vec<String>,
    /// What articles are about, so far.
    pub tags: Vec<String>,
}

/// Picks the words for a field.
type Pick = fn(&Vocabulary) -> Words;

/// Which words belong to which field, by what its table is of and its name.
const FIELDS: &[(&str, &str, Pick)] = &[
    ("an article", "stages", |site| Words::Only(site.stages.clone())),
    ("an article", "tags", |site| Words::Known(site.tags.clone())),
    ("an article", "related", |site| Words::Only(site.articles.clone())),
    ("an article", "sources", |site| Words::Only(site.sources.clone())),
    ("an article", "next", |site| Words::Only(site.articles.clone())),
    ("an index page", "order", |site| {
        Words::Only([site.articles.as_slice(), &site.situations, &site.aside].concat())
    }),
    ("a situation", "send", |site| Words::Only(site.templates.clone())),
    ("a situation", "wait", |site| Words::Only(site.articles.clone())),
    ("a template", "channel", |site| Words::Only(site.channels.clone())),
    ("a template", "subject", |site| Words::Gaps(site.placeholders.clone())),
    ("a template", "use", |site| Words::Only(site.templates.clone())),
    ("a reminder", "message", |site| Words::Only(site.templates.clone())),
    ("a journey", "begin", |site| Words::Only(site.articles.clone())),
    ("site.yaml", "sections", |site| Words::Known(site.sections.clone())),
    ("site.yaml", "pages", |site| Words::Only(site.pages.clone())),
];

impl Vocabulary {
    /// The words of a site, drafts included: an editor is where they are written.
    pub fn of(config: &Config, articles: &[Arc<Article>]) -> Self {
        let slugs = |role: Role| {
            let own = articles.iter().filter(|article| article.role == role);
            sorted(own.map(|article| article.slug.clone()))
        };
        let templates = articles.iter().filter(|article| article.role == Role::Article);
        let templates = templates.flat_map(|article| {
            let own = article.own_templates();
            own.map(|(_, template)| format!("{}/{}", article.slug, template.id))
        });
        let tags = articles.iter().flat_map(|article| &article.meta.tags);
        Self {
            sections: config.sections.iter().map(|section| section.value.clone()).collect(),
            stages: config.stages.iter().map(|stage| stage.key.clone()).collect(),
            channels: config.channels.iter().map(|channel| channel.key.clone()).collect(),
            placeholders: config.placeholders.keys().cloned().collect(),
            sources: config.sources.keys().cloned().collect(),
            articles: slugs(Role::Article),
            situations: slugs(Role::Question),
            aside: slugs(Role::Aside),
            pages: sorted(
                config.aside.iter().map(|one| one.value.clone()).chain(slugs(Role::Page)),
            ),
            templates: sorted(templates),
            tags: sorted(tags.map(|tag| tag.value.clone())),
        }
    }

    /// The words for a field of a table, where the site has any.
    pub fn words(&self, table: &Table, field: &Field) -> Option<Words> {
        let own =
            |(what, name, _): &&(&str, &str, Pick)| (*what, *name) == (table.what, field.name);
        FIELDS.iter().find(own).map(|(_, _, pick)| pick(self))
    }
}

/// The schemas of all heads, by the names that authors know them by.
pub fn schemas(site: &Vocabulary) -> Vec<(&'static str, String)> {
    let vocabulary = |table: &Table, field: &Field| site.words(table, field);
    let schemas = HEADS.iter().map(|(name, table)| {
        let mut schema = json::schema(table, &vocabulary);
        if table.fields.iter().any(|field| field.name == "use") {
            own_or_used(&mut schema);
        }
        let text = serde_json::to_string_pretty(&Value::Object(schema)).unwrap_or_default();
        (*name, text + "\n")
    });
    schemas.collect()
}

/// A message has a title and a channel, or it is shown from elsewhere and has nothing else.
fn own_or_used(schema: &mut Map<String, Value>) {
    let own = json!({ "required": ["title", "channel"], "properties": { "use": false } });
    let used = json!({ "required": ["use"], "maxProperties": 1 });
    schema.insert("anyOf".to_owned(), json!([own, used]));
}

fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    words.collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Kind;

    #[test]
    fn words_are_given_to_fields_that_exist() {
        fn tables(table: &'static Table) -> Vec<&'static Table> {
            let inner = table.fields.iter().filter_map(|field| match field.kind {
                Kind::Record(table) | Kind::Records(table) => Some(table),
                _ => None,
            });
            inner.flat_map(tables).chain([table]).collect()
        }
        let all: Vec<_> = HEADS.iter().flat_map(|(_, table)| tables(table)).collect();
        for (what, name, _) in FIELDS {
            let table = all.iter().find(|table| table.what == *what);
            let field = table.and_then(|table| table.fields.iter().find(|one| one.name == *name));
            assert!(field.is_some(), "{what} has no field `{name}`");
        }
    }
}
