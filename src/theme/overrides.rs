//! The site's own templates, held against the API and against what others rely on in them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::api::{self, CALLED, Shape};
use super::layers::Layers;
use super::names::{self, Arguments};
use super::shipped::{self, DEFAULT};
use super::slots::{self, Signature, Slots};
use super::{Files, ThemeFile, is_script, template_name};
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::near;

/// Checks every template that was read from the site's folder and is none of the program's own.
/// `files` are those of the whole theme.
pub fn check(layers: &Layers, files: &Files) -> Vec<Diagnostic> {
    let own: Vec<(&String, &ThemeFile)> = files
        .iter()
        .filter(|(path, file)| file.own && template_name(path).is_some())
        .filter(|(path, file)| !is_shipped(path, file))
        .collect();
    if own.is_empty() {
        return Vec::new();
    }
    let whole = Whole::of(files);
    let arguments = arguments(layers);
    let mut found = Vec::new();
    for (path, file) in own {
        let (Ok(text), Some(name)) = (std::str::from_utf8(&file.bytes), template_name(path)) else {
            continue;
        };
        for stranger in names::strangers(api::api(), name, text, &arguments) {
            let place = Place::at(&file.shown, stranger.span);
            let problem = Diagnostic::error("unknown-variable", place, stranger.message);
            found.push(problem.hint(stranger.hint));
        }
        let changed = Changed { path, name, file, text, own: slots::slots(text), whole: &whole };
        found.extend(changed.strange_blocks());
        if let Some(base) = base(layers, path) {
            let base_text = String::from_utf8_lossy(&base.bytes);
            found.extend(changed.against(&slots::slots(&base_text), &base));
        }
    }
    found
}

/// The first lines of a template that was copied from another theme: where it came from, and the
/// slots it had. Empty for what has no slots.
pub fn header(path: &str, file: &ThemeFile, files: &Files) -> String {
    let Some(name) = template_name(path) else { return String::new() };
    let text = String::from_utf8_lossy(&file.bytes);
    let whole = Whole::of(files);
    let slots = listed(&slots::slots(&text), &whole);
    let mut out = format!("{{#- {EJECTED}{} ", origin(&file.shown));
    let _ = write!(out, "{}, {name}:", env!("CARGO_PKG_VERSION"));
    let mut length = out.len();
    for slot in slots {
        let space = if length + slot.len() > 98 { "\n    " } else { " " };
        length = if space == " " { length + slot.len() + 1 } else { slot.len() + 4 };
        out.push_str(space);
        out.push_str(&slot);
    }
    out.push_str(" -#}\n");
    out
}

/// How the first line of a copy begins.
pub(super) const EJECTED: &str = "ejected from ";

/// `default` for `themes/default/templates/base.html`.
pub(super) fn origin(shown: &str) -> &str {
    shown.split('/').nth(1).unwrap_or(DEFAULT)
}

/// The slots that a header names; `None` where a template has no header.
fn ejected(text: &str) -> Option<Vec<&str>> {
    let rest = text.trim_start().strip_prefix("{#-")?.trim_start().strip_prefix(EJECTED)?;
    let inside = rest.split("#}").next()?.trim_end_matches('-');
    let (_, list) = inside.split_once(": ").or_else(|| inside.split_once(":\n"))?;
    Some(list.split_whitespace().collect())
}

/// What a header lists: `card(view)`, `block:main`, `data-card`.
fn listed(slots: &Slots, whole: &Whole<'_>) -> Vec<String> {
    let components = slots.components.iter().map(Signature::written);
    let blocks = slots.blocks.iter().map(|block| format!("block:{}", block.name));
    let attributes = slots.attributes.iter().filter(|name| whole.is_looked_for(name)).cloned();
    components.chain(blocks).chain(attributes).collect()
}

/// Whether a file read from the site is, byte for byte, the one in the binary.
pub(super) fn is_shipped(path: &str, file: &ThemeFile) -> bool {
    shipped::file(origin(&file.shown), path).is_some_and(|bytes| *bytes == *file.bytes)
}

/// The file that a file of the site stands in place of.
pub(super) fn base(layers: &Layers, path: &str) -> Option<ThemeFile> {
    let owner = layers.layers.iter().position(|layer| layer.files.contains_key(path))?;
    layers.below(owner + 1).remove(path).filter(|_| owner + 1 < layers.layers.len())
}

