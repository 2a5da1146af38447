//! The finished pages, read as a browser reads them: every address on them leads somewhere.
//!
//! Links in Markdown were checked with their lines before. This finds what they could not show: raw
//! HTML, addresses from the site's root, and what a theme writes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::anchors;
use crate::diagnostic::{Diagnostic, Place};
use crate::outputs::{Output, origin_file};
use crate::schema::near;
use crate::site::urls::{Urls, decode, relative};
use crate::source::{Source, Sources, by_path};

/// What a page is held against.
pub struct Ground<'a> {
    paths: HashSet<String>,
    /// The usual addresses of these paths, from the site's root: what most links are. Each is a hash,
    /// which is found with one look into memory; that two share 64 bits will not happen.
    usual: HashSet<u64>,
    urls: &'a Urls,
    sources: Sources<'a>,
}

impl<'a> Ground<'a> {
    /// `paths` are those of all outputs, those to come included.
    pub fn new(paths: impl Iterator<Item = String>, urls: &'a Urls, sources: &'a [Source]) -> Self {
        let paths: HashSet<String> = paths.collect();
        let usual = paths.iter().map(|path| urls.path(path.strip_suffix(INDEX).unwrap_or(path)));
        let usual = usual.map(|address| xxh3_64(address.as_bytes())).collect();
        Self { usual, paths, urls, sources: by_path(sources) }
    }
}

/// The file that a browser is shown for its folder.
const INDEX: &str = "index.html";

/// What a page holds and refers to.
#[derive(Debug)]
pub struct Facts {
    /// The page, as [`Output::path`].
    pub path: String,
    /// What it is made from, as [`Output::origin`].
    pub origin: String,
    /// Addresses on other sites, each once.
    pub away: Vec<String>,
    ids: Ids,
    /// Addresses with an id on another page, each once.
    fragments: Vec<Fragment>,
    /// What is wrong with the page alone.
    found: Vec<Diagnostic>,
}

/// An id on another page.
#[derive(Debug)]
struct Fragment {
    /// The output where it should be.
    target: String,
    id: String,
    /// As it stands on the page.
    address: String,
}

/// The ids of a page in alphabetical order, as one text: a large site has more of them than articles.
#[derive(Debug, Default)]
struct Ids {
    text: Box<str>,
    /// Where each begins and ends, in bytes; no page is as long as these numbers reach.
    places: Box<[(u32, u32)]>,
}

/// Reads a page as soon as it is there. What it refers to on other pages waits for [`join`].
pub fn read(output: &Output, ground: &Ground<'_>) -> Facts {
    let html = std::str::from_utf8(&output.bytes).unwrap_or_default();
    let mut anchors = anchors::read(html);
    anchors.ids.sort_unstable();
    let mut facts = Facts {
        path: output.path.clone(),
        origin: output.origin.clone(),
        away: Vec::new(),
        ids: Ids::new(&anchors.ids),
        fragments: Vec::new(),
        found: Vec::new(),
    };
    for same in anchors.ids.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
        let id = &same[0];
        let message = format!("the page `{}` gives the id `{id}` twice", facts.path);
        let hint = "choose another id in the HTML";
        let place = place(&facts.origin, id, ground).0;
        facts.found.push(Diagnostic::error("id-twice", place, message).hint(hint));
    }
    anchors.addresses.retain(|address| !ground.usual.contains(&xxh3_64(address.as_bytes())));
    anchors.addresses.sort_unstable();
    anchors.addresses.dedup();
    for address in anchors.addresses {
        match follow(&facts, &address, ground) {
            Way::Fine => {}
            Way::Away => facts.away.push(address.into_owned()),
            Way::Other(target, id) => {
                facts.fragments.push(Fragment { target, id, address: address.into_owned() });
            }
            Way::Dead(what, hint) => {
                facts.found.push(dead(&facts.origin, &address, ground, what, hint));
            }
        }
    }
    facts
}

