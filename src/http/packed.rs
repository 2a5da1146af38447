//! A file of the site in memory: packed, because a large site would not fit otherwise.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use lz4_flex::block::{compress_prepend_size_with_dict, decompress_size_prepended_with_dict};

use crate::outputs::Output;

/// A file, and a name for this state of it.
#[derive(Debug)]
pub struct File {
    body: Packed,
    pub(super) version: String,
}

/// A page that the others have much in common with: packed, they are what they have not.
#[derive(Debug, Default, Clone)]
pub struct Pattern(Arc<OnceLock<Page>>);

type Page = Arc<[u8]>;

/// A smaller page is most likely no usual one.
const USUAL: usize = 4 * 1024;

#[derive(Debug)]
enum Packed {
    Lz4(Box<[u8]>, Known),
    /// What does not become smaller: pictures and faces are packed already.
    Plain(Bytes),
}

/// What a file is packed with: it stays in memory as long as the file does.
#[derive(Debug, Default)]
struct Known {
    /// For a page the pattern that stood when it was packed.
    page: Option<Page>,
    /// The text of the article that it was made from, most of which it repeats.
    text: Option<Arc<str>>,
}

impl Pattern {
    /// Packs a file that was made from this text; the first usual page is the pattern of those that
    /// come then.
    pub(super) fn pack(&self, output: &Output, text: Option<Arc<str>>, version: String) -> File {
        if output.is_page() && output.bytes.len() > USUAL {
            self.0.get_or_init(|| Arc::from(output.bytes.as_slice()));
        }
        let page = self.0.get().filter(|_| output.is_page() || text.is_none()).cloned();
        File::with(&output.bytes, version, Known { page, text })
    }
}

impl File {
    /// A file that has nothing in common with others.
    pub(super) fn new(bytes: &[u8], version: String) -> Self {
        Self::with(bytes, version, Known::default())
    }

    /// Packs `bytes` where that saves a quarter of them or more. What stays for long is copied, to its
    /// exact size: packing leaves room behind it.
    fn with(bytes: &[u8], version: String, known: Known) -> Self {
        let packed = compress_prepend_size_with_dict(bytes, &known.words());
        let body = if packed.len() <= bytes.len() / 4 * 3 {
            Packed::Lz4(Box::from(packed.as_slice()), known)
        } else {
            Packed::Plain(Bytes::copy_from_slice(bytes))
        };
        Self { body, version }
    }

    /// The file as it was made.
    pub(super) fn bytes(&self) -> Bytes {
        match &self.body {
            Packed::Lz4(packed, known) => {
                let bytes = decompress_size_prepended_with_dict(packed, &known.words());
                // what was packed above can be unpacked
                bytes.unwrap_or_default().into()
            }
            Packed::Plain(bytes) => bytes.clone(),
        }
    }
}

impl Known {
    fn words(&self) -> Cow<'_, [u8]> {
        let page = self.page.as_deref().unwrap_or_default();
        match &self.text {
            None => page.into(),
            Some(text) if page.is_empty() => text.as_bytes().into(),
            Some(text) => [page, text.as_bytes()].concat().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_as_it_was_whether_it_is_packed_or_not() {
        let text = |words: &str| format!("<ul>{}</ul>", words.repeat(500)).into_bytes();
        // no byte of it follows from those before
        let picture = (0..2000_u32)
            .flat_map(|number| xxhash_rust::xxh3::xxh3_64(&number.to_le_bytes()).to_le_bytes());
        let (pattern, words): (_, Arc<str>) =
            (Pattern::default(), "Two.</li><li>".repeat(9).into());
        for (path, bytes, words, is_packed) in [
            ("feed.xml", text("<li>One.</li>"), None, true),
            ("index.html", text("<li>Two.</li>"), None, true),
            ("other/index.html", text("<li>Two.</li>"), Some(&words), true),
            ("other.md", words.as_bytes().to_vec(), Some(&words), true),
            ("a.png", picture.collect(), None, false),
            ("empty.txt", Vec::new(), None, false),
        ] {
            let output = Output { path: path.to_owned(), bytes, origin: String::new() };
            let file = pattern.pack(&output, words.cloned(), String::new());
            assert_eq!(file.bytes(), output.bytes, "{path}");
            assert_eq!(matches!(file.body, Packed::Lz4(..)), is_packed, "{path}");
        }
    }
}
