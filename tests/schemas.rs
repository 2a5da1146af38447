//! The JSON Schemas for editors: they are schemas, and they mean what the program means.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jsonschema::{Draft, Validator};
use postrej_site::blocks::fields::HEADS;
use postrej_site::diagnostic::Diagnostic;
use postrej_site::editor::{self, Vocabulary};
use postrej_site::schema::{self, Table};
use postrej_site::source::{Source, Span};
use serde_json::Value;
use walkdir::WalkDir;

use crate::support::{SMALL, Site};

/// A schema for each head, by its name.
type Schemas = BTreeMap<String, Validator>;

fn validator(text: &str) -> Validator {
    let schema: Value = serde_json::from_str(text).expect("JSON");
    jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema")
}

/// The schemas without the words of a site.
fn bare() -> Schemas {
    let schemas = editor::schemas(&Vocabulary::default()).into_iter();
    schemas.map(|(name, text)| (name.to_owned(), validator(&text))).collect()
}

/// The schemas that the program prints in a folder.
fn printed(root: &Path) -> Schemas {
    let site = Site::with([]);
    let run =
        site.run(&format!("--root {} schema --write {}", root.display(), site.path("s").display()));
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let name = |path: &String| path.trim_end_matches(".schema.json").to_owned();
    let files = site.files("s");
    files.iter().map(|path| (name(path), validator(&site.read(&format!("s/{path}"))))).collect()
}

fn table(head: &str) -> &'static Table {
    HEADS.iter().find(|(name, _)| *name == head).map(|(_, table)| *table).expect("a head")
}

fn json(yaml: &str) -> Option<Value> {
    serde_yaml::from_str(yaml).ok()
}

/// What the program says of a head.
fn told(head: &str, yaml: &str) -> Vec<Diagnostic> {
    let source = Source::new("a.md", yaml);
    let (whole, mut found) = (Span::new(0, yaml.len()), Vec::new());
    schema::read(&source, &whole, &Span::new(0, 0), table(head), &mut found);
    found
}

/// Front matter, `site.yaml` and the heads of blocks of a folder: which head, where, and its text.
fn heads(root: &str) -> Vec<(&'static str, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
    let mut heads = Vec::new();
    for entry in WalkDir::new(&root).sort_by_file_name().into_iter().filter_map(Result::ok) {
        let path = entry.path().strip_prefix(&root).expect("a path below");
        let path = path.to_string_lossy().replace('\\', "/");
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        if let Some(head) =
            ["site", "theme"].into_iter().find(|head| path == format!("{head}.yaml"))
        {
            heads.push((head, path, text));
        } else if entry.path().extension().is_some_and(|kind| kind == "md") {
            let head = match path.split('/').collect::<Vec<_>>().as_slice() {
                [.., "index.md"] => "index",
                [_] | ["docs", _] => "page",
                ["start", _] => "question",
                _ => "article",
            };
            let text = text.trim_start_matches('\u{feff}');
            if let Some((yaml, body)) =
                text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n"))
            {
                heads.push((head, path.clone(), yaml.to_owned()));
                heads.extend(blocks(body).map(|(head, yaml)| (head, path.clone(), yaml)));
            }
        }
    }
    heads
}

/// The heads of the blocks of an article; longer fences are examples of how to write one.
fn blocks(body: &str) -> impl Iterator<Item = (&'static str, String)> {
    let mut blocks: Vec<(&str, String)> = Vec::new();
    let mut fence: Option<(&str, &str, String)> = None;
    for line in body.lines() {
        let marks = line.len() - line.trim_start_matches(['`', '~']).len();
        fence = match fence.take() {
            None if marks >= 3 => Some((&line[..marks], line[marks..].trim(), String::new())),
            None => None,
            Some((open, name, text)) if line.trim_end() == open => {
                blocks.push((name, text));
                None
            }
            Some((open, name, text)) => Some((open, name, text + line + "\n")),
        };
    }
    blocks.into_iter().flat_map(|(name, text)| {
        let known = ["template", "reminder", "compare"].into_iter().find(|own| *own == name);
        let parts: Vec<_> = text.split("---\n").map(str::to_owned).collect();
        let parts = if name == "compare" { parts } else { parts.into_iter().take(1).collect() };
        known
            .into_iter()
            .flat_map(move |name| parts.clone().into_iter().map(move |part| (name, part)))
    })
}

