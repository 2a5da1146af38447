//! A static site generator for a knowledge base whose articles hold messages to copy.
//!
//! [`build`] is the whole way, and each step is a free function that returns its value and what it
//! found wrong:
//!
//! 1. `article::parse` reads each file alone, in parallel: front matter, Markdown, blocks.
//! 2. `site::assemble` brings them together: sections, terms, links, templates, related articles.
//! 3. `page::plan` says which pages there are and what each shows.
//! 4. `outputs` makes the feed, the sitemap, the search index, assets and files.
//! 5. `render` makes each page HTML with the theme, and `verify` reads it at once, in parallel: every
//!    address that leads nowhere is reported, and two outputs that want one path.
//!
//! An output goes to a [`Sink`] as soon as it is made: the disk, the memory of `serve`, or nowhere.
//! `serve` goes the whole way again after each change ([`build_again`]): what it parsed and resolved
//! before is found by its hash in [`Memos`], and the pages that somebody looks at are made first.
//! [`check`] goes the same way and adds what `editorial` says of sentences, messages and relations.
//! What it found may carry edits, which `mend` puts together; which addresses on other sites there
//! are, `away` collects.
//! [`checkup`] lets `doctor` look the whole over.
//!
//! For those who write, `editor` tells text editors what the field tables say, `explain` says what the
//! code of a mistake means, `skeleton` begins an article, and `starter` holds a first site.
//!
//! Files, clock, network and terminal belong to `disk`, `fetch`, `watch`, `http` and `cli`. What has an
//! error is never written: [`build`] then returns no outputs.

#![forbid(unsafe_code)]
#![warn(clippy::disallowed_methods)]

// foundation
pub mod anchors;
pub mod config;
pub mod diagnostic;
pub mod explain;
pub mod html;
pub mod memo;
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
pub mod topics;

// site
pub mod site;

// output
pub mod away;
pub mod consequences;
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

use std::mem;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::article::{Article, Role};
use crate::away::Away;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, has_errors, tidy};
use crate::doctor::Checkup;
use crate::memo::Memo;
use crate::outputs::assets::{self, Assets};
use crate::outputs::cards::{Card, Cards, Known};
use crate::outputs::{Finished, First, Memory, Output, Sink, Told, Way, cards, cms, hand};
use crate::render::Scene;
use crate::site::structure;
use crate::site::urls::Urls;
use crate::site::{File, Ground, Site};
use crate::source::Source;
use crate::theme::Theme;

/// Everything a build reads; it is in memory before the first stage begins.
#[derive(Debug, Clone)]
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
    /// Where they were kept in memory, in the order of paths; empty where a diagnostic is an error.
    pub outputs: Vec<Output>,
    /// In the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// The social cards among the outputs; empty where a diagnostic is an error.
    pub cards: Vec<Card>,
    /// Those that no earlier build had drawn.
    pub drawn: Known,
    /// The coloured code of all articles.
    pub listings: highlight::Known,
    /// How much there is.
    pub counts: Counts,
    /// Addresses on other sites, where [`check_away`] collected them.
    pub away: Vec<Away>,
}

/// How much a site holds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Published articles, without index pages.
    pub articles: usize,
    /// Templates that an article owns; the tones of one message count once.
    pub templates: usize,
    /// Files of the site.
    pub files: usize,
}

/// What one round of builds after the other need not make again.
#[derive(Debug, Default)]
pub struct Memos {
    articles: Memo<Parsed>,
    site: structure::Memos,
    dress: Memo<Dress>,
}

/// An article, where its file is one, and what is wrong with it.
type Parsed = (Option<Arc<Article>>, Vec<Diagnostic>);

/// The theme, its files, and what is wrong with them.
#[derive(Debug)]
struct Dress {
    theme: Theme,
    assets: Assets,
    found: Vec<Diagnostic>,
}

impl Memos {
    /// For the next round: all that this one asked for.
    #[must_use]
    pub fn next(self) -> Self {
        let (articles, dress) = (self.articles.next(|_| true), self.dress.next(|_| true));
        Self { articles, site: self.site.next(), dress }
    }
}

