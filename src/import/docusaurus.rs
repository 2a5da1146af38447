//! Sites of Docusaurus: docs, blog and pages.

use serde_json::Value;

use super::files::{self as alike, asset, ending};
use super::frontmatter::{self, Fields, dated, get, text};
use super::report::{Kind, Notes};
use super::{Foreign, Page, meta};
use crate::config::normal_base_url;
use crate::site::File;
use crate::site::urls::{base_path, join};

/// Settings files, which are programs: only plain lines of them can be read.
const SETTINGS: [&str; 4] = [
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docusaurus.config.mjs",
    "docusaurus.config.cjs",
];

/// Folders with pages that are not imported, and why.
const OTHER: [(&str, &str); 2] = [
    ("versioned_docs", "belongs to an older version; import that on its own"),
    ("i18n", "belongs to another language; import that on its own"),
];

/// What posts name by a key.
const LISTS: [&str; 2] = ["authors.yml", "tags.yml"];

/// The folder that the program serves as it is.
const STATIC: &str = "static";

/// Reads a Docusaurus site.
pub fn read(files: &[File]) -> Foreign {
    let (home, program) = program(files);
    let name = program.map_or(SETTINGS[0], |file| file.path.as_str());
    let mut notes = Notes::about(name);
    let program =
        program.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default();
    let mut folder = |name: &str| {
        let written = plain_value(block(&program, name), "path").unwrap_or_else(|| name.to_owned());
        let inside = inside(home, &written);
        if inside.is_none() {
            let done = "lies outside of this folder: import the folder above, which holds both";
            notes.add(0, Kind::Left, &written, done);
        }
        inside.unwrap_or_else(|| format!("{home}{name}/"))
    };
    let (docs, blog) = (folder("docs"), folder("blog"));
    let mut own = |name: &str, needed: bool| {
        let value = plain_value(&program, name);
        if value.is_none() && needed {
            notes.add(
                0,
                Kind::Left,
                name,
                "could not be read: the settings are a program; set it in site.yaml",
            );
        }
        value.unwrap_or_default()
    };
    let (url, base) = (own("url", true), own("baseUrl", false));
    let base_url =
        normal_base_url(&format!("{}/{}", url.trim_end_matches('/'), base.trim_matches('/')));
    let mut foreign = Foreign {
        title: own("title", true),
        description: own("tagline", false),
        language: Some(plain_value(&program, "defaultLocale").unwrap_or_else(|| "en".to_owned())),
        roots: [home, docs.as_str(), &format!("{home}{STATIC}")]
            .map(|root| root.trim_end_matches('/').to_owned())
            .into(),
        base_url: base_url.unwrap_or_default(),
        ..Foreign::default()
    };
    base_path(&foreign.base_url).trim_end_matches('/').clone_into(&mut foreign.base_path);
    let docs_route = route(&program);
    let authors = authors(files, &blog);
    for file in files {
        let mut about = Notes::about(&file.path);
        // wherever they lie, they are called as the program calls them
        let own =
            |folder: &str, name: &str| Some(format!("{name}/{}", file.path.strip_prefix(folder)?));
        let path = own(&docs, "docs").or_else(|| own(&blog, "blog"));
        let path = path.or_else(|| file.path.strip_prefix(home).map(str::to_owned));
        let Some(path) = path else { continue };
        let (top, rest) = path.split_once('/').unwrap_or((path.as_str(), ""));
        let kind = ending(&file.path);
        let markdown = ["md", "mdx"].contains(&kind.as_str());
        let file_name = rest.rsplit('/').next().unwrap_or(rest);
        if let Some((_, why)) = OTHER.iter().find(|(name, _)| *name == top && markdown) {
            about.add(0, Kind::Left, "", *why);
        } else if top == STATIC {
            foreign.assets.extend(asset(file, rest, &mut about));
        } else if file_name.starts_with("_category_.") {
            category(file, &path, &mut foreign);
        } else if !["docs", "blog"].contains(&top) && !path.starts_with("src/pages/")
            || (top == "blog" && LISTS.contains(&rest))
        {
            // code and settings of the program
        } else if markdown && rest.split('/').any(|part| part.starts_with('_')) {
            about.add(0, Kind::Left, "", "is shown inside other pages; it is not imported");
        } else if markdown {
            let mut one = alike::page(file, &mut about);
            with_names(&mut one.head.fields, &authors);
            foreign.pages.push(page(one, &path, &docs_route));
        } else if top != "src" {
            foreign.assets.extend(asset(file, &path, &mut about));
        } else if ["js", "jsx", "tsx", "ts"].contains(&kind.as_str()) {
            about.add(0, Kind::Left, "", "is a page that is a program; it is not imported");
        }
        foreign.notes.append(&mut about.notes);
    }
    foreign.notes.append(&mut notes.notes);
    foreign
}

