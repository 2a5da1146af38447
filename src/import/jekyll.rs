//! Sites of Jekyll: posts, collections and pages, with the addresses that its settings give them.

use jiff::civil::Date;
use serde_json::Value;

use super::files::{self as alike, asset, ending};
use super::frontmatter::{self, Fields, Notation, dated, day, get, text};
use super::report::{Kind, Notes};
use super::{Foreign, Page, meta};
use crate::config::normal_base_url;
use crate::site::File;
use crate::slug::slug;

/// Files of the root that belong to the workshop, not to the site.
const WORKSHOP: [&str; 10] = [
    "Gemfile",
    "Gemfile.lock",
    "Rakefile",
    "package.json",
    "package-lock.json",
    "yarn.lock",
    "Makefile",
    "Dockerfile",
    "LICENSE",
    "node_modules",
];

/// Fields that the settings may give many pages at once and that are of use here.
const DEFAULTS: [&str; 9] = [
    "permalink",
    "published",
    "author",
    "authors",
    "tags",
    "categories",
    "category",
    "description",
    "date",
];

/// A file's place in Jekyll's order of things.
enum Role {
    /// In `_posts` or `_drafts`.
    Post {
        draft: bool,
    },
    /// In the folder of a collection.
    Collected(String),
    Page,
}

/// Reads a Jekyll site.
pub fn read(files: &[File]) -> Foreign {
    let mut notes = Notes::about("_config.yml");
    let settings = settings(files, &mut notes);
    let mut foreign = Foreign { settings, ..Foreign::default() };
    let own = |name: &str| get(&foreign.settings, name).and_then(text).unwrap_or_default();
    // what a title was called long ago
    foreign.title =
        [own("title"), own("name")].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    foreign.description = own("description");
    let (url, base) = (own("url"), own("baseurl"));
    let base = base.trim_matches('/').to_owned();
    foreign.base_path = if base.is_empty() { String::new() } else { format!("/{base}") };
    let url = url.trim_end_matches('/');
    foreign.base_url = normal_base_url(&format!("{url}{}", foreign.base_path)).unwrap_or_default();
    let language = own("lang");
    foreign.language = (!language.is_empty()).then_some(language);
    let collections = collections(&foreign.settings);
    let excluded = meta::all(&foreign.settings, &["exclude"]);
    let folder = own("collections_dir");
    foreign.roots = vec![
        own("source").trim_matches(['.', '/']).to_owned(),
        "_posts".to_owned(),
        "_includes".to_owned(),
    ];
    let prefix =
        if folder.is_empty() { String::new() } else { format!("{}/", folder.trim_matches('/')) };
    for file in files {
        let mut about = Notes::about(&file.path);
        let path = file.path.strip_prefix(&prefix).unwrap_or(&file.path);
        let top = path.split('/').next().unwrap_or(path);
        let out = |one: &String| {
            let one = one.trim_end_matches('/').trim_end_matches("/*");
            path == one || path.starts_with(&format!("{one}/"))
        };
        if WORKSHOP.contains(&top) || excluded.iter().any(out) || path.ends_with(".gemspec") {
            continue;
        }
        let role = role(path, &collections);
        let hidden = path.split('/').any(|part| part.starts_with('_'));
        let markdown = ["md", "markdown", "mkd", "mkdown"].contains(&ending(path).as_str());
        match role {
            Role::Page if hidden => {
                if markdown && !top.starts_with("_layouts") {
                    about.add(0, Kind::Left, "", "is shown inside other pages; it is not imported");
                }
            }
            role if markdown => {
                let one = alike::page(file, &mut about);
                if one.head.found || matches!(role, Role::Post { .. }) {
                    foreign.pages.push(page(one, path, &role, &foreign.settings));
                } else {
                    let done = "has no head, so it was no page of the old site; it is not imported";
                    about.add(0, Kind::Left, "", done);
                }
            }
            _ if file.bytes.starts_with(b"---\n") || file.bytes.starts_with(b"---\r\n") => {
                let done =
                    "is a page or file that a template makes, not Markdown; it is not imported";
                about.add(0, Kind::Left, "", done);
            }
            _ => foreign.assets.extend(asset(file, path.trim_start_matches('_'), &mut about)),
        }
        foreign.notes.append(&mut about.notes);
    }
    foreign.notes.append(&mut notes.notes);
    foreign
}

