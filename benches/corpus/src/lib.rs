//! Made articles for measuring: about 880 words each, as unevenly common as the words of a language
//! are, with what the articles of a knowledge base have. One and the same article is written in the
//! dialect of each generator.
//!
//! 1. [`Shape`] says how many articles, and how they hang together.
//! 2. [`Corpus`] makes them, each by itself, from its number: nothing of the machine, the day or the
//!    order goes in.
//! 3. [`dialect`] writes one as the Markdown file of a generator.

#![forbid(unsafe_code)]

pub mod article;
mod body;
pub mod dialect;
mod random;
pub mod words;

pub use article::{Article, Block, Inline, Message};

/// How many articles there are, and what they share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// How many.
    pub articles: usize,
    /// Whether all stand in one folder.
    pub one_folder: bool,
    /// How many different tags there are, and who has them.
    pub tags: Tags,
}

/// How tags are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tags {
    /// So many, a few on a great share of the articles and a long tail on few.
    LongTail(usize),
    /// So many, each on as many articles as any other.
    Even(usize),
    /// As the long tail of 300, and one more on every article.
    Shared,
}

impl Shape {
    /// What a grown knowledge base looks like.
    pub fn usual(articles: usize) -> Self {
        Self { articles, one_folder: false, tags: Tags::LongTail(300) }
    }

    /// The sections: six, or one for each 500 articles where that is more.
    pub fn sections(&self) -> usize {
        if self.one_folder { 1 } else { (self.articles / 500).max(6) }
    }
}

/// A knowledge base that does not exist.
#[derive(Debug, Clone, Copy)]
pub struct Corpus {
    /// How it was asked for.
    pub shape: Shape,
}

/// The stages of hiring, by key, with the words a reader sees.
pub const STAGES: [(&str, &str); 6] = [
    ("application", "After an application"),
    ("phone-screen", "After a phone screen"),
    ("interview", "After an interview"),
    ("final-round", "Final round"),
    ("offer-withdrawn", "Offer withdrawn"),
    ("internal", "Internal move"),
];

impl Corpus {
    /// The articles of a shape.
    pub fn new(shape: Shape) -> Self {
        Self { shape }
    }

    /// The name of a section's folder.
    pub fn section(number: usize) -> String {
        format!("{}-{number}", words::word(400 + number % 2000))
    }

    /// The name of a section as readers see it.
    pub fn section_title(number: usize) -> String {
        format!("{} {number}", words::capital(&words::word(400 + number % 2000)))
    }
}
