//! "What just happened?": each situation leads to a message to send now and to what can wait.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Slugs;
use super::library::{Library, Owned};
use crate::article::{Article, Role};
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::near;

/// Where a situation leads.
#[derive(Debug, Clone, Copy)]
pub struct Doors {
    /// The message to send now.
    pub send: Owned,
    /// The article to read when the answer can wait.
    pub wait: usize,
}

/// The doors of every situation; one that leads nowhere is reported.
pub fn doors(
    articles: &[Arc<Article>],
    library: &Library,
    slugs: &Slugs,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<usize, Doors> {
    let all = articles.iter().enumerate();
    let questions = all.filter(|(_, article)| article.role == Role::Question);
    let doors = questions.filter_map(|(index, article)| {
        let send = article.meta.send.as_ref().and_then(|wanted| {
            let owned = library.owned.get(&wanted.value).copied();
            if owned.is_none() {
                let place = Place::at(&article.path, wanted.span.clone());
                let names = library.owned.keys().map(String::as_str);
                let sure = near::only(&wanted.value, names.clone()).map(str::to_owned);
                let hint = near::suggestion(&wanted.value, names)
                    .unwrap_or_else(|| "write it as `send: slug/template-id`".to_owned());
                let message = format!("there is no template `{}`", wanted.value);
                let problem = Diagnostic::error("unknown-template", place, message).hint(hint);
                found.push(problem.maybe_replace(&wanted.value, sure));
            }
            owned
        });
        let wait = article.meta.wait.as_ref().and_then(|wanted| {
            let found_at = slugs.find(article, wanted, "unknown-wait");
            found_at.map_err(|problem| found.push(*problem)).ok()
        });
        Some((index, Doors { send: send?, wait: wait? }))
    });
    doors.collect()
}

/// Situations as the home page's `order` names them, the rest by title.
pub fn order(
    articles: &[Arc<Article>],
    home: Option<usize>,
    doors: &BTreeMap<usize, Doors>,
    found: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let mut all: Vec<usize> = doors.keys().copied().collect();
    let Some(home) = home.map(|home| &articles[home]) else { return all };
    let rank = |at: usize| {
        let named = home.meta.order.iter();
        named.clone().position(|slug| slug.value == articles[at].slug).unwrap_or(usize::MAX)
    };
    all.sort_by_key(|at| (rank(*at), articles[*at].meta.title.as_str()));
    let slugs: Vec<&str> = articles
        .iter()
        .filter(|article| article.role == Role::Question)
        .map(|article| article.slug.as_str())
        .collect();
    for named in &home.meta.order {
        if !slugs.contains(&named.value.as_str()) {
            let place = Place::at(&home.path, named.span.clone());
            let message = format!("there is no situation `{}`", named.value);
            let hint = near::suggestion(&named.value, slugs.iter().copied())
                .unwrap_or_else(|| format!("write `content/start/{}.md`", named.value));
            found.push(Diagnostic::error("unknown-order", place, message).hint(hint));
        }
    }
    all
}
