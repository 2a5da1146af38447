//! The theme: the default inside the binary, overridden file by file, and its templates compiled.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_embed::RustEmbed;
use tera::{ErrorKind, Kwargs, State, Tera, TeraResult};

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place};
use crate::outputs::cards;
use crate::schema::near;
use crate::site::File;
use crate::source::Source;
use crate::strings::{self, Strings};

/// The files of the default theme.
#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Default;

/// A file of the theme.
#[derive(Debug)]
pub struct ThemeFile {
    /// As it is.
    pub bytes: Vec<u8>,
    /// How diagnostics name it: a path relative to the root.
    pub shown: String,
}

/// Everything a page is made with.
#[derive(Debug)]
pub struct Theme {
    /// Files by their path in the theme: `styles/tokens.css`.
    pub files: BTreeMap<String, ThemeFile>,
    /// What the theme says itself.
    pub strings: Arc<Strings>,
    /// Templates (`article.html`) and components, compiled.
    pub tera: Tera,
}

/// The default theme with the files of `themes/<name>/` in their places.
pub fn load(overrides: &[File], config: &Config) -> (Theme, Vec<Diagnostic>) {
    let mut files: BTreeMap<String, ThemeFile> = Default::iter()
        .filter_map(|path| {
            let bytes = Default::get(&path)?.data.into_owned();
            let shown = format!("themes/default/{path}");
            Some((path.into_owned(), ThemeFile { bytes, shown }))
        })
        .collect();
    let folder = format!("themes/{}/", config.theme_name());
    for file in overrides {
        if let Some(path) = file.path.strip_prefix(&folder) {
            let (bytes, shown) = (file.bytes.clone(), file.path.clone());
            files.insert(path.to_owned(), ThemeFile { bytes, shown });
        }
    }
    let mut found: Vec<Diagnostic> = missing(overrides, config).into_iter().collect();
    let (strings, problems) = strings::load(config, |language| {
        let file = files.get(&format!("strings/{language}.yaml"))?;
        Some(Source::new(&file.shown, String::from_utf8_lossy(&file.bytes)))
    });
    found.extend(problems);
    let strings = Arc::new(strings);
    files.insert("scripts/avoid.js".to_owned(), avoid(config));
    let mut templates = Vec::new();
    for (path, file) in &files {
        let Some(name) = template_name(path) else { continue };
        if let Ok(text) = std::str::from_utf8(&file.bytes) {
            found.extend(unknown_words(&strings, file, text));
            templates.push((name, text));
        } else {
            let place = Place::file(&file.shown);
            let message = "this template is not written in UTF-8";
            let hint = "save the file in the encoding UTF-8";
            found.push(Diagnostic::error("not-utf8", place, message).hint(hint));
        }
    }
    let mut tera = Tera::new();
    tera.register_function("t", say(Arc::clone(&strings)));
    tera.autoescape_on([".html", ".svg"]);
    tera.register_function("fit", |words: Kwargs, _: &State<'_>| cards::fit_words(&words));
    if let Err(error) = tera.add_raw_templates(templates) {
        found.extend(explain(&files, "base.html", &error));
    }
    (Theme { files, strings, tera }, found)
}

/// The module with the words that the site's editors keep out of messages.
fn avoid(config: &Config) -> ThemeFile {
    let words = serde_json::json!(config.editorial.avoid);
    let bytes = format!("export const avoid = {words};\n").into_bytes();
    ThemeFile { bytes, shown: config::PATH.to_owned() }
}

/// `t(key="articles", n=3)` in templates: what the theme says, its braces filled.
fn say(strings: Arc<Strings>) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<String> {
    move |arguments: Kwargs, _: &State<'_>| {
        let key: &str = arguments.must_get("key")?;
        let values = arguments.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        let values: Vec<(String, String)> = values.collect();
        let values = values.iter().map(|(name, value)| (name.as_str(), value.clone()));
        // a name that is missing was reported when the theme was loaded
        Ok(strings.say(key, &values.collect::<Vec<_>>()))
    }
}

/// Names in `t(key="...")` that the strings do not have.
fn unknown_words(strings: &Strings, file: &ThemeFile, text: &str) -> Vec<Diagnostic> {
    const CALL: &str = "t(key=\"";
    let calls = text.match_indices(CALL).map(|(at, _)| at + CALL.len());
    let keys = calls.filter_map(|start| {
        let key = text[start..].split('"').next()?;
        Some((key, start..start + key.len()))
    });
    keys.filter(|(key, _)| !strings.has(key))
        .map(|(key, span)| {
            let place = Place::at(&file.shown, span);
            let message = format!("the theme has no words `{key}`");
            let hint = strings.near(key).unwrap_or_else(|| {
                "add them to `strings/en.yaml`, and to the table of the site's language".to_owned()
            });
            Diagnostic::error("unknown-words", place, message).hint(hint)
        })
        .collect()
}

/// The diagnostic for a theme that site.yaml names and that has no file.
fn missing(overrides: &[File], config: &Config) -> Option<Diagnostic> {
    let named = config.theme.as_ref().filter(|theme| theme.value != "default")?;
    let absent = overrides.is_empty().then(|| Place::at(config::PATH, named.span.clone()))?;
    let message = format!("there is no theme `{}`", named.value);
    let hint = format!(
        "make the folder `themes/{}` with the files it changes, or take this line out",
        named.value
    );
    Some(Diagnostic::error("no-theme", absent, message).hint(hint))
}

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

/// `article.html` for `templates/article.html`; a component keeps its path.
fn template_name(path: &str) -> Option<&str> {
    let component = path.starts_with("components/") && path.ends_with("/template.html");
    path.strip_prefix("templates/").or(component.then_some(path))
}

/// The byte at a line (from 1) and a column (from 0, in characters).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column).map_or(0, |(at, _)| at)
}
