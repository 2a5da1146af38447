//! Style sheet, scripts and static files of the theme.
//!
//! A name holds a hash of the content, so that browsers may keep a file for ever and never show an
//! old one. Style files become one sheet; scripts stay modules: their imports are rewritten, and
//! what is said to those who read the theme is left out.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::Output;
use crate::diagnostic::{Diagnostic, Place};
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
    let mut scripts = Scripts {
        theme,
        urls,
        done: BTreeMap::new(),
        imports: BTreeMap::new(),
        outputs: Vec::new(),
    };
    for path in theme.files.keys() {
        let component =
            path.strip_prefix("components/").and_then(|rest| rest.strip_suffix("/script.js"));
        let Some(name) = component else { continue };
        match scripts.address(path, &mut Vec::new()) {
            Ok(url) => {
                assets.scripts.insert(name.to_owned(), url);
            }
            Err(problem) => found.push(*problem),
        }
    }
    assets.outputs.extend(scripts.outputs);
    assets.imports = scripts.imports;
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

/// Scripts by their path in the theme; one is finished when all that it imports is.
struct Scripts<'a> {
    theme: &'a Theme,
    urls: &'a Urls,
    done: BTreeMap<String, String>,
    imports: BTreeMap<String, Vec<String>>,
    outputs: Vec<Output>,
}

impl Scripts<'_> {
    /// The address of a script, its imports included. `above` are the scripts that wait for it.
    fn address(&mut self, path: &str, above: &mut Vec<String>) -> Result<String, Box<Diagnostic>> {
        if let Some(url) = self.done.get(path) {
            return Ok(url.clone());
        }
        let file = &self.theme.files[path];
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        let shown = file.shown.clone();
        above.push(path.to_owned());
        let mut out = String::with_capacity(text.len());
        let mut imports = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            match imported(line) {
                Some((start, end)) => {
                    let wanted = join(path, &line[start..end]);
                    let fault = |message: String| {
                        let place = Place::at(&shown, at + start..at + end);
                        Box::new(Diagnostic::error("script-import", place, message))
                    };
                    if above.contains(&wanted) {
                        return Err(fault(format!("`{wanted}` imports itself through others")));
                    }
                    if !self.theme.files.contains_key(&wanted) {
                        return Err(fault(format!("the theme has no file `{wanted}`")));
                    }
                    let url = self.address(&wanted, above)?;
                    let file = url.rsplit('/').next().unwrap_or_default();
                    out.push_str(&line[..start]);
                    out.push_str("./");
                    out.push_str(file);
                    out.push_str(&line[end..]);
                    if line.starts_with("import ") || line.starts_with("export ") {
                        imports.push(url);
                    }
                }
                None => out.push_str(line),
            }
            at += line.len();
        }
        above.pop();
        let name = path.trim_end_matches("/script.js").trim_end_matches(".js");
        let name = name.rsplit('/').next().unwrap_or(name);
        let bytes = lean(&out).into_bytes();
        let url = add(&mut self.outputs, self.urls, name, "js", bytes);
        self.done.insert(path.to_owned(), url.clone());
        self.imports.insert(url.clone(), imports);
        Ok(url)
    }
}

/// The range of the module's name in a line that imports one by relative path: `import ... from
/// "./name.js"` at its beginning, or `import("./name.js")`, which loads it later, anywhere.
fn imported(line: &str) -> Option<(usize, usize)> {
    const LATER: &str = "import(\"";
    let begins = line.starts_with("import ") || line.starts_with("export ");
    let later = || line.find("import(\".").map(|at| at + LATER.len());
    let from = begins.then(|| line.find("\".").map(|at| at + 1)).flatten().or_else(later)?;
    let end = line[from..].find('"')? + from;
    Some((from, end))
}

/// A script without indentation and without the comments that have their lines to themselves: a third
/// of what a phone would load. A text between backticks stays as it is.
fn lean(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut inside = false;
    let mut backticks = 0;
    for line in script.split_inclusive('\n') {
        let words = line.trim();
        inside |= backticks % 2 == 0 && words.starts_with("/*");
        if inside {
            let Some((_, rest)) = line.split_once("*/") else { continue };
            inside = false;
            if !rest.trim().is_empty() {
                out.push_str(rest);
            }
        } else if backticks % 2 == 1 || !words.starts_with("//") {
            out.push_str(if backticks % 2 == 1 {
                line
            } else {
                line.trim_start_matches([' ', '\t'])
            });
            backticks += words.matches('`').count();
        }
    }
    out
}

/// The path in the theme of a module that the script at `from` imports.
fn join(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Adds a file under `assets/` with a hash in its name and returns its address.
fn add(outputs: &mut Vec<Output>, urls: &Urls, name: &str, kind: &str, bytes: Vec<u8>) -> String {
    let hash = xxh3_64(&bytes);
    let path = format!("assets/{name}.{hash:016x}.{kind}");
    let url = urls.path(&path);
    outputs.push(Output { path, bytes, origin: format!("the theme's {name}.{kind}") });
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_found_by_line() {
        let line = "import { a } from \"../../scripts/a.js\";\n";
        let (start, end) = imported(line).unwrap_or_default();
        assert_eq!(&line[start..end], "../../scripts/a.js");
        assert_eq!(join("components/message/script.js", &line[start..end]), "scripts/a.js");
        let line = "  const { a } = await import(\"./a.js\");\n";
        let (start, end) = imported(line).unwrap_or_default();
        assert_eq!(&line[start..end], "./a.js");
        assert_eq!(imported("const a = \"./b\";"), None);
    }

    #[test]
    fn scripts_lose_what_only_people_read() {
        let script = "/**\n * What it is.\n */\nlet a = 1; // one\n  /* short */\n/* c */ c();\n  \
                      // why\nlet b = `\n  // a text\n`;\n  d();\n";
        let lean = lean(script);
        assert_eq!(lean, "let a = 1; // one\n c();\nlet b = `\n  // a text\n`;\nd();\n");
    }
}
