//! `admin/`: a browser editor for people without git, Sveltia CMS, where site.yaml has `cms`.
//!
//! The editor is the npm package `@sveltia/cms`: 5 MB in thirty files, of which a browser loads 1.5 MB.
//! That is too much for every binary, and a build asks no network, so the files are the site's own, in
//! `content/admin/sveltia/`, in the version that its maintainer has looked at. From here come the page
//! that loads them, its policy, and its collections, made from the tables that check the articles.
//!
//! site.yaml is not among the collections: what the editor saves has no comments any more, and the
//! settings are explained in comments. What a collection does not name, such as the reasons of
//! `related`, stays in an article as it is.

mod fields;

use serde_json::{Value, json};

use self::fields::{fields, with_text};
use super::{Making, Output};
use crate::article::{Article, Role};
use crate::blocks::fields::HEADS;
use crate::config::{self, Cms};
use crate::diagnostic::{Diagnostic, Place};
use crate::editor::Vocabulary;
use crate::frontmatter::{ARTICLE, INDEX, PAGE, QUESTION};
use crate::site::Site;

/// Where the editor lives; no page links there.
pub const FOLDER: &str = "admin/";

/// The page, its script and its settings.
const NAMES: [&str; 3] = ["index.html", "editor.js", "config.json"];

/// Where the package stands, and the file of it that is loaded.
const PACKAGE: &str = "content/admin/sveltia/index.js";

/// What the editor may load. Scripts are the site's own. Svelte writes its style sheets into the page,
/// drafts and pictures are `blob:` and `data:`. Articles are read and saved at GitHub's API, which also
/// names the picture of who signed in.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    font-src 'self'; worker-src 'self' blob:; media-src 'self' blob:; frame-src blob:; \
    img-src 'self' blob: data: https://avatars.githubusercontent.com; \
    connect-src 'self' blob: data: https://api.github.com; \
    base-uri 'none'; form-action 'none'";

/// Whether a file of a finished site, by its path, is the page of the editor; `there` says whether a
/// file is there.
pub fn is_editor(path: &str, there: impl Fn(&str) -> bool) -> bool {
    path.strip_prefix(FOLDER) == Some(NAMES[0])
        && NAMES.iter().all(|name| there(&format!("{FOLDER}{name}")))
}

/// The page, its script and its settings.
pub fn make(Making { site, .. }: &Making<'_>) -> Vec<Output> {
    let Some(cms) = &site.config.cms else { return Vec::new() };
    let words = Vocabulary::of(site.config, &site.articles);
    let template = HEADS.iter().find(|(name, _)| *name == "template");
    let template = template.map(|(_, table)| fields(table, &words)).unwrap_or_default();
    let script =
        format!("const TEMPLATE = {};\n{}", json!(template), include_str!("cms/editor.js"));
    let settings = serde_json::to_string_pretty(&settings(site, cms, &words)).unwrap_or_default();
    let output = |name: &str, text: String| Output {
        path: format!("{FOLDER}{name}"),
        bytes: text.into_bytes(),
        origin: format!("`cms` in {}", config::PATH),
    };
    vec![
        output(NAMES[0], include_str!("cms/index.html").replace("POLICY", POLICY)),
        output(NAMES[1], script),
        output(NAMES[2], settings + "\n"),
    ]
}

/// What keeps the editor from its work.
pub fn check(site: &Site<'_>) -> Option<Diagnostic> {
    let cms = site.config.cms.as_ref()?;
    let there = site.files.iter().any(|file| file.path == PACKAGE);
    let place = Place::at(config::PATH, cms.repo.span.clone());
    let hint = "unpack the folder `npm` of the package `@sveltia/cms` to `content/admin/sveltia`, so \
                that `content/admin/sveltia/index.js` is there (`npm pack @sveltia/cms` fetches it)";
    let message = "`cms` asks for a browser editor, and its files are not there";
    (!there).then(|| Diagnostic::error("no-cms", place, message).hint(hint))
}

fn settings(site: &Site<'_>, cms: &Cms, words: &Vocabulary) -> Value {
    let mut backend = json!({ "name": "github", "repo": cms.repo.value, "branch": cms.branch });
    match &cms.sign_in {
        Some(address) => backend["base_url"] = json!(address),
        // without an address, the button would lead to a service that nobody chose
        None => backend["auth_methods"] = json!(["token"]),
    }
    let mut collections: Vec<Value> =
        site.config.sections.iter().map(|section| articles(site, &section.value, words)).collect();
    let has = |role: Role| site.articles.iter().any(|article| article.role == role);
    if has(Role::Question) {
        collections.push(json!({
            "name": "start", "label": "Situations", "folder": "content/start", "extension": "md",
            "format": "yaml-frontmatter", "create": true, "slug": "{{title}}",
            "media_folder": "", "public_folder": "", "fields": with_text(&QUESTION, words),
        }));
    }
    collections.push(json!({ "name": "pages", "label": "Pages", "files": pages(site, words) }));
    json!({
        "backend": backend,
        "site_url": site.urls.absolute(""),
        "app_title": site.config.title,
        "media_folder": "content/pictures",
        "public_folder": site.urls.path("pictures"),
        "output": { "omit_empty_optional_fields": true },
        "slug": { "encoding": "unicode", "clean_accents": false, "lowercase": true },
        "collections": collections,
    })
}

/// The articles of a section, and its own page.
fn articles(site: &Site<'_>, section: &str, words: &Vocabulary) -> Value {
    let is_own = |article: &Article| article.role == Role::Section && article.section == section;
    let label = site
        .articles
        .iter()
        .find(|article| is_own(article))
        .map_or(section, |index| &index.meta.title);
    json!({
        "name": section, "label": label, "folder": format!("content/{section}"), "extension": "md",
        "format": "yaml-frontmatter", "create": true, "slug": "{{title}}",
        // a picture stands beside its article, and its address works on GitHub, too
        "media_folder": "", "public_folder": "",
        "index_file": {
            "name": "index", "label": "The section's own page", "fields": with_text(&INDEX, words),
        },
        "fields": with_text(&ARTICLE, words),
    })
}

/// The home page, and the pages beside the articles.
fn pages(site: &Site<'_>, words: &Vocabulary) -> Vec<Value> {
    let own = site.articles.iter().filter_map(|article| {
        let table = match article.role {
            Role::Home => &INDEX,
            Role::Page => &PAGE,
            _ => return None,
        };
        Some(json!({
            "name": article.slug, "label": article.meta.title, "file": article.path,
            "format": "yaml-frontmatter", "media_folder": "", "public_folder": "",
            "fields": with_text(table, words),
        }))
    });
    own.collect()
}
