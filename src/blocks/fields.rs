//! ` ```fields `: the fields of a head as a table, made from the table that checks it.

use std::fmt::Write as _;

use super::{Block, Fence, compare, reminder, template};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::frontmatter;
use crate::markdown::escaped;
use crate::placeholder::PLACEHOLDER;
use crate::schema::{Table, near};

/// Heads of files and of blocks, by the name an author writes in the block.
pub const HEADS: &[(&str, &Table)] = &[
    ("article", &frontmatter::ARTICLE),
    ("index", &frontmatter::INDEX),
    ("page", &frontmatter::PAGE),
    ("question", &frontmatter::QUESTION),
    ("template", &template::TEMPLATE),
    ("reminder", &reminder::REMINDER),
    ("compare", &compare::PAIR),
    ("site", &config::SITE),
    ("theme", &config::THEME),
];

/// Parts of site.yaml that have a table of their own in the guide.
const PARTS: &[(&str, &Table)] = &[
    ("stage", &config::STAGE),
    ("channel", &config::CHANNEL),
    ("placeholder", &PLACEHOLDER),
    ("source", &config::SOURCE),
    ("journey", &config::JOURNEY),
    ("cms", &config::CMS),
    ("editorial", &config::EDITORIAL),
];

fn head(name: &str) -> Option<&'static Table> {
    all().find(|(known, _)| *known == name).map(|(_, table)| *table)
}

fn all() -> impl Iterator<Item = &'static (&'static str, &'static Table)> + Clone {
    HEADS.iter().chain(PARTS)
}

/// Reads the name of a head.
pub fn parse(fence: &Fence<'_>, found: &mut Vec<Diagnostic>) -> Option<Block> {
    let name = fence.text.trim();
    let table = head(name);
    if table.is_none() {
        let names = all().map(|(known, _)| *known);
        let all = format!("the heads are {}", names.clone().collect::<Vec<_>>().join(", "));
        let hint = near::suggestion(name, names).unwrap_or(all);
        let message = format!("there is no head called `{name}`");
        found.push(Diagnostic::error("unknown-head", fence.opening(), message).hint(hint));
    }
    table.map(|table| Block::Html(html(table)))
}

/// The table that a block shows, as Markdown; `None` where the block names no head.
pub fn markdown(block: &str) -> Option<String> {
    let table = head(block.lines().nth(1)?.trim())?;
    let mut out = "| Field | What it is | Example |\n|---|---|---|\n".to_owned();
    for field in table.fields {
        let needed = if field.required { " (needed)" } else { "" };
        let example = match field.example {
            "" => String::new(),
            example => format!("`{}: {example}`", field.name),
        };
        // writing to a String cannot fail
        let _ = writeln!(out, "| `{}`{needed} | {} | {example} |", field.name, field.purpose);
    }
    Some(out)
}

/// A purpose as HTML: what stands between backticks is code.
fn words(purpose: &str) -> String {
    let parts = purpose.split('`').enumerate();
    let parts = parts.map(|(at, part)| {
        let part = escaped(part);
        if at % 2 == 1 { format!("<code>{part}</code>") } else { part }
    });
    parts.collect()
}

fn html(table: &Table) -> String {
    let mut out = format!(
        "<div class=\"table-wrap\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n\
         <thead><tr><th scope=\"col\">Field</th><th scope=\"col\">What it is</th>\
         <th scope=\"col\">Example</th></tr></thead>\n<tbody>\n",
        escaped(table.what)
    );
    for field in table.fields {
        let needed = if field.required { " (needed)" } else { "" };
        let example = match field.example {
            "" => String::new(),
            example => format!("<code>{}: {}</code>", escaped(field.name), escaped(example)),
        };
        // writing to a String cannot fail
        let _ = writeln!(
            out,
            "<tr><td><code>{}</code>{needed}</td><td>{}</td><td>{example}</td></tr>",
            escaped(field.name),
            words(field.purpose),
        );
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}
