//! Sites of Hugo: sections, bundles and pages of one language.

use std::collections::HashSet;

use jiff::civil::Date;
use serde_json::Value;

use super::files::{self as alike, asset, ending};
use super::frontmatter::{Fields, Notation, dated, day, folders_and_name, get, text};
use super::report::{Kind, Notes};
use super::{Foreign, Page, meta};
use crate::config::normal_base_url;
use crate::site::File;
use crate::site::urls::{base_path, join};

/// Reads a Hugo site.
pub fn read(files: &[File]) -> Foreign {
    let mut notes = Notes::about("hugo.toml");
    let settings = settings(files, &["hugo", "config"], &mut notes);
    let language =
        get(&settings, "defaultContentLanguage").and_then(text).unwrap_or_else(|| "en".to_owned());
    let of_language =
        |name: &str| get(&settings, &format!("languages.{language}.{name}")).and_then(text);
    let own = |name: &str| {
        let lower = name.to_lowercase();
        of_language(name)
            .or_else(|| of_language(&lower))
            .or_else(|| [name, &lower].iter().find_map(|name| get(&settings, name).and_then(text)))
            .unwrap_or_default()
    };
    let content = own("contentDir");
    let content = content.trim_matches(['/', '.']);
    let content = if content.is_empty() { "content" } else { content }.to_owned();
    let languages = languages(&settings, &language);
    // content/en is the folder of a language even where the settings give it by a mount
    let below = format!("{content}/{language}/");
    let by_folder = files.iter().any(|file| file.path.starts_with(&below));
    let content = if by_folder { format!("{content}/{language}") } else { content };
    let bundles = bundles(files);
    let mut foreign = Foreign {
        title: own("title"),
        description: [own("params.description"), own("description")]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        base_url: normal_base_url(&own("baseURL")).unwrap_or_default(),
        language: Some(
            of_language("languageCode")
                .or_else(|| settings.get("languageCode").and_then(text))
                .unwrap_or_else(|| language.clone()),
        ),
        roots: vec![content.clone(), "static".to_owned(), "assets".to_owned()],
        settings,
        ..Foreign::default()
    };
    base_path(&foreign.base_url).trim_end_matches('/').clone_into(&mut foreign.base_path);
    for file in files {
        let mut about = Notes::about(&file.path);
        let inside = |folder: &str| file.path.strip_prefix(folder)?.strip_prefix('/');
        if let Some(path) = inside("static") {
            foreign.assets.extend(asset(file, path, &mut about));
        } else if let Some(path) = inside(&content) {
            content_file(file, path, &languages, &bundles, &mut foreign, &mut about);
        } else if file.path.starts_with("content") {
            about.add(0, Kind::Left, "", "belongs to another language; import that on its own");
        } else if ["png", "jpg", "jpeg", "gif", "svg", "webp"]
            .contains(&ending(&file.path).as_str())
        {
            // pictures of `assets/` are named by their path there
            if let Some(path) = inside("assets") {
                foreign.assets.extend(asset(file, path, &mut about));
            }
        }
        foreign.notes.append(&mut about.notes);
    }
    foreign.assets.sort_by(|a, b| a.address.cmp(&b.address));
    let mut taken = HashSet::new();
    foreign.assets.retain(|asset| taken.insert(asset.address.to_lowercase()));
    foreign.notes.append(&mut notes.notes);
    foreign
}

/// Reads the settings, whatever notation and folder they stand in.
fn settings(files: &[File], names: &[&str], notes: &mut Notes) -> Fields {
    let endings = [
        ("toml", Notation::Toml),
        ("yaml", Notation::Yaml),
        ("yml", Notation::Yaml),
        ("json", Notation::Json),
    ];
    let mut settings = Fields::new();
    let read = |path: &str, notation, notes: &mut Notes| {
        alike::settings(files.iter().find(|file| file.path == path)?, notation, notes)
    };
    for folder in ["", "config/_default/"] {
        for (ending, notation) in endings {
            for name in names {
                settings.extend(
                    read(&format!("{folder}{name}.{ending}"), notation, notes).unwrap_or_default(),
                );
            }
            if folder.is_empty() {
                continue;
            }
            for part in ["params", "languages", "permalinks"] {
                if let Some(fields) = read(&format!("{folder}{part}.{ending}"), notation, notes) {
                    settings.insert(part.to_owned(), Value::Object(fields));
                }
            }
        }
    }
    settings
}

/// The other languages of the site.
fn languages(settings: &Fields, own: &str) -> HashSet<String> {
    let named = settings.get("languages").and_then(Value::as_object);
    let all = named.into_iter().flat_map(|languages| languages.keys().cloned());
    all.filter(|name| name != own).collect()
}

/// The folders whose index is one page with all that lies beside it.
fn bundles(files: &[File]) -> HashSet<String> {
    let index = |file: &File| {
        let (folder, name) = file.path.rsplit_once('/')?;
        let is = ["index.md", "index.markdown"].contains(&name)
            || (name.starts_with("index.") && ending(name) == "md");
        is.then(|| folder.to_owned())
    };
    files.iter().filter_map(index).collect()
}

