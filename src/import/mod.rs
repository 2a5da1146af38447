//! A site of another generator becomes a site of this one.
//!
//! Each step is a free function: `jekyll`, `hugo`, `zola` and `docusaurus` say which pages there are
//! and what they were called; `places` gives each a file; `tags`, `callouts`, `mdx`, `kramdown`,
//! `blocks` and `html` rewrite a body, each on the text that the one before it left; `links` comes
//! last, when every page has its new headings. Whatever has no equal is kept as words, or is in the
//! [`report`]. Nothing here reads or writes a file.

pub mod blocks;
pub mod callouts;
pub mod calls;
pub mod docusaurus;
pub mod files;
pub mod frontmatter;
pub mod html;
pub mod hugo;
pub mod jekyll;
pub mod kramdown;
pub mod links;
pub mod liquid;
pub mod mdx;
pub mod meta;
pub mod places;
pub mod report;
pub mod settings;
pub mod shortcodes;
pub mod tags;
pub mod targets;
pub mod traced;
pub mod zola;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use self::calls::Dialect;
use self::frontmatter::{Fields, Head};
use self::meta::Meta;
use self::places::Place;
use self::report::{Kind, Note, Notes};
use self::targets::Targets;
use self::traced::Traced;
use crate::config::Config;
use crate::highlight::Known;
use crate::markdown;
use crate::site::File;
use crate::source::Source;

/// A generator whose sites can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// jekyllrb.com
    Jekyll,
    /// gohugo.io
    Hugo,
    /// getzola.org
    Zola,
    /// docusaurus.io
    Docusaurus,
}

/// A site as its generator sees it.
#[derive(Debug, Default)]
pub struct Foreign {
    /// As its settings have it; may be empty.
    pub title: String,
    /// One sentence; may be empty.
    pub description: String,
    /// In its normal form; empty where none is known.
    pub base_url: String,
    /// The path that addresses in texts may begin with.
    pub base_path: String,
    /// As its settings have it.
    pub language: Option<String>,
    /// Sorted by the paths of their files.
    pub pages: Vec<Page>,
    /// Pictures and other files.
    pub assets: Vec<Asset>,
    /// Folders of the tree that paths in links may count from.
    pub roots: Vec<String>,
    /// Its settings, for tags that show them.
    pub settings: Fields,
    /// Titles and weights of folders that have no page of their own.
    pub folders: BTreeMap<Vec<String>, (Option<String>, Option<i64>)>,
    /// What was found on the way.
    pub notes: Vec<Note>,
}

/// One page of it.
#[derive(Debug, Default)]
pub struct Page {
    /// Its file in the foreign tree.
    pub source: String,
    /// All that the file holds.
    pub text: String,
    /// Its head.
    pub head: Head,
    /// The folders that it stands in.
    pub folder: Vec<String>,
    /// The last part of its address; empty for the index of its folder.
    pub name: String,
    /// Where readers found it, with a slash at its beginning.
    pub address: Option<String>,
    /// Where it once was, as its head says.
    pub aliases: Vec<String>,
    /// The day that its name gives.
    pub date: Option<Date>,
    /// Whether it was not published.
    pub draft: bool,
}

/// A picture or another file.
#[derive(Debug)]
pub struct Asset {
    /// Its file in the foreign tree.
    pub source: String,
    /// Where readers found it, without a slash at its beginning.
    pub address: String,
}

/// What became of a site.
#[derive(Debug)]
pub struct Imported {
    /// Files with paths relative to the root, sorted.
    pub files: Vec<File>,
    /// All that was done.
    pub notes: Vec<Note>,
    /// The new file of each file that was read.
    pub became: BTreeMap<String, String>,
    /// How many pages came over.
    pub pages: usize,
    /// How many other files came over.
    pub assets: usize,
}

impl Page {
    /// The line on which its body begins.
    pub fn line(&self) -> usize {
        1 + self.text[..self.head.body].matches('\n').count()
    }
}

impl System {
    /// As its makers write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jekyll => "Jekyll",
            Self::Hugo => "Hugo",
            Self::Zola => "Zola",
            Self::Docusaurus => "Docusaurus",
        }
    }

    fn dialect(self) -> Dialect {
        match self {
            Self::Jekyll => Dialect::Liquid,
            Self::Hugo => Dialect::Hugo,
            Self::Zola => Dialect::Zola,
            Self::Docusaurus => Dialect::None,
        }
    }
}

