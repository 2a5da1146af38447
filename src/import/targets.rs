//! All that a link of a foreign site may lead to, by every name it has.

use std::collections::HashMap;

use super::places::Place;
use super::{Foreign, Page};
use crate::site::urls::{decode, encode_all, join, relative};

/// Where a link leads, as the new file writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing is to be changed.
    Same,
    /// To a page or file of the new site.
    Moved(String),
    /// To a page, but not to the anchor named second.
    Part(String, String),
    /// A picture of another site.
    Far,
    /// Nowhere, and why.
    Nothing(&'static str),
}

/// Everything that links may lead to.
#[derive(Debug)]
pub struct Targets<'a> {
    foreign: &'a Foreign,
    places: &'a [Place],
    /// Ids of each page in its new form.
    anchors: &'a [Vec<String>],
    /// Pages that a build leaves out.
    withheld: &'a [bool],
    /// What each page is called, as the id of its first heading would say it.
    titles: Vec<String>,
    by_source: HashMap<&'a str, Target>,
    by_address: HashMap<String, Target>,
    by_name: HashMap<String, Vec<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Page(usize),
    Asset(usize),
}

const DRAFT: &str = "leads to a page that is not published";
const NOTHING: &str = "leads to no page or file of the site";

impl<'a> Targets<'a> {
    /// Of a foreign site whose pages have these places, ids and drafts.
    pub fn new(
        foreign: &'a Foreign,
        places: &'a [Place],
        anchors: &'a [Vec<String>],
        withheld: &'a [bool],
        titles: Vec<String>,
    ) -> Self {
        let (mut by_source, mut by_address) = (HashMap::new(), HashMap::new());
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, asset) in foreign.assets.iter().enumerate() {
            by_source.insert(asset.source.as_str(), Target::Asset(index));
            by_address.insert(asset.address.to_lowercase(), Target::Asset(index));
        }
        for (index, page) in foreign.pages.iter().enumerate() {
            let target = Target::Page(index);
            by_source.insert(page.source.as_str(), target);
            for address in page.address.iter().chain(&page.aliases) {
                by_address.entry(normal(address)).or_insert(target);
            }
            by_name.entry(stem(page).to_lowercase()).or_default().push(index);
        }
        by_address.entry(String::new()).or_insert(Target::Page(usize::MAX));
        Self { foreign, places, anchors, withheld, titles, by_source, by_address, by_name }
    }

    /// Where a Markdown link leads.
    pub fn find(&self, page: usize, target: &str, image: bool) -> Found {
        let file = self.places[page].file();
        self.look(page, target, image, |target| match target {
            Target::Page(usize::MAX) => between(&file, "content/index.md"),
            Target::Page(index) => between(&file, &self.places[index].file()),
            Target::Asset(index) => {
                between(&file, &format!("content/{}", self.foreign.assets[index].address))
            }
        })
    }

    /// Where an address in raw HTML leads, which is read from the page's own address.
    pub fn find_in_html(&self, page: usize, target: &str, image: bool) -> Found {
        let address = self.places[page].address();
        self.look(page, target, image, |target| {
            let to = match target {
                Target::Page(usize::MAX) => String::new(),
                Target::Page(index) => self.places[index].address(),
                Target::Asset(index) => self.foreign.assets[index].address.clone(),
            };
            let path = between(&address, &to);
            if path.is_empty() { "./".to_owned() } else { path }
        })
    }

    fn look(
        &self,
        page: usize,
        wanted: &str,
        image: bool,
        written: impl Fn(Target) -> String,
    ) -> Found {
        if let Some(anchor) = wanted.strip_prefix('#') {
            return match self.anchor(page, anchor) {
                Some(own) if own == anchor => Found::Same,
                Some(own) if own.is_empty() => Found::Moved(written(Target::Page(page))),
                Some(own) => Found::Moved(format!("#{own}")),
                None => Found::Nothing("names no heading of its page"),
            };
        }
        let base = self.foreign.base_url.trim_end_matches('/');
        let inside = wanted.strip_prefix(base).filter(|rest| {
            !base.is_empty() && (rest.is_empty() || rest.starts_with(['/', '#', '?']))
        });
        // an address with the site's own host already counts from the site's root
        let own_host = inside.is_some();
        let wanted = match inside {
            Some("") => "/",
            Some(rest) => rest,
            None => wanted,
        };
        if let Some(rest) = wanted.strip_prefix("//") {
            return if image { Found::Far } else { Found::Moved(format!("https://{rest}")) };
        }
        let ours = ["source:", "post:", "ref:"].iter().any(|scheme| wanted.starts_with(scheme));
        if let Some(scheme) = scheme(wanted).filter(|_| !ours) {
            let scheme = scheme.to_ascii_lowercase();
            return match scheme.as_str() {
                "http" | "https" | "data" if image => Found::Far,
                "http" | "https" | "mailto" | "tel" | "sms" => Found::Same,
                _ => Found::Nothing("begins with what no link of this site may begin with"),
            };
        }
        let (path, anchor) = wanted.split_once('#').map_or((wanted, None), |(p, a)| (p, Some(a)));
        let path = decode(path.split('?').next().unwrap_or_default()).into_owned();
        let (path, hidden) = match path.split_once('#') {
            // `ref` writes both into one
            Some((path, anchor)) => (path.to_owned(), Some(anchor.to_owned())),
            None => (path, None),
        };
        let anchor = anchor.map(str::to_owned).or(hidden).filter(|anchor| !anchor.is_empty());
        let Some(target) = self.locate(page, &path, own_host) else {
            return Found::Nothing(if path.is_empty() { "leads nowhere" } else { NOTHING });
        };
        let Target::Page(index) = target else { return Found::Moved(written(target)) };
        if image {
            return Found::Nothing("shows a page, not a picture");
        }
        if self.withheld.get(index).copied().unwrap_or(false) {
            return Found::Nothing(DRAFT);
        }
        let address =
            if index == page && anchor.is_some() { String::new() } else { written(target) };
        match anchor {
            None => Found::Moved(address),
            Some(anchor) => match self.anchor(index, &anchor) {
                Some(own) if own.is_empty() => Found::Moved(written(target)),
                Some(own) => Found::Moved(format!("{address}#{own}")),
                None => Found::Part(written(target), format!("#{anchor}")),
            },
        }
    }

    /// The id that an anchor means: itself, the one that differs in hyphens and case alone, or none
    /// where it is the page's title, which stands above the text.
    fn anchor(&self, page: usize, anchor: &str) -> Option<String> {
        let wanted = decode(anchor).into_owned();
        let own = self.anchors.get(page)?;
        if wanted.is_empty() || own.binary_search(&wanted).is_ok() || wanted.starts_with("fn-") {
            return Some(wanted);
        }
        let fold = |id: &str| -> String {
            id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let wanted = fold(&wanted);
        let near = own.iter().find(|id| fold(id) == wanted && !wanted.is_empty()).cloned();
        let titled = || self.titles.get(page).filter(|title| fold(title) == wanted);
        near.or_else(|| titled().map(|_| String::new()))
    }

    fn locate(&self, page: usize, path: &str, own_host: bool) -> Option<Target> {
        let source = self.foreign.pages[page].source.as_str();
        if let Some(path) = path.strip_prefix("source:") {
            return self.by_source(path.trim_start_matches('/')).or_else(|| self.below_roots(path));
        }
        if let Some(name) = path.strip_prefix("post:") {
            return self.post(name);
        }
        if let Some(path) = path.strip_prefix("ref:") {
            return self.by_reference(source, path);
        }
        if let Some(path) = path.strip_prefix("@/") {
            return self.below_roots(path).or_else(|| self.by_source(path));
        }
        if let Some(path) = path.strip_prefix("@site/") {
            // the folder of the settings is the first of the roots
            return self.by_source(path).or_else(|| self.below_roots(path));
        }
        if path.is_empty() {
            return None;
        }
        if path.starts_with('/') {
            let base = self.foreign.base_path.trim_end_matches('/');
            let inside = path.strip_prefix(base).filter(|rest| rest.starts_with('/') && !own_host);
            let by_address = |path: &str| self.by_address.get(&normal(path)).copied();
            return by_address(inside.unwrap_or(path))
                .or_else(|| by_address(path))
                .or_else(|| self.below_roots(path.trim_start_matches('/')));
        }
        let address = self.foreign.pages[page].address.as_deref().unwrap_or_default();
        self.by_source(&join(source, path))
            .or_else(|| self.by_address.get(&normal(&relative(address, path))).copied())
            // relative to an address without its slash
            .or_else(|| {
                let address = address.trim_end_matches('/');
                self.by_address.get(&normal(&relative(address, path))).copied()
            })
            .or_else(|| self.below_roots(path))
    }

    /// The page or file at a path of the foreign tree, its ending left out or not.
    fn by_source(&self, path: &str) -> Option<Target> {
        let path = path.trim_end_matches('/');
        let ends =
            ["", ".md", ".mdx", ".markdown", "/index.md", "/_index.md", "/index.mdx", "/README.md"];
        ends.iter().find_map(|end| self.by_source.get(format!("{path}{end}").as_str()).copied())
    }

    fn below_roots(&self, path: &str) -> Option<Target> {
        let path = path.trim_start_matches('/');
        self.foreign.roots.iter().find_map(|root| self.by_source(&format!("{root}/{path}")))
    }

    /// `2024-01-02-title`, with or without folders before it.
    fn post(&self, name: &str) -> Option<Target> {
        let name = name.trim_matches('/');
        let last = name.rsplit('/').next()?.to_lowercase();
        let found = self.by_name.get(&last)?.iter().find(|index| {
            let source = self.foreign.pages[**index].source.as_str();
            let path = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
            let path = path.replace("_posts/", "");
            path == name || path.ends_with(&format!("/{name}"))
        });
        found.copied().map(Target::Page)
    }

    /// Hugo's `ref`: a path of content, or the name of a page alone.
    fn by_reference(&self, source: &str, path: &str) -> Option<Target> {
        let plain = path.trim_end_matches('/');
        if plain.is_empty() || plain == "." {
            return self.by_source.get(source).copied();
        }
        // `answer.md` may be `answer/index.md`
        let names = [plain, plain.strip_suffix(".md").unwrap_or(plain)];
        let mut relative = names.iter().filter(|name| !name.starts_with('/'));
        let beside = relative.find_map(|name| self.by_source(&join(source, name)));
        let below = || names.iter().find_map(|name| self.below_roots(name));
        beside.or_else(below).or_else(|| {
            let name = plain.rsplit('/').next()?.trim_end_matches(".md").to_lowercase();
            match self.by_name.get(&name)?.as_slice() {
                [index] => Some(Target::Page(*index)),
                _ => None,
            }
        })
    }
}

