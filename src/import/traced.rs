//! A text on its way, each line of which knows the line of the file that it comes from.

use std::ops::Range;

/// A text and where its lines come from.
#[derive(Debug, Clone)]
pub struct Traced {
    /// The text as it is now.
    pub text: String,
    /// For each of its lines, the line of the source, from 1.
    lines: Vec<usize>,
    /// For each of its lines, the byte where it begins.
    starts: Vec<usize>,
}

/// A stretch of a text and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// In bytes of the text.
    pub span: Range<usize>,
    /// May be empty.
    pub text: String,
}

/// An edit in short.
pub fn edit(span: Range<usize>, text: impl Into<String>) -> Edit {
    Edit { span, text: text.into() }
}

impl Traced {
    /// A text whose first line is line `first` of its source.
    pub fn new(text: &str, first: usize) -> Self {
        let lines = (0..=text.matches('\n').count()).map(|number| first + number).collect();
        Self::from_parts(text.to_owned(), lines)
    }

    fn from_parts(text: String, lines: Vec<usize>) -> Self {
        let starts = [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1));
        Self { starts: starts.collect(), text, lines }
    }

    /// The line of the source that the byte at `at` comes from.
    pub fn line(&self, at: usize) -> usize {
        let index = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        self.lines.get(index).copied().unwrap_or(1)
    }

    /// The same with the edits made. Where two of them meet, the one that begins first, and of two
    /// that begin together the longer, is made.
    #[must_use]
    pub fn edited(&self, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| (edit.span.start, std::cmp::Reverse(edit.span.end)));
        let mut text = String::with_capacity(self.text.len());
        let mut lines = vec![self.line(0)];
        let mut at = 0;
        for Edit { span, text: new } in edits {
            if span.start < at {
                continue;
            }
            self.copy(at..span.start, &mut text, &mut lines);
            lines.extend(new.matches('\n').map(|_| self.line(span.start)));
            text.push_str(&new);
            at = span.end;
        }
        self.copy(at..self.text.len(), &mut text, &mut lines);
        Self::from_parts(text, lines)
    }

    /// The same with each line rewritten; a rewritten line may be several.
    #[must_use]
    pub fn by_line(&self, mut rewrite: impl FnMut(&str, usize) -> String) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut lines = vec![self.line(0)];
        for (number, line) in self.text.split_inclusive('\n').enumerate() {
            let source = self.lines.get(number).copied().unwrap_or(1);
            if let Some(last) = lines.last_mut().filter(|_| text.is_empty() || text.ends_with('\n'))
            {
                *last = source;
            }
            let new = rewrite(line, source);
            lines.extend(new.matches('\n').map(|_| source));
            text.push_str(&new);
        }
        Self::from_parts(text, lines)
    }

    fn copy(&self, span: Range<usize>, text: &mut String, lines: &mut Vec<usize>) {
        let piece = &self.text[span.clone()];
        lines.extend(piece.match_indices('\n').map(|(at, _)| self.line(span.start + at + 1)));
        text.push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_origin_through_edits() {
        let text = Traced::new("one\ntwo\nthree\n", 5);
        let text = text.edited(vec![edit(4..7, "2\n2\n2"), edit(0..3, ""), edit(5..9, "lost")]);
        assert_eq!(text.text, "\n2\n2\n2\nthree\n");
        let lines: Vec<usize> = [0, 1, 3, 5, 7].map(|at| text.line(at)).into();
        assert_eq!(lines, [5, 6, 6, 6, 7]);
        let text = text.by_line(|line, _| if line == "2\n" { String::new() } else { line.into() });
        assert_eq!((text.text.as_str(), text.line(1)), ("\nthree\n", 7));
    }
}
