//! A text file of the site, and where a byte of it stands.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::memo;

/// A text file with its name and, on demand, the start of every line.
#[derive(Debug, Clone)]
pub struct Source {
    /// Relative to the root, with `/` on every machine, no leading slash: `content/reply/note.md`.
    pub path: String,
    /// UTF-8, without a byte order mark, line ends as in the file.
    pub text: Arc<str>,
    lines: OnceLock<Vec<usize>>,
    hash: OnceLock<u64>,
}

/// Texts by their path.
pub type Sources<'a> = HashMap<&'a str, &'a Source>;

/// Puts texts where they are found by their path.
pub fn by_path<'a>(sources: impl IntoIterator<Item = &'a Source>) -> Sources<'a> {
    sources.into_iter().map(|source| (source.path.as_str(), source)).collect()
}

/// A range of bytes in one file.
#[derive(Debug, Default, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A line and a column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Source {
    /// `path` is relative to the root, with forward slashes. A leading byte order mark is dropped.
    pub fn new(path: impl Into<String>, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { path: path.into(), text: text.into(), lines: OnceLock::new(), hash: OnceLock::new() }
    }

    /// Whether it is the same text at the same path, or a copy of it; one that was read anew is not.
    pub fn is(&self, other: &Self) -> bool {
        self.path == other.path && Arc::ptr_eq(&self.text, &other.text)
    }

    /// A hash of its path, its text and what else decides about it.
    pub fn hash(&self, seed: u64) -> u64 {
        let own = self
            .hash
            .get_or_init(|| xxh3_64_with_seed(self.text.as_bytes(), xxh3_64(self.path.as_bytes())));
        memo::join(seed, *own)
    }

    /// Where byte `offset` stands; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let lines = self.lines.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        });
        let line = lines.partition_point(|start| *start <= offset);
        let column = self.text[lines[line - 1]..offset].chars().count() + 1;
        Position { line, column }
    }
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// As a range, to index a text with.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let source = Source::new("a.md", "\u{feff}eins\nzw\u{f6}lf\n");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(9), Position { line: 2, column: 4 });
        assert_eq!(source.position(99), Position { line: 3, column: 1 });
    }
}
