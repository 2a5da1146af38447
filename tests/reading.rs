//! Aids to reading: the neighbours of an article, a journey on one page, scripts only where used.

use postrej_site::Built;

use crate::memory::{between, made, site, text, without_hashes};
use crate::support::golden;

const SETTINGS: &str = "\
title: T
base_url: https://example.org/
sections: [reply]
related: 0
journeys:
  today: {label: Today, description: First things first., begin: calm}
channels:
  email: {label: E-mail}
placeholders:
  your name: {label: Your name}
";

/// Three steps: a list, a list below a note with a list, and no list at all.
fn built() -> Built {
    let article = |title: &str, fields: &str, body: &str| {
        format!(
            "---\ntitle: {title}\ndescription: About {title}.\ndate: 2026-03-02\n{fields}---\n\n{body}\n"
        )
    };
    let note = "```template\ntitle: Note\nchannel: email\n---\nThank you.\n\n[your name]\n```";
    let calm = format!(
        "1. Wait & [write](write.md).[^1]\n2. Sleep, *well*.\n\nWords.\n\n1. Another list.\n\n{note}\n\n[^1]: A day."
    );
    let write = "> [!NOTE]\n> 1. In a note.\n\n- Point\n\n1. Use the note.\n   - briefly\n\n\
                 ```template\nuse: calm/note\n```\n\n- [ ] Sent\n  1. [ ] Twice\n\n## One\n\n## Two";
    let files = [
        ("index.md", "---\ntitle: Home\n---\n".to_owned()),
        ("reply/index.md", "---\ntitle: Reply\norder: [calm, rest, write]\n---\n".to_owned()),
        ("reply/calm.md", article("Keep calm", "next: write\n", &calm)),
        ("reply/write.md", article("Write", "next: rest\n", write)),
        ("reply/rest.md", article("Rest", "", "Rest.")),
        ("about.md", "---\ntitle: About\ndescription: D.\n---\nWords.\n".to_owned()),
    ];
    made(&site(SETTINGS, files.iter().map(|(path, text)| (*path, text.as_str()))))
}

/// The addresses and relations of the links to an article's neighbours.
fn neighbours(built: &Built, slug: &str) -> Vec<String> {
    let html = text(built, &format!("reply/{slug}/index.html"));
    let links = html.split("<a class=\"turn__link").skip(1);
    links
        .map(|link| format!("{} {}", between(link, "rel=\"", "\""), between(link, "href=\"", "\"")))
        .collect()
}

#[test]
fn neighbours_are_those_of_the_section_without_the_next_step() {
    let built = built();
    assert_eq!(neighbours(&built, "calm"), ["next /reply/rest/"]);
    assert_eq!(neighbours(&built, "rest"), ["prev /reply/calm/", "next /reply/write/"]);
    assert_eq!(neighbours(&built, "write"), ["prev /reply/rest/"]);
}

#[test]
fn a_next_step_is_not_named_twice() {
    let files = [
        ("index.md", "---\ntitle: Home\n---\n"),
        ("reply/index.md", "---\ntitle: Reply\n---\n"),
        ("reply/a.md", "---\ntitle: A\ndescription: D.\ndate: 2026-03-02\nnext: b\n---\n"),
        ("reply/b.md", "---\ntitle: B\ndescription: D.\ndate: 2026-03-02\n---\n"),
    ];
    let built = made(&site("title: T\nbase_url: https://example.org/\nsections: [reply]\n", files));
    assert_eq!(neighbours(&built, "a"), [""; 0]);
    assert_eq!(neighbours(&built, "b"), ["prev /reply/a/"]);
}

#[test]
fn a_journey_on_one_page() {
    let built = built();
    let html = without_hashes(text(&built, "journeys/today/kit/index.html"));
    golden("pages/kit.html", between(&html, "<main", "</main>"));
    assert!(text(&built, "journeys/today/index.html").contains("href=\"/journeys/today/kit/\""));
}

#[test]
fn a_page_loads_the_scripts_of_what_it_shows_and_no_others() {
    let built = built();
    let scripts = |path: &str| {
        let html = text(&built, path);
        let scripts = html.split("<script type=\"module\" src=\"/assets/").skip(1);
        scripts.map(|one| between(one, "", ".").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(scripts("reply/calm/index.html"), ["search", "message", "anchor"]);
    assert_eq!(
        scripts("reply/write/index.html"),
        ["search", "message", "checklist", "outline", "anchor"]
    );
    assert_eq!(scripts("journeys/today/kit/index.html"), ["search", "message", "kit", "anchor"]);
    assert_eq!(scripts("templates/index.html"), ["search", "message", "filters", "anchor"]);
    for path in ["reply/rest/index.html", "about/index.html", "journeys/today/index.html"] {
        assert_eq!(scripts(path), ["search"], "{path}");
    }
}
