//! The theme's scripts in the finished site.
//!
//! They stay modules. What components import at once of `scripts/` becomes one file, `shared`: many
//! small ones would come one by one and press badly. What is loaded later stays apart. Names of files
//! get the hash of their content, so imports are rewritten, and what is said to those who read the
//! theme is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use super::Output;
use super::assets::add;
use crate::diagnostic::{Diagnostic, Place};
use crate::site::urls::{Urls, join};
use crate::theme::Theme;

/// Where words come from, and how a module asks for them.
const STRINGS: &str = "scripts/strings.js";
const ASKS: &str = "import { t } from \"";

/// Scripts by their path in the theme; one is finished when all that it imports is.
pub(super) struct Scripts<'a> {
    theme: &'a Theme,
    urls: &'a Urls,
    /// Addresses by path.
    done: BTreeMap<String, String>,
    /// Address of each component's script, by the component's name.
    pub(super) components: BTreeMap<String, String>,
    /// What each script imports at once, both by their address.
    pub(super) imports: BTreeMap<String, Vec<String>>,
    /// The files.
    pub(super) outputs: Vec<Output>,
}

/// Makes the script of every component, and all that they import.
pub(super) fn make<'a>(theme: &'a Theme, urls: &'a Urls) -> (Scripts<'a>, Vec<Diagnostic>) {
    let mut scripts = Scripts {
        theme,
        urls,
        done: BTreeMap::new(),
        components: BTreeMap::new(),
        imports: BTreeMap::new(),
        outputs: Vec::new(),
    };
    let components: Vec<(&str, &str)> =
        theme.files.keys().filter_map(|path| component(path)).collect();
    let mut shared = Vec::new();
    let mut found = Vec::new();
    for (path, _) in &components {
        let problem = scripts.collect(path, &mut Vec::new(), &mut shared).err();
        found.extend(problem.map(|problem| *problem));
    }
    if found.is_empty() {
        found.extend(scripts.share(&shared));
    }
    if found.is_empty() {
        for (path, name) in components {
            match scripts.address(path, &mut Vec::new()) {
                Ok(url) => {
                    scripts.components.insert(name.to_owned(), url);
                }
                Err(problem) => found.push(*problem),
            }
        }
    }
    (scripts, found)
}

/// The path and the component's name of a script that pages load.
fn component(path: &str) -> Option<(&str, &str)> {
    let name = path.strip_prefix("components/")?.strip_suffix("/script.js")?;
    Some((path, name))
}

impl Scripts<'_> {
    /// Finds what the module at `path` imports at once of `scripts/`, the imported first. `above` are
    /// the modules that wait for it.
    fn collect(
        &self,
        path: &str,
        above: &mut Vec<String>,
        shared: &mut Vec<String>,
    ) -> Result<(), Box<Diagnostic>> {
        if shared.iter().any(|one| one == path) {
            return Ok(());
        }
        above.push(path.to_owned());
        for import in imports(&self.text(path)) {
            let target = self.target(path, &import, above)?;
            if !import.later {
                self.collect(&target, above, shared)?;
            }
        }
        above.pop();
        if path.starts_with("scripts/") {
            shared.push(path.to_owned());
        }
        Ok(())
    }

    /// Makes one file of the shared modules: each stands in a function of its own, which returns what
    /// the module exports; those behind it see that by its name.
    fn share(&mut self, paths: &[String]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut whole = String::new();
        let mut all = BTreeSet::new();
        for path in paths {
            let shown = &self.theme.files[path].shown;
            let text = self.text(path);
            let (text, names) = match enclosed(&text, &self.said(&text)) {
                Ok(enclosed) => enclosed,
                Err(line) => {
                    found.push(other_form(Place::at(shown, line)));
                    continue;
                }
            };
            for name in names.iter().filter(|name| !all.insert((*name).clone())) {
                let place = Place::file(shown);
                let message = format!("two modules of `scripts/` export `{name}`");
                let problem = Diagnostic::error("script-export", place, message);
                found.push(problem.hint("give one of the two another name"));
            }
            whole.push_str(&text);
        }
        if !whole.is_empty() {
            let url = add(&mut self.outputs, self.urls, "shared", "js", lean(&whole).into_bytes());
            self.done.extend(paths.iter().map(|path| (path.clone(), url.clone())));
        }
        found
    }

    /// The address of a script, its imports included. `above` are the scripts that wait for it.
    fn address(&mut self, path: &str, above: &mut Vec<String>) -> Result<String, Box<Diagnostic>> {
        if let Some(url) = self.done.get(path) {
            return Ok(url.clone());
        }
        above.push(path.to_owned());
        let text = self.text(path);
        let mut out = String::with_capacity(text.len());
        let mut at_once = Vec::new();
        let mut done = 0;
        for import in imports(&text) {
            let target = self.target(path, &import, above)?;
            let url = self.address(&target, above)?;
            let file = url.rsplit('/').next().unwrap_or_default();
            let before = &text[done..import.start];
            if target == STRINGS {
                let own = before.strip_suffix(ASKS).ok_or_else(|| {
                    let place = Place::at(&self.theme.files[path].shown, import.start..import.end);
                    Box::new(other_form(place))
                })?;
                // writing to a String cannot fail
                let words = self.said(&text);
                let _ = write!(out, "{own}import {{ translator }} from \"./{file}\"; {words}");
                done = import.end + "\";".len();
            } else {
                let _ = write!(out, "{before}./{file}");
                done = import.end;
            }
            if !import.later {
                at_once.push(url);
            }
        }
        out.push_str(&text[done..]);
        above.pop();
        let name = path.trim_end_matches("/script.js").trim_end_matches(".js");
        let name = name.rsplit('/').next().unwrap_or(name);
        let url = add(&mut self.outputs, self.urls, name, "js", lean(&out).into_bytes());
        self.done.insert(path.to_owned(), url.clone());
        self.imports.insert(url.clone(), at_once);
        Ok(url)
    }

    /// `t` for a module, with the words that it says and no others.
    fn said(&self, text: &str) -> String {
        format!("const t = translator({});", self.theme.strings.said_in(text))
    }

    fn text(&self, path: &str) -> String {
        let file = self.theme.files.get(path);
        file.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default()
    }

    /// The path in the theme of what the module at `path` imports.
    fn target(
        &self,
        path: &str,
        import: &Import,
        above: &[String],
    ) -> Result<String, Box<Diagnostic>> {
        let wanted = join(path, &import.name);
        let (message, hint) = if above.contains(&wanted) {
            let hint = "take one of the imports out, or move what both need to a third file";
            (format!("`{wanted}` imports itself through others"), hint)
        } else if self.theme.files.contains_key(&wanted) {
            return Ok(wanted);
        } else {
            let hint = "write the path from this file to a script of the theme";
            (format!("the theme has no file `{wanted}`"), hint)
        };
        let place = Place::at(&self.theme.files[path].shown, import.start..import.end);
        Err(Box::new(Diagnostic::error("script-import", place, message).hint(hint)))
    }
}

