//! Same content, same bytes: whatever the run, the folder, the threads and the order of the files.

use std::fs;
use std::path::Path;

use postrej_site::{Built, Input};

use crate::memory::{complaints, made, read};
use crate::support::Site;

/// The site that ships with the generator.
fn shipped() -> Input {
    read(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn assert_same(one: &(Input, Built), other: &(Input, Built)) {
    let paths = |built: &Built| built.outputs.iter().map(|o| o.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&one.1), paths(&other.1));
    for (own, other) in one.1.outputs.iter().zip(&other.1.outputs) {
        assert!(own.bytes == other.bytes, "{} differs", own.path);
    }
    assert_eq!(complaints(&one.0, &one.1), complaints(&other.0, &other.1));
}

fn built(input: Input) -> (Input, Built) {
    let made = made(&input);
    (input, made)
}

#[test]
fn another_run() {
    assert_same(&built(shipped()), &built(shipped()));
}

#[test]
fn another_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::with([]);
    for entry in walkdir::WalkDir::new(root.join("content")).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(root).expect("a path below");
            let path = path.to_string_lossy().replace('\\', "/");
            site.write(&format!("some where/else/{path}"), fs::read(entry.path()).expect("a file"));
        }
    }
    assert_same(&built(shipped()), &built(read(&site.path("some where/else"))));
}

#[test]
fn another_number_of_threads() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| built(shipped()))
    };
    assert_same(&with(1), &with(4));
}

#[test]
fn another_order_of_the_files() {
    let mut input = shipped();
    input.articles.reverse();
    input.theme.reverse();
    assert_same(&built(shipped()), &built(input));
}

/// The same content on the machine of somebody else, on another day.
#[cfg(unix)]
#[test]
fn another_machine() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::with([]);
    let content = root.join("content");
    let build = |folder: &str, day: &str, machine: &str| {
        let output = site.path(folder);
        let script = format!(
            "{machine} {} --root {} build --no-cards --today {day} --output-dir {}",
            env!("CARGO_BIN_EXE_postrej-site"),
            site.path("").display(),
            output.display(),
        );
        let run = std::process::Command::new("sh").args(["-c", &script]).output().expect("a shell");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let files = site.files(folder).into_iter();
        files
            .map(|path| (path.clone(), fs::read(output.join(&path)).expect("a file")))
            .collect::<Vec<_>>()
    };
    for path in walkdir::WalkDir::new(&content).into_iter().filter_map(Result::ok) {
        if path.file_type().is_file() {
            let name = path.path().strip_prefix(root).expect("a path below").display().to_string();
            site.write(&name, fs::read(path.path()).expect("a file"));
        }
    }
    let here = build(
        "one",
        "2026-11-20",
        "umask 022; TZ=Europe/Lisbon LC_ALL=C.UTF-8 RAYON_NUM_THREADS=1",
    );
    let there = build(
        "two",
        "2031-02-03",
        "umask 077; TZ=Pacific/Kiritimati LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 HOME=/nowhere USER=other \
         TMPDIR=/nowhere RAYON_NUM_THREADS=3",
    );
    assert!(here.len() > 200, "{} files", here.len());
    for (one, other) in here.iter().zip(&there) {
        assert!(one == other, "{} is not {}", one.0, other.0);
    }
    assert_eq!(here.len(), there.len());
}
