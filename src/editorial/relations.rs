//! How articles lead to each other, and when they are to be read again.

use std::collections::{BTreeSet, HashSet};

use jiff::civil::Date;

use super::first_line;
use crate::article::{Article, Role};
use crate::diagnostic::{Diagnostic, Edit, Place};
use crate::schema::Located;
use crate::site::Site;
use crate::slug::slug;
use crate::source::{Source, Sources, Span};

/// Of what this stage says about how articles lead to each other: to say it, all of them must have been
/// read.
pub const CODES: [&str; 3] = ["no-related", "one-way", "lone-article"];

/// Reports reviews that are due, articles without relations or with one-sided ones, and articles
/// that nothing leads to.
pub(super) fn review(site: &Site<'_>, sources: &Sources<'_>, today: Date) -> Vec<Diagnostic> {
    let due = site.articles.iter().filter_map(|article| review_due(article, today));
    let mut found: Vec<Diagnostic> = due.collect();
    let lone = lone(site, |_| true);
    for index in relatable(site, |_| true) {
        found.extend(no_related(site, index));
        found.extend(one_way(site, index, sources));
        found.extend(lone.contains(&index).then(|| lone_article(&site.articles[index])));
    }
    found
}

/// The day by which an article was to be read again, where that day is past.
pub fn past_review(article: &Article, today: Date) -> Option<&Located<Date>> {
    article.meta.review_by.as_ref().filter(|day| day.value < today)
}

/// The articles for which `counts`, where there is more than one: a single one has nothing to be
/// related to.
pub fn relatable(site: &Site<'_>, counts: impl Fn(usize) -> bool) -> Vec<usize> {
    let all = site.articles.iter().enumerate();
    let own = all.filter(|(_, article)| article.role == Role::Article);
    let own: Vec<usize> = own.map(|(index, _)| index).filter(|index| counts(*index)).collect();
    if own.len() < 2 { Vec::new() } else { own }
}

/// The articles that nothing leads to but the list of their section. What leads to them is asked of
/// those for which `counts`.
pub fn lone(site: &Site<'_>, counts: impl Fn(usize) -> bool) -> BTreeSet<usize> {
    let reached = reached(site, &counts);
    relatable(site, &counts).into_iter().filter(|index| !reached.contains(index)).collect()
}

/// Whether an article is related by what it shares with others alone: nobody named any.
pub fn is_related_by_machine(article: &Article) -> bool {
    article.meta.related.is_empty()
}

/// Those of the articles close to one for which `counts`, the closest first, as slugs.
pub fn close_slugs<'a>(
    site: &'a Site<'_>,
    index: usize,
    counts: impl Fn(usize) -> bool,
) -> Vec<&'a str> {
    let close = site.close_to(index).into_iter().filter(|at| counts(*at));
    close.map(|at| site.articles[at].slug.as_str()).collect()
}

fn review_due(article: &Article, today: Date) -> Option<Diagnostic> {
    let review_by = past_review(article, today)?;
    let place = Place::at(&article.path, review_by.span.clone());
    let message = format!("this was to be read again by {}", review_by.value);
    Some(
        Diagnostic::warning("review-due", place, message)
            .hint("mend what is no longer so, then set `review_by` to a later day"),
    )
}

fn no_related(site: &Site<'_>, index: usize) -> Option<Diagnostic> {
    let article = &site.articles[index];
    if !is_related_by_machine(article) {
        return None;
    }
    let close = close_slugs(site, index, |_| true).join(", ");
    let example = if close.is_empty() { "some-slug" } else { &close };
    let message = "this article has no `related`";
    let hint = format!("name what a reader may need next, such as `related: [{example}]`");
    Some(Diagnostic::warning("no-related", first_line(&article.path), message).hint(hint))
}

fn one_way(site: &Site<'_>, index: usize, sources: &Sources<'_>) -> Vec<Diagnostic> {
    let article = &site.articles[index];
    let one_sided = article.meta.related.iter().filter_map(|(wanted, _)| {
        let mut named = site.structure.relations[index].named.iter();
        let (to, _) = named.find(|(to, _)| site.articles[*to].slug == wanted.value)?;
        let returned = site.structure.relations[*to].named.iter().any(|(back, _)| *back == index);
        (!returned).then(|| (wanted, &site.articles[*to]))
    });
    let problem = |wanted: &str, span, other: &Article| {
        let message = format!("`{wanted}` does not name this article in return");
        let hint = format!("add `- {}` to `related` in `{}`", article.slug, other.path);
        let source = sources.get(other.path.as_str());
        let edit = source.and_then(|source| return_of(&article.slug, other, source));
        let problem = Diagnostic::warning("one-way", Place::at(&article.path, span), message);
        problem.hint(hint).edits(edit)
    };
    one_sided.map(|(wanted, other)| problem(&wanted.value, wanted.span.clone(), other)).collect()
}

/// Adds a slug to the `related` of an article, in the form the list has; `None` where it has none, or
/// where the slug is the name of a file that has to be renamed.
fn return_of(name: &str, article: &Article, source: &Source) -> Option<Edit> {
    let (last, reason) = article.meta.related.last().filter(|_| slug(name) == name)?;
    let rest = source.text.get(last.span.end..)?;
    let line = source.text[..last.span.start].rfind('\n').map_or(0, |end| end + 1);
    let before = &source.text[line..last.span.start];
    let (at, new) = if before.trim_end().ends_with('-') {
        let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let margin = &before[..before.len() - before.trim_start().len()];
        (end, format!("\n{margin}- {name}"))
    } else {
        let plain =
            reason.is_none() && rest.trim_start_matches(['"', '\'']).starts_with([',', ']']);
        (plain.then(|| rest.find([',', ']']))??, format!(", {name}"))
    };
    let span = Span::new(last.span.end + at, last.span.end + at);
    Some(Edit { file: article.path.clone(), span, old: String::new(), new })
}

fn lone_article(article: &Article) -> Diagnostic {
    let message = "nothing leads to this article but the list of its section";
    Diagnostic::warning("lone-article", first_line(&article.path), message)
        .hint("link to it where a reader needs it, or name it in another article's `related`")
}

/// The articles that somebody chose to lead to: in `related`, `next`, a link, a journey, a message
/// shown elsewhere, or a situation.
fn reached(site: &Site<'_>, counts: impl Fn(usize) -> bool) -> HashSet<usize> {
    let own = site.structure.relations.iter().zip(&site.structure.resolved).enumerate();
    let chosen = own.filter(|(from, _)| counts(*from) && !site.articles[*from].is_aside());
    let chosen = chosen.flat_map(|(from, (relations, resolved))| {
        let named = relations.named.iter().map(|(to, _)| *to);
        let links = resolved.mentions.iter().copied().filter(move |to| *to != from);
        named.chain(relations.next).chain(links)
    });
    let steps = site.structure.journeys.iter().flat_map(|journey| journey.steps.iter().copied());
    let doors = site.structure.doors.iter().filter(|(from, _)| counts(**from));
    let doors = doors.flat_map(|(_, doors)| [doors.send.article, doors.wait]);
    let shown =
        site.structure.library.users.iter().filter(|(_, users)| users.iter().any(|at| counts(*at)));
    let shown = shown.filter_map(|(key, _)| site.structure.library.owned.get(key));
    chosen.chain(steps).chain(doors).chain(shown.map(|owned| owned.article)).collect()
}