/// What is wrong with the pages: what was found on each, and ids on other pages that are not there.
pub fn join(pages: &mut [Facts], ground: &Ground<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<_> = pages.iter_mut().flat_map(|page| page.found.drain(..)).collect();
    let by_path: HashMap<&str, &Facts> =
        pages.iter().map(|page| (page.path.as_str(), page)).collect();
    for page in pages.iter() {
        for Fragment { target, id, address } in &page.fragments {
            if let Some(target) = by_path.get(target.as_str()).filter(|target| !target.ids.has(id))
            {
                let (what, near) = target.lacks(id);
                found.push(dead(&page.origin, address, ground, what, near));
            }
        }
    }
    once(found)
}

impl Facts {
    /// What to say of an address with an id that is not there.
    fn lacks(&self, id: &str) -> (&'static str, Option<String>) {
        ("leads to an id that does not exist", near::suggestion(id, self.ids.iter()))
    }
}

impl Ids {
    fn new(sorted: &[Cow<'_, str>]) -> Self {
        let places = sorted.iter().scan(0, |end, id| {
            let start = *end;
            *end += u32::try_from(id.len()).unwrap_or(u32::MAX);
            Some((start, *end))
        });
        Self { text: sorted.concat().into(), places: places.collect() }
    }

    fn at(&self, (start, end): (u32, u32)) -> &str {
        &self.text[start as usize..end as usize]
    }

    fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.places.iter().map(|place| self.at(*place))
    }

    fn has(&self, id: &str) -> bool {
        self.places.binary_search_by(|place| self.at(*place).cmp(id)).is_ok()
    }
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

/// Where an address leads.
enum Way {
    /// To something that is there.
    Fine,
    /// To another site, or out of the browser.
    Away,
    /// To an id, the second, in another output, the first.
    Other(String, String),
    /// Nowhere: why, and what to do if it is not the usual.
    Dead(&'static str, Option<String>),
}

fn follow(page: &Facts, address: &str, ground: &Ground<'_>) -> Way {
    let (path, fragment) =
        address.split_once('#').map_or((address, None), |(path, id)| (path, Some(id)));
    let foreign = address.contains("://") && ground.urls.site_path(path).is_none();
    let other_scheme = path
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.contains('/') && !["http", "https"].contains(&scheme));
    if foreign || other_scheme || path.starts_with("//") {
        return Way::Away;
    }
    let target = if path.is_empty() {
        page.path.clone()
    } else if path.starts_with('/') || path.contains("://") {
        let Some(inside) = ground.urls.site_path(path) else {
            let base = ground.urls.base_path();
            let hint = format!("the site's addresses begin with `{base}`");
            return Way::Dead("leads out of this site", Some(hint));
        };
        file(&inside)
    } else {
        let path = decode(path.split('?').next().unwrap_or_default());
        file(&relative(&page.path, &path))
    };
    if !ground.paths.contains(target.as_str()) {
        let addresses = ground.paths.iter().filter(|path| path.ends_with("/index.html"));
        let addresses = addresses.map(|path| path.trim_end_matches(INDEX));
        let near = near::nearest(target.trim_end_matches(INDEX), addresses);
        let near = near.map(|near| format!("did you mean `/{near}`?"));
        return Way::Dead("leads to a page that does not exist", near);
    }
    let Some(id) = fragment.filter(|id| !id.is_empty()).map(decode) else { return Way::Fine };
    if target != page.path {
        return Way::Other(target, id.into_owned());
    }
    if page.ids.has(&id) {
        return Way::Fine;
    }
    let (what, near) = page.lacks(&id);
    Way::Dead(what, near)
}

fn dead(
    origin: &str,
    address: &str,
    ground: &Ground<'_>,
    what: &str,
    hint: Option<String>,
) -> Diagnostic {
    let (place, typed) = place(origin, address, ground);
    let usual = "correct the address, or take the link out".to_owned();
    let message = format!("`{typed}` {what}");
    Diagnostic::error("dead-link", place, message).hint(hint.unwrap_or(usual))
}

/// The address in its source, as it was typed there; the file as a whole, and the address as it is on
/// the page, where it does not stand there word for word.
fn place(origin: &str, words: &str, ground: &Ground<'_>) -> (Place, String) {
    let file = origin_file(origin);
    let source = ground.sources.get(file);
    // an author writes addresses from the site's root without its base path
    let typed = ground.urls.site_path(words).map(|path| format!("/{path}"));
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
    if path.is_empty() || path.ends_with('/') { format!("{path}{INDEX}") } else { path.to_owned() }
}
