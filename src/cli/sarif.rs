//! Diagnostics as a log of SARIF 2.1.0, which code hosts and editors read.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::path::{Component, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::report::Texts;
use crate::diagnostic::{Diagnostic, Edit, Place};
use crate::source::{Source, Span};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name that code hosts give the folder of the repository.
const BASE: &str = "%SRCROOT%";

/// What stands for itself in the path of an address (RFC 3986, unreserved, and the slash).
const PLAIN: AsciiSet =
    NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The whole log; `finished` says whether there was anything to look for mistakes in.
pub fn log(root: &Path, texts: &Texts<'_>, found: &[Diagnostic], finished: bool) -> String {
    let root = Root::new(root);
    let mut codes: Vec<&str> = found.iter().map(|one| one.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code, found)).collect();
    let results: Vec<Value> = found
        .iter()
        .map(|one| {
            let mut result = result(&root, texts, one);
            result["ruleIndex"] = json!(codes.binary_search(&one.code).ok());
            result
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "invocations": [{"executionSuccessful": finished}],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {BASE: root.base},
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

/// A kind of mistake: its help is what the author is told to type, wherever it was found.
fn rule(code: &str, found: &[Diagnostic]) -> Value {
    let own = found.iter().filter(|one| one.code == code);
    let mut hints: Vec<&str> = own.filter_map(|one| one.hint.as_deref()).collect();
    hints.sort_unstable();
    hints.dedup();
    let mut rule = json!({"id": code, "shortDescription": {"text": code.replace('-', " ")}});
    if !hints.is_empty() {
        rule["help"] = json!({"text": hints.join("\n")});
    }
    rule
}

fn result(root: &Root, texts: &Texts<'_>, one: &Diagnostic) -> Value {
    let hint = one.hint.as_ref().map_or_else(String::new, |hint| format!("\nhelp: {hint}"));
    let mut result = json!({
        "ruleId": one.code,
        "level": one.severity.name(),
        "message": {"text": format!("{}{hint}", one.message)},
        "locations": [{"physicalLocation": physical(root, texts, &one.place)}],
    });
    if !one.related.is_empty() {
        let related = one.related.iter().map(|(place, label)| {
            json!({"physicalLocation": physical(root, texts, place), "message": {"text": label}})
        });
        result["relatedLocations"] = related.collect();
    }
    if !one.edits.is_empty() {
        let changes = one.edits.iter().filter_map(|edit| change(root, texts, edit));
        result["fixes"] = json!([{"artifactChanges": changes.collect::<Vec<_>>()}]);
    }
    result
}

fn change(root: &Root, texts: &Texts<'_>, edit: &Edit) -> Option<Value> {
    let replaced = region(texts.get(edit.file.as_str())?, &edit.span);
    Some(json!({
        "artifactLocation": root.artifact(&edit.file),
        "replacements": [{"deletedRegion": replaced, "insertedContent": {"text": edit.new}}],
    }))
}

fn physical(root: &Root, texts: &Texts<'_>, place: &Place) -> Value {
    let mut physical = json!({"artifactLocation": root.artifact(&place.file)});
    if let Some((span, source)) = place.span.as_ref().zip(texts.get(place.file.as_str())) {
        physical["region"] = region(source, span);
    }
    physical
}

/// Lines and columns from 1, columns in characters; the end column is the one behind the last.
fn region(source: &Source, span: &Span) -> Value {
    let (start, end) = (source.position(span.start), source.position(span.end.max(span.start)));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// The site's folder, seen from the folder of the repository.
struct Root {
    /// What a file's path begins with, from the repository on: empty or with a slash at its end.
    prefix: String,
    /// What is known of the folder that addresses start at.
    base: Value,
}

impl Root {
    /// A folder that lies below the current one is told as a part of paths; any other is itself the
    /// base, as no path may climb or begin at the top of the disk.
    fn new(root: &Path) -> Self {
        let below = |part| matches!(part, Component::Normal(_) | Component::CurDir);
        let shown = |path: &Path| path.to_string_lossy().replace('\\', "/");
        if root.components().all(below) {
            let parts = root.components().filter(|part| *part != Component::CurDir);
            let prefix = parts.map(|part| shown(part.as_ref()) + "/").collect();
            let words = "the folder in which postrej-site ran";
            return Self { prefix, base: json!({"description": {"text": words}}) };
        }
        let mut base = json!({"description": {"text": "the folder that holds the content"}});
        if root.is_absolute() {
            let path = shown(root);
            let path = encode(path.trim_matches('/'));
            base["uri"] =
                json!(format!("file:///{path}{}", if path.is_empty() { "" } else { "/" }));
        }
        Self { prefix: String::new(), base }
    }

    fn artifact(&self, file: &str) -> Value {
        json!({"uri": encode(&format!("{}{file}", self.prefix)), "uriBaseId": BASE})
    }
}

fn encode(path: &str) -> String {
    utf8_percent_encode(path, &PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_path_starts_at_the_repository_or_at_the_site() {
        let of = |root: &str| {
            let root = Root::new(Path::new(root));
            let uri = root.base["uri"].as_str().unwrap_or_default().to_owned();
            (uri, root.artifact("content/caf\u{e9} 100%.md")["uri"].clone())
        };
        let file = "content/caf%C3%A9%20100%25.md";
        assert_eq!(of("."), (String::new(), json!(file)));
        assert_eq!(of("./my site/"), (String::new(), json!(format!("my%20site/{file}"))));
        assert_eq!(of("../elsewhere"), (String::new(), json!(file)));
        #[cfg(unix)]
        assert_eq!(of("/srv/my site"), ("file:///srv/my%20site/".to_owned(), json!(file)));
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a.md", "\u{1f600}\u{e9} [rolle]\n");
        let start = source.text.find('[').unwrap_or_default();
        let found = [Diagnostic::error("x", Place::at("a.md", start..start + 7), "wrong")];
        let texts = HashMap::from([("a.md", &source)]);
        let log: Value =
            serde_json::from_str(&log(Path::new("."), &texts, &found, true)).unwrap_or_default();
        let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(
            *region,
            json!({"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 11})
        );
    }
}
