//! `synonyms`: words and phrases of site.yaml that search takes for each other.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::schema::Record;
use crate::source::{Source, Span};

/// Each line as its words and phrases, in the order written.
pub(super) fn synonyms(
    source: &Source,
    record: &Record,
    found: &mut Vec<Diagnostic>,
) -> Vec<Vec<String>> {
    let mut lines: HashMap<String, Span> = HashMap::new();
    let mut groups = Vec::new();
    for line in record.texts("synonyms") {
        let place = || Place::at(&source.path, line.span.clone());
        let phrases = line.value.split(',').map(str::trim).filter(|phrase| !phrase.is_empty());
        let group: Vec<String> = phrases.map(str::to_owned).collect();
        if group.len() < 2 {
            let message = format!("`{}` has no second word that means the same", line.value.trim());
            let hint = "write what means the same on one line, with commas: `- CV, résumé`";
            found.push(Diagnostic::error("synonyms", place(), message).hint(hint));
            continue;
        }
        for phrase in &group {
            let mute = !phrase.contains(char::is_alphanumeric);
            let first = lines.insert(phrase.to_lowercase(), line.span.clone());
            let problem = if mute {
                Diagnostic::error("synonyms", place(), format!("`{phrase}` has no letter or digit"))
                    .hint("take it out: search cannot find it")
            } else if let Some(first) = first {
                let message = format!("`{phrase}` stands in `synonyms` twice");
                Diagnostic::error("synonyms", place(), message)
                    .hint("take it out here, or make one line of the two")
                    .related(Place::at(&source.path, first), "it is here, too")
            } else {
                continue;
            };
            found.push(problem);
        }
        groups.push(group);
    }
    groups
}
