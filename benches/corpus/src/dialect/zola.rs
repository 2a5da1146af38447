//! Zola: links from the root of the content, which it resolves and checks.

use super::{Dialect, File, TITLE, array, body, file, listing};
use crate::{Article, Corpus};

pub(super) const DIALECT: Dialect = Dialect { name: "zola", article, rest };

fn article(corpus: &Corpus, article: &Article) -> File {
    let path = |other: usize| {
        format!("{}/{}.md", Corpus::section(corpus.section_of(other)), corpus.slug(other))
    };
    let related: Vec<String> = article.related.iter().map(|other| path(*other)).collect();
    let head = format!(
        "+++\ntitle = \"{}\"\ndescription = \"{}\"\ndate = {}\n\n[taxonomies]\nstages = {}\n\
         tags = {}\n\n[extra]\nrelated = {}\n+++\n",
        article.title,
        article.description,
        article.date,
        array(&article.stages),
        array(&article.tags),
        array(&related),
    );
    let text = body(article, |other| format!("@/{}", path(other)), listing);
    file(format!("content/{}", path(article.number)), head + &text)
}

fn rest(corpus: &Corpus) -> Vec<File> {
    let head = format!("+++\ntitle = \"{TITLE}\"\n+++\n\nMade articles.\n");
    let mut files =
        vec![file("content/_index.md", head), file("templates/header.html", header(corpus))];
    files.extend((0..corpus.shape.sections()).map(|number| {
        let title = Corpus::section_title(number);
        let text = format!("+++\ntitle = \"{title}\"\nsort_by = \"title\"\n+++\n");
        file(format!("content/{}/_index.md", Corpus::section(number)), text)
    }));
    files
}

/// The links to the sections, written out: Zola renders no part of a template once for all pages.
fn header(corpus: &Corpus) -> String {
    let links = (0..corpus.shape.sections()).map(|number| {
        let (section, title) = (Corpus::section(number), Corpus::section_title(number));
        format!("<li><a href=\"/{section}/\">{title}</a></li>")
    });
    let links = links.collect::<Vec<_>>().join("\n");
    format!(
        "<header>\n<nav aria-label=\"Main\">\n<a href=\"/\">{TITLE}</a>\n<ul>\n{links}\n</ul>\n</nav>\n\
         </header>\n"
    )
}
