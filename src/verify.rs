//! The finished pages, read as a browser reads them: every address on them leads somewhere.
//!
//! Links in Markdown were checked with their lines before. This finds what they could not show: raw
//! HTML, addresses from the site's root, and what a theme writes.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use crate::anchors::{self, Anchors};
use crate::diagnostic::{Diagnostic, Place};
use crate::outputs::{Output, origin_file};
use crate::schema::near;
use crate::site::urls::{Urls, decode, relative};
use crate::source::Source;

/// Reports every address on a page that leads nowhere, and every id that a page gives twice.
pub fn verify(outputs: &[Output], urls: &Urls, sources: &[Source]) -> Vec<Diagnostic> {
    let paths: HashSet<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
    let pages: HashMap<&str, Anchors> = outputs
        .par_iter()
        .filter(|output| output.is_page())
        .filter_map(|output| {
            let html = std::str::from_utf8(&output.bytes).ok()?;
            Some((output.path.as_str(), anchors::read(html)))
        })
        .collect();
    let ids: HashMap<&str, HashSet<&str>> = pages
        .iter()
        .map(|(path, anchors)| (*path, anchors.ids.iter().map(String::as_str).collect()))
        .collect();
    let checked = Checked { paths, ids, urls, sources };
    let found: Vec<Diagnostic> = outputs
        .par_iter()
        .filter_map(|output| Some((output, pages.get(output.path.as_str())?)))
        .flat_map_iter(|(output, anchors)| page(output, anchors, &checked))
        .collect();
    once(found)
}

/// What has no line in a source comes from the theme, and so from every page: it is told once.
fn once(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (own, shared): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|one| one.place.span.is_some());
    let mut groups: BTreeMap<String, (Diagnostic, usize)> = BTreeMap::new();
    for one in shared {
        groups.entry(one.message.clone()).or_insert((one, 0)).1 += 1;
    }
    let shared = groups.into_values().map(|(one, pages)| match pages {
        1 => one,
        more => Diagnostic { message: format!("{} (on {more} pages)", one.message), ..one },
    });
    own.into_iter().chain(shared).collect()
}

struct Checked<'a> {
    paths: HashSet<&'a str>,
    ids: HashMap<&'a str, HashSet<&'a str>>,
    urls: &'a Urls,
    sources: &'a [Source],
}

fn page(output: &Output, anchors: &Anchors, checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    let mut twice = HashSet::new();
    let repeated = anchors.ids.iter().filter(|id| !seen.insert(id.as_str()));
    let repeated = repeated.filter(|id| twice.insert(id.as_str())).map(|id| {
        let message = format!("the page `{}` gives the id `{id}` twice", output.path);
        let hint = "choose another id in the HTML";
        Diagnostic::error("id-twice", place(output, id, checked).0, message).hint(hint)
    });
    let mut told = HashSet::new();
    let addresses = anchors.addresses.iter().filter(|address| told.insert(address.as_str()));
    let dead = addresses.filter_map(|address| dead(output, address, checked));
    repeated.chain(dead).collect()
}

/// The diagnostic for an address that leads nowhere.
fn dead(output: &Output, address: &str, checked: &Checked<'_>) -> Option<Diagnostic> {
    let (path, fragment) =
        address.split_once('#').map_or((address, None), |(path, id)| (path, Some(id)));
    let foreign = address.contains("://") && checked.urls.site_path(path).is_none();
    let other_scheme = path
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.contains('/') && !["http", "https"].contains(&scheme));
    if foreign || other_scheme || path.starts_with("//") {
        return None;
    }
    let problem = |what: &str, hint: Option<String>| {
        let (place, typed) = place(output, address, checked);
        let usual = "correct the address, or take the link out".to_owned();
        let message = format!("`{typed}` {what}");
        Some(Diagnostic::error("dead-link", place, message).hint(hint.unwrap_or(usual)))
    };
    let target = if path.is_empty() {
        output.path.clone()
    } else if path.starts_with('/') || path.contains("://") {
        let Some(inside) = checked.urls.site_path(path) else {
            let base = checked.urls.base_path();
            let hint = format!("the site's addresses begin with `{base}`");
            return problem("leads out of this site", Some(hint));
        };
        file(&inside)
    } else {
        let path = decode(path.split('?').next().unwrap_or_default());
        file(&relative(&output.path, &path))
    };
    if !checked.paths.contains(target.as_str()) {
        let addresses = checked.paths.iter().filter(|path| path.ends_with("/index.html"));
        let addresses = addresses.map(|path| path.trim_end_matches("index.html"));
        let near = near::nearest(target.trim_end_matches("index.html"), addresses);
        let near = near.map(|near| format!("did you mean `/{near}`?"));
        return problem("leads to a page that does not exist", near);
    }
    let id = decode(fragment.filter(|id| !id.is_empty())?);
    let ids = checked.ids.get(target.as_str())?;
    if ids.contains(id.as_str()) {
        return None;
    }
    let near = near::suggestion(&id, ids.iter().copied());
    problem("leads to an id that does not exist", near)
}

/// The address in its source, as it was typed there; the file as a whole, and the address as it is on
/// the page, where it does not stand there word for word.
fn place(output: &Output, words: &str, checked: &Checked<'_>) -> (Place, String) {
    let file = origin_file(&output.origin);
    let source = checked.sources.iter().find(|source| source.path == file);
    // an author writes addresses from the site's root without its base path
    let typed = checked.urls.site_path(words).map(|path| format!("/{path}"));
    let spellings = [Some(words.to_owned()), typed];
    let found = source.and_then(|source| {
        let mut spellings = spellings.into_iter().flatten().filter(|words| words.len() > 1);
        spellings.find_map(|words| Some((source.text.find(&words)?, words)))
    });
    match found {
        Some((at, typed)) => (Place::at(file, at..at + typed.len()), typed),
        None => (Place::file(file), words.to_owned()),
    }
}

/// The output file of a path in the site: a folder's is its index.
fn file(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}
