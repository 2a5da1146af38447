//! Every article, and every page beside the articles, as Markdown at an address of its own.
//!
//! The address is the page's, with `.md` for the last slash: `/reply/note/` and `/reply/note.md`. It
//! is what people and programs try first, it is the file's place in the repository, and GitHub Pages
//! serves it as `text/markdown`. (llmstxt.org names `index.html.md` for an address without a file
//! name; no reader would guess that, and `llms.txt` and the page's head give the address anyway.)
//!
//! The text is the author's own, with what would not work elsewhere put right: addresses are full,
//! a message is its words (also where `use:` shows another article's), `compare` is a list, `fields`
//! a table, `reminder` a line. The head keeps title, description, dates and the page's address.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};
use rayon::prelude::*;

use super::exports::subject_line;
use super::{Making, Output};
use crate::anchors;
use crate::article::{Article, Role};
use crate::blocks;
use crate::markdown::options;
use crate::page::reminder;
use crate::piece::{Pair, Piece, Reminder, Template, Variant, plain};
use crate::site::{Site, page_path};
use crate::strings::Strings;

/// The files.
pub fn make(making: &Making<'_>) -> Vec<Output> {
    let Making { site, strings, hand, is_over, .. } = *making;
    let articles = site.articles.par_iter().enumerate().filter(|_| !is_over());
    articles.for_each(|(index, article)| {
        if let Some(path) = path(article) {
            let bytes = write(site, strings, index).into_bytes();
            hand(Output { path, bytes, origin: article.path.clone() });
        }
    });
    Vec::new()
}

/// The path in the site of an article's Markdown, `reply/note.md`; lists and situations have none.
pub fn path(article: &Article) -> Option<String> {
    matches!(article.role, Role::Article | Role::Page | Role::Aside)
        .then(|| format!("{}.md", page_path(article).trim_end_matches('/')))
}

