//! Social cards: which page has which, what they show, and that none is drawn twice.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use postrej_site::outputs::cards::Known;
use postrej_site::{Built, Input, Options, build, check};
use xxhash_rust::xxh3::xxh3_64;

use crate::memory::{between, complaints, made_with, plain, site, text};
use crate::support::{SMALL, Site, golden};

const SETTINGS: &str = "title: After & before the “no”\nbase_url: https://example.org/rejection/\n\
                        sections: [reply]\n";

/// A home page, a section, and an article with each title.
fn titled(titles: &[&str]) -> Input {
    let articles = titles.iter().enumerate().map(|(number, title)| {
        let text = format!("---\ntitle: '{title}'\ndescription: x\ndate: 2026-03-02\n---\nText.\n");
        (format!("reply/t{number}.md"), text)
    });
    let articles: Vec<_> = articles.collect();
    let shared = [
        ("index.md", "---\ntitle: What just happened?\n---\nText.\n"),
        ("reply/index.md", "---\ntitle: Reply <now>\naliases: []\n---\nText.\n"),
    ];
    let articles = articles.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    site(SETTINGS, shared.into_iter().chain(articles))
}

fn with_cards() -> Options {
    Options { cards: true, ..plain() }
}

/// The card that a page names, as a path in the site.
fn card_of(built: &Built, page: &str) -> Option<String> {
    let html = text(built, page);
    let names = "<meta property=\"og:image\" content=\"https://example.org/rejection/";
    html.contains("og:image").then(|| between(html, names, "\"").to_owned())
}

fn svg_of<'a>(built: &'a Built, page: &str) -> &'a str {
    let path = card_of(built, page).expect("a card");
    &built.cards.iter().find(|card| card.path() == path).expect("a card's SVG").svg
}

/// What a build with cards leaves for the next.
fn known(built: &Built) -> Known {
    let bytes = |path: &str| built.outputs.iter().find(|output| output.path == path);
    let cards = built.cards.iter();
    cards
        .map(|card| (card.key.clone(), bytes(&card.path()).expect("a file").bytes.clone()))
        .collect()
}

#[test]
fn a_page_names_its_card() {
    let built = made_with(&titled(&["Say \"thanks\""]), &with_cards());
    let html = text(&built, "reply/t0/index.html");
    let path = card_of(&built, "reply/t0/index.html").expect("a card");
    let said = between(html, "<meta property=\"og:image\"", "<meta property=\"article");
    assert_eq!(
        said.replace(&path, "CARD"),
        " content=\"https://example.org/rejection/CARD\">\n\
         <meta property=\"og:image:width\" content=\"1200\">\n\
         <meta property=\"og:image:height\" content=\"630\">\n\
         <meta property=\"og:image:alt\" \
         content=\"Say “thanks” – After &amp; before the “no”\">\n\
         <meta name=\"twitter:card\" content=\"summary_large_image\">\n"
    );
    assert!(built.outputs.iter().any(|output| output.path == path));
}

#[test]
fn cards_as_they_are_drawn() {
    let titles = [
        "No",
        "Ask <why> & \"how\", in Größe and Ärger",
        "Что написать, когда вам отказали после собеседования, и что оставить до завтра",
    ];
    let built = made_with(&titled(&titles), &with_cards());
    let pages = ["index.html", "reply/t0/index.html", "reply/t1/index.html", "reply/t2/index.html"];
    let shown = pages.iter().fold(String::new(), |mut shown, page| {
        let card = card_of(&built, page).expect("a card");
        let file = built.outputs.iter().find(|output| output.path == card).expect("a file");
        let (length, hash) = (file.bytes.len(), xxh3_64(&file.bytes));
        let svg = svg_of(&built, page).trim_end();
        let _ = write!(shown, "{page}\n{svg}\n{length} bytes, {hash:016x}\n\n");
        shown
    });
    // where only the last lines of a page differ, another version draws: name it in RENDERER
    golden("cards.txt", &shown);
}

#[test]
fn what_draws_is_named_with_its_version() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("a file");
    let (lock, source) = (read("Cargo.lock"), read("src/outputs/cards/mod.rs"));
    let named = between(&source, "const RENDERER: &str = \"", "\"");
    for name in ["resvg", "typst-assets"] {
        let version = between(&lock, &format!("name = \"{name}\"\nversion = \""), "\"");
        assert!(named.contains(&format!("{name} {version}")), "{named} is not {name} {version}");
    }
}

