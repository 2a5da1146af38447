//! What Liquid means in Markdown, as far as it can be known without running it.

use super::calls::{self, Call};
use super::frontmatter::{self, Fields};
use super::shortcodes::{self, Meaning};
use super::tags::Ground;
use crate::site::urls::encode_all;

/// What a tag or value means.
pub fn meaning(call: &Call, ground: &Ground<'_>) -> Meaning {
    let rest = call.rest.as_str();
    match call.name.as_str() {
        "=" => value(rest, ground).map_or(Meaning::Unknown, Meaning::Inline),
        "link" if !rest.contains('{') => {
            Meaning::Inline(format!("source:{}", encode_all(rest.trim())))
        }
        "post_url" if !rest.contains('{') => {
            Meaning::Inline(format!("post:{}", encode_all(rest.trim())))
        }
        "raw" => Meaning::Plain,
        "comment" => Meaning::Comment,
        "highlight" => Meaning::Code(rest.split(' ').next().unwrap_or_default().to_owned()),
        "include" | "include_relative" | "include_cached" => {
            let (name, values) = rest.split_once(' ').unwrap_or((rest, ""));
            let mut include =
                Call { name: name.trim_matches(['"', '\'']).to_owned(), ..call.clone() };
            let values = calls::values(values).into_iter();
            let named: Option<Vec<_>> = values
                .map(|(key, value)| {
                    // a value without quotation marks is a name, and what it names may be known
                    let quoted = [format!("\"{value}\""), format!("'{value}'")];
                    let literal = quoted.iter().any(|quoted| rest.contains(quoted.as_str()));
                    let value = if literal { value } else { self::value(&value, ground)? };
                    Some((key?, value))
                })
                .collect();
            let Some(named) = named else { return Meaning::Unknown };
            (include.named, include.positional) = (named, Vec::new());
            shortcodes::meaning(&include)
        }
        // they decide or count, and only running them says what comes out
        "if" | "unless" | "for" | "case" | "when" | "else" | "elsif" | "assign" | "capture" => {
            Meaning::Unknown
        }
        _ => shortcodes::meaning(call),
    }
}

/// The text that a value with its filters gives.
fn value(expression: &str, ground: &Ground<'_>) -> Option<String> {
    let mut parts = expression.split('|').map(str::trim);
    let mut text = operand(parts.next()?, ground)?;
    for filter in parts {
        let (name, argument) = filter.split_once(':').unwrap_or((filter, ""));
        let argument = argument.trim();
        text = match name.trim() {
            // all addresses become relative to the file in the end
            "relative_url" | "absolute_url" => {
                if text.starts_with('/') || text.contains("://") {
                    text
                } else {
                    format!("/{text}")
                }
            }
            "prepend" => operand(argument, ground)? + &text,
            "append" => text + &operand(argument, ground)?,
            "escape" | "strip" | "markdownify" | "smartify" | "strip_newlines" => text,
            "upcase" => text.to_uppercase(),
            "downcase" => text.to_lowercase(),
            "default" if !text.is_empty() => text,
            "default" => operand(argument, ground)?,
            _ => return None,
        };
    }
    Some(text)
}

fn operand(name: &str, ground: &Ground<'_>) -> Option<String> {
    for mark in ['"', '\''] {
        let inside = name.strip_prefix(mark).and_then(|name| name.strip_suffix(mark));
        if let Some(inside) = inside {
            return (!inside.contains(mark)).then(|| inside.to_owned());
        }
    }
    if matches!(name, "site.baseurl" | "site.url" | "site.github.url") {
        return Some(String::new());
    }
    let of = |fields: &Fields, prefix: &str| {
        let path = name.strip_prefix(prefix)?;
        frontmatter::get(fields, path).and_then(frontmatter::text)
    };
    of(ground.site, "site.").or_else(|| of(ground.page, "page."))
}
