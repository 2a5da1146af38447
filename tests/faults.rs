//! What is left where a build is ended at any moment, or the machine refuses: always a site that can be
//! served, and one that the next build makes whole.
//!
//! Each step that changes the disk is the last one once. `FAULTS=all` tries every one of them, and two
//! hundred moments; without it, every few.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use regex::Regex;

use crate::support::{Run, SMALL, Site};

const BASE: &str = "/rejection/";
const PROGRAM: &str = env!("CARGO_BIN_EXE_postrej-site");

/// Files by their path.
type Files = BTreeMap<String, Vec<u8>>;

/// A site that was built, and whose content is another since.
struct Scene {
    site: Site,
    /// What is served.
    before: Files,
    /// What the content makes.
    after: Files,
}

impl Scene {
    fn new() -> Self {
        let article = |title: &str, text: &str| {
            format!("---\ntitle: {title}\ndescription: Words.\ndate: 2026-03-02\n---\n\n{text}\n")
        };
        let site = Site::with(SMALL);
        site.write("content/reply/old.md", article("An old one", "It goes."));
        site.write("content/reply/picture.svg", "<svg width=\"1\" height=\"1\"/>");
        let words = "[Old](old.md). ![A square](picture.svg)";
        site.write("content/reply/note.md", article("A note", words));
        assert_eq!(site.run("build --no-cards").status, Some(0));
        let before = files(&site);
        site.copy("public", "kept/public");
        site.copy(".cache", "kept/.cache");

        site.remove("content/reply/old.md");
        site.write("content/reply/picture.svg", "<svg width=\"2\" height=\"2\"/>");
        let words = "[New](new.md), [newer](newer.md). ![A square](picture.svg)";
        site.write("content/reply/note.md", article("A note", words));
        site.write("content/reply/new.md", article("A new one", "[The newer](newer.md)."));
        site.write("content/reply/newer.md", article("A newer one", "[The new](new.md)."));
        assert_eq!(site.run("build --no-cards --output-dir other").status, Some(0));
        site.copy("other", "kept/other");
        fs::remove_dir_all(site.path("other")).expect("a removal");
        let after = below(&site, "kept/other");
        Self { site, before, after }
    }

    /// What is served is again what it was.
    fn restore(&self) {
        for folder in ["public", ".cache"] {
            _ = fs::remove_dir_all(self.site.path(folder));
            self.site.copy(&format!("kept/{folder}"), folder);
        }
    }

    /// A build under strace, which changes what the system does: see its manual, under `--inject`.
    /// It counts the calls of each thread; with one thread at work they are the same each time.
    fn traced(&self, inject: &[&str], arguments: &str) -> Run {
        let output = Command::new("strace")
            .args(["--follow-forks", "-qqq", "-o", "/dev/null"])
            .args(inject)
            .arg(PROGRAM)
            .args(arguments.split(' '))
            .env("RAYON_NUM_THREADS", "1")
            .current_dir(self.site.path(""))
            .output()
            .expect("strace");
        output.into()
    }

    /// Every file is one of the old or of the new site; no link on a page that a reader can come to
    /// leads nowhere, nor does one of the lists for machines.
    fn assert_served(&self, when: &str) {
        let now = files(&self.site);
        for (path, bytes) in &now {
            let is = |site: &Files| site.get(path) == Some(bytes);
            assert!(is(&self.before) || is(&self.after), "{when}: {path} is neither old nor new");
        }
        let lists = ["feed.xml", "sitemap.xml", "index.html"].map(str::to_owned);
        let mut next: Vec<String> = self.before.keys().cloned().chain(lists).collect();
        let mut seen = BTreeSet::new();
        while let Some(path) = next.pop() {
            let Some(bytes) = now.get(&path).filter(|_| seen.insert(path.clone())) else {
                continue;
            };
            for target in targets(&path, bytes) {
                assert!(now.contains_key(&target), "{when}: {path} leads to {target}");
                next.push(target);
            }
        }
        assert!(seen.len() > 10, "{when}: too little was looked at");
    }

    /// The next build makes it whole and leaves nothing of the last.
    fn assert_healed(&self, when: &str, arguments: &str) {
        let run = self.site.run(arguments);
        assert_eq!(run.status, Some(0), "{when}: {}", run.stderr);
        let now = files(&self.site);
        let paths = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(paths(&now), paths(&self.after), "{when}");
        assert!(now == self.after, "{when}: a file holds something else");
        let left = fs::read_dir(self.site.path("")).expect("the folder").flatten();
        let left =
            left.filter(|entry| entry.file_name().to_string_lossy().contains(".postrej-site."));
        assert_eq!(left.count(), 0, "{when}: something is left beside");
        let list = self.site.files("public").into_iter().filter(|path| path.starts_with('.'));
        assert_eq!(list.collect::<Vec<_>>(), [".postrej-site.json"], "{when}");
    }
}