/// The settings and the folder they stand in, with a slash at its end: the one that was named, or the
/// only one in it that has settings, as in `website/`.
fn program(files: &[File]) -> (&str, Option<&File>) {
    let at = |path: &str| path.rfind('/').map_or(0, |end| end + 1);
    let all = files.iter().filter(|file| SETTINGS.contains(&&file.path[at(&file.path)..]));
    let near: Vec<&File> = all.filter(|file| file.path.matches('/').count() < 2).collect();
    let own = near.iter().find(|file| !file.path.contains('/'));
    let only = if let [only] = near.as_slice() { Some(only) } else { None };
    let found = own.or(only).copied();
    (found.map_or("", |file| &file.path[..at(&file.path)]), found)
}

/// A folder that the settings in `home` name, from where the files are counted, with a slash at its
/// end; `None` where it lies outside.
fn inside(home: &str, written: &str) -> Option<String> {
    let up = written.split('/').filter(|part| *part == "..").count();
    let path = join(home, written);
    (up <= home.matches('/').count() && !path.is_empty()).then(|| format!("{path}/"))
}

/// The names behind the keys that posts name their authors by.
fn authors(files: &[File], blog: &str) -> Fields {
    let list = format!("{blog}{}", LISTS[0]);
    let file = files.iter().find(|file| file.path == list);
    file.and_then(|file| {
        let text = String::from_utf8_lossy(&file.bytes);
        frontmatter::fields(&text, frontmatter::Notation::Yaml).ok()
    })
    .unwrap_or_default()
}

fn with_names(fields: &mut Fields, authors: &Fields) {
    let name = |value: &mut Value| {
        let known = value.as_str().and_then(|key| authors.get(key)?.get("name"));
        if let Some(known) = known {
            *value = known.clone();
        }
    };
    for field in ["authors", "author"] {
        match fields.get_mut(field) {
            Some(Value::Array(items)) => items.iter_mut().for_each(name),
            Some(value) => name(value),
            None => {}
        }
    }
}

/// The text that a line of a program gives a name: `title: 'A title',`.
fn plain_value(program: &str, name: &str) -> Option<String> {
    program.lines().find_map(|line| {
        let rest = line.trim().strip_prefix(name)?.trim_start().strip_prefix([':', '='])?.trim();
        let mark = rest.chars().next().filter(|c| "'\"`".contains(*c))?;
        let inside = rest[1..].split(mark).next()?;
        (!inside.contains("${")).then(|| inside.to_owned())
    })
}

/// The address below which the docs stand.
fn route(program: &str) -> String {
    plain_value(block(program, "docs"), "routeBasePath")
        .map_or("docs".to_owned(), |route| route.trim_matches('/').to_owned())
}

/// The lines about the docs or the blog: from `docs: {` to the brace that closes it.
fn block<'a>(program: &'a str, name: &str) -> &'a str {
    let begin = format!("{name}: {{");
    let Some(start) = program.find(&begin) else { return "" };
    let mut depth = 0_usize;
    let end = program[start..].char_indices().find_map(|(at, letter)| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => return None,
        }
        (depth == 0).then_some(start + at)
    });
    &program[start..end.unwrap_or(program.len())]
}

/// `_category_.json` or `.yml`: what a folder is called, and where it stands.
fn category(file: &File, path: &str, foreign: &mut Foreign) {
    let bytes = String::from_utf8_lossy(&file.bytes);
    let notation = if ending(&file.path) == "json" {
        frontmatter::Notation::Json
    } else {
        frontmatter::Notation::Yaml
    };
    let Ok(fields) = frontmatter::fields(&bytes, notation) else { return };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = folder.split('/').map(|part| unnumbered(part).0.to_owned()).collect();
    let weight = fields.get("position").and_then(Value::as_i64);
    foreign.folders.insert(folder, (fields.get("label").and_then(text), weight));
}

/// `01-intro` without its number, which only orders.
fn unnumbered(name: &str) -> (&str, Option<i64>) {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = name.split_at(digits);
    let bare = rest.trim_start_matches(['-', '_', '.', ' ']);
    if digits == 0
        || digits > 3
        || bare.len() == rest.len()
        || bare.is_empty()
        || bare.starts_with(|c: char| c.is_ascii_digit())
    {
        (name, None)
    } else {
        (bare, number.parse().ok())
    }
}