fn content_file(
    file: &File,
    path: &str,
    languages: &HashSet<String>,
    bundles: &HashSet<String>,
    foreign: &mut Foreign,
    about: &mut Notes,
) {
    let kind = ending(path);
    if !["md", "markdown", "mdown"].contains(&kind.as_str()) {
        if ["html", "gotmpl", "adoc", "rst", "org", "pdc"].contains(&kind.as_str()) {
            about.add(
                0,
                Kind::Left,
                "",
                "is a page that is not written in Markdown; it is not imported",
            );
        } else {
            foreign.assets.extend(asset(file, path, about));
        }
        return;
    }
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let (stem, language) = match stem.rsplit_once('.') {
        Some((stem, language)) if languages.contains(language) => (stem, true),
        Some((stem, language)) if foreign.language.as_deref() == Some(language) => (stem, false),
        _ => (stem, false),
    };
    if language {
        about.add(0, Kind::Left, "", "belongs to another language; import that on its own");
        return;
    }
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let part = (name != "index" && bundles.contains(folder))
        || folder
            .match_indices('/')
            .any(|(at, _)| bundles.contains(&folder[..at]) && folder[..at] != foreign.roots[0]);
    if part {
        about.add(
            0,
            Kind::Left,
            "",
            "is a part of the page beside it, which a template shows; it is not imported",
        );
        return;
    }
    let one = alike::page(file, about);
    let headless = get(&one.head.fields, "headless").and_then(Value::as_bool).unwrap_or(false);
    if headless {
        about.add(0, Kind::Left, "", "is a page without an address; it is a draft now");
    }
    let mut one = page(one, stem, foreign);
    one.draft |= headless;
    foreign.pages.push(one);
}

fn page(mut one: Page, stem: &str, foreign: &Foreign) -> Page {
    let fields = &one.head.fields;
    let (parts, name) = folders_and_name(stem);
    let (date, bare) = dated(&name);
    if fields.get("date").is_none() {
        one.date = date;
    }
    let own = fields.get("slug").and_then(text);
    one.name =
        if name.is_empty() { name.clone() } else { own.clone().unwrap_or_else(|| bare.to_owned()) };
    let address = match fields.get("url").and_then(text) {
        Some(url) if url.starts_with('/') => url,
        Some(url) => format!("/{url}"),
        None => address(&parts, own.as_deref().unwrap_or(&name), fields, foreign),
    };
    let aliases = meta::all(fields, &["aliases"]).into_iter();
    one.aliases = aliases
        .map(|alias| {
            if alias.starts_with('/') {
                alias
            } else {
                format!("/{}", join(&address[1..], &format!("../{alias}")))
            }
        })
        .collect();
    one.address = Some(address);
    one.folder = parts;
    one.draft = fields.get("draft").and_then(Value::as_bool).unwrap_or(false);
    one
}

fn address(folder: &[String], name: &str, fields: &Fields, foreign: &Foreign) -> String {
    let section = folder.first().map_or("", String::as_str);
    let paths = [format!("permalinks.page.{section}"), format!("permalinks.{section}")];
    let template = paths.iter().find_map(|path| get(&foreign.settings, path).and_then(text));
    if let Some(template) = template.filter(|_| !name.is_empty()) {
        let date = fields.get("date").and_then(day);
        return filled(&template, folder, name, date, fields);
    }
    let ugly = foreign
        .settings
        .iter()
        .any(|(key, value)| key.eq_ignore_ascii_case("uglyurls") && value.as_bool() == Some(true));
    let path = folder.iter().map(String::as_str).chain([name]).filter(|part| !part.is_empty());
    let path = path.collect::<Vec<_>>().join("/").to_lowercase().replace(' ', "-");
    match path.as_str() {
        "" => "/".to_owned(),
        path if ugly && !name.is_empty() => format!("/{path}.html"),
        path => format!("/{path}/"),
    }
}

fn filled(
    template: &str,
    folder: &[String],
    name: &str,
    date: Option<Date>,
    fields: &Fields,
) -> String {
    let part = |day: Option<i8>| day.map_or(String::new(), |day| format!("{day:02}"));
    let title = fields
        .get("title")
        .and_then(text)
        .map_or(name.to_owned(), |title| crate::slug::slug(&title));
    let sections = folder.join("/");
    let values = [
        (":year", date.map_or(String::new(), |date| date.year().to_string())),
        (":month", part(date.map(Date::month))),
        (":day", part(date.map(Date::day))),
        (":slugorcontentbasename", name.to_owned()),
        (":slugorfilename", name.to_owned()),
        (":contentbasename", name.to_owned()),
        (":filename", name.to_owned()),
        (":sections", sections.clone()),
        (":section", folder.first().cloned().unwrap_or_default()),
        (":slug", name.to_owned()),
        (":title", title),
    ];
    let mut address = template.to_owned();
    for (name, value) in values {
        address = address.replace(name, &value);
    }
    let address = format!("/{}/", address.trim_matches('/'));
    address.replace("//", "/").to_lowercase().replace(' ', "-")
}
