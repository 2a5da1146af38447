//! What a build does to the output folder, and what it never does.

use std::fs;

use postrej_site::disk::{Exchange, Failure, Stage, Written, publish};
use postrej_site::outputs::{Output, hand};

use crate::support::{Run, Site, golden, transcript};

/// Writes these files into `public` of the site; the contents of a file are its path, unless it is
/// written as `path=contents`.
fn put(site: &Site, files: &[&str]) -> Result<Written, Failure> {
    let output = |file: &&str| {
        let (path, contents) = file.split_once('=').unwrap_or((file, file));
        Output { path: path.to_owned(), bytes: contents.into(), origin: String::new() }
    };
    let waits = || panic!("another build");
    let stage = Stage::open(&site.path(""), &site.path("public"), Exchange::Files, &waits)?;
    hand(files.iter().map(output).collect(), &stage);
    publish(&stage).map(|(written, _)| written)
}

#[allow(clippy::unnecessary_wraps)] // compared with what `put` gives
fn counts(written: usize, removed: usize, unchanged: usize) -> Result<Written, Failure> {
    Ok(Written { written, removed, unchanged })
}

#[test]
fn the_list_holds_what_was_written_and_nothing_else() {
    let site = Site::small();
    assert_eq!(put(&site, &["index.html", "reply/note/index.html", "a.css"]), counts(3, 0, 0));
    assert_eq!(
        site.read("public/.postrej-site.json"),
        r#"{
  "version": 1,
  "files": [
    "a.css",
    "index.html",
    "reply/note/index.html"
  ]
}
"#
    );
    let files = [".postrej-site.json", "a.css", "index.html", "reply/note/index.html"];
    assert_eq!(site.files("public"), files);
}

#[test]
fn a_second_build_touches_nothing() {
    let site = Site::small();
    assert_eq!(site.run("build").status, Some(0));
    let before = site.state("public");
    let Run { status, stderr, .. } = site.run("build");
    assert_eq!(status, Some(0));
    assert!(stderr.contains("(0 written, 0 removed, "), "{stderr}");
    assert!(site.state("public") == before, "something was touched");
}

#[test]
fn only_what_differs_is_written() {
    let site = Site::small();
    assert_eq!(put(&site, &["index.html", "a.css=red", "feed.xml"]), counts(3, 0, 0));
    let before = site.state("public");
    assert_eq!(put(&site, &["index.html", "a.css=tan", "feed.xml"]), counts(1, 0, 2));
    let after = site.state("public");
    assert_eq!(site.read("public/a.css"), "tan");
    for path in ["index.html", "feed.xml", ".postrej-site.json"] {
        assert!(before[path] == after[path], "{path} was touched");
    }
}

#[test]
fn a_file_that_somebody_changed_or_removed_is_made_anew() {
    let site = Site::small();
    assert_eq!(put(&site, &["index.html", "a.css", "b.css"]), counts(3, 0, 0));
    site.write("public/index.html", "mine now");
    site.remove("public/a.css");
    assert_eq!(put(&site, &["index.html", "a.css", "b.css"]), counts(2, 0, 1));
    assert_eq!(site.read("public/index.html"), "index.html");
}

#[test]
fn what_is_no_longer_made_goes_with_its_empty_folders() {
    let site = Site::small();
    let all = ["index.html", "reply/note/index.html", "reply/old/deep/index.html"];
    assert_eq!(put(&site, &all), counts(3, 0, 0));
    assert_eq!(put(&site, &all[..2]), counts(0, 1, 2));
    assert!(!site.path("public/reply/old").exists());
    assert!(!site.read("public/.postrej-site.json").contains("old"));
    assert!(site.path("public/reply/note/index.html").is_file());
}

