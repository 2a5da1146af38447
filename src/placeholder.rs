//! The gaps of messages: what may stand in [brackets], and what a reader fills in there.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{Kind, Located, Record, Table, row};
use crate::source::Source;
use crate::typography::typographic;

/// A gap in a template.
#[derive(Debug, Clone)]
pub struct Placeholder {
    /// The field's label.
    pub label: String,
    /// `text`, `multiline`, `date` or `choice`.
    pub kind: String,
    /// What a reader might type.
    pub example: String,
    /// What a reader chooses from; empty but for a `choice`.
    pub options: Vec<String>,
    /// What is typed there, one of [`INPUTS`]; only in a `text`.
    pub input: Option<String>,
}

/// What can be typed into one line. It brings up the right keyboard, lets a browser offer what it
/// knows of the reader, and says which gap is the company: a message should name one only.
const INPUTS: &[&str] = &["own-name", "own-phone", "name", "company", "link"];

/// The fields of one placeholder.
pub const PLACEHOLDER: Table = Table {
    what: "a placeholder",
    fields: &[
        row("label", Kind::Text, true, "the words above the field", "The role"),
        row(
            "kind",
            Kind::Choice(&["text", "multiline", "date", "choice"]),
            false,
            "what the field looks like",
            "text",
        ),
        row("example", Kind::Text, false, "what a reader might type", "data analyst"),
        row("options", Kind::Texts, false, "what a `choice` offers", "[by email, by phone]"),
        row("input", Kind::Choice(INPUTS), false, "what is typed into a `text`", "name"),
    ],
};

/// Reads the site's vocabulary; what does not fit together is reported.
pub fn placeholders(
    source: &Source,
    record: &Record,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Placeholder> {
    let records = record.records("placeholders").into_iter();
    records
        .map(|(key, one)| {
            let text = |name: &str| one.text(name).map(|text| text.value);
            let label = text("label").map(|label| typographic(&label)).unwrap_or_default();
            let kind = text("kind").unwrap_or_else(|| "text".to_owned());
            // a `kind` that could not be read was reported, and says nothing about the rest
            if text("kind").is_some() || !one.has("kind") {
                check_options(source, &key, &kind, &one, found);
                check_input(source, &kind, &one, found);
            }
            let placeholder = Placeholder {
                label,
                kind,
                example: text("example").unwrap_or_default(),
                options: one.texts("options").into_iter().map(|option| option.value).collect(),
                input: text("input"),
            };
            (key.value, placeholder)
        })
        .collect()
}

/// A `choice` needs options, two at least and each once; nothing else may have any.
fn check_options(
    source: &Source,
    key: &Located<String>,
    kind: &str,
    record: &Record,
    found: &mut Vec<Diagnostic>,
) {
    let options = record.texts("options");
    let mut report = |span, message: String, hint: &str| {
        let place = Place::at(&source.path, span);
        found.push(Diagnostic::error("placeholder-options", place, message).hint(hint));
    };
    let written = options.first().map(|first| first.span.clone());
    match (kind, written) {
        ("choice", None) if !record.has("options") => {
            let message = format!("the placeholder `{}` is a choice without options", key.value);
            report(key.span.clone(), message, "add to it: `options: [by email, by phone]`");
        }
        ("choice", Some(span)) if options.len() == 1 => {
            let message = format!("the placeholder `{}` has one option only", key.value);
            report(span, message, "add another, or take out `kind: choice` and `options`");
        }
        ("choice", _) | (_, None) => {}
        (_, Some(span)) => {
            let message = format!("the placeholder `{}` is no choice and has options", key.value);
            report(span, message, "write `kind: choice`, or take `options` out");
        }
    }
    let mut seen = HashSet::new();
    for twice in options.iter().filter(|option| !seen.insert(option.value.as_str())) {
        let message = format!("the option `{}` stands here twice", twice.value);
        report(twice.span.clone(), message, "keep one of the two");
    }
}

fn check_input(source: &Source, kind: &str, record: &Record, found: &mut Vec<Diagnostic>) {
    let Some(input) = record.text("input").filter(|_| kind != "text") else { return };
    let place = Place::at(&source.path, input.span);
    let message = format!("`input` says what is typed into a line, and this is a `{kind}`");
    let hint = "take `input` out, or take `kind` out";
    found.push(Diagnostic::error("placeholder-input", place, message).hint(hint));
}