impl Input {
    /// Every text that authors write: the articles and `content/site.yaml`.
    pub fn texts(&self) -> impl Iterator<Item = &Source> {
        self.articles.iter().chain([&self.config_source])
    }
}

/// Builds the whole site in memory.
pub fn build(input: &Input, options: &Options) -> Built {
    let memory = Memory::default();
    let way = Way { sink: &memory, ..Way::default() };
    let round = Round { way, draw: true, ..Round::default() };
    let built = build_with(input, options, round, |_| Vec::new(), |_, _| ()).0;
    Built { outputs: memory.outputs(&built.diagnostics), ..built }
}

/// Builds the whole site and hands each file on as soon as it is made. Where there is an error, the
/// files so far are not a site. It is meant for a process that builds once.
pub fn build_into(input: &Input, options: &Options, sink: &dyn Sink, told: Told<'_>) -> Built {
    let way = Way { sink, told, ..Way::default() };
    let round = Round { way, draw: true, is_last: true, memos: None };
    build_with(input, options, round, |_| Vec::new(), |_, _| ()).0
}

/// The same, once more: what a round with these memos made is not made again, and who waits for some
/// of the pages has them first.
pub fn build_again(
    input: &Input,
    options: &Options,
    sink: &dyn Sink,
    memos: &Memos,
    first: First<'_>,
) -> Built {
    let way = Way { sink, first: Some(first), ..Way::default() };
    let round = Round { way, draw: true, memos: Some(memos), ..Round::default() };
    build_with(input, options, round, |_| Vec::new(), |_, _| ()).0
}

/// Builds the whole site, keeps nothing but what is wrong with it, and says what an editor would say,
/// too. No social card is drawn.
pub fn check(input: &Input, options: &Options) -> Built {
    check_with(input, options, |_, _| Vec::new())
}

/// The same, and collects the addresses on other sites.
pub fn check_away(input: &Input, options: &Options) -> Built {
    check_with(input, options, |site, finished| away::collect(site, &finished.pages))
}

fn check_with(
    input: &Input,
    options: &Options,
    collect: impl FnOnce(&Site<'_>, &Finished) -> Vec<Away>,
) -> Built {
    let review = |site: &Site<'_>| editorial::review(site, &input.articles, options.today);
    let (built, away) = build_with(input, options, Round::default(), review, collect);
    Built { away: away.unwrap_or_default(), ..built }
}

/// Builds the whole site, keeps none of its files, and looks it over for whoever maintains it; where
/// there is an error, there is no whole to look at, and no checkup.
pub fn checkup(input: &Input, options: &Options) -> (Built, Option<Checkup>) {
    let examine = |site: &Site<'_>, finished: &Finished| {
        doctor::examine(site, &input.articles, &finished.made, options.today)
    };
    build_with(input, options, Round::default(), |_| Vec::new(), examine)
}

/// How a build goes.
#[derive(Default)]
struct Round<'a> {
    way: Way<'a>,
    /// Whether social cards get their pixels.
    draw: bool,
    /// Whether this process builds no more: what only parsing needs is let go after it.
    is_last: bool,
    /// What an earlier round made, where there are rounds.
    memos: Option<&'a Memos>,
}

