//! What the template engine reports, as diagnostics at their places in the theme.

use std::collections::BTreeMap;

use tera::ErrorKind;

use super::{ThemeFile, template_name};
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::near;

/// What went wrong in a template, at its place in the theme.
pub fn explain(
    files: &BTreeMap<String, ThemeFile>,
    template: &str,
    error: &tera::Error,
) -> Vec<Diagnostic> {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return explain_text(files, template, &error.to_string());
    };
    let span = report.span();
    let start = (span.start_line, span.start_col);
    let end = (span.end_line, span.end_col);
    vec![fault(files, report.filename(), report.message(), start, end)]
}

/// Names that a template uses and nobody defines come as one text, a paragraph each: a line
/// `error: what`, then a line `--> template:line:column`.
fn explain_text(
    files: &BTreeMap<String, ThemeFile>,
    template: &str,
    text: &str,
) -> Vec<Diagnostic> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let pairs = lines.windows(2).filter_map(|pair| {
        let message = pair[0].rsplit("error: ").next()?;
        let mut place = pair[1].strip_prefix("--> ")?.rsplitn(3, ':');
        let column: usize = place.next()?.parse().ok()?;
        let line: usize = place.next()?.parse().ok()?;
        let start = (line, column.saturating_sub(1));
        Some(fault(files, place.next()?, message, start, start))
    });
    let faults: Vec<Diagnostic> = pairs.collect();
    if faults.is_empty() {
        let place = Place::file(shown(files, template));
        return vec![Diagnostic::error("theme", place, text.to_owned())];
    }
    faults
}

/// A fault between two places of a template, each a line (from 1) and a column (from 0).
fn fault(
    files: &BTreeMap<String, ThemeFile>,
    template: &str,
    message: &str,
    start: (usize, usize),
    end: (usize, usize),
) -> Diagnostic {
    let name = shown(files, template);
    let file = files.values().find(|file| file.shown == name);
    let text = file.map(|file| String::from_utf8_lossy(&file.bytes)).unwrap_or_default();
    let start = offset(&text, start.0, start.1);
    let end = offset(&text, end.0, end.1).max(start);
    let (message, hint) = reworded(files, message.trim_end_matches('.'));
    Diagnostic::error("theme", Place::at(name, start..end), message).hint(hint)
}

/// What the library says of a template, in the words of the other diagnostics, and what to write
/// instead: it names what there is, where it knows that.
fn reworded(files: &BTreeMap<String, ThemeFile>, message: &str) -> (String, String) {
    let (what, names) = message.split_once(". Available ").unwrap_or((message, ""));
    let name = what.split('`').nth(1).unwrap_or_default();
    let listed: Vec<&str> =
        names.split_once(": ").map_or("", |(_, names)| names).split(", ").collect();
    let there_are = |names: &[&str], usual: &str| {
        let near = near::suggestion(name, names.iter().copied());
        match (near, names.iter().all(|name| name.is_empty())) {
            (_, true) => usual.to_owned(),
            (Some(near), _) => format!("{near} (there are {})", names.join(", ")),
            (None, _) => format!("there are {}", names.join(", ")),
        }
    };
    let kinds = ["filter", "function", "component", "template"];
    let unknown = kinds.into_iter().find(|kind| what.starts_with(&format!("Unknown {kind} `")));
    if let Some(kind) = unknown {
        let names = files.keys().filter_map(|path| template_name(path));
        let own: Vec<&str> = match kind {
            "component" => names
                .filter_map(|path| path.strip_prefix("components/")?.strip_suffix("/template.html"))
                .collect(),
            "template" => names.filter(|path| !path.contains('/')).collect(),
            _ => Vec::new(),
        };
        let usual = "there are those of Tera 2 and, of this program, the functions t and fit";
        return (format!("there is no {kind} `{name}`"), there_are(&own, usual));
    }
    for kind in ["Variable", "Field"] {
        if what == format!("{kind} `{name}` is not defined") {
            let usual = "the template of that name in the default theme shows what there is";
            let message = format!("there is no {} `{name}` here", kind.to_lowercase());
            return (message, there_are(&listed, usual));
        }
    }
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    let message = format!("this template cannot be used: {first}{}", letters.as_str());
    let hint = if what.contains("expected") {
        "look there for a brace, a quotation mark or an `end...` that is missing"
    } else {
        "the template of that name in the default theme shows how it is written"
    };
    (message, hint.to_owned())
}

/// The file of a template, as diagnostics name it.
pub fn shown(files: &BTreeMap<String, ThemeFile>, template: &str) -> String {
    let file = files.iter().find(|(path, _)| template_name(path) == Some(template));
    file.map_or_else(|| template.to_owned(), |(_, file)| file.shown.clone())
}

/// The byte at a line (from 1) and a column (from 0, in characters).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column).map_or(0, |(at, _)| at)
}
