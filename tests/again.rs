//! What is done again in the next round, and what is not: with all memos, a round makes the same bytes
//! as a build that begins with nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use postrej_site::disk::{self, Seen};
use postrej_site::outputs::{First, Memory, Output};
use postrej_site::source::Source;
use postrej_site::{Built, Input, Memos, build, build_again, config};

use crate::memory::{folder, plain, read};
use crate::support::Site;

/// A round: its outputs, and the pages that somebody waited for.
fn round(input: &Input, memos: &Memos, wanted: &[&str]) -> (Built, Vec<String>) {
    let (memory, early) = (Memory::default(), Mutex::new(Vec::new()));
    let take = |outputs: Vec<Output>, _: &[_]| {
        let pages = outputs.into_iter().filter(Output::is_page);
        early.lock().expect("a lock").extend(pages.map(|page| page.path));
    };
    let wants = |page: &postrej_site::page::Page<'_>| wanted.contains(&page.path.as_str());
    let first = First { wants: &wants, take: &take, is_gone: &|| false };
    let built = build_again(input, &plain(), &memory, memos, first);
    let outputs = memory.outputs(&built.diagnostics);
    (Built { outputs, ..built }, early.into_inner().expect("a value"))
}

/// A text of the site with something changed.
fn change(input: &mut Input, path: &str, change: impl FnOnce(&str) -> String) {
    let at = input.articles.iter().position(|source| source.path == path).expect("an article");
    let text = change(&input.articles[at].text);
    input.articles[at] = Source::new(path, text);
}

/// The next number of a row that looks like chance.
fn next(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap_or_default() % below
}

/// Edits as people make them: words, heads, headings that are linked to, mistakes and their mending,
/// articles that come and go, the settings, the theme.
fn edit(input: &mut Input, gone: &mut Vec<Source>, state: &mut u64) {
    let at = next(state, input.articles.len());
    let path = input.articles[at].path.clone();
    let line = |text: &str, from: &str, to: &str| text.replacen(from, to, 1);
    match next(state, 10) {
        0..=2 => change(input, &path, |text| format!("{text}\nA word more.\n")),
        3 => change(input, &path, |text| line(text, "\n## ", "\n## Another ")),
        4 => change(input, &path, |text| line(text, "title: ", "title: Other ")),
        5 => change(input, &path, |text| line(text, "date: ", "draft: true\ndate: ")),
        6 => change(input, &path, |text| text.replace("draft: true\n", "")),
        7 => gone.push(input.articles.remove(at)),
        8 => {
            input.articles.append(gone);
            input.articles.sort_by(|a, b| a.path.cmp(&b.path));
        }
        _ => {
            let settings = input.config_source.text.replace("title: ", "title: The ");
            input.config_source = Source::new(config::PATH, settings);
            (input.config, _) = config::parse(&input.config_source);
        }
    }
}

#[test]
fn a_round_makes_what_a_build_that_begins_with_nothing_makes() {
    for seed in 0..4 {
        let mut input = read(&folder("site"));
        let (mut memos, mut state, mut gone) = (Memos::default(), seed, Vec::new());
        for number in 0..25 {
            let (warm, _) = round(&input, &memos, &[]);
            let cold = build(&input, &plain());
            assert_eq!(warm.diagnostics, cold.diagnostics, "round {number} of {seed}");
            assert!(warm.outputs == cold.outputs, "round {number} of {seed} made other bytes");
            memos = memos.next();
            edit(&mut input, &mut gone, &mut state);
        }
    }
}

#[test]
fn who_waits_for_a_page_has_it_first_and_no_other() {
    let input = read(&folder("site"));
    let page = "reply/thank-you/index.html";
    let (built, early) = round(&input, &Memos::default(), &[page, "no/such/index.html"]);
    assert_eq!(early, [page]);
    assert!(built.outputs.iter().any(|output| output.path == page));
}

#[test]
fn a_round_that_nobody_waits_for_stops() {
    let input = read(&folder("site"));
    let memory = Memory::default();
    let first = First { wants: &|_| false, take: &|_, _| (), is_gone: &|| true };
    let built = build_again(&input, &plain(), &memory, &Memos::default(), first);
    let pages = memory.outputs(&[]).into_iter().filter(|output| output.path == "index.html");
    assert_eq!((pages.count(), built.diagnostics), (0, vec![]));
}

/// Makes a file look as if it had been written long ago.
fn age(path: &Path) {
    let long_ago = SystemTime::now() - Duration::from_secs(100);
    let file = File::options().append(true).open(path).expect("a file");
    file.set_modified(long_ago).expect("a time");
}

/// The texts that were new or other at a reading.
fn changed(site: &Site, seen: &mut Seen) -> Vec<String> {
    disk::read_again(&site.path(""), seen).unwrap_or_else(|failure| panic!("{}", failure.message));
    seen.changed().to_vec()
}

