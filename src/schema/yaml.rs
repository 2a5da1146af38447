//! YAML with lines: the library reads it, this finds where each key and item stands.
//!
//! The library reports one syntax error and keeps no positions. So a text that fails is read again
//! entry by entry, to report every entry that fails; and places are found by looking for what was
//! read, in the order in which it was read.

use serde_yaml::Value;

use super::faults;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{Source, Span};

/// One `key: value` of a mapping.
pub struct Entry {
    /// The key as text.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// What was read.
    pub value: Value,
    /// From behind the key to the next entry.
    pub region: Span,
}

/// Flow brackets deeper than this are refused before parsing: 50,000 of them take a parser minutes.
const DEEPEST_FLOW: usize = 32;

/// Reads the entries of the mapping in `region` of the source, all mistakes at once.
pub fn entries(source: &Source, region: &Span, found: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let text = &source.text[region.range()];
    if let Some(at) = too_deep(text) {
        let place = Place::at(&source.path, region.start + at..region.start + at + 1);
        found.push(
            Diagnostic::error("too-deep", place, "brackets are nested too deeply here")
                .hint(format!("at most {DEEPEST_FLOW} brackets may stand inside each other")),
        );
        return Vec::new();
    }
    match serde_yaml::from_str::<Value>(text) {
        Ok(value) => locate(source, region, value, found),
        Err(_) => chunks(text)
            .into_iter()
            .flat_map(|(start, end)| {
                let chunk = Span::new(region.start + start, region.start + end);
                match serde_yaml::from_str::<Value>(&source.text[chunk.range()]) {
                    Ok(value) => locate(source, &chunk, value, found),
                    Err(error) => {
                        found.push(faults::explain(source, &chunk, &error));
                        Vec::new()
                    }
                }
            })
            .collect::<Vec<_>>()
            .into_iter()
            .fold(Vec::new(), |kept, entry| refuse_twin(source, kept, entry, found)),
    }
}

/// The entries of a mapping that was already read, inside `region`.
pub fn nested(source: &Source, region: &Span, value: Value) -> Vec<Entry> {
    locate(source, region, value, &mut Vec::new())
}

/// Where each item of a list stands, in order; an item that cannot be found gets the whole list.
pub fn items(source: &Source, region: &Span, values: &[Value]) -> Vec<Span> {
    let mut cursor = region.start;
    let whole = written(source, region);
    values
        .iter()
        .map(|value| {
            let text = match value {
                Value::Mapping(map) => map.keys().next().and_then(scalar),
                Value::Sequence(items) => items.first().and_then(scalar),
                other => scalar(other),
            };
            let place = text
                .filter(|text| !text.is_empty())
                .and_then(|text| find_word(&source.text, cursor, region.end, &text));
            match place {
                Some(span) => {
                    cursor = span.end;
                    span
                }
                None => whole.clone(),
            }
        })
        .collect()
}

/// Where a scalar stands inside the region behind its key.
pub fn scalar_span(source: &Source, region: &Span, value: &Value) -> Span {
    scalar(value)
        .filter(|text| !text.is_empty() && !text.contains('\n'))
        .and_then(|text| find_word(&source.text, region.start, region.end, &text))
        .unwrap_or_else(|| written(source, region))
}

/// The first line of what is written in the region behind a key.
pub fn written(source: &Source, region: &Span) -> Span {
    let text = &source.text[region.range()];
    let start = region.start + text.len() - text.trim_start_matches([':', ' ', '\n', '\r']).len();
    let line = source.text[start..region.end.max(start)].lines().next().unwrap_or_default();
    Span::new(start, start + line.trim_end().len())
}

/// A text with the quotation marks it needs to be one.
pub fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// A text with quotation marks only where it needs them, also inside brackets.
pub fn plain(text: &str) -> String {
    let read = serde_yaml::from_str::<Vec<Value>>(&format!("[{text}]"));
    let same = read.is_ok_and(|items| items == [Value::String(text.to_owned())]);
    if same { text.to_owned() } else { quoted(text) }
}

/// A text that needs no quotation marks, wherever it stands.
pub fn bare(text: &str) -> Option<String> {
    (plain(text) == text).then(|| text.to_owned())
}

/// A text, number or truth value as the author would read it.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A text of any other program's making, without places; `Err` says in a line what is wrong with it.
pub fn document(text: &str) -> Result<serde_json::Value, String> {
    if too_deep(text).is_some() {
        return Err("brackets are nested too deeply".to_owned());
    }
    serde_yaml::from_str::<Value>(text).map(json).map_err(|error| error.to_string())
}

