//! Code as HTML with classes, its colours in the theme.
//!
//! Grammars are loaded with the first block. Their regular expressions then take longer to be made
//! than all the rest of a build, so that a block is known by its [`key`] and coloured once. They take
//! as much memory as a thousand articles, so that who needs no more of them may [`unload`] them.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;
use xxhash_rust::xxh3::xxh3_64;

/// Coloured code by its key.
pub type Known = BTreeMap<String, Arc<str>>;

/// Every class begins with this, so that the theme's own names stay free.
const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

/// What colours, so that another version's colours are not taken for this one's. The last number
/// counts our own changes.
const GRAMMARS: &str = "syntect 5.3.0, 1";

static SYNTAXES: RwLock<Option<Arc<SyntaxSet>>> = RwLock::new(None);

/// A hash of all that decides about the colours: 16 small hexadecimal digits.
pub fn key(code: &str, language: &str) -> String {
    format!("{:016x}", xxh3_64(format!("{GRAMMARS}\n{language}\n{code}").as_bytes()))
}

/// Code in `language` as spans with classes; `None` where the language is not known.
pub fn highlight(code: &str, language: &str) -> Option<String> {
    let set = syntaxes();
    let syntax = set.find_syntax_by_token(language)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &set, CLASSES);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

/// The names by which languages can be called, in alphabetical order.
pub fn languages() -> Vec<String> {
    let set = syntaxes();
    let syntaxes = set.syntaxes().iter();
    let mut names: Vec<String> =
        syntaxes.flat_map(|syntax| syntax.file_extensions.iter().cloned()).collect();
    names.sort_unstable();
    names
}

/// Whether the grammars are in memory: only once a block of code was met.
pub fn loaded() -> bool {
    SYNTAXES.read().unwrap_or_else(PoisonError::into_inner).is_some()
}

/// Takes the grammars out of memory. The next block loads them again.
pub fn unload() {
    SYNTAXES.write().unwrap_or_else(PoisonError::into_inner).take();
}

fn syntaxes() -> Arc<SyntaxSet> {
    if let Some(set) = &*SYNTAXES.read().unwrap_or_else(PoisonError::into_inner) {
        return Arc::clone(set);
    }
    let mut slot = SYNTAXES.write().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(slot.get_or_insert_with(|| Arc::new(SyntaxSet::load_defaults_newlines())))
}
