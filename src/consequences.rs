//! Mistakes that only follow from another: that one alone is told.

use std::path::Path;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Severity};
use crate::editorial::relations;
use crate::frontmatter;
use crate::source::{Source, by_path};

/// Takes out what would go with another mistake.
pub fn leave_out(config: &Config, articles: &[Source], found: &mut Vec<Diagnostic>) {
    forgive(config, found);
    wait_with_relations(articles, found);
}

/// Where an article is left out, or its head is not what it was meant to be, nothing can be said of how
/// articles lead to each other; only the mistake itself is told.
fn wait_with_relations(articles: &[Source], found: &mut Vec<Diagnostic>) {
    let of_relations = |one: &Diagnostic| relations::CODES.contains(&one.code);
    if !found.iter().any(of_relations) {
        return;
    }
    let sources = by_path(articles);
    let of_article =
        |one: &&Diagnostic| one.severity == Severity::Error && one.place.file != config::PATH;
    let is_unread = found.iter().filter(of_article).any(|one| match &one.place.span {
        Some(span) => sources
            .get(one.place.file.as_str())
            .is_some_and(|source| span.start < frontmatter::body_start(source)),
        // of a file as a whole
        None => Path::new(&one.place.file).extension().is_some_and(|kind| kind == "md"),
    });
    if is_unread {
        found.retain(|one| !of_relations(one));
    }
}

/// Where a vocabulary of site.yaml cannot be read, every word of it is missing everywhere; only the
/// mistake itself is told.
fn forgive(config: &Config, found: &mut Vec<Diagnostic>) {
    let own = |one: &Diagnostic| one.severity == Severity::Error && one.place.file == config::PATH;
    if !found.iter().any(own) {
        return;
    }
    let unread = [
        ("unknown-stage", config.stages.is_empty()),
        ("unknown-source", config.sources.is_empty()),
        ("unknown-channel", config.channels.is_empty()),
        ("unknown-placeholder", config.placeholders.is_empty()),
        ("unknown-section", config.sections.is_empty()),
    ];
    found.retain(|one| !unread.contains(&(one.code, true)));
}
