//! A package for the text expander Espanso (espanso.org, "Package Specification" and "Forms").
//!
//! A package is a folder with `_manifest.yml`, `package.yml` and `README.md`. `package.yml` is a match
//! file like any other, so it works alone, too, in Espanso's folder `match`: that is how a person
//! installs it from a website. The folder as a whole suits a Git repository.
//!
//! - Espanso expands a trigger as soon as it was typed, so none may be the beginning of another: each
//!   begins and ends with a colon and has none between, `:reply-thank-you-note-warm:`.
//! - A message with gaps opens a form. Its short spelling (`form:`) shows the message with bare boxes
//!   in it and does not wrap lines; here the form lists the gaps by their labels instead (`vars` with
//!   `type: form`). What is left as it was goes out as `[role]`, as on the page.
//! - The name of a field is letters, digits and `_`. `{{` in a message is written `\{\{`, the escape
//!   of variables; Espanso has none for `$|$`, which places the cursor.
//! - Texts are double-quoted with JSON's escapes, which are YAML's: exact to the byte.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::Entry;
use crate::article::Article;
use crate::piece::{Part, Variant};
use crate::site::Site;
use crate::slug::slug;
use crate::strings::Strings;

/// A text and what is typed to get it.
struct Match<'a> {
    trigger: String,
    label: String,
    entry: &'a Entry<'a>,
    parts: &'a [Part],
}

