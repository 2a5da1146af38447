//! `llms.txt` (llmstxt.org): what the site is, and every article as Markdown, by section.
//!
//! A title, a quotation that sums up, a few words, then lists of links, one for each section. What
//! stands under `Optional` may be skipped where room is short. Under a base path the file stands
//! there, which the format allows.

use std::fmt::Write as _;
use std::sync::Arc;

use super::markdown::{self, escape};
use super::{Making, Output, exports};
use crate::article::Article;
use crate::page::section_title;
use crate::site::Site;

/// The file.
pub fn make(Making { site, strings, .. }: &Making<'_>) -> Vec<Output> {
    let mut out = format!("# {}\n", escape(&site.config.title));
    for (mark, words) in [("> ", &site.config.description), ("", &site.config.notice)] {
        if !words.is_empty() {
            // writing to a String cannot fail
            let _ = write!(out, "\n{mark}{}\n", escape(words));
        }
    }
    for section in &site.structure.sections {
        let articles = section.articles.iter().map(|index| &site.articles[*index]);
        list(&mut out, site, &section_title(site, &section.key), articles);
    }
    if !site.structure.library.owned.is_empty() {
        let say = |key: &str| escape(&strings.say(key, &[]));
        let _ = write!(out, "\n## {}\n\n", say("library"));
        for export in exports::offered(site, strings) {
            let (url, about) = (site.urls.absolute(&export.path), say("library-description"));
            let _ = writeln!(out, "- [{}]({url}): {about}", escape(&export.label));
        }
    }
    let pages = site.structure.foot.iter().map(|index| &site.articles[*index]);
    let pages = pages.filter(|page| !page.is_aside());
    list(&mut out, site, "Optional", pages);
    let (path, origin) = ("llms.txt".to_owned(), "the list of articles".to_owned());
    vec![Output { path, bytes: out.into_bytes(), origin }]
}

/// A heading and the articles below it; nothing where there is none.
fn list<'a>(
    out: &mut String,
    site: &Site<'_>,
    heading: &str,
    articles: impl Iterator<Item = &'a Arc<Article>>,
) {
    let mut heading = Some(format!("\n## {}\n\n", escape(heading)));
    for article in articles {
        out.push_str(&heading.take().unwrap_or_default());
        let Some(path) = markdown::path(article) else { continue };
        let (title, url) = (escape(&article.meta.title), site.urls.absolute(&path));
        let colon = if article.meta.description.is_empty() { "" } else { ": " };
        let description = escape(&article.meta.description);
        // writing to a String cannot fail
        let _ = writeln!(out, "- [{title}]({url}){colon}{description}");
    }
}
