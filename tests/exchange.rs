//! The output folder as a whole: exchanged in one step, and written by one build at a time.

use std::fs::{self, File};
use std::io::Read;
use std::time::Duration;

use crate::support::{Run, Site, golden, transcript};

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn a_folder_is_exchanged_as_a_whole() {
    let site = Site::small();
    assert_eq!(site.run("build --atomic").status, Some(0));
    let before = site.state("public");
    assert_eq!(site.run("build --atomic").status, Some(0));
    assert!(site.state("public") == before, "something was touched");

    // who holds the old folder open sees nothing of the new one
    let old = File::open(site.path("public")).expect("a folder");
    let words = site.read("content/reply/note.md").replace("Say", "Do say");
    site.write("content/reply/note.md", words);
    let run = site.run("build --atomic");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    drop(old);
    let after = site.state("public");
    assert!(before["reply/note/index.html"] != after["reply/note/index.html"]);
    assert!(before["sw.js"] == after["sw.js"], "what is the same is the same file");
    assert!(!site.path(".public.postrej-site.tmp").exists());

    let plain = Site::small();
    plain.write("content/reply/note.md", site.read("content/reply/note.md"));
    plain.run("build");
    let bytes = |site: &Site| {
        let files = site.files("public").into_iter();
        files
            .map(|path| fs::read(site.path("public").join(path)).expect("a file"))
            .collect::<Vec<_>>()
    };
    assert!(bytes(&site) == bytes(&plain), "it is another site");
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn a_folder_with_something_of_others_is_not_exchanged() {
    let site = Site::small();
    site.run("build");
    site.write("public/CNAME", "example.org");
    let words = site.read("content/reply/note.md").replace("Say", "Do say");
    site.write("content/reply/note.md", words);
    let before = site.state("public");
    golden("cli/refused-exchange.txt", &transcript(&site, &["build --atomic"]));
    assert!(site.state("public") == before, "something was touched");
    assert!(!site.path(".public.postrej-site.tmp").exists());
}

/// A build that waits for a lock that we hold until it has said so.
fn build_while_locked(site: &Site, lock: &str) -> Run {
    let file = File::create(site.path(lock)).expect("a lock");
    file.lock().expect("a lock");
    let mut build = site.start("build --no-cards");
    let mut stderr = build.stderr.take().expect("what it says");
    let mut said = String::new();
    let mut bytes = [0; 256];
    while !said.contains("Waiting") {
        let count = stderr.read(&mut bytes).expect("words");
        assert!(count > 0, "it does not wait: {said}");
        said += &String::from_utf8_lossy(&bytes[..count]);
    }
    std::thread::sleep(Duration::from_millis(50));
    assert!(build.try_wait().expect("a state").is_none(), "it does not wait");
    // as a build does when it is over
    site.remove(lock);
    drop(file);
    stderr.read_to_string(&mut said).expect("words");
    let status = build.wait().expect("an end").code();
    Run { status, stdout: String::new(), stderr: said }
}

#[test]
fn the_second_of_two_builds_waits_for_the_first() {
    let site = Site::small();
    let first = build_while_locked(&site, ".public.postrej-site.lock");
    assert_eq!(first.status, Some(0), "{}", first.stderr);
    let words = "Another build writes public. Waiting for it.\nBuilt 1 article";
    assert!(first.stderr.contains(words), "{}", first.stderr);
    site.write(
        "content/reply/note.md",
        site.read("content/reply/note.md").replace("Say", "Do say"),
    );
    let again = build_while_locked(&site, "public/.postrej-site.lock");
    assert_eq!(again.status, Some(0), "{}", again.stderr);
    assert!(site.read("public/reply/note/index.html").contains("Do say"));
    assert_eq!(site.files("public").iter().filter(|path| path.starts_with('.')).count(), 1);
}

#[test]
fn many_builds_at_once_make_one_site() {
    let site = Site::small();
    let whole = if cfg!(any(target_os = "linux", target_os = "macos")) { "--atomic" } else { "" };
    for words in ["Do say", "Say often", "Say it"] {
        let build =
            |number| format!("build --no-cards {}", if number % 2 == 0 { "" } else { whole });
        let all: Vec<_> = (0..6).map(|number| site.start(&build(number))).collect();
        for build in all {
            let output = build.wait_with_output().expect("an end");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(site.run("build --no-cards").status, Some(0));
        let hidden = site.files("").into_iter().filter(|path| path.contains(".postrej-site."));
        assert_eq!(hidden.collect::<Vec<_>>(), ["public/.postrej-site.json"]);
        site.write(
            "content/reply/note.md",
            site.read("content/reply/note.md").replace("Say", words),
        );
    }
}

#[test]
fn a_lock_that_a_killed_build_left_is_in_nobodys_way() {
    let site = Site::small();
    site.run("build --no-cards");
    site.write("public/.postrej-site.lock", "");
    site.write(".public.postrej-site.lock", "");
    site.write(
        "content/reply/note.md",
        site.read("content/reply/note.md").replace("Say", "Do say"),
    );
    let run = site.run("build --no-cards");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(!run.stderr.contains("Waiting"), "{}", run.stderr);
    assert!(!site.path(".public.postrej-site.lock").exists());
    assert!(!site.path("public/.postrej-site.lock").exists());
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_a_link_is_not_followed() {
    let site = Site::small();
    site.run("build --no-cards");
    std::os::unix::fs::symlink("../theirs", site.path("public/.postrej-site.lock"))
        .expect("a link");
    site.write(
        "content/reply/note.md",
        site.read("content/reply/note.md").replace("Say", "Do say"),
    );
    assert_eq!(site.run("build --no-cards").status, Some(0));
    assert!(!site.path("theirs").exists());
}
