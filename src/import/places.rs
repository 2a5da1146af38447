//! Where each page of a foreign site stands in the new one, and what it was called before.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::report::{Kind, Note, Notes};
use super::{Foreign, Page};
use crate::frontmatter::{ARTICLE, INDEX, PAGE};
use crate::schema::Table;
use crate::site::urls::decode;
use crate::slug::slug;

/// The place of a page in the new site.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The section; empty for the home page and for pages beside the articles.
    pub section: String,
    /// The file's name without `.md`.
    pub slug: String,
}

/// Addresses that the new site needs for itself.
const RESERVED: [&str; 14] = [
    "start",
    "templates",
    "search",
    "tags",
    "stages",
    "journeys",
    "assets",
    "cards",
    "index",
    "exports",
    "offline",
    "404",
    "kit",
    "questions",
];

impl Place {
    /// Relative to the root: `content/reply/note.md`.
    pub fn file(&self) -> String {
        match self.section.as_str() {
            "" => format!("content/{}.md", self.slug),
            section => format!("content/{section}/{}.md", self.slug),
        }
    }

    /// The path of its page in the site: `reply/note/`.
    pub fn address(&self) -> String {
        match (self.section.as_str(), self.slug.as_str()) {
            ("", "index") => String::new(),
            ("", slug) => format!("{slug}/"),
            (section, "index") => format!("{section}/"),
            (section, slug) => format!("{section}/{slug}/"),
        }
    }

    /// Whether it is the home page or the page of a section.
    pub fn is_index(&self) -> bool {
        self.slug == "index"
    }

    /// The fields that its head may have.
    pub fn table(&self) -> &'static Table {
        match (self.section.as_str(), self.slug.as_str()) {
            (_, "index") => &INDEX,
            ("", _) => &PAGE,
            _ => &ARTICLE,
        }
    }
}

/// Gives every page a place of its own, in the order of the pages.
pub fn place(foreign: &Foreign, notes: &mut Vec<Note>) -> Vec<Place> {
    let sections = sections(&foreign.pages);
    let has_index: HashSet<&str> = foreign
        .pages
        .iter()
        .filter(|page| page.name.is_empty())
        .filter_map(|page| sections.get(&page.folder).map(String::as_str))
        .collect();
    let names: HashSet<&str> = sections.values().map(String::as_str).collect();
    let mut taken: HashSet<String> = HashSet::new();
    let mut indexes: HashSet<String> = HashSet::new();
    let mut places = Vec::new();
    for page in &foreign.pages {
        let section = sections.get(&page.folder).cloned().unwrap_or_default();
        let mut about = Notes::about(&page.source);
        let wanted = match slug(&page.name) {
            name if page.name.is_empty() || (name.is_empty() && section.is_empty()) => {
                if indexes.insert(section.clone()) {
                    places.push(Place { section, slug: "index".to_owned() });
                    continue;
                }
                page.folder.last().map(|name| slug(name)).unwrap_or_default()
            }
            name => name,
        };
        // `posts.md` beside `posts/` is what the section's page says
        if section.is_empty()
            && names.contains(wanted.as_str())
            && !has_index.contains(wanted.as_str())
            && indexes.insert(wanted.clone())
        {
            places.push(Place { section: wanted, slug: "index".to_owned() });
            continue;
        }
        let wanted = if wanted.is_empty() { "page".to_owned() } else { wanted };
        let is_free = |name: &str, taken: &HashSet<String>| {
            let reserved = name == "index"
                || (section.is_empty() && (RESERVED.contains(&name) || names.contains(name)));
            !reserved && !taken.contains(name)
        };
        let longer = [wanted.clone(), slug(&format!("{} {wanted}", section.replace('-', " ")))];
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let name = longer.into_iter().chain(numbered).find(|name| is_free(name, &taken));
        let name = name.unwrap_or_default();
        if name != wanted {
            let done = format!("another page has this name; this one is called `{name}`");
            about.add(0, Kind::Moved, &wanted, done);
        }
        taken.insert(name.clone());
        notes.append(&mut about.notes);
        places.push(Place { section, slug: name });
    }
    places
}

/// The section of each folder of pages: its path as one name.
fn sections(pages: &[Page]) -> BTreeMap<Vec<String>, String> {
    let folders: BTreeSet<&Vec<String>> = pages.iter().map(|page| &page.folder).collect();
    let mut taken: HashSet<String> = HashSet::new();
    let mut sections = BTreeMap::new();
    for folder in folders {
        if folder.is_empty() {
            sections.insert(folder.clone(), String::new());
            continue;
        }
        let name = slug(&folder.join(" "));
        let name = if name.is_empty() { "section".to_owned() } else { name };
        let fits = |name: &str| !RESERVED.contains(&name) && !taken.contains(name);
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let candidates = [name.clone(), format!("{name}-pages")].into_iter().chain(numbered);
        let name = candidates.into_iter().find(|name| fits(name)).unwrap_or_default();
        taken.insert(name.clone());
        sections.insert(folder.clone(), name);
    }
    sections
}

/// The old addresses of every page that have to lead to it, those of its head included.
pub fn aliases(foreign: &Foreign, places: &[Place], notes: &mut Vec<Note>) -> Vec<Vec<String>> {
    let mut taken: HashMap<String, String> = HashMap::new();
    for place in places {
        taken.insert(file(&place.address()), place.file());
    }
    for asset in &foreign.assets {
        taken.insert(asset.address.to_lowercase(), asset.source.clone());
    }
    for place in places.iter().filter(|place| !place.section.is_empty()) {
        let index = Place { section: place.section.clone(), slug: "index".to_owned() };
        taken.entry(file(&index.address())).or_insert_with(|| index.file());
    }
    for name in RESERVED {
        taken.insert(file(&format!("{name}/")), "this site's own pages".to_owned());
    }
    let mut aliases = Vec::new();
    for (page, place) in foreign.pages.iter().zip(places) {
        let mut about = Notes::about(&page.source);
        let mut own = Vec::new();
        for old in page.address.iter().chain(&page.aliases) {
            let path = decode(old.split(['?', '#']).next().unwrap_or_default());
            let path = path.trim_start_matches('/');
            let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
            let plain = !steps.is_empty()
                && !path.contains(['\\', ':'])
                && steps.iter().all(|step| !step.starts_with('.'));
            let file = file(path);
            if file == self::file(&place.address()) || file == "index.html" || file.is_empty() {
                continue;
            }
            if !plain {
                about.add(0, Kind::Left, old, "cannot be an old address on a host of files");
            } else if let Some(owner) = taken.get(&file) {
                if *owner != place.file() {
                    let done = format!("this old address is taken by `{owner}`");
                    about.add(0, Kind::Left, old, done);
                }
            } else {
                taken.insert(file, place.file());
                own.push(format!("/{path}"));
                about.mapped(0);
            }
        }
        notes.append(&mut about.notes);
        aliases.push(own);
    }
    aliases
}

/// The file that an address shows, in small letters.
fn file(path: &str) -> String {
    let path = path.to_lowercase();
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if is_file {
        path
    } else {
        format!("{}/index.html", path.trim_end_matches('/')).trim_start_matches('/').to_owned()
    }
}
