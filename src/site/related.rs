//! What to read next: what the author named, what is close, and what leads here.

use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;
use rayon::prelude::*;

use super::Slugs;
use super::resolve::Resolved;
use crate::article::{Article, Role};
use crate::diagnostic::{Diagnostic, Place};
use crate::topics::Topic;

/// The neighbours of one article.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Relations {
    /// Named by the author, in that order, with the reason shown to the reader.
    pub named: Vec<(usize, Option<String>)>,
    /// Articles that name or link this one, and are not named by it.
    pub mentioned_in: Vec<usize>,
    /// The next step of the journey.
    pub next: Option<usize>,
}

/// How many places of the index one article looks at: it bounds the work for any number of articles.
const LOOKS: usize = 4096;

/// Relates all articles. Which are close is not in it: that is asked of the [`Index`], for the pages
/// that show it.
pub fn relate(
    articles: &[Arc<Article>],
    slugs: &Slugs,
    resolved: &[Arc<Resolved>],
    found: &mut Vec<Diagnostic>,
) -> Vec<Relations> {
    let named = articles.par_iter().map(|article| {
        let mut found = Vec::new();
        (named(article, articles, slugs, &mut found), found)
    });
    let (named, problems): (Vec<_>, Vec<_>) = named.unzip();
    found.extend(problems.into_iter().flatten());
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
    let parts = named.into_iter().zip(mentioned_in).zip(next);
    let relations = parts.map(|((named, mut mentioned_in), next)| {
        mentioned_in.sort_unstable();
        mentioned_in.dedup();
        Relations { named, mentioned_in, next }
    });
    relations.collect()
}

fn named(
    article: &Article,
    articles: &[Arc<Article>],
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
#[derive(Debug, Default)]
pub struct Index {
    /// For each article, its topics.
    topics: Lists,
    /// For each topic, its articles.
    members: Lists,
    /// For each topic, what sharing it is worth.
    worth: Vec<u16>,
    /// How many articles are found at most.
    most: usize,
    /// Scores that are not in use.
    idle: Mutex<Vec<Scores>>,
}

/// Many lists of numbers, one behind the other.
#[derive(Debug, Default)]
struct Lists {
    numbers: Vec<u32>,
    /// Where each list ends; the next begins there.
    ends: Vec<usize>,
}

impl Lists {
    fn get(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start..self.ends[at]]
    }

    /// For each number below `count`, the lists that it is in.
    fn turned(&self, count: usize) -> Self {
        let mut ends = vec![0; count];
        for number in &self.numbers {
            ends[*number as usize] += 1;
        }
        let mut total = 0;
        for end in &mut ends {
            // where the list begins, until it is written
            total += std::mem::replace(end, total);
        }
        let mut numbers = vec![0; total];
        for at in 0..self.ends.len() {
            for number in self.get(at) {
                let place = &mut ends[*number as usize];
                numbers[*place] = index(at);
                *place += 1;
            }
        }
        Self { numbers, ends }
    }
}

impl Index {
    /// Of all articles; at most so `many` are found.
    pub fn new(articles: &[Arc<Article>], many: usize) -> Self {
        let mut known: HashMap<Topic, u32> = HashMap::default();
        let mut weights: Vec<u32> = Vec::new();
        let count = articles.iter().map(|article| article.topics.len()).sum();
        let mut topics = Lists { numbers: Vec::with_capacity(count), ends: Vec::new() };
        for article in articles {
            topics.numbers.extend(article.topics.iter().map(|topic| {
                *known.entry(*topic).or_insert_with(|| {
                    weights.push(topic.weight());
                    index(weights.len() - 1)
                })
            }));
            topics.ends.push(topics.numbers.len());
        }
        let members = topics.turned(weights.len());
        let total = articles.len() as u64;
        let rarity = |count: usize| (total * 16 / count.max(1) as u64).max(1).ilog2();
        let worth = weights.iter().enumerate();
        let worth = worth.map(|(topic, weight)| weight * rarity(members.get(topic).len()));
        let worth = worth.map(|worth| u16::try_from(worth).unwrap_or(u16::MAX)).collect();
        Self { topics, members, worth, most: many, idle: Mutex::default() }
    }

    /// The closest articles, the closest first, without those named.
    pub fn close(&self, own: usize, named: &[(usize, Option<String>)]) -> Vec<usize> {
        if self.most == 0 {
            return Vec::new();
        }
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let scores = idle().pop();
        let mut scores = scores.unwrap_or_else(|| Scores::new(self.topics.ends.len()));
        let mut looks = LOOKS;
        let members = |topic: &u32| self.members.get(*topic as usize);
        let mut topics = self.topics.get(own).to_vec();
        // the rarest tell most
        topics.sort_unstable_by_key(|topic| (members(topic).len(), *topic));
        for topic in &topics {
            let members = members(topic);
            if members.len() > looks {
                break;
            }
            looks -= members.len();
            for other in members {
                scores.add(*other, self.worth[*topic as usize]);
            }
        }
        let mut best: Vec<(u16, usize)> = Vec::with_capacity(self.most + 1);
        scores.take(|other, score| {
            let comes_after = |(own, at): &(u16, usize)| (*own, other) < (score, *at);
            // most are further away than the last of those so far
            if best.len() == self.most && best.last().is_some_and(|last| !comes_after(last)) {
                return;
            }
            if other == own || named.iter().any(|(named, _)| *named == other) {
                return;
            }
            let place = best.iter().position(comes_after).unwrap_or(best.len());
            best.insert(place, (score, other));
            best.truncate(self.most);
        });
        idle().push(scores);
        best.into_iter().map(|(_, other)| other).collect()
    }
}

/// A place that fits: a site has fewer than 2^32 articles and topics.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// How close each article is to one of them; cleared at each taking, so that it serves for all.
#[derive(Debug)]
struct Scores {
    /// Small, as they are looked at in no order: more than fit make no difference.
    by_article: Vec<u16>,
    /// The articles whose score is not zero: the first so many.
    touched: Vec<u32>,
    count: usize,
}

impl Scores {
    fn new(articles: usize) -> Self {
        // one more than are ever looked at: see below
        Self { by_article: vec![0; articles], touched: vec![0; LOOKS + 1], count: 0 }
    }

    fn add(&mut self, article: u32, worth: u16) {
        let score = &mut self.by_article[article as usize];
        // noted in any case, counted where it is new: no processor guesses which articles are
        self.touched[self.count] = article;
        self.count += usize::from(*score == 0);
        *score = score.saturating_add(worth);
    }

    fn take(&mut self, mut each: impl FnMut(usize, u16)) {
        for article in &self.touched[..self.count] {
            let article = *article as usize;
            each(article, std::mem::take(&mut self.by_article[article]));
        }
        self.count = 0;
    }
}
