//! The text of a new article: a head in which every field is explained, and the bones of a body.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::editor::Vocabulary;
use crate::frontmatter::ARTICLE;
use crate::schema::json::Words;
use crate::schema::{Field, Kind, yaml};

/// What is known of an article that nobody has written yet.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// The day of publication.
    pub date: Date,
}

/// Columns of a comment.
const WIDTH: usize = 100;

/// The longest list of words that a comment shows, in bytes: more is easier to look up in the site.
const LONGEST: usize = 600;

/// The whole file. It is a draft: what is half written shall not be published by accident.
pub fn article(beginning: &Beginning, site: &Vocabulary) -> String {
    let fields = ARTICLE.fields.iter();
    let known = fields.clone().filter_map(|field| Some((field, value(field, beginning)?)));
    let known = known.map(|(field, value)| {
        let ready = if field.name == "draft" { "; take it out when the text is ready" } else { "" };
        let purpose = comment(&format!("{}{ready}", field.purpose));
        format!("{purpose}{}: {value}\n", field.name)
    });
    let spare = fields.filter(|field| value(field, beginning).is_none()).map(|field| {
        let (example, words) = spare_value(field, beginning.date, site);
        let words = words.map_or_else(String::new, |words| comment(&format!("  {words}")));
        format!("# {}: {example}  # {}\n{words}", field.name, field.purpose)
    });
    let note =
        "The other fields may stay out. To use one, take away the `# ` in front of its name:";
    let known = known.collect::<Vec<_>>().concat();
    let spare = spare.collect::<Vec<_>>().concat();
    format!("---\n{known}\n{}{spare}---\n{}", comment(note), body(&beginning.title, site))
}

/// What the field holds from the beginning, as YAML.
fn value(field: &Field, beginning: &Beginning) -> Option<String> {
    match field.name {
        "title" => Some(one_line(&beginning.title)),
        "description" => Some(one_line(&beginning.description)),
        "date" => Some(beginning.date.to_string()),
        "draft" => Some("true".to_owned()),
        _ => None,
    }
}

fn one_line(text: &str) -> String {
    yaml::plain(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An example that is right in this site, and the words that it knows.
fn spare_value(field: &Field, day: Date, site: &Vocabulary) -> (String, Option<String>) {
    if matches!(field.kind, Kind::Date) {
        let year = if field.name == "review_by" { 1.years() } else { 0.years() };
        return (day.saturating_add(year).to_string(), None);
    }
    let (words, more) = match site.words(&ARTICLE, field) {
        Some(Words::Only(words)) => (words, ""),
        Some(Words::Known(words)) => (words, ", or a new one"),
        _ => return (field.example.to_owned(), None),
    };
    let Some(first) = words.first().map(|word| yaml::plain(word)) else {
        let none = (more.is_empty()).then(|| "This site has none yet.".to_owned());
        return (field.example.to_owned(), none);
    };
    let example = match field.kind {
        Kind::Text => first,
        Kind::Reasons => format!("[{first}: why a reader goes on there]"),
        _ => format!("[{first}]"),
    };
    let all = words.join(", ");
    (example, (all.len() <= LONGEST).then(|| format!("One of: {all}{more}.")))
}

/// A comment of the head, with a capital at its start, in lines that fit a screen.
fn comment(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let sentence: String = first.chain(letters).collect();
    let margin = &sentence[..sentence.len() - sentence.trim_start().len()];
    let mut lines = vec![format!("#{margin}")];
    for word in sentence.trim_start().split(' ') {
        let full = |line: &String| line.chars().count() + word.chars().count() >= WIDTH;
        if lines.last().is_some_and(full) {
            lines.push(format!("#{margin}"));
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}

/// The bones: what helps at once, what to do, and a message in the site's own words.
fn body(title: &str, site: &Vocabulary) -> String {
    let steps = "Say in one or two sentences what helps the reader at once.\n\n\
                 ## Do this now\n\n\
                 1. The first step.\n\
                 2. The second step.\n";
    // a message needs a channel, and a site without one has no messages
    let message = site.channels.first().map_or_else(String::new, |channel| {
        let preferred = site.placeholders.iter().find(|key| *key == "your name");
        let gap = preferred.or(site.placeholders.first());
        let gap = gap.map_or_else(String::new, |key| format!("\n[{key}]\n"));
        format!(
            "\n## The words to use\n\n```template\ntitle: {}\nchannel: {}\ntone: warm\n---\n\
             Hi,\n\nWrite the message as it is sent.\n{gap}```\n",
            one_line(title),
            yaml::plain(channel),
        )
    });
    format!("{steps}{message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beginning(title: &str) -> Beginning {
        let date = Date::constant(2026, 11, 24);
        Beginning { title: title.to_owned(), description: "How to: ask once.".to_owned(), date }
    }

    #[test]
    fn every_field_is_explained_once() {
        let text = article(&beginning("Ask a mentor"), &Vocabulary::default());
        for field in ARTICLE.fields {
            let lines = text.lines().map(|line| line.trim_start_matches("# "));
            let own = lines.filter(|line| line.starts_with(&format!("{}: ", field.name)));
            assert_eq!(own.count(), 1, "{}", field.name);
            assert!(text.to_lowercase().contains(field.purpose), "{}", field.name);
        }
        assert!(text.contains("\ndescription: \"How to: ask once.\"\n"), "{text}");
    }

    #[test]
    fn a_title_stays_on_its_line() {
        let text = article(&beginning(" \"No\":\n\tand now? "), &Vocabulary::default());
        assert!(text.contains("\ntitle: '\"No\": and now?'\n"), "{text}");
    }
}
