//! Whether every output can be the file that it wants to be, on every machine.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use unicode_normalization::UnicodeNormalization;

use super::{Made, origin_file};
use crate::article::Article;
use crate::config;
use crate::diagnostic::{Diagnostic, Place};

/// The most bytes in the name of a file or folder, on Linux and macOS.
const LONGEST: usize = 255;

/// Names that Windows keeps for devices, whatever ending stands behind them
/// (learn.microsoft.com/windows/win32/fileio/naming-a-file).
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Reports outputs that want one path, and paths that are none on some machine.
pub fn names(outputs: &[Made], articles: &[Arc<Article>]) -> Vec<Diagnostic> {
    let place = |outputs: &[&Made]| place(outputs, articles);
    let mut owners: HashMap<String, &Made> = HashMap::with_capacity(outputs.len());
    let mut found = Vec::new();
    for output in outputs {
        if let Some(first) = owners.insert(folded(&output.path), output) {
            found.push(taken(first, output, place(&[output, first])));
        }
        let unfit = output.path.split('/').find_map(|name| unfit(name, || place(&[output])));
        found.extend(unfit);
    }
    found
}

/// A path as it is compared where a machine tells neither capitals nor Unicode forms apart.
fn folded(path: &str) -> String {
    let path = if path.is_ascii() {
        path.to_ascii_lowercase()
    } else {
        path.nfc().flat_map(char::to_lowercase).nfc().collect()
    };
    if path.contains("//") { path.replace("//", "/") } else { path }
}

fn taken(first: &Made, output: &Made, place: Place) -> Diagnostic {
    let message = format!(
        "two things want the address `{}`: {} and {}",
        output.path.trim_end_matches("index.html"),
        first.origin,
        output.origin
    );
    Diagnostic::error("same-address", place, message)
        .hint("rename one of them, or take the alias out")
}

/// What is wrong with the name of a file or of a folder around it.
fn unfit(name: &str, place: impl FnOnce() -> Place) -> Option<Diagnostic> {
    if name.len() > LONGEST {
        let begin: String = name.chars().take(20).collect();
        let message = format!(
            "no file or folder can have a name of {} bytes: `{begin}...`; {LONGEST} are the most",
            name.len()
        );
        return Some(Diagnostic::error("long-name", place(), message).hint("make it shorter"));
    }
    let why = if is_device(name) {
        "it keeps that name for a device".to_owned()
    } else if name.ends_with(['.', ' ']) {
        "no name ends with a dot or a space there".to_owned()
    } else {
        let sign = name.chars().find(|c| r#"<>:"|?*\"#.contains(*c) || c.is_ascii_control())?;
        format!("no name holds `{}` there", sign.escape_debug())
    };
    let message = format!("Windows can have no file or folder `{name}`: {why}");
    let hint = "give it another name, or nobody can build or copy the site there";
    Some(Diagnostic::warning("windows-name", place(), message).hint(hint))
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end_matches(' ');
    // most names are longer, and need no closer look
    if stem.len() > "com\u{b9}".len() {
        return false;
    }
    let stem = stem.to_lowercase();
    let numbered = ["com", "lpt"].iter().find_map(|port| stem.strip_prefix(port));
    let numbered = numbered.is_some_and(|number| {
        let mut letters = number.chars();
        letters.next().is_some_and(|c| "0123456789\u{b9}\u{b2}\u{b3}".contains(c))
            && letters.next().is_none()
    });
    numbered || DEVICES.contains(&stem.as_str())
}

/// The first file among those that outputs are made from, or the tag that one of them is about.
fn place(outputs: &[&Made], articles: &[Arc<Article>]) -> Place {
    let mut files = outputs.iter().map(|output| origin_file(&output.origin));
    if let Some(file) = files.find(|file| file.contains('/')) {
        return Place::file(file);
    }
    let named: Vec<_> = outputs.iter().filter_map(|one| one.origin.split('`').nth(1)).collect();
    let mut tags = articles.iter().flat_map(|one| one.meta.tags.iter().map(move |tag| (one, tag)));
    let tag = tags.find(|(_, tag)| named.contains(&tag.value.as_str()));
    tag.map_or_else(
        || Place::file(config::PATH),
        |(article, tag)| Place::at(&article.path, tag.span.clone()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes for outputs with these paths.
    fn codes(paths: &[&str]) -> Vec<&'static str> {
        let made = |path: &&str| {
            let (path, origin) = ((*path).to_owned(), "content/a.md".to_owned());
            Made { path, origin, size: 0, hash: 0 }
        };
        let made: Vec<Made> = paths.iter().map(made).collect();
        names(&made, &[]).into_iter().map(|one| one.code).collect()
    }

    #[test]
    fn one_path_has_one_owner_in_any_case_and_unicode_form() {
        assert_eq!(codes(&["a/b.png", "a/B.png", "c//d", "c/d"]), ["same-address"; 2]);
        assert_eq!(codes(&["\u{fc}.png", "u\u{308}.png", "\u{dc}.png"]), ["same-address"; 2]);
        assert_eq!(codes(&["a/index.html", "b/index.html", "index.html"]), [""; 0]);
    }

    #[test]
    fn names_that_are_none_on_windows() {
        for path in [
            "tags/con/index.html",
            "NUL",
            "nul.tar.gz",
            "a/Com1.png",
            "lpt\u{b9}",
            "a./b",
            "a /b",
            "a:b.png",
            "what?/index.html",
            "a\\b",
        ] {
            assert_eq!(codes(&[path]), ["windows-name"], "{path}");
        }
        for path in ["console/index.html", "com/a", "com10", "lpt", "auxiliary", ".nojekyll", "a b"]
        {
            assert_eq!(codes(&[path]), [""; 0], "{path}");
        }
    }

    #[test]
    fn names_that_are_none_anywhere() {
        assert_eq!(codes(&[&"a".repeat(255)]), [""; 0]);
        assert_eq!(codes(&[&format!("tags/{}/index.html", "\u{fc}".repeat(128))]), ["long-name"]);
    }
}
