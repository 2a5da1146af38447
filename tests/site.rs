//! What articles mean to each other: relations, sections, terms, and what is withheld.

use std::sync::Arc;

use corpus::dialect::DIALECTS;
use corpus::{Corpus, Shape, Tags};
use postrej_site::diagnostic::Diagnostic;
use postrej_site::site::structure::Memos;
use postrej_site::site::{Ground, Site, assemble};
use postrej_site::{Input, article, build};

use crate::memory::{
    TODAY, between, complaints, folder, made, made_with, paths, plain, read, site, text,
};

const SETTINGS: &str = "\
title: T
base_url: https://example.org/
sections: [reply]
related: 2
";

const HOME: (&str, &str) = ("index.md", "---\ntitle: Home\n---\n");
const SECTION: (&str, &str) = ("reply/index.md", "---\ntitle: Reply\n---\n");

/// An article with more front matter and a text.
fn article(title: &str, fields: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndescription: D.\ndate: 2026-03-02\n{fields}---\n\n{body}\n")
}

/// The small site of this file with more articles.
fn with<'a>(more: impl IntoIterator<Item = (&'a str, &'a str)>) -> Input {
    site(SETTINGS, [HOME, SECTION].into_iter().chain(more))
}

/// The articles of a site, related.
fn assembled(input: &Input) -> Site<'_> {
    let (site, found) = assembled_again(input, None);
    assert_eq!(found, []);
    site
}

/// The same, with what an earlier round made, and what is wrong.
fn assembled_again<'a>(input: &'a Input, memos: Option<&'a Memos>) -> (Site<'a>, Vec<Diagnostic>) {
    let parse = |source| article::parse(source, &input.config, &input.listings);
    let parsed = input.articles.iter().map(parse);
    let articles = parsed.filter_map(|(article, _)| article).collect();
    let (config, base_url) = (&input.config, input.config.base_url.as_str());
    let files = &input.files;
    let ground =
        Ground { config, files, base_url, drafts: false, today: TODAY, settings: 0, memos };
    assemble(articles, &ground)
}

/// What is related to an article: named (with reasons), close, mentioned in, next.
fn relations(site: &Site<'_>, slug: &str) -> [Vec<String>; 4] {
    let slug_of = |at: usize| site.articles[at].slug.clone();
    let own = site.articles.iter().position(|article| article.slug == slug).expect("an article");
    let found = &site.structure.relations[own];
    let named = found.named.iter().map(|(at, reason)| match reason {
        Some(reason) => format!("{}: {reason}", slug_of(*at)),
        None => slug_of(*at),
    });
    [
        named.collect(),
        site.close_to(own).into_iter().map(slug_of).collect(),
        found.mentioned_in.iter().map(|at| slug_of(*at)).collect(),
        found.next.map(slug_of).into_iter().collect(),
    ]
}

#[test]
fn related_is_what_the_author_named_then_what_is_close_then_who_mentions_it() {
    let input = read(&folder("site"));
    let site = assembled(&input);
    let none: [&str; 0] = [];
    let [named, close, mentioned_in, next] = relations(&site, "thank-you");
    assert_eq!(named, ["keep-in-touch: some weeks later", "ask-why"]);
    // shared tags and stages first, words after them; nothing that was named
    assert_eq!(close, ["another-note", "a-word-of-thanks"]);
    // `ask-why` names it and links it, and is named by it
    assert_eq!(mentioned_in, ["a-word-of-thanks"]);
    assert_eq!(next, ["ask-why"]);

    let [named, close, mentioned_in, next] = relations(&site, "keep-in-touch");
    assert_eq!(named, none);
    assert_eq!(close, ["be-useful"]);
    assert_eq!(mentioned_in, ["thank-you"]);
    assert_eq!(next, none);
}

#[test]
fn relations_do_not_depend_on_the_order_of_the_files() {
    let mut input = read(&folder("site"));
    let first = assembled(&input).structure;
    input.articles.reverse();
    assert_eq!(first.relations, assembled(&input).structure.relations);
}

