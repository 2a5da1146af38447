//! What all generators have alike: a Markdown file with a head, files that go over as they are, and
//! settings.

use super::frontmatter::{self, Fields, Notation};
use super::report::{Kind, Notes};
use super::{Asset, Page};
use crate::site::File;

/// Endings of files that belong to the looks of the old site.
const LOOKS: [&str; 16] = [
    "css", "scss", "sass", "less", "js", "mjs", "cjs", "ts", "tsx", "jsx", "map", "woff", "woff2",
    "ttf", "eot", "otf",
];

/// Files that this site makes itself.
const OWN: [&str; 6] =
    ["robots.txt", "favicon.svg", "llms.txt", "site.yaml", "sw.js", "templates.json"];

/// A Markdown file taken apart; where it stands is for its generator to say.
pub fn page(file: &File, about: &mut Notes) -> Page {
    let text = String::from_utf8(file.bytes.to_vec()).unwrap_or_else(|_| {
        about.add(0, Kind::Moved, "", "is not UTF-8; it was read as Latin-1: look at its accents");
        file.bytes.iter().copied().map(char::from).collect()
    });
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let head = frontmatter::split(&text);
    Page { source: file.path.clone(), text, head, ..Page::default() }
}

/// A file that goes over as it is, unless it belongs to the looks of the old site.
pub fn asset(file: &File, address: &str, about: &mut Notes) -> Option<Asset> {
    let ending = ending(address);
    let hidden = address.split('/').any(|part| part.starts_with('.') || part.ends_with('~'));
    if LOOKS.contains(&ending.as_str()) || ["html", "htm", "xml", "md"].contains(&ending.as_str()) {
        about.add(0, Kind::Left, "", "belongs to the pages of the old site; it is not copied");
        return None;
    }
    if OWN.contains(&address) {
        let done = "this site makes a file of this name itself; it is not copied";
        about.add(0, Kind::Left, "", done);
        return None;
    }
    (!hidden).then(|| Asset { source: file.path.clone(), address: address.to_owned() })
}

/// The settings of a file; `None` where they cannot be read, which is noted.
pub fn settings(file: &File, notation: Notation, notes: &mut Notes) -> Option<Fields> {
    file.path.clone_into(&mut notes.file);
    match frontmatter::fields(&String::from_utf8_lossy(&file.bytes), notation) {
        Ok(fields) => Some(fields),
        Err(problem) => {
            notes.add(0, Kind::Left, "", format!("could not be read: {problem}"));
            None
        }
    }
}

/// What stands behind the last dot of a name, in small letters.
pub fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_ascii_lowercase())
}