/// Turns the files of a foreign site, whose paths are relative to it, into the files of a site of
/// this generator. `day` is for articles without a date, and tells which are of the future.
pub fn import(files: &[File], system: System, day: Date) -> Imported {
    let foreign = match system {
        System::Jekyll => jekyll::read(files),
        System::Hugo => hugo::read(files),
        System::Zola => zola::read(files),
        System::Docusaurus => docusaurus::read(files),
    };
    let mut notes = foreign.notes.clone();
    let places = places::place(&foreign, &mut notes);
    let aliases = places::aliases(&foreign, &places, &mut notes);

    let paired: Vec<(&Page, &Place)> = foreign.pages.iter().zip(&places).collect();
    let drafts: Vec<_> =
        paired.par_iter().map(|(page, place)| draft(page, place, &foreign, system)).collect();
    let (mut metas, mut bodies) = (Vec::new(), Vec::new());
    for (meta, body, mut own) in drafts {
        metas.push(meta);
        bodies.push(body);
        notes.append(&mut own);
    }
    let mut own: Vec<_> = foreign.pages.iter().zip(&mut metas).collect();
    meta::one_spelling(&mut own, &mut notes);

    let anchors: Vec<Vec<String>> = bodies.par_iter().map(anchors).collect();
    let late = |meta: &Meta, place: &Place| {
        meta.draft
            || (!place.is_index()
                && meta.date.is_some_and(|date| date > day)
                && !place.section.is_empty())
    };
    let withheld: Vec<bool> =
        metas.iter().zip(&places).map(|(meta, place)| late(meta, place)).collect();
    let titles = metas.iter().map(|meta| meta.title.clone()).collect();
    let targets = Targets::new(&foreign, &places, &anchors, &withheld, titles);
    let linked: Vec<_> = bodies
        .par_iter()
        .enumerate()
        .map(|(index, body)| {
            let mut about = Notes::about(&foreign.pages[index].source);
            (links::rewrite(body, index, &targets, &mut about), about.notes)
        })
        .collect();

    let mut written = Vec::new();
    let mut became = BTreeMap::new();
    for (index, (body, mut own)) in linked.into_iter().enumerate() {
        notes.append(&mut own);
        let (page, place) = (&foreign.pages[index], &places[index]);
        let mut about = Notes::about(&page.source);
        fill(&mut metas[index], page, place, &body, day, &mut about);
        let order = if place.is_index() { order(index, &foreign, &places) } else { Vec::new() };
        notes.append(&mut about.notes);
        let head = meta::write(&metas[index], place, &aliases[index], &order);
        let text = format!("{head}\n{}\n", body.text.trim_matches(['\n', '\r']).trim_end());
        became.insert(page.source.clone(), place.file());
        written.push(File { path: place.file(), bytes: text.into_bytes().into() });
    }
    let pages = written.len();
    let indexes = settings::indexes(&foreign, &places, &mut notes);
    written.extend(indexes);
    written.push(settings::site(&foreign, &places, &mut notes));
    let assets = foreign.assets.iter().filter_map(|asset| {
        let file = files.binary_search_by(|file| file.path.as_str().cmp(&asset.source)).ok()?;
        let path = format!("content/{}", asset.address);
        Some(File { path, bytes: files[file].bytes.clone() })
    });
    let assets: Vec<File> = assets.collect();
    let number = assets.len();
    written.extend(assets);
    written.sort_by(|a, b| a.path.cmp(&b.path));
    Imported { files: written, notes, became, pages, assets: number }
}

/// A page with its head read and its body rewritten, all but its links.
fn draft(
    page: &Page,
    place: &Place,
    foreign: &Foreign,
    system: System,
) -> (Meta, Traced, Vec<Note>) {
    let mut notes = Notes::about(&page.source);
    let meta = meta::read(page, place, &foreign.title, system == System::Jekyll, &mut notes);
    let text = page.text[page.head.body..].replace('\r', "");
    let mut body = Traced::new(&text, page.line());
    body = match system {
        System::Docusaurus => mdx::rewrite(&body, &mut notes),
        System::Jekyll => kramdown::rewrite(&body, &mut notes),
        _ => body,
    };
    let ground = tags::Ground {
        dialect: system.dialect(),
        site: &foreign.settings,
        page: &page.head.fields,
    };
    body = tags::rewrite(&body, &ground, &mut notes);
    body = callouts::quote(&body);
    body = blocks::rewrite(&body, &meta.title, &mut notes);
    body = html::rewrite(&body, &mut notes);
    body = blocks::tidy(&body);
    (meta, body, notes.notes)
}

/// Every id that a link to the page may name.
fn anchors(body: &Traced) -> Vec<String> {
    let source = Source::new("content/page.md", body.text.as_str());
    markdown::parse(&source, 0, &Config::default(), &Known::default()).0.anchors
}

/// Gives a head what it must have.
fn fill(meta: &mut Meta, page: &Page, place: &Place, body: &Traced, day: Date, notes: &mut Notes) {
    let required =
        |name: &str| place.table().fields.iter().any(|field| field.name == name && field.required);
    if meta.description.is_empty() && required("description") {
        let sentence = blocks::first_sentence(&body.text);
        let (words, from) = match sentence {
            Some(sentence) => (sentence, "its first sentence"),
            None => (meta.title.clone(), "its title"),
        };
        notes.add(0, Kind::Filled, "", format!("had no description; {from} stands there now"));
        meta.description = words;
    }
    if meta.date.is_none() && required("date") {
        let other = meta.updated.unwrap_or(day);
        notes.add(0, Kind::Filled, "", format!("had no date; {other} stands there now"));
        meta.date = Some(other);
    }
    if page.head.fields.is_empty() && page.head.problem.is_none() && !page.head.found {
        notes.mapped(0);
    }
}

/// The articles of an index's section that have a weight, lightest first.
fn order(index: usize, foreign: &Foreign, places: &[Place]) -> Vec<String> {
    let section = &places[index].section;
    let own = places
        .iter()
        .enumerate()
        .filter(|(_, place)| place.section == *section && !place.is_index());
    let mut own: Vec<(i64, &str)> = own
        .filter_map(|(at, place)| {
            Some((meta::weight(&foreign.pages[at].head.fields)?, place.slug.as_str()))
        })
        .collect();
    own.sort_unstable();
    if section.is_empty() {
        Vec::new()
    } else {
        own.into_iter().map(|(_, slug)| slug.to_owned()).collect()
    }
}