fn files(site: &Site) -> Files {
    below(site, "public")
}

/// The files that a browser may ask for.
fn below(site: &Site, folder: &str) -> Files {
    let paths = site.files(folder).into_iter().filter(|path| !path.starts_with('.'));
    paths
        .map(|path| (path.clone(), fs::read(site.path(folder).join(&path)).expect("a file")))
        .collect()
}

/// The files of the site that a page or a list leads to.
fn targets(path: &str, bytes: &[u8]) -> Vec<String> {
    let is_text = [".html", ".xml"].iter().any(|end| path.ends_with(end));
    let text = String::from_utf8_lossy(if is_text { bytes } else { &[] });
    let pattern = r#"(?:href="|src="|<loc>|<link>)(?:https://example\.org)?(/rejection/[^"<?#]*)"#;
    let addresses = Regex::new(pattern).expect("a pattern");
    let addresses = addresses.captures_iter(&text).map(|found| found[1].to_owned());
    addresses
        .map(|address| address.trim_start_matches(BASE).to_owned())
        .map(|path| if path.is_empty() || path.ends_with('/') { path + "index.html" } else { path })
        .collect()
}

/// Of a thing that is tried again and again: every how many.
fn every(few: usize) -> usize {
    if std::env::var("FAULTS").is_ok_and(|wanted| wanted == "all") { 1 } else { few }
}

/// Ends a build at its first, second, ... call of the system of a kind, until one comes to its end;
/// says how often it was ended.
fn sweep(scene: &Scene, call: &str, fault: &str, few: usize, arguments: &str) -> usize {
    let mut ended = 0;
    for number in (1..).step_by(every(few)) {
        scene.restore();
        // what is refused once is refused from then on: a disk stays full
        let when =
            if fault.starts_with("error") { format!("{number}+") } else { number.to_string() };
        let inject = [format!("--trace={call}"), format!("--inject={call}:{fault}:when={when}")];
        let run = scene.traced(&[&inject[0], &inject[1]], arguments);
        if run.status == Some(0) {
            break;
        }
        let when = format!("{call} {number}, {fault}");
        scene.assert_served(&when);
        scene.assert_healed(&when, arguments);
        ended += 1;
    }
    println!("{call} {fault}, `{arguments}`: ended {ended} times, nothing lost");
    ended
}

#[test]
fn a_build_that_is_killed_at_any_step_leaves_a_site() {
    let scene = Scene::new();
    for (call, few) in [("rename", 2), ("unlink", 1), ("rmdir", 1), ("mkdir", 9), ("write", 9)] {
        assert!(sweep(&scene, call, "signal=KILL", few, "build --no-cards") > 0, "{call}");
    }
}

#[test]
fn a_build_that_is_refused_any_step_leaves_a_site() {
    let scene = Scene::new();
    for (call, error) in
        [("rename", "EIO"), ("mkdir", "ENOSPC"), ("write", "ENOSPC"), ("unlink", "EACCES")]
    {
        assert!(
            sweep(&scene, call, &format!("error={error}"), 9, "build --no-cards --quiet") > 0,
            "{call}"
        );
    }
}

#[test]
fn a_folder_that_is_exchanged_is_the_old_or_the_new_one() {
    let scene = Scene::new();
    let build = "build --no-cards --atomic";
    for (call, few) in [("renameat2", 1), ("unlinkat", 9), ("linkat", 9), ("mkdir", 9)] {
        let mut ended = 0;
        for number in (1..).step_by(every(few)) {
            scene.restore();
            let inject =
                [format!("--trace={call}"), format!("--inject={call}:signal=KILL:when={number}")];
            let run = scene.traced(&[&inject[0], &inject[1]], build);
            let now = files(&scene.site);
            let when = format!("{call} {number}");
            assert!(now == scene.before || now == scene.after, "{when}: it is neither");
            if run.status == Some(0) {
                break;
            }
            // with or without the option
            scene.assert_healed(&when, if number % 2 == 0 { build } else { "build --no-cards" });
            ended += 1;
        }
        println!("{call} signal=KILL, `{build}`: ended {ended} times, nothing lost");
        assert!(ended > 0, "{call}");
    }
}

