//! Lists: the boxes to tick in them, and the list that says what to do.

use super::Writer;
use crate::piece::Piece;

/// The lists that are open.
#[derive(Default)]
pub(super) struct Lists {
    depth: usize,
    /// Whether a box to tick stands in one of them.
    tasks: bool,
    /// Where the pieces of the article's steps begin, while they come in.
    steps: Option<usize>,
    /// The words behind a box are its label up to the end of the line.
    label_open: bool,
}

impl Writer<'_> {
    /// Opens a list that is numbered from `first`, or has points.
    pub(super) fn open_list(&mut self, first: Option<u64>) {
        let outermost = self.lists.depth == 0 && self.outer.is_empty();
        if outermost && first.is_some() && self.body.steps.is_empty() {
            self.flush();
            self.lists.steps = Some(self.pieces.len());
        }
        self.lists.depth += 1;
        match first {
            None => self.html("<ul>\n"),
            Some(1) => self.html("<ol>\n"),
            Some(first) => self.html(&format!("<ol start=\"{first}\">\n")),
        }
    }

    /// A list with boxes to tick is followed by what a reader can do with their ticks.
    pub(super) fn close_list(&mut self, ordered: bool) {
        self.html(if ordered { "</ol>\n" } else { "</ul>\n" });
        self.lists.depth = self.lists.depth.saturating_sub(1);
        if self.lists.depth > 0 {
            return;
        }
        if let Some(start) = self.lists.steps.take() {
            self.flush();
            self.body.steps = start..self.pieces.len();
        }
        if std::mem::take(&mut self.lists.tasks) {
            self.piece(Piece::Checklist);
            self.body.has_checklist = true;
        }
    }

    /// A box to tick, with the words behind it as its label up to the end of the line.
    pub(super) fn task(&mut self, done: bool) {
        let paragraph = if self.out.ends_with("<p>") { "<p>" } else { "" };
        if let Some(start) = self.out.strip_suffix(paragraph).and_then(|s| s.strip_suffix("<li>")) {
            self.out.truncate(start.len());
            self.html(&format!("<li class=\"task\">{paragraph}"));
        }
        let checked = if done { " checked" } else { "" };
        self.html(&format!("<label><input type=\"checkbox\"{checked}> "));
        self.lists.label_open = true;
        self.lists.tasks = true;
    }

    pub(super) fn close_label(&mut self) {
        if std::mem::take(&mut self.lists.label_open) {
            self.html("</label>");
        }
    }
}
