//! The index that search reads in the browser: static files, loaded only when search is used.
//!
//! `search/index.json` says what there is; a browser asks each time whether it is still the same. The
//! other files are numbered, `terms-0-1a2b3c.json`; the manifest knows the hash in the name, so that a
//! file under a name never changes, and one edit renames only what it changes. Their kinds: `terms`
//! (which word stands in which documents), `words` (every word, for misspelt ones), `page` (texts and
//! messages of a few pages) and `brief` (the same without text, for the list under a field, which is
//! made anew with every letter). Plain JSON is what GitHub Pages compresses. Documents are numbered:
//! first the pages, section by section, then their messages.

mod documents;
pub mod forms;
mod found;
mod index;
mod shards;
mod stop;
mod text;
mod vocabulary;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use self::documents::PageText;
use self::forms::Language;
use self::index::{Chunk, Reader};
use self::shards::Shard;
use self::vocabulary::Vocabulary;
use super::{Hand, Making, Output};
use crate::site::Site;

/// How many pages are read one after the other; a multiple of those that share a file.
const CHUNK: usize = 256;

/// How many pages share a file of briefs. A list shows a few of them, and the others are as good as
/// free.
const BRIEFS: usize = 16;

/// How many pages share a file of texts, in a site of so many. One alone is what a reader wants to
/// load; but many small files cost a build more than anything in them.
fn texts(pages: usize) -> usize {
    if pages < 1000 { 1 } else { 4 }
}

/// `search/index.json`.
#[derive(Debug, Serialize)]
struct Manifest<'a> {
    /// For each kind of file the hashes in their names, six letters each.
    files: BTreeMap<&'static str, String>,
    /// How many pages share a file.
    together: BTreeMap<&'static str, usize>,
    /// Which rule brings words to a form: `en`, `de` or empty.
    language: &'static str,
    /// Each section's key and how many pages it has; what stands beside the sections is last.
    sections: Vec<(&'a str, usize)>,
    /// Keys of the channels.
    channels: Vec<&'a str>,
    /// For each page the channels of its messages, by their place in the list: `0.2,,1`.
    messages: String,
    /// The first term of each file of terms.
    terms: Vec<String>,
    /// The first word of each file of words.
    words: Vec<String>,
    /// Words that are looked for in titles only.
    stop: &'static str,
    /// Words and phrases that mean the same; the documents of the first group are under `#0`.
    synonyms: &'a [Vec<String>],
    /// Placeholders that hold a day.
    dates: Vec<&'a str>,
}

/// What was read of some pages, and the hashes of the files that were made of them.
struct Read {
    pages: Chunk,
    messages: Chunk,
    whole: String,
    brief: String,
}

/// Makes the index.
pub fn make(making: &Making<'_>) -> Vec<Output> {
    let Making { site, hand, .. } = *making;
    let language = Language::of(&site.config.language.value);
    let pages = documents::order(site);
    let mut manifest = manifest(site, language, &pages);
    let (mut of_pages, mut of_messages) = (vec![], vec![]);
    let vocabulary = Vocabulary::new(language, &site.config.synonyms);
    for read in read(making, &pages, &vocabulary) {
        of_pages.push(read.pages);
        of_messages.push(read.messages);
        for (kind, hashes) in [("page", read.whole), ("brief", read.brief)] {
            manifest.files.entry(kind).or_default().push_str(&hashes);
        }
    }
    let index = index::join([of_pages, of_messages], vocabulary);
    let terms = index.terms.iter().map(|(term, _)| term);
    let lists = index.terms.iter().map(|(term, number)| (term, index.postings(*number)));
    let (terms, words) = rayon::join(
        || hand_on_all("terms", shards::terms(lists), hand),
        || hand_on_all("words", shards::lexicon(terms), hand),
    );
    manifest.files.extend([("terms", terms.1), ("words", words.1)]);
    (manifest.terms, manifest.words) = (terms.0, words.0);
    vec![output("index.json", json(&manifest))]
}

/// Hands on the shards of a kind as they are made; gives the first term and the hash of each.
fn hand_on_all(
    kind: &str,
    shards: impl Iterator<Item = Shard> + Send,
    hand: Hand<'_>,
) -> (Vec<String>, String) {
    let shards = shards.enumerate().par_bridge();
    let handed = shards.map(|(number, shard)| {
        (number, (shard.first, hand_on(kind, number, shard.text.into_bytes(), hand)))
    });
    let mut handed: Vec<(usize, (String, String))> = handed.collect();
    handed.sort_unstable();
    handed.into_iter().map(|(_, one)| one).unzip()
}