/// Words that mean themselves in a line of Markdown.
pub fn escape(words: &str) -> String {
    words.chars().fold(String::with_capacity(words.len()), |mut out, c| {
        if "\\`*_[]<>|#".contains(c) {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

fn write(site: &Site<'_>, strings: &Strings, index: usize) -> String {
    let article = &site.articles[index];
    let meta = &article.meta;
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let fields = [
        ("title", Some(quoted(&meta.title))),
        ("description", Some(quoted(&meta.description))),
        ("date", meta.date.map(|date| date.to_string())),
        ("updated", meta.updated.map(|date| date.to_string())),
        ("url", Some(quoted(&site.urls.absolute(&page_path(article))))),
    ];
    let fields = fields.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}\n", value?)));
    let text = Text { site, strings, index, article }.write();
    let mut out = format!(
        "---\n{}---\n\n# {}\n\n{}\n",
        fields.collect::<String>(),
        escape(&meta.title),
        text.replace("\r\n", "\n").trim()
    );
    after(&mut out, site, strings, index);
    out
}

/// Where to read on, and what the article rests on.
fn after(out: &mut String, site: &Site<'_>, strings: &Strings, index: usize) {
    let say = |key: &str| strings.say(key, &[]);
    let relations = &site.structure.relations[index];
    let link = |at: usize| {
        let article = &site.articles[at];
        let url = site.urls.absolute(&page_path(article));
        format!("[{}]({url})", escape(&article.meta.title))
    };
    let mut lines: Vec<String> =
        relations.next.iter().map(|at| format!("{}: {}", say("next-step"), link(*at))).collect();
    lines.extend(relations.named.iter().map(|(at, reason)| {
        let reason = reason.as_ref().map(|reason| format!(", {}", escape(reason)));
        format!("{}: {}{}", say("related"), link(*at), reason.unwrap_or_default())
    }));
    let sources = site.articles[index].meta.sources.iter();
    let sources = sources.filter_map(|key| site.config.sources.get(&key.value));
    lines.extend(sources.map(|source| {
        let author = source.author.as_ref().map(|author| format!(", {}", escape(author)));
        format!("{}: {}{}", say("source"), escape(&source.title), author.unwrap_or_default())
    }));
    if !lines.is_empty() {
        // writing to a String cannot fail
        let _ = write!(out, "\n---\n\n- {}\n", lines.join("\n- "));
    }
}

/// A text on its way out of the site.
struct Text<'a> {
    site: &'a Site<'a>,
    strings: &'a Strings,
    index: usize,
    article: &'a Article,
}

/// What takes the place of a range of the text.
type Edit = (Range<usize>, String);

impl Text<'_> {
    /// The article's own text with every edit made.
    fn write(&self) -> String {
        let text = self.article.text();
        let mut edits = self.edits();
        edits.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (range, words) in edits {
            out.push_str(&text[at..range.start]);
            out.push_str(&words);
            at = range.end;
        }
        out + &text[at..]
    }

    /// Links are met in the order in which the article's own list has them.
    fn edits(&self) -> Vec<Edit> {
        let parser = Parser::new_ext(self.article.text(), options());
        let labels = parser.reference_definitions().iter().map(|(_, label)| label.span.clone());
        let mut edits: Vec<Edit> = labels.map(|span| (span, String::new())).collect();
        let mut addresses = self.site.structure.resolved[self.index].addresses.iter();
        let mut open: Vec<Open<'_>> = Vec::new();
        let mut messages = self.messages();
        let mut pairs = self.article.body.pieces.iter().filter_map(|piece| match piece {
            Piece::Compare(pairs) => Some(pairs.as_slice()),
            _ => None,
        });
        let mut reminders = self.article.body.reminders.iter();
        let mut inside = 0;
        let mut code: Option<String> = None;
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::Link { link_type, title, .. }) => {
                    let address = addresses.next().map_or("", |address| address);
                    inside = range.start + 1;
                    open.push(Open { kind: link_type, address, title: title.to_string() });
                    continue;
                }
                Event::Start(Tag::Image { link_type, title, .. }) => {
                    let address = addresses.next().map_or("", |address| address);
                    inside = range.start + 2;
                    open.push(Open { kind: link_type, address, title: title.to_string() });
                    continue;
                }
                Event::End(TagEnd::Link | TagEnd::Image) => {
                    let end = open.pop().and_then(|open| self.target(&open, inside, &range));
                    edits.extend(end);
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    code = info.split([' ', ',', '{']).next().map(str::to_owned);
                }
                Event::End(TagEnd::CodeBlock) => {
                    let words = match code.take().as_deref() {
                        Some("template") => Some(messages.remove(&range.start).unwrap_or_default()),
                        Some("compare") => {
                            Some(compare(self.strings, pairs.next().unwrap_or_default()))
                        }
                        Some("reminder") => reminders.next().map(|one| self.reminder(one)),
                        Some("fields") => {
                            blocks::fields::markdown(&self.article.text()[range.clone()])
                        }
                        _ => None,
                    };
                    edits.extend(words.map(|words| self.block(range.clone(), &words)));
                }
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                    edits.push((range.clone(), self.raw(&self.article.text()[range.clone()])));
                }
                _ => {}
            }
            inside = range.end;
        }
        edits
    }

    /// What stands behind the words of a link: its address in full, also where a label stood.
    fn target(&self, open: &Open<'_>, inside: usize, range: &Range<usize>) -> Option<Edit> {
        if matches!(open.kind, LinkType::Autolink | LinkType::Email) {
            return None;
        }
        let start = inside + self.article.text()[inside..range.end].find(']')?;
        let url = self.full(open.address);
        let url = if url.contains(['(', ')', ' ']) { format!("<{url}>") } else { url };
        let title = open.title.replace('\\', "\\\\").replace('"', "\\\"");
        let title = if title.is_empty() { title } else { format!(" \"{title}\"") };
        Some((start..range.end, format!("]({url}{title})")))
    }

    /// The full address of what the article's page calls `address`.
    fn full(&self, address: &str) -> String {
        self.site.urls.full(&page_path(self.article), address)
    }

    /// Raw HTML with full addresses.
    fn raw(&self, html: &str) -> String {
        let addresses = anchors::read(html).addresses.into_iter();
        let marks = [("\"", "\""), ("'", "'"), ("=", " "), ("=", ">")];
        addresses.fold(html.to_owned(), |html, address| {
            let full = self.full(&address);
            marks.iter().fold(html, |html, (before, after)| {
                html.replace(
                    &format!("{before}{address}{after}"),
                    &format!("{before}{full}{after}"),
                )
            })
        })
    }

    /// When to do what, with the address of the calendar file.
    fn reminder(&self, reminder: &Reminder) -> String {
        let days = self.strings.say("reminder-in", &[("n", reminder.days.to_string())]);
        let file = self.site.urls.absolute(&reminder::file(self.article, reminder));
        format!("**{days}:** [{}]({file})\n", escape(&reminder.title))
    }

    /// A block in the place of another, with the same indentation.
    fn block(&self, range: Range<usize>, words: &str) -> Edit {
        let before = &self.article.text()[..range.start];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let indent: String = before[line..].chars().map(|_| ' ').collect();
        let end = if self.article.text()[range.clone()].ends_with('\n') { "\n" } else { "" };
        let words = words.trim_end().replace('\n', &format!("\n{indent}"));
        (range, words.replace(&format!("{indent}\n"), "\n") + end)
    }

    /// The words of every message, by where its block begins in the text.
    fn messages(&self) -> HashMap<usize, String> {
        let mut messages = HashMap::new();
        let start = self.article.body_start;
        for (position, shown) in self.article.body.templates.iter().enumerate() {
            let Some(owned) = self.site.structure.library.shown(self.index, position, shown) else {
                continue;
            };
            let source = &self.site.articles[owned.article];
            let template = &source.body.templates[owned.template];
            if shown.reuse.is_none() {
                let variants = shown.variants.iter();
                messages.extend(variants.map(|one| {
                    (one.span.start - start, message(self.site, self.strings, template, one))
                }));
                continue;
            }
            let mut all: Vec<String> = template
                .variants
                .iter()
                .map(|one| message(self.site, self.strings, template, one))
                .collect();
            let url = self.site.urls.absolute(&page_path(source));
            let when = self.strings.say("library-when", &[]);
            all.push(format!("{when} [{}]({url})\n", escape(&source.meta.title)));
            messages.insert(shown.span.start - start, all.join("\n"));
        }
        messages
    }
}

