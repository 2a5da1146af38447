//! What an editor would say of the site: warnings, which keep nothing from being published.
//!
//! `prose` finds the sentences of a body, and `sentences` their ends; `reading` says which are hard,
//! by `syllables`. `messages` looks at what is sent, with `sms` for what a text message can carry;
//! `relations` at how the articles lead to each other.

mod messages;
mod prose;
pub mod reading;
pub mod relations;
mod sentences;
mod sms;
mod syllables;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Place};
use crate::site::Site;
use crate::source::{Source, by_path};

/// Everything an editor would say. `sources` are the texts of the articles, `today` the day that
/// reviews are due or not.
pub fn review(site: &Site<'_>, sources: &[Source], today: Date) -> Vec<Diagnostic> {
    let sources = by_path(sources);
    // documentation has its own measure: long terms, and messages that are examples
    let for_readers = site.articles.par_iter().filter(|article| !article.is_aside());
    let words = for_readers.flat_map_iter(|article| {
        let source = sources.get(article.path.as_str());
        source.into_iter().flat_map(|source| {
            let prose = reading::review(article, source, site.config);
            prose.into_iter().chain(messages::review(article, source, site.config))
        })
    });
    let mut found: Vec<Diagnostic> = words.collect();
    found.extend(relations::review(site, &sources, today));
    found
}

/// Where a file is told what stands nowhere in it: its first line.
fn first_line(path: &str) -> Place {
    Place::at(path, 0.."---".len())
}
