//! Tables of words: groups of names, each with a text or with one text for each plural form.

use serde_yaml::Value;

use super::{Located, yaml};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{Source, Span};

/// What a name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// One text.
    Text(String),
    /// A text for each plural form of its language: `{one: "{n} day", other: "{n} days"}`.
    Forms(Vec<(String, String)>),
}

/// A name and what it says.
pub type Named = (Located<String>, Phrase);

/// Reads a whole file of groups; what is neither a text nor a set of forms is reported.
pub fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Vec<(Located<String>, Vec<Named>)> {
    let whole = Span::new(0, source.text.len());
    let groups = yaml::entries(source, &whole, found).into_iter();
    groups
        .map(|group| {
            let key = Located { value: group.key, span: group.key_span };
            let names = yaml::nested(source, &group.region, group.value).into_iter();
            (key, names.filter_map(|entry| named(source, entry, found)).collect())
        })
        .collect()
}

fn named(source: &Source, entry: yaml::Entry, found: &mut Vec<Diagnostic>) -> Option<Named> {
    let key = Located { value: entry.key, span: entry.key_span };
    let phrase = match &entry.value {
        Value::Mapping(forms) => forms
            .iter()
            .map(|(form, text)| Some((yaml::scalar(form)?, yaml::scalar(text)?)))
            .collect::<Option<Vec<_>>>()
            .filter(|forms| forms.iter().any(|(form, _)| form == "other"))
            .map(Phrase::Forms),
        value => yaml::scalar(value).map(Phrase::Text),
    };
    if phrase.is_none() {
        let place = Place::at(&source.path, key.span.clone());
        let message = format!("`{}` must be a text, or plural forms with `other`", key.value);
        let hint = format!(
            "write `{0}: Some words` or `{0}: {{one: \"{{n}} day\", other: \"{{n}} days\"}}`",
            key.value
        );
        found.push(Diagnostic::error("wrong-value", place, message).hint(hint));
    }
    Some((key, phrase?))
}
