//! Grammars cost time and memory, so they are loaded for code only. Nothing else may run in this
//! process: hence a test file of its own.

#![allow(clippy::panic)]

mod memory;

use memory::{made, site, text};
use postrej_site::highlight::{loaded, unload};

#[test]
fn grammars_are_loaded_with_the_first_code() {
    let settings = "title: T\nbase_url: https://example.org/\nsections: [notes]\n\
                    channels: {email: {label: E-mail}}\n";
    let head = "---\ntitle: A\ndescription: A.\ndate: 2026-03-02\n---\n\n";
    let with = |body: &str| {
        let article = format!("{head}{body}");
        let index = "---\ntitle: Index\n---\n";
        let files = [("index.md", index), ("notes/index.md", index), ("notes/a.md", &article)];
        made(&site(settings, files))
    };
    with(
        "Words, `code` in a line, a message\n\n```template\ntitle: A\nchannel: email\n---\nHi\n```\n\n\
         and plain text\n\n```text\nplain\n```\n\n    indented\n",
    );
    assert!(!loaded());
    let built = with("```rust\nfn main() {}\n```\n");
    assert!(loaded());
    assert!(text(&built, "notes/a/index.html").contains("<span class=\"hl-"));

    unload();
    assert!(!loaded());
    let again = with("```rust\nfn main() {}\n```\n");
    assert_eq!(text(&again, "notes/a/index.html"), text(&built, "notes/a/index.html"));
}
