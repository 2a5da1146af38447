//! A static site generator for a knowledge base whose articles hold messages to copy.
//!
//! [`build`] is the whole way, and each step is a free function that returns its value and what it
//! found wrong:
//!
//! 1. `article::parse` reads each file alone, in parallel: front matter, Markdown, blocks.
//! 2. `site::assemble` brings them together: sections, terms, links, templates, related articles.
//! 3. `page::plan` says which pages there are and what each shows.
//! 4. `render::render` makes them HTML, in parallel, with the theme.
//! 5. `outputs` adds the feed, the sitemap, social cards, assets and files; two that want one path
//!    are reported.
//! 6. `verify::verify` reads the finished HTML and reports every address that leads nowhere.
//!
//! [`check`] goes the same way and adds what `editorial` says of sentences, messages and relations.
//! What it found may carry edits, which `mend` puts together; which addresses on other sites there
//! are, `away` collects.
//! [`checkup`] lets `doctor` look the whole over.
//!
//! For those who write, `editor` tells text editors what the field tables say, `skeleton` begins an
//! article, and `starter` holds a first site.
//!
//! Files, clock, network and terminal belong to `disk`, `fetch`, `watch`, `http` and `cli`. What has an
//! error is never written: [`build`] then returns no outputs.

#![forbid(unsafe_code)]
#![warn(clippy::disallowed_methods)]

// foundation
pub mod anchors;
pub mod config;
pub mod diagnostic;
pub mod mend;
pub mod placeholder;
pub mod schema;
pub mod slug;
pub mod source;
pub mod typography;

// parsing
pub mod article;
pub mod blocks;
pub mod frontmatter;
pub mod headings;
pub mod highlight;
pub mod markdown;
pub mod piece;

// site
pub mod site;

// output
pub mod away;
pub mod doctor;
pub mod editor;
pub mod editorial;
pub mod import;
pub mod outputs;
pub mod page;
pub mod render;
pub mod skeleton;
pub mod starter;
pub mod strings;
pub mod theme;
pub mod verify;

// edges
#[allow(clippy::disallowed_methods)]
pub mod cli;
#[allow(clippy::disallowed_methods)]
pub mod disk;
#[allow(clippy::disallowed_methods)]
pub mod fetch;
#[allow(clippy::disallowed_methods)]
pub mod http;
#[allow(clippy::disallowed_methods)]
pub mod watch;

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::article::Role;
use crate::away::Away;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity, has_errors, tidy};
use crate::doctor::Checkup;
use crate::editorial::relations;
use crate::outputs::cards::{Card, Cards, Known};
use crate::outputs::{OUTPUTS, Output, assets, cards, claim, cms, offline};
use crate::site::{File, Ground, Site};
use crate::source::Source;

/// Everything a build reads; it is in memory before the first stage begins.
#[derive(Debug)]
pub struct Input {
    /// `content/site.yaml`, parsed.
    pub config: Config,
    /// `content/site.yaml` as text.
    pub config_source: Source,
    /// Every Markdown file of content, sorted by path.
    pub articles: Vec<Source>,
    /// Every other file of content, sorted by path.
    pub files: Vec<File>,
    /// The files of the site's theme in `themes/` and of those that it stands on, sorted by path; the
    /// default theme is in the binary.
    pub theme: Vec<File>,
    /// Social cards that an earlier build drew.
    pub cards: Known,
    /// Code that an earlier build coloured.
    pub listings: highlight::Known,
    /// What reading found wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a build is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Instead of the one in site.yaml, with a slash at its end.
    pub base_url: Option<String>,
    /// Whether pages have a social card, if site.yaml says so, too.
    pub cards: bool,
    /// Whether browsers may keep the site for times without a network, if site.yaml says so, too.
    pub offline: bool,
    /// Whether drafts and articles of the future are published.
    pub drafts: bool,
    /// The day that "the future" is measured from.
    pub today: Date,
}

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// Empty where a diagnostic is an error.
    pub outputs: Vec<Output>,
    /// In the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// The social cards among the outputs; empty where a diagnostic is an error.
    pub cards: Vec<Card>,
    /// The coloured code of all articles.
    pub listings: highlight::Known,
    /// How much there is.
    pub counts: Counts,
    /// Addresses on other sites, where [`check_away`] collected them.
    pub away: Vec<Away>,
}

/// How much a site holds.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counts {
    /// Published articles, without index pages.
    pub articles: usize,
    /// Templates that an article owns; the tones of one message count once.
    pub templates: usize,
    /// Social cards that no earlier build had drawn.
    pub drawn: usize,
}

impl Input {
    /// Every text that authors write: the articles and `content/site.yaml`.
    pub fn texts(&self) -> impl Iterator<Item = &Source> {
        self.articles.iter().chain([&self.config_source])
    }
}

/// Builds the whole site in memory.
pub fn build(input: &Input, options: &Options) -> Built {
    build_with(input, options, true, |_| Vec::new(), |_, _| ()).0
}

/// Builds the whole site in memory, all but the pixels of its social cards, and says what an editor
/// would say, too.
pub fn check(input: &Input, options: &Options) -> Built {
    check_with(input, options, |_, _| Vec::new())
}

/// The same, and reads every page once more for the addresses on other sites.
pub fn check_away(input: &Input, options: &Options) -> Built {
    check_with(input, options, away::collect)
}

