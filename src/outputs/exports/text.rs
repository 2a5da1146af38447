//! `templates.txt`, for people and their editors: every message with a line of facts above it.

use std::fmt::Write as _;

use super::{Entry, subject_line};
use crate::piece::plain;
use crate::site::Site;
use crate::strings::Strings;

/// Stands between two messages.
const RULE: &str = "----------------------------------------------------------------";

/// The file's text.
pub(super) fn write(site: &Site<'_>, strings: &Strings, entries: &[Entry<'_>]) -> String {
    let mut out = format!(
        "{}\n{}\n\n{}\n",
        site.config.title,
        site.urls.absolute("templates/"),
        strings.say("export-brackets", &[])
    );
    for entry in entries {
        for variant in &entry.template.variants {
            let facts = [
                Some(entry.channel_label()),
                entry.template.to.as_deref(),
                variant.tone.as_deref(),
            ];
            let facts: Vec<&str> = facts.into_iter().flatten().collect();
            // writing to a String cannot fail
            let _ = write!(
                out,
                "\n{RULE}\n{} ({})\n{}: {}\n{}\n\n",
                entry.template.title,
                facts.join(", "),
                entry.section,
                entry.article.meta.title,
                entry.url,
            );
            if let Some(subject) = &variant.subject {
                let _ = write!(out, "{}\n\n", subject_line(strings, subject));
            }
            out.push_str(&plain(&variant.body));
            out.push('\n');
        }
    }
    out
}
