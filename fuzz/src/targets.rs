//! What the program does with bytes from somebody, one function for each place that they come from.
//! `cargo fuzz` looks for bytes that break one; `tests/fuzzed.rs` hands them all that were found.
//!
//! Besides that nothing may panic: a page holds nothing that runs, whatever its author wrote.

use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use postrej_site::cli::report::{self, Format};
use postrej_site::diagnostic::{Diagnostic, has_errors, tidy};
use postrej_site::import::System;
use postrej_site::mend::{keep_sure, mend};
use postrej_site::outputs::{First, Memory, Output};
use postrej_site::site::urls::base_path;
use postrej_site::site::{File, Ground};
use postrej_site::source::Source;
use postrej_site::{Input, Memos, article, build_again, editorial};

use crate::memory::{plain, site};

/// A site with one of everything that an article can name.
const SETTINGS: &str = "\
title: After the no
base_url: https://example.org/rejection/
sections: [reply]
aside: [docs]
related: 2
stages:
  final: {label: Final round}
channels:
  email: {label: E-mail}
  sms: {label: Text message, limit: 300}
placeholders:
  role: {label: The role}
  your name: {label: Your name}
  day: {label: A day, kind: date}
sources:
  handbook: {title: A handbook, author: its publisher}
journeys:
  week: {label: This week, begin: other}