/// The files of the package with their paths.
pub(super) fn files(
    site: &Site<'_>,
    strings: &Strings,
    entries: &[Entry<'_>],
) -> Vec<(String, String)> {
    let folder = folder(site);
    let matches = matches(strings, entries);
    vec![
        (format!("{folder}/_manifest.yml"), manifest(site)),
        (package_path(site), package(site, strings, &matches)),
        (format!("{folder}/README.md"), readme(site, strings, &matches)),
    ]
}

/// The path in the site of the file that holds the messages.
pub(super) fn package_path(site: &Site<'_>) -> String {
    format!("{}/package.yml", folder(site))
}

fn folder(site: &Site<'_>) -> String {
    format!("espanso/{}", name(site))
}

/// A package's name has small letters, digits and hyphens only.
fn name(site: &Site<'_>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name = slug(&slug(&site.config.title).chars().map(plain).collect::<String>());
    if name.is_empty() { "messages".to_owned() } else { name }
}

fn manifest(site: &Site<'_>) -> String {
    let title = quoted(&site.config.title);
    let description = match site.config.description.as_str() {
        "" => &site.config.title,
        description => description,
    };
    format!(
        "name: {}\ntitle: {title}\ndescription: {}\nversion: {}\nauthor: {title}\nhomepage: {}\n",
        quoted(&name(site)),
        quoted(description),
        quoted(&version(site)),
        quoted(&site.urls.absolute("")),
    )
}

/// The day of the newest change as `MAJOR.MINOR.PATCH`, so that Espanso sees what is newer.
fn version(site: &Site<'_>) -> String {
    let changed = |article: &Article| article.meta.updated.max(article.meta.date);
    let newest = site.articles.iter().filter_map(|article| changed(article)).max();
    newest.map_or_else(
        || "0.1.0".to_owned(),
        |day| format!("{}.{}.{}", day.year(), day.month(), day.day()),
    )
}

/// A match for each text and one for each subject, each with a trigger of its own.
fn matches<'a>(strings: &Strings, entries: &'a [Entry<'a>]) -> Vec<Match<'a>> {
    let mut wanted = Vec::new();
    for entry in entries {
        for variant in &entry.template.variants {
            let texts = [(None, Some(&variant.body)), (Some("subject"), variant.subject.as_ref())];
            let texts = texts.into_iter().filter_map(|(what, parts)| Some((what, parts?)));
            wanted.extend(texts.map(|(what, parts)| (entry, variant, what, parts)));
        }
    }
    let trigger = |entry: &Entry<'_>, variant: &Variant, what: Option<&str>, long: bool| {
        let article = long.then_some(entry.article.slug.as_str());
        let words = [
            Some(entry.article.section.as_str()),
            article,
            Some(entry.template.id.as_str()),
            variant.tone.as_deref(),
            what,
        ];
        slug(&words.into_iter().flatten().collect::<Vec<_>>().join("-"))
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (entry, variant, what, _) in &wanted {
        *counts.entry(trigger(entry, variant, *what, false)).or_default() += 1;
    }
    let mut taken: HashMap<String, usize> = HashMap::new();
    let matches = wanted.into_iter().map(|(entry, variant, what, parts)| {
        let short = trigger(entry, variant, what, false);
        let long = counts.get(&short).is_some_and(|count| *count > 1);
        let own = if long { trigger(entry, variant, what, true) } else { short };
        let same = taken.entry(own.clone()).or_default();
        *same += 1;
        let number = if *same == 1 { String::new() } else { format!("-{same}") };
        Match {
            trigger: format!(":{own}{number}:"),
            label: label(strings, entry, variant, what.is_some()),
            entry,
            parts,
        }
    });
    matches.collect()
}

/// What Espanso's search shows.
fn label(strings: &Strings, entry: &Entry<'_>, variant: &Variant, subject: bool) -> String {
    let what = subject.then(|| strings.say("export-subject-name", &[]));
    let facts = [what.as_deref(), variant.tone.as_deref(), Some(entry.channel_label())];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    format!("{} ({})", entry.template.title, facts.join(", "))
}

fn package(site: &Site<'_>, strings: &Strings, matches: &[Match<'_>]) -> String {
    let mut out = format!(
        "# {}: {} (https://espanso.org)\n# {}\nmatches:\n",
        one_line(&site.config.title),
        site.urls.absolute("templates/"),
        install(site, strings),
    );
    for one in matches {
        // writing to a String cannot fail
        let _ = write!(
            out,
            "  - trigger: {}\n    label: {}\n",
            quoted(&one.trigger),
            quoted(&one.label)
        );
        out.push_str(&effect(site, one));
    }
    out
}

/// What a match does: it types the text, after a form where there are gaps.
fn effect(site: &Site<'_>, one: &Match<'_>) -> String {
    let fields = fields(one.parts);
    let replace = one.parts.iter().map(|part| match part {
        Part::Text(words) => literal(words),
        Part::Gap(key) => {
            let name = fields.iter().find(|(own, _)| own == key).map(|(_, name)| name.as_str());
            format!("{{{{form1.{}}}}}", name.unwrap_or_default())
        }
    });
    let replace = replace.collect::<String>();
    let mut out = format!("    replace: {}\n", quoted(&replace));
    if fields.is_empty() {
        return out;
    }
    let mut layout = shown(&one.label) + "\n";
    let mut controls = String::new();
    for (key, name) in &fields {
        let known = site.config.placeholders.get(*key);
        let label = known.map_or(*key, |known| known.label.as_str());
        // writing to a String cannot fail
        let _ = writeln!(layout, "{}: [[{name}]]", shown(label).trim_end_matches(':'));
        let default = quoted(&literal(&format!("[{key}]")));
        let _ =
            writeln!(controls, "            {}:\n              default: {default}", quoted(name));
        if known.is_some_and(|known| known.kind == "multiline") {
            controls.push_str("              multiline: true\n");
        }
    }
    let _ = write!(
        out,
        "    vars:\n      - name: form1\n        type: form\n        params:\n          layout: {}\n          \
         fields:\n{controls}",
        quoted(&layout)
    );
    out
}

/// The gaps of a text in the order of first use, each with the name of its field.
fn fields(parts: &[Part]) -> Vec<(&str, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for part in parts {
        let Part::Gap(key) = part else { continue };
        if fields.iter().any(|(own, _)| own == key) {
            continue;
        }
        let plain = |c: char| if c.is_alphanumeric() { c } else { '_' };
        let mut name = key.chars().map(plain).collect::<String>();
        let same = taken.entry(name.clone()).or_default();
        *same += 1;
        if *same > 1 {
            let _ = write!(name, "__{same}");
        }
        fields.push((key, name));
    }
    fields
}

/// Words that Espanso types as they are.
fn literal(words: &str) -> String {
    words.replace("{{", "\\{\\{").replace("}}", "\\}\\}")
}

/// Words of a form: double brackets and braces would be fields, lines would be rows.
fn shown(words: &str) -> String {
    one_line(words).replace(['{', '['], "(").replace(['}', ']'], ")")
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A double-quoted scalar. Line separators of Unicode would be line breaks to older parsers.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let breaks = [('\u{85}', "\\u0085"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];
    breaks.into_iter().fold(json, |json, (from, to)| json.replace(from, to))
}

/// How a person makes Espanso know the messages.
fn install(site: &Site<'_>, strings: &Strings) -> String {
    strings.say("espanso-install", &[("name", name(site))])
}

fn readme(site: &Site<'_>, strings: &Strings, matches: &[Match<'_>]) -> String {
    let say = |key: &str| strings.say(key, &[]);
    let mut out = format!(
        "# {}\n\n{}\n\n<{}>\n\n{}\n\n{}\n\n[package.yml]({})\n\n| {} | {} | {} |\n|---|---|---|\n",
        cell(&site.config.title),
        one_line(&site.config.description),
        site.urls.absolute("templates/"),
        say("espanso-about"),
        install(site, strings),
        site.urls.absolute(&package_path(site)),
        say("espanso-trigger"),
        say("espanso-message"),
        say("espanso-when"),
    );
    for one in matches {
        let (label, article) = (cell(&one.label), &one.entry.article.meta.title);
        // writing to a String cannot fail
        let _ = writeln!(
            out,
            "| `{}` | [{label}]({}) | [{}]({}) |",
            one.trigger,
            one.entry.url,
            cell(article),
            one.entry.article_url
        );
    }
    out
}

/// Words in a line of Markdown.
fn cell(words: &str) -> String {
    crate::outputs::markdown::escape(&one_line(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_have_names_of_their_own() {
        let gap = |key: &str| Part::Gap(key.to_owned());
        let parts = [gap("your name"), gap("your-name"), gap("role"), gap("your name")];
        let fields = fields(&parts);
        let names: Vec<&str> = fields.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["your_name", "your_name__2", "role"]);
    }

    #[test]
    fn texts_keep_what_espanso_would_read() {
        assert_eq!(literal("{{a}} {{{b}"), "\\{\\{a\\}\\} \\{\\{{b}");
        assert_eq!(shown("a [[b]]\n{{c}}"), "a ((b)) ((c))");
        assert_eq!(quoted("\"\n\u{2028}"), "\"\\\"\\n\\u2028\"");
    }
}
