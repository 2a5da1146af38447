//! What holds of every site, shown on sites that chance made.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{Token, Tokenizer};
use postrej_site::outputs::{First, Memory};
use postrej_site::{Built, Input, Memos, build, build_again};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::memory::{complaints, plain, site, text};

const SETTINGS: &str = "\
title: After the no
base_url: https://example.org/rejection/
sections: [reply, connect]
channels:
  email: {label: E-mail}
placeholders:
  role: {label: The role}
  your name: {label: Your name}
editorial: {}
";

/// An article that chance made.
#[derive(Debug, Clone)]
struct Draft {
    section: bool,
    title: String,
    tags: Vec<u8>,
    next: Option<Index>,
    related: BTreeSet<usize>,
    body: Vec<Part>,
}

/// A part of its body.
#[derive(Debug, Clone)]
enum Part {
    Words(String),
    Heading(String),
    Link(Index),
    LinkToHeading(Index),
    List(Vec<String>),
    Quote(String),
    Code(String),
    Note(String),
    Message(String, Vec<Words>),
}

/// A part of a message.
#[derive(Debug, Clone)]
enum Words {
    Plain(String),
    Role,
    Name,
}

/// Words that mean nothing to Markdown.
fn words() -> impl Strategy<Value = String> {
    "\\p{L}{1,9}( [\\p{L}\\p{N}]{1,9}[,.;?]?){0,6}"
}

/// Any text that can be seen, and line ends.
fn anything() -> impl Strategy<Value = String> {
    "(\\PC|[\\[\\]\\\\<>&\"'*_#|~-]|\n|🙂|e\u{301}|👩\u{200d}💻){0,40}"
}

fn part() -> impl Strategy<Value = Part> {
    let message = prop_oneof![
        3 => anything().prop_map(Words::Plain),
        1 => Just(Words::Role),
        1 => Just(Words::Name),
    ];
    prop_oneof![
        words().prop_map(Part::Words),
        words().prop_map(Part::Heading),
        any::<Index>().prop_map(Part::Link),
        any::<Index>().prop_map(Part::LinkToHeading),
        vec(words(), 1..4).prop_map(Part::List),
        words().prop_map(Part::Quote),
        words().prop_map(Part::Code),
        words().prop_map(Part::Note),
        (words(), vec(message, 1..5)).prop_map(|(title, words)| Part::Message(title, words)),
    ]
}

fn draft() -> impl Strategy<Value = Draft> {
    let related = proptest::collection::btree_set(0_usize..8, 0..3);
    let around = (any::<bool>(), words(), vec(0_u8..5, 0..3), option::of(any::<Index>()), related);
    (around, vec(part(), 0..7)).prop_map(|((section, title, tags, next, related), body)| Draft {
        section,
        title,
        tags,
        next,
        related,
        body,
    })
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    vec(draft(), 1..6)
}

fn folder(draft: &Draft) -> &'static str {
    if draft.section { "reply" } else { "connect" }
}

/// The message as its author writes it, and as a reader copies it.
fn message(words: &[Words]) -> (String, String) {
    let (mut written, mut copied) = (String::new(), String::new());
    for part in words {
        match part {
            // a message holds no fence, and no backslash before a blank: that would be a bracket
            Words::Plain(text) => {
                let text = text.replace('`', "'");
                let text = text.trim_end_matches('\\');
                written += &text.replace('[', "\\[").replace(']', "\\]");
                copied += text;
            }
            Words::Role => (written, copied) = (written + "[role]", copied + "[role]"),
            Words::Name => (written, copied) = (written + "[your name]", copied + "[your name]"),
        }
    }
    // a message is never empty
    (format!("Hello,{written}"), format!("Hello,{copied}").trim_end_matches('\n').to_owned())
}

/// Words in YAML's square brackets.
fn list(words: impl Iterator<Item = String>) -> String {
    format!("[{}]", words.collect::<Vec<_>>().join(", "))
}

/// The head of an article.
fn head(drafts: &[Draft], own: usize) -> String {
    let draft = &drafts[own];
    let others = (0..drafts.len()).filter(|at| *at != own).collect::<Vec<_>>();
    let related = draft.related.iter().filter(|at| others.contains(at));
    let next = draft.next.as_ref().filter(|_| !others.is_empty());
    let next = next.map(|next| format!("next: article-{}\n", next.get(&others)));
    format!(
        "title: {} {own}\ndescription: Words.\ndate: 2026-03-02\ntags: {}\nrelated: {}\n{}",
        draft.title,
        list(draft.tags.iter().map(|tag| format!("tag {tag}"))),
        list(related.map(|at| format!("article-{at}"))),
        next.unwrap_or_default(),
    )
}

/// The text of an article, and the messages that its page must hold, by their ids.
fn article(drafts: &[Draft], own: usize) -> (String, BTreeMap<String, String>) {
    let link = |other: &Index, place: &str| {
        let other = other.index(drafts.len());
        format!("See [this](../{}/article-{other}.md{place}).", folder(&drafts[other]))
    };
    let mut messages = BTreeMap::new();
    let mut part = |(at, part): (usize, &Part)| match part {
        Part::Words(words) => words.clone(),
        Part::Heading(words) => format!("## {words}"),
        Part::Link(other) => link(other, ""),
        Part::LinkToHeading(other) => link(other, "#always-there"),
        Part::List(items) => format!("- {}", items.join("\n- ")),
        Part::Quote(words) => format!("> {words}"),
        Part::Code(words) => format!("~~~js\nlet a = \"{words}\";\n~~~"),
        Part::Note(words) => format!("A note.[^{at}]\n\n[^{at}]: {words}"),
        Part::Message(title, words) => {
            let (written, copied) = message(words);
            messages.insert(format!("message-m{own}-{at}"), copied);
            format!(
                "```template\ntitle: {title} {own} {at}\nid: m{own}-{at}\nchannel: email\n\
                 subject: Hello\n---\n{written}\n```"
            )
        }
    };
    let parts: Vec<String> = drafts[own].body.iter().enumerate().map(&mut part).collect();
    let (head, body) = (head(drafts, own), parts.join("\n\n"));
    (format!("---\n{head}---\n\nWords.\n\n{body}\n\n## Always there\n\nWords.\n"), messages)
}

