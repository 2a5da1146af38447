//! How an author begins: an article, a whole site. The golden files are transcripts, to be read.

#![allow(clippy::expect_used, clippy::panic)]

mod support;

use support::{SMALL, Site, golden, transcript};

/// A site with a word of each kind, to take into new articles.
const WORDS: &str = "\
title: After the no
base_url: https://example.org/rejection/
sections: [reply, feedback]
stages: {interview: {label: Interview}, final-round: {label: Final round}}
channels: {email: {label: Email}}
placeholders: {role: {label: The role}, your name: {label: Your name}}
sources: {guide: {title: A guide}}
";

fn site() -> Site {
    let site = Site::with(SMALL);
    site.write("content/site.yaml", WORDS);
    site.write("content/feedback/index.md", "---\ntitle: Feedback\n---\nWhat to ask.\n");
    site
}

#[test]
fn a_new_article_explains_its_fields_and_builds_as_it_stands() {
    let site = site();
    let commands = [
        "new feedback/ask-a-mentor --title \"Ask a mentor: how?\" \
         --description \"What to ask, and when.\" --date 2026-11-24",
        "check --today 2026-11-24",
        "build --quiet --today 2026-11-24",
        "build --quiet --drafts --today 2026-11-24",
        "check --drafts --today 2026-11-24",
    ];
    golden("start/new.txt", &transcript(&site, &commands));
    golden("start/new.md", &site.read("content/feedback/ask-a-mentor.md"));
    let page = site.read("public/feedback/ask-a-mentor/index.html");
    assert!(page.contains("Ask a mentor: how?"), "the draft was built");
}

#[test]
fn every_field_of_a_new_article_is_right_when_it_is_used() {
    let site = site();
    site.run("new feedback/ask --title Ask --description Ask. --date 2026-11-24");
    let text = site.read("content/feedback/ask.md");
    let used = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(field) if field.contains(": ") && field.contains("  # ") => field,
        _ => line,
    });
    let used: Vec<_> = used.filter(|line| !line.starts_with("draft:")).collect();
    site.write("content/feedback/ask.md", used.join("\n") + "\n");
    let run = site.run("build --quiet --today 2026-11-24");
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert!(site.read("public/feedback/ask/index.html").contains("why a reader goes on there"));
}

#[test]
fn the_path_of_the_file_is_understood() {
    let site = site();
    let run = site.run("new content/reply/more.md --title More --description More.");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.stderr.starts_with("content/reply/more.md is begun"), "{}", run.stderr);
    assert!(site.path("content/reply/more.md").is_file());
}

#[test]
fn what_cannot_be_an_article_is_refused_and_nothing_is_written() {
    let site = site();
    let before = site.state("content");
    let commands = [
        "new",
        "new thank-a-referrer",
        "new reply/thank-a-referrer",
        "new reply/thank-a-referrer --title \" \" --description Thanks.",
        "new repyl/thank-a-referrer --title A --description B",
        "new offers/thank-a-referrer --title A --description B",
        "new \"Reply/Thank a Referrer\" --title A --description B",
        "new \"reply/Thank a Referrer\" --title A --description B",
        "new reply/?! --title A --description B",
        "new reply/index --title A --description B",
        "new reply/note --title A --description B",
        "new feedback/note --title A --description B",
        "new reply/thanks/note --title A --description B",
        "new reply/thanks --title A --description B --date tomorrow",
        "--root nowhere new reply/thanks --title A --description B",
    ];
    golden("start/new-refused.txt", &transcript(&site, &commands));
    assert!(site.state("content") == before);
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_what_is_missing_is_asked() {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let site = site();
    let session = |arguments: &str, answers: &str| {
        let program = format!("{} new {arguments}", env!("CARGO_BIN_EXE_postrej-site"));
        let mut terminal = Command::new("script")
            .args(["--quiet", "--return", "--command", &program, "/dev/null"])
            .current_dir(site.path("."))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("script, of util-linux");
        let mut input = terminal.stdin.take().expect("its input");
        input.write_all(answers.as_bytes()).expect("answers");
        drop(input);
        let output = terminal.wait_with_output().expect("an end");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };

    let (status, shown) = session("", "Ask a mentor\nfedback\nfeedback\n\n\nWhat to ask.\n");
    assert_eq!(status, Some(0), "{shown}");
    for words in [
        "Title: ",
        "Section (reply, feedback): ",
        "there is no section `fedback`",
        "did you mean `feedback`?",
        "Name in its address [ask-a-mentor]: ",
        "Description, one sentence: ",
        "it cannot be left empty",
        "content/feedback/ask-a-mentor.md is begun, as a draft.",
    ] {
        assert!(shown.contains(words), "`{words}` is missing in:\n{shown}");
    }
    let text = site.read("content/feedback/ask-a-mentor.md");
    assert!(text.contains("\ntitle: Ask a mentor\n"), "{text}");
    assert!(text.contains("\ndescription: What to ask.\n"), "{text}");

    let (status, shown) = session("reply/say-thanks", "\nOnce is enough.\n");
    assert_eq!(status, Some(0), "{shown}");
    assert!(shown.contains("Title [Say thanks]: "), "{shown}");

    let (status, shown) = session("reply/say-more", "\u{4}");
    assert_eq!(status, Some(2), "{shown}");
    assert!(shown.contains("the questions were not answered"), "{shown}");
    assert!(!site.path("content/reply/say-more.md").exists());
}
