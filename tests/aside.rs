//! Folders that site.yaml keeps aside: pages for others than readers.

use std::collections::BTreeSet;

use crate::support::{Site, golden, transcript};

/// The smallest site with a message, and a folder that is kept aside or is not.
fn with_docs(settings: &str) -> Site {
    let site = Site::small();
    let message = "```template\ntitle: Thanks\nchannel: email\n---\nThank you, [name].\n```\n";
    let yaml = site.read("content/site.yaml")
        + "channels: {email: {label: Email}}\nplaceholders: {name: {label: Name, example: name}}\n\
           editorial: {grade: 1, sentence: 5, avoid: [grovelling]}\noffline: true\n";
    site.write("content/site.yaml", yaml + settings);
    let note = site.read("content/reply/note.md") + "\n" + message;
    site.write("content/reply/note.md", note);
    let grovelling = message.replace("Thank you", "Grovelling is what this example does");
    let docs = [
        (
            "index",
            "title: For authors\norder: [write, look]\naliases: [/guide/]".to_owned(),
            "Begin.",
        ),
        ("write", "title: Write\ndescription: How.".to_owned(), grovelling.as_str()),
        (
            "look",
            "title: Look\ndescription: Where.".to_owned(),
            "See [the note](../reply/note.md).",
        ),
    ];
    if !settings.is_empty() {
        for (name, head, body) in docs {
            site.write(&format!("content/docs/{name}.md"), format!("---\n{head}\n---\n\n{body}\n"));
        }
    }
    site
}

#[test]
fn readers_get_nothing_of_what_is_kept_aside_but_one_link_at_the_foot() {
    let plain = with_docs("");
    let aside = with_docs("aside: [docs]\npages: [docs]\n");
    for site in [&plain, &aside] {
        let run = site.run("build --no-cards --today 2026-11-20");
        assert_eq!(run.status, Some(0), "{}", run.stderr);
    }
    // what is new: its own pages, their old addresses, and their Markdown
    let before: BTreeSet<String> = plain.files("public").into_iter().collect();
    let after: BTreeSet<String> = aside.files("public").into_iter().collect();
    let hashed = |path: &str| path.starts_with("assets/") || path.starts_with("search/");
    let new: Vec<&str> =
        after.difference(&before).map(String::as_str).filter(|path| !hashed(path)).collect();
    let own = [
        "docs/index.html",
        "docs/look.md",
        "docs/look/index.html",
        "docs/write.md",
        "docs/write/index.html",
        "guide/index.html",
    ];
    assert_eq!(new, own);
    assert_eq!(before.difference(&after).count(), 0, "nothing went, the search index included");
    // what changed: the link, in each page; the sitemap has the pages
    let link = "\n<li><a href=\"/rejection/docs/\">For authors</a></li>";
    for path in &before {
        let (was, is) =
            (plain.read(&format!("public/{path}")), aside.read(&format!("public/{path}")));
        match path.as_str() {
            "sitemap.xml" => assert_eq!(is.matches("/docs/").count(), 3, "{is}"),
            // the one names its build by pages that have the link, the other lists all files
            "sw.js" | ".postrej-site.json" => {}
            path if path.contains(".html") => {
                assert!(is.contains(link), "{path}");
                assert_eq!(is.replacen(link, "", 1), was, "{path}");
            }
            path => assert_eq!(is, was, "{path}"),
        }
    }
    let check = |site: &Site| site.run("check --today 2026-11-20").stderr;
    assert_eq!(check(&aside), check(&plain), "nobody measures an example");
}

#[test]
fn a_page_kept_aside_has_a_way_up_and_neighbours() {
    let site = with_docs("aside: [docs]\npages: [docs]\n");
    site.run("build --no-cards --today 2026-11-20");
    let first = site.read("public/docs/index.html");
    let place = |words: &str| first.find(words).unwrap_or_else(|| panic!("{words}: {first}"));
    assert!(place("href=\"/rejection/docs/write/\"") < place("href=\"/rejection/docs/look/\""));
    let write = site.read("public/docs/write/index.html");
    for wanted in [
        "<a href=\"/rejection/docs/\">For authors</a>",
        "href=\"/rejection/docs/look/\" rel=\"next\"",
        "data-message",
    ] {
        assert!(write.contains(wanted), "{wanted}: {write}");
    }
    assert!(
        !site.read("public/docs/look/index.html").contains("message."),
        "no script of messages"
    );
    golden("site/aside-wrong.txt", &{
        site.write("content/docs/index.md", "---\ntitle: For authors\norder: [wriet, note]\n---\n");
        let yaml = site.read("content/site.yaml");
        site.write(
            "content/site.yaml",
            yaml.replace("aside: [docs]", "aside: [docs, more, reply]"),
        );
        transcript(&site, &["check --today 2026-11-20"])
    });
}
