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
    let site = Site::with([]);
    let folder = site.path("some where/else");
    content_in(&folder, false);
    assert_same(&built(shipped()), &built(read(&folder)));
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

/// The shipped content as files in a folder, written in the order of their names or against it.
fn content_in(folder: &Path, backward: bool) {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let entries = walkdir::WalkDir::new(&content).sort_by_file_name().into_iter();
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry").into_path())
        .filter(|path| path.is_file())
        .collect();
    if backward {
        files.reverse();
    }
    for path in files {
        let own = folder.join("content").join(path.strip_prefix(&content).expect("a path below"));
        fs::create_dir_all(own.parent().expect("a folder")).expect("a folder");
        fs::copy(&path, own).expect("a copy");
    }
}

/// Builds the site in a folder from a shell, with words before the program; every file that came out.
#[cfg(unix)]
fn built_by(root: &Path, output: &Path, day: &str, before: &str) -> Vec<(String, Vec<u8>)> {
    let script = format!(
        "{before} {} --root {} build --no-cards --today {day} --output-dir {}",
        env!("CARGO_BIN_EXE_postrej-site"),
        root.display(),
        output.display(),
    );
    let run = std::process::Command::new("sh").args(["-c", &script]).output().expect("a shell");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let entries = walkdir::WalkDir::new(output).sort_by_file_name().into_iter();
    let files =
        entries.map(|entry| entry.expect("an entry").into_path()).filter(|path| path.is_file());
    let files = files.map(|path| {
        let name = path.strip_prefix(output).expect("a path below").display().to_string();
        (name, fs::read(path).expect("a file"))
    });
    files.collect()
}

#[cfg(unix)]
fn assert_same_files(here: &[(String, Vec<u8>)], there: &[(String, Vec<u8>)]) {
    assert!(here.len() > 200, "{} files", here.len());
    for (one, other) in here.iter().zip(there) {
        assert!(one == other, "{} is not {}", one.0, other.0);
    }
    assert_eq!(here.len(), there.len());
}

/// The same content on the machine of somebody else, on another day.
#[cfg(unix)]
#[test]
fn another_machine() {
    let site = Site::with([]);
    content_in(&site.path(""), false);
    let build = |output: &str, day: &str, before: &str| {
        built_by(&site.path(""), &site.path(output), day, before)
    };
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
    assert_same_files(&here, &there);
}

/// Somebody else, with no rights but to read the content and to write into one folder.
#[cfg(target_os = "linux")]
#[test]
fn another_user() {
    use std::os::unix::fs::PermissionsExt;

    let site = Site::with([]);
    content_in(&site.path(""), false);
    let own = site.path("own");
    fs::create_dir(&own).expect("a folder");
    for folder in [&site.path(""), &own] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).expect("rights");
    }
    let id = std::process::Command::new("id").arg("-u").output().expect("id");
    let other = if id.stdout == b"0\n" {
        "setpriv --reuid 4321 --regid 4321 --clear-groups"
    } else {
        "unshare --user --map-user 4321"
    };
    let day = "2026-11-20";
    let here = built_by(&site.path(""), &site.path("one"), day, "");
    let there = built_by(&site.path(""), &own.join("two"), day, other);
    assert_same_files(&here, &there);
}

/// A disk that lists the files of a folder in another order: one in memory lists the last one first.
#[cfg(target_os = "linux")]
#[test]
fn another_order_of_the_folder() {
    let memory = Path::new("/dev/shm");
    let made = |backward| {
        let folder = tempfile::tempdir_in(memory).expect("a folder in memory");
        content_in(folder.path(), backward);
        let listed = fs::read_dir(folder.path().join("content/docs")).expect("a folder");
        let listed: Vec<_> = listed.map(|entry| entry.expect("an entry").file_name()).collect();
        let files = built_by(folder.path(), &folder.path().join("public"), "2026-11-20", "");
        (listed, files)
    };
    let (here, there) = (made(false), made(true));
    assert_ne!(here.0, there.0, "this disk has an order of its own, and the test tries nothing");
    assert_same_files(&here.1, &there.1);
}