#[test]
fn other_words_leave_the_structure_as_it_is() {
    let round = |memos: Memos, body: &str| {
        let (one, two) = (article("One", "", body), article("Two", "", "Two."));
        let input = with([("reply/one.md", one.as_str()), ("reply/two.md", two.as_str())]);
        let (site, found) = assembled_again(&input, Some(&memos));
        let (structure, found) = (Arc::clone(&site.structure), found.len());
        (memos.next(), structure, found)
    };
    let (memos, first, _) = round(Memos::default(), "A word and [a link](two.md).");
    let (memos, words, _) = round(memos, "Other, many more words and [a link](two.md).");
    assert!(Arc::ptr_eq(&first, &words));

    let (memos, heading, _) = round(memos, "## Why\n\nA word and [a link](two.md).");
    assert!(!Arc::ptr_eq(&words, &heading));
    let (memos, unlinked, _) = round(memos, "## Why\n\nA word.");
    let two = unlinked.relations.len() - 1;
    assert_eq!(heading.relations[two].mentioned_in, [two - 1]);
    assert_eq!(unlinked.relations[two].mentioned_in, [0; 0]);

    // what is wrong is told where it stands now
    let (memos, wrong, found) = round(memos, "A [link](three.md).");
    assert_eq!(found, 1);
    let (_, moved, found) = round(memos, "A word and a [link](three.md).");
    assert_eq!(found, 1);
    assert!(!Arc::ptr_eq(&wrong, &moved));
}

