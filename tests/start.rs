//! How an author begins: an article, a whole site. The golden files are transcripts, to be read.

use crate::support::{SMALL, Site, golden, transcript};

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

#[test]
fn a_site_without_sections_gets_one_first() {
    let site = Site::small();
    site.write("content/site.yaml", WORDS.replace("[reply, feedback]", "[]"));
    for command in ["new", "new first-day/breathe --title Breathe --description Breathe."] {
        let run = site.run(command);
        assert_eq!(run.status, Some(2));
        let section = if command == "new" { "reply" } else { "first-day" };
        assert_eq!(
            run.stderr,
            format!(
                "error: `content/site.yaml` names no section\n\
                 help: write there: `sections: [{section}]`\n"
            )
        );
    }
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

#[test]
fn a_new_site_builds_and_has_nothing_to_mend() {
    let site = Site::with([]);
    let commands = [
        "init",
        "build --quiet",
        "check",
        "build --quiet --drafts",
        "init",
        "schema --write .vscode/schemas",
    ];
    golden("start/init.txt", &transcript(&site, &commands));
    let files = site.files(".").into_iter().filter(|path| !path.starts_with("public/"));
    let files: Vec<_> = files.filter(|path| !path.starts_with(".cache/")).collect();
    golden("start/init-files.txt", &(files.join("\n") + "\n"));
}

#[test]
fn a_second_init_changes_nothing() {
    let site = Site::with([]);
    site.run("init");
    let before = site.state(".");
    let run = site.run("init");
    assert_eq!(run.status, Some(0));
    assert!(site.state(".") == before);
}

#[test]
fn what_is_there_is_named_and_left_as_it_is() {
    let site = Site::with([("README.md", "Mine.\n"), (".gitignore", "mine\n")]);
    let mine = |name: &str| site.read(name);
    golden("start/init-kept.txt", &transcript(&site, &["init", "check", "--root . init ."]));
    assert_eq!((mine("README.md"), mine(".gitignore")), ("Mine.\n".into(), "mine\n".into()));

    // a site with words of its own: its articles and its schemas are the author's
    let site = Site::with(SMALL);
    let before = site.state("content");
    golden("start/init-site.txt", &transcript(&site, &["init", "init", "check --quiet"]));
    assert!(site.state("content") == before);
    let schema = site.read(".vscode/schemas/article.schema.json");
    assert!(schema.contains("\"note\"") && !schema.contains("wait-a-day"), "{schema}");
}

#[test]
fn what_is_in_the_way_is_told_at_once_and_nothing_is_written() {
    let refused = |files: &[(&'static str, &'static str)], command: &str| {
        let site = Site::with(files.iter().copied());
        let before = site.state(".");
        let shown = transcript(&site, &[command]);
        assert!(site.state(".") == before, "{shown}");
        shown
    };
    let all = [
        refused(&[(".vscode", "a file"), ("README.md/a.txt", "in a folder")], "init"),
        refused(&[("content", "a file")], "init"),
        refused(&[("content/notes.md", "# Notes\n")], "init"),
        refused(&[("site", "a file")], "init site"),
    ];
    golden("start/init-refused.txt", &all.join("\n"));
}

#[test]
fn a_site_is_laid_into_a_folder_by_name() {
    let site = Site::with([]);
    let commands = ["init my-site", "--root my-site check", "init \"my other site\""];
    golden("start/init-folder.txt", &transcript(&site, &commands));
    assert!(site.path("my-site/content/site.yaml").is_file());
    assert!(!site.path("content").exists());
}

/// The files of `starter/` as they stand in the repository.
fn starter() -> std::collections::BTreeMap<String, String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("starter");
    let entries = walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&root).expect("a path below");
        let path = path.to_string_lossy().replace('\\', "/");
        (path, std::fs::read_to_string(entry.path()).expect("a text"))
    });
    // what a build leaves there
    files.filter(|(path, _)| !path.starts_with(".cache/") && !path.starts_with("public/")).collect()
}

#[test]
fn all_files_of_the_starter_are_laid() {
    let site = Site::with([]);
    site.run("init");
    let mut laid = site.files(".");
    laid.retain(|path| !path.starts_with(".vscode/schemas/"));
    for (path, text) in starter() {
        assert_eq!(site.read(&path), text);
        laid.retain(|own| *own != path);
    }
    assert!(laid.is_empty(), "{laid:?}");
}

