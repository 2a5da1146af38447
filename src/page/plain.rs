//! Pages of text: those beside the articles, and those of the folders that are kept aside.

use super::views::{AroundView, Card, Crumb, Head, PageView, View};
use super::{Page, cards, day, foot_link, head, home_crumb, questions, scripts};
use crate::article::Role;
use crate::headings;
use crate::outputs::assets::Assets;
use crate::site::nav::Section;
use crate::site::{Site, page_path};
use crate::strings::Strings;

/// Where a page stands among others.
#[derive(Default)]
struct Place {
    /// The folder's own page: a crumb, and its path in the site.
    above: Option<(Crumb, String)>,
    around: AroundView,
    contents: Vec<Card>,
}

/// All of them. `around` are the neighbours of every article.
pub(super) fn pages(
    site: &Site<'_>,
    strings: &Strings,
    assets: &Assets,
    around: &[AroundView],
) -> Vec<Page> {
    let all = site.articles.iter().enumerate();
    let beside = all.filter(|(_, article)| article.role == Role::Page);
    let beside = beside.map(|(index, _)| (index, Place::default()));
    let aside = site.aside.iter().flat_map(|folder| places(site, folder, around));
    beside.chain(aside).map(|(index, place)| page(site, strings, assets, index, place)).collect()
}

/// The pages of a folder, its own first: that one lists the others, and each of them leads up to it.
fn places(site: &Site<'_>, folder: &Section, around: &[AroundView]) -> Vec<(usize, Place)> {
    let Some(index) = folder.index else { return Vec::new() };
    let contents = cards(site, &folder.articles);
    let others = folder.articles.iter().map(|at| {
        let above = (foot_link(site, index), page_path(&site.articles[index]));
        let around = around[*at].clone();
        (*at, Place { above: Some(above), around, contents: Vec::new() })
    });
    [(index, Place { contents, ..Place::default() })].into_iter().chain(others).collect()
}

/// A page; one whose headings are questions says so to search engines.
fn page(site: &Site<'_>, strings: &Strings, assets: &Assets, index: usize, place: Place) -> Page {
    let article = &site.articles[index];
    let meta = &article.meta;
    let path = page_path(article);
    let head = head::head(site, &path, &meta.title, &meta.description);
    let questions = meta.questions.then(|| head::script_json(&questions::faq(article)));
    let updated = meta.updated.map(|date| date.to_string());
    let json_ld = questions.into_iter().collect();
    let (scripts, markdown_url) = (scripts::of(article, assets), head::markdown_url(site, article));
    let head = Head { markdown_url, scripts, json_ld, updated, ..head };
    let above = place.above.iter().map(|(crumb, path)| (crumb.title.clone(), path.clone()));
    let crumbs: Vec<(String, String)> = [home_crumb(site)].into_iter().chain(above).collect();
    Page {
        path: format!("{path}index.html"),
        template: "page.html",
        head: head::with_crumbs(site, head, &crumbs),
        view: View::Page(PageView {
            updated: meta.updated.map(|date| day(strings, date)),
            outline: headings::outline(&article.body.headings),
            section: place.above.map(|(crumb, _)| crumb),
            around: place.around,
            contents: place.contents,
        }),
        body: Some(index),
        origin: article.path.clone(),
    }
}