#[test]
fn what_thousands_share_is_not_looked_at() {
    // An article looks at 4096 places at most, the rarest feature first: so the work grows with the
    // number of articles, not with its square.
    let number = 4100;
    let texts: Vec<(String, String)> = (0..number)
        .map(|at| {
            let rare = if at < 2 { ", rare" } else { "" };
            let fields = format!("tags: [common{rare}]\n");
            (format!("reply/n{at:04}.md"), article(&format!("N{at}"), &fields, ""))
        })
        .collect();
    let input = with(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let site = assembled(&input);
    assert_eq!(relations(&site, "n0000")[1], ["n0001"]);
    assert_eq!(relations(&site, "n0001")[1], ["n0000"]);
    assert!(relations(&site, "n0002")[1].is_empty());
}

#[test]
fn sections_stand_in_the_order_of_the_settings_and_articles_in_that_of_their_index() {
    let input = read(&folder("site"));
    let built = made(&input);
    let home = between(text(&built, "index.html"), "<main", "</main>");
    assert!(home.find("/reply/").expect("a link") < home.find("/connect/").expect("a link"));
    let site = assembled(&input);
    let order = site.structure.sections.iter().map(|section| {
        let slugs = section.articles.iter().map(|at| site.articles[*at].slug.as_str());
        (section.key.as_str(), slugs.collect::<Vec<_>>())
    });
    // the index of `reply` names two; the rest follows by title: "A word", "Another"
    let reply = vec!["thank-you", "ask-why", "a-word-of-thanks", "another-note"];
    let expected = [("reply", reply), ("connect", vec!["be-useful", "keep-in-touch"])];
    assert_eq!(order.collect::<Vec<_>>(), expected);
}

#[test]
fn stages_and_tags_have_pages_if_they_have_articles() {
    let input = read(&folder("site"));
    let built = made(&input);
    let folder = |start: &str| {
        let own = paths(&built).into_iter().filter(|path| path.starts_with(start));
        own.map(str::to_owned).collect::<Vec<_>>()
    };
    let stages =
        ["stages/final-round/index.html", "stages/index.html", "stages/interview/index.html"];
    assert_eq!(folder("stages/"), stages);
    let tags = ["e-mail/index", "feedback/index", "index", "network/index", "notes/index"];
    let tags: Vec<_> = tags.into_iter().map(|tag| format!("tags/{tag}.html")).collect();
    assert_eq!(folder("tags/")[..5], tags);
    let interview = between(text(&built, "stages/interview/index.html"), "<main", "</main>");
    let at = |title: &str| interview.find(title).unwrap_or_else(|| panic!("no {title}"));
    assert!(at("Another thank-you note") < at("Ask why") && at("Ask why") < at("Say thank you"));
    assert!(!interview.contains("A word of thanks"));
}

#[test]
fn drafts_and_the_future_are_withheld() {
    let input = read(&folder("site"));
    let both = ["connect/a-draft/index.html", "connect/next-year/index.html"];
    let built = made(&input);
    assert!(paths(&built).iter().all(|path| !both.contains(path)));
    assert!(paths(&built).contains(&"connect/keep-in-touch/index.html"), "today is not the future");
    for output in &built.outputs {
        let text = String::from_utf8_lossy(&output.bytes);
        for slug in ["a-draft", "next-year", "/tags/drafts/"] {
            assert!(!text.contains(slug), "{} names {slug}", output.path);
        }
    }
    let mut options = plain();
    options.drafts = true;
    let built = made_with(&input, &options);
    assert!(both.iter().all(|path| paths(&built).contains(path)));
    options.drafts = false;
    options.today = TODAY.tomorrow().expect("a day");
    assert!(paths(&made_with(&input, &options)).contains(&both[1]));
}

#[test]
fn links_to_what_is_withheld_are_reported() {
    let draft = article("Draft", "draft: true\n", "");
    let future = article("Future", "", "").replace("2026-03-02", "2026-11-21");
    let own = article("Own", "related: [draft]\nnext: future\n", "[a](draft.md) [b](future.md)");
    let files = [("reply/draft.md", draft.as_str()), ("reply/future.md", &future)];
    let input = with(files.into_iter().chain([("reply/own.md", own.as_str())]));
    let found = complaints(&input, &build(&input, &plain()));
    let is = |line: usize, code: &str, words: &str| {
        let start = format!("content/reply/own.md:{line} {code}: ");
        assert!(
            found.iter().any(|one| one.starts_with(&start) && one.contains(words)),
            "no {start} {words} in {found:?}"
        );
    };
    assert_eq!(found.len(), 4, "{found:?}");
    is(5, "unknown-related", "it is a draft");
    is(6, "unknown-next", "a date in the future");
    is(9, "broken-link", "it is a draft");
    is(9, "broken-link", "a date in the future");
}

#[test]
fn an_old_address_leads_to_the_article() {
    let input = read(&folder("site"));
    let built = made(&input);
    for path in ["thanks/index.html", "old/thanks.html"] {
        let page = text(&built, path);
        assert!(page.contains("content=\"0; url=/reply/thank-you/\""), "{page}");
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{page}");
        let canonical = "rel=\"canonical\" href=\"https://example.org/reply/thank-you/\"";
        assert!(page.contains(canonical), "{page}");
    }
}

#[test]
fn two_things_cannot_have_one_address_even_if_capitals_differ() {
    let alias = |alias: &str| article("Own", &format!("aliases: [{alias}]\n"), "");
    let clash = |text: &str, more: Option<(&'static str, &'static str)>| {
        let input = with([("reply/own.md", text)].into_iter().chain(more));
        let built = build(&input, &plain());
        assert!(built.outputs.is_empty());
        complaints(&input, &built)
    };
    for (text, more, owners) in [
        (alias("/Reply/OWN/"), None, ["content/reply/own.md", "the alias `/Reply/OWN/`"]),
        (alias("/reply/"), None, ["content/reply/index.md", "the alias `/reply/`"]),
        (alias("/x/"), Some(("x/index.html", "X")), ["content/x/index.html", "the alias `/x/`"]),
        (alias("/y/"), Some(("robots.txt", "X")), ["content/robots.txt", "the list of pages"]),
    ] {
        let found = clash(&text, more);
        let [one] = found.as_slice() else { panic!("one clash, not {found:?}") };
        assert!(one.contains(" same-address: two things want the address "), "{one}");
        assert!(owners.iter().all(|owner| one.contains(owner)), "{one}");
    }
}

/// What is measured must be built: a site with an error is stopped half way, and would seem quick.
#[test]
fn the_articles_that_are_measured_have_no_mistake() {
    let dialect = DIALECTS.iter().find(|dialect| dialect.name == "postrej-site");
    let dialect = dialect.expect("the dialect of this generator");
    let usual = Shape::usual(60);
    for shape in [
        usual,
        Shape { one_folder: true, ..usual },
        Shape { tags: Tags::Even(200), ..usual },
        Shape { tags: Tags::Shared, ..usual },
    ] {
        let corpus = Corpus::new(shape);
        let written = (0..60).map(|number| (dialect.article)(&corpus, &corpus.article(number)));
        let (mut settings, mut files) = (String::new(), Vec::new());
        for file in (dialect.rest)(&corpus).into_iter().chain(written) {
            match file.path.strip_prefix("content/").expect("a file of content") {
                "site.yaml" => settings = file.text,
                path => files.push((path.to_owned(), file.text)),
            }
        }
        let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let input = site(&settings, files);
        assert_eq!(made(&input).counts.articles, 60);
    }
}
