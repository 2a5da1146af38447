//! mdBook: no front matter; one file lists the articles.

use std::fmt::Write as _;

use super::{Dialect, File, TITLE, body, file, listing, relative};
use crate::{Article, Corpus};

pub(super) const DIALECT: Dialect = Dialect { name: "mdbook", article, rest };

fn article(corpus: &Corpus, article: &Article) -> File {
    let text = body(article, |other| relative(corpus, other), listing);
    let section = Corpus::section(article.section);
    let text = format!("# {}\n\n{}\n{text}", article.title, article.description);
    file(format!("src/{section}/{}.md", article.slug), text)
}

fn rest(corpus: &Corpus) -> Vec<File> {
    let mut summary = "# Summary\n\n[Home](index.md)\n\n".to_owned();
    let mut files = vec![file("src/index.md", format!("# {TITLE}\n\nMade articles.\n"))];
    for number in 0..corpus.shape.sections() {
        let (section, title) = (Corpus::section(number), Corpus::section_title(number));
        // writing to a String cannot fail
        let _ = writeln!(summary, "- [{title}]({section}/index.md)");
        files.push(file(format!("src/{section}/index.md"), format!("# {title}\n")));
        let own = (number..corpus.shape.articles).step_by(corpus.shape.sections());
        for article in own {
            let (title, slug) = (corpus.title(article), corpus.slug(article));
            let _ = writeln!(summary, "    - [{title}]({section}/{slug}.md)");
        }
    }
    files.push(file("src/SUMMARY.md", summary));
    files
}
