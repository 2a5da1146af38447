//! Which word stands in which documents, and how much it tells there.
//!
//! Chunks of documents are read in parallel. What a word tells is weighed when all are read: only then
//! it is known how long a document is on average.

use rayon::prelude::*;

use super::documents::{FIELDS, Field, Words};
use super::found::{Counts, Found};
use super::shards::{self, Postings};
use super::vocabulary::{Known, Vocabulary};

/// The highest level of a posting.
pub const LEVELS: u8 = 31;

/// How soon more of the same word stops to count (the `k1` of BM25F, for these weights).
const SATURATION: f64 = 6.0;

/// How many chunks are brought into the order of terms at once, at least: in a large site an eighth of
/// them, since each term is looked up in every group.
const GROUP: usize = 8;

/// What was read of some documents.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Document after document, each of its terms once.
    found: Found,
    documents: Vec<Document>,
}

impl Chunk {
    /// The same, without the room for more.
    #[must_use]
    pub fn read(mut self) -> Self {
        self.found.shrink();
        self.documents.shrink_to_fit();
        self
    }
}

/// How long the fields of documents are on average, in words.
type Averages = [f64; FIELDS.len()];

#[derive(Debug)]
struct Document {
    /// How many terms it has.
    terms: usize,
    /// How long its fields are, in words.
    lengths: [u32; FIELDS.len()],
}

/// Reads one document after the other.
pub struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    known: Known,
    /// For each term how often it stands in the document.
    counts: Vec<Counts>,
    /// The terms that stand in it.
    terms: Vec<u32>,
}

impl<'a> Reader<'a> {
    /// A reader that knows no word yet.
    pub fn new(vocabulary: &'a Vocabulary) -> Self {
        Self { vocabulary, known: Known::default(), counts: Vec::new(), terms: Vec::new() }
    }

    /// Adds the next document to a chunk.
    pub fn document(&mut self, document: &Words<'_>, chunk: &mut Chunk) {
        let mut lengths = [0; FIELDS.len()];
        for (field, text) in document {
            let words = self.vocabulary.read(text, &mut self.known);
            for (at, word) in words.iter().enumerate() {
                lengths[*field as usize] += u32::from(!word.stop);
                if !word.stop || *field == Field::Title {
                    self.count(word.term, *field);
                }
                if word.begins {
                    for term in self.vocabulary.phrases(*word, &words[at + 1..]) {
                        self.count(term, *field);
                    }
                }
            }
        }
        chunk.documents.push(Document { terms: self.terms.len(), lengths });
        for term in self.terms.drain(..) {
            chunk.found.push(term, std::mem::take(&mut self.counts[term as usize]));
        }
    }

    fn count(&mut self, term: u32, field: Field) {
        let at = term as usize;
        if at >= self.counts.len() {
            self.counts.resize(at + 1, Counts::default());
        }
        let counts = &mut self.counts[at];
        if *counts == Counts::default() {
            self.terms.push(term);
        }
        counts[field as usize] = counts[field as usize].saturating_add(1);
    }
}

/// The terms in the order of the shards, each with its number, and their lists.
pub struct Index {
    /// Only those that stand in a document.
    pub terms: Vec<(String, u32)>,
    groups: Vec<Lists>,
}

impl Index {
    /// The documents of the term with a number.
    pub fn postings(&self, term: u32) -> Postings {
        let mut postings = Postings::default();
        for lists in &self.groups {
            lists.of(term).for_each(|(document, level)| postings.push(document, level));
        }
        postings
    }
}

