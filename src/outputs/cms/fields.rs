//! A field table as the fields of a form in the browser editor.

use serde_json::{Value, json};

use crate::editor::Vocabulary;
use crate::schema::json::Words;
use crate::schema::{Field, Kind, Table};

/// The fields of a head, and the text below it.
pub fn with_text(table: &Table, words: &Vocabulary) -> Vec<Value> {
    let mut fields = fields(table, words);
    // both keep what they do not know as it is written; a message is a form of its own in the first
    fields.push(json!({
        "name": "body", "label": "Text", "widget": "richtext", "required": false,
        "modes": ["rich_text", "raw"],
    }));
    fields
}

/// The fields of a head that a form can show.
pub fn fields(table: &Table, words: &Vocabulary) -> Vec<Value> {
    table.fields.iter().filter_map(|field| form(field, words.words(table, field))).collect()
}

/// `None` for what a form cannot show: a list in which some have a few words behind them.
fn form(field: &Field, words: Option<Words>) -> Option<Value> {
    let mut form = match (field.kind, words) {
        (Kind::Text, Some(Words::Only(words))) if !words.is_empty() => choice(&words, false),
        (Kind::Texts, Some(Words::Only(words))) if !words.is_empty() => choice(&words, true),
        (Kind::Choice(words), _) => choice(words, false),
        (Kind::Text, _) if field.name == "description" => json!({ "widget": "text" }),
        (Kind::Text, _) => json!({ "widget": "string" }),
        (Kind::Texts, _) => json!({ "widget": "list" }),
        (Kind::Date, _) => json!({ "widget": "datetime", "type": "date", "format": "YYYY-MM-DD" }),
        // no default: the editor would write it into every article that it saves
        (Kind::Flag, _) => json!({ "widget": "boolean" }),
        (Kind::Count, _) => json!({ "widget": "number", "value_type": "int", "min": 0 }),
        (Kind::Reasons | Kind::Record(_) | Kind::Records(_), _) => return None,
    };
    form["name"] = json!(field.name);
    form["label"] = json!(sentence(&field.name.replace('_', " ")));
    form["hint"] = json!(sentence(field.purpose));
    form["required"] = json!(field.required);
    Some(form)
}

fn choice<T: AsRef<str>>(words: &[T], several: bool) -> Value {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    json!({ "widget": "select", "options": words, "multiple": several })
}

/// With a capital at its beginning.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