fn json(value: Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => flag.into(),
        Value::Number(number) => serde_json::to_value(&number).unwrap_or_default(),
        Value::String(text) => text.into(),
        Value::Sequence(items) => items.into_iter().map(json).collect(),
        Value::Mapping(map) => {
            let named =
                map.into_iter().filter_map(|(key, value)| Some((scalar(&key)?, json(value))));
            serde_json::Value::Object(named.collect())
        }
        Value::Tagged(tagged) => json(tagged.value),
    }
}

fn locate(source: &Source, region: &Span, value: Value, found: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let map = match value {
        Value::Mapping(map) => map,
        Value::Null => return Vec::new(),
        _ => {
            found.push(faults::not_a_field(source, &written(source, region)));
            return Vec::new();
        }
    };
    let mut cursor = region.start;
    let mut column = None;
    let mut located = Vec::new();
    for (key, value) in map {
        let key = scalar(&key).unwrap_or_default();
        let span = find_key(&source.text, cursor, region.end, &key, column)
            .unwrap_or_else(|| Span::new(cursor, cursor));
        if column.is_none() {
            column = own_column(&source.text, span.start);
        }
        cursor = span.end;
        located.push((key, span, value));
    }
    let starts: Vec<usize> = located.iter().map(|(_, span, _)| span.start).collect();
    let ends = starts.into_iter().skip(1).chain([region.end]);
    let with_ends = located.into_iter().zip(ends);
    with_ends
        .map(|((key, key_span, value), end)| {
            let region = Span::new(key_span.end, end);
            Entry { key, key_span, value, region }
        })
        .collect()
}

/// The text between the start of the line and `at` as a column, if it is only indentation.
fn own_column(text: &str, at: usize) -> Option<usize> {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let indent = text[line..at].trim_end_matches(['"', '\'']);
    indent.bytes().all(|byte| byte == b' ').then_some(indent.len())
}

/// The next place where `key` stands as a key: at `column` of its line where one is given.
fn find_key(text: &str, from: usize, to: usize, key: &str, column: Option<usize>) -> Option<Span> {
    let inside = text.get(from..to).filter(|_| !key.is_empty())?;
    inside.match_indices(key).map(|(at, _)| Span::new(from + at, from + at + key.len())).find(
        |span| {
            let before = text[..span.start].trim_end_matches(['"', '\'']).trim_end_matches(' ');
            let opens = before.is_empty() || before.ends_with(['\n', '{', ',', '-', '?']);
            let after = text[span.end..].trim_start_matches(['"', '\'']).trim_start_matches(' ');
            let fits = column.is_none_or(|column| own_column(text, span.start) == Some(column));
            // between braces, a name may stand without a value
            let alone = column.is_none() && after.starts_with([',', '}']);
            opens && fits && (after.starts_with(':') || alone)
        },
    )
}

/// The next place where `word` stands alone, not inside a longer word.
fn find_word(text: &str, from: usize, to: usize, word: &str) -> Option<Span> {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let inside = text.get(from..to)?;
    inside.match_indices(word).map(|(at, _)| Span::new(from + at, from + at + word.len())).find(
        |span| {
            !text[..span.start].ends_with(part_of_word)
                && !text[span.end..].starts_with(part_of_word)
        },
    )
}

/// Splits a text that the library refuses where a line begins with `name:` at the left margin, which
/// is where its first line begins.
fn chunks(text: &str) -> Vec<(usize, usize)> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let margin = first.len() - first.trim_start_matches(' ').len();
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let own = line.get(margin..).unwrap_or_default();
        let name = own.split_once(':').map_or("", |(name, _)| name);
        let plain = name.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c));
        let opens = !name.is_empty() && plain && !own.starts_with([' ', '-', '#']);
        if opens || (starts.is_empty() && !own.trim().is_empty() && !own.starts_with('#')) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).collect()
}

fn refuse_twin(
    source: &Source,
    mut kept: Vec<Entry>,
    entry: Entry,
    found: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    if let Some(first) = kept.iter().find(|one| one.key == entry.key) {
        let place = Place::at(&source.path, entry.key_span);
        found.push(
            Diagnostic::error("twice", place, format!("`{}` stands here twice", entry.key))
                .hint("keep one of the two lines")
                .related(Place::at(&source.path, first.key_span.clone()), "the first is here"),
        );
    } else {
        kept.push(entry);
    }
    kept
}

fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > DEEPEST_FLOW).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_gets_the_quotation_marks_it_needs() {
        assert_eq!(plain("feedback"), "feedback");
        assert_eq!(plain("one: two"), "\"one: two\"");
        assert_eq!(plain("true"), "\"true\"");
        assert_eq!(plain("a, b"), "\"a, b\"");
        assert_eq!(quoted("they said \"no\", didn't they"), "'they said \"no\", didn''t they'");
    }
}
