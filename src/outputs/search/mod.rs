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
mod index;
mod shards;
mod stop;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use self::forms::Language;
use self::index::{Reader, Synonyms};
use super::{Making, Output};
use crate::site::Site;

/// How many pages are read with one vocabulary.
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

/// Makes the index.
pub fn make(making: &Making<'_>) -> Vec<Output> {
    let Making { site, hand, is_over, .. } = *making;
    let language = Language::of(&site.config.language.value);
    let synonyms = Synonyms::new(&site.config.synonyms, language);
    let pages = documents::order(site);
    let kinds = [("page", texts(pages.len())), ("brief", BRIEFS)];
    let read = |(number, chunk): (usize, &[(usize, usize)])| {
        let chunk = if is_over() { &[] } else { chunk };
        let [mut own, mut of_messages] = [(); 2].map(|()| Reader::new(language, &synonyms));
        let [mut whole, mut brief] = [(); 2].map(|()| Vec::with_capacity(chunk.len()));
        for (section, index) in chunk {
            let article = &site.articles[*index];
            let page = documents::page(site, *section, article);
            own.document(&documents::words(site, article, &page));
            for message in documents::messages(article) {
                of_messages.document(&documents::message_words(site, article, message));
            }
            whole.push(json(&page));
            brief.push(json(&page.brief()));
        }
        let mut hashes = [const { String::new() }; 2];
        for (((kind, together), texts), hashes) in kinds.iter().zip([whole, brief]).zip(&mut hashes)
        {
            // a chunk's number of pages is a multiple of it
            for (place, texts) in texts.chunks(*together).enumerate() {
                let file = (kind, number * CHUNK / together + place);
                hashes.push_str(&hand_on(file, format!("[{}]", texts.join(",")), hand));
            }
        }
        (own.finish(), of_messages.finish(), hashes)
    };
    let (mut chunks, mut of_messages) = (vec![], vec![]);
    let mut manifest = manifest(site, language, &pages);
    for read in pages.par_chunks(CHUNK).enumerate().map(read).collect::<Vec<_>>() {
        chunks.push(read.0);
        of_messages.push(read.1);
        for ((kind, _), hashes) in kinds.iter().zip(read.2) {
            manifest.files.entry(kind).or_default().push_str(&hashes);
        }
    }
    let mut terms = index::join([chunks, of_messages]);
    shards::sort(&mut terms);
    let (terms, words) = rayon::join(|| shards::terms(&terms), || shards::lexicon(&terms));
    let firsts = |shards: &[shards::Shard]| shards.iter().map(|one| one.first.clone()).collect();
    (manifest.terms, manifest.words) = (firsts(&terms), firsts(&words));
    for (kind, shards) in [("terms", terms), ("words", words)] {
        let texts = shards.into_par_iter().enumerate();
        let hashes: Vec<String> =
            texts.map(|(number, shard)| hand_on((&kind, number), shard.text, hand)).collect();
        manifest.files.insert(kind, hashes.concat());
    }
    vec![output("index.json", json(&manifest))]
}

/// Hands on the file of a kind with this number; gives the hash of what it holds, which is in its name.
fn hand_on((kind, number): (&&str, usize), text: String, hand: &dyn Fn(Output)) -> String {
    let hash = format!("{:06x}", xxh3_64(text.as_bytes()) >> 40);
    hand(output(&format!("{kind}-{number}-{hash}.json"), text));
    hash
}

fn output(name: &str, text: String) -> Output {
    Output {
        path: format!("search/{name}"),
        bytes: text.into_bytes(),
        origin: "the search index".to_owned(),
    }
}

fn manifest<'a>(site: &'a Site<'_>, language: Language, pages: &[(usize, usize)]) -> Manifest<'a> {
    let keys = site.sections.iter().map(|section| section.key.as_str()).chain([""]);
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
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
