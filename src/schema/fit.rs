//! From what YAML read to what a table wants, and the words for what does not fit.

use std::sync::Arc;

use jiff::civil::Date;
use serde_yaml::Value;

use super::{Datum, Field, Kind, Located, Reason, Record, Table, near, parse_date, yaml};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{Source, Span};

/// A value that does not fit its field.
struct Misfit {
    message: String,
    /// Where, if not the whole value.
    span: Option<Span>,
    /// What was meant, as one would write it behind the colon.
    meant: Option<String>,
    /// Whether nothing else can have been meant.
    sure: bool,
}

type Fit<T> = Result<T, Misfit>;

/// Matches entries with the fields of a table; what does not fit is reported.
pub(super) fn fit(
    source: &Source,
    entries: Vec<yaml::Entry>,
    table: &Table,
    found: &mut Vec<Diagnostic>,
) -> Record {
    let mut record = Record::default();
    let keys: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    for entry in entries {
        let Some(field) = table.fields.iter().find(|field| field.name == entry.key) else {
            let meant = unknown(source, table, &entry, &keys, found);
            let misfit = Located { value: Datum::Misfit, span: entry.key_span };
            record.values.extend(meant.map(|name| (name, misfit)));
            continue;
        };
        let span = yaml::scalar_span(source, &entry.region, &entry.value);
        let alone = on_one_line(source, &entry.region, &span);
        let key_span = entry.key_span.clone();
        let value = datum(source, field, entry, found).unwrap_or_else(|misfit| {
            let whole = if span.start == span.end { key_span } else { span.clone() };
            let place = Place::at(&source.path, misfit.span.unwrap_or(whole));
            let hint = match &misfit.meant {
                Some(meant) => format!("write `{}: {meant}`", field.name),
                None => format!("write it like `{}: {}`", field.name, field.example),
            };
            let sure = misfit.meant.filter(|_| misfit.sure && alone);
            let written = &source.text[span.range()];
            let problem = Diagnostic::error("wrong-value", place, misfit.message).hint(hint);
            found.push(problem.maybe_replace(written, sure));
            Datum::Misfit
        });
        record.values.push((field.name, Located { value, span }));
    }
    record
}

/// A field that has to be there and is not.
pub(super) fn missing(source: &Source, at: &Span, what: &str, name: &str) -> Diagnostic {
    let place = Place::at(&source.path, at.clone());
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    Diagnostic::error("missing-field", place, format!("{what} needs {article} `{name}`"))
}

impl Misfit {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), span: None, meant: None, sure: false }
    }

    fn meant(self, meant: impl Into<String>) -> Self {
        Self { meant: Some(meant.into()), ..self }
    }

    fn sure(self) -> Self {
        Self { sure: true, ..self }
    }
}

/// Whether a value is all that stands behind its name, but for quotation marks.
fn on_one_line(source: &Source, region: &Span, value: &Span) -> bool {
    let blank = |text: &str| text.chars().all(|c| c.is_whitespace() || ":\"'".contains(c));
    let before = source.text.get(region.start..value.start);
    let after = source.text.get(value.end..region.end);
    before.is_some_and(blank) && after.is_some_and(blank)
}

/// Reports a field that the table does not have, and returns the one that was probably meant.
fn unknown(
    source: &Source,
    table: &Table,
    entry: &yaml::Entry,
    keys: &[String],
    found: &mut Vec<Diagnostic>,
) -> Option<&'static str> {
    let names: Vec<&str> = table.fields.iter().map(|field| field.name).collect();
    let place = Place::at(&source.path, entry.key_span.clone());
    let message = format!("{} has no field `{}`", table.what, entry.key);
    let hint = near::suggestion(&entry.key, names.iter().copied()).unwrap_or_else(|| {
        // `{author: One, Two}`: what stands behind the comma is read as a field without a value
        let after_comma = source.text[..entry.key_span.start].trim_end().ends_with(',');
        if entry.value.is_null() && after_comma {
            "a text with a comma in it needs quotation marks between `{` and `}`".to_owned()
        } else {
            format!("its fields are {}", names.join(", "))
        }
    });
    // no other entry may have this name, or be meant to have it
    let only = |key: &str| near::only(key, names.iter().copied());
    let sure = only(&entry.key).filter(|name| {
        let meant = |key: &&String| only(key) == Some(name);
        keys.iter().filter(meant).count() == 1
    });
    let problem = Diagnostic::error("unknown-field", place, message).hint(hint);
    found.push(problem.maybe_replace(&entry.key, sure.map(str::to_owned)));
    near::nearest(&entry.key, names)
}

