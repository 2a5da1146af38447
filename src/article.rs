//! One article, or one index page, as far as its own file tells.

use std::hash::{Hash as _, Hasher as _};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64, xxh3_64_with_seed};

use crate::config::{Config, KILOBYTE};
use crate::diagnostic::{Diagnostic, Place};
use crate::frontmatter::{self, FrontMatter};
use crate::highlight::Known;
use crate::markdown::{self, Body};
use crate::piece::Template;
use crate::schema::Table;
use crate::slug::slug;
use crate::source::Source;
use crate::topics::{Topic, topics};

/// What a file is, from where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// `content/index.md`.
    Home,
    /// `content/<section>/index.md`.
    Section,
    /// `content/<section>/<slug>.md`.
    Article,
    /// `content/<slug>.md`: a page beside the articles, such as the glossary.
    Page,
    /// `content/start/<slug>.md`: what may just have happened.
    Question,
    /// `content/<folder>/index.md` of a folder that site.yaml keeps aside.
    AsideIndex,
    /// `content/<folder>/<slug>.md` there: a page for others than readers.
    Aside,
}

/// Why an article is kept out of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withheld {
    /// It says `draft: true`.
    pub draft: bool,
    /// Its day, where that is still to come.
    pub until: Option<Date>,
}

/// The folder of situations.
const QUESTIONS: &str = "start";

/// Everything one file says alone.
#[derive(Debug)]
pub struct Article {
    /// The file, relative to the root: `content/reply/note.md`.
    pub path: String,
    /// Home, section index or article.
    pub role: Role,
    /// The folder: `reply`; empty for the home page.
    pub section: String,
    /// The file's name without `.md`, in Unicode form NFC; `index` for an index.
    pub slug: String,
    /// Its front matter.
    pub meta: FrontMatter,
    /// Its text.
    pub body: Body,
    /// The file, shared with its source.
    whole: Arc<str>,
    /// Where its body begins, in bytes of the source.
    pub body_start: usize,
    /// A hash of its path and its text.
    pub hash: u64,
    /// A hash of what a link can lead to: its path and its anchors.
    pub face: u64,
    /// What it is about; index pages are about nothing.
    pub topics: Box<[Topic]>,
    outline_hash: OnceLock<u64>,
}

impl Article {
    /// Its text as the author wrote it.
    pub fn text(&self) -> &str {
        &self.whole[self.body_start..]
    }

    /// The templates that it owns, each with its place among all that it shows.
    pub fn own_templates(&self) -> impl Iterator<Item = (usize, &Template)> {
        let shown = self.body.templates.iter().enumerate();
        shown.filter(|(_, template)| template.reuse.is_none())
    }

    /// Whether it is for others than readers: nothing for those lists it, counts it or finds it.
    pub fn is_aside(&self) -> bool {
        matches!(self.role, Role::Aside | Role::AsideIndex)
    }

    /// A hash of all that others can know of it: everything but its words, and where in its body
    /// something stands.
    pub fn outline_hash(&self) -> u64 {
        *self.outline_hash.get_or_init(|| {
            let mut hash = Xxh3Default::new();
            (self.face, &self.meta, &self.body.headings).hash(&mut hash);
            let Body { links, templates, reminders, .. } = &self.body;
            (links.len(), templates.len()).hash(&mut hash);
            for link in links {
                (&link.target, link.image).hash(&mut hash);
            }
            let used = templates.iter().map(|one| (Some(&one.id), &one.reuse));
            let named = reminders.iter().map(|one| (None, &one.message));
            for (id, named) in used.chain(named) {
                (id, named.as_ref().map(|named| &named.value)).hash(&mut hash);
            }
            hash.finish()
        })
    }

    /// Why it is not published on the day `today`, if it is not.
    pub fn withheld(&self, today: Date) -> Option<Withheld> {
        let until = self.meta.date.filter(|date| *date > today);
        let draft = self.meta.draft;
        (draft || until.is_some()).then_some(Withheld { draft, until })
    }
}