fn settings(files: &[File], notes: &mut Notes) -> Fields {
    let names = [
        ("_config.yml", Notation::Yaml),
        ("_config.yaml", Notation::Yaml),
        ("_config.toml", Notation::Toml),
    ];
    for (name, notation) in names {
        let Some(file) = files.iter().find(|file| file.path == name) else { continue };
        if let Some(fields) = alike::settings(file, notation, notes) {
            return fields;
        }
    }
    Fields::new()
}

/// Names of collections, with what they are set to.
fn collections(settings: &Fields) -> Vec<(String, Fields)> {
    match settings.get("collections") {
        Some(Value::Object(named)) => {
            let own = named.iter();
            own.map(|(name, value)| (name.clone(), value.as_object().cloned().unwrap_or_default()))
                .collect()
        }
        Some(list) => {
            frontmatter::texts(list).into_iter().map(|name| (name, Fields::new())).collect()
        }
        None => Vec::new(),
    }
}

fn role(path: &str, collections: &[(String, Fields)]) -> Role {
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    let first = folders.first().and_then(|folder| folder.strip_prefix('_')).unwrap_or_default();
    let posts = folders.contains(&"_posts");
    if posts || folders.contains(&"_drafts") {
        Role::Post { draft: !posts }
    } else if collections.iter().any(|(name, _)| name == first) {
        Role::Collected(first.to_owned())
    } else {
        Role::Page
    }
}

fn page(mut one: Page, path: &str, role: &Role, settings: &Fields) -> Page {
    let kind = match role {
        Role::Post { .. } => "posts",
        Role::Collected(name) => name,
        Role::Page => "pages",
    };
    for (name, value) in defaults(settings, path, kind) {
        // what else stands there is the same on all pages, and belongs to the looks
        if DEFAULTS.contains(&name.as_str()) {
            one.head.fields.entry(name).or_insert(value);
        }
    }
    let fields = &one.head.fields;
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let (date, rest) = dated(stem);
    let name = if matches!(role, Role::Post { .. }) { rest } else { stem };
    let plain = folders.split('/').filter(|folder| !folder.is_empty());
    one.folder = match role {
        Role::Post { .. } => {
            let own: Vec<String> =
                plain.filter(|folder| !folder.starts_with('_')).map(str::to_owned).collect();
            if own.is_empty() { vec!["posts".to_owned()] } else { own }
        }
        _ => plain.map(|folder| folder.trim_start_matches('_').to_owned()).collect(),
    };
    let own = fields.get("slug").and_then(text);
    let is_index = name.eq_ignore_ascii_case("index") || name.eq_ignore_ascii_case("readme");
    one.name =
        if is_index { String::new() } else { own.clone().unwrap_or_else(|| name.to_owned()) };
    let published = fields.get("published").and_then(Value::as_bool).unwrap_or(true);
    let draft = fields.get("draft").and_then(Value::as_bool).unwrap_or(false);
    one.draft = matches!(role, Role::Post { draft: true }) || !published || draft;
    if matches!(role, Role::Post { .. }) {
        one.date = date;
    }
    let day = fields.get("date").and_then(day).or(date);
    let template = template(role, fields, settings);
    let categories = categories(fields, folders);
    let parts =
        Parts { path, stem: name, slug: own.as_deref(), day, categories: &categories, kind };
    one.address = Some(address(&template, &parts));
    one.aliases = meta::all(fields, &["redirect_from", "aliases", "alias"]);
    one
}

/// The values that the settings give pages of a kind below a path, the nearest last.
fn defaults(settings: &Fields, path: &str, kind: &str) -> Fields {
    let mut values = Fields::new();
    let Some(Value::Array(rules)) = settings.get("defaults") else { return values };
    for rule in rules {
        let scope = |name: &str| rule.get("scope")?.get(name).and_then(text);
        let below = scope("path").unwrap_or_default();
        let below = below.trim_matches('/');
        let inside = below.is_empty() || path == below || path.starts_with(&format!("{below}/"));
        let of_kind =
            scope("type").is_none_or(|own| own == kind || own == kind.trim_end_matches('s'));
        if let Some(Value::Object(own)) = rule.get("values").filter(|_| inside && of_kind) {
            values.extend(own.clone());
        }
    }
    values
}