#[test]
fn files_of_others_stay() {
    let site = Site::small();
    assert_eq!(put(&site, &["index.html", "reply/note/index.html"]), counts(2, 0, 0));
    site.write("public/CNAME", "example.org");
    site.write("public/reply/note/photo.png", "theirs");
    assert_eq!(put(&site, &["index.html"]), counts(0, 1, 1));
    let files = [".postrej-site.json", "CNAME", "index.html", "reply/note/photo.png"];
    assert_eq!(site.files("public"), files);
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let site = Site::small();
    assert_eq!(put(&site, &["index.html", "about", "old/a/b.html"]), counts(3, 0, 0));
    assert_eq!(put(&site, &["index.html", "about/index.html", "old"]), counts(2, 2, 1));
    let files = [".postrej-site.json", "about/index.html", "index.html", "old"];
    assert_eq!(site.files("public"), files);
}

#[test]
fn a_folder_with_something_of_others_never_becomes_a_file() {
    let site = Site::small();
    assert_eq!(put(&site, &["old/a.html"]), counts(1, 0, 0));
    for theirs in ["old/photo.png", "old/empty/x"] {
        site.write(&format!("public/{theirs}"), "theirs");
        if theirs.ends_with("/x") {
            site.remove(&format!("public/{theirs}"));
        }
        let before = site.state("public");
        let message = put(&site, &["old"]).expect_err("a refusal").message;
        assert!(message.contains("postrej-site did not write"), "{message}");
        assert!(site.state("public") == before, "something was touched");
        _ = fs::remove_file(site.path("public/old/photo.png"));
    }
}

#[test]
fn an_output_folder_that_might_hold_something_is_refused_untouched() {
    let site = Site::small();
    site.write("photos/a.png", "theirs");
    site.write("themes/mine/styles/a.css", "theirs");
    site.write("note.txt", "theirs");
    let before = site.state("");
    let commands = [
        "build --output-dir .",
        "build --output-dir ..",
        "build --output-dir content",
        "build --output-dir content/public",
        "build --output-dir themes/mine/public",
        "build --output-dir nowhere/../content/public",
        "build --output-dir note.txt",
        "build --output-dir photos",
    ];
    golden("cli/refused-folders.txt", &transcript(&site, &commands));
    assert!(site.state("") == before, "something was touched");
}

#[test]
fn a_file_of_others_where_ours_must_be_is_refused_untouched() {
    let site = Site::small();
    assert_eq!(put(&site, &["index.html"]), counts(1, 0, 0));
    site.write("public/reply/note/index.html", "theirs");
    site.write("public/connect", "theirs");
    let before = site.state("public");
    for path in ["reply/note/index.html", "reply/note", "connect/index.html", "connect"] {
        let message = put(&site, &["a.css", path]).expect_err("a refusal").message;
        assert!(message.contains("postrej-site did not write"), "{message}");
    }
    assert!(site.state("public") == before, "something was touched");
}

#[test]
fn a_list_that_cannot_be_ours_is_refused_untouched() {
    let site = Site::small();
    let lists = [
        r#"{"version": 1, "files": ["../content/site.yaml"]}"#,
        r#"{"version": 1, "files": ["/etc/passwd"]}"#,
        r#"{"version": 2, "files": []}"#,
        "not a list",
    ];
    let seen = lists.map(|list| {
        site.write("public/.postrej-site.json", list);
        let before = site.state("");
        let seen = transcript(&site, &["build"]);
        assert!(site.state("") == before, "something was touched");
        format!("{list}\n{seen}")
    });
    golden("cli/refused-lists.txt", &seen.join("\n"));
}

