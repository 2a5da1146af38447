//! Addresses on other sites: which there are, and what an answer from there means.
//!
//! Nothing is asked here; `fetch` does that.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Edit, Place};
use crate::outputs::origin_file;
use crate::site::Site;
use crate::verify::Facts;

/// An address on another site, without its fragment, and where it is linked from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// As it is asked for.
    pub url: String,
    /// Every link to it, in the order of files and lines, with the address as it stands there.
    pub places: Vec<(Place, String)>,
}

/// What the other site said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is there.
    Fine,
    /// It is there, but its address is another from now on.
    Moved(String),
    /// It is not there: why, as in "the answer is 404 (Not Found)".
    Gone(String),
    /// Nobody can tell from here: why.
    Unsure(String),
}

/// Every address on other sites, in alphabetical order: the links of the content with their lines, and
/// what else the finished pages lead to.
pub fn collect(site: &Site<'_>, pages: &[Facts]) -> Vec<Away> {
    let own = site.articles.iter().flat_map(|article| {
        let links = article.body.links.iter();
        links.map(|link| (link.target.clone(), Place::at(&article.path, link.span.clone())))
    });
    let mut places: BTreeMap<String, BTreeSet<(Place, String)>> = BTreeMap::new();
    for (address, place) in own {
        if let Some(url) = foreign(site, &address) {
            places.entry(url).or_default().insert((place, address));
        }
    }
    let mut others: BTreeMap<String, BTreeSet<(Place, String)>> = BTreeMap::new();
    for page in pages {
        for address in &page.away {
            let url = foreign(site, address).filter(|url| !places.contains_key(url));
            if let Some(url) = url {
                let place = Place::file(origin_file(&page.origin));
                others.entry(url).or_default().insert((place, address.clone()));
            }
        }
    }
    // what has no line comes from the theme, and so from every page: one of them is enough
    let others = others.into_iter().map(|(url, files)| (url, files.into_iter().take(1).collect()));
    places.extend(others);
    let away = places.into_iter();
    away.map(|(url, places)| Away { url, places: places.into_iter().collect() }).collect()
}

/// The address without its fragment, if it is on another site.
fn foreign(site: &Site<'_>, address: &str) -> Option<String> {
    let url = address.split('#').next().unwrap_or_default();
    let (scheme, rest) = url.split_once("://")?;
    let web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    (web && !rest.is_empty() && site.urls.site_path(url).is_none()).then(|| url.to_owned())
}

/// What the answers mean for the links. What cannot be verified is a note: it is no mistake.
pub fn report(away: &[Away], answers: &BTreeMap<String, Answer>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for one in away {
        let Some(answer) = answers.get(&one.url) else { continue };
        for (place, written) in &one.places {
            found.extend(problem(&one.url, answer, place.clone(), written));
        }
    }
    found
}

fn problem(url: &str, answer: &Answer, place: Place, written: &str) -> Option<Diagnostic> {
    match answer {
        Answer::Fine => None,
        Answer::Gone(why) => {
            let message = format!("`{url}` is not there: {why}");
            let hint = "look for its new address, or take the link out";
            Some(Diagnostic::error("gone-away", place, message).hint(hint))
        }
        Answer::Unsure(why) => {
            let message = format!("`{url}` cannot be verified: {why}");
            let hint = "open it in a browser: many sites answer people only";
            Some(Diagnostic::note("unsure-away", place, message).hint(hint))
        }
        Answer::Moved(to) => {
            let fragment = written.find('#').map_or("", |at| &written[at..]);
            let fragment = if to.contains('#') { "" } else { fragment };
            let new = format!("{to}{fragment}");
            let message = format!("`{url}` has moved for good");
            let edit = place.span.clone().map(|span| {
                let (file, old) = (place.file.clone(), written.to_owned());
                Edit { file, span, old, new: new.clone() }
            });
            let note = Diagnostic::note("moved-away", place, message);
            Some(note.hint(format!("write `{new}`")).edits(edit))
        }
    }
}
