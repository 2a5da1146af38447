//! The theme: those inside the binary, those of the site on top of them, and their templates compiled.

pub mod api;
mod copies;
pub mod eject;
mod faults;
pub mod layers;
pub mod manual;
mod names;
mod overrides;
pub mod shipped;
mod slots;
mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use foldhash::HashMap;
use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

pub use self::faults::{explain, shown};
use self::layers::Layers;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place, has_errors};
use crate::outputs::cards;
use crate::site::File;
use crate::source::Source;
use crate::strings::{self, Strings};

/// The files of a theme by their paths in it.
type Files = BTreeMap<String, ThemeFile>;

/// A file of the theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// As it is.
    pub bytes: Vec<u8>,
    /// How diagnostics name it: a path relative to the root.
    pub shown: String,
    /// Whether it was read from the site's folder.
    pub own: bool,
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

/// The theme that site.yaml names, with the files of `themes/` in their places.
pub fn load(read: &[File], config: &Config) -> (Theme, Vec<Diagnostic>) {
    let (layers, mut found) = layers::layers(read, config);
    let missing = layers.missing();
    let mut files = layers.merged();
    let (strings, problems) = strings::load(config, |language| {
        let file = files.get(&format!("strings/{language}.yaml"))?;
        Some(Source::new(&file.shown, String::from_utf8_lossy(&file.bytes)))
    });
    found.extend(problems);
    let strings = Arc::new(strings);
    files.insert("scripts/avoid.js".to_owned(), avoid(config));
    let (tera, problems) = compile(&layers, &files, &strings, missing);
    found.extend(problems);
    (Theme { files, strings, tera }, found)
}

/// Makes the templates ready. Those of the site are held against the API first: what that finds is
/// told in its words, and not again in the engine's.
fn compile(
    layers: &Layers,
    files: &BTreeMap<String, ThemeFile>,
    strings: &Arc<Strings>,
    missing: Option<Diagnostic>,
) -> (Tera, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut templates = Vec::new();
    for (path, file) in files {
        let Some(name) = template_name(path) else { continue };
        if let Ok(text) = std::str::from_utf8(&file.bytes) {
            found.extend(unknown_words(strings, file, text));
            templates.push((name, text));
        } else {
            let place = Place::file(&file.shown);
            let message = "this template is not written in UTF-8";
            let hint = "save the file in the encoding UTF-8";
            found.push(Diagnostic::error("not-utf8", place, message).hint(hint));
        }
    }
    let mut tera = Tera::new();
    tera.register_function("t", say(Arc::clone(strings)));
    tera.autoescape_on([".html", ".svg"]);
    tera.register_function("fit", |words: Kwargs, _: &State<'_>| cards::fit_words(&words));
    let compiled = tera.add_raw_templates(templates);
    let mut problems: Vec<_> = overrides::check(layers, files).into_iter().chain(missing).collect();
    problems.extend(copies::check(layers, files));
    if let Err(error) = compiled {
        let mut faults = explain(files, "base.html", &error);
        let same_file = |one: &Diagnostic, others: &[Diagnostic]| {
            others.iter().any(|other| other.place.file == one.place.file)
        };
        if matches!(error.kind(), ErrorKind::SyntaxError(_)) {
            // what cannot be read was guessed at
            problems.retain(|one| !same_file(one, &faults));
        } else if has_errors(&problems) {
            // a slot that is gone makes faults wherever it is used
            let is_own = |one: &Diagnostic| {
                files.values().any(|file| file.own && file.shown == one.place.file)
            };
            faults.retain(|one| is_own(one) && !same_file(one, &problems));
        }
        found.extend(faults);
    }
    found.extend(problems);
    (tera, found)
}

/// The module with the words that the site's editors keep out of messages.
fn avoid(config: &Config) -> ThemeFile {
    let words = serde_json::json!(config.editorial.avoid);
    let bytes = format!("export const avoid = {words};\n").into_bytes();
    ThemeFile { bytes, shown: config::PATH.to_owned(), own: false }
}

/// `t(key="articles", n=3)` in templates: what the theme says, its braces filled.
fn say(strings: Arc<Strings>) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<Value> {
    // most have no braces: a page then shares them with all others
    let fixed: HashMap<String, Value> =
        strings.fixed().map(|(key, text)| (key.to_owned(), Value::from(text))).collect();
    move |arguments: Kwargs, _: &State<'_>| {
        let key: &str = arguments.must_get("key")?;
        if let Some(text) = fixed.get(key) {
            return Ok(text.clone());
        }
        let values = arguments.iter().filter_map(|(name, value)| Some((name.as_str()?, value)));
        let values = values.filter(|(name, _)| *name != "key");
        let values: Vec<_> = values.map(|(name, value)| (name, value.to_string())).collect();
        // a name that is missing was reported when the theme was loaded
        Ok(Value::from(strings.say(key, &values)))
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

/// `article.html` for `templates/article.html`; a component keeps its path.
fn template_name(path: &str) -> Option<&str> {
    let component = path.starts_with("components/") && path.ends_with("/template.html");
    path.strip_prefix("templates/").or(component.then_some(path))
}

/// Whether it is a module or another script.
fn is_script(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|kind| kind == "js")
}
