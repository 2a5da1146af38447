//! Heads of foreign files, in YAML, TOML or JSON, and settings files in the same three.

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::schema::{parse_date, yaml};

/// Fields by name, whatever notation they stood in.
pub type Fields = Map<String, Value>;

/// What a record may be called by, the best first.
pub const NAMES: [&str; 3] = ["name", "label", "title"];

/// The head of a file.
#[derive(Debug, Default)]
pub struct Head {
    /// Its fields.
    pub fields: Fields,
    /// Where the body begins, in bytes.
    pub body: usize,
    /// Whether there is a head at all.
    pub found: bool,
    /// Why it could not be read.
    pub problem: Option<String>,
}

/// The notations of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Between lines of `---`.
    Yaml,
    /// Between lines of `+++`.
    Toml,
    /// Between braces.
    Json,
}

/// Reads the head of a file. A file without one is all body.
pub fn split(text: &str) -> Head {
    let blank = text.len() - text.trim_start().len();
    if blank > 0 && text[..blank].contains('\n') && !text[..blank].ends_with([' ', '\t']) {
        let head = split(&text[blank..]);
        return Head { body: if head.found { blank + head.body } else { 0 }, ..head };
    }
    for (rule, notation) in [("---", Notation::Yaml), ("+++", Notation::Toml)] {
        if text.lines().next().is_some_and(|line| line.trim_end() == rule) {
            return between(text, rule, notation);
        }
    }
    if text.trim_start().starts_with("{\n") || text.trim_start().starts_with("{\r") {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
        if let Some(Ok(Value::Object(fields))) = values.next() {
            let body = values.byte_offset();
            return Head { fields, body, found: true, problem: None };
        }
    }
    Head::default()
}

fn between(text: &str, rule: &str, notation: Notation) -> Head {
    let mut at = text.find('\n').map_or(text.len(), |end| end + 1);
    let start = at;
    for line in text[start..].split_inclusive('\n') {
        let trimmed = line.trim_end();
        if trimmed == rule || (notation == Notation::Yaml && trimmed == "...") {
            let body = at + line.len();
            return match fields(&text[start..at], notation) {
                Ok(fields) => Head { fields, body, found: true, problem: None },
                Err(problem) => {
                    Head { body, found: true, problem: Some(problem), ..Head::default() }
                }
            };
        }
        at += line.len();
    }
    // without a second rule, the first one is a line across the page
    Head::default()
}

/// Reads fields; `Err` says in a line what is wrong with them.
pub fn fields(text: &str, notation: Notation) -> Result<Fields, String> {
    let value = match notation {
        // some editors indent with tabs, which YAML forbids and other readers forgive
        Notation::Yaml => yaml::document(text)
            .or_else(|problem| yaml::document(&text.replace('\t', "  ")).map_err(|_| problem))?,
        Notation::Toml => {
            let table = text.parse::<toml::Table>().map_err(|error| error.message().to_owned())?;
            json(toml::Value::Table(table))
        }
        Notation::Json => serde_json::from_str(text).map_err(|error| error.to_string())?,
    };
    match value {
        Value::Object(fields) => Ok(fields),
        Value::Null => Ok(Fields::new()),
        _ => Err("it holds no fields".to_owned()),
    }
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect())
        }
    }
}

/// A text, number or truth value as a text; not empty.
pub fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The texts of a list, or the one text; of records, what they are called.
pub fn texts(value: &Value) -> Vec<String> {
    let named =
        |value: &Value| text(value).or_else(|| NAMES.iter().find_map(|key| text(value.get(key)?)));
    match value {
        Value::Array(items) => items.iter().filter_map(named).collect(),
        other => named(other).into_iter().collect(),
    }
}

/// The day of a date or a time in any of the usual notations.
pub fn day(value: &Value) -> Option<Date> {
    let text = text(value)?;
    let day = text.split(['T', ' ']).next()?.replace('/', "-");
    if let Some(date) = parse_date(&day) {
        return Some(date);
    }
    // 2024-1-2
    let parts: Vec<i16> = day.split('-').map_while(|part| part.parse().ok()).collect();
    let &[year, month, day] = parts.as_slice() else { return None };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Splits `2024-01-02-title` into the day and the rest.
pub fn dated(name: &str) -> (Option<Date>, &str) {
    let parts: Vec<&str> = name.splitn(4, '-').collect();
    if let &[year, month, day, rest] = parts.as_slice() {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if year.len() == 4 && [year, month, day].into_iter().all(digits) {
            let date = self::day(&Value::String(format!("{year}-{month}-{day}")));
            if date.is_some() {
                return (date, rest);
            }
        }
    }
    (None, name)
}

/// The folders and the name of a page from its path without the ending: the name of a section is
/// empty, and the index of a bundle is a page of the folder above.
pub fn folders_and_name(stem: &str) -> (Vec<String>, String) {
    let mut folders: Vec<String> = stem.split('/').map(str::to_owned).collect();
    let last = folders.pop().unwrap_or_default();
    let name = match last.as_str() {
        "_index" => String::new(),
        "index" => folders.pop().unwrap_or_default(),
        _ => last,
    };
    (folders, name)
}

/// What stands at a path of names: `taxonomies.tags`.
pub fn get<'a>(fields: &'a Fields, path: &str) -> Option<&'a Value> {
    let mut names = path.split('.');
    let first = fields.get(names.next()?)?;
    names.try_fold(first, |value, name| value.get(name))
}

/// The line of a file where a field stands, from 1; 0 where it cannot be found.
pub fn line_of(source: &str, body: usize, name: &str) -> usize {
    let name = name.rsplit('.').next().unwrap_or(name);
    let head = &source[..body];
    let begins = |line: &str| {
        let line = line.trim_start().trim_start_matches('"');
        let rest = line.strip_prefix(name).map(|rest| rest.trim_start_matches(['"', ' ']));
        rest.is_some_and(|rest| rest.starts_with([':', '=']))
            || line.starts_with(&format!("[{name}"))
    };
    head.lines().position(begins).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_in_three_notations() {
        for text in [
            "---\ntitle: A\ndate: 2024-01-02\n---\nbody",
            "+++\ntitle = \"A\"\ndate = 2024-01-02\n+++\nbody",
            "{\n\"title\": \"A\", \"date\": \"2024-01-02T10:00:00Z\"}body",
        ] {
            let head = split(text);
            assert_eq!(head.fields.get("title"), Some(&"A".into()), "{text}");
            assert_eq!(head.fields.get("date").and_then(day), parse_date("2024-01-02"), "{text}");
            assert_eq!(&text[head.body..], "body");
        }
        assert!(!split("---\nno second rule").found);
        assert!(split("---\na: [\n---\n").problem.is_some());
    }

    #[test]
    fn names_give_their_day() {
        assert_eq!(dated("2024-1-2-a-b"), (parse_date("2024-01-02"), "a-b"));
        assert_eq!(dated("2024-13-2-a"), (None, "2024-13-2-a"));
        assert_eq!(dated("a-b"), (None, "a-b"));
    }
}
