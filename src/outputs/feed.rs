//! `feed.xml`: the latest articles as an Atom feed (RFC 4287).

use std::fmt::Write as _;

use super::{Making, Output, xml};
use crate::article::{Article, Role};
use crate::site::page_path;

/// How many entries a feed holds.
const ENTRIES: usize = 20;

/// The feed, newest change first.
pub fn make(Making { site, .. }: &Making<'_>) -> Vec<Output> {
    let changed = |article: &Article| article.meta.updated.or(article.meta.date);
    let articles = site
        .articles
        .iter()
        .map(AsRef::as_ref)
        .filter(|article: &&Article| article.role == Role::Article);
    let mut articles: Vec<&Article> = articles.collect();
    articles.sort_by(|a, b| changed(b).cmp(&changed(a)).then(a.path.cmp(&b.path)));
    articles.truncate(ENTRIES);
    let latest = articles.first().and_then(|article| changed(article));
    let latest = latest.map_or_else(|| "1970-01-01".to_owned(), |date| date.to_string());
    let home = xml(&site.urls.absolute(""));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<subtitle>{}</subtitle>\n<id>{home}</id>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <updated>{latest}T00:00:00Z</updated>\n<author><name>{}</name></author>\n",
        xml(&site.config.language.value),
        xml(&site.config.title),
        xml(&site.config.description),
        xml(&site.urls.absolute("feed.xml")),
        xml(&site.config.title),
    );
    for article in articles {
        let url = xml(&site.urls.absolute(&page_path(article)));
        let meta = &article.meta;
        let date = meta.date.map_or_else(|| latest.clone(), |date| date.to_string());
        let updated = changed(article).map_or_else(|| date.clone(), |date| date.to_string());
        let tags = meta.tags.iter().fold(String::new(), |mut tags, tag| {
            let _ = writeln!(tags, "<category term=\"{}\"/>", xml(&tag.value));
            tags
        });
        let _ = write!(
            out,
            "<entry>\n<title>{}</title>\n<id>{url}</id>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n\
             <published>{date}T00:00:00Z</published>\n<updated>{updated}T00:00:00Z</updated>\n\
             <summary>{}</summary>\n{tags}</entry>\n",
            xml(&meta.title),
            xml(&meta.description),
        );
    }
    out.push_str("</feed>\n");
    let (path, origin) = ("feed.xml".to_owned(), "the feed".to_owned());
    vec![Output { path, bytes: out.into_bytes(), origin }]
}
