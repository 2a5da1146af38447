//! The template API as a page to read, made from the view types and the default theme.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::api::{Api, CARD, Fields, NOTHING, PARTS, Shape, VERSION, WITH_BODY, api};
use super::shipped::{self, DEFAULT};
use super::slots::{self, Slots};
use super::{is_script, names, template_name};

/// A value of each field, found in pages of a site: the first that is not empty.
#[derive(Debug, Default)]
pub struct Examples {
    found: BTreeMap<(String, String), String>,
}

/// The most characters of an example.
const LONGEST: usize = 60;

impl Examples {
    /// Takes what a view of this shape holds.
    pub fn learn(&mut self, shape: &Shape, value: &Value) {
        match (shape, value) {
            (Shape::List(inside), Value::Array(items)) => {
                for item in items {
                    self.learn(inside, item);
                }
            }
            (Shape::Record(name), Value::Object(values)) => {
                let known = api().records.get(name);
                for (field, variable) in known.into_iter().flat_map(|record| &record.fields) {
                    let Some(value) = values.get(field) else { continue };
                    if let Some(shown) = shown(&variable.shape, value) {
                        self.found.entry((name.clone(), field.clone())).or_insert(shown);
                    }
                    self.learn(&variable.shape, value);
                }
            }
            _ => {}
        }
    }
}

/// A value as code, cut where it is long; `None` for what is empty or has fields of its own.
fn shown(shape: &Shape, value: &Value) -> Option<String> {
    let text = match (shape, value) {
        (Shape::List(inside), Value::Array(items)) => {
            return items.iter().find_map(|item| shown(inside, item));
        }
        (Shape::Text, Value::String(text)) => text.clone(),
        (Shape::Number | Shape::Flag, value) if !value.is_null() => value.to_string(),
        _ => return None,
    };
    // names of assets hold a hash, which is another with every change of a script
    if text.is_empty() || text.contains("/assets/") || text.contains(['`', '\n']) {
        return None;
    }
    let mut cut: String = text.chars().take(LONGEST).collect();
    if cut.len() < text.len() {
        cut.push_str(" ...");
    }
    Some(format!("`{cut}`"))
}

/// The whole API as Markdown.
pub fn markdown(examples: &Examples) -> String {
    let api = api();
    let mut out = format!(
        "# The template API, version {VERSION}\n\n\
         What templates and components of a theme see. This page is printed by \
         `postrej-site theme docs`; it is made from the types that hold the values, and the examples \
         are those of the site that `postrej-site init` lays out.\n\n\
         Every name is always there. What may be missing is null: ask `{{% if view.next %}}` first. \
         A text is escaped where it is printed; what the tables call finished HTML goes through \
         `| safe`. `t(key=\"...\", n=3)` says the theme's own words, from `strings/<language>.yaml`.\n\n\
         ## Templates\n\n\
         Each sees `site` (SiteView), `page` (Head), `view`, and `card` (SocialCardView, or null). \
         `{CARD}`, the picture beside a link, sees `site`, `page` and `above`, the name of the page \
         above it or null, and may call `fit(text, width, height, sizes, weight)`.\n\n\
         What is the same on every page is rendered once for all pages of a section: `masthead.html` \
         and `footer.html`, where a theme has them, see `site` and `section`, the key of the section or \
         null, and all other templates see what they made as `masthead` and `footer`, finished HTML.\n\n\
         | template | `view` | `body`, finished HTML |\n|---|---|---|\n"
    );
    for (template, shape) in &api.views {
        let body = if WITH_BODY.contains(&template.as_str()) { "yes" } else { "" };
        line(&mut out, &[template, &linked(shape), body]);
    }
    for (_, template) in PARTS {
        line(&mut out, &[template, "none", ""]);
    }
    components(&mut out, api);
    out.push_str("\n## Values\n");
    for (name, record) in api.records.iter().filter(|(name, _)| *name != NOTHING) {
        group(&mut out, name, record, examples);
    }
    out
}

/// The components of the default theme: their arguments and what others rely on in them.
fn components(out: &mut String, api: &Api) {
    let files = shipped::files(DEFAULT).unwrap_or_default();
    let scripts = files.iter().filter(|(path, _)| is_script(path));
    let scripts: Vec<_> =
        scripts.map(|(_, file)| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
    out.push_str(
        "\n## Components\n\n\
         A component sees its arguments and nothing else. A component of your own may say what its \
         arguments are, so that they are checked: `{% component chip(card) {\"card\": \"Card\"} %}`.\n\n\
         | component | arguments | attributes that scripts look for |\n|---|---|---|\n",
    );
    for (path, file) in files.iter().filter(|(path, _)| path.starts_with("components/")) {
        if template_name(path).is_none() {
            continue;
        }
        let text = String::from_utf8_lossy(&file.bytes);
        let shapes = names::written(&text);
        let Slots { components, attributes, .. } = slots::slots(&text);
        for component in &components {
            let arguments = component.arguments.iter().map(|argument| {
                let key = (component.name.clone(), argument.name.clone());
                let written = shapes.get(&key).map_or("any", String::as_str);
                let null = if written.ends_with('?') { " or null" } else { "" };
                let shape = api.shape(written).unwrap_or(Shape::Open);
                format!("`{}`: {}{null}", argument.name, linked(&shape))
            });
            let arguments: Vec<String> = arguments.collect();
            // attributes are the file's; they stand with its first component
            let first = components.first() == Some(component);
            let looked_for = attributes
                .iter()
                .filter(|name| first && scripts.iter().any(|one| slots::looks_for(one, name)));
            let looked_for: Vec<String> = looked_for.map(|name| format!("`{name}`")).collect();
            line(out, &[&component.name, &arguments.join(", "), &looked_for.join(" ")]);
        }
    }
}

fn group(out: &mut String, name: &str, record: &Fields, examples: &Examples) {
    // writing to a String cannot fail
    let _ = writeln!(out, "\n### {name}\n\n{}\n", record.meaning);
    out.push_str("| field | what it says | kind | for example |\n|---|---|---|---|\n");
    for (field, variable) in &record.fields {
        let null = if variable.nullable { " or null" } else { "" };
        let example = examples.found.get(&(name.to_owned(), field.clone()));
        let example = example.map_or("", String::as_str);
        let (field, kind) = (format!("`{field}`"), linked(&variable.shape) + null);
        line(out, &[&field, &variable.meaning, &kind, example]);
    }
}

/// A shape with a link to its group.
fn linked(shape: &Shape) -> String {
    match shape {
        Shape::List(inside) => format!("list of {}", linked(inside)),
        Shape::Record(name) if name == NOTHING => "nothing".to_owned(),
        Shape::Record(name) => format!("[{name}](#{})", name.to_lowercase()),
        other => other.written(),
    }
}

fn line(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    // writing to a String cannot fail
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}
