//! `sitemap.xml` (sitemaps.org) and `robots.txt`, which names it.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{Making, Output, xml};
use crate::article::{Article, Role};

/// Every page that search engines may show.
pub fn make(Making { site, pages, .. }: &Making<'_>) -> Vec<Output> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages.iter().filter(|page| page.is_listed) {
        let url = site.urls.absolute(page.path.trim_end_matches("index.html"));
        let changed = page.body.and_then(|index| changed(&site.articles[index]));
        let changed = changed.map(|date| format!("<lastmod>{date}</lastmod>"));
        let _ = writeln!(out, "<url><loc>{}</loc>{}</url>", xml(&url), changed.unwrap_or_default());
    }
    out.push_str("</urlset>\n");
    let robots =
        format!("User-agent: *\nAllow: /\nSitemap: {}\n", site.urls.absolute("sitemap.xml"));
    let output = |path: &str, text: String| Output {
        path: path.to_owned(),
        bytes: text.into_bytes(),
        origin: "the list of pages".to_owned(),
    };
    vec![output("sitemap.xml", out), output("robots.txt", robots)]
}

/// The day that a page says it was last changed; what is made of many articles says none.
fn changed(article: &Article) -> Option<Date> {
    let meta = &article.meta;
    match article.role {
        Role::Article => meta.updated.or(meta.date),
        Role::Page | Role::Aside | Role::AsideIndex => meta.updated,
        Role::Home | Role::Section | Role::Question => None,
    }
}
