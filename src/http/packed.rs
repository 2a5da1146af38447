//! A file of the site in memory: packed, because a large site would not fit otherwise.

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
    /// The pattern is the one that stood when it was packed.
    Lz4(Box<[u8]>, Option<Page>),
    /// What does not become smaller: pictures and faces are packed already.
    Plain(Bytes),
}

impl Pattern {
    /// Packs a file; the first usual page is the pattern of those that come then.
    pub(super) fn pack(&self, output: &Output, version: String) -> File {
        if output.is_page() && output.bytes.len() > USUAL {
            self.0.get_or_init(|| Arc::from(output.bytes.as_slice()));
        }
        File::new(&output.bytes, version, self.0.get())
    }
}

impl File {
    /// Packs `bytes` where that saves a quarter of them or more. What stays for long is copied, to its
    /// exact size: packing leaves room behind it.
    pub(super) fn new(bytes: &[u8], version: String, pattern: Option<&Page>) -> Self {
        let packed = compress_prepend_size_with_dict(bytes, words(pattern));
        let body = if packed.len() <= bytes.len() / 4 * 3 {
            Packed::Lz4(Box::from(packed.as_slice()), pattern.cloned())
        } else {
            Packed::Plain(Bytes::copy_from_slice(bytes))
        };
        Self { body, version }
    }

    /// The file as it was made.
    pub(super) fn bytes(&self) -> Bytes {
        match &self.body {
            Packed::Lz4(packed, pattern) => {
                let bytes = decompress_size_prepended_with_dict(packed, words(pattern.as_ref()));
                // what was packed above can be unpacked
                bytes.unwrap_or_default().into()
            }
            Packed::Plain(bytes) => bytes.clone(),
        }
    }
}

fn words(pattern: Option<&Page>) -> &[u8] {
    pattern.map_or(&[], |page| page)
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
        let pattern = Pattern::default();
        for (path, bytes, is_packed) in [
            ("feed.xml", text("<li>One.</li>"), true),
            ("index.html", text("<li>Two.</li>"), true),
            ("other/index.html", text("<li>Two.</li>"), true),
            ("a.png", picture.collect(), false),
            ("empty.txt", Vec::new(), false),
        ] {
            let output = Output { path: path.to_owned(), bytes, origin: String::new() };
            let file = pattern.pack(&output, String::new());
            assert_eq!(file.bytes(), output.bytes, "{path}");
            assert_eq!(matches!(file.body, Packed::Lz4(..)), is_packed, "{path}");
        }
    }
}
