//! The sentences of a body, each with its place in the source: paragraphs, lists, quotations and
//! definitions, without headings, tables, code and messages.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, TagEnd};

use super::sentences;
use crate::markdown;
use crate::source::{Source, Span};

/// A sentence as readers see it.
pub struct Sentence {
    /// Without markup.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The sentences from byte `start` of the source on.
pub fn sentences(source: &Source, start: usize) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut passage = Passage::default();
    let mut left_out = 0_usize;
    let parser = Parser::new_ext(&source.text[start..], markdown::options()).into_offset_iter();
    for (event, range) in parser {
        let tag = match &event {
            Event::Start(tag) => Some(tag.to_end()),
            Event::End(tag) => Some(*tag),
            _ => None,
        };
        if tag.is_some_and(|tag| !stands_in_a_line(tag)) {
            found.append(&mut std::mem::take(&mut passage).sentences());
        }
        let span = start + range.start..start + range.end;
        match event {
            Event::Start(tag) if is_no_prose(tag.to_end()) => left_out += 1,
            Event::End(tag) if is_no_prose(tag) => left_out -= 1,
            Event::Text(text) | Event::Code(text) if left_out == 0 => passage.push(&text, span),
            Event::SoftBreak | Event::HardBreak if left_out == 0 => passage.push(" ", span),
            _ => {}
        }
    }
    found
}

/// The words between two changes of block.
#[derive(Default)]
struct Passage {
    text: String,
    /// For each stretch of the text, where it begins and where it stands in the source.
    origins: Vec<(usize, Range<usize>)>,
}

impl Passage {
    fn push(&mut self, text: &str, span: Range<usize>) {
        self.origins.push((self.text.len(), span));
        self.text.push_str(text);
    }

    fn sentences(self) -> Vec<Sentence> {
        let sentences = sentences::split(&self.text).into_iter();
        sentences
            .map(|range| Sentence {
                span: Span::new(self.origin(range.start, 0), self.origin(range.end - 1, 1)),
                text: self.text[range].to_owned(),
            })
            .collect()
    }

    /// The place in the source of byte `at`, or of the one `behind` it. Where the parser set another
    /// character, such as a curly quotation mark, it is inside the one that was typed.
    fn origin(&self, at: usize, behind: usize) -> usize {
        let after = self.origins.partition_point(|(own, _)| *own <= at);
        let stretch = self.origins.get(after.saturating_sub(1));
        stretch.map_or(0, |(own, span)| (span.start + at - own + behind).min(span.end))
    }
}

fn stands_in_a_line(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(tag, Emphasis | Image | Link | Strikethrough | Strong | Subscript | Superscript)
}

fn is_no_prose(tag: TagEnd) -> bool {
    use TagEnd::{CodeBlock, DefinitionListTitle, Heading, Image, Table};
    matches!(tag, CodeBlock | DefinitionListTitle | Heading(_) | Image | Table)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
---
# Not this

One *line,* and
another. \"Two\" & `three` Done \\[here\\]

- an item ![not this](a.png)
- [a link](b.md). And more

| not | this |
|-----|------|
| nor | this |

Term
: What it is.

```template
not this
```

> [!TIP]
> Try it\u{2026}
";

    #[test]
    fn sentences_know_their_place() {
        let source = Source::new("a.md", TEXT);
        let all = sentences(&source, "---\n".len());
        let texts: Vec<&str> = all.iter().map(|one| one.text.as_str()).collect();
        let written: Vec<&str> = all.iter().map(|one| &TEXT[one.span.range()]).collect();
        assert_eq!(
            texts,
            [
                "One line, and another.",
                "\u{201c}Two\u{201d} & three Done [here]",
                "an item",
                "a link.",
                "And more",
                "What it is.",
                "Try it\u{2026}",
            ]
        );
        assert_eq!(
            written,
            [
                "One *line,* and\nanother.",
                "\"Two\" & `three` Done \\[here\\]",
                "an item",
                "a link](b.md).",
                "And more",
                "What it is.",
                "Try it\u{2026}",
            ]
        );
    }
}
