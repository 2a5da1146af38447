//! The terms of a site, and which of them a stretch of text is.

use std::sync::{Mutex, PoisonError};

use foldhash::{HashMap, HashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::forms::{self, Form, Language};

/// Every term of a site with its number, and what is known of them before the first text is read.
#[derive(Debug)]
pub struct Vocabulary {
    language: Language,
    stop_words: HashSet<&'static str>,
    numbers: Mutex<HashMap<String, u32>>,
    /// Phrases by the number of their first word.
    phrases: HashMap<u32, Vec<Phrase>>,
}

/// Words that are one term with others, as site.yaml says.
#[derive(Debug)]
pub struct Phrase {
    /// The term.
    pub term: u32,
    /// Its words behind the first.
    pub rest: Vec<u32>,
}

/// What a stretch of text is.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// The number of its term.
    pub term: u32,
    /// Whether it carries no subject.
    pub stop: bool,
    /// Whether a phrase begins with it.
    pub begins: bool,
}

/// What stretches of text are, by their hash: so a word of a text costs one look into memory, and
/// threads seldom wait for each other. That two of a site's words share 64 bits will not happen.
pub type Known = HashMap<u64, Word>;

impl Vocabulary {
    /// With the synonyms of site.yaml; the term of the first group is `#0`.
    pub fn new(language: Language, synonyms: &[Vec<String>]) -> Self {
        let mut vocabulary = Self {
            language,
            stop_words: language.stop_words().split_whitespace().collect(),
            numbers: Mutex::default(),
            phrases: HashMap::default(),
        };
        for (group, phrases) in synonyms.iter().enumerate() {
            let term = vocabulary.number(format!("#{group}"));
            for phrase in phrases {
                let mut words = Vec::new();
                forms::each(phrase, language, |stretch, form| {
                    words.push(vocabulary.number(forms::normal(stretch, form, language)));
                });
                if let Some((first, rest)) = words.split_first() {
                    let rest = rest.to_vec();
                    vocabulary.phrases.entry(*first).or_default().push(Phrase { term, rest });
                }
            }
        }
        vocabulary
    }

    /// All terms with their numbers.
    pub fn into_terms(self) -> Vec<(String, u32)> {
        let numbers = self.numbers.into_inner().unwrap_or_else(PoisonError::into_inner);
        numbers.into_iter().collect()
    }

    /// The phrases that begin with a word, given the words behind it.
    pub fn phrases<'a>(&'a self, first: Word, behind: &'a [Word]) -> impl Iterator<Item = u32> {
        let phrases = first.begins.then(|| self.phrases.get(&first.term)).flatten();
        let follows = |phrase: &&Phrase| {
            let next = behind.iter().map(|word| &word.term);
            next.take(phrase.rest.len()).eq(&phrase.rest)
        };
        phrases.into_iter().flatten().filter(follows).map(|phrase| phrase.term)
    }

    /// The words of a text.
    pub fn read(&self, text: &str, known: &mut Known) -> Vec<Word> {
        // cut first and looked up then, a processor waits for the memory of several words at once
        let mut stretches = Vec::with_capacity(text.len() / 5);
        forms::each(text, self.language, |stretch, form| {
            stretches.push((xxh3_64(stretch.as_bytes()), stretch, form));
        });
        let words = stretches.into_iter().map(|(hash, stretch, form)| {
            let word = known.get(&hash).copied();
            word.unwrap_or_else(|| *known.entry(hash).or_insert(self.word(stretch, form)))
        });
        words.collect()
    }

    fn word(&self, stretch: &str, form: Form) -> Word {
        let term = self.number(forms::normal(stretch, form, self.language));
        let stop = form == Form::Word && self.stop_words.contains(&*forms::fold(stretch));
        Word { term, stop, begins: self.phrases.contains_key(&term) }
    }

    fn number(&self, term: String) -> u32 {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(term).or_insert(next)
    }
}