fn page(mut one: Page, path: &str, docs_route: &str) -> Page {
    let fields = &mut one.head.fields;
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let mut parts: Vec<String> = stem.split('/').map(str::to_owned).collect();
    let mut name = parts.pop().unwrap_or_default();
    let top = parts.first().cloned().unwrap_or_default();
    let slug = fields.get("slug").and_then(text);
    let is_index = |name: &str, parts: &[String]| {
        let folder = parts.last().is_some_and(|folder| folder == name && parts.len() > 1);
        folder || name.eq_ignore_ascii_case("index") || name.eq_ignore_ascii_case("readme")
    };
    let draft = |name: &str| get(fields, name).and_then(Value::as_bool).unwrap_or(false);
    one.draft = draft("draft") || draft("unlisted");
    if top == "blog" {
        // blog/2024/01/02/name, blog/2024-01-02-name and blog/2024-01-02-name/index are one thing
        if is_index(&name, &parts) && parts.len() > 1 {
            name = parts.pop().unwrap_or_default();
        }
        let joined = parts[1..]
            .iter()
            .map(String::as_str)
            .chain([name.as_str()])
            .collect::<Vec<_>>()
            .join("-");
        let (date, rest) = dated(&joined);
        let bare = if date.is_some() { rest.to_owned() } else { dated(&name).1.to_owned() };
        one.date = date.or(dated(&name).0);
        let dated_address =
            one.date.map_or(String::new(), |date| date.strftime("%Y/%m/%d/").to_string());
        let path = slug.map_or(format!("/blog/{dated_address}{bare}"), |slug| {
            format!("/blog/{}", slug.trim_start_matches('/'))
        });
        one.address = Some(path);
        one.folder = vec![top];
        one.name = if is_index(&bare, &[]) { String::new() } else { bare };
        return one;
    }
    let number = unnumbered(&name).1;
    if let Some(number) = number {
        fields.entry("sidebar_position").or_insert(number.into());
    }
    let bare: Vec<String> = parts.iter().map(|part| unnumbered(part).0.to_owned()).collect();
    let own = unnumbered(&name).0.to_owned();
    let index = is_index(&own, &bare);
    let id = fields.get("id").and_then(text).filter(|_| !index);
    let name = if index { String::new() } else { id.unwrap_or(own) };
    let (route, below) =
        if top == "docs" { (docs_route, &bare[1..]) } else { ("", &bare[2.min(bare.len())..]) };
    let folder =
        [route].into_iter().chain(below.iter().map(String::as_str)).filter(|part| !part.is_empty());
    let folder = folder.flat_map(|part| [part, "/"]).collect::<String>();
    let address = match &slug {
        Some(slug) if slug.starts_with('/') && route.is_empty() => slug.clone(),
        Some(slug) if slug.starts_with('/') => format!("/{route}{slug}"),
        Some(slug) => format!("/{}", join(&folder, slug)),
        None => format!("/{folder}{name}"),
    };
    // a page at the address of its folder is the folder's own
    let at_folder = address.trim_matches('/') == folder.trim_matches('/');
    let name = if at_folder { String::new() } else { name };
    one.folder = if top == "docs" { bare } else { below.to_vec() };
    one.address =
        Some(if address.len() > 1 { address.trim_end_matches('/').to_owned() } else { address });
    one.name = name;
    one.aliases = meta::all(&one.head.fields, &["aliases"]);
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_names_only_order() {
        assert_eq!(unnumbered("01-intro"), ("intro", Some(1)));
        assert_eq!(unnumbered("2024-01-02-a"), ("2024-01-02-a", None));
        assert_eq!(unnumbered("7.0-notes"), ("7.0-notes", None));
        assert_eq!(unnumbered("intro"), ("intro", None));
    }

    #[test]
    fn plain_lines_of_a_program_are_read() {
        let program = "const config = {\n  title: 'A \"b\"',\n  url: `https://${host}`,\n};\n";
        assert_eq!(plain_value(program, "title").as_deref(), Some("A \"b\""));
        assert_eq!(plain_value(program, "url"), None);
        let program = "docs: {\n  a: {},\n  path: '../docs',\n},\nblog: {\n  path: 'b',\n},\n";
        assert_eq!(plain_value(block(program, "docs"), "path").as_deref(), Some("../docs"));
        assert_eq!(plain_value(block(program, "blog"), "path").as_deref(), Some("b"));
    }

    #[test]
    fn folders_count_from_the_settings() {
        assert_eq!(inside("website/", "../docs").as_deref(), Some("docs/"));
        assert_eq!(inside("website/", "./docs").as_deref(), Some("website/docs/"));
        assert_eq!(inside("", "docs").as_deref(), Some("docs/"));
        assert_eq!(inside("", "../docs"), None);
    }
}