/// Reads one file. Code that is `known` is not coloured again.
pub fn parse(
    source: &Source,
    config: &Config,
    known: &Known,
) -> (Option<Arc<Article>>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let Some((role, section, name)) = place(source, config, &mut found) else {
        return (None, found);
    };
    if let Some(problem) = too_large(source, config) {
        return (None, vec![problem]);
    }
    let table: &Table = match role {
        Role::Article => &frontmatter::ARTICLE,
        Role::Home | Role::Section | Role::AsideIndex => &frontmatter::INDEX,
        Role::Page | Role::Aside => &frontmatter::PAGE,
        Role::Question => &frontmatter::QUESTION,
    };
    let (meta, body_start) = frontmatter::parse(source, table, &mut found);
    let (body, problems) = markdown::parse(source, body_start, config, known);
    found.extend(problems);
    let topics = if role == Role::Article { topics(&meta, &body) } else { Box::default() };
    let (section, slug) = (section.to_owned(), name.to_owned());
    let (path, whole) = (source.path.clone(), Arc::clone(&source.text));
    let hash = source.hash(0);
    let face = body
        .anchors
        .iter()
        .fold(xxh3_64(path.as_bytes()), |face, anchor| xxh3_64_with_seed(anchor.as_bytes(), face));
    let article = Article {
        path,
        role,
        section,
        slug,
        meta,
        body,
        whole,
        body_start,
        hash,
        face,
        topics,
        outline_hash: OnceLock::new(),
    };
    (Some(Arc::new(article)), found)
}

/// Something else was saved under an article's name, most likely: what takes minutes is not begun.
fn too_large(source: &Source, config: &Config) -> Option<Diagnostic> {
    let (size, most) = (source.text.len(), config.limits.article);
    (size > most).then(|| {
        let kilobytes = size.div_ceil(KILOBYTE);
        let message =
            format!("the file has {kilobytes} kB, and an article at most {}", most / KILOBYTE);
        let hint = format!("split it, or write `limits: {{article: {kilobytes}}}` in site.yaml");
        Diagnostic::error("too-large", Place::file(&source.path), message).hint(hint)
    })
}

/// Role, section and slug of a file, from its path alone.
fn place<'a>(
    source: &'a Source,
    config: &Config,
    found: &mut Vec<Diagnostic>,
) -> Option<(Role, &'a str, &'a str)> {
    let is_aside = |folder: &str| config.aside.iter().any(|aside| aside.value == folder);
    let file = || Place::file(&source.path);
    let inside = source.path.strip_prefix("content/").unwrap_or(&source.path);
    let stem = inside.strip_suffix(".md").unwrap_or(inside);
    match stem.split('/').collect::<Vec<_>>().as_slice() {
        ["index"] => Some((Role::Home, "", "index")),
        [name] => {
            check_name(source, name, found);
            Some((Role::Page, "", name))
        }
        [QUESTIONS, name] => {
            check_name(source, name, found);
            Some((Role::Question, QUESTIONS, name))
        }
        [folder, "index"] => {
            let role = if is_aside(folder) { Role::AsideIndex } else { Role::Section };
            Some((role, folder, "index"))
        }
        [folder, name] => {
            check_name(source, name, found);
            let role = if is_aside(folder) { Role::Aside } else { Role::Article };
            Some((role, folder, name))
        }
        [section, .., name] => {
            let message = "an article must stand in the folder of its section, not deeper";
            let hint = format!("move it up, to `content/{section}/{name}.md`");
            found.push(Diagnostic::error("misplaced", file(), message).hint(hint));
            None
        }
        [] => None,
    }
}

fn check_name(source: &Source, name: &str, found: &mut Vec<Diagnostic>) {
    let wanted = slug(name);
    if wanted != name {
        let message = format!("`{name}.md` cannot be part of an address as it is");
        let hint = if wanted.is_empty() {
            "name it with small letters, digits and hyphens".to_owned()
        } else {
            format!("rename it to `{wanted}.md`")
        };
        let place = Place::file(&source.path);
        found.push(Diagnostic::error("file-name", place, message).hint(hint));
    }
}
