//! From the head of a foreign file to the head of an article.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use serde_json::Value;

use super::frontmatter::{Fields, NAMES, day, get, line_of, text, texts};
use super::places::Place;
use super::report::{Kind, Notes};
use super::{Page, blocks};
use crate::schema::yaml::plain;
use crate::slug::slug;

/// What a head says, in the words of this site.
#[derive(Debug, Default, Clone)]
pub struct Meta {
    /// Never empty.
    pub title: String,
    /// Empty where the head has none.
    pub description: String,
    /// When it was published.
    pub date: Option<Date>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Words that it is filed under.
    pub tags: Vec<String>,
    /// Not to be published.
    pub draft: bool,
}

const TITLES: [&str; 3] = ["title", "linktitle", "linkTitle"];
const DESCRIPTIONS: [&str; 6] =
    ["description", "excerpt", "summary", "subtitle", "extra.description", "params.description"];
const DATES: [&str; 4] = ["date", "publishDate", "publishdate", "extra.date"];
const UPDATES: [&str; 7] = [
    "lastmod",
    "updated",
    "last_modified_at",
    "modified",
    "last_update.date",
    "last_updated",
    "extra.updated",
];
const AUTHORS: [&str; 5] =
    ["taxonomies.authors", "authors", "author", "extra.author", "extra.authors"];
const TAGS: [&str; 7] = [
    "tags",
    "tag",
    "categories",
    "category",
    "taxonomies.tags",
    "taxonomies.categories",
    "extra.tags",
];
/// What decides on place, order and addresses, and was read for that.
const ELSEWHERE: [&str; 14] = [
    "slug",
    "url",
    "permalink",
    "path",
    "id",
    "aliases",
    "redirect_from",
    "weight",
    "nav_order",
    "sidebar_position",
    "draft",
    "published",
    "unlisted",
    "order",
];

/// Reads a head of the site with a title; what it says and this site cannot is reported.
pub fn read(page: &Page, place: &Place, site: &str, by_spaces: bool, notes: &mut Notes) -> Meta {
    let fields = &page.head.fields;
    let line = |name: &str| line_of(&page.text, page.head.body, name);
    let body = &page.text[page.head.body..];
    if let Some(problem) = &page.head.problem {
        let head = &page.text[..page.head.body];
        notes.add(1, Kind::Left, head, format!("could not be read: {problem}"));
    }
    let find = |names: &[&'static str]| {
        names.iter().find_map(|name| Some((*name, text(get(fields, name)?)?)))
    };
    let title = find(&TITLES).map(|(_, title)| title).or_else(|| {
        let title = blocks::title(body)?;
        notes.mapped(page.line());
        Some(title)
    });
    let of_site = || (place.address().is_empty() && !site.is_empty()).then(|| site.to_owned());
    let title = title.or_else(of_site).unwrap_or_else(|| {
        let name = if page.name.is_empty() { page.folder.last() } else { Some(&page.name) };
        let title = titled(name.map_or("Home", String::as_str));
        notes.add(
            0,
            Kind::Filled,
            "",
            format!("had no title; it is called \u{201c}{title}\u{201d}, after its file"),
        );
        title
    });
    let mut used: HashSet<&str> = TITLES.iter().copied().chain(ELSEWHERE).collect();
    let description = find(&DESCRIPTIONS);
    used.extend(description.iter().map(|(name, _)| *name));
    let dates = |names: &[&'static str]| {
        names.iter().find_map(|name| Some((*name, day(get(fields, name)?)?)))
    };
    let (date, updated) = (dates(&DATES), dates(&UPDATES));
    used.extend(date.iter().chain(&updated).map(|(name, _)| *name));
    let list = |names: &[&'static str], split: bool| -> Vec<(&'static str, String)> {
        let one = |name: &&'static str| {
            let value = get(fields, name)?;
            let texts = match value {
                Value::String(all) if all.contains(',') => {
                    all.split(',').map(str::to_owned).collect()
                }
                Value::String(all) if split => all.split_whitespace().map(str::to_owned).collect(),
                other => super::frontmatter::texts(other),
            };
            let name = *name;
            Some(texts.into_iter().map(move |text| (name, text.trim().to_owned())))
        };
        names.iter().filter_map(one).flatten().filter(|(_, text)| !text.is_empty()).collect()
    };
    let (authors, tags) = (list(&AUTHORS, false), list(&TAGS, by_spaces));
    let table = place.table();
    let has = |name: &str| table.fields.iter().any(|field| field.name == name);
    if has("authors") {
        used.extend(authors.iter().map(|(name, _)| *name));
    }
    if has("tags") {
        used.extend(tags.iter().map(|(name, _)| *name));
    }
    if !has("date") {
        used.retain(|name| !DATES.contains(name) || updated.is_some_and(|(own, _)| own == *name));
    }
    if !has("draft") && page.draft {
        notes.add(
            line("draft"),
            Kind::Left,
            "draft",
            "an index page cannot be a draft; it is published",
        );
    }
    notes.notes.extend(used.iter().filter(|name| get(fields, name).is_some()).map(|name| {
        super::report::Note {
            file: page.source.clone(),
            line: line(name),
            kind: Kind::Mapped,
            what: (*name).to_owned(),
            done: String::new(),
        }
    }));
    let records =
        used.iter().filter_map(|name| Some(((*name).to_owned(), more(get(fields, name)?)?)));
    for (name, value) in left(fields, &used).into_iter().chain(records.collect::<BTreeMap<_, _>>())
    {
        notes.add(
            line(&name),
            Kind::Left,
            &format!("{name}: {value}"),
            "no field of this site says this",
        );
    }
    let mut seen = HashSet::new();
    Meta {
        title,
        description: description.map(|(_, text)| text).unwrap_or_default(),
        date: date.map(|(_, day)| day).or(page.date),
        updated: updated.map(|(_, day)| day),
        authors: authors.into_iter().map(|(_, text)| text).collect(),
        tags: tags.into_iter().map(|(_, text)| text).filter(|tag| seen.insert(slug(tag))).collect(),
        draft: page.draft && has("draft"),
    }
}