#[test]
fn a_card_is_a_small_picture_of_its_size() {
    let built = made_with(&titled(&["Say thanks"]), &with_cards());
    assert_eq!(built.cards.len(), 3);
    for card in &built.cards {
        let file = built.outputs.iter().find(|output| output.path == card.path());
        let bytes = &file.expect("a file").bytes;
        let size = imagesize::blob_size(bytes).expect("a picture");
        assert_eq!((size.width, size.height), (1200, 630));
        assert!(bytes.len() < 40_000, "{}", bytes.len());
    }
}

#[test]
fn two_pages_that_look_the_same_share_a_card() {
    let built = made_with(&titled(&["Say thanks", "Say thanks"]), &with_cards());
    assert_eq!(card_of(&built, "reply/t0/index.html"), card_of(&built, "reply/t1/index.html"));
    assert_eq!(built.cards.len(), 3);
}

#[test]
fn words_that_the_face_lacks_show_the_home_page() {
    let titles = ["感谢您", "شكرا لك", "Well done 🎉", "Спасибо"];
    let built = made_with(&titled(&titles), &with_cards());
    let home = card_of(&built, "index.html");
    assert!(home.is_some());
    for page in ["reply/t0/index.html", "reply/t1/index.html", "reply/t2/index.html"] {
        assert_eq!(card_of(&built, page), home, "{page}");
    }
    assert_ne!(card_of(&built, "reply/t3/index.html"), home);
    assert_eq!(built.diagnostics, []);
}

#[test]
fn a_site_whose_name_the_face_lacks_has_no_cards() {
    let mut input = titled(&["Say thanks"]);
    input.config.title = "感谢您".to_owned();
    let built = made_with(&input, &with_cards());
    assert_eq!(card_of(&built, "index.html"), None);
    assert_eq!(card_of(&built, "reply/t0/index.html"), None);
    assert_eq!((built.cards.len(), built.diagnostics.len()), (0, 0));
}

#[test]
fn old_addresses_and_wrong_ones_have_none() {
    let article = "---\ntitle: T\ndescription: d\ndate: 2026-03-02\naliases: [/old/]\n---\nText.\n";
    let mut input = titled(&[]);
    input.articles.push(postrej_site::source::Source::new("content/reply/a.md", article));
    let built = made_with(&input, &with_cards());
    assert_eq!(card_of(&built, "404.html"), None);
    assert_eq!(card_of(&built, "old/index.html"), None);
    assert!(card_of(&built, "reply/a/index.html").is_some());
}

#[test]
fn no_card_is_drawn_twice() {
    let mut input = titled(&["Say thanks", "Ask why"]);
    let first = made_with(&input, &with_cards());
    assert_eq!(first.drawn.len(), 4);
    input.cards = known(&first);
    let second = made_with(&input, &with_cards());
    assert_eq!(second.drawn.len(), 0);
    assert!(first.outputs == second.outputs);
}

#[test]
fn a_new_title_draws_one_card() {
    let known = known(&made_with(&titled(&["Say thanks", "Ask why"]), &with_cards()));
    let input = Input { cards: known, ..titled(&["Say thanks", "Ask how"]) };
    let built = made_with(&input, &with_cards());
    assert_eq!(built.drawn.len(), 1);
    assert!(built.outputs == made_with(&titled(&["Say thanks", "Ask how"]), &with_cards()).outputs);
}

#[test]
fn what_is_no_card_is_drawn_again() {
    let mut input = titled(&["Say thanks"]);
    let first = made_with(&input, &with_cards());
    input.cards = known(&first);
    for bytes in input.cards.values_mut() {
        *bytes = b"\x89PNG\r\n\x1a\n and then nothing".to_vec();
    }
    let second = made_with(&input, &with_cards());
    assert_eq!(second.drawn.len(), 3);
    assert!(first.outputs == second.outputs);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| made_with(&titled(&["Say thanks", "Ask why"]), &with_cards()).outputs)
    };
    assert!(with(1) == with(4));
}

#[test]
fn a_check_fills_cards_in_and_draws_none() {
    let built = check(&titled(&["Say thanks"]), &with_cards());
    assert_eq!((built.cards.len(), built.drawn.len()), (3, 0));
    assert!(!built.outputs.iter().any(|output| output.path.starts_with("assets/cards/")));
}

#[test]
fn a_site_can_do_without() {
    let mut input = titled(&["Say thanks"]);
    input.config.cards = false;
    for options in [plain(), with_cards()] {
        let built = made_with(&input, &options);
        assert!(!text(&built, "index.html").contains("og:image"));
        assert_eq!(built.cards.len(), 0);
    }
}

