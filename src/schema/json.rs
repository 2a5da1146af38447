//! A field table as JSON Schema, so that a text editor knows what the program knows.
//!
//! The dialect is draft-07: the newest that the YAML language server, which most editors use,
//! understands in full. What a schema cannot say (that a link leads somewhere, that two titles
//! differ) is left to the program.

use serde_json::{Map, Value, json};

use super::{Field, Kind, Table};

/// What the schemas here are written in.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// The words that a site has for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// All there are: another word is a mistake.
    Only(Vec<String>),
    /// Those in use: another word is right, too.
    Known(Vec<String>),
    /// What may stand in brackets inside a text.
    Gaps(Vec<String>),
}

/// Gives the words for a field of a table, where the site has any.
pub type Vocabulary<'a> = &'a dyn Fn(&Table, &Field) -> Option<Words>;

/// The schema of a whole head.
pub fn schema(table: &Table, vocabulary: Vocabulary<'_>) -> Map<String, Value> {
    let mut whole = object(table, vocabulary);
    whole.insert("$schema".to_owned(), json!(DIALECT));
    whole.insert("title".to_owned(), json!(format!("The fields of {}", table.what)));
    whole
}

fn object(table: &Table, vocabulary: Vocabulary<'_>) -> Map<String, Value> {
    let fields = table.fields.iter();
    let properties = fields.map(|field| {
        let words = vocabulary(table, field);
        (field.name.to_owned(), Value::Object(property(field, words.as_ref(), vocabulary)))
    });
    let required = table.fields.iter().filter(|field| field.required).map(|field| field.name);
    let required: Vec<_> = required.collect();
    let mut object = Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), Value::Object(properties.collect())),
        ("additionalProperties".to_owned(), json!(false)),
    ]);
    if !required.is_empty() {
        object.insert("required".to_owned(), json!(required));
    }
    object
}

fn property(
    field: &Field,
    words: Option<&Words>,
    vocabulary: Vocabulary<'_>,
) -> Map<String, Value> {
    let mut property = match field.kind {
        Kind::Text => text(words),
        Kind::Date => map([
            ("type", json!("string")),
            ("format", json!("date")),
            ("pattern", json!("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
        ]),
        Kind::Flag => map([("type", json!("boolean"))]),
        Kind::Count => map([("type", json!("integer")), ("minimum", json!(0))]),
        Kind::Choice(words) => map([("enum", json!(words))]),
        Kind::Texts => map([("type", json!("array")), ("items", Value::Object(item(words)))]),
        Kind::Reasons => {
            let either = json!([item(words), with_reason(words)]);
            map([("type", json!("array")), ("items", json!({ "anyOf": either }))])
        }
        Kind::Record(table) => object(table, vocabulary),
        Kind::Records(table) => {
            let each = Value::Object(object(table, vocabulary));
            map([("type", json!("object")), ("additionalProperties", each)])
        }
    };
    property.insert("description".to_owned(), json!(description(field, words)));
    if let Ok(example) = serde_yaml::from_str::<Value>(field.example)
        && !example.is_null()
    {
        property.insert("examples".to_owned(), json!([example]));
    }
    property
}

/// One text; a bare number is one.
fn text(words: Option<&Words>) -> Map<String, Value> {
    let any = map([("type", json!(["string", "number"])), ("pattern", json!("\\S"))]);
    limited(words, any)
}

/// One text in a list, where `true` is a word like others.
fn item(words: Option<&Words>) -> Map<String, Value> {
    let any = map([("type", json!(["string", "number", "boolean"])), ("pattern", json!("\\S"))]);
    limited(words, any)
}

fn limited(words: Option<&Words>, any: Map<String, Value>) -> Map<String, Value> {
    match words {
        // an empty list would make every word a mistake, and the site may get its words later
        Some(Words::Only(words)) if !words.is_empty() => map([("enum", json!(words))]),
        Some(Words::Known(words)) if !words.is_empty() => {
            map([("anyOf", json!([{ "enum": words }, any]))])
        }
        _ => any,
    }
}

/// `slug: why`, one pair.
fn with_reason(words: Option<&Words>) -> Map<String, Value> {
    let reason = json!({ "type": ["string", "number", "boolean"] });
    let mut pair = map([
        ("type", json!("object")),
        ("minProperties", json!(1)),
        ("maxProperties", json!(1)),
        ("additionalProperties", reason.clone()),
    ]);
    if let Some(Words::Only(words)) = words
        && !words.is_empty()
    {
        let each = words.iter().map(|word| (word.clone(), reason.clone()));
        pair.insert("properties".to_owned(), Value::Object(each.collect()));
        pair.insert("additionalProperties".to_owned(), json!(false));
    }
    pair
}

/// The purpose as a sentence, and the gaps that a text may have.
fn description(field: &Field, words: Option<&Words>) -> String {
    let mut letters = field.purpose.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let purpose: String = first.chain(letters).collect();
    match words {
        Some(Words::Gaps(gaps)) if !gaps.is_empty() => {
            let gaps = gaps.iter().map(|gap| format!("[{gap}]")).collect::<Vec<_>>().join(", ");
            format!("{purpose}. In brackets, it may hold {gaps}.")
        }
        _ => format!("{purpose}."),
    }
}

fn map<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
