//! Every message of the site in formats that other programs read.
//!
//! - `templates.json`: a stable shape with a version, see [`json`].
//! - `templates.csv`: for spreadsheets, one line for each tone, see [`csv`].
//! - `templates.txt`: for people and their editors, see [`text`].
//! - `espanso/<name>/`: a package for the text expander Espanso, see [`espanso`].
//!
//! Messages stand in the order of the page of all messages. A gap is `[key]`, as on the page.

mod csv;
mod espanso;
mod json;
mod text;

use rayon::prelude::*;

use super::{Making, Output};
use crate::article::{Article, Role};
use crate::config::{Channel, Term};
use crate::page::section_title;
use crate::piece::{Part, Template, Variant, plain};
use crate::site::library::Owned;
use crate::site::{Site, page_path};
use crate::strings::Strings;

/// A message that an article owns, and where it stands.
struct Entry<'a> {
    /// `slug/template-id`; it never changes while article and title stay.
    id: String,
    template: &'a Template,
    article: &'a Article,
    section: String,
    channel: Option<&'a Channel>,
    /// The stages of the article, in the order of site.yaml.
    stages: Vec<&'a Term>,
    /// The message in the list of all messages.
    url: String,
    article_url: String,
}

/// A file to take along: what a page calls it, and its path in the site.
pub struct Export {
    /// As readers see it.
    pub label: String,
    /// In the site, no leading slash.
    pub path: String,
}

/// The files, if the site has messages.
pub fn make(Making { site, strings, .. }: &Making<'_>) -> Vec<Output> {
    let entries = entries(site);
    if entries.is_empty() {
        return Vec::new();
    }
    let one = |path: &str, text: String| vec![(path.to_owned(), text)];
    let files: [&(dyn Fn() -> Vec<(String, String)> + Sync); 4] = [
        &|| one("templates.json", json::write(site, &entries)),
        &|| one("templates.csv", csv::write(&entries)),
        &|| one("templates.txt", text::write(site, strings, &entries)),
        &|| espanso::files(site, strings, &entries),
    ];
    let files = files.into_par_iter().flat_map_iter(|file| file());
    let origin = "the list of templates".to_owned();
    let output = |(path, text): (String, String)| Output {
        path,
        bytes: text.into_bytes(),
        origin: origin.clone(),
    };
    files.map(output).collect()
}

/// What the page of all messages offers, in the order shown.
pub fn offered(site: &Site<'_>, strings: &Strings) -> Vec<Export> {
    let export = |label: &str, path: &str| Export { label: label.into(), path: path.into() };
    vec![
        export("JSON", "templates.json"),
        export("CSV", "templates.csv"),
        export(&strings.say("export-text", &[]), "templates.txt"),
        export("Espanso", &espanso::package_path(site)),
    ]
}

/// Every owned message: those of the list in its order, then those of other pages by id.
fn entries<'a>(site: &'a Site<'_>) -> Vec<Entry<'a>> {
    let listed =
        site.structure.sections.iter().flat_map(|section| &section.articles).flat_map(|index| {
            let own = site.articles[*index].own_templates();
            own.map(|(template, _)| Owned { article: *index, template })
        });
    let elsewhere = |owned: &Owned| site.articles[owned.article].role != Role::Article;
    let others = site.structure.library.owned.values().copied().filter(elsewhere);
    listed.chain(others).map(|owned| entry(site, owned)).collect()
}

fn entry<'a>(site: &'a Site<'_>, owned: Owned) -> Entry<'a> {
    let article = &site.articles[owned.article];
    let template = &article.body.templates[owned.template];
    let article_url = site.urls.absolute(&page_path(article));
    let url = if article.role == Role::Article {
        let anchor = crate::site::urls::encode(&format!("{}--{}", article.slug, template.id));
        format!("{}#{anchor}", site.urls.absolute("templates/"))
    } else {
        format!("{article_url}#{}", crate::site::urls::encode(&template.anchor()))
    };
    Entry {
        id: format!("{}/{}", article.slug, template.id),
        template,
        article,
        section: section_title(site, &article.section),
        channel: site.config.channel(&template.channel),
        stages: site.stages_of(article).collect(),
        url,
        article_url,
    }
}

impl Entry<'_> {
    /// The channel as readers see it.
    fn channel_label(&self) -> &str {
        self.channel.map_or(self.template.channel.as_str(), |channel| channel.label.as_str())
    }
}

/// A subject above its message: `Subject: Thank you`.
pub fn subject_line(strings: &Strings, subject: &[Part]) -> String {
    strings.say("export-subject", &[("subject", plain(subject))])
}

/// The keys of a message's gaps, each once, in the order of first use; the subject comes first.
fn gaps(variant: &Variant) -> Vec<&str> {
    let mut keys: Vec<&str> = Vec::new();
    for part in variant.subject.iter().flatten().chain(&variant.body) {
        if let Part::Gap(key) = part
            && !keys.contains(&key.as_str())
        {
            keys.push(key);
        }
    }
    keys
}
