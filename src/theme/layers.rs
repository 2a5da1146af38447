//! `theme.yaml`, and which theme stands on which.

use std::collections::BTreeMap;

use super::api::{CALLED, CARD, VERSION, api};
use super::overrides::list;
use super::shipped::{self, DEFAULT};
use super::{ThemeFile, is_script, template_name};
use crate::config::{self, Config, THEME};
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{self, Located, near};
use crate::site::File;
use crate::source::{Source, Span};

/// What a theme says of itself.
pub const MANIFEST: &str = "theme.yaml";

/// One theme's own files.
#[derive(Debug, Default)]
pub struct Layer {
    /// The name of its folder.
    pub name: String,
    /// By their path in the theme.
    pub files: BTreeMap<String, ThemeFile>,
}

/// The files of a theme, and what stands below them.
#[derive(Debug, Default)]
pub struct Layers {
    /// The theme that the site names, then the one that it extends, and so on.
    pub layers: Vec<Layer>,
    /// Whether the last of them stands alone: no other theme gives it templates.
    pub alone: bool,
}

/// The theme that a `theme.yaml` extends, whatever else is wrong in it.
pub fn extended(manifest: &[u8]) -> Option<String> {
    let source = Source::new(MANIFEST, String::from_utf8_lossy(manifest));
    read(&source, &mut Vec::new()).map(|name| name.value)
}

/// The theme that site.yaml names, with those that it stands on. `read` are the files of `themes/`.
/// Where that cannot be known, the default theme is at the bottom.
pub fn layers(read: &[File], config: &Config) -> (Layers, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut layers: Vec<Layer> = Vec::new();
    let mut alone = false;
    let named = config.theme.as_ref();
    let place = named
        .map_or(Place::file(config::PATH), |named| Place::at(config::PATH, named.span.clone()));
    let mut next = Some((place, config.theme_name().to_owned()));
    while let Some((place, name)) = next.take() {
        if layers.iter().any(|layer| layer.name == name) {
            found.push(circle(place, &layers, &name));
            break;
        }
        let (own, shipped) = (own_files(read, &name), shipped::files(&name));
        let files = match (own.contains_key(MANIFEST), shipped) {
            (true, _) => own,
            (false, Some(shipped)) => {
                // files of the site on top of a shipped theme of the same name
                layers.push(Layer { name: String::new(), files: own });
                shipped
            }
            (false, None) if own.is_empty() => {
                found.push(no_theme(place, &name, read, layers.is_empty()));
                break;
            }
            (false, None) => {
                found.push(no_manifest(&name));
                layers.push(Layer { name, files: own });
                break;
            }
        };
        let before = found.len();
        next = files.get(MANIFEST).and_then(|file| {
            let source = Source::new(&file.shown, String::from_utf8_lossy(&file.bytes));
            let extends = self::read(&source, &mut found)?;
            Some((Place::at(&file.shown, extends.span), extends.value))
        });
        alone = next.is_none() && found.len() == before;
        layers.push(Layer { name, files });
    }
    layers.retain(|layer| !layer.files.is_empty());
    if !alone && !layers.iter().any(|layer| layer.name == DEFAULT) {
        let files = shipped::files(DEFAULT).unwrap_or_default();
        layers.push(Layer { name: DEFAULT.to_owned(), files });
    }
    (Layers { layers, alone }, found)
}

impl Layers {
    /// All files, each from the uppermost theme that has it.
    pub fn merged(&self) -> BTreeMap<String, ThemeFile> {
        self.below(0)
    }

    /// The files of the themes from this one downward, the words and scripts of the default theme
    /// included: those are no looks, and every theme has them.
    pub fn below(&self, first: usize) -> BTreeMap<String, ThemeFile> {
        let stands_on_default = self.layers.iter().any(|layer| layer.name == DEFAULT);
        let mut files = BTreeMap::new();
        if !stands_on_default {
            let own = self.layers.iter().flat_map(|layer| layer.files.keys());
            let own: Vec<&String> = own.collect();
            files = shipped::files(DEFAULT).unwrap_or_default();
            let templates: Vec<String> = files.keys().filter_map(|path| room(path)).collect();
            files.retain(|path, _| is_common(path, &own, &templates));
        }
        for layer in self.layers.iter().skip(first).rev() {
            files.extend(layer.files.iter().map(|(path, file)| (path.clone(), file.clone())));
        }
        files
    }

