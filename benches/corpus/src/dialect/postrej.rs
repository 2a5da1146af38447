//! This generator.

use std::fmt::Write as _;

use super::{Dialect, File, TITLE, body, file, flow, head, relative};
use crate::{Article, Corpus, Message, STAGES};

pub(super) const DIALECT: Dialect = Dialect { name: "postrej-site", article, rest };

fn article(corpus: &Corpus, article: &Article) -> File {
    let related: Vec<String> = article.related.iter().map(|other| corpus.slug(*other)).collect();
    let text = body(article, |other| relative(corpus, other), message);
    let section = Corpus::section(article.section);
    file(format!("content/{section}/{}.md", article.slug), head(article, &related) + &text)
}

fn message(message: &Message) -> String {
    let Message { title, tone, subject, paragraphs } = message;
    let text = paragraphs.join("\n\n");
    format!(
        "```template\ntitle: {title}\nchannel: email\nto: an interviewer\ntone: {tone}\n\
         subject: {subject}\n---\n{text}\n```\n"
    )
}

fn rest(corpus: &Corpus) -> Vec<File> {
    let sections: Vec<String> = (0..corpus.shape.sections()).map(Corpus::section).collect();
    let mut settings = format!(
        "title: {TITLE}\ndescription: Made articles.\nbase_url: https://example.org/\n\
         sections: {}\ncards: false\nrelated: 2\nstages:\n",
        flow(&sections)
    );
    for (key, label) in STAGES {
        // writing to a String cannot fail
        let _ = writeln!(settings, "  {key}: {{label: {label}}}");
    }
    settings.push_str(
        "channels:\n  email: {label: Email}\nplaceholders:\n  \
         your name: {label: Your name, example: the name you sign with}\n  \
         interviewer: {label: The interviewer, example: one person you spoke with}\n  \
         company: {label: The company, example: Example Company}\n  \
         role: {label: The role, example: data analyst}\n",
    );
    let home = format!("---\ntitle: {TITLE}\n---\n\nMade articles.\n");
    let mut files = vec![file("content/site.yaml", settings), file("content/index.md", home)];
    files.extend((0..corpus.shape.sections()).map(|number| {
        let text = format!("---\ntitle: {}\n---\n", Corpus::section_title(number));
        file(format!("content/{}/index.md", Corpus::section(number)), text)
    }));
    files
}
