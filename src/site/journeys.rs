//! Journeys: the paths that `next:` lays from article to article, each with a name in site.yaml.

use std::sync::Arc;

use super::Slugs;
use crate::article::Article;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::near;

/// A path through articles.
#[derive(Debug)]
pub struct Journey {
    /// The last part of its address.
    pub key: String,
    /// As readers see it.
    pub label: String,
    /// One sentence, may be empty.
    pub description: String,
    /// Its articles in order, each once.
    pub steps: Vec<usize>,
}

/// Follows `next:` from the article each journey begins with, up to the one where another journey
/// begins, or that has no next step. A path that comes back to itself is reported.
pub fn journeys(
    articles: &[Arc<Article>],
    next: &[Option<usize>],
    config: &Config,
    slugs: &Slugs,
    found: &mut Vec<Diagnostic>,
) -> Vec<Journey> {
    let begins: Vec<Option<usize>> = config
        .journeys
        .iter()
        .map(|journey| {
            let begin = slugs.get(&journey.begin.value);
            if begin.is_none() {
                let place = Place::at(config::PATH, journey.begin.span.clone());
                let message = format!("there is no article `{}`", journey.begin.value);
                let names = slugs.published().map(|(slug, _)| slug);
                let hint = near::suggestion(&journey.begin.value, names);
                found.push(Diagnostic::error("unknown-begin", place, message).maybe_hint(hint));
            }
            begin
        })
        .collect();
    let named = config.journeys.iter().zip(&begins);
    named
        .filter_map(|(journey, begin)| {
            let mut steps = vec![(*begin)?];
            while let Some(step) = steps.last().and_then(|last| next[*last]) {
                if steps.contains(&step) {
                    found.push(loop_at(articles, &steps));
                    break;
                }
                if begins.contains(&Some(step)) {
                    break;
                }
                steps.push(step);
            }
            let (key, label) = (journey.key.clone(), journey.label.clone());
            Some(Journey { key, label, description: journey.description.clone(), steps })
        })
        .collect()
}

fn loop_at(articles: &[Arc<Article>], steps: &[usize]) -> Diagnostic {
    let last = steps.last().map_or(0, |last| *last);
    let article = &articles[last];
    let place = match &article.meta.next {
        Some(next) => Place::at(&article.path, next.span.clone()),
        None => Place::file(&article.path),
    };
    Diagnostic::error("journey-loop", place, "this next step leads back to where the journey was")
        .hint("take this line out, or name an article that comes later")
}
