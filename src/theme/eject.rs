//! A part of a theme as files of the site's own theme, to be changed there.

use std::collections::BTreeMap;

use super::api::VERSION;
use super::layers::{self, MANIFEST};
use super::shipped;
use super::{ThemeFile, copies, overrides};
use crate::config::{self, Config};
use crate::schema::near;
use crate::site::File;
use crate::source::Source;

/// The theme that is made where site.yaml names none of the site's own.
const OWN: &str = "own";

/// What an ejection is to write and to say.
#[derive(Debug)]
pub struct Ejection {
    /// New files, by their path relative to the root.
    pub files: Vec<(String, Vec<u8>)>,
    /// The theme's `theme.yaml`, for where there is none.
    pub manifest: (String, Vec<u8>),
    /// What site.yaml still has to say: the line, and the one in its place now.
    pub line: Option<(String, Option<String>)>,
}

/// A component of a theme and what its README says first.
#[derive(Debug)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// One sentence, may be empty.
    pub sentence: String,
    /// Whether the site has files of its own for it.
    pub own: bool,
}

/// The part with this name, as files of the site's theme. `name` is a component, a template such as
/// `article.html`, or a path in the theme. `Err` says what was probably meant.
pub fn eject(name: &str, read: &[File], config: &Config) -> Result<Ejection, Option<String>> {
    let (layers, _) = layers::layers(read, config);
    let named = config.theme_name();
    // a shipped theme is changed in a theme on top of it
    let is_shipped = shipped::NAMES.contains(&named);
    let (theme, first) = if is_shipped { (OWN, 0) } else { (named, 1) };
    let mut below = layers.below(first);
    if first >= layers.layers.len() {
        below = shipped::files(shipped::DEFAULT).unwrap_or_default();
    }
    let paths = paths(name, &below).ok_or_else(|| {
        let parts = below.keys().map(|path| short(path)).collect::<Vec<_>>();
        near::suggestion(name, parts.iter().copied())
    })?;
    let files = paths.into_iter().map(|path| {
        let file = &below[path];
        let header = overrides::header(path, file, &below) + &copies::header(path, file);
        let mut bytes = header.into_bytes();
        bytes.extend_from_slice(&file.bytes);
        (format!("themes/{theme}/{path}"), bytes)
    });
    let files = files.collect();
    let place = format!("themes/{theme}/{MANIFEST}");
    let extends = if is_shipped { named } else { shipped::DEFAULT };
    let manifest = format!("api: {VERSION}\nextends: {extends}\n").into_bytes();
    let line = (theme != named).then(|| {
        let now = config.theme.as_ref().map(|theme| format!("theme: {}", theme.value));
        (format!("theme: {theme}"), now)
    });
    Ok(Ejection { files, manifest: (place, manifest), line })
}

/// `content/site.yaml` with a line added; `None` where that would not be read as it is meant.
pub fn with_line(text: &str, line: &str) -> Option<String> {
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let changed = format!("{text}{end}{line}\n");
    let before = config::parse(&Source::new(config::PATH, text));
    let (config, found) = config::parse(&Source::new(config::PATH, changed.as_str()));
    let named = config.theme.is_some_and(|theme| line == format!("theme: {}", theme.value));
    (named && found.len() == before.1.len()).then_some(changed)
}

/// The components of the site's theme, by name.
pub fn list(read: &[File], config: &Config) -> Vec<Listed> {
    let (layers, _) = layers::layers(read, config);
    let files = layers.merged();
    let mut listed: BTreeMap<&str, Listed> = BTreeMap::new();
    for (path, file) in &files {
        let Some((name, inside)) =
            path.strip_prefix("components/").and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        let empty = Listed { name: name.to_owned(), sentence: String::new(), own: false };
        let one = listed.entry(name).or_insert(empty);
        one.own |= file.own && !overrides::is_shipped(path, file);
        if inside == "README.md" {
            one.sentence = first_sentence(&String::from_utf8_lossy(&file.bytes));
        }
    }
    listed.into_values().collect()
}

/// The files that a name stands for.
fn paths<'a>(name: &str, files: &'a BTreeMap<String, ThemeFile>) -> Option<Vec<&'a String>> {
    let name = name.trim_end_matches('/');
    let room = format!("components/{}/", name.trim_start_matches("components/"));
    let inside: Vec<&String> = files.keys().filter(|path| path.starts_with(&room)).collect();
    if !inside.is_empty() {
        return Some(inside);
    }
    let one = files.keys().find(|path| *path == name || short(path) == name)?;
    (one != MANIFEST).then(|| vec![one])
}

/// What a person calls a file: `message` for what is in that room, `article.html`, `tokens.css`.
fn short(path: &str) -> &str {
    match path.strip_prefix("components/") {
        Some(rest) => rest.split('/').next().unwrap_or(rest),
        None => path.rsplit('/').next().unwrap_or(path),
    }
}

/// The first sentence below the heading of a README.
fn first_sentence(readme: &str) -> String {
    let lines = readme.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
    let text: Vec<&str> = lines.take_while(|line| !line.trim().is_empty()).collect();
    let text = text.join(" ");
    let end = text.match_indices(". ").map(|(at, _)| at + 1).next().unwrap_or(text.len());
    text[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_says_what_a_component_is() {
        assert_eq!(
            first_sentence("# a\n\nOne thing,\nand more. Another.\n\nNo.\n"),
            "One thing, and more."
        );
        assert_eq!(first_sentence("# a\n"), "");
    }

    #[test]
    fn a_line_is_added_where_it_means_what_it_says() {
        let plain = "title: A\nbase_url: https://example.org/\nsections: [a]";
        let added = with_line(plain, "theme: own");
        assert_eq!(added.as_deref(), Some(&*format!("{plain}\ntheme: own\n")));
        assert_eq!(with_line("title: A\ntheme: plain\n", "theme: own"), None);
    }
}
