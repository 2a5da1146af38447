//! `sw.js`: what a browser is told to keep of a site, or that it shall keep nothing.

use postrej_site::{Built, Input, Options};
use serde_json::Value;

use crate::memory::{made, made_with, paths, plain, site, text};

const SETTINGS: &str = "title: T\nbase_url: https://example.org/x/\nsections: [a]\noffline: true\n\
    channels: {sms: {label: Text message}}\n";

fn input(settings: &str, words: &str) -> Input {
    let article = format!(
        "---\ntitle: One\ndescription: D.\ndate: 2026-03-02\n---\n\n\
         ```template\ntitle: Note\nchannel: sms\n---\n{words}\n```\n"
    );
    let files = [
        ("index.md", "---\ntitle: Home\n---\n"),
        ("a/index.md", "---\ntitle: A\n---\n"),
        ("a/one.md", article.as_str()),
    ];
    site(settings, files)
}

/// What the worker is to keep from the start.
fn contents(built: &Built) -> Value {
    let first = text(built, "sw.js").lines().next().expect("a line");
    let json = first.strip_prefix("const BUILD = ").and_then(|rest| rest.strip_suffix(';'));
    serde_json::from_str(json.expect("a list")).expect("JSON")
}

#[test]
fn the_list_names_files_of_the_site_and_no_base_path() {
    let built = made(&input(SETTINGS, "Hi."));
    let list = contents(&built);
    assert_eq!(list["pages"], serde_json::json!(["favicon.svg", "offline.html", "templates/"]));
    let paths = paths(&built);
    let assets: Vec<_> = paths.iter().filter(|path| path.starts_with("assets/")).collect();
    let named = list["assets"].as_array().expect("a list").iter();
    let mut named: Vec<&str> = named.filter_map(Value::as_str).collect();
    assert!(named.iter().all(|path| assets.contains(&path)));
    assert!(named.iter().any(|path| path.starts_with("assets/style.")));
    named.dedup();
    assert_eq!(named.len(), assets.len());
    assert!(!text(&built, "sw.js").contains("/x/"));
}

#[test]
fn another_build_has_another_name() {
    let version = |built: &Built| contents(built)["version"].clone();
    let first = version(&made(&input(SETTINGS, "Hi.")));
    assert_eq!(first, version(&made(&input(SETTINGS, "Hi."))));
    assert_ne!(first, version(&made(&input(SETTINGS, "Hello."))));
    let base_url = Some("https://example.org/".to_owned());
    let elsewhere = made_with(&input(SETTINGS, "Hi."), &Options { base_url, ..plain() });
    assert_ne!(first, version(&elsewhere));
}

#[test]
fn every_page_asks_for_it_only_where_it_is_wanted() {
    let asks = |built: &Built| {
        let pages = built.outputs.iter().filter(|output| output.is_page());
        let asking = pages.filter(|page| {
            String::from_utf8_lossy(&page.bytes)
                .contains("<script type=\"module\" src=\"/x/assets/offline.")
        });
        asking.count()
    };
    let on = made(&input(SETTINGS, "Hi."));
    assert_eq!(asks(&on), on.outputs.iter().filter(|output| output.is_page()).count());
    for settings in [
        SETTINGS.replace("offline: true", "offline: false"),
        SETTINGS.replace("offline: true\n", ""),
    ] {
        let off = made(&input(&settings, "Hi."));
        assert_eq!(asks(&off), 0);
        assert!(!paths(&off).contains(&"offline.html"));
        assert!(text(&off, "sw.js").contains("registration.unregister()"));
        assert!(!text(&off, "sw.js").contains("fetch"));
    }
}