/// What is known of components' arguments: of those that the program calls, of the default theme's,
/// and of those of the themes that this one stands on.
fn arguments(layers: &Layers) -> Arguments {
    let api = api::api();
    let called = CALLED.iter().map(|(name, shape)| {
        let shape = api.shape(shape).unwrap_or(Shape::Open);
        (((*name).to_owned(), "view".to_owned()), shape)
    });
    let mut known: Arguments = called.collect();
    let default = shipped::files(DEFAULT).unwrap_or_default();
    let files = layers.layers.iter().rev().map(|layer| &layer.files);
    for files in [&default].into_iter().chain(files) {
        let templates = files.iter().filter(|(path, _)| template_name(path).is_some());
        for (_, file) in templates {
            known.extend(names::declared(api, &String::from_utf8_lossy(&file.bytes)));
        }
    }
    known
}

/// All templates of a theme with their slots, and its scripts.
struct Whole<'a> {
    templates: BTreeMap<&'a str, (&'a ThemeFile, Slots)>,
    scripts: Vec<&'a str>,
}

impl<'a> Whole<'a> {
    fn of(files: &'a Files) -> Self {
        let templates = files.iter().filter_map(|(path, file)| {
            let text = std::str::from_utf8(&file.bytes).ok()?;
            Some((template_name(path)?, (file, slots::slots(text))))
        });
        let scripts = files.iter().filter(|(path, _)| is_script(path));
        let scripts = scripts.filter_map(|(_, file)| std::str::from_utf8(&file.bytes).ok());
        Self { templates: templates.collect(), scripts: scripts.collect() }
    }

    fn is_looked_for(&self, attribute: &str) -> bool {
        self.scripts.iter().any(|script| slots::looks_for(script, attribute))
    }

    /// The templates above one, the nearest first.
    fn parents(&self, name: &str) -> Vec<&str> {
        let mut way: Vec<&str> = Vec::new();
        let mut next = self.templates.get(name).and_then(|(_, slots)| slots.extends.as_deref());
        while let Some(parent) = next.filter(|parent| !way.contains(parent)) {
            way.push(parent);
            next = self.templates.get(parent).and_then(|(_, slots)| slots.extends.as_deref());
        }
        way
    }

    /// Templates that call a component; the program's own calls are "the text of articles".
    fn callers(&self, component: &str) -> Vec<&str> {
        let program = CALLED.iter().any(|(name, _)| *name == component);
        let others =
            self.templates.iter().filter(|(_, (_, slots))| slots.calls.contains(component));
        let others = others.map(|(name, _)| *name);
        program.then_some("the text of articles").into_iter().chain(others).collect()
    }

    /// Templates that fill a block of one above them.
    fn fillers(&self, parent: &str, block: &str) -> Vec<&str> {
        let fills = |slots: &Slots| slots.blocks.iter().any(|one| one.name == block);
        let all = self.templates.iter().filter(|(_, (_, slots))| fills(slots));
        all.map(|(name, _)| *name).filter(|name| self.parents(name).contains(&parent)).collect()
    }
}

/// A template of the site, and what is around it.
struct Changed<'a> {
    path: &'a str,
    name: &'a str,
    file: &'a ThemeFile,
    text: &'a str,
    own: Slots,
    whole: &'a Whole<'a>,
}

