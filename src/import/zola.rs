//! Sites of Zola: sections, pages, and the files that lie beside them.

use std::collections::HashMap;

use serde_json::Value;

use super::files::{self as alike, asset, ending};
use super::frontmatter::{Fields, Notation, dated, folders_and_name, get, text};
use super::report::{Kind, Notes};
use super::{Asset, Foreign, Page, meta};
use crate::config::normal_base_url;
use crate::site::File;
use crate::site::urls::base_path;
use crate::slug::slug;

/// Reads a Zola site.
pub fn read(files: &[File]) -> Foreign {
    let mut notes = Notes::about("config.toml");
    let settings = settings(files, &mut notes);
    let own = |name: &str| get(&settings, name).and_then(text).unwrap_or_default();
    let language = own("default_language");
    let base_url = normal_base_url(&own("base_url")).unwrap_or_default();
    let mut foreign = Foreign {
        title: own("title"),
        description: own("description"),
        base_path: base_path(&base_url).trim_end_matches('/').to_owned(),
        base_url,
        language: Some(if language.is_empty() { "en".to_owned() } else { language }),
        roots: vec!["content".to_owned(), "static".to_owned()],
        settings,
        ..Foreign::default()
    };
    let languages: Vec<String> = foreign
        .settings
        .get("languages")
        .and_then(Value::as_object)
        .map(|named| named.keys().cloned().collect())
        .unwrap_or_default();
    let mut beside = Vec::new();
    for file in files {
        let mut about = Notes::about(&file.path);
        if let Some(path) = file.path.strip_prefix("static/") {
            foreign.assets.extend(asset(file, path, &mut about));
        } else if let Some(path) = file.path.strip_prefix("content/") {
            let stem = path.strip_suffix(".md").unwrap_or(path);
            let other = stem
                .rsplit_once('.')
                .is_some_and(|(_, end)| languages.iter().any(|one| one == end));
            if ending(path) != "md" {
                beside.extend(asset(file, path, &mut about));
            } else if other {
                about.add(0, Kind::Left, "", "belongs to another language; import that on its own");
            } else {
                foreign.pages.push(page(alike::page(file, &mut about), stem));
            }
        }
        foreign.notes.append(&mut about.notes);
    }
    let owners: HashMap<&str, &str> = foreign
        .pages
        .iter()
        .filter_map(|page| Some((page.source.strip_suffix("/index.md")?, page.address.as_deref()?)))
        .collect();
    let moved: Vec<Asset> = beside.into_iter().map(|asset| at_page(asset, &owners)).collect();
    foreign.assets.extend(moved);
    foreign.notes.append(&mut notes.notes);
    foreign
}

fn settings(files: &[File], notes: &mut Notes) -> Fields {
    let names = ["config.toml", "zola.toml"];
    let Some(file) = files.iter().find(|file| names.contains(&file.path.as_str())) else {
        return Fields::new();
    };
    alike::settings(file, Notation::Toml, notes).unwrap_or_default()
}

fn page(one: Page, stem: &str) -> Page {
    let fields = &one.head.fields;
    let (parts, name) = folders_and_name(stem);
    let (date, bare) = dated(&name);
    let (date, bare) = match bare.strip_prefix('_') {
        Some(rest) => (date, rest),
        None => (date, bare),
    };
    let own = fields.get("slug").and_then(self::text);
    let name = if name.is_empty() { name } else { own.unwrap_or_else(|| bare.to_owned()) };
    let path = fields.get("path").and_then(self::text).unwrap_or_else(|| {
        let parts = parts.iter().map(|part| slug(part)).chain([slug(&name)]);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    });
    let path = path.trim_matches('/');
    let address = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    let aliases = meta::all(fields, &["aliases"]).into_iter();
    let aliases = aliases.map(|alias| format!("/{}", alias.trim_start_matches('/'))).collect();
    let draft = fields.get("draft").and_then(Value::as_bool).unwrap_or(false);
    Page { folder: parts, name, address: Some(address), aliases, date, draft, ..one }
}

/// A file beside the index of a page has its address below the page's.
fn at_page(asset: Asset, owners: &HashMap<&str, &str>) -> Asset {
    let Some((folder, name)) = asset.source.rsplit_once('/') else { return asset };
    match owners.get(folder) {
        Some(address) => {
            let address = format!("{}{name}", address.trim_start_matches('/'));
            Asset { address, ..asset }
        }
        None => asset,
    }
}