/// The whole way; `look` sees a site without errors.
fn build_with<T>(
    input: &Input,
    options: &Options,
    Round { way, draw, is_last, memos }: Round<'_>,
    review: impl FnOnce(&Site<'_>) -> Vec<Diagnostic>,
    look: impl FnOnce(&Site<'_>, &Finished) -> T,
) -> (Built, Option<T>) {
    let config =
        Config { offline: input.config.offline && options.offline, ..input.config.clone() };
    let config = &config;
    let mut found = input.diagnostics.clone();

    let settings =
        xxh3_64_with_seed(input.config_source.text.as_bytes(), u64::from(config.offline));
    let parsed: Vec<_> = (input.articles.par_iter())
        .map(|source| {
            let memo = memos.map(|memos| &memos.articles);
            let parse = || article::parse(source, config, &input.listings);
            memo::recall(memo, || source.hash(settings), parse)
        })
        .collect();
    let articles = parsed.iter().filter_map(|parsed| parsed.0.clone()).collect();
    found.extend(parsed.iter().flat_map(|parsed| parsed.1.iter().cloned()));
    way.tell("parse", parsed.len(), "texts");
    drop(parsed);
    if is_last {
        highlight::unload();
    }

    let ground = Ground {
        config,
        files: &input.files,
        base_url: options.base_url.as_deref().unwrap_or(&config.base_url),
        drafts: options.drafts,
        today: options.today,
        settings,
        memos: memos.map(|memos| &memos.site),
    };
    let (site, problems) = site::assemble(articles, &ground);
    found.extend(problems);
    found.extend(review(&site));
    found.extend(cms::check(&site));
    way.tell("assemble", site.articles.len(), "articles");

    let hash = || {
        let seed = xxh3_64_with_seed(ground.base_url.as_bytes(), settings);
        input.theme.iter().fold(seed, |hash, file| file.hash(hash))
    };
    let dress = memos.map(|memos| &memos.dress);
    let dress = memo::recall(dress, hash, || dress_up(input, config, &site.urls));
    let Dress { theme, assets, found: problems } = &*dress;
    found.extend(problems.iter().cloned());
    way.tell("theme", assets.outputs.len(), "files");
    let ground = page::Ground { site: &site, strings: &theme.strings, assets };
    let (pages, problems) = page::plan(ground);
    found.extend(problems);
    way.tell("plan", pages.len(), "pages");

    let own = site.articles.iter().filter(|article| article.role == Role::Article);
    let mut counts = Counts {
        articles: own.count(),
        templates: site.structure.library.owned.len(),
        ..Counts::default()
    };
    let (mut finished, mut cards, mut drawn) = (Finished::default(), Vec::new(), Known::new());
    if !has_errors(&found) {
        let shared = page::site_view(&site, assets);
        let mut designed = Cards::default();
        if options.cards && config.cards {
            let (cards, problems) = cards::design(&shared, &pages, &ground, theme);
            found.extend(problems);
            designed = cards;
            way.tell("cards", designed.cards.len(), "cards");
        }
        let (scene, problems) = Scene::new(ground, &shared, &designed, theme);
        found.extend(problems);
        let early = outputs::early(&scene, &pages, &found, way);
        let (all, problems) = outputs::all(&scene, &pages, &early, &input.articles, way);
        found.extend(problems);
        finished = all;
        if draw && !has_errors(&found) {
            let (outputs, new, problems) = cards::draw(&designed, &input.cards);
            found.extend(problems);
            finished.made.extend(hand(outputs, way.sink));
            way.tell("draw", new.len(), "new cards");
            drawn = new;
        }
        cards = designed.cards;
        found.extend(outputs::names(&finished.made, &site.articles));
    }
    counts.files = finished.made.len();
    consequences::leave_out(config, &input.articles, &mut found);
    let looked = (!has_errors(&found)).then(|| look(&site, &finished));
    mend::keep_sure(&mut found, input.texts());
    tidy(&mut found);
    if has_errors(&found) {
        (cards, drawn) = (Vec::new(), Known::new());
    }
    let listings = site.articles.iter().flat_map(|article| article.body.listings.clone()).collect();
    if is_last {
        // the end of the process takes it away at once, piece by piece takes as long as a stage
        mem::forget((pages, finished));
        mem::forget(site);
    }
    let (diagnostics, away) = (found, Vec::new());
    (Built { outputs: Vec::new(), diagnostics, cards, drawn, listings, counts, away }, looked)
}

/// The theme, ready for every page.
fn dress_up(input: &Input, config: &Config, urls: &Urls) -> Dress {
    let (theme, mut found) = theme::load(&input.theme, config);
    let (assets, problems) = assets::make(&theme, urls);
    found.extend(problems);
    Dress { theme, assets, found }
}