/// Fields, and those below them, that nothing was read from, as one would write them.
fn left(fields: &Fields, used: &HashSet<&str>) -> Vec<(String, String)> {
    let mut left = Vec::new();
    for (name, value) in fields {
        let empty = match value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(inner) => inner.is_empty(),
            other => text(other).is_none(),
        };
        if empty || used.contains(name.as_str()) {
            continue;
        }
        match value {
            Value::Object(inner) if used.iter().any(|one| one.starts_with(&format!("{name}."))) => {
                let own = |key: &String| !used.contains(format!("{name}.{key}").as_str());
                let rest = inner.iter().filter(|(key, _)| own(key));
                left.extend(rest.map(|(key, value)| (format!("{name}.{key}"), value.to_string())));
            }
            other => left.push((name.clone(), text(other).unwrap_or_else(|| other.to_string()))),
        }
    }
    left
}

/// What records say besides a name: the address of an author, where only the name has a place here.
fn more(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => {
            let all: Vec<String> = items.iter().filter_map(more).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Object(record) => {
            let name = NAMES.iter().find(|name| record.get(**name).and_then(text).is_some());
            let mut rest = record.clone();
            rest.retain(|key, _| name != Some(&key.as_str()));
            (!rest.is_empty()).then(|| Value::Object(rest).to_string())
        }
        _ => None,
    }
}

/// One spelling for tags that differ in case, hyphens or a plural alone: the one met first.
pub fn one_spelling(metas: &mut [(&Page, &mut Meta)], notes: &mut Vec<super::report::Note>) {
    let mut spellings: HashMap<String, String> = HashMap::new();
    for (page, meta) in metas {
        let mut about = Notes::about(&page.source);
        let mut kept: Vec<String> = Vec::new();
        for tag in &meta.tags {
            let core = slug(tag).replace('-', "");
            if core.is_empty() {
                about.add(0, Kind::Left, tag, "a tag needs a letter or digit");
                continue;
            }
            let plural = core.strip_suffix('s').filter(|word| word.chars().count() >= 4);
            let core = plural.unwrap_or(&core).to_owned();
            let first = spellings.entry(core).or_insert_with(|| tag.clone());
            if first != tag {
                about.add(0, Kind::Moved, tag, format!("is the tag `{first}` of other pages"));
            }
            if !kept.contains(first) {
                kept.push(first.clone());
            }
        }
        meta.tags = kept;
        notes.append(&mut about.notes);
    }
}

/// The head as a file has it. `order` stands in the index of a section.
pub fn write(meta: &Meta, place: &Place, aliases: &[String], order: &[String]) -> String {
    let list = |items: &[String]| {
        let items: Vec<String> = items.iter().map(|item| plain(item)).collect();
        (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
    };
    let some = |text: &str| (!text.is_empty()).then(|| plain(text));
    let values = [
        ("title", some(&meta.title)),
        ("description", some(&meta.description)),
        ("date", meta.date.map(|date| date.to_string())),
        ("updated", meta.updated.map(|date| date.to_string())),
        ("authors", list(&meta.authors)),
        ("tags", list(&meta.tags)),
        ("order", list(order)),
        ("aliases", list(aliases)),
        ("draft", meta.draft.then(|| "true".to_owned())),
    ];
    let table = place.table();
    let fits = |name: &str| table.fields.iter().any(|field| field.name == name);
    let lines = values.into_iter().filter(|(name, _)| fits(name));
    let lines = lines.filter_map(|(name, value)| Some(format!("{name}: {}\n", value?)));
    format!("---\n{}---\n", lines.collect::<String>())
}

/// `first-steps` as words: `First steps`.
pub fn titled(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A page's place among its neighbours, where its head gives one.
pub fn weight(fields: &Fields) -> Option<i64> {
    let names = ["weight", "nav_order", "sidebar_position", "menu.docs.weight", "order"];
    names.iter().find_map(|name| {
        let value = get(fields, name)?;
        #[allow(clippy::cast_possible_truncation)]
        value.as_i64().or_else(|| value.as_f64().map(|number| (number * 1000.0) as i64))
    })
}

/// The texts under any of these names.
pub fn all(fields: &Fields, names: &[&str]) -> Vec<String> {
    names.iter().filter_map(|name| get(fields, name)).flat_map(texts).collect()
}
