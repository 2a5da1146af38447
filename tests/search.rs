//! The index of search, and the words it is made of.

use std::collections::BTreeMap;

use postrej_site::outputs::search::forms::{self, Language};

use crate::memory;
use crate::support::{SMALL, Site, golden, transcript};

/// Texts and their forms by language; the same file is read by `tests/browser/search.test.mjs`.
const FORMS: &str = include_str!("fixtures/search/forms.json");

#[test]
fn words_are_brought_to_the_forms_that_the_browser_makes() {
    let fixture: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        serde_json::from_str(FORMS).expect("a fixture");
    for (language, texts) in fixture {
        let language = Language::of(&language);
        for (text, expected) in texts {
            let mut found = Vec::new();
            forms::each(&text, language, |stretch, form| {
                found.push(forms::normal(stretch, form, language));
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}

/// A site of two pages with a message, and words that mean the same.
const SETTINGS: &str = "title: After the no
base_url: https://example.org/rejection/
sections: [reply]
stages: {interview: {label: After an interview}}
channels: {sms: {label: Text message}, email: {label: Email}}
placeholders: {day: {label: The day, kind: date}}
synonyms:
  - ghosted, hear nothing
";

const FILES: [(&str, &str); 4] = [
    ("index.md", "---\ntitle: After the no\n---\n"),
    ("reply/index.md", "---\ntitle: Reply well\n---\nWhat to write.\n"),
    (
        "reply/silence.md",
        "---\ntitle: When you hear nothing\ndescription: Ask once.\ndate: 2026-03-02\n\
         stages: [interview]\ntags: [silence]\n---\n\nWait *two* weeks.\n\n## How long to wait\n\n\
         | When | How long |\n|--|--|\n| Call | A week |\n\n\
         ```template\ntitle: Status check\nchannel: email\nto: recruiter\ntone: warm\n\
         subject: News?\n---\nHi, it is [day].\n\nThank you\n```\n",
    ),
    ("glossary.md", "---\ntitle: Glossary\ndescription: Words.\n---\n\nGhosting\n: Silence.\n"),
];

fn index(settings: &str) -> String {
    let built = memory::made(&memory::site(settings, FILES));
    let files = built.outputs.iter().filter(|output| output.origin == "the search index");
    let text = files.map(|file| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        format!("== {name}\n{}\n", String::from_utf8_lossy(&file.bytes))
    });
    text.collect::<String>()
}

#[test]
fn the_index_of_a_small_site() {
    let text = index(SETTINGS);
    // the list of stop words is long and says nothing here
    let (before, rest) = text.split_once("\"stop\":\"").expect("stop words");
    let (_, after) = rest.split_once('"').expect("their end");
    golden("search.txt", &format!("{before}\"stop\":\"...\"{after}\n").replace("\n\n", "\n"));
}

#[test]
fn pages_that_say_the_same_in_other_words_are_listed_together() {
    let terms: BTreeMap<String, String> =
        serde_json::from_str(memory::between(&index(SETTINGS), "== terms-0-83782b.json\n", "\n"))
            .expect("terms");
    // the term of the group stands on both pages and with the message of the second
    assert_eq!(terms["#0"].len(), 2 * 3);
    assert_eq!(terms["ghost"].len(), 2);
}

#[test]
fn an_edit_renames_what_it_changes_and_nothing_else() {
    let names = |files: [(&str, &str); 4]| {
        let built = memory::made(&memory::site(SETTINGS, files));
        let own = memory::paths(&built).into_iter().filter(|path| path.starts_with("search/"));
        own.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut other = FILES;
    other[3].1 = "---\ntitle: Glossary\ndescription: Words.\n---\n\nGhosting\n: Quiet.\n";
    let (before, after) = (names(FILES), names(other));
    assert_eq!(before, names(FILES));
    let renamed = after.iter().filter(|path| !before.contains(path));
    let renamed = renamed.filter_map(|path| Some(path.rsplit_once('-')?.0));
    let expected = ["search/page-2", "search/terms-0", "search/words-0"];
    assert_eq!(renamed.collect::<Vec<_>>(), expected);
}

#[test]
fn synonyms_that_cannot_be_are_explained() {
    let site = Site::with(SMALL);
    let text = site.read("content/site.yaml");
    let transcripts = [
        "  - CV, résumé\n  - ghosted\n  - no reply, cv\n  - silence, ...\n",
        "  - CV, résumé\n  - [silence, no reply]\n",
    ]
    .map(|lines| {
        site.write("content/site.yaml", format!("{text}synonyms:\n{lines}"));
        transcript(&site, &["build"])
    });
    golden("cli/synonyms.txt", &transcripts.join("\n"));
}