impl Changed<'_> {
    /// Blocks that no template above this one has.
    fn strange_blocks(&self) -> Vec<Diagnostic> {
        let parents = self.whole.parents(self.name);
        let there: Vec<&str> = parents
            .iter()
            .filter_map(|parent| self.whole.templates.get(parent))
            .flat_map(|(_, slots)| slots.blocks.iter().map(|block| block.name.as_str()))
            .collect();
        let Some(parent) = parents.first().filter(|_| !there.is_empty()) else { return Vec::new() };
        let strange = self.own.blocks.iter().filter(|block| !there.contains(&block.name.as_str()));
        let problems = strange.map(|block| {
            let message = format!("`{parent}` has no block `{}`", block.name);
            let hint = near::suggestion(&block.name, there.iter().copied())
                .unwrap_or_else(|| format!("its blocks are {}", list(&there)));
            self.error(block.span.clone(), message, hint)
        });
        problems.collect()
    }

    /// What others rely on in the template that this one stands in place of, and do not find here.
    fn against(&self, base: &Slots, base_file: &ThemeFile) -> Vec<Diagnostic> {
        let ejected = ejected(self.text);
        let then = |name: &str| {
            let begins = format!("{name}(");
            ejected.iter().flatten().find(|slot| slot.starts_with(&begins)).copied()
        };
        let mut found = Vec::new();
        for component in &base.components {
            found.extend(self.component(component, then(&component.name)));
        }
        for block in &base.blocks {
            let fillers = self.whole.fillers(self.name, &block.name);
            if !self.own.blocks.iter().any(|one| one.name == block.name) && !fillers.is_empty() {
                let name = &block.name;
                let message =
                    format!("the slot `{name}` is missing, which is filled by {}", list(&fillers));
                let hint =
                    format!("write `{{% block {name} %}}{{% endblock {name} %}}` where it belongs");
                found.push(self.error(self.beginning(), message, hint));
            }
        }
        found.extend(self.attributes(base, base_file, ejected.as_deref()));
        found
    }

    /// Attributes that scripts look for, that the other file has and this one has not.
    fn attributes(
        &self,
        base: &Slots,
        base_file: &ThemeFile,
        ejected: Option<&[&str]>,
    ) -> Option<Diagnostic> {
        let known = |name: &str| ejected.is_some_and(|list| list.contains(&name));
        let gone = base.attributes.difference(&self.own.attributes).map(String::as_str);
        let gone: Vec<&str> =
            gone.filter(|name| !known(name) && self.whole.is_looked_for(name)).collect();
        let names = list_all(&gone);
        let one = gone.len() == 1;
        let slots = if one { "slot" } else { "slots" };
        let end = if one {
            "is missing, and scripts look for it"
        } else {
            "are missing, and scripts look for them"
        };
        let (since, line) = if ejected.is_some() {
            let line = "write the names into the list at the top of this file".to_owned();
            (", new since this copy was made,", line)
        } else {
            let from = origin(&base_file.shown);
            let listed = format!("{{#- {EJECTED}{from}: {} -#}}", gone.join(" "));
            ("", format!("begin this file with `{listed}`"))
        };
        let message = format!("the {slots} {names}{since} {end}");
        let hint = format!("see `{}`; where it is meant so, {line}", base_file.shown);
        let place = Place::at(&self.file.shown, self.beginning());
        (!gone.is_empty()).then(|| Diagnostic::warning("theme-slot", place, message).hint(hint))
    }

    /// A component that others call, as it was and as it is here. `then` is how it was when this copy
    /// was made.
    fn component(&self, was: &Signature, then: Option<&str>) -> Vec<Diagnostic> {
        let callers = self.whole.callers(&was.name);
        let written = was.written();
        let Some(own) = self.own.components.iter().find(|one| one.name == was.name) else {
            if callers.is_empty() {
                return Vec::new();
            }
            let message =
                format!("the slot `{written}` is missing, which is used by {}", list(&callers));
            let hint = format!(
                "write `{{% component {written} %}}` in `{}`, or keep what it was",
                self.path
            );
            return vec![self.error(self.beginning(), message, hint)];
        };
        let since = then.filter(|then| *then != written);
        let since = since.map(|then| format!(" (it was `{then}` when this copy was made)"));
        let since = since.unwrap_or_default();
        let has = |list: &Signature, name: &str| list.arguments.iter().any(|one| one.name == name);
        let gone = was.arguments.iter().filter(|one| !has(own, &one.name) && own.rest.is_none());
        let gone = gone.map(|argument| {
            let name = &argument.name;
            let message = format!(
                "the slot `{written}` changed{since}: `{name}` is given to it, and not taken here"
            );
            self.error(own.span.clone(), message, format!("write `{{% component {written} %}}`"))
        });
        let asked = own.arguments.iter().filter(|one| one.required && !has(was, &one.name));
        let asked = asked.map(|argument| {
            let name = &argument.name;
            let message = format!("the slot `{written}` changed{since}: nobody gives it `{name}`");
            let hint = format!("take `{name}` out, or say what it is without: `{name}=\"\"`");
            self.error(argument.span.clone(), message, hint)
        });
        gone.chain(asked).collect()
    }

    /// The first line.
    fn beginning(&self) -> Range<usize> {
        0..self.text.find('\n').unwrap_or(self.text.len())
    }

    fn error(&self, span: Range<usize>, message: String, hint: String) -> Diagnostic {
        Diagnostic::error("theme-slot", Place::at(&self.file.shown, span), message).hint(hint)
    }
}

/// `a`, `b` and `c`; of many the first three and how many more.
pub(super) fn list(names: &[&str]) -> String {
    if names.len() < 5 {
        return list_all(names);
    }
    let first = names[..3].iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    format!("{first} and {} more", names.len() - 3)
}

/// `a`, `b` and `c`.
fn list_all(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A name in backticks; what holds a space is no name.
fn quoted(name: &str) -> String {
    if name.contains(' ') { name.to_owned() } else { format!("`{name}`") }
}