/// A link or picture while its words come in.
struct Open<'a> {
    kind: LinkType,
    address: &'a str,
    title: String,
}

/// A message: a line of facts, and its words in a fence that keeps them as they are.
fn message(site: &Site<'_>, strings: &Strings, template: &Template, variant: &Variant) -> String {
    let channel = site.config.channel(&template.channel);
    let facts = [
        channel.map(|channel| channel.label.as_str()),
        template.to.as_deref(),
        variant.tone.as_deref(),
    ];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    let subject = variant.subject.as_deref().map(|subject| subject_line(strings, subject) + "\n\n");
    let words = subject.unwrap_or_default() + &plain(&variant.body);
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!(
        "**{}** ({})\n\n{fence}text\n{words}\n{fence}\n",
        escape(&template.title),
        escape(&facts.join(", "))
    )
}

/// What to leave out and what to say, as a list. Tags are words there.
fn compare(strings: &Strings, pairs: &[Pair]) -> String {
    let words = |text: &str| text.replace('<', "\\<");
    pairs.iter().fold(String::new(), |mut out, pair| {
        // writing to a String cannot fail
        let _ = writeln!(
            out,
            "- **{}:** {}\\\n  **{}:** {}",
            strings.say("compare-instead", &[]),
            words(&pair.instead_text),
            strings.say("compare-say", &[]),
            words(&pair.say_text)
        );
        out
    })
}
