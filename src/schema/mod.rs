//! Field tables: what may stand in a YAML head, and what an author reads when it does not fit.
//!
//! A table says each field's name, kind, need and purpose once. Reading a head by its table reports
//! unknown names, wrong kinds and missing fields, each on its own line, and returns what fits.

mod faults;
mod fit;
pub mod json;
pub mod near;
pub mod phrases;
pub mod yaml;

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// One text; a bare number is taken as text.
    Text,
    /// A day, written 2026-03-02.
    Date,
    /// true or false.
    Flag,
    /// A whole number from 0.
    Count,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of texts, each alone or with a few words: `- slug` or `- slug: why`.
    Reasons,
    /// Fields below the name: `editorial: {grade: 8}`.
    Record(&'static Table),
    /// Names of the author's own, each with fields: `email: {label: E-mail}`.
    Records(&'static Table),
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// As the author writes it.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it is for, in one sentence for authors.
    pub purpose: &'static str,
    /// A value as one would write it behind the colon.
    pub example: &'static str,
}

/// A row of a table, its parts in the order of [`Field`].
pub const fn row(
    name: &'static str,
    kind: Kind,
    required: bool,
    purpose: &'static str,
    example: &'static str,
) -> Field {
    Field { name, kind, required, purpose, example }
}

/// The fields of one kind of head.
#[derive(Debug)]
pub struct Table {
    /// What the head belongs to, in words: "an article".
    pub what: &'static str,
    /// Its fields, in the order in which they are explained.
    pub fields: &'static [Field],
}

/// A value and where it stands.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Located<T> {
    /// What was written.
    pub value: T,
    /// Its bytes in the source.
    pub span: Span,
}

/// An item of a list with the few words behind it, if there are any.
pub type Reason = (Located<String>, Option<String>);

/// A name of the author's own with its fields.
pub type Named = (Located<String>, Arc<Record>);

/// What fitted the table.
#[derive(Debug, Default)]
pub struct Record {
    values: Vec<(&'static str, Located<Datum>)>,
}

#[derive(Debug, Clone)]
enum Datum {
    /// It was reported; it stands here so that it is not reported as missing, too.
    Misfit,
    Text(String),
    Date(Date),
    Flag(bool),
    Count(usize),
    Texts(Vec<Located<String>>),
    Reasons(Vec<Reason>),
    Record(Arc<Record>),
    Records(Vec<Named>),
}

/// Reads the head in `region` by its table. A missing required field is reported at `head`.
pub fn read(
    source: &Source,
    region: &Span,
    head: &Span,
    table: &Table,
    found: &mut Vec<Diagnostic>,
) -> Record {
    let before = found.len();
    let entries = yaml::entries(source, region, found);
    let unreadable: Vec<Span> =
        found[before..].iter().filter_map(|one| one.place.span.clone()).collect();
    let mut record = fit::fit(source, entries, table, found);
    for field in table.fields.iter().filter(|field| field.required) {
        let named_in_error = |span: &Span| {
            let line = source.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
            source.text[line..].trim_start().starts_with(&format!("{}:", field.name))
        };
        let lost = found[before..].iter().any(|one| one.code == "too-deep");
        let seen = lost
            || record.values.iter().any(|(name, _)| *name == field.name)
            || unreadable.iter().any(named_in_error);
        if !seen {
            let hint = format!("add a line such as `{}: {}`", field.name, field.example);
            found.push(fit::missing(source, head, table.what, field.name).hint(hint));
        }
    }
    record.values.retain(|(_, datum)| !matches!(datum.value, Datum::Misfit));
    record
}

impl Record {
    /// A text that is not empty.
    pub fn text(&self, name: &str) -> Option<Located<String>> {
        self.get(name, |datum| match datum {
            Datum::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// A day.
    pub fn date(&self, name: &str) -> Option<Located<Date>> {
        self.get(name, |datum| match datum {
            Datum::Date(date) => Some(*date),
            _ => None,
        })
    }

    /// true only where it was written.
    pub fn flag(&self, name: &str) -> bool {
        self.switch(name).unwrap_or(false)
    }

    /// true or false, where one was written.
    pub fn switch(&self, name: &str) -> Option<bool> {
        let flag = self.get(name, |datum| match datum {
            Datum::Flag(flag) => Some(*flag),
            _ => None,
        });
        flag.map(|flag| flag.value)
    }

    /// A whole number.
    pub fn count(&self, name: &str) -> Option<usize> {
        let found = self.get(name, |datum| match datum {
            Datum::Count(count) => Some(*count),
            _ => None,
        });
        found.map(|count| count.value)
    }

    /// Where a field's value stands.
    pub fn span(&self, name: &str) -> Option<Span> {
        let (_, located) = self.values.iter().find(|(own, _)| *own == name)?;
        Some(located.span.clone())
    }

    /// Whether a field below a name was written, be it in a way that did not fit and was reported.
    pub fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(own, _)| *own == name)
    }

    /// A list of texts, empty where there is none.
    pub fn texts(&self, name: &str) -> Vec<Located<String>> {
        let found = self.get(name, |datum| match datum {
            Datum::Texts(texts) => Some(texts.clone()),
            _ => None,
        });
        found.map(|texts| texts.value).unwrap_or_default()
    }

    /// A list of texts with their reasons, empty where there is none.
    pub fn reasons(&self, name: &str) -> Vec<Reason> {
        let found = self.get(name, |datum| match datum {
            Datum::Reasons(reasons) => Some(reasons.clone()),
            _ => None,
        });
        found.map(|reasons| reasons.value).unwrap_or_default()
    }

    /// The fields below a name.
    pub fn record(&self, name: &str) -> Option<Arc<Self>> {
        let found = self.get(name, |datum| match datum {
            Datum::Record(record) => Some(Arc::clone(record)),
            _ => None,
        });
        found.map(|record| record.value)
    }

    /// Names of the author's own with their fields, in the order written.
    pub fn records(&self, name: &str) -> Vec<Named> {
        let found = self.get(name, |datum| match datum {
            Datum::Records(records) => Some(records.clone()),
            _ => None,
        });
        found.map(|records| records.value).unwrap_or_default()
    }

    fn get<T>(&self, name: &str, pick: impl Fn(&Datum) -> Option<T>) -> Option<Located<T>> {
        let (_, located) = self.values.iter().find(|(own, _)| *own == name)?;
        Some(Located { value: pick(&located.value)?, span: located.span.clone() })
    }
}

impl Table {
    /// What the head belongs to, without its article: "stage".
    fn noun(&self) -> &'static str {
        self.what.split_once(' ').map_or(self.what, |(_, noun)| noun)
    }
}

/// A day written year-month-day, such as 2026-03-02.
pub fn parse_date(text: &str) -> Option<Date> {
    let form = text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
    form.then(|| text.parse().ok()).flatten()
}
