//! What `check` says of words, messages and relations: whole reports, and that the site is clean.

use std::path::Path;

use postrej_site::{build, check, config};

use crate::memory;
use crate::support::{self, Site, golden, transcript};

/// A copy of a fixture, its texts changed.
fn copy(name: &str, change: impl Fn(&str) -> String) -> Site {
    let input = memory::read(&memory::folder(name));
    let site = Site::with([]);
    for source in input.articles.iter().chain([&input.config_source]) {
        site.write(&source.path, change(&source.text));
    }
    site
}

#[test]
fn all_that_an_editor_would_mend_is_told_in_one_run() {
    let site = copy("editorial/troubled", str::to_owned);
    let human = site.run("check --today 2026-11-20");
    golden("editorial.txt", &human.stderr);
    assert_eq!((human.status, human.stdout.as_str()), (Some(1), ""));
    let json = site.run("check --today 2026-11-20 --format json --quiet");
    golden("editorial.json", &json.stdout);
    assert_eq!((json.status, json.stderr.as_str()), (Some(1), ""));
    assert!(!site.path("public").exists());
}

#[test]
fn a_file_from_windows_is_told_the_same() {
    let windows =
        copy("editorial/troubled", |text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
    golden("editorial.json", &windows.run("check --today 2026-11-20 --format json").stdout);
}

#[test]
fn a_clean_site_has_nothing_to_mend() {
    let site = copy("editorial/clean", str::to_owned);
    let commands = ["check", "check --quiet", "check --format json", "check --format github"];
    let commands = commands.map(|command| format!("{command} --today 2026-11-20"));
    golden("editorial-clean.txt", &transcript(&site, &commands.each_ref().map(String::as_str)));
    assert!(!site.path("public").exists());
}

#[test]
fn one_article_alone_has_nothing_to_be_related_to() {
    let run = Site::small().run("check");
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (Some(0), "1 article, 0 templates: nothing to mend.\n")
    );
}

#[test]
fn mistakes_are_told_together_with_what_an_editor_would_mend() {
    let site = copy("editorial/clean", |text| text.replace("[day]", "[dya]"));
    site.write(
        "content/reply/alone.md",
        "---\ntitle: Alone\ndescription: So.\ndate: 2026-03-02\n---\nSo.\n",
    );
    let run = site.run("check --today 2026-11-20");
    for code in ["error[unknown-placeholder]", "warning[no-related]", "warning[lone-article]"] {
        assert!(run.stderr.contains(code), "{code}: {}", run.stderr);
    }
    assert!(
        run.stderr.ends_with("3 articles, 3 templates: 1 error, 2 warnings.\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn relations_wait_until_every_article_is_read() {
    let alone = "---\ntitle: Alone\ndescription: So.\ndate: 2026-03-02\n---\nSo.\n";
    for (path, text) in [
        // what may lead to it is left out, or says it in a head with a mistake
        ("content/reply/deep/other.md", alone.to_owned()),
        ("content/reply/other.md", alone.replace("title: Alone\n", "")),
        ("content/reply/other.md", alone.replace("---\n", "")),
    ] {
        let site = copy("editorial/clean", str::to_owned);
        site.write("content/reply/alone.md", alone);
        site.write(path, &text);
        let told = site.run("check --today 2026-11-20").stderr;
        assert!(told.contains("error["), "{told}");
        for code in ["no-related", "one-way", "lone-article"] {
            assert!(!told.contains(code), "{told}");
        }
    }
}

#[test]
fn what_site_yaml_leaves_out_is_not_looked_for() {
    let without = |text: &str| text.split("editorial:").next().unwrap_or_default().to_owned();
    let run = copy("editorial/troubled", without).run("check --today 2026-11-20");
    for code in ["reading-grade", "long-sentence", "avoid-word"] {
        assert!(!run.stderr.contains(&format!("[{code}]")), "{}", run.stderr);
    }
    assert!(run.stderr.contains("over-limit") && run.stderr.contains("one-way"), "{}", run.stderr);
}

#[test]
fn grades_are_for_english() {
    for (language, graded) in [("en-GB", true), ("de", false)] {
        let site = copy("editorial/troubled", |text| {
            text.replace("related: 2\n", &format!("related: 2\nlanguage: {language}\n"))
        });
        let report = site.run("check --today 2026-11-20").stderr;
        assert_eq!(report.contains("reading-grade"), graded, "{report}");
        assert!(report.contains("long-sentence"), "{report}");
    }
}

#[test]
fn a_build_says_nothing_of_it_and_makes_the_same() {
    let input = memory::read(&memory::folder("editorial/troubled"));
    let (built, checked) = (build(&input, &memory::plain()), check(&input, &memory::plain()));
    assert_eq!(memory::complaints(&input, &built), [""; 0]);
    assert!(checked.diagnostics.len() > 10);
    assert_eq!(built.counts.files, checked.counts.files);
}

#[test]
fn what_editorial_says_in_site_yaml_is_checked() {
    for (written, complaint) in [
        (
            "editorial: strict",
            "wrong-value: `editorial` must be fields with their values (write it like `editorial: {grade: 8}`)",
        ),
        (
            "editorial: {grade: low}",
            "wrong-value: `grade` must be a whole number (write it like `grade: 8`)",
        ),
        (
            "editorial: {grades: 8}",
            "unknown-field: `editorial` has no field `grades` (did you mean `grade`?)",
        ),
    ] {
        let settings = format!("{}{written}\n", support::SMALL[0].1);
        let input = memory::site(&settings, []);
        let found = input.diagnostics.first().expect("a complaint");
        assert_eq!(found.place.file, config::PATH);
        let hint = found.hint.as_deref().unwrap_or_default();
        assert_eq!(format!("{}: {} ({hint})", found.code, found.message), complaint);
    }
}

#[test]
fn the_shipped_content_is_clean() {
    let input = memory::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    let complaints = memory::complaints(&input, &check(&input, &memory::plain()));
    assert!(complaints.is_empty(), "{} to mend:\n{}", complaints.len(), complaints.join("\n"));
}
