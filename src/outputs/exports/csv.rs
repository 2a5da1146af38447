//! `templates.csv`, for spreadsheets: one record for each tone of each message.
//!
//! The format is RFC 4180: records end in CRLF, every field is quoted, a quote inside is doubled.
//! Line breaks inside a message stay LF, as they are copied from a page. The file begins with a byte
//! order mark: without it, spreadsheets read UTF-8 as something else. A field that a spreadsheet
//! would take for a formula gets a `'` in front, which it shows as text (OWASP, "CSV Injection":
//! fields that begin with `=`, `+`, `-`, `@`, a tab or a carriage return).

use super::{Entry, gaps};
use crate::piece::{Variant, plain};

const COLUMNS: [&str; 13] = [
    "id",
    "title",
    "tone",
    "channel",
    "to",
    "subject",
    "body",
    "section",
    "stages",
    "placeholders",
    "article",
    "article_url",
    "url",
];

/// The file's text.
pub(super) fn write(entries: &[Entry<'_>]) -> String {
    let mut out = String::from('\u{feff}');
    record(&mut out, &COLUMNS.map(str::to_owned));
    for entry in entries {
        for variant in &entry.template.variants {
            record(&mut out, &fields(entry, variant));
        }
    }
    out
}

fn fields(entry: &Entry<'_>, variant: &Variant) -> [String; 13] {
    let stages: Vec<&str> = entry.stages.iter().map(|stage| stage.label.as_str()).collect();
    [
        entry.id.clone(),
        entry.template.title.clone(),
        variant.tone.clone().unwrap_or_default(),
        entry.channel_label().to_owned(),
        entry.template.to.clone().unwrap_or_default(),
        variant.subject.as_deref().map(plain).unwrap_or_default(),
        plain(&variant.body),
        entry.section.clone(),
        stages.join("; "),
        gaps(variant).join("; "),
        entry.article.meta.title.clone(),
        entry.article_url.clone(),
        entry.url.clone(),
    ]
}

fn record(out: &mut String, fields: &[String]) {
    for (index, field) in fields.iter().enumerate() {
        out.push_str(if index == 0 { "\"" } else { ",\"" });
        if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            out.push('\'');
        }
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled_and_formulas_disarmed() {
        let mut out = String::new();
        let fields = ["say \"hi\"\nthere", "=1+1", "+49", "-1", "@a", "\tx", "\ry", "a=b", ""];
        record(&mut out, &fields.map(str::to_owned));
        assert_eq!(
            out,
            "\"say \"\"hi\"\"\nthere\",\"'=1+1\",\"'+49\",\"'-1\",\"'@a\",\"'\tx\",\"'\ry\",\"a=b\",\"\"\r\n"
        );
    }
}
