//! Zensical: links to files, tags in front matter.

use super::{Dialect, File, TITLE, body, file, flow, listing, relative};
use crate::{Article, Corpus};

pub(super) const DIALECT: Dialect = Dialect { name: "zensical", article, rest };

fn article(corpus: &Corpus, article: &Article) -> File {
    let head = format!(
        "---\ntitle: {}\ndescription: {}\ndate: {}\ntags: {}\n---\n",
        article.title,
        article.description,
        article.date,
        flow(&article.tags),
    );
    let text = body(article, |other| relative(corpus, other), listing);
    let section = Corpus::section(article.section);
    file(format!("docs/{section}/{}.md", article.slug), head + &text)
}

fn rest(corpus: &Corpus) -> Vec<File> {
    let mut files = vec![
        file("docs/index.md", format!("# {TITLE}\n\nMade articles.\n")),
        file("docs/tags.md", "# By subject\n\n<!-- material/tags -->\n".to_owned()),
    ];
    files.extend((0..corpus.shape.sections()).map(|number| {
        let text = format!("# {}\n", Corpus::section_title(number));
        file(format!("docs/{}/index.md", Corpus::section(number)), text)
    }));
    files
}
