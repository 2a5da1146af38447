//! What each kind of mistake means, and what to do: for `postrej-site explain` and the pages of the
//! documentation that are made from it.
//!
//! A report says what is wrong with one line. Here stands what is true of every report of its kind:
//! why it matters, and how to think of it. `tests/docs.rs` holds that every code has an entry.

mod away;
mod files;
mod messages;
mod review;
mod site;
mod text;
mod themes;

/// One kind of mistake.
#[derive(Debug)]
pub struct Explanation {
    /// As a report shows it between brackets: `unknown-related`.
    pub code: &'static str,
    /// What has happened and why it matters, in Markdown.
    pub means: &'static str,
    /// What to do, in Markdown.
    pub mend: &'static str,
}

/// Kinds of mistake that belong together, on one page.
#[derive(Debug)]
pub struct Chapter {
    /// The name of its page: `mistakes-in-files`.
    pub name: &'static str,
    /// As its page is called.
    pub title: &'static str,
    /// One sentence on what it holds.
    pub description: &'static str,
    /// In the order in which they are explained.
    pub entries: &'static [Explanation],
}

/// All kinds, in the order in which an author meets them.
pub const CHAPTERS: &[Chapter] = &[
    files::CHAPTER,
    text::CHAPTER,
    messages::CHAPTER,
    site::CHAPTER,
    review::CHAPTER,
    away::CHAPTER,
    themes::CHAPTER,
];

/// Every kind of mistake.
pub fn all() -> impl Iterator<Item = &'static Explanation> + Clone {
    CHAPTERS.iter().flat_map(|chapter| chapter.entries)
}

/// The kind with this code.
pub fn find(code: &str) -> Option<&'static Explanation> {
    all().find(|one| one.code == code)
}

/// An entry, its parts in the order of [`Explanation`].
const fn entry(code: &'static str, means: &'static str, mend: &'static str) -> Explanation {
    Explanation { code, means, mend }
}