#[test]
fn each_is_a_schema_of_draft_07() {
    for (name, text) in editor::schemas(&Vocabulary::default()) {
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#", "{name}");
        assert!(jsonschema::draft7::meta::is_valid(&schema), "{name}");
    }
}

#[test]
fn all_that_is_published_fits() {
    let schemas = printed(Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (head, path, yaml) in heads("content").into_iter().chain(heads("themes/plain")) {
        let value = json(&yaml).expect("YAML");
        let faults: Vec<_> = schemas[head].iter_errors(&value).map(|one| one.to_string()).collect();
        assert!(faults.is_empty(), "{path} ({head}): {faults:?}");
        *seen.entry(head).or_default() += 1;
    }
    // every head has stood the test
    assert_eq!(seen.keys().copied().collect::<Vec<_>>(), {
        let mut all: Vec<_> = HEADS.iter().map(|(name, _)| *name).collect();
        all.sort_unstable();
        all
    });
}

#[test]
fn what_the_program_refuses_in_a_field_a_schema_refuses() {
    const VALUES: [&str; 14] = [
        "some words",
        "12",
        "-3",
        "true",
        "2026-03-02",
        "2026-02-30",
        "2.3.2026",
        "[a, b]",
        "[]",
        "[a: why]",
        "[[a]]",
        "{a: b}",
        "\"\"",
        "~",
    ];
    let schemas = bare();
    let mut refused = 0;
    for (head, table) in HEADS {
        let needed = |name: &str| {
            let all = table.fields.iter();
            all.clone().any(|field| field.name == name && field.required)
                || (*head == "template" && ["title", "channel"].contains(&name))
        };
        for own in table.fields.iter().filter(|field| field.name != "use") {
            let rest = table.fields.iter().filter(|one| needed(one.name) && one.name != own.name);
            let rest: Vec<_> = rest.map(|one| format!("{}: {}\n", one.name, one.example)).collect();
            let rest = rest.concat();
            let example = Some(own.example).filter(|example| !example.is_empty());
            for value in VALUES.into_iter().chain(example) {
                let yaml = format!("{rest}{}: {value}\n", own.name);
                let found = told(head, &yaml);
                let fits = schemas[*head].is_valid(&json(&yaml).expect("YAML"));
                assert_eq!(fits, found.is_empty(), "{head}:\n{yaml}{found:#?}");
                refused += usize::from(!fits);
            }
            let fits = schemas[*head].is_valid(&json(&rest).unwrap_or_default());
            assert_eq!(fits, !needed(own.name), "{head} without `{}`", own.name);
            let mistyped = format!("{rest}{}: {}\n{}x: 1\n", own.name, own.example, own.name);
            assert!(!schemas[*head].is_valid(&json(&mistyped).expect("YAML")), "{mistyped}");
        }
    }
    assert!(refused > 300, "only {refused} values were refused");
}

#[test]
fn what_the_program_refuses_in_a_file_a_schema_refuses() {
    let schemas = bare();
    let (mut right, mut wrong) = (0, 0);
    for (head, path, yaml) in ["mistakes", "site", "markdown", "editorial/troubled"]
        .iter()
        .flat_map(|name| heads(&format!("tests/fixtures/{name}/content")))
    {
        // what is no YAML is no matter of schemas
        let Some(value) = json(&yaml) else { continue };
        let found = told(head, &yaml);
        let fits = schemas[head].is_valid(&value);
        let matter = |one: &&Diagnostic| {
            ["unknown-field", "wrong-value", "missing-field"].contains(&one.code)
        };
        let expected = !found.iter().any(|one| matter(&one));
        // what a message needs is said beside its table
        let has = |name: &str| value.get(name).is_some();
        let whole = match head {
            "template" if has("use") => value.as_object().is_some_and(|fields| fields.len() == 1),
            "template" => has("title") && has("channel"),
            _ => true,
        };
        let expected = expected && whole;
        assert_eq!(fits, expected, "{path} ({head}):\n{yaml}\n{found:#?}");
        right += usize::from(fits);
        wrong += usize::from(!fits);
    }
    assert!(right > 20 && wrong > 5, "{right} right, {wrong} wrong");
}

#[test]
fn a_message_is_ones_own_or_shown_from_elsewhere() {
    let schema = &bare()["template"];
    let fits = |yaml: &str| schema.is_valid(&json(yaml).expect("YAML"));
    assert!(fits("{title: A, channel: email}"));
    assert!(fits("use: a/b"));
    assert!(!fits("title: A"));
    assert!(!fits("{use: a/b, tone: warm}"));
    assert!(!fits("{use: a/b, title: A, channel: email}"));
}

#[test]
fn the_words_of_the_site_are_filled_in() {
    let site = Site::with(SMALL);
    site.write(
        "content/site.yaml",
        "title: After the no\nbase_url: https://example.org/\nsections: [reply]\n\
         stages: {interview: {label: Interview}}\nchannels: {email: {label: Email}}\n\
         placeholders: {role: {label: The role}}\nsources: {guide: {title: A guide}}\n",
    );
    site.write(
        "content/reply/ask.md",
        "---\ntitle: Ask\ndescription: Ask.\ndate: 2026-03-02\ntags: [feedback]\n---\n\n\
         ```template\ntitle: A question\nchannel: email\n---\nHi\n```\n",
    );
    let schema = |head: &str| {
        let run = site.run(&format!("schema {head}"));
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{head}");
        serde_json::from_str::<Value>(&run.stdout).expect("JSON")["properties"].clone()
    };
    let article = schema("article");
    assert_eq!(article["stages"]["items"]["enum"], serde_json::json!(["interview"]));
    assert_eq!(article["sources"]["items"]["enum"], serde_json::json!(["guide"]));
    assert_eq!(article["next"]["enum"], serde_json::json!(["ask", "note"]));
    assert_eq!(article["tags"]["items"]["anyOf"][0]["enum"], serde_json::json!(["feedback"]));
    assert_eq!(article["title"]["description"], "The title.");
    assert_eq!(article["tags"]["examples"], serde_json::json!([["feedback", "email"]]));
    let template = schema("template");
    assert_eq!(template["channel"]["enum"], serde_json::json!(["email"]));
    assert_eq!(template["use"]["enum"], serde_json::json!(["ask/a-question"]));
    let subject = "The subject line. In brackets, it may hold [role].";
    assert_eq!(template["subject"]["description"], subject);

    let article = &printed(&site.path("."))["article"];
    let head = "title: A\ndescription: B\ndate: 2026-03-02\n";
    let fits = |more: &str| article.is_valid(&json(&format!("{head}{more}")).expect("YAML"));
    assert!(fits("stages: [interview]\ntags: [new]\nrelated: [note, ask: to know more]\n"));
    assert!(!fits("stages: [interwiev]\n"));
    assert!(!fits("related: [nothing]\n"));
    assert!(!fits("related: [nothing: at all]\n"));
}

#[test]
fn schemas_are_written_once_and_renewed() {
    let site = Site::small();
    let run = |more: &str| site.run(&format!("schema --write schemas{more}")).stderr;
    assert_eq!(run(""), "9 schemas in `schemas`: 9 written\n");
    let first = site.state("schemas");
    assert_eq!(run(""), "9 schemas in `schemas`: 0 written\n");
    assert!(site.state("schemas") == first);
    site.write("content/reply/more.md", SMALL[3].1);
    assert_eq!(run(""), "9 schemas in `schemas`: 4 written\n");
    let names: Vec<_> = HEADS.iter().map(|(name, _)| format!("{name}.schema.json")).collect();
    let mut files = site.files("schemas");
    files.sort_by_key(|file| names.iter().position(|name| name == file));
    assert_eq!(files, names);
}
