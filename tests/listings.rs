//! Code is coloured once: what a build found, the next one knows.

use std::fs;
use std::path::Path;

use postrej_site::Input;
use postrej_site::highlight::key;

use crate::memory::{between, made, site, text};
use crate::support::{SMALL, Site};

const FILE: &str = ".cache/postrej-site/listings";

const CODE: &str = "---\ntitle: Code\ndescription: D.\ndate: 2026-03-02\n---\n\n\
                    ```yaml\ntitle: 1\n```\n\n```text\nplain\n```\n";

fn with_code() -> Input {
    let index = "---\ntitle: Index\n---\n";
    let settings = "title: T\nbase_url: https://example.org/\nsections: [notes]\n";
    site(settings, [("index.md", index), ("notes/index.md", index), ("notes/a.md", CODE)])
}

#[test]
fn what_is_known_is_taken_as_it_is() {
    let mut input = with_code();
    let cold = made(&input);
    let key = key("title: 1\n", "yaml");
    assert_eq!(cold.listings.keys().collect::<Vec<_>>(), [&key]);

    input.listings = cold.listings.clone();
    let warm = made(&input);
    assert!(cold.outputs == warm.outputs);
    assert_eq!(cold.listings, warm.listings);

    input.listings.insert(key, "<b>known</b>".into());
    let html = made(&input);
    assert_eq!(
        between(text(&html, "notes/a/index.html"), "language-yaml\">", "</code>"),
        "<b>known</b>"
    );
}

#[test]
fn a_key_is_of_the_language_too() {
    assert_ne!(key("a", "yaml"), key("a", "json"));
    assert_ne!(key("a", "yaml"), key("b", "yaml"));
}

#[test]
fn what_colours_is_named_with_its_version() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("a file");
    let (lock, source) = (read("Cargo.lock"), read("src/highlight.rs"));
    let version = between(&lock, "name = \"syntect\"\nversion = \"", "\"");
    assert!(source.contains(&format!("GRAMMARS: &str = \"syntect {version}, ")), "{version}");
}

#[test]
fn a_build_keeps_what_it_coloured() {
    let site = Site::with(SMALL);
    site.run("build --quiet --no-cards");
    assert!(!site.path(FILE).exists());

    site.write("content/reply/code.md", CODE);
    let build = || assert_eq!(site.run("build --quiet --no-cards").status, Some(0));
    build();
    let (public, kept) = (site.state("public"), site.read(FILE));
    build();
    assert!(site.read(FILE) == kept && site.state("public") == public);

    // as after a full disk
    let whole = site.read(FILE);
    site.write(FILE, &whole[..whole.len() / 2]);
    // as long as the site is what it was, nobody looks at it
    site.remove(".cache/postrej-site/built");
    build();
    assert_eq!(site.read(FILE), whole);
    assert!(site.state("public") == public);
}

#[test]
fn a_check_keeps_nothing() {
    let site = Site::with(SMALL);
    site.write("content/reply/code.md", CODE);
    site.run("check --quiet");
    assert!(!site.path(".cache").exists());
}