/// The site, and the messages that each page must hold.
fn written(drafts: &[Draft]) -> (Input, BTreeMap<String, BTreeMap<String, String>>) {
    let mut files = vec![
        ("index.md".to_owned(), "---\ntitle: After the no\n---\nWhat just happened?\n".to_owned()),
        ("reply/index.md".to_owned(), "---\ntitle: Reply\n---\nWords.\n".to_owned()),
        ("connect/index.md".to_owned(), "---\ntitle: Connect\n---\nWords.\n".to_owned()),
    ];
    let mut messages = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        let (text, own) = article(drafts, at);
        let path = format!("{}/article-{at}", folder(draft));
        messages.insert(format!("{path}/index.html"), own);
        files.push((format!("{path}.md"), text));
    }
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    (site(SETTINGS, files), messages)
}

/// Builds a site that has no errors.
fn built(input: &Input) -> Built {
    let built = build(input, &plain());
    let texts =
        input.articles.iter().map(|source| &*source.text).collect::<Vec<_>>().join("\n=====\n");
    assert!(!built.outputs.is_empty(), "{}\n{texts}", complaints(input, &built).join("\n"));
    built
}

/// The ids of a page, and the addresses that it names.
fn ids_and_addresses(html: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut ids, mut addresses) = (BTreeSet::new(), BTreeSet::new());
    for Ok(token) in Tokenizer::new(html) {
        let Token::StartTag(tag) = token else { continue };
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value).into_owned();
            match name.as_slice() {
                b"id" => drop(ids.insert(value)),
                b"href" | b"src" | b"action" => drop(addresses.insert(value)),
                _ => {}
            }
        }
    }
    (ids, addresses)
}

/// What a page shows between the start of the element with this id and the end of its message.
fn copied(html: &str, id: &str) -> String {
    let start = html.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in {html}"));
    let mark = "data-copy-source=\"body\">";
    let start = start + html[start..].find(mark).expect("a body") + mark.len();
    let html = &html[start..start + html[start..].find("</div>").expect("its end")];
    let words = Tokenizer::new(html).filter_map(|Ok(token)| match token {
        Token::String(text) => Some(String::from_utf8_lossy(&text).into_owned()),
        _ => None,
    });
    words.collect()
}

/// Where an address leads from a page: to a file of the site and a place on it; nothing for another
/// site's.
fn target(page: &str, address: &str) -> Option<(String, Option<String>)> {
    let (path, place) =
        address.split_once('#').map_or((address, None), |(path, place)| (path, Some(place)));
    let path = path.split('?').next().unwrap_or_default();
    let place = place.filter(|place| !place.is_empty()).map(decoded);
    let path = path.strip_prefix("https://example.org").unwrap_or(path);
    if path.contains(':') {
        return None;
    }
    let file = match path.strip_prefix("/rejection/") {
        _ if path.is_empty() => page.to_owned(),
        Some(path) if path.is_empty() || path.ends_with('/') => decoded(path) + "index.html",
        Some(path) => decoded(path),
        None => panic!("{page} leads out of the site: {address}"),
    };
    Some((file, place))
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_link_of_every_page_leads_somewhere(drafts in drafts()) {
        let built = built(&written(&drafts).0);
        let pages: BTreeMap<_, _> = (built.outputs.iter())
            .filter(|output| output.is_page())
            .map(|output| (output.path.as_str(), ids_and_addresses(&String::from_utf8_lossy(&output.bytes))))
            .collect();
        let files: BTreeSet<_> = built.outputs.iter().map(|output| output.path.as_str()).collect();
        let mut count = 0;
        for (page, (_, addresses)) in &pages {
            for address in addresses {
                let Some((file, place)) = target(page, address) else { continue };
                count += 1;
                prop_assert!(files.contains(file.as_str()), "{page}: no file at {address}");
                if let Some(place) = place {
                    prop_assert!(pages[file.as_str()].0.contains(&place), "{page}: no place at {address}");
                }
            }
        }
        prop_assert!(count > 50, "{count} links");
    }

    #[test]
    fn what_is_copied_is_what_was_written(drafts in drafts()) {
        let (input, messages) = written(&drafts);
        let built = built(&input);
        for (page, messages) in messages {
            for (id, message) in messages {
                prop_assert_eq!(copied(text(&built, &page), &id), message);
            }
        }
    }

    #[test]
    fn a_build_after_others_makes_what_the_first_would(sites in vec(drafts(), 2..4)) {
        let mut memos = Memos::default();
        for drafts in sites {
            let input = written(&drafts).0;
            let memory = Memory::default();
            let nobody = First { wants: &|_| false, take: &|_, _| (), is_gone: &|| false };
            let warm = build_again(&input, &plain(), &memory, &memos, nobody);
            let cold = build(&input, &plain());
            prop_assert!(memory.outputs(&warm.diagnostics) == cold.outputs);
            prop_assert_eq!(warm.diagnostics, cold.diagnostics);
            memos = memos.next();
        }
    }
}
