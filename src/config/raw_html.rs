//! What becomes of HTML in articles.

/// What becomes of raw HTML.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum RawHtml {
    /// It stands as it is; what a page cannot do is an error.
    #[default]
    Allow,
    /// Elements and attributes that do no harm stay, all else is left out.
    Sanitize,
    /// It is shown as the words that were written.
    Escape,
}

impl RawHtml {
    /// As authors write them.
    pub const WORDS: [&str; 3] = ["allow", "sanitize", "escape"];

    /// The one that a word stands for.
    pub fn of(word: &str) -> Self {
        match word {
            "sanitize" => Self::Sanitize,
            "escape" => Self::Escape,
            _ => Self::Allow,
        }
    }
}
