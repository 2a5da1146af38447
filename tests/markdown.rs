//! Markdown and what it becomes: `fixtures/markdown` in, `golden/markdown` out.
//!
//! Each article of the fixture shows one construct; its golden file is the article's text as HTML.

use std::sync::LazyLock;

use postrej_site::source::Source;
use postrej_site::{Built, Input};

use crate::memory::{self, between, complaints, made, read, text};
use crate::support::golden;

static INPUT: LazyLock<Input> = LazyLock::new(|| read(&memory::folder("markdown")));
static BUILT: LazyLock<Built> = LazyLock::new(|| made(&INPUT));

/// One test for each article.
macro_rules! articles {
    ($($test:ident = $slug:literal),+ $(,)?) => {
        const ARTICLES: &[&str] = &[$($slug),+];
        $(#[test]
        fn $test() {
            let html = text(&BUILT, concat!("notes/", $slug, "/index.html"));
            let body = between(html, "<div class=\"article__body prose\">\n", "\n</div>\n<footer");
            golden(concat!("markdown/", $slug, ".html"), body);
        })+
    };
}

articles! {
    words_and_smart_punctuation = "text",
    heading_ids_in_any_script = "headings",
    tables_align_by_class = "tables",
    footnotes_lead_back_from_every_mention = "footnotes",
    lists_of_words_tasks_and_definitions = "lists",
    the_five_callouts = "callouts",
    code_has_classes = "code",
    pictures_have_a_size = "pictures",
    raw_html_stays = "raw-html",
    links_of_all_kinds = "links",
    templates_are_copied_to_the_byte = "templates",
    templates_are_shown_from_elsewhere = "reuse",
    pairs_to_compare = "compare",
    reminders_name_their_message = "reminder",
}

#[test]
fn every_article_of_the_fixture_has_its_test() {
    let slugs = INPUT.articles.iter().filter_map(|source| {
        source.path.strip_prefix("content/notes/")?.strip_suffix(".md").filter(|s| *s != "index")
    });
    let mut wanted = ARTICLES.to_vec();
    wanted.sort_unstable();
    assert_eq!(slugs.collect::<Vec<_>>(), wanted);
}

#[test]
fn a_reminder_is_also_a_file_for_readers_without_script() {
    let markdown = text(&BUILT, "notes/reminder.md");
    for number in 1..=3 {
        let path = format!("notes/reminder/reminder-{number}.ics");
        let file = text(&BUILT, &path);
        assert!(file.ends_with("\r\n"));
        let lines: Vec<&str> = file.trim_end_matches("\r\n").split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        golden(&format!("markdown/reminder-{number}.ics"), &(lines.join("\n") + "\n"));
        assert!(markdown.contains(&format!("](https://example.org/notes/{path})\n")), "{markdown}");
    }
    assert!(markdown.contains("**In 7 days:** [Ask once more]("), "{markdown}");
}

#[test]
fn what_is_only_doubtful_is_a_warning() {
    golden("markdown/warnings.txt", &(complaints(&INPUT, &BUILT).join("\n") + "\n"));
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let mut windows = read(&memory::folder("markdown"));
    for source in &mut windows.articles {
        let text = format!("\u{feff}{}", source.text.replace('\n', "\r\n"));
        *source = Source::new(source.path.clone(), text);
    }
    let built = made(&windows);
    for (own, other) in BUILT.outputs.iter().zip(&built.outputs) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!((&own.path, text(&own.bytes)), (&other.path, text(&other.bytes)));
    }
    assert_eq!(complaints(&INPUT, &BUILT), complaints(&windows, &built));
}
