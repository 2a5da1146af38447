//! The index that search reads in the browser: static files, loaded only when search is used.
//!
//! `search/index.json` says what there is; a browser asks each time whether it is still the same.
//! It names the folder of all other files by a hash of what they hold, so that these may be kept for
//! ever: `terms-N.json` (which word stands in which documents), `words-N.json` (every word, for
//! misspelt ones), `page-N.json` (a page's text and messages) and `brief-N.json` (the same without text,
//! for the list under a field, which is made anew with every letter). Plain JSON is what GitHub Pages
//! compresses. Documents are numbered: first the pages, section by section, then their messages.

mod documents;
pub mod forms;
mod index;
mod shards;
mod stop;
mod text;

use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use self::documents::Words;
use self::forms::Language;
use self::index::Synonyms;
use super::Output;
use crate::page::Page;
use crate::site::Site;
use crate::strings::Strings;

/// How many pages are read with one vocabulary.
const CHUNK: usize = 256;

/// `search/index.json`.
#[derive(Debug, Serialize)]
struct Manifest<'a> {
    /// The folder of the other files.
    folder: String,
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
pub fn make(site: &Site<'_>, _: &[Page], _: &Strings) -> Vec<Output> {
    let language = Language::of(&site.config.language.value);
    let synonyms = Synonyms::new(&site.config.synonyms, language);
    let pages = documents::order(site);
    let read: Vec<_> = pages
        .par_chunks(CHUNK)
        .map(|chunk| {
            let read = chunk
                .iter()
                .map(|(section, index)| documents::page(site, *section, &site.articles[*index]));
            let (texts, words): (Vec<_>, Vec<(Words, Vec<Words>)>) = read
                .map(|(text, own, messages)| {
                    let whole = json(&text);
                    ((whole, json(&text.brief())), (own, messages))
                })
                .unzip();
            let own = index::read(words.iter().map(|(own, _)| own), language, &synonyms);
            let messages = words.iter().flat_map(|(_, messages)| messages);
            (texts, own, index::read(messages, language, &synonyms))
        })
        .collect();
    let mut texts: Vec<(String, String)> = Vec::new();
    let (mut chunks, mut of_messages) = (Vec::new(), Vec::new());
    for (own_texts, own, messages) in read {
        texts.extend(own_texts);
        chunks.push(own);
        of_messages.push(messages);
    }
    let mut terms: Vec<_> = index::join([chunks, of_messages]).into_iter().collect();
    shards::sort(&mut terms);
    let (terms, words) = (shards::terms(&terms), shards::lexicon(&terms));
    let firsts = |shards: &[shards::Shard]| shards.iter().map(|one| one.first.clone()).collect();
    let mut manifest = manifest(site, language, &pages);
    (manifest.terms, manifest.words) = (firsts(&terms), firsts(&words));
    let text = |shards: Vec<shards::Shard>| shards.into_iter().map(|one| one.text).collect();
    let (whole, brief) = texts.into_iter().unzip();
    let kinds = [("terms", text(terms)), ("words", text(words)), ("page", whole), ("brief", brief)];
    files(manifest, kinds)
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
        folder: String::new(),
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

/// All files, in a folder that their bytes name.
fn files(mut manifest: Manifest<'_>, kinds: [(&str, Vec<String>); 4]) -> Vec<Output> {
    let mut hash = Xxh3::new();
    for text in kinds.iter().flat_map(|(_, texts)| texts) {
        hash.update(text.as_bytes());
        hash.update(b"\n");
    }
    manifest.folder = format!("{:016x}", hash.digest());
    let output = |path: String, text: String| Output {
        path: format!("search/{path}"),
        bytes: text.into_bytes(),
        origin: "the search index".to_owned(),
    };
    let mut outputs = vec![output("index.json".to_owned(), json(&manifest))];
    for (kind, texts) in kinds {
        outputs.extend(texts.into_iter().enumerate().map(|(number, text)| {
            output(format!("{}/{kind}-{number}.json", manifest.folder), text)
        }));
    }
    outputs
}

/// JSON of our own types, which have no map whose keys could be anything but text.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