/// Reads all pages in parallel, and hands on the files of their texts.
fn read(making: &Making<'_>, pages: &[(usize, usize)], vocabulary: &Vocabulary) -> Vec<Read> {
    let together = texts(pages.len());
    // a reader learns the words of a site, so that each thread takes one that has learnt them
    let readers = Mutex::new(Vec::new());
    let readers = || readers.lock().unwrap_or_else(PoisonError::into_inner);
    let chunks = pages.par_chunks(CHUNK).enumerate().map(|(number, chunk)| {
        let reader = readers().pop();
        let mut reader = reader.unwrap_or_else(|| Reader::new(vocabulary));
        let read = read_chunk(making, number * CHUNK, chunk, together, &mut reader);
        readers().push(reader);
        read
    });
    chunks.collect()
}

/// The same for a few of them, whose first has this place among all.
fn read_chunk(
    Making { site, hand, is_over, .. }: &Making<'_>,
    first: usize,
    chunk: &[(usize, usize)],
    together: usize,
    reader: &mut Reader<'_>,
) -> Read {
    let (mut of_pages, mut of_messages) = (Chunk::default(), Chunk::default());
    let (mut whole, mut brief) = (String::new(), String::new());
    let mut read = |(section, index): &(usize, usize)| {
        let article = &site.articles[*index];
        let page = documents::page(site, *section, article);
        reader.document(&documents::words(site, article, &page), &mut of_pages);
        for message in documents::messages(article) {
            reader.document(&documents::message_words(site, article, message), &mut of_messages);
        }
        page
    };
    for (few, number) in chunk.chunks(BRIEFS).zip(first / BRIEFS..).take_while(|_| !is_over()) {
        let few: Vec<PageText> = few.iter().map(&mut read).collect();
        for (pages, number) in few.chunks(together).zip(number * BRIEFS / together..) {
            whole.push_str(&hand_on("page", number, json(&pages), hand));
        }
        let few: Vec<PageText> = few.into_iter().map(PageText::brief).collect();
        brief.push_str(&hand_on("brief", number, json(&few), hand));
    }
    Read { pages: of_pages.read(), messages: of_messages.read(), whole, brief }
}

/// Hands on the file of a kind with this number; gives the hash of what it holds, which is in its name.
fn hand_on(kind: &str, number: usize, bytes: Vec<u8>, hand: Hand<'_>) -> String {
    let hash = format!("{:06x}", xxh3_64(&bytes) >> 40);
    hand(output(&format!("{kind}-{number}-{hash}.json"), bytes));
    hash
}

fn output(name: &str, bytes: Vec<u8>) -> Output {
    Output { path: format!("search/{name}"), bytes, origin: "the search index".to_owned() }
}

fn manifest<'a>(site: &'a Site<'_>, language: Language, pages: &[(usize, usize)]) -> Manifest<'a> {
    let keys = site.structure.sections.iter().map(|section| section.key.as_str()).chain([""]);
    let count = |place| pages.iter().filter(|(section, _)| *section == place).count();
    let channels: Vec<&str> =
        site.config.channels.iter().map(|channel| channel.key.as_str()).collect();
    let mut messages = String::new();
    for (at, (_, index)) in pages.iter().enumerate() {
        messages.push_str(if at == 0 { "" } else { "," });
        for (at, message) in documents::messages(&site.articles[*index]).enumerate() {
            let channel = channels.iter().position(|key| *key == message.channel);
            let between = if at == 0 { "" } else { "." };
            // writing to a String cannot fail
            let _ = write!(messages, "{between}{}", channel.unwrap_or_default());
        }
    }
    let placeholders = site.config.placeholders.iter();
    let dates = placeholders.filter(|(_, one)| one.kind == "date");
    Manifest {
        files: BTreeMap::new(),
        together: BTreeMap::from([("brief", BRIEFS), ("page", texts(pages.len()))]),
        language: match language {
            Language::English => "en",
            Language::German => "de",
            Language::Other => "",
        },
        sections: keys.enumerate().map(|(place, key)| (key, count(place))).collect(),
        channels,
        messages,
        terms: Vec::new(),
        words: Vec::new(),
        stop: language.stop_words(),
        synonyms: &site.config.synonyms,
        dates: dates.map(|(key, _)| key.as_str()).collect(),
    }
}

/// JSON of our own types, which have no map whose keys could be anything but text.
fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(64 * 1024);
    // writing to memory cannot fail
    let _ = serde_json::to_writer(&mut bytes, value);
    // `serve` keeps it: without the room that was left
    bytes.as_slice().to_vec()
}
