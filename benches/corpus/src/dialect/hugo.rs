//! Hugo: links to files, which its embedded render hook resolves.

use super::{Dialect, File, TITLE, body, file, head, listing, relative};
use crate::{Article, Corpus};

pub(super) const DIALECT: Dialect = Dialect { name: "hugo", article, rest };

fn article(corpus: &Corpus, article: &Article) -> File {
    let related = article.related.iter().map(|&other| {
        format!("/{}/{}", Corpus::section(corpus.section_of(other)), corpus.slug(other))
    });
    let related: Vec<String> = related.collect();
    let text = body(article, |other| relative(corpus, other), listing);
    let section = Corpus::section(article.section);
    file(format!("content/{section}/{}.md", article.slug), head(article, &related) + &text)
}

fn rest(corpus: &Corpus) -> Vec<File> {
    let home = file("content/_index.md", format!("---\ntitle: {TITLE}\n---\n\nMade articles.\n"));
    let sections = (0..corpus.shape.sections()).map(|number| {
        let text = format!("---\ntitle: {}\n---\n", Corpus::section_title(number));
        file(format!("content/{}/_index.md", Corpus::section(number)), text)
    });
    std::iter::once(home).chain(sections).collect()
}
