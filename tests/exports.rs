//! Messages and articles in the formats that other programs read.

use crate::memory::{folder, made, paths, read, site, text};
use crate::support::golden;

#[test]
fn messages_as_files() {
    let built = made(&read(&folder("site")));
    for path in [
        "templates.json",
        "templates.csv",
        "templates.txt",
        "espanso/after-the-no/_manifest.yml",
        "espanso/after-the-no/package.yml",
        "espanso/after-the-no/README.md",
        "llms.txt",
    ] {
        let name = path.rsplit('/').next().unwrap_or(path);
        golden(&format!("exports/{name}"), &text(&built, path).replace("\r\n", "\n"));
    }
}

#[test]
fn records_of_the_table_end_in_crlf_and_lines_of_a_message_in_lf() {
    let built = made(&read(&folder("site")));
    let records: Vec<&str> = text(&built, "templates.csv").split("\r\n").collect();
    assert_eq!(records.len(), 3);
    assert!(records[1].contains("Thank you.\n\n[your name]") && records[2].is_empty());
}

#[test]
fn articles_as_markdown() {
    let built = made(&read(&folder("site")));
    golden("exports/thank-you.md", text(&built, "reply/thank-you.md"));
    let built = made(&read(&folder("markdown")));
    for name in ["links", "pictures", "raw-html", "compare", "templates", "reuse", "callouts"] {
        golden(&format!("exports/markdown/{name}.md"), text(&built, &format!("notes/{name}.md")));
    }
}

const SETTINGS: &str = "title: Nach dem Nein\nbase_url: https://example.org/x/\nsections: [a, b]\n\
    channels: {sms: {label: Text message}}\n\
    placeholders: {\"your name\": {label: \"Name [full]\", kind: multiline}, your.name: {label: N}}\n";

const HOME: (&str, &str) = ("index.md", "---\ntitle: Home\n---\n");
const A: (&str, &str) = ("a/index.md", "---\ntitle: A\n---\n");
const B: (&str, &str) = ("b/index.md", "---\ntitle: B\n---\n");

/// An article with one message.
fn article(message: &str) -> String {
    format!(
        "---\ntitle: T\ndescription: D.\ndate: 2026-03-02\n---\n\n```template\n{message}\n```\n"
    )
}

/// The lines of a package that begin with a word.
fn lines<'a>(package: &'a str, word: &str) -> Vec<&'a str> {
    let lines = package.lines().map(|line| line.trim_start().trim_start_matches("- "));
    lines.filter_map(|line| line.strip_prefix(word)).map(str::trim).collect()
}

#[test]
fn triggers_differ_where_titles_do_not() {
    let message = article("title: Note\nchannel: sms\n---\nHi.");
    let files =
        [HOME, A, B, ("a/one.md", &message), ("a/two.md", &message), ("b/three.md", &message)];
    let built = made(&site(SETTINGS, files));
    let package = text(&built, "espanso/nach-dem-nein/package.yml");
    let triggers = lines(package, "trigger:");
    assert_eq!(triggers, ["\":a-one-note:\"", "\":a-two-note:\"", "\":b-note:\""]);
}

#[test]
fn words_that_espanso_would_read_are_kept() {
    let message = article(
        "title: Note\nchannel: sms\n---\n{{x}} \\[\\[y\\]\\] [your name] \"[your.name]\" {[your name]}",
    );
    let built = made(&site(SETTINGS, [HOME, A, B, ("a/one.md", message.as_str())]));
    let package = text(&built, "espanso/nach-dem-nein/package.yml");
    assert_eq!(
        lines(package, "replace:"),
        [
            r#""\\{\\{x\\}\\} [[y]] {{form1.your_name}} \"{{form1.your_name__2}}\" {{{form1.your_name}}}""#
        ]
    );
    assert_eq!(
        lines(package, "layout:"),
        [r#""Note (Text message)\nName (full): [[your_name]]\nN: [[your_name__2]]\n""#]
    );
    assert_eq!(lines(package, "multiline:"), ["true"]);
}

#[test]
fn a_message_in_a_list_keeps_its_place() {
    let text_of = "---\ntitle: T\ndescription: D.\ndate: 2026-03-02\n---\n\n1. Send this:\r\n\r\n   \
        ```template\r\n   title: Note\r\n   channel: sms\r\n   ---\r\n   Hi.\r\n\r\n   ```x\r\n   ```\r\n\
        2. Then wait.\r\n";
    let built = made(&site(SETTINGS, [HOME, A, B, ("a/one.md", text_of)]));
    let (_, body) = text(&built, "a/one.md").split_once("# T\n\n").expect("a title");
    assert_eq!(
        body,
        "1. Send this:\n\n   **Note** (Text message)\n\n   ````text\n   Hi.\n\n   ```x\n   ````\n2. Then wait.\n"
    );
}

#[test]
fn addresses_in_raw_html_are_full() {
    let text_of = "---\ntitle: T\ndescription: D.\ndate: 2026-03-02\n---\n\n<p>\n<a\nhref='../../'>Home</a>\n\
        </p>\n\nSee <a href=\"/x/a/one/#t\">this</a> and <a id=t href=../>that</a>.\n";
    let built = made(&site(SETTINGS, [HOME, A, B, ("a/one.md", text_of)]));
    let (_, body) = text(&built, "a/one.md").split_once("# T\n\n").expect("a title");
    assert_eq!(
        body,
        "<p>\n<a\nhref='https://example.org/x/'>Home</a>\n</p>\n\n\
         See <a href=\"https://example.org/x/a/one/#t\">this</a> and \
         <a id=t href=https://example.org/x/a/>that</a>.\n"
    );
}

#[test]
fn a_site_without_messages_has_no_files_of_them() {
    let built = made(&site(SETTINGS, [HOME, A, B]));
    let made = paths(&built);
    let of_messages = |path: &&&str| path.contains("templates") || path.contains("espanso");
    assert_eq!(made.iter().filter(of_messages).count(), 0);
    assert_eq!(text(&built, "llms.txt"), "# Nach dem Nein\n");
}

#[test]
fn files_speak_the_language_of_the_site() {
    let message = article("title: Notiz\nchannel: sms\nsubject: Danke\n---\nHallo.");
    let german = format!("language: de\n{SETTINGS}");
    let built = made(&site(&german, [HOME, A, B, ("a/one.md", message.as_str())]));
    assert!(text(&built, "templates.txt").contains("\n\nBetreff: Danke\n\nHallo.\n"));
    assert!(text(&built, "a/one.md").contains("```text\nBetreff: Danke\n\nHallo.\n```"));
    let package = text(&built, "espanso/nach-dem-nein/package.yml");
    assert_eq!(lines(package, "label:")[1], "\"Notiz (Betreff, Text message)\"");
}
