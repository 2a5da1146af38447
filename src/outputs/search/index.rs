//! Which word stands in which documents, and how much it tells there.
//!
//! Chunks of documents are read in parallel, each with a vocabulary of its own, so that a word is
//! brought to its form once a chunk; then the chunks are joined in their order.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::documents::{FIELDS, Field, Words};
use super::forms::{self, Form, Language};

/// The highest level of a posting.
pub const LEVELS: u8 = 31;

/// How soon more of the same word stops to count (the `k1` of BM25F, for these weights).
const SATURATION: f64 = 6.0;

/// What was read of some documents.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Terms in the order of first use.
    terms: Vec<String>,
    /// For each document its terms, each once, with how often it stands in each field.
    documents: Vec<Vec<(usize, Counts)>>,
    /// For each document how long its fields are, in words.
    lengths: Vec<Counts>,
}

type Counts = [u32; FIELDS.len()];

/// A term's documents by number, each with its level from 1 to [`LEVELS`].
pub type Postings = Vec<(usize, u8)>;

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
type Rest = (usize, Vec<usize>);

/// Reads documents, in the order given.
pub fn read<'a>(
    documents: impl IntoIterator<Item = &'a Words>,
    language: Language,
    synonyms: &Synonyms,
) -> Chunk {
    let mut reader = Reader::new(language, synonyms);
    let mut chunk = Chunk::default();
    for document in documents {
        let (terms, length) = reader.document(document);
        chunk.documents.push(terms);
        chunk.lengths.push(length);
    }
    chunk.terms = reader.terms;
    chunk
}

struct Reader {
    language: Language,
    stop_words: HashSet<&'static str>,
    /// What a stretch of text becomes: a term's number, and whether it is a stop word.
    known: HashMap<String, (usize, bool)>,
    numbers: HashMap<String, usize>,
    terms: Vec<String>,
    /// Phrases by the number of their first word.
    phrases: HashMap<usize, Vec<Rest>>,
}

impl Reader {
    fn new(language: Language, synonyms: &Synonyms) -> Self {
        let mut reader = Self {
            language,
            stop_words: language.stop_words().split_whitespace().collect(),
            known: HashMap::new(),
            numbers: HashMap::new(),
            terms: Vec::new(),
            phrases: HashMap::new(),
        };
        for (term, forms) in &synonyms.phrases {
            let term = reader.number(term.clone());
            let mut forms: Vec<usize> =
                forms.iter().map(|form| reader.number(form.clone())).collect();
            let first = forms.remove(0);
            reader.phrases.entry(first).or_default().push((term, forms));
        }
        reader
    }

    fn number(&mut self, term: String) -> usize {
        let next = self.terms.len();
        *self.numbers.entry(term).or_insert_with_key(|term| {
            self.terms.push(term.clone());
            next
        })
    }

    /// A document's terms, each once, and how long its fields are.
    fn document(&mut self, document: &Words) -> (Vec<(usize, Counts)>, Counts) {
        let mut found: Vec<(usize, Field)> = Vec::new();
        let mut lengths = Counts::default();
        let mut stretches = Vec::new();
        for (field, text) in document {
            self.stretches(text, &mut stretches);
            for (at, (term, stop)) in stretches.iter().enumerate() {
                lengths[*field as usize] += u32::from(!stop);
                if !stop || *field == Field::Title {
                    found.push((*term, *field));
                }
                for (phrase, rest) in self.phrases.get(term).into_iter().flatten() {
                    let follows = stretches[at + 1..].iter().map(|(term, _)| term);
                    if follows.take(rest.len()).eq(rest) {
                        found.push((*phrase, *field));
                    }
                }
            }
        }
        found.sort_unstable_by_key(|(term, _)| *term);
        let terms = found.chunk_by(|a, b| a.0 == b.0).map(|same| {
            let mut counts = Counts::default();
            for (_, field) in same {
                counts[*field as usize] += 1;
            }
            (same[0].0, counts)
        });
        (terms.collect(), lengths)
    }

    fn stretches(&mut self, text: &str, out: &mut Vec<(usize, bool)>) {
        out.clear();
        let language = self.language;
        forms::each(text, language, |stretch, form| {
            if let Some(known) = self.known.get(stretch) {
                out.push(*known);
                return;
            }
            let stop =
                form == Form::Word && self.stop_words.contains(forms::fold(stretch).as_str());
            let term = self.number(forms::normal(stretch, form, language));
            self.known.insert(stretch.to_owned(), (term, stop));
            out.push((term, stop));
        });
    }
}

/// Joins the chunks, whose documents are numbered through, and weighs each word: BM25F without the
/// rarity of the word, which the browser knows from the length of the list. A document is long or
/// short among those of its own kind.
pub fn join(kinds: [Vec<Chunk>; 2]) -> BTreeMap<String, Postings> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut lists: Vec<Postings> = Vec::new();
    let mut document = 0;
    for chunks in kinds {
        let averages = averages(&chunks);
        for chunk in chunks {
            let own = chunk.terms.into_iter().map(|term| {
                let next = numbers.len();
                *numbers.entry(term).or_insert(next)
            });
            let own: Vec<usize> = own.collect();
            lists.resize(numbers.len(), Postings::new());
            for (terms, length) in chunk.documents.iter().zip(&chunk.lengths) {
                for (term, counts) in terms {
                    lists[own[*term]].push((document, level(counts, length, &averages)));
                }
                document += 1;
            }
        }
    }
    let terms = numbers.into_iter().map(|(term, at)| (term, std::mem::take(&mut lists[at])));
    terms.filter(|(_, postings)| !postings.is_empty()).collect()
}

/// How long the fields of a document are on average.
fn averages(chunks: &[Chunk]) -> [f64; FIELDS.len()] {
    let mut totals = [0_u64; FIELDS.len()];
    for length in chunks.iter().flat_map(|chunk| &chunk.lengths) {
        for (total, own) in totals.iter_mut().zip(length) {
            *total += u64::from(*own);
        }
    }
    let count: usize = chunks.iter().map(|chunk| chunk.lengths.len()).sum();
    totals.map(|total| as_f64(total) / as_f64(count.max(1) as u64))
}

fn level(counts: &Counts, lengths: &Counts, averages: &[f64; FIELDS.len()]) -> u8 {
    let mut weight = 0.0;
    for (field, (worth, lengthy)) in FIELDS.iter().enumerate() {
        if counts[field] == 0 {
            continue;
        }
        let long = f64::from(lengths[field].max(1)) / averages[field].max(1.0);
        weight += worth * f64::from(counts[field]) / (1.0 - lengthy + lengthy * long);
    }
    let part = weight / (weight + SATURATION);
    let levels = f64::from(LEVELS);
    (1..=LEVELS).rev().find(|level| part * levels >= f64::from(*level) - 0.5).unwrap_or(1)
}

#[allow(clippy::cast_precision_loss)] // a site has fewer than 2^52 words
fn as_f64(count: u64) -> f64 {
    count as f64
}
