//! Every file of the site: rendered pages, and what [`OUTPUTS`] adds to them.
//!
//! An output has one owner. [`names()`] reports two that want one path.

mod all;
pub mod assets;
pub mod cards;
pub mod cms;
pub mod exports;
mod feed;
mod llms;
pub mod markdown;
mod names;
pub mod offline;
mod reminders;
mod scripts;
pub mod search;
mod sink;
mod sitemap;

pub use self::all::{First, Step, Told, Way, all, early};
pub use self::names::names;
pub use self::sink::{Finished, Made, Memory, Nowhere, Sink, hand, hand_one};
use crate::page::Page;
use crate::site::Site;
use crate::strings::Strings;

/// A file of the finished site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Relative to the output folder, with forward slashes, no leading slash.
    pub path: String,
    /// As it is written.
    pub bytes: Vec<u8>,
    /// What it is made from: a file relative to the root, or a few words.
    pub origin: String,
}

impl Output {
    /// Whether a browser shows it as a page. Our own pages end in small letters.
    pub fn is_page(&self) -> bool {
        is_page(&self.path)
    }
}

/// Whether a browser shows the output at a path as a page.
pub fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, kind)| kind == "html")
}

/// Something that makes files beside the pages.
pub struct OutputType {
    /// What it is, for people.
    pub name: &'static str,
    /// Makes them. Many or large files are handed on one by one; the others are returned.
    pub make: fn(&Making<'_>) -> Vec<Output>,
}

/// Takes outputs, from many threads.
pub type Hand<'a> = &'a (dyn Fn(Output) + Sync);

/// What it is made from.
pub struct Making<'a> {
    /// The site.
    pub site: &'a Site<'a>,
    /// Its pages.
    pub pages: &'a [Page<'a>],
    /// What the theme says itself.
    pub strings: &'a Strings,
    /// Takes a file as soon as it is made.
    pub hand: Hand<'a>,
    /// Whether nobody waits for it any more: it may stop, and what it makes is worth nothing.
    pub is_over: &'a (dyn Fn() -> bool + Sync),
}

/// What is made beside the pages.
pub const OUTPUTS: &[OutputType] = &[
    OutputType { name: "files of content", make: files },
    OutputType { name: "Atom feed", make: feed::make },
    OutputType { name: "calendar files of reminders", make: reminders::make },
    OutputType { name: "sitemap and robots.txt", make: sitemap::make },
    OutputType { name: "messages as JSON, CSV, text and Espanso package", make: exports::make },
    OutputType { name: "llms.txt", make: llms::make },
    OutputType { name: "articles as Markdown", make: markdown::make },
    OutputType { name: "search index", make: search::make },
    OutputType { name: "browser editor", make: cms::make },
];

/// Pictures and other files, where they stood in content.
fn files(Making { site, .. }: &Making<'_>) -> Vec<Output> {
    let files = site.files.iter().map(|file| Output {
        path: file.path.strip_prefix("content/").unwrap_or(&file.path).to_owned(),
        bytes: file.bytes.to_vec(),
        origin: file.path.clone(),
    });
    files.collect()
}

/// The file in an origin, for diagnostics: `the alias /x/ in content/a.md` names `content/a.md`.
pub fn origin_file(origin: &str) -> &str {
    origin.rsplit(' ').next().filter(|last| last.contains('/')).unwrap_or(origin)
}

/// Text as it may stand in XML, attributes included.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // control characters have no place in XML 1.0, not even as references
    let plain: String = text.chars().filter(|c| !c.is_control() || "\n\t".contains(*c)).collect();
    let _ = pulldown_cmark_escape::escape_html(&mut out, &plain);
    out
}
