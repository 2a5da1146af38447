//! What a page says of itself to browsers, search engines and other sites.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;

use super::views::{Crumb, Day, Head};
use crate::article::Article;
use crate::outputs::markdown;
use crate::site::{Site, page_path};
use crate::strings::Strings;

/// The head of a page at `path` (in the site, no leading slash), with its crumbs.
pub fn head(site: &Site<'_>, path: &str, heading: &str, description: &str) -> Head {
    let title = if path.is_empty() {
        format!("{} \u{2013} {heading}", site.config.title)
    } else {
        format!("{heading} \u{2013} {}", site.config.title)
    };
    Head {
        title,
        heading: heading.to_owned(),
        description: description.to_owned(),
        canonical: Some(site.urls.absolute(path)),
        kind: "website",
        ..Head::default()
    }
}

/// The head with the way to the page, also as JSON-LD.
pub fn with_crumbs(site: &Site<'_>, head: Head, paths: &[(String, String)]) -> Head {
    let crumbs =
        paths.iter().map(|(title, path)| Crumb { title: title.clone(), url: site.urls.path(path) });
    let own = head.canonical.clone().map(|url| (head.heading.clone(), url));
    let full = paths.iter().map(|(title, path)| (title.clone(), site.urls.absolute(path)));
    let items = full.chain(own).enumerate();
    let items = items.map(|(index, (name, item))| ListItem {
        kind: "ListItem",
        item,
        name,
        position: index + 1,
    });
    let list = BreadcrumbList { context: CONTEXT, kind: "BreadcrumbList", items: items.collect() };
    let mut json_ld = head.json_ld;
    json_ld.push(script_json(&list));
    Head { crumbs: crumbs.collect(), json_ld, ..head }
}

/// The head of an article, before its crumbs.
pub fn article_head(site: &Site<'_>, article: &Article) -> Head {
    let meta = &article.meta;
    let path = page_path(article);
    let published = meta.date.map(|date| date.to_string());
    let updated = meta.updated.or(meta.date).map(|date| date.to_string());
    let house = Named { kind: "Organization", name: &site.config.title };
    let authors: Vec<Named<'_>> = match meta.authors.as_slice() {
        [] => vec![house],
        named => named.iter().map(|name| Named { kind: "Person", name }).collect(),
    };
    let data = Written {
        context: CONTEXT,
        kind: "Article",
        author: authors,
        date_modified: updated.as_deref(),
        date_published: published.as_deref(),
        description: &meta.description,
        headline: &meta.title,
        in_language: &site.config.language.value,
        main_entity_of_page: &site.urls.absolute(&path),
        publisher: house,
    };
    let json_ld = vec![script_json(&data)];
    Head {
        kind: "article",
        section: Some(article.section.clone()),
        json_ld,
        published,
        updated,
        ..head(site, &path, &meta.title, &meta.description)
    }
}

/// Why an article is not published, where drafts are built; `None` for one that is.
pub fn withheld(site: &Site<'_>, strings: &Strings, index: usize) -> Option<String> {
    let meta = &site.articles[index].meta;
    if meta.draft {
        return Some(strings.say("draft", &[]));
    }
    let date = meta.date.filter(|date| *date > site.today)?;
    Some(strings.say("not-before", &[("date", strings.day(date))]))
}

/// The address of an article's Markdown.
pub fn markdown_url(site: &Site<'_>, article: &Article) -> Option<String> {
    markdown::path(article).map(|path| site.urls.path(&path))
}

/// The home page as JSON-LD.
pub fn website(site: &Site<'_>) -> String {
    script_json(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.config.title,
        "description": site.config.description,
        "inLanguage": site.config.language.value,
        "url": site.urls.absolute(""),
    }))
}

/// A day for people and machines.
pub fn day(strings: &Strings, date: Date) -> Day {
    Day { iso: date.to_string(), text: strings.day(date) }
}

/// JSON that cannot end the script element around it.
pub fn script_json(value: &impl Serialize) -> String {
    // what is written here holds nothing that JSON cannot say
    let mut json = serde_json::to_string(value).unwrap_or_default();
    for (bad, good) in [("<", "\\u003c"), ("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")] {
        if json.contains(bad) {
            json = json.replace(bad, good);
        }
    }
    json
}

/// The words of schema.org, in which JSON-LD is written.
const CONTEXT: &str = "https://schema.org";

/// <https://schema.org/BreadcrumbList>
#[derive(Serialize)]
struct BreadcrumbList {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<ListItem>,
}

#[derive(Serialize)]
struct ListItem {
    #[serde(rename = "@type")]
    kind: &'static str,
    item: String,
    name: String,
    position: usize,
}

/// <https://schema.org/Article>
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    author: Vec<Named<'a>>,
    date_modified: Option<&'a str>,
    date_published: Option<&'a str>,
    description: &'a str,
    headline: &'a str,
    in_language: &'a str,
    main_entity_of_page: &'a str,
    publisher: Named<'a>,
}

#[derive(Clone, Copy, Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_a_script_cannot_close_it() {
        assert_eq!(script_json(&json!("</script>")), "\"\\u003c/script>\"");
    }
}
