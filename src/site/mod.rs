//! The site: all articles, what they mean to each other, and where they stand.
//!
//! [`assemble`] takes the articles as they were parsed and returns a value that nothing later
//! changes. `structure` is what they mean to each other; its parts: `nav` (sections and their order),
//! `terms` (stages and tags), `library` (templates and who shows them), `resolve` (links), `related`
//! (what to read next).

pub mod journeys;
pub mod library;
pub mod nav;
pub mod questions;
pub mod related;
pub mod resolve;
pub mod structure;
pub mod terms;
pub mod urls;

use std::sync::Arc;

use foldhash::HashMap;
use jiff::civil::Date;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::article::{Article, Role};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place};
use crate::memo;
use crate::schema::{Located, near};
use structure::{Memos, Structure};
use urls::Urls;

/// A file of content that is no article, such as a picture.
#[derive(Debug, Clone)]
pub struct File {
    /// Relative to the root, with forward slashes.
    pub path: String,
    /// As it is.
    pub bytes: Arc<[u8]>,
}

impl File {
    /// A hash of its path and its bytes.
    pub fn hash(&self, seed: u64) -> u64 {
        xxh3_64_with_seed(&self.bytes, xxh3_64_with_seed(self.path.as_bytes(), seed))
    }
}

/// The whole site, ready to be laid out. Articles are named by their index.
#[derive(Debug)]
pub struct Site<'a> {
    /// Settings and vocabulary.
    pub config: &'a Config,
    /// What "the future" is measured from.
    pub today: Date,
    /// Makes every address.
    pub urls: Urls,
    /// What is published, indexes included, sorted by path.
    pub articles: Vec<Arc<Article>>,
    /// Drafts and articles of the future that were left out, sorted by path.
    pub withheld: Vec<Arc<Article>>,
    /// Pictures and other files.
    pub files: &'a [File],
    /// What the articles are to each other.
    pub structure: Arc<Structure>,
}

/// What [`assemble`] needs beside the articles.
pub struct Ground<'a> {
    /// Settings and vocabulary.
    pub config: &'a Config,
    /// Pictures and other files, sorted by path.
    pub files: &'a [File],
    /// With a slash at its end.
    pub base_url: &'a str,
    /// Whether drafts and articles of the future are published.
    pub drafts: bool,
    /// What "the future" is measured from.
    pub today: Date,
    /// A hash of the settings.
    pub settings: u64,
    /// What an earlier round made, where there are rounds.
    pub memos: Option<&'a Memos>,
}

/// Slugs of published articles, and why the others are withheld.
#[derive(Debug, Default)]
pub struct Slugs {
    published: HashMap<String, usize>,
    withheld: HashMap<String, &'static str>,
}

/// Brings the articles together.
pub fn assemble<'a>(parsed: Vec<Arc<Article>>, ground: &Ground<'a>) -> (Site<'a>, Vec<Diagnostic>) {
    let (mut articles, mut withheld) = publish(parsed, ground);
    articles.sort_by(|a, b| a.path.cmp(&b.path));
    withheld.sort_by(|a, b| a.path.cmp(&b.path));
    let urls = Urls::new(ground.base_url);
    let structure = memo::recall(
        ground.memos.map(|memos| &memos.structure),
        || structure::hash(&articles, &withheld, ground),
        || structure::make(&articles, &withheld, &urls, ground),
    );
    let found = structure.found.clone();
    let Ground { config, today, files, .. } = *ground;
    (Site { config, today, urls, articles, withheld, files, structure }, found)
}

impl Site<'_> {
    /// The articles that are close to one by shared stages, tags and words; none that it names.
    pub fn close_to(&self, index: usize) -> Vec<usize> {
        self.structure.topics.close(index, &self.structure.relations[index].named)
    }

    /// The stages that an article names, in the order of site.yaml.
    pub fn stages_of<'a>(&'a self, article: &'a Article) -> impl Iterator<Item = &'a config::Term> {
        let own =
            |stage: &&config::Term| article.meta.stages.iter().any(|own| own.value == stage.key);
        self.config.stages.iter().filter(own)
    }
}