#[test]
fn a_build_that_is_killed_at_any_moment_leaves_a_site() {
    let scene = Scene::new();
    let build = || {
        let mut command = Command::new(PROGRAM);
        command
            .args(["build", "--no-cards"])
            .current_dir(scene.site.path(""))
            .stderr(Stdio::null());
        command.spawn().expect("a build")
    };
    scene.restore();
    let start = std::time::Instant::now();
    build().wait().expect("an end");
    let whole = start.elapsed().max(Duration::from_millis(20));
    let moments = 200 / every(10);
    let mut ended = 0;
    for moment in 0..moments {
        scene.restore();
        let mut run = build();
        std::thread::sleep(
            whole * u32::try_from(moment).expect("few") / u32::try_from(moments).expect("few"),
        );
        run.kill().expect("a kill");
        ended += usize::from(run.wait().expect("an end").code().is_none());
        scene.assert_served(&format!("moment {moment}"));
        scene.assert_healed(&format!("moment {moment}"), "build --no-cards");
    }
    println!("killed {ended} times at {moments} moments, nothing lost");
    assert!(ended > moments / 4, "only {ended} of {moments} were killed");
}

/// Runs a script as the root of file systems of its own, which go with it.
fn in_own_mounts(site: &Site, script: &str) -> Run {
    let id = Command::new("id").arg("-u").output().expect("id");
    let is_root = id.stdout.starts_with(b"0\n");
    let options: &[&str] = if is_root { &["--mount"] } else { &["--mount", "--map-root-user"] };
    let output = Command::new("unshare")
        .args(options)
        .args(["sh", "-e", "-c", script])
        .env("BUILD", format!("{PROGRAM} build --no-cards"))
        .current_dir(site.path(""))
        .output()
        .expect("unshare");
    output.into()
}

#[test]
fn a_full_disk_leaves_the_site_that_is_served() {
    let scene = Scene::new();
    let mut full = 0;
    for kilobytes in (0..400).step_by(4 * every(12)) {
        scene.restore();
        let script = format!(
            "mkdir -p disk && mount -t tmpfs -o size=16m none disk
             cp -a public disk/public
             free=$(df --output=avail disk | tail -n 1)
             fallocate -l $((free - {kilobytes}))k disk/filler
             $BUILD --output-dir disk/public && echo built || echo refused
             rm -rf public && cp -a disk/public public"
        );
        let run = in_own_mounts(&scene.site, &script);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        let when = format!("{kilobytes} KB left");
        if run.stdout.contains("refused") {
            assert!(run.stderr.contains("the disk is full"), "{when}: {}", run.stderr);
            full += 1;
        }
        scene.assert_served(&when);
        scene.assert_healed(&when, "build --no-cards");
    }
    println!("{full} full disks, nothing lost");
    assert!(full > 0, "no disk was full");
}

#[test]
fn a_folder_that_can_only_be_read_is_said_and_stays() {
    let scene = Scene::new();
    let script = "mount --bind public public && mount -o remount,ro,bind public && $BUILD";
    let run = in_own_mounts(&scene.site, script);
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("the disk can only be read"), "{}", run.stderr);
    assert!(files(&scene.site) == scene.before, "something was touched");
    // where nothing is to be written, nothing is in the way
    assert_eq!(scene.site.run("build --no-cards").status, Some(0));
    assert_eq!(in_own_mounts(&scene.site, script).status, Some(0));
}

#[test]
fn a_file_that_vanishes_while_it_is_read_is_told_and_nothing_written() {
    let scene = Scene::new();
    let path = scene.site.path("content/reply/note.md");
    let path = path.to_str().expect("a path");
    let root = scene.site.path("");
    let build =
        format!("--root {} build --no-cards", root.to_str().expect("a path").trim_end_matches('/'));
    let inject = ["-P", path, "--trace=openat", "--inject=openat:error=ENOENT"];
    let run = scene.traced(&inject, &build);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("`content/reply/note.md` cannot be read: it is not there"),
        "{}",
        run.stderr
    );
    assert!(files(&scene.site) == scene.before, "something was touched");
}

#[test]
fn a_clock_that_goes_back_hides_no_change() {
    let scene = Scene::new();
    // all that is there was made tomorrow, as far as the clock can tell
    let tomorrow = std::time::SystemTime::now() + Duration::from_hours(24);
    for folder in ["public", "content", ".cache"] {
        for path in scene.site.files(folder) {
            let file = fs::File::options().append(true).open(scene.site.path(folder).join(path));
            file.and_then(|file| file.set_modified(tomorrow)).expect("a time");
        }
    }
    for _ in 0..2 {
        scene.assert_healed("tomorrow", "build --no-cards");
    }
    let page = scene.site.read("public/reply/note/index.html").replace("A note", "B note");
    scene.site.write("public/reply/note/index.html", page);
    scene.assert_healed("today", "build --no-cards");
}
