//! The index as files: terms in order, cut into shards of about one size.

use rayon::prelude::*;

/// How large a shard may grow, in bytes before compression; a longer list has one of its own.
const SHARD: usize = 10 * 1024;

/// How large a shard of the word list may grow.
const LEXICON: usize = 16 * 1024;

/// A file of the index, and the first term in it.
pub struct Shard {
    /// JSON.
    pub text: String,
    /// Where it begins, in the order of UTF-16 code units, which is the order of JavaScript.
    pub first: String,
}

/// 64 letters that JSON and gzip leave as they are.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A term's documents, as the browser reads them: each is how far it is from the one before (five
/// bits a letter, the lowest first; the last letter is one of the upper half) and its level (one
/// letter).
#[derive(Debug, Default, Clone)]
pub struct Postings {
    text: String,
    last: usize,
}

impl Postings {
    /// Adds a document, whose number is higher than that of the one before.
    pub fn push(&mut self, document: usize, level: u8) {
        let letter = |value: usize| char::from(LETTERS[value % LETTERS.len()]);
        let mut distance = document - self.last;
        self.last = document;
        while distance >= 32 {
            self.text.push(letter(distance % 32));
            distance /= 32;
        }
        self.text.push(letter(distance + 32));
        self.text.push(letter(usize::from(level)));
    }
}

/// Puts the terms in the order of the shards.
pub fn sort<T: Send>(terms: &mut [(String, T)]) {
    terms.par_sort_unstable_by(|(a, _), (b, _)| {
        // the order of UTF-16 is that of bytes, up to the letters behind U+D7FF
        if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
    });
}

/// Terms with their documents: `{"term": "..."}`.
pub fn terms<'a>(
    terms: impl Iterator<Item = (&'a String, Postings)>,
) -> impl Iterator<Item = Shard> {
    let entries = terms.map(|(term, postings)| {
        let entry = format!("{}:\"{}\"", serde_json::Value::from(term.as_str()), postings.text);
        (term, entry)
    });
    pack(entries, SHARD, ',', |inner| format!("{{{inner}}}"))
}

/// All terms alone, to find what a misspelt word meant: `"one two three"`.
pub fn lexicon<'a>(terms: impl Iterator<Item = &'a String>) -> impl Iterator<Item = Shard> {
    let words = terms.filter(|term| !term.starts_with('#'));
    pack(words.map(|term| (term, term.clone())), LEXICON, ' ', |inner| {
        serde_json::Value::from(inner).to_string()
    })
}

/// Entries one behind the other, a new file whenever one would grow too large. Each is made when it is
/// asked for: all together are as large as the index.
fn pack<'a>(
    entries: impl Iterator<Item = (&'a String, String)>,
    largest: usize,
    between: char,
    close: impl Fn(&str) -> String,
) -> impl Iterator<Item = Shard> {
    let mut entries = entries.peekable();
    std::iter::from_fn(move || {
        let (first, mut text) = entries.next()?;
        let fits = |text: &str, entry: &str| text.len() + entry.len() < largest;
        while let Some((_, entry)) = entries.next_if(|(_, entry)| fits(&text, entry)) {
            text.push(between);
            text.push_str(&entry);
        }
        Some(Shard { text: close(&text), first: first.clone() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postings(documents: impl IntoIterator<Item = (usize, u8)>) -> Postings {
        let mut postings = Postings::default();
        documents.into_iter().for_each(|(document, level)| postings.push(document, level));
        postings
    }

    #[test]
    fn lists_are_distances_and_levels() {
        assert_eq!(postings([(0, 1), (3, 31), (40, 2)]).text, "gBjfFhC");
    }

    #[test]
    fn a_list_that_is_too_long_has_a_shard_of_its_own() {
        let long = postings((0..SHARD).map(|document| (document, 1)));
        let mut all = vec![
            ("b".to_owned(), long),
            ("a".to_owned(), postings([(0, 1)])),
            ("c".to_owned(), postings([])),
        ];
        sort(&mut all);
        let words: Vec<Shard> = lexicon(all.iter().map(|(term, _)| term)).collect();
        let shards: Vec<Shard> = terms(all.iter().map(|(term, own)| (term, own.clone()))).collect();
        let firsts: Vec<&str> = shards.iter().map(|shard| shard.first.as_str()).collect();
        assert_eq!(firsts, ["a", "b", "c"]);
        assert_eq!(shards[0].text, "{\"a\":\"gB\"}");
        assert_eq!(words[0].text, "\"a b c\"");
    }
}
