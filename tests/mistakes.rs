//! An author's mistakes and what the author reads: all of them in one run, each at its place.
//!
//! The golden files are whole reports. They are written for somebody who has never programmed.

use std::collections::BTreeSet;
use std::fs;

use crate::memory;
use crate::support::{Site, golden};

/// A copy of a fixture, its texts changed.
fn copy(name: &str, change: impl Fn(String) -> String) -> Site {
    let root = memory::folder(name);
    let site = Site::with([]);
    for entry in walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&root).expect("a path below");
            let text = fs::read_to_string(entry.path()).expect("a text");
            site.write(&path.to_string_lossy().replace('\\', "/"), change(text));
        }
    }
    site
}

/// The report for people and the one for programs; nothing is written.
fn reports(site: &Site) -> (String, String) {
    let human = site.run("build --today 2026-11-20");
    let json = site.run("build --today 2026-11-20 --format json");
    assert_eq!((human.status, json.status), (Some(1), Some(1)));
    assert_eq!(human.stdout, "");
    assert!(!site.path("public").exists());
    (human.stderr, json.stdout)
}

#[test]
fn all_mistakes_of_all_files_are_told_in_one_run() {
    let (human, json) = reports(&copy("mistakes", |text| text));
    golden("mistakes.txt", &human);
    golden("mistakes.json", &json);
}

#[test]
fn the_finished_pages_are_checked_when_nothing_else_is_wrong() {
    let (human, json) = reports(&copy("dead-links", |text| text));
    golden("dead-links.txt", &human);
    golden("dead-links.json", &json);
}

#[test]
fn every_mistake_stands_in_a_file_that_exists_and_has_a_line() {
    for name in ["mistakes", "dead-links"] {
        let site = copy(name, |text| text);
        let found: Vec<serde_json::Value> =
            serde_json::from_str(&reports(&site).1).expect("a JSON array");
        let kinds: BTreeSet<&str> = found.iter().filter_map(|one| one["code"].as_str()).collect();
        assert!(name != "mistakes" || kinds.len() >= 24, "{kinds:?}");
        for one in found {
            let file = one["file"].as_str().expect("a file");
            let line = one["line"].as_u64().expect("a line");
            assert!(site.path(file).is_file(), "{one}");
            assert!((1..=site.read(file).lines().count().max(1) as u64).contains(&line), "{one}");
            assert!(one["hint"].is_string(), "{one}");
        }
    }
}

#[test]
fn a_file_from_windows_has_its_mistakes_at_the_same_places() {
    for name in ["mistakes", "dead-links"] {
        let windows = copy(name, |text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
        assert_eq!(reports(&windows).1, reports(&copy(name, |text| text)).1);
    }
}
