//! Fenced blocks that are more than code: one file and one row of [`BLOCKS`] each.

mod compare;
pub mod fields;
mod reminder;
mod template;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::piece::{Pair, Reminder, Template};
use crate::schema::near;
use crate::source::{Source, Span};

/// What a block is after parsing.
#[derive(Debug)]
pub enum Block {
    /// A message to fill in and send.
    Template(Template),
    /// Something to do on a later day.
    Reminder(Reminder),
    /// Instead of this, say that.
    Compare(Vec<Pair>),
    /// Finished HTML.
    Html(String),
}

/// A type of block.
pub struct BlockType {
    /// The word behind the opening fence.
    pub name: &'static str,
    /// Reads the block; what does not fit is reported, and `None` returned if nothing is left.
    pub parse: fn(&Fence<'_>, &mut Vec<Diagnostic>) -> Option<Block>,
}

/// Every type of block this site knows.
pub const BLOCKS: &[BlockType] = &[
    BlockType { name: "template", parse: template::parse },
    BlockType { name: "reminder", parse: reminder::parse },
    BlockType { name: "compare", parse: compare::parse },
    BlockType { name: "fields", parse: fields::parse },
];

/// A fenced block as the Markdown parser found it.
pub struct Fence<'a> {
    /// The article.
    pub source: &'a Source,
    /// The site's vocabulary.
    pub config: &'a Config,
    /// The whole block, fences included.
    pub span: Span,
    /// The lines between the fences, in the source (indentation included).
    pub inside: Span,
    /// The text between the fences, LF line ends.
    pub text: String,
    /// Pairs of offsets, in `text` and in the source, one for each stretch that was copied.
    pub origins: Vec<(usize, usize)>,
    /// Level of the heading above, 1 where there is none.
    pub level: u8,
}

impl Fence<'_> {
    /// A place of the source, from a range of `text`.
    pub fn place(&self, start: usize, end: usize) -> Place {
        let at = self.origin(start);
        Place::at(&self.source.path, at..at + (end - start))
    }

    /// The place of the opening fence.
    pub fn opening(&self) -> Place {
        let text = &self.source.text[self.span.range()];
        let line = text.find('\n').unwrap_or(text.len());
        let line = text[..line].trim_end().len();
        Place::at(&self.source.path, self.span.start..self.span.start + line)
    }

    /// The offset in the source of an offset in `text`.
    fn origin(&self, offset: usize) -> usize {
        let after = self.origins.partition_point(|(own, _)| *own <= offset);
        let (own, origin) =
            self.origins.get(after.saturating_sub(1)).copied().unwrap_or((0, self.inside.start));
        origin + offset.saturating_sub(own)
    }

    /// The source range of the lines `from..to` (in lines of `text`).
    fn lines(&self, from: usize, to: usize) -> Span {
        let inside = &self.source.text[self.inside.range()];
        let start_of = |line: usize| {
            let lengths = inside.split_inclusive('\n').take(line).map(str::len);
            self.inside.start + lengths.sum::<usize>()
        };
        Span::new(start_of(from), start_of(to))
    }
}

/// The type of the block that `name` opens.
pub fn find(name: &str) -> Option<&'static BlockType> {
    BLOCKS.iter().find(|block| block.name == name)
}

/// A hint where a word that is neither a block nor a language is nearly a block.
pub fn suggestion(name: &str) -> Option<String> {
    near::suggestion(name, BLOCKS.iter().map(|block| block.name))
}