fn datum(
    source: &Source,
    field: &Field,
    entry: yaml::Entry,
    found: &mut Vec<Diagnostic>,
) -> Fit<Datum> {
    let name = field.name;
    let (region, value) = (entry.region, entry.value);
    if value.is_null() {
        return Err(Misfit::new(format!("`{name}` is empty")));
    }
    match field.kind {
        Kind::Text => text(source, name, &region, value, found).map(Datum::Text),
        Kind::Date => {
            let text = yaml::scalar(&value).unwrap_or_default();
            parse_date(&text).map(Datum::Date).ok_or_else(|| no_day(name, &text))
        }
        Kind::Flag => value.as_bool().map(Datum::Flag).ok_or_else(|| {
            let written = yaml::scalar(&value).unwrap_or_default().to_lowercase();
            let yes = ["yes", "on", "y", "true"].contains(&written.as_str());
            let no = ["no", "off", "n", "false"].contains(&written.as_str());
            let meant = if yes { "true" } else { "false" };
            let misfit = Misfit::new(format!("`{name}` must be `true` or `false`")).meant(meant);
            Misfit { sure: yes || no, ..misfit }
        }),
        Kind::Count => {
            let count = value.as_u64().and_then(|count| usize::try_from(count).ok());
            let wrong = || Misfit::new(format!("`{name}` must be a whole number"));
            count.map(Datum::Count).ok_or_else(wrong)
        }
        Kind::Choice(words) => match yaml::scalar(&value) {
            Some(text) if words.contains(&text.as_str()) => Ok(Datum::Text(text)),
            other => {
                let message = format!("`{name}` must be one of: {}", words.join(", "));
                let other = other.unwrap_or_default();
                let near = near::nearest(&other, words.iter().copied()).map(str::to_owned);
                let sure = near.as_deref() == near::only(&other, words.iter().copied());
                Err(Misfit { meant: near, sure, ..Misfit::new(message) })
            }
        },
        Kind::Texts => texts(source, name, &region, value).map(Datum::Texts),
        Kind::Reasons => reasons(source, name, &region, value).map(Datum::Reasons),
        Kind::Record(_) if !value.is_mapping() => {
            Err(Misfit::new(format!("`{name}` must be fields with their values")))
        }
        Kind::Record(table) => {
            let at = yaml::written(source, &region);
            let named = (table, table.what);
            Ok(Datum::Record(inner(source, &at, &region, value, named, found)))
        }
        Kind::Records(table) => records(source, name, &region, value, table, found),
    }
}

fn text(
    source: &Source,
    name: &str,
    region: &Span,
    value: Value,
    found: &mut Vec<Diagnostic>,
) -> Fit<String> {
    let written = &source.text[yaml::written(source, region).range()];
    match value {
        Value::String(text) if text.trim().is_empty() => {
            Err(Misfit::new(format!("`{name}` is empty")))
        }
        Value::String(text) => {
            found.extend(cut_off(source, name, region, &text));
            Ok(text)
        }
        Value::Number(number) => {
            let digits = written.split([' ', ',', '}']).next().unwrap_or_default();
            let same = digits.parse::<f64>().is_ok();
            Ok(if same { digits.to_owned() } else { number.to_string() })
        }
        Value::Bool(flag) => {
            Err(Misfit::new(format!("`{name}` must be a text"))
                .meant(yaml::quoted(&flag.to_string())))
        }
        Value::Sequence(items) if items.len() == 1 => {
            let item = items.first().and_then(yaml::scalar).map(|item| yaml::plain(&item));
            Err(Misfit {
                meant: item,
                ..Misfit::new(format!("`{name}` must be one text, no list")).sure()
            })
        }
        _ => {
            let misfit = Misfit::new(format!("`{name}` must be one text"));
            let one_line = !source.text[region.range()].trim().contains('\n');
            Err(if one_line { misfit.meant(yaml::quoted(written)) } else { misfit })
        }
    }
}

/// A warning where a text ends at a `#` that begins no remark: `Interview #2`.
fn cut_off(source: &Source, name: &str, region: &Span, text: &str) -> Option<Diagnostic> {
    let span = yaml::written(source, region);
    let written = &source.text[span.range()];
    let rest = written.strip_prefix(text)?;
    let word = rest.trim_start().strip_prefix('#')?.chars().next()?;
    if !rest.starts_with([' ', '\t']) || !word.is_alphanumeric() {
        return None;
    }
    let place = Place::at(&source.path, span.end - rest.trim_start().len()..span.end);
    let message = format!("`{name}` ends before the `#`: what follows is taken for a remark");
    let hint = format!("write `{name}: {}`", yaml::quoted(written));
    Some(Diagnostic::warning("remark", place, message).hint(hint))
}

fn no_day(name: &str, text: &str) -> Misfit {
    let digits = text.len() == 10 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    let message = if digits {
        format!("there is no day `{text}`")
    } else {
        format!("`{name}` is not written as year-month-day")
    };
    Misfit { meant: day_meant(text).map(|day| day.to_string()), ..Misfit::new(message).sure() }
}

/// The day in other ways of writing it, where they can mean one day only: `2 March 2026`,
/// `2026/3/2`, `25.3.2026`, but not `2/3/2026`.
fn day_meant(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let month_of = |word: &str| {
        let word = word.to_lowercase();
        MONTHS.iter().position(|month| word.starts_with(month)).map(|at| at + 1)
    };
    let month = words.clone().find_map(month_of);
    let numbers: Vec<usize> = words.filter_map(|word| word.parse().ok()).collect();
    let (year, month, day) = match (numbers.as_slice(), month) {
        ([day, year], Some(month)) if *year > 31 => (*year, month, *day),
        ([year, day], Some(month)) => (*year, month, *day),
        ([year, month, day], None) if *year > 31 => (*year, *month, *day),
        ([day, month, year], None) if *day > 12 => (*year, *month, *day),
        ([month, day, year], None) if *day > 12 => (*year, *month, *day),
        _ => return None,
    };
    let written = format!("{year:04}-{month:02}-{day:02}");
    parse_date(&written)
}

