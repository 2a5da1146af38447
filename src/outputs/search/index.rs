//! Which word stands in which documents, and how much it tells there.
//!
//! Chunks of documents are read in parallel, each with a vocabulary of its own, so that a word is
//! brought to its form once a chunk; then the chunks are joined in their order.

use foldhash::{HashMap, HashMapExt, HashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::documents::{FIELDS, Field, Words};
use super::forms::{self, Form, Language};
use super::shards::Postings;

/// The highest level of a posting.
pub const LEVELS: u8 = 31;

/// How soon more of the same word stops to count (the `k1` of BM25F, for these weights).
const SATURATION: f64 = 6.0;

/// What was read of some documents.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Terms in the order of first use.
    terms: Vec<String>,
    /// Document after document, each of its terms once.
    found: Vec<Found>,
    documents: Vec<Document>,
}

/// A term in a document.
#[derive(Debug)]
struct Found {
    /// Its place in the chunk's list.
    term: u32,
    /// How often it stands in each field; more than fit make no difference.
    counts: [u8; FIELDS.len()],
}

#[derive(Debug)]
struct Document {
    /// How many terms it has.
    terms: usize,
    /// How long its fields are, in words.
    lengths: [u32; FIELDS.len()],
}

/// Words and phrases that are one term, each as the forms of its words.
#[derive(Debug, Default)]
pub struct Synonyms {
    phrases: Vec<(String, Vec<String>)>,
}

impl Synonyms {
    /// The groups of site.yaml; the term of the first is `#0`.
    pub fn new(groups: &[Vec<String>], language: Language) -> Self {
        let mut phrases = Vec::new();
        for (number, group) in groups.iter().enumerate() {
            for phrase in group {
                let mut forms = Vec::new();
                forms::each(phrase, language, |stretch, form| {
                    forms.push(forms::normal(stretch, form, language));
                });
                phrases.push((format!("#{number}"), forms));
            }
        }
        phrases.retain(|(_, forms)| !forms.is_empty());
        Self { phrases }
    }
}

/// A phrase's term, and the forms of its words behind the first.
type Rest = (u32, Vec<u32>);

/// Reads one document after the other.
pub struct Reader {
    language: Language,
    stop_words: HashSet<&'static str>,
    /// What a stretch of text, by its hash, becomes: a term's number, and whether it is a stop word.
    /// A word costs one look into memory; that two of a site's words share 64 bits will not happen.
    known: HashMap<u64, (u32, bool)>,
    numbers: HashMap<String, u32>,
    /// Phrases by the number of their first word.
    phrases: HashMap<u32, Vec<Rest>>,
    /// For each term, the place of its last `Found`.
    last: Vec<usize>,
    chunk: Chunk,
}

impl Reader {
    /// Begins a chunk.
    pub fn new(language: Language, synonyms: &Synonyms) -> Self {
        let stop_words = language.stop_words().split_whitespace();
        let mut reader = Self {
            language,
            stop_words: stop_words.collect(),
            known: HashMap::new(),
            numbers: HashMap::new(),
            phrases: HashMap::new(),
            last: Vec::new(),
            chunk: Chunk::default(),
        };
        for (term, forms) in &synonyms.phrases {
            let term = reader.number(term.clone());
            let mut forms: Vec<u32> =
                forms.iter().map(|form| reader.number(form.clone())).collect();
            let first = forms.remove(0);
            reader.phrases.entry(first).or_default().push((term, forms));
        }
        reader
    }

    /// The chunk of all documents that were read.
    pub fn finish(self) -> Chunk {
        self.chunk
    }

