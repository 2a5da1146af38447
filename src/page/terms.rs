//! Pages of stages and tags: a list of all, and one for each.

use super::head::{self, with_crumbs};
use super::views::{TermCount, TermView, TermsView, View};
use super::{Page, cards, home_crumb, message};
use crate::site::Site;
use crate::site::terms::Term;
use crate::strings::Strings;

/// The pages of one kind, `stage` or `tag`, below `folder` (`stages`, `tags`), which is also the
/// name of their heading and how the names of their other words begin.
pub(super) fn pages(
    site: &Site<'_>,
    strings: &Strings,
    kind: &'static str,
    folder: &str,
    terms: &[Term],
) -> Vec<Page> {
    if terms.is_empty() {
        return Vec::new();
    }
    let all = format!("{folder}/");
    let counts = terms.iter().map(|term| TermCount {
        label: term.label.clone(),
        url: site.urls.path(&format!("{folder}/{}/", term.slug)),
        count: term.articles.len(),
    });
    let say =
        |part: &str, values: &[(&str, String)]| strings.say(&format!("{folder}-{part}"), values);
    let (heading, description) = (strings.say(folder, &[]), say("description", &[]));
    let list = Page {
        path: format!("{all}index.html"),
        template: "terms.html",
        head: with_crumbs(
            site,
            head::head(site, &all, &heading, &description),
            &[home_crumb(site)],
        ),
        view: View::Terms(TermsView { kind, terms: counts.collect() }),
        body: None,
        origin: format!("the list of {folder}"),
    };
    let each = terms.iter().map(|term| {
        let path = format!("{folder}/{}/", term.slug);
        let description = say("one", &[("name", term.label.clone())]);
        let head = head::head(site, &path, &message::capital(&term.label), &description);
        let mut articles = term.articles.clone();
        articles.sort_by_key(|at| site.articles[*at].meta.title.as_str());
        Page {
            path: format!("{path}index.html"),
            template: "term.html",
            head: with_crumbs(site, head, &[home_crumb(site), (heading.clone(), all.clone())]),
            view: View::Term(TermView { kind, articles: cards(site, &articles) }),
            body: None,
            origin: format!("the {kind} `{}`", term.label),
        }
    });
    std::iter::once(list).chain(each).collect()
}
