//! What is wrong with the content, in words an author knows.
//!
//! Every stage returns its value and the diagnostics it found; nobody stops at the first.
//! [`tidy`] puts them in reading order once, before they are shown.

use std::collections::BTreeMap;

use crate::source::Span;

/// How bad it is: an error keeps the site from being written, a warning does not, and a note is not
/// even a reason for `check` to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The site is written; somebody should look.
    Warning,
    /// Good to know; nothing fails.
    Note,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Relative to the root, with forward slashes.
    pub file: String,
    /// `None` means the file as a whole.
    pub span: Option<Span>,
}

/// One mistake: what is wrong, where, and what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Error, warning or note.
    pub severity: Severity,
    /// A stable name for the kind of mistake, lower-case with hyphens: `unknown-key`.
    pub code: &'static str,
    /// One sentence without a full stop, naming what the author typed.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// What to type instead, as one sentence without a full stop.
    pub hint: Option<String>,
    /// Other places that belong to it, each with a few words: "the first one is here".
    pub related: Vec<(Place, String)>,
    /// All of them together mend it; empty where there is more than one right answer.
    pub edits: Vec<Edit>,
}

/// A change to a file: what stands there is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edit {
    /// Relative to the root, with forward slashes.
    pub file: String,
    /// The bytes that are replaced; empty to add something.
    pub span: Span,
    /// What has to stand there.
    pub old: String,
    /// What shall stand there; lines end with `\n` in files of every kind.
    pub new: String,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Place {
    /// A span of a file.
    pub fn at(file: impl Into<String>, span: impl Into<Span>) -> Self {
        Self { file: file.into(), span: Some(span.into()) }
    }

    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), span: None }
    }
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        let (message, related, edits) = (message.into(), Vec::new(), Vec::new());
        Self { severity: Severity::Error, code, message, place, hint: None, related, edits }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// A note at a place.
    pub fn note(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, place, message) }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with a hint, where there is one.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// The same with another place that belongs to it.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// The same with one right answer: `old`, which stands at its place, becomes `new`.
    #[must_use]
    pub fn replace(self, old: impl Into<String>, new: impl Into<String>) -> Self {
        let Some(span) = self.place.span.clone() else { return self };
        let file = self.place.file.clone();
        self.edits([Edit { file, span, old: old.into(), new: new.into() }])
    }

    /// The same with one right answer, where there is one.
    #[must_use]
    pub fn maybe_replace(self, old: &str, new: Option<String>) -> Self {
        match new {
            Some(new) => self.replace(old, new),
            None => self,
        }
    }

    /// The same with the changes that mend it.
    #[must_use]
    pub fn edits(mut self, edits: impl IntoIterator<Item = Edit>) -> Self {
        self.edits.extend(edits);
        self
    }
}

/// More reports of one kind about one file than anybody reads one after the other.
const MOST: usize = 200;

/// Puts diagnostics in the order of files and lines, and drops those that say the same. Of very many
/// that are alike the first stay, and a number.
pub fn tidy(found: &mut Vec<Diagnostic>) {
    found.sort_by(|a, b| {
        (&a.place, a.severity, a.code, &a.message).cmp(&(&b.place, b.severity, b.code, &b.message))
    });
    found.dedup();
    if found.len() <= MOST {
        return;
    }
    let mut counts: BTreeMap<(String, &'static str), usize> = BTreeMap::new();
    found.retain(|one| {
        let count = counts.entry((one.place.file.clone(), one.code)).or_default();
        *count += 1;
        *count <= MOST
    });
    for ((path, code), count) in counts.into_iter().filter(|(_, count)| *count > MOST) {
        let message = format!("`{path}` has {} more of these", count - MOST);
        let after = found.iter().rposition(|one| one.code == code && one.place.file == path);
        found.insert(
            after.map_or(0, |at| at + 1),
            Diagnostic::note(code, Place::file(path), message),
        );
    }
}

/// Whether any of them is an error.
pub fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|one| one.severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidy_sorts_by_place_and_drops_twins() {
        let late = Diagnostic::error("x", Place::at("b.md", 4..5), "late");
        let early = Diagnostic::warning("y", Place::at("a.md", 9..10), "early");
        let whole = Diagnostic::error("z", Place::file("a.md"), "whole file");
        let mut found = vec![late.clone(), early.clone(), whole.clone(), late.clone()];
        tidy(&mut found);
        assert_eq!(found, [whole, early, late]);
    }

    #[test]
    fn of_very_many_that_are_alike_the_first_stay() {
        let many =
            (0..MOST + 7).map(|at| Diagnostic::error("x", Place::at("a.md", at..at + 1), "wrong"));
        let other = Diagnostic::error("y", Place::at("a.md", MOST + 20..MOST + 21), "other");
        let mut found: Vec<_> = many.chain([other.clone()]).collect();
        tidy(&mut found);
        assert_eq!(found.len(), MOST + 2);
        let more = Diagnostic::note("x", Place::file("a.md"), "`a.md` has 7 more of these");
        assert_eq!(found[MOST..], [more, other]);
        assert!(has_errors(&found));
    }
}
