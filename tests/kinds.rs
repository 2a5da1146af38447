//! One kind of mistake each: a small good site with a few files changed, and the whole report.
//!
//! `tests/fixtures/kinds/_site` is the good site; a folder beside it holds what is different. A file
//! `NAME.gone` takes the file `NAME` away.

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use rayon::prelude::*;

use crate::memory;
use crate::support::{Site, codes, codes_of_the_program, golden};

const GOOD: &str = "_site";

/// The names of all kinds, without the good site.
fn kinds() -> Vec<String> {
    let folder = fs::read_dir(memory::folder("kinds")).expect("a folder");
    let names = folder.map(|entry| entry.expect("an entry").file_name().into_string());
    let mut names: Vec<String> = names.map(|name| name.expect("UTF-8")).collect();
    names.retain(|name| name != GOOD);
    names.sort_unstable();
    names
}

/// Lays the files of a folder over a site.
fn lay(site: &Site, folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).expect("a path below");
            let path = path.to_string_lossy().replace('\\', "/");
            match path.strip_suffix(".gone") {
                Some(gone) => site.remove(gone),
                None => site.write(&path, fs::read(entry.path()).expect("a file")),
            }
        }
    }
}

fn site(kind: &str) -> Site {
    let site = Site::with([]);
    lay(&site, &memory::folder("kinds").join(GOOD));
    if kind != GOOD {
        lay(&site, &memory::folder("kinds").join(kind));
    }
    site
}

#[test]
fn the_site_that_is_changed_is_good() {
    let run = site(GOOD).run("check --today 2026-11-20");
    assert_eq!(run.stderr, "2 articles, 1 template: nothing to mend.\n");
}

#[test]
fn every_kind_of_mistake_has_its_report() {
    let kinds = kinds();
    assert!(kinds.len() >= 60, "{} kinds", kinds.len());
    let differ: Vec<&String> = kinds
        .par_iter()
        .filter(|kind| {
            let run = site(kind).run("check --today 2026-11-20");
            let (status, name) = (run.status, format!("kinds/{kind}.txt"));
            let text = run.stderr;
            catch_unwind(move || {
                assert_eq!(status, Some(1), "{text}");
                golden(&name, &text);
            })
            .is_err()
        })
        .collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn no_report_is_left_over() {
    let reports = fs::read_dir(memory::folder("../golden/kinds")).expect("a folder");
    let names = reports.map(|entry| entry.expect("an entry").file_name().into_string());
    let mut names: Vec<String> =
        names.map(|name| name.expect("UTF-8").trim_end_matches(".txt").to_owned()).collect();
    names.sort_unstable();
    assert_eq!(names, kinds());
}

#[test]
fn no_report_speaks_of_how_the_program_is_made() {
    let words = [
        "struct",
        "enum",
        "tuple",
        "deserialize",
        "mapping",
        "sequence",
        "scalar",
        "parse",
        "token",
        "Some(",
        "None",
        "unwrap",
        "utf8",
        "src/",
        "panicked",
    ];
    for kind in kinds() {
        let path = memory::folder("../golden/kinds").join(format!("{kind}.txt"));
        let report = fs::read_to_string(path).expect("a report");
        let told = report.lines().filter_map(|line| match codes(line).next() {
            Some(_) => line.split_once("]: "),
            None => line.split_once("= help: "),
        });
        let told = told.map(|(_, words)| words);
        for line in told {
            for word in words {
                assert!(!line.contains(word), "{kind}: `{word}` in {line}");
            }
        }
    }
}

/// What the golden files show, all reports of all tests together.
fn shown() -> BTreeSet<String> {
    let reports = walkdir::WalkDir::new(memory::folder("../golden")).into_iter();
    let texts = reports.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let texts = texts.filter_map(|entry| fs::read_to_string(entry.path()).ok());
    texts.flat_map(|text| codes(&text).map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn every_code_of_the_program_is_shown_in_a_report() {
    let shown = shown();
    let codes = codes_of_the_program();
    let hidden: Vec<&String> = codes.iter().filter(|code| !shown.contains(*code)).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}
