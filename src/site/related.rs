//! What to read next: what the author named, what is close, and what leads here.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Slugs;
use super::resolve::Resolved;
use crate::article::{Article, Role};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::slug::slug;

/// The neighbours of one article.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Relations {
    /// Named by the author, in that order, with the reason shown to the reader.
    pub named: Vec<(usize, Option<String>)>,
    /// Close by shared stages, tags and words; none of those named.
    pub close: Vec<usize>,
    /// Articles that name or link this one, and are not named by it.
    pub mentioned_in: Vec<usize>,
    /// The next step of the journey.
    pub next: Option<usize>,
}

/// How many places of the index one article looks at: it bounds the work for any number of articles.
const LOOKS: usize = 4096;

/// Relates all articles.
pub fn relate(
    articles: &[Article],
    slugs: &Slugs,
    resolved: &[Resolved],
    config: &Config,
    found: &mut Vec<Diagnostic>,
) -> Vec<Relations> {
    let named: Vec<Vec<(usize, Option<String>)>> =
        articles.iter().map(|article| named(article, articles, slugs, found)).collect();
    let index = Index::new(articles);
    let close: Vec<Vec<usize>> = (0..articles.len())
        .into_par_iter()
        .map_init(
            || Scores::new(articles.len()),
            |scores, own| index.close(own, &named[own], config.related, scores),
        )
        .collect();
    let mut mentioned_in = vec![Vec::new(); articles.len()];
    for (from, resolved) in resolved.iter().enumerate() {
        let linked = resolved.mentions.iter().copied();
        for to in named[from].iter().map(|(to, _)| *to).chain(linked) {
            let named_back = named[to].iter().any(|(back, _)| *back == from);
            if to != from && !named_back && articles[from].role == Role::Article {
                mentioned_in[to].push(from);
            }
        }
    }
    let next: Vec<Option<usize>> =
        articles.iter().map(|article| next(article, slugs, found)).collect();
    let parts = named.into_iter().zip(close).zip(mentioned_in).zip(next);
    parts
        .map(|(((named, close), mut mentioned_in), next)| {
            mentioned_in.sort_unstable();
            mentioned_in.dedup();
            Relations { named, close, mentioned_in, next }
        })
        .collect()
}

fn named(
    article: &Article,
    articles: &[Article],
    slugs: &Slugs,
    found: &mut Vec<Diagnostic>,
) -> Vec<(usize, Option<String>)> {
    let mut named: Vec<(usize, Option<String>)> = Vec::new();
    for (wanted, reason) in &article.meta.related {
        let place = || Place::at(&article.path, wanted.span.clone());
        match slugs.find(article, wanted, "unknown-related") {
            Err(problem) => found.push(*problem),
            Ok(at) if articles[at].path == article.path => {
                let message = "an article cannot be related to itself";
                let hint = "take this line out";
                found.push(Diagnostic::error("related-self", place(), message).hint(hint));
            }
            Ok(at) if named.iter().any(|(known, _)| *known == at) => {
                let message = format!("`{}` is named twice", wanted.value);
                let hint = "keep one of the two lines";
                found.push(Diagnostic::error("related-twice", place(), message).hint(hint));
            }
            Ok(at) => named.push((at, reason.clone())),
        }
    }
    named
}

fn next(article: &Article, slugs: &Slugs, found: &mut Vec<Diagnostic>) -> Option<usize> {
    let wanted = article.meta.next.as_ref()?;
    match slugs.find(article, wanted, "unknown-next") {
        Ok(at) => Some(at),
        Err(problem) => {
            found.push(*problem);
            None
        }
    }
}

/// Which articles share what: stages, tags and words, each with how much it tells.
struct Index {
    /// For each article, its features from the rarest to the commonest.
    features: Vec<Vec<usize>>,
    /// For each feature, its articles.
    members: Vec<Vec<usize>>,
    /// For each feature, what sharing it is worth.
    worth: Vec<u64>,
}

impl Index {
    fn new(articles: &[Article]) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut members: Vec<Vec<usize>> = Vec::new();
        let mut weights: Vec<u64> = Vec::new();
        let mut features: Vec<Vec<usize>> = vec![Vec::new(); articles.len()];
        let described: Vec<Vec<(String, u64)>> = articles.par_iter().map(describe).collect();
        for (own, described) in described.into_iter().enumerate() {
            for (feature, weight) in described {
                let number = *numbers.entry(feature).or_insert_with(|| {
                    members.push(Vec::new());
                    weights.push(weight);
                    members.len() - 1
                });
                members[number].push(own);
                features[own].push(number);
            }
        }
        for own in &mut features {
            own.sort_by_key(|feature| (members[*feature].len(), *feature));
        }
        let total = articles.len() as u64;
        let rarity = |count: usize| u64::from((total * 16 / count.max(1) as u64).max(1).ilog2());
        let worth = members.iter().zip(weights).map(|(own, weight)| weight * rarity(own.len()));
        Self { features, worth: worth.collect(), members }
    }

    /// The closest articles, the closest first, without those named.
    fn close(
        &self,
        own: usize,
        named: &[(usize, Option<String>)],
        most: usize,
        scores: &mut Scores,
    ) -> Vec<usize> {
        if most == 0 {
            return Vec::new();
        }
        let mut looks = LOOKS;
        for feature in &self.features[own] {
            let members = &self.members[*feature];
            if members.len() > looks {
                break;
            }
            looks -= members.len();
            for other in members {
                scores.add(*other, self.worth[*feature]);
            }
        }
        let mut best: Vec<(u64, usize)> = Vec::with_capacity(most + 1);
        scores.take(|other, score| {
            let comes_after = |(own, at): &(u64, usize)| (*own, other) < (score, *at);
            if other == own || named.iter().any(|(named, _)| *named == other) {
                return;
            }
            let place = best.iter().position(comes_after).unwrap_or(best.len());
            if place < most {
                best.insert(place, (score, other));
                best.truncate(most);
            }
        });
        best.into_iter().map(|(_, other)| other).collect()
    }
}

/// How close each article is to one of them; cleared at each taking, so that it serves for all.
struct Scores {
    /// By article.
    scores: Vec<u64>,
    /// The articles whose score is not zero.
    touched: Vec<usize>,
}

impl Scores {
    fn new(articles: usize) -> Self {
        Self { scores: vec![0; articles], touched: Vec::new() }
    }

    fn add(&mut self, article: usize, worth: u64) {
        if self.scores[article] == 0 {
            self.touched.push(article);
        }
        self.scores[article] += worth;
    }

    fn take(&mut self, mut each: impl FnMut(usize, u64)) {
        for article in self.touched.drain(..) {
            each(article, std::mem::take(&mut self.scores[article]));
        }
    }
}

/// What an article is about, each feature once, with its weight; index pages are about nothing.
fn describe(article: &Article) -> Vec<(String, u64)> {
    if article.role != Role::Article {
        return Vec::new();
    }
    let stages = article.meta.stages.iter().map(|stage| (format!("stage {}", stage.value), 2));
    let tags = article.meta.tags.iter().map(|tag| (format!("tag {}", slug(&tag.value)), 4));
    let headings = article.body.headings.iter().map(|heading| heading.text.as_str());
    let texts = [article.meta.title.as_str(), article.meta.description.as_str()];
    let words = texts.into_iter().chain(headings).flat_map(|text| {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4)
    });
    let words = words.map(|word| (word.to_lowercase(), 1));
    let mut all: Vec<(String, u64)> = stages.chain(tags).chain(words).collect();
    all.sort_unstable();
    all.dedup();
    all
}
