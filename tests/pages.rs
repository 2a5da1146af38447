//! The finished pages and files: what each of them must hold, and a few as a whole.

use std::path::Path;

use html5gum::{StartTag, Token, Tokenizer};
use postrej_site::Built;
use xxhash_rust::xxh3::xxh3_64;

use crate::memory::{between, folder, made, made_with, plain, read, site, text, without_hashes};
use crate::support::golden;

/// A start tag with the text behind it.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn new(tag: &StartTag<()>) -> Self {
        let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let attributes = tag.attributes.iter().map(|(key, value)| (words(key), words(value)));
        Self { name: words(&tag.name), attributes: attributes.collect(), text: String::new() }
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str())
    }
}

/// The elements of a page as a browser meets them.
fn elements(html: &str) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        match (token, found.last_mut()) {
            (Token::StartTag(tag), _) => found.push(Element::new(&tag)),
            (Token::String(text), Some(last)) => {
                last.text += &String::from_utf8_lossy(&text);
            }
            _ => {}
        }
    }
    found
}

/// The sites of this file: two fixtures and the one that ships with the generator.
fn sites() -> [Built; 3] {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
    [folder("site"), folder("markdown"), shipped].map(|root| made(&read(&root)))
}

/// Every page of these sites with its elements.
fn each_page(check: impl Fn(&str, &[Element])) {
    for built in sites() {
        for output in built.outputs.iter().filter(|output| output.is_page()) {
            check(&output.path, &elements(std::str::from_utf8(&output.bytes).expect("UTF-8")));
        }
    }
}

#[test]
fn every_page_has_a_policy_before_anything_is_loaded() {
    each_page(|path, elements| {
        let is_policy = |one: &Element| one.get("http-equiv") == Some("Content-Security-Policy");
        let policy = elements.iter().position(is_policy).unwrap_or_else(|| panic!("{path}"));
        let words = elements[policy].get("content").unwrap_or_default();
        assert!(words.starts_with("default-src 'none'; "), "{path}: {words}");
        assert!(!words.contains("unsafe") && !words.contains("http"), "{path}: {words}");
        let loads = |one: &Element| ["script", "link", "img"].contains(&one.name.as_str());
        assert!(!elements[..policy].iter().any(loads), "{path}");
    });
}

#[test]
fn no_page_has_code_or_looks_of_its_own() {
    each_page(|path, elements| {
        for one in elements {
            assert_ne!(one.name, "style", "{path}");
            let inline = |key: &String| key == "style" || key.starts_with("on");
            assert!(!one.attributes.iter().any(|(key, _)| inline(key)), "{path}: {}", one.name);
            match one.get("type") {
                _ if one.name != "script" => {}
                // the colours a reader chose must be there before the page is: no module does that
                Some("module") | None => {
                    let folder =
                        if one.get("type").is_some() { "/assets/" } else { "/assets/scheme." };
                    assert!(one.get("src").is_some_and(|src| src.contains(folder)), "{path}");
                    assert_eq!(one.text.trim(), "", "{path}");
                }
                Some("speculationrules") => {
                    let rules: serde_json::Value = serde_json::from_str(&one.text).expect("JSON");
                    assert_eq!(rules["prefetch"][0]["eagerness"], "moderate", "{path}");
                }
                other => assert_eq!(other, Some("application/ld+json"), "{path}"),
            }
        }
    });
}

#[test]
fn no_page_loads_anything_from_elsewhere() {
    each_page(|path, elements| {
        for one in elements.iter().filter(|one| one.name != "a") {
            // neither loads: the one names the page itself, the other a part of it
            let named = [Some("canonical"), Some("expect")].contains(&one.get("rel"));
            let link = one.name == "link" && named;
            let loaded = ["src", "srcset", "href", "data", "poster"].map(|key| one.get(key));
            for address in loaded.into_iter().flatten().filter(|_| !link) {
                assert!(
                    address.starts_with('/') && !address.starts_with("//"),
                    "{path}: {address}"
                );
            }
        }
    });
}

#[test]
fn what_pages_say_to_search_engines_can_be_read() {
    each_page(|path, elements| {
        let kinds: Vec<String> = elements
            .iter()
            .filter(|one| one.get("type") == Some("application/ld+json"))
            .map(|one| {
                let data: serde_json::Value = serde_json::from_str(&one.text).expect("JSON");
                assert_eq!(data["@context"], "https://schema.org", "{path}");
                data["@type"].as_str().expect("a type").to_owned()
            })
            .collect();
        let has = |kind: &str| elements.iter().any(|one| one.get("content") == Some(kind));
        match path {
            "index.html" => assert_eq!(kinds, ["WebSite"]),
            _ if has("noindex") => assert!(kinds.is_empty(), "{path}"),
            _ if has("article") => assert_eq!(kinds, ["Article", "BreadcrumbList"], "{path}"),
            "questions/index.html" => assert_eq!(kinds, ["FAQPage", "BreadcrumbList"]),
            _ => assert_eq!(kinds, ["BreadcrumbList"], "{path}"),
        }
    });
}