/// A list as one writes it on one line.
fn list(items: &str) -> String {
    let items = items.split(',').map(str::trim).filter(|item| !item.is_empty());
    format!("[{}]", items.map(yaml::plain).collect::<Vec<_>>().join(", "))
}

fn texts(source: &Source, name: &str, region: &Span, value: Value) -> Fit<Vec<Located<String>>> {
    let Value::Sequence(values) = value else {
        let misfit = Misfit::new(format!("`{name}` must be a list")).sure();
        let written = yaml::scalar(&value).map(|text| list(&text));
        return Err(Misfit { meant: written, ..misfit });
    };
    let spans = yaml::items(source, region, &values);
    let pairs = values.iter().zip(spans);
    pairs
        .map(|(value, span)| match yaml::scalar(value) {
            Some(value) if !value.trim().is_empty() => Ok(Located { value, span }),
            _ => {
                let misfit = Misfit::new(format!("each item of `{name}` must be one text"));
                Err(Misfit { span: Some(span), ..misfit })
            }
        })
        .collect()
}

fn reasons(source: &Source, name: &str, region: &Span, value: Value) -> Fit<Vec<Reason>> {
    let Value::Sequence(values) = value else {
        let misfit = Misfit::new(format!("`{name}` must be a list")).sure();
        let written = yaml::scalar(&value).map(|text| list(&text));
        return Err(Misfit { meant: written, ..misfit });
    };
    let spans = yaml::items(source, region, &values);
    let pairs = values.iter().zip(spans);
    pairs
        .map(|(value, span)| {
            let (item, reason) = match value {
                Value::Mapping(map) if map.len() == 1 => map.iter().next().unzip(),
                other => (Some(other), None),
            };
            let words = reason.map(yaml::scalar);
            match (item.and_then(yaml::scalar), words) {
                (Some(value), None) => Ok((Located { value, span }, None)),
                (Some(value), Some(Some(words))) => Ok((Located { value, span }, Some(words))),
                _ => {
                    let message =
                        format!("each item of `{name}` is `- article` or `- article: why`");
                    Err(Misfit { span: Some(span), ..Misfit::new(message) })
                }
            }
        })
        .collect()
}

fn records(
    source: &Source,
    name: &str,
    region: &Span,
    value: Value,
    table: &Table,
    found: &mut Vec<Diagnostic>,
) -> Fit<Datum> {
    if !value.is_mapping() {
        return Err(Misfit::new(format!("`{name}` must be names with fields, one a line")));
    }
    let first = table.fields.first().map_or("", |field| field.name);
    let mut read = Vec::new();
    for entry in yaml::nested(source, region, value) {
        let key = Located { value: entry.key, span: entry.key_span };
        let what = format!("{} `{}`", table.noun(), key.value);
        if !entry.value.is_mapping() {
            let words = yaml::scalar(&entry.value).unwrap_or_else(|| "...".to_owned());
            let hint = format!("write `{}: {{{first}: {}}}`", key.value, yaml::plain(&words));
            let place = Place::at(&source.path, key.span);
            let message = format!("the {what} needs fields");
            found.push(Diagnostic::error("wrong-value", place, message).hint(hint));
            continue;
        }
        let what = format!("the {what}");
        let record = inner(source, &key.span, &entry.region, entry.value, (table, &what), found);
        read.push((key, record));
    }
    Ok(Datum::Records(read))
}

/// The fields below a name; one that is missing is reported `at` a place of `what` they belong to.
fn inner(
    source: &Source,
    at: &Span,
    region: &Span,
    value: Value,
    (table, what): (&Table, &str),
    found: &mut Vec<Diagnostic>,
) -> Arc<Record> {
    let record = fit(source, yaml::nested(source, region, value), table, found);
    for field in table.fields.iter().filter(|field| field.required) {
        if !record.values.iter().any(|(own, _)| *own == field.name) {
            let hint = format!("add to it: `{}: {}`", field.name, field.example);
            found.push(missing(source, at, what, field.name).hint(hint));
        }
    }
    Arc::new(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_understood_where_it_can_only_be_one() {
        let meant = |text| day_meant(text).map(|day| day.to_string());
        for text in ["2 March 2026", "March 2, 2026", "2026/3/2", "2026-3-2"] {
            assert_eq!(meant(text).as_deref(), Some("2026-03-02"), "{text}");
        }
        assert_eq!(meant("25.3.2026").as_deref(), Some("2026-03-25"));
        assert_eq!(meant("3/25/2026").as_deref(), Some("2026-03-25"));
        assert_eq!(meant("2/3/2026"), None);
        assert_eq!(meant("2026-02-30"), None);
        assert_eq!(meant("soon"), None);
    }
}
