//! Fenced and indented code: a block of this site, or code to show.

use std::sync::Arc;

use pulldown_cmark::CodeBlockKind;

use super::tags::first_line;
use super::{Writer, escape, escaped};
use crate::blocks::{self, Block, Fence};
use crate::config::KILOBYTE;
use crate::diagnostic::Diagnostic;
use crate::highlight;
use crate::piece::{Piece, Reminder, Template};
use crate::schema::near;
use crate::source::Span;

/// Names of languages that are meant to have no colours.
const PLAIN: [&str; 4] = ["", "text", "txt", "plain"];

/// A code block while its lines come in.
pub(super) struct Open {
    info: Option<String>,
    text: String,
    origins: Vec<(usize, usize)>,
}

impl Open {
    pub(super) fn new(kind: &CodeBlockKind<'_>) -> Self {
        let info = match kind {
            CodeBlockKind::Fenced(info) => Some(info.trim().to_owned()),
            CodeBlockKind::Indented => None,
        };
        Self { info, text: String::new(), origins: Vec::new() }
    }

    pub(super) fn push(&mut self, text: &str, span: &Span) {
        self.origins.push((self.text.len(), span.start));
        self.text.push_str(&text.replace("\r\n", "\n"));
    }
}

impl Writer<'_> {
    pub(super) fn close_fence(&mut self, span: &Span) {
        let Some(open) = self.fence.take() else { return };
        let Some(info) = open.info else {
            self.code(&open.text, "");
            return;
        };
        let word = info.split([' ', ',', '{']).next().unwrap_or_default().to_owned();
        let fence = Fence {
            source: self.source,
            config: self.config,
            inside: inside(&self.source.text, span),
            span: span.clone(),
            text: open.text,
            origins: open.origins,
            level: self.body.headings.last().map_or(1, |heading| heading.level),
        };
        if !closed(&self.source.text[span.range()]) {
            let message = "the block that opens here is not closed";
            let (mark, width) = mark(&self.source.text[span.range()]);
            let marks = mark.to_string().repeat(width);
            let hint = format!("put a line with only {marks} below the last line of the block");
            self.found.push(Diagnostic::error("open-block", fence.opening(), message).hint(hint));
            return;
        }
        if let Some(block) = blocks::find(&word) {
            self.block(block, &fence);
        } else {
            self.listing(&word, &fence);
        }
    }

    fn block(&mut self, block: &blocks::BlockType, fence: &Fence<'_>) {
        if !self.quotes.is_empty() {
            let message = format!("a `{}` block cannot stand in a quotation or a note", block.name);
            let hint = "begin its lines at the left margin, without `>`";
            self.found.push(Diagnostic::error("quoted-block", fence.opening(), message).hint(hint));
            return;
        }
        self.body.words += fence.text.split_whitespace().count();
        match (block.parse)(fence, &mut self.found) {
            Some(Block::Template(template)) => self.template(template),
            Some(Block::Reminder(reminder)) => {
                let index = self.body.reminders.len();
                let id = format!("reminder-{}", index + 1);
                self.body.reminders.push(Reminder { id, ..reminder });
                self.piece(Piece::Reminder(index));
            }
            Some(Block::Compare(pairs)) => self.piece(Piece::Compare(pairs)),
            Some(Block::Html(html)) => self.html(&html),
            None => {}
        }
    }

    /// Neighbouring templates of one title are one message in several tones.
    fn template(&mut self, template: Template) {
        self.flush();
        let here = self.place(&first_line(&self.source.text, &template.span));
        let before = match self.pieces.last() {
            Some(Piece::Template(index)) => self.body.templates.get_mut(*index),
            _ => None,
        };
        match before {
            Some(first) if first.title == template.title && first.reuse == template.reuse => {
                let twin = template
                    .variants
                    .iter()
                    .find(|variant| first.variants.iter().any(|own| own.tone == variant.tone));
                if let Some(twin) = twin {
                    let message = match &twin.tone {
                        Some(tone) => format!("`{}` has the tone `{tone}` twice", first.title),
                        None => format!("two templates called `{}` follow each other", first.title),
                    };
                    self.found.push(
                        Diagnostic::error("tone", here.clone(), message)
                            .hint("give each its own `tone:`, or another `title:`"),
                    );
                }
                let known = |key: &str| self.config.channel(key).is_some();
                let both_known = known(&first.channel) && known(&template.channel);
                if first.channel != template.channel && both_known {
                    let message = format!("the tones of `{}` have different channels", first.title);
                    self.found.push(
                        Diagnostic::error("tone", here.clone(), message)
                            .hint("use one channel, or give the messages different titles"),
                    );
                }
                first.variants.extend(template.variants);
            }
            _ => {
                self.refuse_second(&template);
                let index = self.body.templates.len();
                self.body.templates.push(template);
                self.piece(Piece::Template(index));
            }
        }
    }

    fn refuse_second(&mut self, template: &Template) {
        let same = |one: &&Template| one.id == template.id;
        if let Some(first) = self.body.templates.iter().find(same) {
            let place = self.place(&first_line(&self.source.text, &template.span));
            let (message, hint) = if template.reuse.is_some() && first.reuse == template.reuse {
                let message = "this article shows the same template twice".to_owned();
                (message, "keep one of the two")
            } else if template.title == first.title {
                let message = format!("this article has two templates called `{}`", first.title);
                let hint = "give one another `title:`; tones of one message must follow each other";
                (message, hint)
            } else {
                let message = format!("two templates would have the same link, `{}`", template.id);
                (message, "give one of them another `title:`, or an `id:` of its own")
            };
            let first = self.place(&first_line(&self.source.text, &first.span));
            self.found.push(
                Diagnostic::error("template-twice", place, message)
                    .hint(hint)
                    .related(first, "the first is here"),
            );
        }
    }

    fn listing(&mut self, language: &str, fence: &Fence<'_>) {
        let (size, most) = (fence.text.len(), self.config.limits.code);
        if size > most && !PLAIN.contains(&language) {
            self.code(&fence.text, "");
            let kilobytes = size.div_ceil(KILOBYTE);
            let message = format!(
                "this code has {kilobytes} kB, and only up to {} kB get colours",
                most / KILOBYTE
            );
            let hint =
                format!("write `text` there, or `limits: {{code: {kilobytes}}}` in site.yaml");
            let problem = Diagnostic::warning("long-code", fence.opening(), message);
            self.found.push(problem.hint(hint));
            return;
        }
        let coloured = self.code(&fence.text, language);
        if coloured || PLAIN.contains(&language) {
            return;
        }
        let problem = if let Some(hint) = blocks::suggestion(language) {
            let message = format!("there is no block called `{language}`");
            let hint =
                format!("{hint} (for code in a language of that name, write `text` instead)");
            Diagnostic::error("unknown-block", fence.opening(), message).hint(hint)
        } else {
            let hint =
                near::suggestion(language, highlight::languages().iter().map(String::as_str))
                    .unwrap_or_else(|| "write `text` there to show it without colours".to_owned());
            let message = format!("no colours are known for the language `{language}`");
            Diagnostic::warning("language", fence.opening(), message).hint(hint)
        };
        self.found.push(problem);
    }

    /// Shows code; true if it has colours.
    fn code(&mut self, code: &str, language: &str) -> bool {
        let plain = PLAIN.contains(&language);
        let key = highlight::key(code, language);
        let coloured = match self.known.get(&key) {
            Some(html) => Some(Arc::clone(html)),
            None if plain => None,
            None => highlight::highlight(code, language).map(Arc::from),
        };
        self.html("<pre class=\"code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.html(&format!(" class=\"language-{}\"", escaped(language)));
        }
        self.html(">");
        match &coloured {
            Some(html) => self.html(html),
            None => escape(&mut self.out, code),
        }
        self.html("</code></pre>\n");
        let is_coloured = coloured.is_some();
        self.body.listings.extend(coloured.map(|html| (key, html)));
        is_coloured
    }
}

/// The lines between the fences.
fn inside(text: &str, span: &Span) -> Span {
    let block = &text[span.range()];
    let start = block.find('\n').map_or(block.len(), |at| at + 1);
    let trimmed = block.trim_end();
    let end = trimmed.rfind('\n').map_or(start, |at| at + 1);
    Span::new(span.start + start, span.start + end.max(start))
}

/// The character that a block is fenced with, and how many of it open the block.
fn mark(block: &str) -> (char, usize) {
    let block = block.trim_start();
    let mark = block.chars().next().unwrap_or('`');
    (mark, block.chars().take_while(|c| *c == mark).count())
}

/// Whether the last line of a fenced block is a fence like the first.
fn closed(block: &str) -> bool {
    let (mark, width) = mark(block);
    let mut lines = block.trim_end().lines();
    let last = lines.next_back().unwrap_or_default();
    let last = last.trim_start_matches(['>', ' ', '\t']).trim_end();
    lines.next().is_some() && last.chars().count() >= width && last.chars().all(|c| c == mark)
}
