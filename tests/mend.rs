//! `check --fix`: the mistakes that have one right answer, the changes as they are shown, and the files
//! afterwards.

use std::fs;

use postrej_site::diagnostic::Diagnostic;
use postrej_site::mend::mend;
use postrej_site::{Input, check};

use crate::memory;
use crate::support::{self, Run, Site, golden};

const FIX: &str = "check --fix --today 2026-11-20";

/// A copy of the fixture on disk, byte for byte.
fn copy() -> Site {
    copy_of("mend")
}

fn copy_of(fixture: &str) -> Site {
    let root = memory::folder(fixture);
    let site = Site::with([]);
    for entry in walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&root).expect("a path below");
            let bytes = fs::read(entry.path()).expect("a file");
            site.write(&path.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
    site
}

/// Every file and its text.
fn texts(site: &Site) -> Vec<(String, String)> {
    let files = site.files("content").into_iter();
    files.map(|path| (path.clone(), site.read(&format!("content/{path}")))).collect()
}

fn mended() -> (Site, Run) {
    let site = copy();
    let run = site.run(&format!("{FIX} --yes"));
    (site, run)
}

fn found(input: &Input) -> Vec<Diagnostic> {
    check(input, &memory::plain()).diagnostics
}

#[test]
fn every_change_is_shown_and_nothing_is_written_where_nobody_can_be_asked() {
    let site = copy();
    let before = texts(&site);
    let run = site.run(FIX);
    assert_eq!((run.status, run.stdout.as_str()), (Some(1), ""));
    golden("mend/shown.txt", &run.stderr);
    assert_eq!(texts(&site), before);
}

#[test]
fn a_program_gets_the_mistakes_that_were_not_mended() {
    let site = copy();
    let before = texts(&site);
    let run = site.run(&format!("{FIX} --format json --quiet"));
    let told: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).expect("a JSON array");
    assert!(!told.is_empty());
    assert_eq!((run.status, texts(&site)), (Some(1), before));
}

#[test]
fn the_files_are_what_was_shown_and_nothing_is_left_to_mend() {
    let (site, run) = mended();
    golden("mend/made.txt", &run.stderr);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    for (path, text) in texts(&site) {
        golden(&format!("mend/content/{path}"), &text.replace("\r\n", "\n"));
    }
}

#[test]
fn mending_twice_changes_nothing_more() {
    let (site, _) = mended();
    let before = texts(&site);
    let again = site.run(&format!("{FIX} --yes"));
    assert_eq!((again.status, texts(&site)), (Some(0), before), "{}", again.stderr);
}

#[test]
fn whatever_the_mistakes_mending_comes_to_an_end() {
    for fixture in ["mistakes", "editorial/troubled"] {
        let site = copy_of(fixture);
        let first = site.run(&format!("{FIX} --yes"));
        assert!(first.stderr.contains("\nMade "), "{fixture}: {}", first.stderr);
        let before = texts(&site);
        let again = site.run(&format!("{FIX} --yes"));
        assert!(!again.stderr.contains("\nMade "), "{fixture}: {}", again.stderr);
        assert_eq!(texts(&site), before);
    }
}

#[test]
fn what_was_mended_is_not_found_again() {
    let site = copy();
    let mut rounds = 0;
    loop {
        let input = memory::read(&site.path(""));
        let before = found(&input);
        let files = mend(&before, input.texts());
        if files.is_empty() {
            break;
        }
        for file in &files {
            site.write(&file.source.path, &file.text);
        }
        let after = found(&memory::read(&site.path("")));
        for one in before.iter().filter(|one| !one.edits.is_empty()) {
            let same = |other: &&Diagnostic| {
                other.message == one.message && other.place.file == one.place.file
            };
            assert!(!after.iter().any(|other| same(&other)), "{one:?}");
        }
        rounds += 1;
    }
    assert_eq!(rounds, 3);
}

#[test]
fn a_file_from_windows_keeps_its_line_ends_and_its_mark() {
    let (site, _) = mended();
    let bytes = fs::read(site.path("content/feedback/ask-for-feedback.md")).expect("a file");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.starts_with("\u{feff}---\r\n"), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

#[test]
fn nothing_hidden_is_left_beside_the_files() {
    let (site, _) = mended();
    assert_eq!(site.files("content"), copy().files("content"));
}

#[test]
fn a_site_with_nothing_to_mend_is_only_checked() {
    let site = Site::small();
    let run = site.run(&format!("{FIX} --yes"));
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (Some(0), "1 article, 0 templates: nothing to mend.\n")
    );
}

#[test]
fn a_name_that_could_be_two_is_left_to_the_author() {
    let site = Site::small();
    for name in ["note-a", "note-b"] {
        site.write(&format!("content/reply/{name}.md"), support::SMALL[3].1);
    }
    let head = support::SMALL[3].1.replace("date:", "related: [note-c]\ndate:");
    site.write("content/reply/note.md", head);
    let input = memory::read(&site.path(""));
    let unknown = |one: &&Diagnostic| one.code == "unknown-related";
    let found = found(&input);
    assert_eq!(found.iter().find(unknown).map(|one| one.edits.len()), Some(0));
}