#[cfg(unix)]
#[test]
fn links_are_never_written_through() {
    use std::os::unix::fs::symlink;
    let site = Site::small();
    site.write("elsewhere/index.html", "theirs");
    symlink(site.path("elsewhere"), site.path("link")).expect("a link");
    assert_eq!(put(&site, &["index.html", "reply/note/index.html", "b/c.html"]), counts(3, 0, 0));
    // A folder of ours is now a link to a folder of theirs.
    fs::remove_dir_all(site.path("public/reply")).expect("a removal");
    symlink(site.path("elsewhere"), site.path("public/reply")).expect("a link");
    let before = site.state("elsewhere");
    let commands = ["build --output-dir link", "build --output-dir link/", "build"];
    golden("cli/refused-links.txt", &transcript(&site, &commands));
    // What was ours behind the link is forgotten, not removed.
    site.write("elsewhere/note/index.html", "theirs");
    assert_eq!(put(&site, &["index.html", "b/c.html"]), counts(0, 0, 2));
    assert_eq!(site.read("elsewhere/note/index.html"), "theirs");
    site.remove("elsewhere/note/index.html");
    fs::remove_dir(site.path("elsewhere/note")).expect("a removal");
    // The folder where files are written first is made anew.
    symlink(site.path("elsewhere"), site.path("public/.postrej-site.tmp")).expect("a link");
    let still = site.state("elsewhere");
    assert_eq!(put(&site, &["index.html", "b/c.html=new"]), counts(1, 0, 1));
    assert!(site.state("elsewhere") == still, "something was touched");
    assert_eq!(put(&site, &["index.html", "b/c.html"]), counts(1, 0, 1));
    // A file of ours that is now a link is replaced, its target is not.
    site.remove("public/index.html");
    symlink(site.path("elsewhere/index.html"), site.path("public/index.html")).expect("a link");
    assert_eq!(put(&site, &["index.html", "b/c.html"]), counts(1, 0, 1));
    assert_eq!(site.read("public/index.html"), "index.html");
    assert_eq!(site.state("elsewhere")["index.html"], before["index.html"]);
}

/// The system ends the program at the first file over some thirty thousand bytes, as a power cut would.
#[cfg(unix)]
fn killed(site: &Site) {
    let program = env!("CARGO_BIN_EXE_postrej-site");
    let killed = std::process::Command::new("sh")
        .args(["-c", &format!("ulimit -c 0; ulimit -f 64; exec {program} build")])
        .current_dir(site.path(""))
        .output()
        .expect("a run of the shell");
    assert_eq!(killed.status.code(), None, "{}", String::from_utf8_lossy(&killed.stderr));
}

#[cfg(unix)]
#[test]
fn a_first_build_that_is_killed_shows_nothing() {
    let site = Site::small();
    site.write("content/reply/large.pdf", vec![b'x'; 100_000]);
    killed(&site);
    assert!(!site.path("public").exists());
    assert!(site.path(".public.postrej-site.tmp").exists());

    assert_eq!(site.run("build").status, Some(0));
    assert!(!site.path(".public.postrej-site.tmp").exists());
    assert!(site.files("public").contains(&"reply/large.pdf".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_build_that_is_killed_leaves_nothing_that_the_next_does_not_know() {
    let site = Site::small();
    site.run("build");
    let before = site.files("public");
    site.write(
        "content/reply/note.md",
        site.read("content/reply/note.md").replace("Say", "Do say"),
    );
    site.write("content/reply/large.pdf", vec![b'x'; 100_000]);
    killed(&site);

    let list = site.read("public/.postrej-site.json");
    let files = site.files("public").into_iter();
    let visible = files.filter(|path| !path.starts_with(".postrej-site."));
    let visible = visible.map(|path| {
        assert!(list.contains(&format!("\"{path}\"")), "{path} is not on it");
    });
    assert!(visible.count() >= before.len() - 1);

    assert_eq!(site.run("build").status, Some(0));
    assert!(!site.path("public/.postrej-site.tmp").exists());
    let fresh = Site::small();
    site.files("content").iter().for_each(|path| {
        let path = format!("content/{path}");
        fresh.write(&path, fs::read(site.path(&path)).expect("a file"));
    });
    fresh.run("build");
    assert_eq!(site.files("public"), fresh.files("public"));
}

#[test]
fn a_build_that_was_killed_before_its_list_is_taken_up() {
    let site = Site::small();
    site.write("public/.postrej-site.tmp/0", "half a li");
    assert_eq!(put(&site, &["index.html"]), counts(1, 0, 0));
    assert_eq!(site.files("public"), [".postrej-site.json", "index.html"]);
}

#[cfg(unix)]
#[test]
fn files_may_be_read_by_whom_the_system_says() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::small();
    site.write("by-hand", "");
    assert_eq!(put(&site, &["index.html"]), counts(1, 0, 0));
    let mode = |path| fs::metadata(site.path(path)).expect("metadata").permissions().mode();
    assert_eq!(mode("public/index.html"), mode("by-hand"));
}
