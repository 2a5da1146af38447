//! The documentation: its generated pages are what the program and the reports make them, and every
//! code is explained.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use postrej_site::explain::{self, CHAPTERS};

use crate::memory::{self, made, read, text};
use crate::support::{Site, codes, codes_of_the_program, golden, kept, transcript};

/// A page of `content/docs/`, as a command or the reports make it.
fn page(name: &str, title: &str, description: &str, body: &str) {
    let head = format!("---\ntitle: {title}\ndescription: {description}\n---\n");
    kept(&format!("content/docs/{name}.md"), &(head + body.trim_end() + "\n"));
}

#[test]
fn the_page_of_commands_is_what_the_program_prints() {
    let printed = Site::with([]).run("man --markdown").stdout;
    let begin = "This page is made from the commands themselves, by `postrej-site man --markdown`. \
                 In a terminal, `postrej-site build --help` says the same of one of them.\n\n\
                 What a program needs to know is said on the command line. The environment decides \
                 three things only: colours on a terminal (`NO_COLOR` takes them away, \
                 `CLICOLOR_FORCE` asks for them), the width of help (`COLUMNS`), and the proxy that \
                 `check --external` goes through (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY` and \
                 `NO_PROXY`).\n\n";
    let description = "What each command does, its options, exit statuses and forms of output.";
    page("commands", "All commands", description, &(begin.to_owned() + &printed));
}

#[test]
fn the_page_of_the_api_is_what_the_program_prints() {
    let printed = Site::small().run("theme docs").stdout;
    let body = printed.split_once("\n\n").map_or("", |(_, body)| body);
    let description = "Every value that templates and components of a theme see.";
    page("theme-api", "The template API", description, body);
}

/// Reports of one code, each kind of sentence once: from the kinds of mistake or, where those have
/// none, from the reports of all other tests.
fn examples() -> BTreeMap<String, Vec<String>> {
    let golden = memory::folder("../golden");
    let files = walkdir::WalkDir::new(&golden).sort_by_file_name().into_iter();
    let files = files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let (kinds, others): (Vec<_>, Vec<_>) =
        files.partition(|entry| entry.path().starts_with(golden.join("kinds")));
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (files, is_second) in [(kinds, false), (others, true)] {
        let first: BTreeSet<String> = found.keys().cloned().collect();
        for file in files {
            let text = fs::read_to_string(file.path()).unwrap_or_default();
            for report in reports(&text) {
                let code = codes(&report).next().expect("a code").to_owned();
                if (is_second && first.contains(&code)) || !known.insert(sentences(&report)) {
                    continue;
                }
                found.entry(code).or_default().push(report);
            }
        }
    }
    found
}

/// The reports of a golden file, from the line with the code to the one before an empty line.
fn reports(text: &str) -> Vec<String> {
    let paragraphs = text.split("\n\n").filter_map(|paragraph| {
        let lines = paragraph.lines().skip_while(|line| codes(line).next().is_none());
        let lines = lines.take_while(|line| !line.starts_with("--- "));
        let report = lines.collect::<Vec<_>>().join("\n");
        (!report.is_empty()).then(|| report.replace("http://127.0.0.1:PORT", "https://example.com"))
    });
    paragraphs.collect()
}

/// What a report says and advises, without the names that differ.
fn sentences(report: &str) -> String {
    let told =
        report.lines().filter(|line| codes(line).next().is_some() || line.contains("= help"));
    let told = told.flat_map(|line| line.split('`').step_by(2));
    told.flat_map(str::chars).filter(|c| !c.is_ascii_digit()).collect()
}

#[test]
fn the_pages_of_mistakes_are_what_the_program_and_the_reports_say() {
    let examples = examples();
    for chapter in CHAPTERS {
        let mut body = format!(
            "Each heading is the code of a report, as it stands in the brackets. In a terminal, \
             `postrej-site explain {}` says the same.\n",
            chapter.entries[0].code
        );
        for one in chapter.entries {
            let shown = examples.get(one.code).unwrap_or_else(|| panic!("no report: {}", one.code));
            let (means, mend) = (one.means, one.mend);
            write!(body, "\n## {}\n\n{means}\n\n**What to do:** {mend}\n", one.code).expect("text");
            for report in shown {
                write!(body, "\n~~~~text\n{report}\n~~~~\n").expect("text");
            }
        }
        page(chapter.name, chapter.title, chapter.description, &body);
    }
}

#[test]
fn the_list_of_mistakes_leads_to_each_of_them() {
    let mut body = "Find the code of your report, the word in its brackets. If the page is long, \
                    your browser's own search finds it faster.\n"
        .to_owned();
    for chapter in CHAPTERS {
        write!(body, "\n## {}\n\n{}\n\n", chapter.title, chapter.description).expect("text");
        for one in chapter.entries {
            writeln!(body, "- [`{0}`]({1}.md#{0})", one.code, chapter.name).expect("text");
        }
    }
    page(
        "mistakes",
        "All mistakes by their code",
        "Where each code of a report is explained.",
        &body,
    );
}

#[test]
fn every_code_is_explained_once() {
    let explained: Vec<&str> = explain::all().map(|one| one.code).collect();
    let once: BTreeSet<String> = explained.iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(explained.len(), once.len(), "a code is explained twice");
    assert_eq!(once, codes_of_the_program(), "left: explained; right: in the program");
}

#[test]
fn a_terminal_explains_a_code() {
    let commands =
        ["explain unknown-related", "explain error[tab]", "explain related", "explain x"];
    golden("cli/explain.txt", &transcript(&Site::with([]), &commands));
    let list = Site::with([]).run("explain").stdout;
    let listed: Vec<&str> = list.lines().filter_map(|line| line.strip_prefix("  ")).collect();
    assert_eq!(listed, explain::all().map(|one| one.code).collect::<Vec<_>>());
}

#[test]
fn no_page_of_the_documentation_is_heavy() {
    let built = made(&read(Path::new(env!("CARGO_MANIFEST_DIR"))));
    let docs = built.outputs.iter().filter(|one| one.is_page() && one.path.starts_with("docs/"));
    let docs: Vec<_> = docs.collect();
    assert!(docs.len() > 15, "{}", docs.len());
    for page in docs {
        // as bytes of HTML, of which a host sends a fifth
        assert!(page.bytes.len() < 250_000, "{}: {}", page.path, page.bytes.len());
        let html = std::str::from_utf8(&page.bytes).expect("UTF-8");
        let has = |part: &str| html.contains(part);
        assert_eq!(
            has("/message."),
            has("<div class=\"message\""),
            "{}: a script without use",
            page.path
        );
    }
    assert!(!text(&built, "llms.txt").contains("/docs/"));
    assert!(!text(&built, "feed.xml").contains("/docs/"));
}