fn check_with(
    input: &Input,
    options: &Options,
    collect: impl FnOnce(&Site<'_>, &[Output]) -> Vec<Away>,
) -> Built {
    let review = |site: &Site<'_>| editorial::review(site, &input.articles, options.today);
    let (built, away) = build_with(input, options, false, review, collect);
    Built { away, ..built }
}

/// Builds the whole site in memory, all but the pixels of its social cards, and looks it over for
/// whoever maintains it; where there is an error, there is no whole to look at, and no checkup.
pub fn checkup(input: &Input, options: &Options) -> (Built, Option<Checkup>) {
    let examine = |site: &Site<'_>, outputs: &[Output]| {
        doctor::examine(site, &input.articles, outputs, options.today)
    };
    let (built, checkup) = build_with(input, options, false, |_| Vec::new(), examine);
    let is_whole = !has_errors(&built.diagnostics);
    (built, is_whole.then_some(checkup))
}

fn build_with<T>(
    input: &Input,
    options: &Options,
    draw: bool,
    review: impl FnOnce(&Site<'_>) -> Vec<Diagnostic>,
    look: impl FnOnce(&Site<'_>, &[Output]) -> T,
) -> (Built, T) {
    let config =
        Config { offline: input.config.offline && options.offline, ..input.config.clone() };
    let config = &config;
    let mut found = input.diagnostics.clone();

    let parsed: Vec<_> = input
        .articles
        .par_iter()
        .map(|source| article::parse(source, config, &input.listings))
        .collect();
    let (articles, problems): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
    found.extend(problems.into_iter().flatten());

    let ground = Ground {
        config,
        files: &input.files,
        base_url: options.base_url.as_deref().unwrap_or(&config.base_url),
        drafts: options.drafts,
        today: options.today,
    };
    let (site, problems) = site::assemble(articles.into_iter().flatten().collect(), &ground);
    found.extend(problems);
    found.extend(review(&site));
    found.extend(cms::check(&site));

    let (theme, problems) = theme::load(&input.theme, config);
    found.extend(problems);
    let (assets, problems) = assets::make(&theme, &site.urls);
    found.extend(problems);
    let (pages, problems) = page::plan(&site, &theme.strings, &assets);
    found.extend(problems);

    let own = site.articles.iter().filter(|article| article.role == Role::Article);
    let mut counts =
        Counts { articles: own.count(), templates: site.library.owned.len(), drawn: 0 };
    let (mut outputs, mut cards) = (Vec::new(), Cards::default());
    if !has_errors(&found) {
        let shared = page::site_view(&site, &assets);
        if options.cards && config.cards {
            let (designed, problems) = cards::design(&shared, &pages, &theme);
            found.extend(problems);
            cards = designed;
        }
        let (rendered, problems) = render::render(&site, &shared, &pages, &cards, &theme);
        found.extend(problems);
        outputs = rendered;
        outputs.extend(OUTPUTS.iter().flat_map(|kind| (kind.make)(&site, &pages, &theme.strings)));
        outputs.extend(assets.outputs);
        outputs.extend(offline::make(&site, &theme, &outputs));
        // a page that could not be rendered would make every link to it a dead one
        if !has_errors(&found) {
            found.extend(verify::verify(&outputs, &site.urls, &input.articles));
        }
        if draw && !has_errors(&found) {
            let (drawn, number, problems) = cards::draw(&cards, &input.cards);
            found.extend(problems);
            outputs.extend(drawn);
            counts.drawn = number;
        }
        found.extend(claim(&outputs));
    }
    forgive(config, &mut found);
    wait_with_relations(&input.articles, &mut found);
    let looked = look(&site, &outputs);
    mend::keep_sure(&mut found, input.texts());
    tidy(&mut found);
    if has_errors(&found) {
        outputs.clear();
        cards = Cards::default();
    }
    let listings = site.articles.into_iter().flat_map(|article| article.body.listings).collect();
    let (diagnostics, cards, away) = (found, cards.cards, Vec::new());
    (Built { outputs, diagnostics, cards, listings, counts, away }, looked)
}

/// Where an article is left out, or its head is not what it was meant to be, nothing can be said of how
/// articles lead to each other; only the mistake itself is told.
fn wait_with_relations(articles: &[Source], found: &mut Vec<Diagnostic>) {
    let of_relations = |one: &Diagnostic| relations::CODES.contains(&one.code);
    if !found.iter().any(of_relations) {
        return;
    }
    let sources: HashMap<&str, &Source> =
        articles.iter().map(|source| (source.path.as_str(), source)).collect();
    let of_article =
        |one: &&Diagnostic| one.severity == Severity::Error && one.place.file != config::PATH;
    let is_unread = found.iter().filter(of_article).any(|one| match &one.place.span {
        Some(span) => sources
            .get(one.place.file.as_str())
            .is_some_and(|source| span.start < frontmatter::body_start(source)),
        // of a file as a whole
        None => Path::new(&one.place.file).extension().is_some_and(|kind| kind == "md"),
    });
    if is_unread {
        found.retain(|one| !of_relations(one));
    }
}

/// Where a vocabulary of site.yaml cannot be read, every word of it is missing everywhere; only the
/// mistake itself is told.
fn forgive(config: &Config, found: &mut Vec<Diagnostic>) {
    let own = |one: &Diagnostic| one.severity == Severity::Error && one.place.file == config::PATH;
    if !found.iter().any(own) {
        return;
    }
    let unread = [
        ("unknown-stage", config.stages.is_empty()),
        ("unknown-source", config.sources.is_empty()),
        ("unknown-channel", config.channels.is_empty()),
        ("unknown-placeholder", config.placeholders.is_empty()),
        ("unknown-section", config.sections.is_empty()),
    ];
    found.retain(|one| !unread.contains(&(one.code, true)));
}
