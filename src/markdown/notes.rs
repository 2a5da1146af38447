//! Footnotes: numbered by first mention, written at the end, each with a way back.

use std::collections::HashMap;

use super::Writer;
use crate::diagnostic::{Diagnostic, Place};
use crate::piece::Piece;
use crate::source::Span;

/// The footnotes of one article.
#[derive(Default)]
pub(super) struct Notes {
    /// Labels in the order of their first mention, with how often each is mentioned.
    mentioned: Vec<(String, usize)>,
    /// The places of the labels in it.
    by_label: HashMap<String, usize>,
    /// What was written for each label, and where.
    written: Vec<(String, Span, Vec<Piece>)>,
    open: Option<(String, Span)>,
}

impl Writer<'_> {
    pub(super) fn note_reference(&mut self, label: &str) {
        let Notes { mentioned, by_label, .. } = &mut self.notes;
        let known = by_label.get(label).copied();
        let index = known.unwrap_or_else(|| {
            by_label.insert(label.to_owned(), mentioned.len());
            mentioned.push((label.to_owned(), 0));
            mentioned.len() - 1
        });
        mentioned[index].1 += 1;
        let (number, count) = (index + 1, mentioned[index].1);
        let id = back_id(number, count);
        self.html(&format!(
            "<sup class=\"note-mark\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\">\
             {number}</a></sup>"
        ));
    }

    /// Reports `[^label]` where no footnote has the label; the parser leaves it as words.
    pub(super) fn unknown_note(&mut self, span: &Span) {
        let rest = self.source.text[span.start..].strip_prefix("[^").unwrap_or_default();
        let end = rest.find([']', '\n']).filter(|end| rest[*end..].starts_with(']'));
        let label = end.map_or("", |end| &rest[..end]);
        if label.is_empty() || label.contains(' ') {
            return;
        }
        let whole = span.start..span.start + label.len() + "[^]".len();
        let place = Place::at(&self.source.path, whole);
        let message = format!("there is no footnote `[^{label}]`");
        let hint = format!("add a line `[^{label}]: ...` with the note's words at the end");
        self.found.push(Diagnostic::error("unknown-note", place, message).hint(hint));
    }

    pub(super) fn open_note(&mut self, label: &str, span: &Span) {
        self.notes.open = Some((label.to_owned(), span.clone()));
        self.begin();
    }

    pub(super) fn close_note(&mut self) {
        let pieces = self.end();
        if let Some((label, span)) = self.notes.open.take() {
            self.notes.written.push((label, span, pieces));
        }
    }

    pub(super) fn write_notes(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        for (label, span, _) in &notes.written {
            if !notes.by_label.contains_key(label) {
                let place = Place::at(&self.source.path, span.start..span.start + label.len() + 3);
                let message = format!("no text mentions the footnote `[^{label}]`");
                let hint = format!("put `[^{label}]` behind the words it belongs to, or remove it");
                self.found.push(Diagnostic::warning("unused-note", place, message).hint(hint));
            }
        }
        if notes.mentioned.is_empty() {
            return;
        }
        self.html("<div class=\"notes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n");
        let mut written: HashMap<String, Vec<Piece>> = HashMap::new();
        for (label, _, pieces) in notes.written {
            // of two with one label the first counts
            written.entry(label).or_insert(pieces);
        }
        for (index, (label, count)) in notes.mentioned.iter().enumerate() {
            let number = index + 1;
            self.html(&format!("<li id=\"fn-{number}\">\n"));
            if let Some(pieces) = written.remove(label) {
                self.add(pieces);
            }
            for mention in 1..=*count {
                let back = back_id(number, mention);
                let (which, mark) = match mention {
                    1 => (String::new(), String::new()),
                    _ => (format!(", mention {mention}"), format!("<sup>{mention}</sup>")),
                };
                self.html(&format!(
                    "<a class=\"note-back\" href=\"#{back}\" role=\"doc-backlink\" \
                     aria-label=\"Back to the text of note {number}{which}\">\u{21a9}{mark}</a>\n"
                ));
            }
            self.html("</li>\n");
        }
        self.html("</ol>\n</div>\n");
    }
}

/// The id of the nth mention of a footnote.
fn back_id(number: usize, mention: usize) -> String {
    if mention == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{mention}") }
}
