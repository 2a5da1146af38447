//! The words of the theme: every language has the same, and each is said somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::memory::{self, folder, made, read, text};
use crate::support::Site;

/// The names of a table by group, as the file has them: two blanks before each.
fn names(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(theme().join(format!("strings/{language}.yaml")));
    let text = text.expect("a table of words");
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut group = String::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let Some((name, _)) = line.split_once(':') else { continue };
        match name.strip_prefix("  ") {
            Some(name) => {
                groups.entry(group.clone()).or_default().insert(name.to_owned());
            }
            None => name.clone_into(&mut group),
        }
    }
    groups
}

fn theme() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default"))
}

/// All files below a folder with this ending, as one text.
fn all(folder: &Path, ending: &str) -> String {
    let entries = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.path().to_string_lossy().ends_with(ending));
    files.filter_map(|entry| fs::read_to_string(entry.path()).ok()).collect()
}

/// What stands between `call` and the next quotation mark, where `call` is no end of a longer name.
fn quoted<'a>(text: &'a str, call: &'a str) -> BTreeSet<&'a str> {
    let calls = text.match_indices(call).filter(|(at, _)| {
        !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '_')
    });
    calls.filter_map(|(at, _)| text[at + call.len()..].split('"').next()).collect()
}

#[test]
fn every_language_has_the_same_words() {
    let tables = fs::read_dir(theme().join("strings")).expect("the tables");
    let tables = tables.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let languages: BTreeSet<String> =
        tables.filter_map(|name| Some(name.strip_suffix(".yaml")?.to_owned())).collect();
    assert!(languages.len() > 1);
    for language in languages {
        assert_eq!(names(&language), names("en"), "{language}");
    }
}

#[test]
fn templates_and_scripts_say_what_the_table_has_and_nothing_else() {
    let groups = names("en");
    let scripts = &groups["scripts"];
    let every: BTreeSet<&str> = groups.values().flatten().map(String::as_str).collect();

    let templates = all(theme(), ".html");
    let in_templates = quoted(&templates, "t(key=\"");
    let modules = all(theme(), ".js");
    let in_scripts = quoted(&modules, "t(\"");
    let unknown: Vec<_> = in_templates.difference(&every).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let unknown: Vec<_> = in_scripts.iter().filter(|key| !scripts.contains(**key)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");

    let code = all(&theme().join("../../src"), ".rs");
    let said_by_code = |key: &str| {
        let made = ["month-", "callout-", "filter-", "stages-", "tags-"];
        code.contains(&format!("\"{key}\"")) || made.iter().any(|start| key.starts_with(start))
    };
    let silent: Vec<_> = every
        .iter()
        .filter(|key| !in_templates.contains(*key) && !in_scripts.contains(*key))
        .filter(|key| !said_by_code(key))
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
    let only_in_templates: Vec<_> =
        scripts.iter().filter(|key| !in_scripts.contains(key.as_str())).collect();
    assert!(only_in_templates.is_empty(), "{only_in_templates:?}");
}

#[test]
fn a_script_carries_the_words_it_says_and_no_others() {
    let built = made(&read(&folder("site")));
    let script = |name: &str| {
        let start = format!("assets/{name}.");
        let path = memory::paths(&built).into_iter().find(|path| path.starts_with(&start));
        text(&built, path.unwrap_or_else(|| panic!("no script {name}")))
    };
    assert!(
        script("count").contains(r#"const t = translator({"count":"{n} of {limit} characters""#)
    );
    assert!(script("shared").contains(r#""blanks":{"one":"{n} blank","other":"{n} blanks"}"#));
    assert!(!script("shared").contains("characters"));
}

/// The fixture site in another language; its articles stay as they are.
fn in_language(language: &str) -> postrej_site::Built {
    let mut input = read(&folder("site"));
    let config =
        input.config_source.text.replacen("title:", &format!("language: {language}\ntitle:"), 1);
    let source = postrej_site::source::Source::new("content/site.yaml", config);
    (input.config, _) = postrej_site::config::parse(&source);
    input.config_source = source;
    made(&input)
}

#[test]
fn a_german_site_speaks_german() {
    let built = in_language("de-AT");
    let article = text(&built, "reply/thank-you/index.html");
    assert!(article.contains("<html lang=\"de-AT\" dir=\"ltr\""), "{article}");
    assert!(article.contains(">Zum Text springen<"));
    assert!(
        article.contains("Nachrichten zum Kopieren") || article.contains("Nachricht zum Kopieren")
    );
    assert!(!article.contains("min read"));
}

#[test]
fn a_language_without_words_is_said() {
    let site = Site::small();
    site.write(
        "content/site.yaml",
        "title: Après le non\nbase_url: https://example.org/\nlanguage: fr\nsections: [reply]\n",
    );
    let run = site.run("build --today 2026-11-24");
    assert_eq!(run.status, Some(0));
    assert_eq!(
        run.stderr.lines().next(),
        Some("warning[no-words]: the theme has no words in `fr`; it speaks English")
    );
}

#[test]
fn a_theme_may_bring_words_of_its_own() {
    let site = Site::small();
    site.write(
        "content/site.yaml",
        "title: Après le non\nbase_url: https://example.org/\nlanguage: fr\ntheme: mine\nsections: [reply]\n",
    );
    site.write(
        "themes/mine/strings/fr.yaml",
        "pages:\n  skip: Aller au texte\n  skipp: Aller\n  minutes: {one: une minute}\n",
    );
    let run = site.run("build --today 2026-11-24");
    assert_eq!(run.status, Some(1));
    assert!(
        run.stderr.contains("`minutes` must be a text, or plural forms with `other`"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("the theme never says `skipp`"));
    assert!(run.stderr.contains("did you mean `skip`?"));
}
