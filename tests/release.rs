//! A release as its workflow makes it, installed and used as the action does: the scripts of both, run
//! on this machine with what a runner tells them.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{Run, SMALL, Site};

/// What a release is made for: as the action's machines call themselves, and as Rust calls them.
const MACHINES: [(&str, &str, &str); 6] = [
    ("Linux", "X64", "x86_64-unknown-linux-musl.tar.gz"),
    ("Linux", "ARM64", "aarch64-unknown-linux-musl.tar.gz"),
    ("macOS", "X64", "x86_64-apple-darwin.tar.gz"),
    ("macOS", "ARM64", "aarch64-apple-darwin.tar.gz"),
    ("Windows", "X64", "x86_64-pc-windows-msvc.zip"),
    ("Windows", "ARM64", "x86_64-pc-windows-msvc.zip"),
];

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Runs a script of `.github/` in the site's folder; nothing of this machine's GitHub reaches it.
fn script(site: &Site, path: &str, words: &[&str], names: &[(&str, &str)]) -> Run {
    let mut command = Command::new("bash");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(".github").join(path)).args(words);
    command.current_dir(site.path("")).stdin(Stdio::null());
    command.envs(names.iter().copied());
    command.output().expect("a run of bash").into()
}

/// A program for every target; each is the one under test.
fn programs(site: &Site) {
    for (_, _, archive) in MACHINES {
        let target = archive.trim_end_matches(".tar.gz").trim_end_matches(".zip");
        let suffix = if target.contains("windows") { ".exe" } else { "" };
        let path = format!("programs/postrej-site-{target}/postrej-site{suffix}");
        let program = env!("CARGO_BIN_EXE_postrej-site");
        site.write(&path, format!("#!/bin/sh\nexec '{program}' \"$@\"\n"));
    }
}