/// What a build says of a theme with this card.
fn complaints_of(card: &str) -> Vec<String> {
    let mut input = titled(&["Say thanks"]);
    let file = |path: &str, text: &str| postrej_site::site::File {
        path: path.into(),
        bytes: text.as_bytes().into(),
    };
    input.theme = vec![file("themes/default/templates/card.svg", card)];
    let built = build(&input, &with_cards());
    assert!(built.outputs.is_empty() && built.cards.is_empty());
    complaints(&input, &built)
}

#[test]
fn a_theme_with_a_faulty_card_is_told_once() {
    let file = "themes/default/templates/card.svg";
    assert_eq!(
        complaints_of("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"315\"/>"),
        [format!(
            "{file} card: this is no SVG of a social card's size (begin it with \
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">)"
        )]
    );
    let no_picture = complaints_of("<svg width=\"1200\" height=\"630\"/>");
    assert_eq!(no_picture.len(), 1);
    assert_eq!(
        complaints_of("<svg width=\"1200\" height=\"630\"><g></svg>"),
        [format!(
            "{file} card: this does not make an SVG: expected 'g' tag, not 'svg' at 1:35 \
             (look for a tag without its end)"
        )]
    );
    let fault = &complaints_of("{{ fit(text=page.heading) }}")[0];
    assert!(
        fault.starts_with(&format!(
            "{file} theme: this template cannot be used: missing keyword argument `width`"
        )),
        "{fault}"
    );
}

/// The files of the folder where cards are kept.
fn kept(site: &Site) -> Vec<PathBuf> {
    let folder = ".cache/postrej-site/cards";
    let names = site.files(folder);
    names.iter().map(|name| site.path(&format!("{folder}/{name}"))).collect()
}

#[test]
fn a_build_keeps_the_cards_of_its_site() {
    let site = Site::with(SMALL);
    assert_eq!(site.run("build --quiet").status, Some(0));
    let first = kept(&site);
    assert_eq!(first.len(), site.files("public/assets/cards").len());
    let cards = ".cache/postrej-site/cards";
    let state = site.state(cards);
    assert_eq!(site.run("build --quiet").status, Some(0));
    assert!(state == site.state(cards), "a second build touched the cards");

    site.remove("content/reply/note.md");
    site.write(".cache/postrej-site/cards/mine.png", "not ours");
    assert_eq!(site.run("build --quiet").status, Some(0));
    assert_eq!(kept(&site).len(), first.len());
    assert_eq!(site.read(".cache/postrej-site/cards/mine.png"), "not ours");
    assert!(site.read(".cache/postrej-site/.gitignore").ends_with("\n*\n"));
}

#[test]
fn a_damaged_card_is_drawn_again() {
    let site = Site::with(SMALL);
    site.run("build --quiet");
    let public = site.state("public/assets/cards");
    let paths = kept(&site);
    let whole = fs::read(&paths[0]).expect("a card");
    // as after a full disk, and as after a bad one
    fs::write(&paths[0], &whole[..whole.len() / 2]).expect("a written file");
    let mut other = fs::read(&paths[1]).expect("a card");
    other[1000] ^= 1;
    fs::write(&paths[1], other).expect("a written file");
    // as long as the site is what it was, nobody looks at them
    site.remove(".cache/postrej-site/built");
    assert_eq!(site.run("build --quiet").status, Some(0));
    assert!(public == site.state("public/assets/cards"), "a damaged card was shipped");
    assert_eq!((kept(&site), fs::read(&paths[0]).expect("a card")), (paths, whole));
}

#[test]
fn cards_that_cannot_be_kept_are_no_error() {
    let site = Site::with(SMALL);
    site.write(".cache", "a file");
    let run = site.run("build --quiet");
    assert_eq!(run.status, Some(0));
    let path = Path::new(".").join(".cache/postrej-site");
    let message = format!("cannot make `{}`: ", path.display());
    assert!(run.stderr.starts_with(&message), "{}", run.stderr);
    assert!(run.stderr.ends_with(", so the next build makes all of it again\n"));
    assert_ne!(site.files("public/assets/cards").len(), 0);
}

#[test]
fn only_a_build_draws_and_keeps() {
    let site = Site::with(SMALL);
    site.run("check --quiet");
    site.run("build --quiet --no-cards");
    assert!(!site.path(".cache/postrej-site/cards").exists());
    assert!(!site.read("public/index.html").contains("og:image"));
}
