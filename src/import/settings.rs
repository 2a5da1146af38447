//! `content/site.yaml` and the index pages that a foreign site had no files for.

use std::collections::{BTreeMap, HashSet};

use super::Foreign;
use super::meta::{self, Meta};
use super::places::Place;
use super::report::{Kind, Note, Notes};
use crate::config::{self, normal_base_url};
use crate::schema::yaml::plain;
use crate::site::File;

/// An address for sites that do not say where they live.
const NOWHERE: &str = "https://example.org/";

/// A home page, and a page for every section, where there is none.
pub fn indexes(foreign: &Foreign, places: &[Place], notes: &mut Vec<Note>) -> Vec<File> {
    let have: HashSet<&str> = places
        .iter()
        .filter(|place| place.is_index())
        .map(|place| place.section.as_str())
        .collect();
    let mut about = Notes::about("");
    let mut titles: BTreeMap<&str, String> = BTreeMap::new();
    for (page, place) in foreign.pages.iter().zip(places) {
        let own = foreign.folders.get(&page.folder).and_then(|(title, _)| title.clone());
        let name = || meta::titled(page.folder.last().map_or("", String::as_str));
        titles.entry(&place.section).or_insert_with(|| own.unwrap_or_else(name));
    }
    let site = if foreign.title.is_empty() { "Home".to_owned() } else { foreign.title.clone() };
    titles.insert("", site);
    let files = titles.into_iter().filter(|(section, _)| !have.contains(section));
    let files = files.map(|(section, title)| {
        let place = Place { section: section.to_owned(), slug: "index".to_owned() };
        let weights = foreign.pages.iter().zip(places).filter(|(_, own)| own.section == section);
        let mut order: Vec<(i64, &str)> = weights
            .filter_map(|(page, own)| Some((meta::weight(&page.head.fields)?, own.slug.as_str())))
            .collect();
        order.sort_unstable();
        let order: Vec<String> = order.into_iter().map(|(_, slug)| slug.to_owned()).collect();
        let head = meta::write(&Meta { title, ..Meta::default() }, &place, &[], &order);
        let done = format!("had no page of its own: `{}` is new", place.file());
        about.add(0, Kind::Filled, if section.is_empty() { "/" } else { section }, done);
        File { path: place.file(), bytes: head.into_bytes().into() }
    });
    let files = files.collect();
    notes.append(&mut about.notes);
    files
}

/// `content/site.yaml`.
pub fn site(foreign: &Foreign, places: &[Place], notes: &mut Vec<Note>) -> File {
    let mut about = Notes::about("");
    let title = if foreign.title.is_empty() {
        about.add(0, Kind::Filled, "", "the settings name no title; the site is called `Home`");
        "Home"
    } else {
        &foreign.title
    };
    let base_url = normal_base_url(&foreign.base_url).unwrap_or_else(|| {
        let done = format!(
            "the settings say no address that a site can have; `{NOWHERE}` stands in site.yaml"
        );
        about.add(0, Kind::Filled, &foreign.base_url, done);
        NOWHERE.to_owned()
    });
    let mut sections: Vec<(i64, &str)> = Vec::new();
    for (page, place) in
        foreign.pages.iter().zip(places).filter(|(_, place)| !place.section.is_empty())
    {
        let own = if place.is_index() { meta::weight(&page.head.fields) } else { None };
        let folder = foreign.folders.get(&page.folder).and_then(|(_, weight)| *weight);
        let weight = own.or(folder).unwrap_or(i64::MAX);
        match sections.iter_mut().find(|(_, section)| *section == place.section) {
            Some((least, _)) => *least = (*least).min(weight),
            None => sections.push((weight, &place.section)),
        }
    }
    sections.sort_unstable();
    let sections: Vec<String> = sections.into_iter().map(|(_, section)| plain(section)).collect();
    let language = foreign.language.as_deref().unwrap_or_default().replace('_', "-");
    let lines = [
        ("title", title),
        ("description", &foreign.description),
        ("base_url", &base_url),
        ("language", &language),
    ];
    let lines = lines.into_iter().filter(|(_, value)| !value.is_empty());
    let mut lines: Vec<String> =
        lines.map(|(name, value)| format!("{name}: {}\n", plain(value))).collect();
    lines.push(format!("sections: [{}]\n", sections.join(", ")));
    let text = lines.concat();
    notes.append(&mut about.notes);
    File { path: config::PATH.to_owned(), bytes: text.into_bytes().into() }
}
