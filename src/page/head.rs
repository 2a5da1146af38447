//! What a page says of itself to browsers, search engines and other sites.

use jiff::civil::Date;
use serde_json::{Value, json};

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
    let items: Vec<Value> = full
        .chain(own)
        .enumerate()
        .map(|(index, (name, item))| {
            json!({"@type": "ListItem", "position": index + 1, "name": name, "item": item})
        })
        .collect();
    let list = json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items,
    });
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
    let authors: Vec<Value> = match meta.authors.as_slice() {
        [] => vec![json!({"@type": "Organization", "name": site.config.title})],
        named => named.iter().map(|name| json!({"@type": "Person", "name": name})).collect(),
    };
    let data = json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": meta.title,
        "description": meta.description,
        "inLanguage": site.config.language.value,
        "datePublished": published,
        "dateModified": updated,
        "author": authors,
        "publisher": {"@type": "Organization", "name": site.config.title},
        "mainEntityOfPage": site.urls.absolute(&path),
    });
    Head {
        kind: "article",
        section: Some(article.section.clone()),
        json_ld: vec![script_json(&data)],
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
pub fn script_json(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_a_script_cannot_close_it() {
        assert_eq!(script_json(&json!("</script>")), "\"\\u003c/script>\"");
    }
}
