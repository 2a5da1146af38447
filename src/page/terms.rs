//! Pages of stages and tags: a list of all, and one for each.

use super::head::{self, with_crumbs};
use super::views::{Head, TermCount, TermView, TermsView, View};
use super::{Ground, Page, cards, home_crumb, message};
use crate::site::terms::Term;

/// The pages of one kind, `stage` or `tag`, below `folder` (`stages`, `tags`), which is also the
/// name of their heading and how the names of their other words begin.
pub(super) fn pages<'a>(
    ground: Ground<'a>,
    kind: &'static str,
    folder: &'static str,
    terms: &'a [Term],
) -> Vec<Page<'a>> {
    if terms.is_empty() {
        return Vec::new();
    }
    let each = terms.iter().map(|term| {
        let path = format!("{folder}/{}/index.html", term.slug);
        let origin = format!("the {kind} `{}`", term.label);
        Page::new(path, "term.html", origin, move || one(ground, kind, folder, term))
    });
    let (path, origin) = (format!("{folder}/index.html"), format!("the list of {folder}"));
    let list = Page::new(path, "terms.html", origin, move || all(ground, kind, folder, terms));
    std::iter::once(list).chain(each).collect()
}

fn all(
    Ground { site, strings, .. }: Ground<'_>,
    kind: &'static str,
    folder: &str,
    terms: &[Term],
) -> (Head, View) {
    let terms = terms.iter().map(|term| TermCount {
        label: term.label.clone(),
        url: site.urls.path(&format!("{folder}/{}/", term.slug)),
        count: term.articles.len(),
    });
    let heading = strings.say(folder, &[]);
    let description = strings.say(&format!("{folder}-description"), &[]);
    let head = head::head(site, &format!("{folder}/"), &heading, &description);
    let view = View::Terms(TermsView { kind, terms: terms.collect() });
    (with_crumbs(site, head, &[home_crumb(site)]), view)
}

fn one(
    Ground { site, strings, .. }: Ground<'_>,
    kind: &'static str,
    folder: &str,
    term: &Term,
) -> (Head, View) {
    let description = strings.say(&format!("{folder}-one"), &[("name", term.label.clone())]);
    let path = format!("{folder}/{}/", term.slug);
    let head = head::head(site, &path, &message::capital(&term.label), &description);
    let above = (strings.say(folder, &[]), format!("{folder}/"));
    let mut articles = term.articles.clone();
    articles.sort_by_key(|at| site.articles[*at].meta.title.as_str());
    let view = View::Term(TermView { kind, articles: cards(site, &articles) });
    (with_crumbs(site, head, &[home_crumb(site), above]), view)
}
