//! `serve` in long use: many edits, many browsers, many files at once. `SOAK=all` goes on for as long as
//! an author's year; without it, for a moment.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::support::Site;
use crate::support::server::Server;

fn times(few: usize, all: usize) -> usize {
    if std::env::var("SOAK").is_ok_and(|wanted| wanted == "all") { all } else { few }
}

/// How much memory a server holds, in kilobytes, and how many files.
fn held(server: &Server) -> (usize, usize) {
    let folder = format!("/proc/{}", server.child.id());
    let status = fs::read_to_string(format!("{folder}/status")).expect("its state");
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let memory = memory.and_then(|words| words.split_whitespace().next()?.parse().ok());
    let files = fs::read_dir(format!("{folder}/fd")).expect("its files").count();
    (memory.expect("its memory"), files)
}

fn article(number: usize, words: &str) -> String {
    format!("---\ntitle: Note {number}\ndescription: Words.\ndate: 2026-03-02\n---\n\n{words}\n")
}

/// Asks for a page until it holds these words.
fn until(server: &Server, path: &str, words: &str) {
    let start = Instant::now();
    loop {
        let page = server.get(path);
        if page.body.contains(words) {
            return;
        }
        assert!(start.elapsed() < Duration::from_mins(1), "{path} never says {words}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn many_edits_leave_memory_and_files_as_they_were() {
    let mut server = Server::start(Site::small(), "--port 0");
    server.drain();
    let (rounds, warm) = (times(150, 10_000), times(50, 1000));
    let mut early = (0, 0);
    let edit = |number: usize| {
        let words = format!("Said {number} times. {}", "More of it. ".repeat(number % 97));
        server.site.write("content/reply/note.md", article(0, &words));
        // a file that comes, holds a mistake, is mended, and goes
        match number % 10 {
            3 | 6 => {
                server.site.write("content/reply/other.md", article(number, "[Note](note.md)"));
            }
            5 => server.site.write("content/reply/other.md", "---\ntitel: a\n---\n"),
            7 => server.site.remove("content/reply/other.md"),
            _ => until(&server, "/rejection/reply/note/", &format!("Said {number} times.")),
        }
    };
    for number in 0..rounds {
        edit(number);
        if number == warm {
            early = held(&server);
        }
    }
    edit(10 * rounds);
    let late = held(&server);
    println!("{rounds} edits: {early:?} (kB, files) after {warm}, {late:?} after all");
    assert!(late.0 < early.0 + early.0 / 4 + 8 * 1024, "memory grows: {early:?}, {late:?}");
    assert!(late.1 <= early.1 + 1, "files stay open: {early:?}, {late:?}");
}

#[test]
fn a_hundred_browsers_at_once_are_answered() {
    let mut server = Server::start(Site::small(), "--port 0");
    server.drain();
    let end = Instant::now() + Duration::from_secs(times(1, 60) as u64);
    let answers = AtomicUsize::new(0);
    let paths = ["", "reply/", "reply/note/", "404.html", "feed.xml", "sw.js"];
    std::thread::scope(|scope| {
        for number in 0..100 {
            let (server, answers) = (&server, &answers);
            scope.spawn(move || {
                for path in paths.iter().cycle().skip(number % paths.len()) {
                    let answer = server.get(&format!("/rejection/{path}"));
                    assert_eq!(answer.status, 200, "{path}");
                    answers.fetch_add(1, Ordering::Relaxed);
                    if Instant::now() > end {
                        break;
                    }
                }
            });
        }
        // the author goes on
        for number in 0..5 {
            server
                .site
                .write("content/reply/note.md", article(0, &format!("Said {number} times.")));
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    until(&server, "/rejection/reply/note/", "Said 4 times.");
    println!("{} answers to 100 browsers, no error", answers.into_inner());
}

#[test]
fn a_thousand_files_that_change_at_once_end_in_the_right_site() {
    let site = Site::small();
    let many = times(300, 1000);
    let save = |site: &Site, words: &str, from: usize| {
        for number in from..many {
            site.write(&format!("content/reply/n{number}.md"), article(number, words));
        }
    };
    save(&site, "The old words.", 0);
    let mut server = Server::start(site, "--port 0");
    server.drain();
    until(&server, &format!("/rejection/reply/n{}/", many - 1), "The old words.");
    // as a change of branch does: some go, the others are written anew
    let gone = many / 10;
    for number in 0..gone {
        server.site.remove(&format!("content/reply/n{number}.md"));
    }
    save(&server.site, "The new words.", gone);
    until(&server, &format!("/rejection/reply/n{}/", many - 1), "The new words.");
    until(&server, &format!("/rejection/reply/n{gone}/"), "The new words.");
    // what it ends in is what a build makes, less the script that `serve` adds
    assert_eq!(server.site.run("build --no-cards").status, Some(0));
    let mut equal = 0;
    for path in server.site.files("public").iter().filter(|path| path.ends_with("/index.html")) {
        let built = server.site.read(&format!("public/{path}"));
        let answer = server.get(&format!("/rejection/{}", path.trim_end_matches("index.html")));
        let (before, rest) = answer
            .body
            .split_once("<script type=\"module\" src=\"/.postrej-site/")
            .unwrap_or((&answer.body, ""));
        let rest = rest.split_once("</script>\n").map_or("", |(_, rest)| rest);
        assert!(built == format!("{before}{rest}"), "{path} is another");
        equal += 1;
    }
    for number in 0..gone {
        assert_eq!(server.get(&format!("/rejection/reply/n{number}/")).status, 404);
    }
    println!("{many} files at once: {equal} pages as a build makes them");
    assert!(equal > many - gone, "{equal} pages");
}
