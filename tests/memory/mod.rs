//! Sites in memory, and what a build makes of them.

// `highlight.rs` uses a part.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use postrej_site::diagnostic::Severity;
use postrej_site::outputs::cards::Known;
use postrej_site::site::File;
use postrej_site::source::Source;
use postrej_site::{Built, Input, Options, build, config, disk};

/// The day of all tests.
pub const TODAY: Date = date(2026, 11, 20);

/// The folder of a fixture.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// A site on disk, read.
pub fn read(root: &Path) -> Input {
    disk::read(root).unwrap_or_else(|failure| panic!("{}: {}", root.display(), failure.message))
}

/// A site from paths below `content/` and texts; what does not end in `.md` is a file.
pub fn site<'a>(settings: &str, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Input {
    let config_source = Source::new(config::PATH, settings);
    let (config, diagnostics) = config::parse(&config_source);
    let mut input = Input {
        config,
        config_source,
        articles: Vec::new(),
        files: Vec::new(),
        theme: Vec::new(),
        cards: Known::new(),
        listings: BTreeMap::new(),
        diagnostics,
    };
    for (path, text) in files {
        let path = format!("content/{path}");
        if Path::new(&path).extension().is_some_and(|kind| kind == "md") {
            input.articles.push(Source::new(path, text));
        } else {
            input.files.push(File { path, bytes: text.as_bytes().into() });
        }
    }
    input.articles.sort_by(|a, b| a.path.cmp(&b.path));
    input.files.sort_by(|a, b| a.path.cmp(&b.path));
    input
}

/// What a build is asked for, if nothing else is said.
pub fn plain() -> Options {
    Options { base_url: None, cards: false, offline: true, drafts: false, today: TODAY }
}

/// Builds a site that has no errors.
pub fn made(input: &Input) -> Built {
    made_with(input, &plain())
}

/// Builds a site that has no errors in a certain way.
pub fn made_with(input: &Input, options: &Options) -> Built {
    let built = build(input, options);
    let errors = built.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    assert_eq!(errors.count(), 0, "{}", complaints(input, &built).join("\n"));
    built
}

/// What is wrong, one line each: `content/a.md:3 unknown-tag: there is no ... (did you mean ...)`.
pub fn complaints(input: &Input, built: &Built) -> Vec<String> {
    let sources = || input.articles.iter().chain([&input.config_source]);
    let line = |one: &postrej_site::diagnostic::Diagnostic| {
        let place = &one.place;
        let source = sources().find(|source| source.path == place.file);
        let line = source.zip(place.span.as_ref());
        let line = line.map(|(source, span)| format!(":{}", source.position(span.start).line));
        let hint = one.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{}{} {}: {}{hint}", place.file, line.unwrap_or_default(), one.code, one.message)
    };
    built.diagnostics.iter().map(line).collect()
}

/// The paths of everything that was made.
pub fn paths(built: &Built) -> Vec<&str> {
    built.outputs.iter().map(|output| output.path.as_str()).collect()
}

/// The text of an output.
pub fn text<'a>(built: &'a Built, path: &str) -> &'a str {
    let output = built.outputs.iter().find(|output| output.path == path);
    let output = output.unwrap_or_else(|| panic!("no {path} in {:?}", paths(built)));
    std::str::from_utf8(&output.bytes).unwrap_or_else(|_| panic!("{path} is no text"))
}

/// What stands between two marks.
pub fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("no {end} in {rest}")).0
}

/// The names of assets without the hash of their content, which every edit of the theme changes.
pub fn without_hashes(html: &str) -> String {
    let mut parts = html.split("/assets/");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        let (name, rest) = part.split_once('.').unwrap_or((part, ""));
        let kind = rest.split_once('.').map_or(rest, |(_, kind)| kind);
        out + "/assets/" + name + ".HASH." + kind
    })
}
