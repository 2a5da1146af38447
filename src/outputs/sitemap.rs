//! `sitemap.xml` (sitemaps.org) and `robots.txt`, which names it.

use std::fmt::Write as _;

use super::{Output, xml};
use crate::page::Page;
use crate::site::Site;
use crate::strings::Strings;

/// Every page that search engines may show.
pub fn make(site: &Site<'_>, pages: &[Page], _: &Strings) -> Vec<Output> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages.iter().filter(|page| page.head.robots.is_none()) {
        let Some(url) = &page.head.canonical else { continue };
        let changed = page.head.updated.as_ref().map(|date| format!("<lastmod>{date}</lastmod>"));
        let _ = writeln!(out, "<url><loc>{}</loc>{}</url>", xml(url), changed.unwrap_or_default());
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