#[test]
fn the_settings_of_a_new_site_explain_every_field() {
    use postrej_site::config::SITE;

    let text = starter().remove("content/site.yaml").expect("site.yaml");
    let lines: Vec<_> = text.lines().map(|line| line.trim_start_matches("# ")).collect();
    for field in SITE.fields {
        let name = format!("{}:", field.name);
        assert!(lines.iter().any(|line| line.starts_with(&name)), "{name}");
    }
}

#[test]
fn the_workflow_installs_this_version_and_uses_the_actions_of_the_repository() {
    let own = starter().remove(".github/workflows/pages.yml").expect("a workflow");
    assert!(own.contains(&format!("\n  POSTREJ_SITE: {}\n", env!("CARGO_PKG_VERSION"))), "{own}");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours = std::fs::read_to_string(root.join(".github/workflows/pages.yml")).expect("ours");
    let uses = |text: &str| -> std::collections::BTreeSet<String> {
        let lines = text.lines().filter_map(|line| line.split("uses: ").nth(1));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(uses(&own), uses(&ours));
    let jobs = |text: &str| text.split("  deploy:").nth(1).map(str::to_owned);
    assert_eq!(jobs(&own), jobs(&ours));
}

#[test]
fn the_editor_finds_schemas_and_understands_what_a_check_prints() {
    use regex::Regex;

    let site = Site::with([]);
    site.run("init");
    // a theme of one's own, for the schema that is for it
    site.run("theme eject crumbs");
    let json =
        |path: &str| serde_json::from_str::<serde_json::Value>(&site.read(path)).expect(path);
    let schemas = json(".vscode/settings.json")["yaml.schemas"].clone();
    for (schema, file) in schemas.as_object().expect("schemas") {
        assert!(site.path(schema).is_file(), "{schema}");
        let file = file.as_str().expect("a path").trim_start_matches('/').replace('*', "own");
        assert!(site.path(&file).is_file(), "{file}");
    }
    assert!(json(".vscode/extensions.json")["recommendations"].is_array());
    let note = SMALL[3].1.replace("title", "titel") + "\n```klingon\nqapla\n```\n";
    site.write("content/reply/Bad Name.md", note);
    let check = json(".vscode/tasks.json")["tasks"][0].clone();
    let arguments: Vec<_> = check["args"].as_array().expect("arguments").iter().collect();
    let arguments: Vec<_> = arguments.iter().filter_map(|one| one.as_str()).collect();
    // a check of links to other sites says less than a warning, too
    let note = "note[moved-away]: `https://example.org/` has moved for good\n --> content/reply/note.md:7:2\n";
    let shown = site.run(&arguments.join(" ")).stderr + note;
    let lines: Vec<_> = shown.lines().collect();
    let mut found = Vec::new();
    for matcher in check["problemMatcher"].as_array().expect("matchers") {
        let pattern = |at: usize| {
            Regex::new(matcher["pattern"][at]["regexp"].as_str().expect("a pattern")).expect("one")
        };
        let (first, second) = (pattern(0), pattern(1));
        for pair in lines.windows(2) {
            if let (Some(what), Some(place)) = (first.captures(pair[0]), second.captures(pair[1])) {
                let line = place.get(2).map_or("", |line| line.as_str());
                found.push(format!("{} {} {} {line}", &what[1], &what[2], &place[1]));
            }
        }
    }
    assert_eq!(
        found,
        [
            "error unknown-field content/reply/Bad Name.md 2",
            "warning language content/reply/Bad Name.md 9",
            "note moved-away content/reply/note.md 7",
            "error file-name content/reply/Bad Name.md ",
        ]
    );
}

#[test]
fn the_blocks_that_an_editor_fills_in_are_right() {
    let snippets = starter().remove(".vscode/postrej-site.code-snippets").expect("snippets");
    let snippets: serde_json::Value = serde_json::from_str(&snippets).expect("JSON");
    let stop = regex::Regex::new(r"\$\{\d[:|]([^,|}]*)[^}]*\}|\$0").expect("a pattern");
    let site = Site::with([]);
    site.run("init");
    for snippet in snippets.as_object().expect("snippets").values() {
        let lines =
            snippet["body"].as_array().expect("lines").iter().filter_map(|one| one.as_str());
        let block = lines.collect::<Vec<_>>().join("\n").replace("$0", "Thank you.");
        // as it is when nothing is typed into the gaps, but a message that there is
        let block = stop
            .replace_all(&block, "$1")
            .replace("article/message", "thank-you-after-a-no/thank-you");
        site.write(
            "content/reply/more.md",
            format!("---\ntitle: More\ndescription: More.\ndate: 2026-11-01\n---\n\n{block}\n"),
        );
        let run = site.run("build --quiet");
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{block}");
    }
}