/// Joins the chunks, whose documents are numbered through, and weighs each word: BM25F without the
/// rarity of the word, which the browser knows from the length of the list. A document is long or
/// short among those of its own kind.
pub fn join(kinds: [Vec<Chunk>; 2], vocabulary: Vocabulary) -> Index {
    let mut number = 0;
    let mut groups: Vec<Vec<(u32, Averages, Chunk)>> = Vec::new();
    let together = kinds.iter().map(Vec::len).sum::<usize>().div_ceil(8).max(GROUP);
    for chunks in kinds {
        let averages = averages(&chunks);
        for chunk in chunks {
            let first = number;
            number += u32::try_from(chunk.documents.len()).unwrap_or(u32::MAX);
            match groups.last_mut().filter(|group| group.len() < together) {
                Some(group) => group.push((first, averages, chunk)),
                None => groups.push(vec![(first, averages, chunk)]),
            }
        }
    }
    let mut terms = vocabulary.into_terms();
    // each group goes when its lists are there
    let groups = groups.into_par_iter().map(|group| lists(&group, terms.len()));
    let groups: Vec<Lists> = groups.collect();
    terms.retain(|(_, number)| groups.iter().any(|lists| lists.of(*number).next().is_some()));
    shards::sort(&mut terms);
    Index { terms, groups }
}

/// The documents of each term, and the levels.
struct Lists {
    /// Where each term's list ends; the next begins there.
    ends: Vec<u32>,
    /// Each a document's number and a level.
    postings: Vec<u32>,
}

/// How many bits of a posting are its level.
const LEVEL_BITS: u32 = (LEVELS + 1).ilog2();

impl Lists {
    fn of(&self, term: u32) -> impl Iterator<Item = (usize, u8)> {
        let end = |term: u32| self.ends[term as usize] as usize;
        let start = term.checked_sub(1).map_or(0, end);
        self.postings[start..end(term)].iter().map(|posting| {
            let [low, ..] = posting.to_le_bytes();
            ((posting >> LEVEL_BITS) as usize, low & LEVELS)
        })
    }
}

/// Brings chunks into the order of terms: each term is counted, so that its place is known.
fn lists(chunks: &[(u32, Averages, Chunk)], terms: usize) -> Lists {
    let mut places = vec![0; terms];
    for (_, _, chunk) in chunks {
        chunk.found.iter().for_each(|(term, _)| places[term as usize] += 1);
    }
    let mut total = 0;
    for place in &mut places {
        let own = std::mem::replace(place, total);
        total += own;
    }
    let mut postings = vec![0; total as usize];
    for (first, averages, chunk) in chunks {
        let mut found = chunk.found.iter();
        for (document, number) in chunk.documents.iter().zip(*first..) {
            let worth = worth(document, averages);
            for (term, counts) in found.by_ref().take(document.terms) {
                let place = &mut places[term as usize];
                postings[*place as usize] = number << LEVEL_BITS | u32::from(level(counts, &worth));
                *place += 1;
            }
        }
    }
    Lists { ends: places, postings }
}

/// How long the fields of a document are on average.
fn averages(chunks: &[Chunk]) -> Averages {
    let mut totals = [0_u64; FIELDS.len()];
    for document in chunks.iter().flat_map(|chunk| &chunk.documents) {
        for (total, own) in totals.iter_mut().zip(document.lengths) {
            *total += u64::from(own);
        }
    }
    let count: usize = chunks.iter().map(|chunk| chunk.documents.len()).sum();
    totals.map(|total| as_f64(total) / as_f64(count.max(1) as u64))
}

/// What one word in each field tells in this document.
fn worth(document: &Document, averages: &Averages) -> [f64; FIELDS.len()] {
    std::array::from_fn(|field| {
        let (worth, lengthy) = FIELDS[field];
        let long = f64::from(document.lengths[field].max(1)) / averages[field].max(1.0);
        worth / (1.0 - lengthy + lengthy * long)
    })
}

/// From 1 to [`LEVELS`].
fn level(counts: Counts, worth: &[f64; FIELDS.len()]) -> u8 {
    let weight: f64 =
        counts.into_iter().zip(worth).map(|(count, worth)| f64::from(count) * worth).sum();
    let part = weight / (weight + SATURATION);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to LEVELS
    let level = (part * f64::from(LEVELS)).round() as u8;
    level.clamp(1, LEVELS)
}

#[allow(clippy::cast_precision_loss)] // a site has fewer than 2^52 words
fn as_f64(count: u64) -> f64 {
    count as f64
}
