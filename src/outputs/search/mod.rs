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
pub fn make(Making { site, is_over, .. }: &Making<'_>) -> Vec<Output> {
    let language = Language::of(&site.config.language.value);
    let synonyms = Synonyms::new(&site.config.synonyms, language);
    let pages = documents::order(site);
    let read = |chunk: &[(usize, usize)]| {
        let chunk = if is_over() { &[] } else { chunk };
        let [mut own, mut of_messages] = [(); 2].map(|()| Reader::new(language, &synonyms));
        let mut json_of = Vec::with_capacity(chunk.len());
        for (section, index) in chunk {
            let article = &site.articles[*index];
            let page = documents::page(site, *section, article);
            own.document(&documents::words(site, article, &page));
            for message in documents::messages(article) {
                of_messages.document(&documents::message_words(site, article, message));
            }
            json_of.push((json(&page), json(&page.brief())));
        }
        let (whole, brief): (Vec<_>, Vec<_>) = json_of.into_iter().unzip();
        let (whole, brief) = (lists(&whole, texts(pages.len())), lists(&brief, BRIEFS));
        (own.finish(), of_messages.finish(), whole, brief)
    };
    let (mut chunks, mut of_messages, mut whole, mut brief) = (vec![], vec![], vec![], vec![]);
    for read in pages.par_chunks(CHUNK).map(read).collect::<Vec<_>>() {
        chunks.push(read.0);
        of_messages.push(read.1);
        whole.extend(read.2);
        brief.extend(read.3);
    }
    let mut terms = index::join([chunks, of_messages]);
    shards::sort(&mut terms);
    let (terms, words) = rayon::join(|| shards::terms(&terms), || shards::lexicon(&terms));
    let firsts = |shards: &[shards::Shard]| shards.iter().map(|one| one.first.clone()).collect();
    let mut manifest = manifest(site, language, &pages);
    (manifest.terms, manifest.words) = (firsts(&terms), firsts(&words));
    let text = |shards: Vec<shards::Shard>| shards.into_iter().map(|one| one.text).collect();
    let kinds = [("terms", text(terms)), ("words", text(words)), ("page", whole), ("brief", brief)];
    files(manifest, kinds)
}

/// JSON lists of as many texts as share a file; a chunk's number of pages is a multiple of it.
fn lists(texts: &[String], together: usize) -> Vec<String> {
    texts.chunks(together).map(|texts| format!("[{}]", texts.join(","))).collect()
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

/// All files, each with a hash of what it holds in its name.
fn files(mut manifest: Manifest<'_>, kinds: [(&'static str, Vec<String>); 4]) -> Vec<Output> {
    let output = |path: String, text: String| Output {
        path: format!("search/{path}"),
        bytes: text.into_bytes(),
        origin: "the search index".to_owned(),
    };
    let mut outputs = Vec::new();
    for (kind, texts) in kinds {
        let hashes = manifest.files.entry(kind).or_default();
        for (number, text) in texts.into_iter().enumerate() {
            let hash = format!("{:06x}", xxh3_64(text.as_bytes()) >> 40);
            hashes.push_str(&hash);
            outputs.push(output(format!("{kind}-{number}-{hash}.json"), text));
        }
    }
    outputs.push(output("index.json".to_owned(), json(&manifest)));
    outputs
}

/// JSON of our own types, which have no map whose keys could be anything but text.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
