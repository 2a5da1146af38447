//! Pages of text: those beside the articles, and those of the folders that are kept aside.

use super::around::Around;
use super::views::{Head, PageView, View};
use super::{Ground, Page, cards, day, foot_link, head, home_crumb, questions, scripts};
use crate::article::Role;
use crate::headings;
use crate::site::nav::Section;
use crate::site::page_path;

/// Where a page stands among others.
#[derive(Default, Clone, Copy)]
struct Place<'a> {
    /// The folder's own page.
    above: Option<usize>,
    around: Around,
    contents: &'a [usize],
}

/// All of them. `around` are the neighbours of every article.
pub(super) fn pages<'a>(ground: Ground<'a>, around: &[Around]) -> Vec<Page<'a>> {
    let site = ground.site;
    let all = site.articles.iter().enumerate();
    let beside = all.filter(|(_, article)| article.role == Role::Page);
    let beside = beside.map(|(index, _)| (index, Place::default()));
    let aside = site.structure.aside.iter().flat_map(|folder| places(folder, around));
    let pages = beside.chain(aside).map(|(index, place)| {
        Page::of_article(site, index, "page.html", move || show(ground, index, place))
    });
    pages.collect()
}

/// The pages of a folder, its own first: that one lists the others, and each of them leads up to it.
fn places<'a>(folder: &'a Section, around: &[Around]) -> Vec<(usize, Place<'a>)> {
    let Some(index) = folder.index else { return Vec::new() };
    let others = folder.articles.iter().map(|at| {
        let (above, around) = (Some(index), around[*at]);
        (*at, Place { above, around, contents: &[] })
    });
    let own = (index, Place { contents: &folder.articles, ..Place::default() });
    std::iter::once(own).chain(others).collect()
}

/// One whose headings are questions says so to search engines.
fn show(ground: Ground<'_>, index: usize, place: Place<'_>) -> (Head, View) {
    let Ground { site, strings, assets } = ground;
    let article = &site.articles[index];
    let meta = &article.meta;
    let path = page_path(article);
    let head = head::head(site, &path, &meta.title, &meta.description);
    let questions = meta.questions.then(|| head::script_json(&questions::faq(article)));
    let updated = meta.updated.map(|date| date.to_string());
    let json_ld = questions.into_iter().collect();
    let (scripts, markdown_url) = (scripts::of(article, assets), head::markdown_url(site, article));
    let head = Head { markdown_url, scripts, json_ld, updated, ..head };
    let above = place.above.map(|index| &site.articles[index]);
    let above = above.map(|above| (above.meta.title.clone(), page_path(above)));
    let crumbs: Vec<(String, String)> = [home_crumb(site)].into_iter().chain(above).collect();
    let view = View::Page(PageView {
        updated: meta.updated.map(|date| day(strings, date)),
        outline: headings::outline(&article.body.headings),
        section: place.above.map(|index| foot_link(site, index)),
        around: place.around.view(site, None),
        contents: cards(site, place.contents),
    });
    (head::with_crumbs(site, head, &crumbs), view)
}
