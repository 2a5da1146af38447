//! One made article, as no generator's dialect has it yet.

use crate::random::Random;
use crate::words::{capital, word};
use crate::{Corpus, STAGES, Tags, body};

/// What one file says.
#[derive(Debug)]
pub struct Article {
    /// Its number, from 0.
    pub number: usize,
    /// Its section's number.
    pub section: usize,
    /// The file's name without `.md`; no two articles share one.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// `2021-07-16`.
    pub date: String,
    /// Keys of [`STAGES`].
    pub stages: Vec<&'static str>,
    /// In the order written, none twice.
    pub tags: Vec<String>,
    /// Numbers of other articles.
    pub related: Vec<usize>,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// A block of Markdown.
#[derive(Debug)]
pub enum Block {
    /// Of level 2 or 3.
    Heading(usize, String),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list without numbers.
    List(Vec<String>),
    /// A language and lines of it.
    Code(&'static str, String),
    /// A message to copy.
    Message(Message),
}

/// A part of a paragraph.
#[derive(Debug)]
pub enum Inline {
    /// Words as they are.
    Text(String),
    /// Words that matter.
    Strong(String),
    /// Words that lead to the article of this number.
    Link(String, usize),
}

/// A message for readers to fill in and send.
#[derive(Debug)]
pub struct Message {
    /// What it is for.
    pub title: String,
    /// How it sounds.
    pub tone: &'static str,
    /// Its subject line.
    pub subject: String,
    /// Paragraphs, with placeholders in brackets.
    pub paragraphs: Vec<String>,
}

/// What a number is drawn for: each has its own row of numbers, so that one more tag moves no word.
pub(crate) enum Purpose {
    Title = 1,
    Terms,
    Related,
    Body,
}

impl Corpus {
    /// The article of a number below the shape's `articles`.
    pub fn article(&self, number: usize) -> Article {
        let mut terms = Self::random(number, Purpose::Terms);
        let mut stages = vec![terms.one_of(&STAGES).0, terms.one_of(&STAGES).0];
        stages.dedup();
        let title = self.title(number);
        let description = format!("{}.", body::words(&mut terms, 14));
        let date = format!(
            "{}-{:02}-{:02}",
            terms.between(2016, 2025),
            terms.between(1, 12),
            terms.between(1, 28)
        );
        Article {
            number,
            section: self.section_of(number),
            slug: self.slug(number),
            title,
            description: capital(&description),
            date,
            stages,
            tags: self.tags(number, &mut terms),
            related: self.related(number),
            blocks: body::blocks(self, number),
        }
    }

    /// The section that an article stands in.
    pub fn section_of(&self, number: usize) -> usize {
        number % self.shape.sections()
    }

    /// An article's title: three words and its number, so that no two are one.
    pub fn title(&self, number: usize) -> String {
        let mut random = Self::random(number, Purpose::Title);
        format!("{} {number}", capital(&body::names(&mut random, 3)))
    }

    /// The name of an article's file.
    pub fn slug(&self, number: usize) -> String {
        self.title(number).to_lowercase().replace(' ', "-")
    }

    /// Another article, at times a neighbour, as authors mention what they know.
    pub(crate) fn other(&self, number: usize, random: &mut Random) -> usize {
        let end = self.shape.articles;
        let step = 1 + random.uneven(end.saturating_sub(1).max(1));
        (number + step) % end
    }

    pub(crate) fn random(number: usize, purpose: Purpose) -> Random {
        Random::new(number as u64, purpose as u64)
    }

    fn related(&self, number: usize) -> Vec<usize> {
        let mut random = Self::random(number, Purpose::Related);
        let mut related: Vec<usize> = Vec::new();
        for _ in 0..random.between(2, 3) {
            let other = self.other(number, &mut random);
            if other != number && !related.contains(&other) {
                related.push(other);
            }
        }
        related
    }

    fn tags(&self, number: usize, random: &mut Random) -> Vec<String> {
        let wanted = random.between(2, 4);
        let numbers: Vec<usize> = match self.shape.tags {
            Tags::LongTail(tags) => (0..wanted).map(|_| random.uneven(tags)).collect(),
            Tags::Shared => (0..wanted).map(|_| 1 + random.uneven(300)).chain([0]).collect(),
            Tags::Even(tags) => {
                // as many for each article as it takes for every tag to be on one
                let each = tags.div_ceil(self.shape.articles).max(3);
                (0..each).map(|step| (number * each + step) % tags).collect()
            }
        };
        let mut tags: Vec<String> = Vec::new();
        for tag in numbers.into_iter().map(|number| word(1000 + number)) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    }
}
