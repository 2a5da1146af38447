//! Sections: which there are, and the order of their articles.

use std::collections::HashMap;
use std::sync::Arc;

use super::Slugs;
use crate::article::{Article, Role};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{Located, near};

/// A folder of articles or, kept aside, of pages.
#[derive(Debug)]
pub struct Section {
    /// The folder's name.
    pub key: String,
    /// Its index page.
    pub index: Option<usize>,
    /// Its articles in reading order: as its index orders them, the rest by title.
    pub articles: Vec<usize>,
}

/// The sections of site.yaml with their articles.
pub fn sections(
    articles: &[Arc<Article>],
    config: &Config,
    slugs: &Slugs,
    found: &mut Vec<Diagnostic>,
) -> Vec<Section> {
    let mut members: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, article) in articles.iter().enumerate() {
        if matches!(article.role, Role::Section | Role::Article) {
            members.entry(article.section.as_str()).or_default().push(index);
        }
    }
    let sections = config
        .sections
        .iter()
        .map(|named| {
            let own = members.remove(named.value.as_str()).unwrap_or_default();
            let index = own.iter().copied().find(|at| articles[*at].role == Role::Section);
            let mut own: Vec<usize> =
                own.into_iter().filter(|at| articles[*at].role == Role::Article).collect();
            let ranks = index.map(|at| ranks(&articles[at], slugs, articles, found));
            let ranks = ranks.unwrap_or_default();
            own.sort_by_key(|at| {
                let rank = ranks.get(at).copied().unwrap_or(usize::MAX);
                (rank, articles[*at].meta.title.as_str())
            });
            if index.is_none() {
                found.push(no_page(named));
            }
            Section { key: named.value.clone(), index, articles: own }
        })
        .collect();
    refuse_strays(articles, members, config, found);
    sections
}

/// The folders that site.yaml keeps aside, each with its pages as its index orders them.
pub fn aside(
    articles: &[Arc<Article>],
    config: &Config,
    found: &mut Vec<Diagnostic>,
) -> Vec<Section> {
    let mut folders = Vec::new();
    for named in &config.aside {
        let all = articles.iter().enumerate();
        let own = all.filter(|(_, article)| article.is_aside() && article.section == named.value);
        let (indexes, pages): (Vec<_>, Vec<_>) =
            own.partition(|(_, article)| article.role == Role::AsideIndex);
        let index = indexes.first().map(|(at, _)| *at);
        if index.is_none() {
            found.push(no_page(named));
        }
        let order = index.map_or(&[][..], |at| articles[at].meta.order.as_slice());
        for wanted in order {
            if !pages.iter().any(|(_, page)| page.slug == wanted.value) {
                let file = index.map_or(config::PATH, |at| articles[at].path.as_str());
                let place = Place::at(file, wanted.span.clone());
                let message = format!("there is no page `{}` in this folder", wanted.value);
                let names = pages.iter().map(|(_, page)| page.slug.as_str());
                let hint = near::suggestion(&wanted.value, names).unwrap_or_else(|| {
                    format!("write `content/{}/{}.md`, or take it out", named.value, wanted.value)
                });
                found.push(Diagnostic::error("unknown-order", place, message).hint(hint));
            }
        }
        let rank = |page: &Article| {
            let place = order.iter().position(|wanted| wanted.value == page.slug);
            (place.unwrap_or(usize::MAX), page.meta.title.clone())
        };
        let mut pages: Vec<usize> = pages.into_iter().map(|(at, _)| at).collect();
        pages.sort_by_key(|at| rank(&articles[*at]));
        folders.push(Section { key: named.value.clone(), index, articles: pages });
    }
    folders
}

/// The pages that site.yaml links at the foot; a folder that is kept aside is linked by its name.
pub fn foot(articles: &[Arc<Article>], config: &Config, found: &mut Vec<Diagnostic>) -> Vec<usize> {
    let own = articles.iter().enumerate().filter_map(|(at, article)| match article.role {
        Role::Page => Some((article.slug.as_str(), at)),
        Role::AsideIndex => Some((article.section.as_str(), at)),
        _ => None,
    });
    let own: HashMap<&str, usize> = own.collect();
    let named = config.pages.iter().filter_map(|named| {
        let page = own.get(named.value.as_str()).copied();
        if page.is_none() {
            let place = Place::at(config::PATH, named.span.clone());
            let message = format!("there is no page `{}`", named.value);
            let hint = near::suggestion(&named.value, own.keys().copied())
                .unwrap_or_else(|| format!("write `content/{}.md`, or take it out", named.value));
            found.push(Diagnostic::error("unknown-page", place, message).hint(hint));
        }
        page
    });
    named.collect()
}

fn no_page(named: &Located<String>) -> Diagnostic {
    let place = Place::at(config::PATH, named.span.clone());
    let message = format!("the section `{}` has no page of its own", named.value);
    let hint = format!("write `content/{}/index.md` with a `title`", named.value);
    Diagnostic::error("no-section", place, message).hint(hint)
}

/// The place of each article that the index names.
fn ranks(
    index: &Article,
    slugs: &Slugs,
    articles: &[Arc<Article>],
    found: &mut Vec<Diagnostic>,
) -> HashMap<usize, usize> {
    let mut ranks = HashMap::new();
    for (rank, named) in index.meta.order.iter().enumerate() {
        match slugs.find(index, named, "unknown-order") {
            Ok(at) if articles[at].section == index.section => {
                ranks.entry(at).or_insert(rank);
            }
            Ok(at) => {
                let place = Place::at(&index.path, named.span.clone());
                let message = format!("`{}` belongs to another section", named.value);
                let hint = format!("it stands in `{}`; take it out here", articles[at].path);
                found.push(Diagnostic::error("unknown-order", place, message).hint(hint));
            }
            Err(problem) if slugs.withheld(&named.value).is_none() => found.push(*problem),
            Err(_) => {}
        }
    }
    ranks
}

fn refuse_strays(
    articles: &[Arc<Article>],
    strays: HashMap<&str, Vec<usize>>,
    config: &Config,
    found: &mut Vec<Diagnostic>,
) {
    for (folder, members) in strays {
        let Some(first) = members.first() else { continue };
        let names = config.sections.iter().map(|section| section.value.as_str());
        let hint = near::suggestion(folder, names)
            .unwrap_or_else(|| format!("add `{folder}` to `sections` in {}", config::PATH));
        let message = format!("the folder `{folder}` is not a section of this site");
        let place = Place::file(&articles[*first].path);
        found.push(Diagnostic::error("unknown-section", place, message).hint(hint));
    }
}