editorial: {grade: 8, sentence: 28, avoid: [unfair]}
synonyms: [\"CV, resume\"]
";

/// The texts beside the one that is tried.
const OTHERS: [(&str, &str); 5] = [
    ("index.md", "---\ntitle: After the no\n---\nWhat just happened?\n"),
    ("docs/index.md", "---\ntitle: For authors\n---\nHow to write.\n"),
    ("reply/index.md", "---\ntitle: Reply\n---\nWhat to write.\n"),
    (
        "reply/other.md",
        "---\ntitle: Another\ndescription: Words.\ndate: 2026-03-02\ntags: [thanks]\nnext: third\n---\n\nSay so.\n\n\
         ```template\ntitle: Thanks\nchannel: email\nto: them\nsubject: Hello\n---\nFor [role].\n```\n",
    ),
    ("reply/third.md", "---\ntitle: A third\ndescription: Words.\ndate: 2026-03-02\n---\n\nSay.\n"),
];

/// The head of an article whose body is tried.
const HEAD: &str = "---\ntitle: A note\ndescription: Words.\ndate: 2026-03-02\n---\n";

/// Pages whose heads differ; a first byte chooses one.
const PLACES: [(u8, &str); 5] = [
    (b'h', "index.md"),
    (b's', "reply/index.md"),
    (b'p', "about.md"),
    (b'q', "start/finalist.md"),
    (b'd', "docs/note.md"),
];

/// What becomes of HTML; a first byte chooses one.
const MODES: [(u8, &str); 2] = [(b's', "sanitize"), (b'e', "escape")];

/// Files in one text: each begins with a line `=== path`.
const FILE: &str = "=== ";

/// The site around, which has no mistake.
pub fn around() -> Input {
    site(SETTINGS, OTHERS)
}

/// The whole of a file, its head first. The first byte says which page it is.
pub fn front_matter(bytes: &[u8]) {
    let Some((first, text)) = text(bytes) else { return };
    let path = PLACES.iter().find(|(byte, _)| *byte == first).map_or("reply/note.md", |one| one.1);
    one_text(SETTINGS, path, text);
}

/// The body of an article: Markdown, blocks, HTML. The first byte says what becomes of HTML.
pub fn markdown(bytes: &[u8]) {
    let Some((first, text)) = text(bytes) else { return };
    let mode = MODES.iter().find(|(byte, _)| *byte == first).map_or("allow", |mode| mode.1);
    one_text(&format!("{SETTINGS}raw_html: {mode}\n"), "reply/note.md", &format!("{HEAD}{text}"));
}

/// `content/site.yaml`.
pub fn settings(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let input = site(text, OTHERS);
    assert_harmless(&input, &pages(&input));
}

/// Files of a theme: templates, `theme.yaml`, strings. What runs on a page is the theme's to say.
pub fn theme(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let mut input = site(&format!("{SETTINGS}theme: own\n"), OTHERS);
    input.theme = files("themes/own/", text);
    pages(&input);
}

/// A site of another generator; the first byte says which.
pub fn import(bytes: &[u8]) {
    let Some((first, text)) = text(bytes) else { return };
    let system = match first {
        b'h' => System::Hugo,
        b'z' => System::Zola,
        b'd' => System::Docusaurus,
        _ => System::Jekyll,
    };
    let made = postrej_site::import::import(&files("", text), system, plain().today);
    let named = |file: &File| {
        let path = file.path.strip_prefix("content/").unwrap_or(&file.path).to_owned();
        (path, String::from_utf8_lossy(&file.bytes).into_owned())
    };
    let all: Vec<_> = made.files.iter().map(named).collect();
    let settings = all.iter().find(|(path, _)| path == "site.yaml");
    let settings = settings.map_or_else(String::new, |(_, text)| text.clone());
    let texts = all.iter().filter(|(path, _)| path != "site.yaml");
    parts(&site(&settings, texts.map(|(path, text)| (path.as_str(), text.as_str()))));
}

/// A byte that chooses, and a text.
fn text(bytes: &[u8]) -> Option<(u8, &str)> {
    let (first, rest) = bytes.split_first()?;
    Some((*first, str::from_utf8(rest).ok()?))
}

/// The files of a text, sorted by path.
fn files(folder: &str, text: &str) -> Vec<File> {
    let parts = format!("\n{text}");
    let mut files: Vec<_> = parts
        .split(&format!("\n{FILE}"))
        .skip(1)
        .map(|part| {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            File { path: format!("{folder}{path}"), bytes: text.as_bytes().into() }
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    files
}

/// One text among others, all the way to its page.
fn one_text(settings: &str, path: &str, text: &str) {
    let others = OTHERS.iter().filter(|(other, _)| *other != path).copied();
    let input = site(settings, others.chain([(path, text)]));
    assert_harmless(&input, &pages(&input));
}

/// Everything that a build, a check and a mending do; the pages that come out of it.
fn pages(input: &Input) -> Vec<Output> {
    let mut outputs = if parts(input) { Vec::new() } else { built(input) };
    outputs.retain(Output::is_page);
    outputs
}

/// The pages, and of some sites everything beside them, which takes longest. The theme is the one of
/// the last time where it is the same.
fn built(input: &Input) -> Vec<Output> {
    static MEMOS: LazyLock<Mutex<Memos>> = LazyLock::new(Mutex::default);
    let mut memos = MEMOS.lock().unwrap_or_else(PoisonError::into_inner);
    let all = is_chosen(input);
    let (memory, early) = (Memory::default(), Mutex::new(Vec::new()));
    let take = |outputs: Vec<Output>, _: &[Diagnostic]| {
        early.lock().unwrap_or_else(PoisonError::into_inner).extend(outputs);
    };
    let first = First { wants: &|_| !all, take: &take, is_gone: &|| !all };
    let diagnostics = build_again(input, &plain(), &memory, &memos, first).diagnostics;
    *memos = std::mem::take(&mut *memos).next();
    reported(input, &diagnostics);
    if all {
        memory.outputs(&diagnostics)
    } else {
        early.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether it is one of the few with which everything is done; the same text always is, or is not.
fn is_chosen(input: &Input) -> bool {
    input.texts().fold(0, |hash, text| text.hash(hash)) % 8 == 0
}

/// The stages before the theme, and the reports; whether there was an error.
fn parts(input: &Input) -> bool {
    let mut found = input.diagnostics.clone();
    let parsed = input.articles.iter().map(|source| {
        let (article, problems) = article::parse(source, &input.config, &input.listings);
        found.extend(problems);
        article
    });
    let articles = parsed.collect::<Vec<_>>().into_iter().flatten().collect();
    let options = plain();
    let ground = Ground {
        config: &input.config,
        files: &input.files,
        base_url: &input.config.base_url,
        drafts: options.drafts,
        today: options.today,
        settings: 0,
        memos: None,
    };
    let (site, problems) = postrej_site::site::assemble(articles, &ground);
    found.extend(problems);
    found.extend(editorial::review(&site, &input.articles, options.today));
    keep_sure(&mut found, input.texts());
    tidy(&mut found);
    let failed = has_errors(&found);
    if failed {
        reported(input, &found);
    }
    failed
}

/// Diagnostics in all their forms, and what `check --fix` would make of the files.
fn reported(input: &Input, found: &[Diagnostic]) {
    let others = [Format::Json, Format::Github, Format::Sarif];
    let others = others.into_iter().filter(|_| is_chosen(input));
    for format in [Format::Human].into_iter().chain(others) {
        let text = report::written(Path::new("."), input, found, format);
        assert!(found.is_empty() || !text.is_empty());
    }
    for mended in mend(found, input.texts()) {
        assert!(mended.text != *mended.source.text);
        let source = Source::new(&mended.source.path, &mended.text);
        article::parse(&source, &input.config, &input.listings);
    }
}

/// No script but those of the theme, nothing that runs when it is touched, no address that runs.
fn assert_harmless(input: &Input, pages: &[Output]) {
    let assets = format!("{}assets/", base_path(&input.config.base_url));
    for page in pages {
        let html = String::from_utf8_lossy(&page.bytes);
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(&*html, emitter) {
            let Token::StartTag(tag) = token else { continue };
            assert!(is_harmless(&tag, &assets), "{}: {tag:?}", page.path);
        }
    }
}

fn is_harmless(tag: &StartTag<()>, assets: &str) -> bool {
    let does = |name: &[u8], value: &[u8]| {
        let name = String::from_utf8_lossy(name).to_lowercase();
        name.starts_with("on") || (leads(&name) && runs(&String::from_utf8_lossy(value)))
    };
    let is_ours = |name: &[u8], value: &[u8]| match name {
        b"src" => value.starts_with(assets.as_bytes()),
        b"type" => value == b"application/ld+json" || value == b"speculationrules",
        _ => false,
    };
    let mut attributes = tag.attributes.iter();
    match tag.name.as_slice() {
        b"iframe" | b"object" | b"embed" | b"base" | b"frame" | b"applet" => return false,
        b"script" if !attributes.clone().any(|(name, value)| is_ours(name, value)) => return false,
        _ => {}
    }
    !attributes.any(|(name, value)| does(name, value))
}

fn leads(name: &str) -> bool {
    ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset"]
        .contains(&name)
}

/// Whether a browser would run an address: it leaves out what nobody sees.
fn runs(value: &str) -> bool {
    let seen: String = value.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let seen = seen.trim_start_matches(|c: char| c <= ' ').to_lowercase();
    ["javascript:", "vbscript:", "data:"].iter().any(|scheme| seen.starts_with(scheme))
}
