//! What an import did that nobody would guess, file by file.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};

/// What became of something that has no equal here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It has an equal; only counted.
    Mapped,
    /// It stands in the text as it was, for readers to see.
    Kept,
    /// It is not in the new site; the report holds its words.
    Left,
    /// It was missing, and something stands there now.
    Filled,
    /// It has another name or place than one would think.
    Moved,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The file it comes from, relative to the foreign site.
    pub file: String,
    /// Its line, from 1; 0 is the file as a whole.
    pub line: usize,
    /// What became of it.
    pub kind: Kind,
    /// As it was written.
    pub what: String,
    /// What was done instead.
    pub done: String,
}

/// How much there was of each.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Markdown files written from Markdown files.
    pub pages: usize,
    /// Pictures and other files.
    pub assets: usize,
    /// Things that have an equal here.
    pub mapped: usize,
    /// Things that stand in the text as they were.
    pub kept: usize,
    /// Things that are only in the report.
    pub left: usize,
    /// Things that were missing.
    pub filled: usize,
}

/// Notes about one file on their way into the report.
#[derive(Debug, Default)]
pub struct Notes {
    /// The file that the next notes are about.
    pub file: String,
    /// All of them.
    pub notes: Vec<Note>,
}

impl Notes {
    /// Notes about this file.
    pub fn about(file: &str) -> Self {
        Self { file: file.to_owned(), notes: Vec::new() }
    }

    /// Adds one.
    pub fn add(&mut self, line: usize, kind: Kind, what: &str, done: impl Into<String>) {
        let file = self.file.clone();
        self.notes.push(Note { file, line, kind, what: what.to_owned(), done: done.into() });
    }

    /// What led nowhere stands in the text, to be read.
    pub fn as_code(&mut self, line: usize, what: &str, why: impl Display) {
        self.add(line, Kind::Kept, what, format!("{why}; it stands in the text as code"));
    }

    /// A link that led nowhere is words now.
    pub fn without_link(&mut self, line: usize, what: &str, why: impl Display) {
        self.add(line, Kind::Left, what, format!("{why}; its words stay without the link"));
    }

    /// A link to a place on a page leads to the page.
    pub fn without_anchor(&mut self, line: usize, anchor: &str) {
        self.add(line, Kind::Left, anchor, "is no heading of that page; the link leads to its top");
    }

    /// Counts something that has an equal.
    pub fn mapped(&mut self, line: usize) {
        self.add(line, Kind::Mapped, "", "");
    }
}

/// Counts the notes.
pub fn counts(notes: &[Note], pages: usize, assets: usize) -> Counts {
    let number = |kind: Kind| notes.iter().filter(|note| note.kind == kind).count();
    Counts {
        pages,
        assets,
        mapped: number(Kind::Mapped),
        kept: number(Kind::Kept),
        left: number(Kind::Left),
        filled: number(Kind::Filled),
    }
}

/// The report as Markdown. `became` says what each file of the foreign site became.
pub fn markdown(
    system: &str,
    counts: &Counts,
    notes: &[Note],
    became: &BTreeMap<String, String>,
    problems: &[String],
) -> String {
    let mut files: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
    for note in notes.iter().filter(|note| note.kind != Kind::Mapped) {
        files.entry(&note.file).or_default().push(note);
    }
    let mut text = format!(
        "# Import report\n\nFrom a {system} site: {} pages, {} other files.\n\n\
         - with an equal here: {}\n- kept in the text as words: {}\n- only in this report: {}\n\
         - missing, and filled in: {}\n",
        counts.pages, counts.assets, counts.mapped, counts.kept, counts.left, counts.filled
    );
    text += "\n## What a build says\n\n";
    if problems.is_empty() {
        text += "Nothing: the new site has no mistakes.\n";
    }
    for problem in problems {
        _ = writeln!(text, "- {problem}");
    }
    for (file, notes) in &mut files {
        notes.sort();
        notes.dedup();
        _ = write!(
            text,
            "\n## {}\n\n",
            code(if file.is_empty() { "the whole site" } else { file })
        );
        if let Some(new) = became.get(*file) {
            _ = write!(text, "Became {}.\n\n", code(new));
        }
        for note in notes {
            let place =
                if note.line == 0 { String::new() } else { format!("line {}: ", note.line) };
            let what = if note.what.is_empty() { String::new() } else { code(&note.what) + ": " };
            _ = writeln!(text, "- {place}{what}{}", note.done);
        }
    }
    let whole = became.iter().filter(|(old, _)| !files.contains_key(old.as_str()));
    let whole: Vec<String> =
        whole.map(|(old, new)| format!("- {}: became {}\n", code(old), code(new))).collect();
    if !whole.is_empty() {
        text += "\n## Came over whole\n\n";
        text += &whole.concat();
    }
    text
}

/// A text as code in one line, whatever it holds.
pub fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(longest + 1);
    let pad =
        if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{marks}{pad}{text}{pad}{marks}")
}
