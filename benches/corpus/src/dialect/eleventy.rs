//! Eleventy: links to files, which its own plugin resolves.

use super::{Dialect, File, TITLE, body, file, flow, listing, relative};
use crate::{Article, Corpus};

pub(super) const DIALECT: Dialect = Dialect { name: "eleventy", article, rest };

fn article(corpus: &Corpus, article: &Article) -> File {
    let section = Corpus::section(article.section);
    let related: Vec<String> = article.related.iter().map(|other| corpus.slug(*other)).collect();
    let head = format!(
        "---\ntitle: {}\ndescription: {}\ndate: {}\nsection: {section}\nstages: {}\ntopics: {}\n\
         related: {}\n---\n",
        article.title,
        article.description,
        article.date,
        flow(&article.stages),
        flow(&article.tags),
        flow(&related),
    );
    let text = body(article, |other| relative(corpus, other), listing);
    file(format!("content/{section}/{}.md", article.slug), head + &text)
}

fn rest(corpus: &Corpus) -> Vec<File> {
    let sections = (0..corpus.shape.sections())
        .map(|number| {
            let (key, title) = (Corpus::section(number), Corpus::section_title(number));
            format!("{{\"key\": \"{key}\", \"title\": \"{title}\"}}")
        })
        .collect::<Vec<_>>();
    let site = format!(
        "{{\"title\": \"{TITLE}\", \"url\": \"https://example.org\", \"sections\": [{}]}}\n",
        sections.join(", ")
    );
    vec![file("content/_data/site.json", site)]
}
