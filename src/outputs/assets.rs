//! Style sheet, scripts and static files of the theme.
//!
//! A name holds a hash of the content, so that browsers may keep a file for ever and never show an
//! old one. Style files become one sheet; what becomes of scripts is told in `scripts`.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::{Output, scripts};
use crate::diagnostic::Diagnostic;
use crate::site::urls::Urls;
use crate::theme::{Theme, ThemeFile};

/// The theme's files in the finished site.
#[derive(Debug, Default)]
pub struct Assets {
    /// Address of the style sheet.
    pub style_url: String,
    /// Address of each component's script, by the component's name.
    pub scripts: BTreeMap<String, String>,
    /// What each script imports at once, both by their address.
    imports: BTreeMap<String, Vec<String>>,
    /// Address of the icon.
    pub icon_url: Option<String>,
    /// The files.
    pub outputs: Vec<Output>,
}

impl Assets {
    /// Everything that these scripts import, each once: a browser that is told fetches all at the
    /// same time, and would else learn of one after the other.
    pub fn imported_by(&self, scripts: &[String]) -> Vec<String> {
        let mut waiting: Vec<&String> = scripts.iter().collect();
        let mut found: Vec<String> = Vec::new();
        while let Some(script) = waiting.pop() {
            for import in self.imports.get(script).into_iter().flatten() {
                if !found.contains(import) {
                    found.push(import.clone());
                    waiting.push(import);
                }
            }
        }
        found.sort_unstable();
        found
    }
}

/// What comes first in the style sheet; components follow by name, other styles after them.
const FIRST: [&str; 5] = ["tokens", "base", "layout", "prose", "code"];

/// Makes the theme's files.
pub fn make(theme: &Theme, urls: &Urls) -> (Assets, Vec<Diagnostic>) {
    let mut assets = Assets::default();
    let mut found = Vec::new();
    let style = style_sheet(&theme.files);
    assets.style_url = add(&mut assets.outputs, urls, "style", "css", style);
    let (scripts, problems) = scripts::make(theme, urls);
    found.extend(problems);
    assets.outputs.extend(scripts.outputs);
    (assets.scripts, assets.imports) = (scripts.components, scripts.imports);
    for (path, file) in &theme.files {
        let Some(name) = path.strip_prefix("static/") else { continue };
        if name == "favicon.svg" {
            assets.icon_url = Some(urls.path(name));
        }
        let (path, bytes) = (name.to_owned(), file.bytes.clone());
        assets.outputs.push(Output { path, bytes, origin: file.shown.clone() });
    }
    (assets, found)
}

fn style_sheet(files: &BTreeMap<String, ThemeFile>) -> Vec<u8> {
    let first = FIRST.iter().map(|name| format!("styles/{name}.css"));
    let component =
        |path: &&String| path.starts_with("components/") && path.ends_with("/style.css");
    let components = files.keys().filter(component).cloned();
    let last = files.keys().filter(|path| {
        let name = path.strip_prefix("styles/").and_then(|name| name.strip_suffix(".css"));
        name.is_some_and(|name| !FIRST.contains(&name))
    });
    let mut sheet = Vec::new();
    for path in first.chain(components).chain(last.cloned()) {
        if let Some(file) = files.get(&path) {
            sheet.extend_from_slice(&file.bytes);
        }
    }
    sheet
}

/// Adds a file under `assets/` with a hash in its name and returns its address.
pub(super) fn add(
    outputs: &mut Vec<Output>,
    urls: &Urls,
    name: &str,
    kind: &str,
    bytes: Vec<u8>,
) -> String {
    let hash = xxh3_64(&bytes);
    let path = format!("assets/{name}.{hash:016x}.{kind}");
    let url = urls.path(&path);
    outputs.push(Output { path, bytes, origin: format!("the theme's {name}.{kind}") });
    url
}
