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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::DIALECTS;

    fn written(number: usize) -> String {
        let corpus = Corpus::new(Shape::usual(400));
        (DIALECTS[0].article)(&corpus, &corpus.article(number)).text
    }

    /// Figures of another day mean nothing beside those of another corpus.
    #[test]
    fn an_article_is_the_same_bytes_everywhere_and_always() {
        let text = written(7);
        let sum =
            text.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        assert_eq!((text.len(), sum), (5736, 5_704_797_659_111_020_532));
    }

    #[test]
    fn articles_have_about_880_words() {
        let words = (0..400).map(|number| {
            let text = written(number);
            let body = text.splitn(3, "---\n").nth(2).unwrap_or_default();
            body.split_whitespace().count()
        });
        let mean = words.sum::<usize>() / 400;
        assert!((860..900).contains(&mean), "{mean} words");
    }

    #[test]
    fn no_article_leads_to_itself_or_to_none() {
        let corpus = Corpus::new(Shape::usual(400));
        for number in 0..400 {
            let article = corpus.article(number);
            let links = article.blocks.iter().flat_map(|block| match block {
                Block::Paragraph(parts) => parts.as_slice(),
                _ => &[],
            });
            let links = links.filter_map(|part| match part {
                Inline::Link(_, to) => Some(*to),
                _ => None,
            });
            for to in links.chain(article.related) {
                assert!(to != number && to < 400, "{number} leads to {to}");
            }
        }
    }
}
