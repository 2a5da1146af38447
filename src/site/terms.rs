//! Stages and tags: what articles have in common, and whether they name what exists.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

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
    let mut members: HashMap<&str, Vec<usize>> = HashMap::new();
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
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    let usual = usual_spellings(articles);
    for (index, article) in articles.iter().enumerate() {
        for tag in &article.meta.tags {
            let place = Place::at(&article.path, tag.span.clone());
            let own = slug(&tag.value);
            if own.is_empty() {
                let message = format!("the tag `{}` has no letter or digit", tag.value);
                let hint = "write a word, such as `feedback`";
                found.push(Diagnostic::error("tag-name", place, message).hint(hint));
                continue;
            }
            if let Some((other, first)) = usual.get(&core(&own)).filter(|(it, _)| *it != tag.value)
            {
                let message = format!("the tag `{}` is nearly `{other}`", tag.value);
                found.push(
                    Diagnostic::error("tag-spelling", place, message)
                        .hint("write it one way in the whole site")
                        .related(first.clone(), "the other is first used here")
                        .maybe_replace(&tag.value, yaml::bare(other)),
                );
            }
            let label = tag.value.clone();
            let term = terms.entry(own.clone());
            term.or_insert_with(|| Term { slug: own, label, articles: Vec::new() })
                .articles
                .push(index);
        }
    }
    let terms = terms.into_values();
    terms.map(|term| Term { articles: dedup(term.articles), ..term }).collect()
}

/// What spellings of one tag have in common.
fn core(slug: &str) -> String {
    let core = slug.replace('-', "");
    // a short word and its s may be two words: new, news
    let plural = core.strip_suffix('s').filter(|word| word.chars().count() >= 4);
    plural.unwrap_or(&core).to_owned()
}

/// For each tag, by its core, the spelling used most often, or first, and where it is first used.
fn usual_spellings(articles: &[Arc<Article>]) -> HashMap<String, (&str, Place)> {
    let mut spellings: HashMap<&str, (usize, usize, Place)> = HashMap::new();
    let tags = articles
        .iter()
        .flat_map(|article| article.meta.tags.iter().map(|tag| (article.path.as_str(), tag)));
    for (rank, (path, tag)) in tags.enumerate() {
        let place = || Place::at(path, tag.span.clone());
        spellings.entry(tag.value.as_str()).or_insert_with(|| (0, rank, place())).0 += 1;
    }
    let mut spellings: Vec<_> = spellings.into_iter().collect();
    spellings.sort_by_key(|(_, (times, rank, _))| (std::cmp::Reverse(*times), *rank));
    let mut usual = HashMap::new();
    for (tag, (_, _, place)) in spellings {
        usual.entry(core(&slug(tag))).or_insert((tag, place));
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