#[test]
fn a_text_is_another_only_where_its_words_are() {
    let (site, mut seen) = (Site::small(), Seen::default());
    let all = ["content/index.md", "content/reply/index.md", "content/reply/note.md"];
    assert_eq!(changed(&site, &mut seen), all);
    assert_eq!(changed(&site, &mut seen), [""; 0]);
    for path in all {
        age(&site.path(path));
    }
    assert_eq!(changed(&site, &mut seen), [""; 0]);
    site.write("content/reply/note.md", site.read("content/reply/note.md") + "More.\n");
    site.write("content/index.md", site.read("content/index.md"));
    assert_eq!(changed(&site, &mut seen), ["content/reply/note.md"]);
    site.remove("content/reply/note.md");
    assert_eq!(changed(&site, &mut seen), [""; 0]);
}

#[cfg(target_os = "linux")]
mod opened {
    use inotify::{EventMask, Inotify, WatchMask};

    use super::*;

    /// How often each file in some folders of a site was opened while something ran.
    fn opened(site: &Site, folders: &[&str], run: impl FnOnce()) -> BTreeMap<String, usize> {
        let mut inotify = Inotify::init().expect("a watch");
        let mut names = BTreeMap::new();
        for folder in folders {
            let watch = inotify.watches().add(site.path(folder), WatchMask::OPEN);
            names.insert(watch.expect("a watched folder"), *folder);
        }
        run();
        let mut counts = BTreeMap::new();
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(events) = inotify.read_events(&mut buffer) {
            for event in events.filter(|event| !event.mask.contains(EventMask::ISDIR)) {
                let (folder, name) = (names[&event.wd], event.name.unwrap_or_default());
                *counts.entry(format!("{folder}/{}", name.to_string_lossy())).or_default() += 1;
            }
        }
        counts
    }

    const CONTENT: [&str; 2] = ["content", "content/reply"];
    const PUBLIC: [&str; 3] = ["public", "public/reply", "public/reply/note"];

    fn build(site: &Site, arguments: &str) -> String {
        let run = site.run(&format!("build {arguments}"));
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        run.stderr
    }

    /// A site that was built long ago.
    fn long_built() -> Site {
        let site = Site::small();
        build(&site, "");
        settled(&site);
        site
    }

    /// Builds until nothing is too young to be known by its time, so that the record is whole.
    fn settled(site: &Site) {
        for folder in ["content", "public"] {
            for path in site.files(folder) {
                age(&site.path(folder).join(path));
            }
        }
        build(site, "");
    }

    #[test]
    fn a_build_reads_each_file_once() {
        let site = Site::small();
        let counts = opened(&site, &CONTENT, || drop(build(&site, "")));
        let files = [
            "content/index.md",
            "content/reply/index.md",
            "content/reply/note.md",
            "content/site.yaml",
        ];
        assert_eq!(counts, BTreeMap::from(files.map(|path| (path.to_owned(), 1))));
    }

    #[test]
    fn a_build_of_the_same_reads_nothing_that_it_wrote() {
        let site = long_built();
        let counts = opened(&site, &PUBLIC, || {
            let said = build(&site, "");
            assert!(said.contains("(0 written, 0 removed, "), "{said}");
        });
        // its own list says which files are there; the lock is written, and not read
        let own = ["public/.postrej-site.json", "public/.postrej-site.lock"];
        assert_eq!(counts, BTreeMap::from(own.map(|path| (path.to_owned(), 1))));
    }

    #[test]
    fn an_edit_writes_what_it_changes_and_reads_nothing_else() {
        let site = long_built();
        site.write("content/reply/note.md", site.read("content/reply/note.md") + "\nMore.\n");
        let counts = opened(&site, &PUBLIC, || {
            let said = build(&site, "");
            assert!(said.contains(" removed, ") && !said.contains("(0 written"), "{said}");
        });
        let read = ["public/.postrej-site.json", "public/.postrej-site.lock"];
        assert_eq!(counts.into_keys().collect::<Vec<_>>(), read);
        assert!(site.read("public/reply/note/index.html").contains("More."));
    }

    #[test]
    fn what_is_not_as_it_was_left_is_made_anew() {
        let site = long_built();
        let page = "public/reply/note/index.html";
        let good = site.read(page);
        site.write(page, good.replace("Say thanks", "Tell lies!"));
        build(&site, "");
        assert_eq!(site.read(page), good);
        settled(&site);
        fs::remove_file(site.path(page)).expect("a removed file");
        build(&site, "");
        assert_eq!(site.read(page), good);
        settled(&site);
        let said = build(&site, "--base-url https://me.github.io/");
        assert!(!said.contains("(0 written"), "{said}");
        assert!(!site.read(page).contains("/rejection/"));
    }

    #[test]
    fn a_record_that_is_damaged_is_as_good_as_none() {
        let site = long_built();
        let record = ".cache/postrej-site/built";
        let kept = site.read(record);
        for damaged in [kept[..kept.len() / 2].to_owned(), kept.replace(' ', ""), String::new()] {
            site.write(record, damaged);
            let said = build(&site, "");
            assert!(said.contains("(0 written, 0 removed, "), "{said}");
            assert_eq!(site.read(record), kept);
        }
    }

    #[test]
    fn a_warning_is_told_again_by_the_next_build() {
        let site = Site::small();
        site.write("content/site.yaml", site.read("content/site.yaml") + "language: fr\n");
        for _ in 0..3 {
            assert!(build(&site, "").contains("warning[no-words]"));
            settled(&site);
        }
    }
}