#[test]
fn every_page_has_a_title_a_heading_and_no_id_twice() {
    each_page(|path, elements| {
        let named = |name: &str| elements.iter().filter(|one| one.name == name).count();
        assert_eq!((named("h1"), named("main")), (1, 1), "{path}");
        let title = elements.iter().find(|one| one.name == "title").expect("a title");
        assert!(!title.text.is_empty(), "{path}");
        let mut ids: Vec<&str> = elements.iter().filter_map(|one| one.get("id")).collect();
        let number = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), number, "{path}");
    });
}

#[test]
fn the_name_of_an_asset_is_the_hash_of_its_content() {
    for built in sites() {
        let assets = built.outputs.iter().filter(|output| output.path.starts_with("assets/"));
        let assets: Vec<_> = assets.collect();
        assert!(!assets.is_empty());
        for asset in assets {
            let parts: Vec<&str> = asset.path.split('.').collect();
            let [_, hash, _] = parts[..] else { panic!("{}", asset.path) };
            assert_eq!(hash, format!("{:016x}", xxh3_64(&asset.bytes)), "{}", asset.path);
        }
    }
}

#[test]
fn pages_as_a_whole() {
    let built = made(&read(&folder("site")));
    for (path, name) in [
        ("index.html", "home"),
        ("reply/index.html", "section"),
        ("reply/thank-you/index.html", "article"),
        ("stages/index.html", "stages"),
        ("tags/thanks/index.html", "tag"),
        ("templates/index.html", "library"),
        ("thanks/index.html", "redirect"),
        ("404.html", "not-found"),
    ] {
        golden(&format!("pages/{name}.html"), &without_hashes(text(&built, path)));
    }
}

#[test]
fn files_for_machines_under_two_addresses() {
    let input = read(&folder("site"));
    for (base_url, name) in
        [("https://example.org/", "root"), ("https://example.org/some-repo/", "some-repo")]
    {
        let built = made_with(
            &input,
            &postrej_site::Options { base_url: Some(base_url.to_owned()), ..plain() },
        );
        for path in ["feed.xml", "sitemap.xml", "robots.txt"] {
            golden(&format!("pages/{name}/{path}"), text(&built, path));
        }
    }
}

#[test]
fn under_another_address_nothing_else_changes() {
    let input = read(&folder("site"));
    let base_url = Some("https://example.org/some-repo/".to_owned());
    let (root, other) =
        (made(&input), made_with(&input, &postrej_site::Options { base_url, ..plain() }));
    for (own, other) in root.outputs.iter().zip(&other.outputs) {
        assert_eq!(own.path, other.path);
        let text = String::from_utf8_lossy(&other.bytes);
        let plain = text.replace("example.org/some-repo/", "example.org/");
        let plain = ["=\"", "url="].iter().fold(plain, |text, before| {
            text.replace(&format!("{before}/some-repo/"), &format!("{before}/"))
        });
        assert_eq!(String::from_utf8_lossy(&own.bytes), plain, "{}", own.path);
    }
}

#[test]
fn a_list_of_very_many_messages_leads_to_them_instead_of_holding_them() {
    let settings = "title: S\nbase_url: https://example.org/\nsections: [a]\n\
                    channels: {email: {label: Email}, sms: {label: Text message}}\n";
    let index = |title| format!("---\ntitle: {title}\n---\n");
    let list = |count: usize| {
        let messages = (1..=count).map(|number| {
            let channel = if number == 1 { "sms" } else { "email" };
            format!("\n## {number}\n\n```template\ntitle: Note {number}\nchannel: {channel}\n---\nHi.\n```\n")
        });
        let head = "---\ntitle: Notes\ndescription: D.\ndate: 2026-03-02\n---\n".to_owned();
        let article = messages.fold(head, |text, message| text + &message);
        let (home, section) = (index("Home"), index("A"));
        let files = [("index.md", &home), ("a/index.md", &section), ("a/notes.md", &article)];
        let built = made(&site(settings, files.map(|(path, text)| (path, text.as_str()))));
        text(&built, "templates/index.html").to_owned()
    };
    let (most, more) = (list(300), list(301));
    assert_eq!(most.matches("data-message-variant").count(), 300, "widgets");
    assert_eq!(more.matches("data-message-variant").count(), 0, "links");
    golden("pages/library-long.html", between(&more, "id=\"group-1\">", "id=\"notes--note-3\""));
    for page in [&most, &more] {
        assert!(page.contains("data-filters"), "both can be narrowed");
    }
}