/// The path of an article's page in the site, without leading slash: `reply/note/`.
pub fn page_path(article: &Article) -> String {
    match article.role {
        Role::Home => String::new(),
        Role::Section | Role::AsideIndex => format!("{}/", article.section),
        Role::Page => format!("{}/", article.slug),
        Role::Article | Role::Question | Role::Aside => {
            [article.section.as_str(), "/", &article.slug, "/"].concat()
        }
    }
}

impl Slugs {
    /// Of articles that are published and others; two that share a name are reported.
    fn new(
        articles: &[Arc<Article>],
        withheld: &[Arc<Article>],
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let reason = |article: &Article| {
            if article.meta.draft {
                "is a draft (`draft: true`)"
            } else {
                "has a date in the future"
            }
        };
        let withheld = withheld.iter().map(|article| (article.slug.clone(), reason(article)));
        let withheld = withheld.collect();
        let mut published: HashMap<String, usize> = HashMap::default();
        let own = articles.iter().enumerate().filter(|(_, article)| article.role == Role::Article);
        for (index, article) in own {
            if let Some(first) = published.get(&article.slug) {
                let first = &articles[*first];
                let message = format!("two articles are called `{}.md`", article.slug);
                found.push(
                    Diagnostic::error("slug-twice", Place::file(&article.path), message)
                        .hint("rename one of them: no two articles of the site may share a name")
                        .related(Place::file(&first.path), "the other is here"),
                );
            } else {
                published.insert(article.slug.clone(), index);
            }
        }
        Self { published, withheld }
    }

    /// The published article with this slug, or the diagnostic that says why there is none.
    pub fn find(
        &self,
        article: &Article,
        wanted: &Located<String>,
        code: &'static str,
    ) -> Result<usize, Box<Diagnostic>> {
        if let Some(index) = self.published.get(&wanted.value) {
            return Ok(*index);
        }
        let place = Place::at(&article.path, wanted.span.clone());
        let slug = &wanted.value;
        if let Some(reason) = self.withheld.get(slug) {
            let message = format!("`{slug}` is not published: it {reason}");
            let hint = "publish it, or take it out here";
            return Err(Box::new(Diagnostic::error(code, place, message).hint(hint)));
        }
        let message = format!("there is no article `{slug}`");
        let names = self.published.keys().map(String::as_str);
        let hint = near::suggestion(slug, names.clone())
            .unwrap_or_else(|| "write the name of the article's file, without `.md`".to_owned());
        // what the list holds already cannot have been meant, nor the article itself
        let related = article.meta.related.iter().map(|(slug, _)| slug);
        let related = related.filter(|_| code == "unknown-related");
        let order = article.meta.order.iter().filter(|_| code == "unknown-order");
        let listed = related.chain(order).map(|slug| slug.value.as_str());
        let mut taken = listed.chain([article.slug.as_str()]);
        let sure = near::only(slug, names).filter(|sure| !taken.any(|slug| slug == *sure));
        let problem = Diagnostic::error(code, place, message).hint(hint);
        Err(Box::new(problem.maybe_replace(slug, sure.map(str::to_owned))))
    }

    /// The published article with this slug.
    pub fn get(&self, slug: &str) -> Option<usize> {
        self.published.get(slug).copied()
    }

    /// Why the article with this slug is withheld, if it is.
    pub fn withheld(&self, slug: &str) -> Option<&'static str> {
        self.withheld.get(slug).copied()
    }

    /// A hash of what is withheld and why.
    fn hash_of_withheld(&self) -> u64 {
        let mut all: Vec<_> = self.withheld.iter().collect();
        all.sort_unstable();
        xxh3_64(format!("{all:?}").as_bytes())
    }

    /// All published slugs, in no order.
    pub fn published(&self) -> impl Iterator<Item = (&str, usize)> + Clone {
        self.published.iter().map(|(slug, index)| (slug.as_str(), *index))
    }
}

/// What is published, and what is not.
fn publish(
    parsed: Vec<Arc<Article>>,
    ground: &Ground<'_>,
) -> (Vec<Arc<Article>>, Vec<Arc<Article>>) {
    let is_published =
        |article: &Arc<Article>| ground.drafts || article.withheld(ground.today).is_none();
    parsed.into_iter().partition(is_published)
}
