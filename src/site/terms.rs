//! Stages and tags: what articles have in common, and whether they name what exists.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashMap;

use crate::article::Article;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{Located, near, yaml};
use crate::slug::slug;

/// A stage or tag with its articles.
#[derive(Debug)]
pub struct Term {
    /// The last part of its address.
    pub slug: String,
    /// As readers see it.
    pub label: String,
    /// In the order of their paths.
    pub articles: Vec<usize>,
}

/// The stages that have articles, in the order of site.yaml.
pub fn stages(
    articles: &[Arc<Article>],
    config: &Config,
    found: &mut Vec<Diagnostic>,
) -> Vec<Term> {
    let mut members: HashMap<&str, Vec<usize>> = HashMap::default();
    for (index, article) in articles.iter().enumerate() {
        for stage in &article.meta.stages {
            if config.stages.iter().any(|known| known.key == stage.value) {
                members.entry(stage.value.as_str()).or_default().push(index);
            } else {
                let names = config.stages.iter().map(|stage| stage.key.as_str());
                found.push(unknown(article, stage, "stage", "unknown-stage", names));
            }
        }
    }
    let used = config.stages.iter().filter_map(|stage| {
        let articles = dedup(members.remove(stage.key.as_str())?);
        Some(Term { slug: slug(&stage.key), label: stage.label.clone(), articles })
    });
    used.collect()
}

/// Every tag, in alphabetical order; two that differ only in case, hyphens or a plural s are
/// reported, as the one used less often is a slip.
pub fn tags(articles: &[Arc<Article>], found: &mut Vec<Diagnostic>) -> Vec<Term> {
    let mut terms: BTreeMap<&str, Term> = BTreeMap::new();
    let spellings = spellings(articles);
    let usual = usual(&spellings);
    for (index, article) in articles.iter().enumerate() {
        for tag in &article.meta.tags {
            let place = || Place::at(&article.path, tag.span.clone());
            let Some(Spelling { slug, core, .. }) = spellings.get(tag.value.as_str()) else {
                continue;
            };
            if slug.is_empty() {
                let message = format!("the tag `{}` has no letter or digit", tag.value);
                let hint = "write a word, such as `feedback`";
                found.push(Diagnostic::error("tag-name", place(), message).hint(hint));
                continue;
            }
            let other = usual.get(core.as_str()).filter(|(usual, _)| *usual != tag.value);
            if let Some((other, first)) = other {
                let message = format!("the tag `{}` is nearly `{other}`", tag.value);
                found.push(
                    Diagnostic::error("tag-spelling", place(), message)
                        .hint("write it one way in the whole site")
                        .related((*first).clone(), "the other is first used here")
                        .maybe_replace(&tag.value, yaml::bare(other)),
                );
            }
            let term = terms.entry(slug).or_insert_with(|| Term {
                slug: slug.clone(),
                label: tag.value.clone(),
                articles: Vec::new(),
            });
            term.articles.push(index);
        }
    }
    let terms = terms.into_values();
    terms.map(|term| Term { articles: dedup(term.articles), ..term }).collect()
}

/// One way to write a tag.
struct Spelling {
    slug: String,
    core: String,
    /// How often it is used.
    times: usize,
    /// Its place among all spellings, in the order of first use.
    rank: usize,
    /// Where it is first used.
    first: Place,
}

/// What spellings of one tag have in common.
fn core(slug: &str) -> String {
    let core = slug.replace('-', "");
    // a short word and its s may be two words: new, news
    let plural = core.strip_suffix('s').filter(|word| word.chars().count() >= 4);
    plural.unwrap_or(&core).to_owned()
}

fn spellings(articles: &[Arc<Article>]) -> HashMap<&str, Spelling> {
    let mut spellings: HashMap<&str, Spelling> = HashMap::default();
    for article in articles {
        for tag in &article.meta.tags {
            let rank = spellings.len();
            let spelling = spellings.entry(tag.value.as_str()).or_insert_with(|| {
                let slug = slug(&tag.value);
                let (core, first) = (core(&slug), Place::at(&article.path, tag.span.clone()));
                Spelling { slug, core, times: 0, rank, first }
            });
            spelling.times += 1;
        }
    }
    spellings
}

/// For each tag, by its core, the spelling used most often, or first, and where it is first used.
fn usual<'a>(spellings: &'a HashMap<&'a str, Spelling>) -> HashMap<&'a str, (&'a str, &'a Place)> {
    let mut all: Vec<_> = spellings.iter().collect();
    all.sort_unstable_by_key(|(_, one)| (std::cmp::Reverse(one.times), one.rank));
    let mut usual = HashMap::default();
    for (tag, one) in all {
        usual.entry(one.core.as_str()).or_insert((*tag, &one.first));
    }
    usual
}

/// Reports sources that site.yaml does not know.
pub fn check_sources(articles: &[Arc<Article>], config: &Config, found: &mut Vec<Diagnostic>) {
    for article in articles {
        for source in &article.meta.sources {
            if !config.sources.contains_key(&source.value) {
                let names = config.sources.keys().map(String::as_str);
                found.push(unknown(article, source, "source", "unknown-source", names));
            }
        }
    }
}

fn dedup(mut articles: Vec<usize>) -> Vec<usize> {
    articles.dedup();
    articles
}

fn unknown<'a>(
    article: &Article,
    named: &Located<String>,
    what: &str,
    code: &'static str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let place = Place::at(&article.path, named.span.clone());
    let sure = near::only(&named.value, known.clone()).and_then(yaml::bare);
    let hint = near::suggestion(&named.value, known.clone()).unwrap_or_else(|| {
        let all = known.collect::<Vec<_>>().join(", ");
        format!("add it under `{what}s` in site.yaml, or use one of: {all}")
    });
    let message = format!("there is no {what} `{}`", named.value);
    Diagnostic::error(code, place, message).hint(hint).maybe_replace(&named.value, sure)
}