fn other_form(place: Place) -> Diagnostic {
    let message = "modules have one way to import and export what they share";
    let hint = "write `import { one, two } from \"./name.js\";` on one line (of strings.js `t` alone), \
                and `export` before `function`, `async function` or `const`";
    Diagnostic::error("script-export", place, message).hint(hint)
}

/// A module's name where another imports it.
struct Import {
    name: String,
    /// Where the name stands, in bytes.
    start: usize,
    end: usize,
    /// Whether it is loaded later, by `import("./name.js")`.
    later: bool,
}

/// Every import by relative path, one a line at most.
fn imports(text: &str) -> Vec<Import> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some((start, end)) = imported(line) {
            let later = !(line.starts_with("import ") || line.starts_with("export "));
            let name = line[start..end].to_owned();
            found.push(Import { name, start: at + start, end: at + end, later });
        }
        at += line.len();
    }
    found
}

/// A module as a statement that exports what it exported, and the names of that; its imports are
/// gone, as what it uses stands before it, and `said` for its `t`. Where it imports or exports in another way than the
/// theme's modules do, the bytes of that line.
fn enclosed(text: &str, said: &str) -> Result<(String, Vec<String>), Range<usize>> {
    let mut names = Vec::new();
    let mut body = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let place = at..at + line.trim_end().len();
        at += line.len();
        if line.starts_with("import ") {
            let plain = !line.contains(" as ")
                && (line.starts_with("import \"") || line.starts_with("import { "));
            imported(line).filter(|_| plain).ok_or(place)?;
            if line.starts_with(ASKS) {
                body.push_str(said);
                body.push('\n');
            }
        } else if let Some(declared) = line.strip_prefix("export ") {
            names.push(declared_name(declared).ok_or(place)?);
            body.push_str(declared);
        } else {
            body.push_str(line);
        }
    }
    let all = names.join(", ");
    let text = match names.as_slice() {
        [] => format!("(() => {{\n{body}}})();\n"),
        _ => format!("export const {{ {all} }} = (() => {{\n{body}return {{ {all} }};\n}})();\n"),
    };
    Ok((text, names))
}

/// `b` of `const b = 1;`, `function b() {` or `async function b() {`.
fn declared_name(line: &str) -> Option<String> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    let line = line.strip_prefix("function ").or_else(|| line.strip_prefix("const "))?;
    let end = line.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')?;
    (end > 0).then(|| line[..end].to_owned())
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

/// A script without indentation, empty lines and the comments that have their lines to themselves: a
/// third of what a phone would load. A text between backticks stays as it is.
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
        } else if backticks % 2 == 1 || !(words.is_empty() || words.starts_with("//")) {
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
    fn a_shared_module_keeps_its_names_to_itself_but_those_it_exports() {
        let module = "import { a } from \"./a.js\";\nimport { t } from \"./strings.js\";\nconst own = a();\nexport const b = own;\n\
                      export async function c() {}\n";
        let wanted = "export const { b, c } = (() => {\nconst t = translator({});\nconst own = a();\nconst b = own;\n\
                      async function c() {}\nreturn { b, c };\n})();\n";
        assert_eq!(
            enclosed(module, "const t = translator({});"),
            Ok((wanted.to_owned(), vec!["b".to_owned(), "c".to_owned()]))
        );
        assert_eq!(
            enclosed("start();\n", ""),
            Ok(("(() => {\nstart();\n})();\n".to_owned(), vec![]))
        );
        for other in ["export default 1;", "export { b };", "import * as a from \"./a.js\";"] {
            assert_eq!(enclosed(other, ""), Err(0..other.len()));
        }
    }

    #[test]
    fn scripts_lose_what_only_people_read() {
        let script = "/**\n * What it is.\n */\nlet a = 1; // one\n  /* short */\n/* c */ c();\n  \
                      // why\n\nlet b = `\n\n  // a text\n`;\n  d();\n";
        let lean = lean(script);
        assert_eq!(lean, "let a = 1; // one\n c();\nlet b = `\n\n  // a text\n`;\nd();\n");
    }
}
