//! The page of search: a field, what its results can be narrowed by, and a way on without script.

use super::views::{Choice, Head, SearchView, View};
use super::{Ground, Page, head, home_crumb, scripts, section_title};
use crate::site::Site;

/// Where the page stands in the site.
pub(super) const PATH: &str = "search/";

/// The page. Search engines have no use for it.
pub(super) fn page(ground: Ground<'_>) -> Page<'_> {
    let origin = "the page of search".to_owned();
    let path = format!("{PATH}index.html");
    Page::new(path, "search.html", origin, move || show(ground)).unlisted()
}

fn show(Ground { site, strings, assets }: Ground<'_>) -> (Head, View) {
    let say = |key: &str| strings.say(key, &[]);
    let head = head::head(site, PATH, &say("search"), &say("search-description"));
    let scripts = scripts::named(assets, ["results"]);
    let head = Head { canonical: None, scripts, ..head };
    let head = Head { json_ld: Vec::new(), ..head::with_crumbs(site, head, &[home_crumb(site)]) };
    (head, View::Search(SearchView { sections: sections(site), channels: channels(site) }))
}

/// Sections that have articles.
fn sections(site: &Site<'_>) -> Vec<Choice> {
    let sections = site.structure.sections.iter().filter(|section| !section.articles.is_empty());
    let choice = |key: &str| Choice { key: key.to_owned(), label: section_title(site, key) };
    sections.map(|section| choice(&section.key)).collect()
}

/// Channels that some message is sent by.
fn channels(site: &Site<'_>) -> Vec<Choice> {
    let used = |key: &str| {
        let mut owned = site.structure.library.owned.values();
        owned.any(|one| site.articles[one.article].body.templates[one.template].channel == key)
    };
    let channels = site.config.channels.iter().filter(|channel| used(&channel.key));
    let choices = channels.map(|one| Choice { key: one.key.clone(), label: one.label.clone() });
    choices.collect()
}