    /// Reads the next document.
    pub fn document(&mut self, document: &Words<'_>) {
        let start = self.chunk.found.len();
        let mut lengths = [0; FIELDS.len()];
        let mut stretches = Vec::new();
        for (field, text) in document {
            self.stretches(text, &mut stretches);
            for at in 0..stretches.len() {
                let (term, stop) = stretches[at];
                lengths[*field as usize] += u32::from(!stop);
                if !stop || *field == Field::Title {
                    self.find(start, term, *field);
                }
                let Some(phrases) = self.phrases.get(&term) else { continue };
                let follows = |(_, rest): &&Rest| {
                    let next = stretches[at + 1..].iter().map(|(term, _)| term);
                    next.take(rest.len()).eq(rest)
                };
                let phrases: Vec<u32> = phrases.iter().filter(follows).map(|one| one.0).collect();
                for phrase in phrases {
                    self.find(start, phrase, *field);
                }
            }
        }
        let terms = self.chunk.found.len() - start;
        self.chunk.documents.push(Document { terms, lengths });
    }

    /// Counts a term in the document whose terms begin at `start`.
    fn find(&mut self, start: usize, term: u32, field: Field) {
        let found = &mut self.chunk.found;
        let last = &mut self.last[term as usize];
        let is_new = *last < start || found.get(*last).is_none_or(|found| found.term != term);
        if is_new {
            *last = found.len();
            found.push(Found { term, counts: [0; FIELDS.len()] });
        }
        let count = &mut found[*last].counts[field as usize];
        *count = count.saturating_add(1);
    }

    fn number(&mut self, term: String) -> u32 {
        if let Some(number) = self.numbers.get(&term) {
            return *number;
        }
        let number = u32::try_from(self.chunk.terms.len()).unwrap_or(u32::MAX);
        self.chunk.terms.push(term.clone());
        self.last.push(usize::MAX);
        self.numbers.insert(term, number);
        number
    }

    fn stretches(&mut self, text: &str, out: &mut Vec<(u32, bool)>) {
        out.clear();
        let language = self.language;
        forms::each(text, language, |stretch, form| {
            let hash = xxh3_64(stretch.as_bytes());
            if let Some(known) = self.known.get(&hash) {
                out.push(*known);
                return;
            }
            let stop =
                form == Form::Word && self.stop_words.contains(forms::fold(stretch).as_str());
            let term = self.number(forms::normal(stretch, form, language));
            self.known.insert(hash, (term, stop));
            out.push((term, stop));
        });
    }
}

/// Joins the chunks, whose documents are numbered through, and weighs each word: BM25F without the
/// rarity of the word, which the browser knows from the length of the list. A document is long or
/// short among those of its own kind.
pub fn join(kinds: [Vec<Chunk>; 2]) -> Vec<(String, Postings)> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut lists: Vec<Postings> = Vec::new();
    let mut number = 0;
    for chunks in kinds {
        let averages = averages(&chunks);
        for chunk in chunks {
            let own = chunk.terms.into_iter().map(|term| {
                let next = numbers.len();
                *numbers.entry(term).or_insert(next)
            });
            let own: Vec<usize> = own.collect();
            lists.resize_with(numbers.len(), Postings::default);
            let mut found = chunk.found.into_iter();
            for document in chunk.documents {
                let worth = worth(&document, &averages);
                for Found { term, counts } in found.by_ref().take(document.terms) {
                    lists[own[term as usize]].push(number, level(counts, &worth));
                }
                number += 1;
            }
        }
    }
    let terms = numbers.into_iter().map(|(term, at)| (term, std::mem::take(&mut lists[at])));
    terms.filter(|(_, postings)| !postings.is_empty()).collect()
}

/// How long the fields of a document are on average.
fn averages(chunks: &[Chunk]) -> [f64; FIELDS.len()] {
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
fn worth(document: &Document, averages: &[f64; FIELDS.len()]) -> [f64; FIELDS.len()] {
    std::array::from_fn(|field| {
        let (worth, lengthy) = FIELDS[field];
        let long = f64::from(document.lengths[field].max(1)) / averages[field].max(1.0);
        worth / (1.0 - lengthy + lengthy * long)
    })
}

/// From 1 to [`LEVELS`].
fn level(counts: [u8; FIELDS.len()], worth: &[f64; FIELDS.len()]) -> u8 {
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