/// The archives of a release, in the folder `releases/v0.1.0`.
fn release(site: &Site) {
    programs(site);
    let folder = format!("releases/v{VERSION}");
    let words = [VERSION, "programs", &folder];
    let run = script(site, "release/archives.sh", &words, &[("SOURCE_DATE_EPOCH", "1700000000")]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
}

/// Installs on a machine, with some of what a workflow says changed.
fn install(site: &Site, changed: &[(&str, &str)]) -> Run {
    let releases = format!("file://{}", site.path("releases").display());
    let (temporary, output) = (site.path("temporary"), site.path("output"));
    fs::create_dir_all(&temporary).expect("a folder");
    fs::write(&output, "").expect("an empty file");
    let mut names = BTreeMap::from([
        ("VERSION", VERSION),
        ("BINARY", ""),
        ("FROM_SOURCE", "false"),
        ("REPOSITORY", "owner/postrej-site"),
        ("RELEASES", releases.as_str()),
        ("GH_TOKEN", ""),
        ("RUNNER_OS", "Linux"),
        ("RUNNER_ARCH", "X64"),
        ("RUNNER_TEMP", temporary.to_str().expect("UTF-8")),
        ("GITHUB_OUTPUT", output.to_str().expect("UTF-8")),
    ]);
    names.extend(changed.iter().copied());
    script(site, "actions/check/install.sh", &[], &names.into_iter().collect::<Vec<_>>())
}

/// Checks and builds, with some of what a workflow says changed.
fn check(site: &Site, changed: &[(&str, &str)]) -> Run {
    let output = site.path("output");
    fs::write(&output, "").expect("an empty file");
    let mut names = BTreeMap::from([
        ("PROGRAM", env!("CARGO_BIN_EXE_postrej-site")),
        ("ROOT", "."),
        ("BASE_URL", ""),
        ("ARGS", ""),
        ("STRICT", "false"),
        ("GITHUB_OUTPUT", output.to_str().expect("UTF-8")),
    ]);
    names.extend(changed.iter().copied());
    script(site, "actions/check/check.sh", &[], &names.into_iter().collect::<Vec<_>>())
}

fn refused(site: &Site, changed: &[(&str, &str)], because: &str) {
    let run = install(site, changed);
    assert_ne!(run.status, Some(0), "{changed:?}");
    assert!(run.stdout.contains(because), "{changed:?}: {} {}", run.stdout, run.stderr);
    assert_eq!(site.read("output"), "", "{changed:?}");
}

fn append(site: &Site, path: &str, more: &str) {
    let mut bytes = fs::read(site.path(path)).expect("a file");
    bytes.extend_from_slice(more.as_bytes());
    site.write(path, bytes);
}

#[test]
fn every_machine_gets_its_program_of_a_release() {
    let site = Site::with([]);
    release(&site);
    for (system, processor, archive) in MACHINES {
        let run = install(&site, &[("RUNNER_OS", system), ("RUNNER_ARCH", processor)]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{system} {processor}");
        let output = site.read("output");
        let program = output.trim_end().strip_prefix("program=").expect("the program");
        let target = archive.trim_end_matches(".tar.gz").trim_end_matches(".zip");
        assert!(program.contains(target), "{system} {processor} gets {program}");
        assert!(run.stdout.ends_with(&format!("postrej-site {VERSION}\n")), "{}", run.stdout);
    }
}

#[test]
fn an_archive_holds_what_belongs_around_a_program() {
    let site = Site::with([]);
    release(&site);
    install(&site, &[]);
    let folder = format!("temporary/postrej-site/postrej-site-{VERSION}-x86_64-unknown-linux-musl");
    let files = site.files(&folder);
    for name in ["LICENSE", "README.md", "completions/_postrej-site", "man/postrej-site-build.1"] {
        assert!(files.iter().any(|file| file == name), "{name} is not among {files:?}");
    }
    assert!(
        site.read(&format!("{folder}/man/postrej-site-build.1")).contains("postrej\\-site build")
    );
    let mode = |name: &str| {
        let path = site.path(&format!("{folder}/{name}"));
        fs::metadata(path).expect("metadata").permissions().mode() & 0o777
    };
    assert_eq!((mode("postrej-site"), mode("README.md")), (0o755, 0o644));
}

#[test]
fn the_same_programs_make_the_same_archives() {
    let (one, two) = (Site::with([]), Site::with([]));
    let sums = [&one, &two].map(|site| {
        release(site);
        site.read(&format!("releases/v{VERSION}/SHA256SUMS"))
    });
    assert_eq!(sums[0], sums[1]);
    assert_eq!(sums[0].lines().count(), 5);
}

#[test]
fn what_a_release_was_not_published_with_is_not_run() {
    let site = Site::with([]);
    release(&site);
    let archive =
        format!("releases/v{VERSION}/postrej-site-{VERSION}-x86_64-unknown-linux-musl.tar.gz");
    append(&site, &archive, "more");
    refused(&site, &[], "is not the file that release");
    // the others are as they were
    assert_eq!(install(&site, &[("RUNNER_ARCH", "ARM64")]).status, Some(0));

    site.write(&format!("releases/v{VERSION}/SHA256SUMS"), "");
    refused(&site, &[("RUNNER_ARCH", "ARM64")], "does not name");
}

#[test]
fn a_workflow_that_asks_for_what_is_not_there_is_told_so() {
    let site = Site::with([]);
    release(&site);
    refused(&site, &[("VERSION", "")], "write the release to use, as in 0.1.0");
    refused(&site, &[("VERSION", "7.0.0")], "Is there a release 7.0.0?");
    refused(&site, &[("RUNNER_ARCH", "RISCV64")], "from-source: true compiles one");
    refused(&site, &[("REPOSITORY", "")], "write whose releases to use");
    refused(&site, &[("BINARY", "no/such/program")], "there is no such program");
    for typed in ["0.1.0; touch trace", "$(touch trace)", "0.1.0\ntouch trace", "../0.1.0"] {
        refused(&site, &[("VERSION", typed)], "write the release to use");
        refused(&site, &[("REPOSITORY", typed)], "write whose releases to use");
        refused(&site, &[("BINARY", typed)], "there is no such program");
    }
    assert!(!site.files("").iter().any(|file| file.ends_with("trace")));
}

#[test]
fn where_a_program_was_built_is_asked_of_github() {
    let site = Site::with([]);
    release(&site);
    let path = std::env::var("PATH").expect("where programs are");
    let path = format!("{}:{path}", site.path("own").display());
    let names = [("GH_TOKEN", "token"), ("PATH", path.as_str())];
    let gh = |last: &str| {
        let text = format!("#!/bin/sh\n[ \"$3\" != --help ] || exit 0\necho \"$@\"\n{last}\n");
        site.write("own/gh", text);
        fs::set_permissions(site.path("own/gh"), fs::Permissions::from_mode(0o755))
            .expect("a mode");
    };
    gh("exit 0");
    let run = install(&site, &names);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let asked = format!(
        "attestation verify postrej-site-{VERSION}-x86_64-unknown-linux-musl.tar.gz --repo \
         owner/postrej-site --signer-workflow owner/postrej-site/.github/workflows/release.yml\n"
    );
    assert!(run.stdout.contains(&asked), "{}", run.stdout);
    gh("exit 1");
    refused(&site, &names, "was not built by the release workflow of owner/postrej-site");
}

#[test]
fn a_program_that_is_there_is_taken() {
    let site = Site::with([]);
    programs(&site);
    let own = "programs/postrej-site-x86_64-unknown-linux-musl/postrej-site";
    fs::set_permissions(site.path(own), fs::Permissions::from_mode(0o755)).expect("a mode");
    let run = install(&site, &[("BINARY", own), ("VERSION", "")]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
    let folder = fs::canonicalize(site.path("")).expect("the folder");
    assert_eq!(site.read("output"), format!("program={}/{own}\n", folder.display()));
}

#[test]
fn a_site_is_checked_and_built_where_it_is() {
    let site = Site::with([]);
    for (path, text) in SMALL {
        site.write(&format!("hand book/{path}"), text);
    }
    let names = [("ROOT", "hand book"), ("BASE_URL", "https://example.org/else/")];
    let run = check(&site, &names);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    assert_eq!(site.read("output"), "path=hand book/public\n");
    assert!(site.read("hand book/public/sitemap.xml").contains("https://example.org/else/reply/"));
}

#[test]
fn a_mistake_is_shown_at_its_line_and_nothing_is_built() {
    let site = Site::with([]);
    for (path, text) in SMALL {
        site.write(&format!("book/{path}"), text);
    }
    append(&site, "book/content/reply/note.md", "\nSee [this](nowhere.md).\n");
    for strict in ["true", "false"] {
        let run = check(&site, &[("ROOT", "book"), ("STRICT", strict)]);
        assert_eq!(run.status, Some(1), "{}", run.stderr);
        let place = "::error file=book/content/reply/note.md,line=9,";
        assert!(run.stdout.starts_with(place), "{}", run.stdout);
        assert_eq!(site.read("output"), "");
        assert!(!site.path("book/public").exists());
    }
}

#[test]
fn a_warning_stops_only_who_wants_to_be_stopped() {
    let site = Site::small();
    append(&site, "content/site.yaml", "editorial: {sentence: 2}\n");
    let run = check(&site, &[]);
    assert!(run.stdout.contains("::warning file=content/reply/note.md,line=7,"), "{}", run.stdout);
    assert_eq!((run.status, site.read("output").as_str()), (Some(0), "path=./public\n"));
    site.remove("public/index.html");
    assert_eq!(check(&site, &[("STRICT", "true")]).status, Some(1));
    assert!(!site.path("public/index.html").exists());
}

#[test]
fn further_options_are_words_and_no_commands() {
    let site = Site::small();
    let draft =
        site.read("content/reply/note.md").replace("title: A note", "draft: true\ntitle: New");
    site.write("content/reply/draft.md", draft);
    assert_eq!(check(&site, &[("ARGS", " --drafts\n--today 2026-05-01 ")]).status, Some(0));
    assert!(site.path("public/reply/draft/index.html").exists());
    for typed in ["$(touch trace)", "; touch trace", "`touch trace`", "--no-such-option"] {
        assert_eq!(check(&site, &[("ARGS", typed)]).status, Some(2), "{typed}");
        assert_eq!(check(&site, &[("ROOT", typed)]).status, Some(2), "{typed}");
    }
    assert_eq!(check(&site, &[("STRICT", "yes")]).status, Some(2));
    assert!(!site.path("trace").exists());
}

#[test]
fn what_is_written_in_c_finds_a_compiler_for_programs_without_a_c_library() {
    let read = |path: &str| {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file")
    };
    // the crate that calls a C compiler for other crates
    let calls_a_compiler = read("Cargo.lock").contains("name = \"cc\"\n");
    let installs_one = read(".github/workflows/release.yml")
        .contains("install --yes --no-install-recommends musl-tools");
    assert_eq!(calls_a_compiler, installs_one);
}

#[test]
fn a_release_has_the_version_of_its_tag() {
    let site = Site::with([("output", "")]);
    let output = site.path("output");
    let names = [("GITHUB_REF_NAME", "v7.0.0"), ("GITHUB_OUTPUT", output.to_str().expect("UTF-8"))];
    let run = script(&site, "release/version.sh", &[], &names);
    let told = format!(
        "::error file=Cargo.toml::the tag is v7.0.0, and Cargo.toml is of version {VERSION}\n"
    );
    assert_eq!((run.status, run.stdout, site.read("output")), (Some(1), told, String::new()));
    assert_eq!(script(&site, "release/notes.sh", &["7.0.0"], &[]).status, Some(1));
    let notes = script(&site, "release/notes.sh", &["Unreleased"], &[]);
    assert!(notes.stdout.starts_with("### Added\n"), "{}", notes.stdout);
}