/// The name that a page is known by: of its file, or of its folder where it is an index.
fn stem(page: &Page) -> &str {
    let path = page.source.rsplit_once('.').map_or(page.source.as_str(), |(stem, _)| stem);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_index = ["index", "_index", "README"].contains(&name) && !folder.is_empty();
    if is_index { folder.rsplit('/').next().unwrap_or(folder) } else { name }
}

/// An address in the one form under which it is looked up.
fn normal(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    path.strip_suffix(".html").unwrap_or(path).to_lowercase()
}

fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let letters = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    (letters && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

/// The way from one file or page address to another, escaped.
fn between(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let (folders, name) = to
        .rsplit_once('/')
        .map_or((Vec::new(), to), |(folders, name)| (folders.split('/').collect(), name));
    let common = from.iter().zip(&folders).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - common);
    let down: String = folders[common..].iter().flat_map(|folder| [folder, "/"]).collect();
    encode_all(&format!("{up}{down}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_files_and_addresses() {
        assert_eq!(between("content/a/b.md", "content/c/d.md"), "../c/d.md");
        assert_eq!(between("content/a/b.md", "content/a/d e.md"), "d%20e.md");
        assert_eq!(between("a/b/", "a/c/"), "../c/");
        assert_eq!(between("a/b/", "x.png"), "../../x.png");
        assert_eq!(between("a/b/", "a/b/"), "");
        assert_eq!(between("", "a/"), "a/");
    }

    #[test]
    fn addresses_have_one_form() {
        for address in ["/A/b/", "a/b", "/a/b.html", "/a/b/index.html?x#y"] {
            assert_eq!(normal(address), "a/b");
        }
    }
}