fn template(role: &Role, fields: &Fields, settings: &Fields) -> String {
    if let Some(own) = fields.get("permalink").and_then(text) {
        return own;
    }
    let of_site = settings.get("permalink").and_then(text);
    let style = of_site.as_deref().unwrap_or("date");
    match role {
        Role::Post { .. } => match style {
            "date" => "/:categories/:year/:month/:day/:title.html",
            "pretty" => "/:categories/:year/:month/:day/:title/",
            "ordinal" => "/:categories/:year/:y_day/:title.html",
            "none" => "/:categories/:title.html",
            other => other,
        }
        .to_owned(),
        Role::Collected(name) => get(settings, &format!("collections.{name}.permalink"))
            .and_then(text)
            .unwrap_or_else(|| "/:collection/:path.html".to_owned()),
        Role::Page if style == "pretty" || style.ends_with('/') => "/:path/".to_owned(),
        Role::Page => "/:path.html".to_owned(),
    }
}

fn categories(fields: &Fields, folders: &str) -> String {
    let above = folders.split('/').take_while(|folder| *folder != "_posts");
    let above =
        above.filter(|folder| !folder.is_empty() && !folder.starts_with('_')).map(str::to_owned);
    let named = ["categories", "category"].iter().filter_map(|name| fields.get(*name));
    let named = named.flat_map(|value| match value {
        Value::String(all) => all.split_whitespace().map(str::to_owned).collect(),
        other => frontmatter::texts(other),
    });
    let mut all: Vec<String> =
        above.chain(named).map(|name| name.to_lowercase().replace(' ', "-")).collect();
    let mut seen = std::collections::HashSet::new();
    all.retain(|name| seen.insert(name.clone()));
    all.join("/")
}

/// What an address is made of.
struct Parts<'a> {
    path: &'a str,
    stem: &'a str,
    slug: Option<&'a str>,
    day: Option<Date>,
    categories: &'a str,
    kind: &'a str,
}

fn address(template: &str, parts: &Parts<'_>) -> String {
    let path = parts.path.rsplit_once('.').map_or(parts.path, |(stem, _)| stem);
    let inside = path.strip_prefix(&format!("_{}/", parts.kind)).unwrap_or(path);
    let part = |day: Option<i8>| day.map_or(String::new(), |day| format!("{day:02}"));
    let bare = |day: Option<i8>| day.map_or(String::new(), |day| day.to_string());
    let (month, today) = (parts.day.map(Date::month), parts.day.map(Date::day));
    let year = parts.day.map_or(String::new(), |day| day.year().to_string());
    let title = parts.slug.unwrap_or(parts.stem);
    let values = [
        (":categories", parts.categories.to_owned()),
        (":collection", parts.kind.to_owned()),
        (":output_ext", ".html".to_owned()),
        (":short_year", year.chars().skip(2).collect()),
        (":i_month", bare(month)),
        (":i_day", bare(today)),
        (":y_day", parts.day.map_or(String::new(), |day| format!("{:03}", day.day_of_year()))),
        (":basename", parts.stem.to_owned()),
        (":year", year),
        (":month", part(month)),
        (":day", part(today)),
        (":title", title.to_owned()),
        (":slug", slug(title)),
        (":name", parts.stem.to_owned()),
        (":path", inside.to_owned()),
    ];
    let mut address = template.to_owned();
    for (name, value) in values {
        address = address.replace(name, &value);
    }
    while address.contains("//") {
        address = address.replace("//", "/");
    }
    let address =
        address.strip_suffix("/index/").map_or(address.clone(), |folder| format!("{folder}/"));
    let address =
        address.strip_suffix("/index.html").map_or(address.clone(), |folder| format!("{folder}/"));
    let address = if address.starts_with('/') { address } else { format!("/{address}") };
    let last = address.rsplit('/').next().unwrap_or_default();
    // without an ending, the file is one with `.html`
    if last.is_empty() || last.contains('.') { address } else { format!("{address}.html") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow_the_settings() {
        let day = "2024-01-02".parse().ok();
        let parts = Parts {
            path: "_posts/2024-01-02-a.md",
            stem: "a",
            slug: None,
            day,
            categories: "x/y",
            kind: "posts",
        };
        assert_eq!(
            address("/:categories/:year/:month/:day/:title.html", &parts),
            "/x/y/2024/01/02/a.html"
        );
        assert_eq!(address("/blog/:i_month/:title/", &parts), "/blog/1/a/");
        let parts = Parts {
            path: "docs/index.md",
            stem: "index",
            slug: None,
            day: None,
            categories: "",
            kind: "pages",
        };
        assert_eq!(address("/:path.html", &parts), "/docs/");
    }
}