    /// What a theme that stands alone has to have and has not.
    pub fn missing(&self) -> Option<Diagnostic> {
        let layer = self.layers.last().filter(|_| self.alone)?;
        let manifest = layer.files.get(MANIFEST).filter(|file| file.own)?;
        let has = |path: &str| self.layers.iter().any(|layer| layer.files.contains_key(path));
        let pages = api().views.keys().map(String::as_str).chain([CARD]);
        let pages = pages.map(|name| format!("templates/{name}"));
        let parts = CALLED.iter().map(|(name, _)| format!("components/{name}/template.html"));
        let lacks: Vec<String> = pages.chain(parts).filter(|path| !has(path)).collect();
        let lacking = list(&lacks.iter().map(String::as_str).collect::<Vec<_>>());
        let place = Place::file(&manifest.shown);
        let message = format!("the theme `{}` stands alone and lacks {lacking}", layer.name);
        let hint = "add them, or the line `extends: default`: then they come from that theme";
        (!lacks.is_empty()).then(|| Diagnostic::error("theme-lacks", place, message).hint(hint))
    }
}

/// `components/message` for its template.
fn room(path: &str) -> Option<String> {
    path.strip_suffix("/template.html").filter(|_| template_name(path).is_some()).map(str::to_owned)
}

/// Whether a file of the default theme is one of every theme: words, modules, and the script of a
/// component that the theme has, too, or that has no template.
fn is_common(path: &str, own: &[&String], templates: &[String]) -> bool {
    let Some(room) = path.strip_suffix("/script.js") else {
        return path.starts_with("strings/") || is_script(path);
    };
    let has_looks = templates.iter().any(|template| template == room);
    !has_looks || own.iter().any(|path| **path == format!("{room}/template.html"))
}

fn own_files(read: &[File], name: &str) -> BTreeMap<String, ThemeFile> {
    let folder = format!("themes/{name}/");
    let files = read.iter().filter_map(|file| {
        let path = file.path.strip_prefix(&folder)?.to_owned();
        let (bytes, shown) = (file.bytes.to_vec(), file.path.clone());
        Some((path, ThemeFile { bytes, shown, own: true }))
    });
    files.collect()
}

/// Reads a `theme.yaml`; returns what it extends.
fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Option<Located<String>> {
    let whole = Span::new(0, source.text.len());
    let head = Span::new(0, source.text.find('\n').unwrap_or(source.text.len()));
    let record = schema::read(source, &whole, &head, &THEME, found);
    if let Some(version) = record.count("api").filter(|version| *version != VERSION) {
        let span = record.span("api").unwrap_or(head);
        let message = format!(
            "the theme is written for version {version} of the template API, and this program \
             knows version {VERSION}"
        );
        let hint = if version > VERSION {
            "get a newer postrej-site".to_owned()
        } else {
            format!("see `postrej-site theme docs`, mend what changed, and write `api: {VERSION}`")
        };
        let place = Place::at(&source.path, span);
        found.push(Diagnostic::error("theme-api", place, message).hint(hint));
    }
    record.text("extends")
}

fn no_manifest(name: &str) -> Diagnostic {
    let place = Place::file(format!("themes/{name}"));
    let message =
        format!("the theme `{name}` has no {MANIFEST} and is taken as one that changes `default`");
    let hint = format!(
        "make `themes/{name}/{MANIFEST}` with two lines: `api: {VERSION}` and `extends: default`"
    );
    Diagnostic::warning("theme-manifest", place, message).hint(hint)
}

fn no_theme(place: Place, name: &str, read: &[File], named_by_site: bool) -> Diagnostic {
    let folders = read.iter().filter_map(|file| file.path.split('/').nth(1));
    let names: Vec<&str> = shipped::NAMES.into_iter().chain(folders).collect();
    let hint = near::suggestion(name, names.iter().copied()).unwrap_or_else(|| {
        if named_by_site {
            format!(
                "make the folder `themes/{name}` with the files it changes, or take this line out"
            )
        } else {
            "write `extends: default`, or take this line out: then the theme stands alone"
                .to_owned()
        }
    });
    Diagnostic::error("no-theme", place, format!("there is no theme `{name}`")).hint(hint)
}

fn circle(place: Place, layers: &[Layer], name: &str) -> Diagnostic {
    let names = layers.iter().map(|layer| layer.name.as_str()).skip_while(|one| *one != name);
    let way: Vec<String> = names.chain([name]).map(|name| format!("`{name}`")).collect();
    let message = match way.as_slice() {
        [_, _] => format!("the theme {} extends itself", way[0]),
        _ => format!("themes extend each other in a circle: {}", way.join(", ")),
    };
    let hint = "write `extends: default`, or take this line out: then the theme stands alone";
    Diagnostic::error("theme-circle", place, message).hint(hint)
}
