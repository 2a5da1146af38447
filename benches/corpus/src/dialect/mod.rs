//! How each generator wants its files: front matter, links, and what it needs beside the articles.
//!
//! What does not depend on the articles (settings, templates) stands as files in
//! `benches/compare/peers/<name>/`.

mod eleventy;
mod hugo;
mod mdbook;
mod postrej;
mod zensical;
mod zola;

use std::fmt::Write as _;

use crate::{Article, Block, Corpus, Inline, Message};

/// A file to be written.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the root of the site, with forward slashes.
    pub path: String,
    /// UTF-8, with LF line ends.
    pub text: String,
}

/// The way of one generator.
pub struct Dialect {
    /// The generator's name, which is also its folder in `peers/`.
    pub name: &'static str,
    /// The file of an article.
    pub article: fn(&Corpus, &Article) -> File,
    /// The files beside the articles that depend on them: indexes, lists of sections.
    pub rest: fn(&Corpus) -> Vec<File>,
}

/// Every generator that articles can be written for.
pub const DIALECTS: &[Dialect] = &[
    postrej::DIALECT,
    hugo::DIALECT,
    zola::DIALECT,
    eleventy::DIALECT,
    mdbook::DIALECT,
    zensical::DIALECT,
];

/// The site's name, for every generator.
pub const TITLE: &str = "A measured site";

/// The text of an article; `link` gives the address of another article as it is typed.
fn body(
    article: &Article,
    link: impl Fn(usize) -> String,
    message: fn(&Message) -> String,
) -> String {
    let mut out = String::with_capacity(8 * 1024);
    for block in &article.blocks {
        // writing to a String cannot fail
        let _ = match block {
            Block::Heading(level, text) => write!(out, "\n{} {text}\n", "#".repeat(*level)),
            Block::Paragraph(parts) => {
                let parts: String = parts.iter().map(|part| inline(part, &link)).collect();
                writeln!(out, "\n{}", wrapped(parts.trim_end()))
            }
            Block::List(items) => {
                let items: Vec<String> = items.iter().map(|item| format!("- {item}")).collect();
                writeln!(out, "\n{}", items.join("\n"))
            }
            Block::Code(language, code) => write!(out, "\n```{language}\n{code}```\n"),
            Block::Message(one) => write!(out, "\n{}", message(one)),
        };
    }
    out
}

fn inline(part: &Inline, link: &impl Fn(usize) -> String) -> String {
    match part {
        Inline::Text(text) => text.clone(),
        Inline::Strong(text) => format!("**{text}**"),
        Inline::Link(text, number) => {
            format!("[{}]({})", text.replace(' ', "\u{a0}"), link(*number))
        }
    }
}

/// Broken into lines as authors break them.
fn wrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut length = 0;
    for word in text.split(' ') {
        if length > 0 {
            out.push(if length + word.len() > 100 { '\n' } else { ' ' });
            length = if length + word.len() > 100 { 0 } else { length + 1 };
        }
        out.push_str(word);
        length += word.len();
    }
    out.replace('\u{a0}', " ")
}

/// The file of another article, from the file of one: `../reply/thanks.md`.
fn relative(corpus: &Corpus, number: usize) -> String {
    format!("../{}/{}.md", Corpus::section(corpus.section_of(number)), corpus.slug(number))
}

/// A message, where a generator knows no such block: a title and a listing.
fn listing(message: &Message) -> String {
    let Message { title, tone, subject, paragraphs } = message;
    let text = paragraphs.join("\n\n");
    format!("**{title}** ({tone})\n\n```text\nSubject: {subject}\n\n{text}\n```\n")
}

/// The front matter that YAML readers share.
fn head(article: &Article, related: &[String]) -> String {
    format!(
        "---\ntitle: {}\ndescription: {}\ndate: {}\nstages: {}\ntags: {}\nrelated: {}\n---\n",
        article.title,
        article.description,
        article.date,
        flow(&article.stages),
        flow(&article.tags),
        flow(related),
    )
}

/// `[one, two]` in YAML.
fn flow(words: &[impl AsRef<str>]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    format!("[{}]", words.join(", "))
}

/// `["one", "two"]` in TOML.
fn array(words: &[impl AsRef<str>]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{}\"", word.as_ref())).collect();
    format!("[{}]", words.join(", "))
}

fn file(path: impl Into<String>, text: String) -> File {
    File { path: path.into(), text }
}
