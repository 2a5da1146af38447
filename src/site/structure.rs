//! What the articles are to each other: their order, what they have in common, where links lead.
//!
//! None of it depends on their words. Where builds follow each other, it is made again only when
//! something changed that an article shows to others ([`Article::outline_hash`]).

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::journeys::{self, Journey};
use super::library::{self, Library};
use super::nav::{self, Section};
use super::questions::{self, Doors};
use super::related::{self, Relations};
use super::resolve::{self, Resolved};
use super::terms::{self, Term};
use super::urls::Urls;
use super::{Ground, Slugs};
use crate::article::{Article, Role};
use crate::diagnostic::{Diagnostic, Place};
use crate::memo::{self, Memo};

/// What the articles are to each other. Articles are named by their index.
#[derive(Debug)]
pub struct Structure {
    /// The home page's text.
    pub home: Option<usize>,
    /// In the order of site.yaml.
    pub sections: Vec<Section>,
    /// Folders for others than readers, in the order of site.yaml.
    pub aside: Vec<Section>,
    /// Stages that have articles, in the order of site.yaml.
    pub stages: Vec<Term>,
    /// Tags in alphabetical order.
    pub tags: Vec<Term>,
    /// What to read next, for each article.
    pub relations: Vec<Relations>,
    /// Which articles have how much in common.
    pub topics: related::Index,
    /// Addresses of links and sizes of pictures, for each article.
    pub resolved: Vec<Arc<Resolved>>,
    /// Every template.
    pub library: Library,
    /// Paths through articles.
    pub journeys: Vec<Journey>,
    /// What may just have happened, in the order shown.
    pub questions: Vec<usize>,
    /// Where each of them leads.
    pub doors: BTreeMap<usize, Doors>,
    /// Pages that are linked at the foot, in the order shown.
    pub foot: Vec<usize>,
    /// What is wrong with it.
    pub(super) found: Vec<Diagnostic>,
}

/// What an earlier round made, and the next need not make again.
#[derive(Debug, Default)]
pub struct Memos {
    pub(super) structure: Memo<Structure>,
    links: Memo<Resolved>,
}

impl Memos {
    /// For the next round: all that this one asked for. What is wrong stands at places that words
    /// move, so that a structure with problems is not kept.
    #[must_use]
    pub fn next(mut self) -> Self {
        // a structure that stands asked for no link, and the next that does not shall find them
        let links = if self.structure.is_new() { self.links.next(|_| true) } else { self.links };
        Self { structure: self.structure.next(|structure| structure.found.is_empty()), links }
    }
}

/// A hash of all that decides about the structure.
pub(super) fn hash(
    articles: &[Arc<Article>],
    withheld: &[Arc<Article>],
    ground: &Ground<'_>,
) -> u64 {
    let outlines = |articles: &[Arc<Article>]| -> Vec<u64> {
        articles.par_iter().map(|article| article.outline_hash()).collect()
    };
    let files = ground.files.par_iter().map(|file| file.hash(0)).collect();
    let seed = memo::join(ground.settings, xxh3_64(ground.base_url.as_bytes()));
    let lists = [outlines(articles), outlines(withheld), files].into_iter();
    // a list with its length: what moves from one to the next is seen
    lists.flat_map(|list: Vec<u64>| [vec![list.len() as u64], list].concat()).fold(seed, memo::join)
}

/// Brings the articles, sorted by path, together.
pub(super) fn make(
    articles: &[Arc<Article>],
    withheld: &[Arc<Article>],
    urls: &Urls,
    ground: &Ground<'_>,
) -> Structure {
    let mut found = Vec::new();
    let slugs = Slugs::new(articles, withheld, &mut found);
    let home = articles.iter().position(|article| article.role == Role::Home);
    if home.is_none() {
        let place = Place::file("content/index.md");
        let hint = "write a file with `---`, `title: What just happened?`, `---` and a text";
        found.push(Diagnostic::error("no-home", place, "the site has no home page").hint(hint));
    }
    let sections = nav::sections(articles, ground.config, &slugs, &mut found);
    let aside = nav::aside(articles, ground.config, &mut found);
    let stages = terms::stages(articles, ground.config, &mut found);
    // two that need nothing but the articles, and take longest
    let (tags, topics) = rayon::join(
        || terms::tags(articles, &mut found),
        || related::Index::new(articles, ground.config.related),
    );
    terms::check_sources(articles, ground.config, &mut found);
    let library = library::collect(articles, &slugs, &mut found);
    let links = ground.memos.map(|memos| &memos.links);
    let resolved = resolve::links(articles, (ground.files, links), urls, &slugs, &mut found);
    let relations = related::relate(articles, &slugs, &resolved, &mut found);
    let next: Vec<Option<usize>> = relations.iter().map(|relation| relation.next).collect();
    let journeys = journeys::journeys(articles, &next, ground.config, &slugs, &mut found);
    let doors = questions::doors(articles, &library, &slugs, &mut found);
    let questions = questions::order(articles, home, &doors, &mut found);
    let foot = nav::foot(articles, ground.config, &mut found);
    Structure {
        home,
        sections,
        aside,
        stages,
        tags,
        relations,
        topics,
        resolved,
        library,
        journeys,
        questions,
        doors,
        foot,
        found,
    }
}
