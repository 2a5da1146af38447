//! What is sent: messages that their channel cannot take, and words that they should not hold.

use std::collections::BTreeSet;
use std::ops::Range;

use super::sms;
use crate::article::Article;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Edit, Place};
use crate::piece::{Part, Template, Variant};
use crate::schema::parse_date;
use crate::source::{Source, Span};

/// The channel that takes the characters of phones only.
const SMS: &str = "sms";

/// With more placeholders than these it is a form to fill in, and not a message.
const MOST_GAPS: usize = 6;

/// Reports what is wrong with the messages that an article owns.
pub fn review(article: &Article, source: &Source, config: &Config) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for template in &article.body.templates {
        for variant in &template.variants {
            found.extend(over_limit(template, variant, source, config));
            if template.channel == SMS {
                found.extend(no_sms(variant, source));
            }
            found.extend(avoided(variant, source, &config.editorial.avoid));
            found.extend(many_gaps(variant, source));
        }
    }
    found
}

fn over_limit(
    template: &Template,
    variant: &Variant,
    source: &Source,
    config: &Config,
) -> Option<Diagnostic> {
    let channel = config.channel(&template.channel)?;
    let limit = channel.limit?;
    let text = filled(&variant.body, config);
    let sms = (channel.key == SMS).then(|| sms::measure(&text));
    let length = sms.map_or_else(|| text.chars().count(), |sms| sms.units);
    let over = length.checked_sub(limit).filter(|over| *over > 0)?;
    let place = Place::at(&source.path, variant.body_span.clone());
    let parts = sms.filter(|sms| sms.parts > 1);
    let parts = parts.map(|sms| format!(" ({} text messages)", sms.parts)).unwrap_or_default();
    let message = format!(
        "this message has {length} characters{parts} when it is filled in, and `{}` takes {limit}",
        channel.key
    );
    let hint = format!(
        "leave out {over} characters (the placeholders are counted with their `example` in site.yaml)"
    );
    Some(Diagnostic::warning("over-limit", place, message).hint(hint))
}

/// The message with the examples of site.yaml in its gaps; a day is written out, as pages do, and of
/// a choice the longest option stands for all.
fn filled(parts: &[Part], config: &Config) -> String {
    let words = parts.iter().map(|part| match part {
        Part::Text(words) => words.clone(),
        Part::Gap(key) => match config.placeholders.get(key) {
            Some(known) if known.kind == "date" => parse_date(&known.example).map_or_else(
                || known.example.clone(),
                |day| day.strftime("%B %-d, %Y").to_string(),
            ),
            Some(known) if !known.options.is_empty() => longest(&known.options),
            Some(known) if !known.example.is_empty() => known.example.clone(),
            _ => key.clone(),
        },
    });
    words.collect()
}

/// What takes the most room of what a reader can choose.
fn longest(options: &[String]) -> String {
    options.iter().max_by_key(|option| option.chars().count()).cloned().unwrap_or_default()
}

/// Reports every character that a phone sends in a costlier way, once each.
fn no_sms(variant: &Variant, source: &Source) -> Vec<Diagnostic> {
    let words = variant.body.iter().filter_map(|part| match part {
        Part::Text(words) => Some(words),
        Part::Gap(_) => None,
    });
    let strange: BTreeSet<char> =
        words.flat_map(|words| words.chars()).filter(|c| !sms::carries(*c)).collect();
    let span = &variant.body_span;
    let written = written(source, span);
    let everywhere = |c: char, plain: &str| -> Vec<Edit> {
        let places = written.match_indices(c).map(|(at, old)| {
            let (start, file) = (span.start + at, source.path.clone());
            let span = Span::new(start, start + old.len());
            Edit { file, span, old: old.to_owned(), new: plain.to_owned() }
        });
        places.collect()
    };
    let places = strange.into_iter().filter_map(|c| Some((c, written.find(c)?)));
    let problem = |(c, at): (char, usize)| {
        let start = variant.body_span.start + at;
        let place = Place::at(&source.path, start..start + c.len_utf8());
        let message = format!("`{c}` is no character of text messages");
        let hint = sms::instead(c).map_or_else(
            || "write it another way".to_owned(),
            |plain| format!("type `{plain}` instead"),
        );
        let hint = format!("{hint}: with it, a text message holds 70 characters, and not 160");
        let edits = sms::instead(c).map(|plain| everywhere(c, plain)).unwrap_or_default();
        Diagnostic::warning("sms-character", place, message).hint(hint).edits(edits)
    };
    places.map(problem).collect()
}

fn avoided(variant: &Variant, source: &Source, avoid: &[String]) -> Vec<Diagnostic> {
    let phrases: Vec<Vec<Word>> = avoid.iter().map(|phrase| words(phrase)).collect();
    let mut found = Vec::new();
    for span in variant.subject_span.iter().chain([&variant.body_span]) {
        let words = words(written(source, span));
        for (name, phrase) in avoid.iter().zip(&phrases) {
            found.extend(places(&words, phrase).into_iter().map(|at| {
                let place = Place::at(&source.path, span.start + at.start..span.start + at.end);
                let message = format!("`{name}` is on the list of words to avoid in messages");
                Diagnostic::warning("avoid-word", place, message).hint(
                    "say it without blame and without begging (the list is `avoid` in site.yaml)",
                )
            }));
        }
    }
    found
}

/// What stands in a place of the source, as it was typed.
fn written<'a>(source: &'a Source, span: &Span) -> &'a str {
    source.text.get(span.range()).unwrap_or_default()
}

/// A word in small letters, and where it stands.
type Word = (Range<usize>, String);

/// Where a phrase stands: its whole words, one behind the other.
fn places(words: &[Word], phrase: &[Word]) -> Vec<Range<usize>> {
    let windows = words.windows(phrase.len().max(1));
    let same = windows.filter(|window| {
        window.iter().map(|(_, word)| word).eq(phrase.iter().map(|(_, word)| word))
    });
    same.filter_map(|window| Some(window.first()?.0.start..window.last()?.0.end)).collect()
}

/// The words of a text; a gap is one, with its brackets.
fn words(text: &str) -> Vec<Word> {
    const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];
    let inside = |c: char| c.is_alphanumeric() || APOSTROPHES.contains(&c);
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(|c: char| c.is_alphanumeric() || c == '[') {
        let (before, rest) = text.split_at(at + next);
        let length = if !rest.starts_with('[') {
            let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
            rest[..end].trim_end_matches(APOSTROPHES).len()
        } else if before.ends_with('\\') {
            1
        } else {
            rest.find(']').map_or(1, |end| end + 1)
        };
        at = before.len() + length;
        words.push((before.len()..at, rest[..length].to_lowercase().replace('\u{2019}', "'")));
    }
    words
}

fn many_gaps(variant: &Variant, source: &Source) -> Option<Diagnostic> {
    let parts = variant.subject.iter().flatten().chain(&variant.body);
    let gaps: BTreeSet<&str> = parts
        .filter_map(|part| match part {
            Part::Gap(key) => Some(key.as_str()),
            Part::Text(_) => None,
        })
        .collect();
    (gaps.len() > MOST_GAPS).then(|| {
        let message = format!("this message has {} placeholders", gaps.len());
        let place = Place::at(&source.path, variant.span.clone());
        Diagnostic::warning("many-placeholders", place, message)
            .hint(format!("keep {MOST_GAPS} at most: say the rest in words that fit everyone"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, phrase: &str) -> Vec<&'a str> {
        places(&words(text), &words(phrase)).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn a_phrase_is_found_by_its_whole_words() {
        assert_eq!(found("It is UNFAIR, so 'unfair'!", "unfair"), ["UNFAIR", "unfair"]);
        assert_eq!(found("My mistakes; unfairly", "mistake"), [""; 0]);
        assert_eq!(
            found("Please\n  reconsider. Please do", "please reconsider"),
            ["Please\n  reconsider"]
        );
        assert_eq!(found("I don\u{2019}t beg", "I don't"), ["I don\u{2019}t"]);
        assert_eq!(found("please [role] reconsider", "please reconsider"), [""; 0]);
        assert_eq!(found("[why unfair] \\[unfair]", "unfair"), ["unfair"]);
        assert_eq!(found("anything", "..."), [""; 0]);
    }

    #[test]
    fn a_phrase_is_found_as_the_page_finds_it() {
        let cases = include_str!("../../tests/fixtures/phrases.json");
        let cases: serde_json::Value = serde_json::from_str(cases).unwrap_or_default();
        let cases = cases.as_array().map(Vec::as_slice).unwrap_or_default();
        assert!(cases.len() > 10);
        for case in cases {
            let [text, phrase] =
                ["text", "phrase"].map(|key| case[key].as_str().unwrap_or_default());
            assert_eq!(!found(text, phrase).is_empty(), case["found"], "{case}");
        }
    }
}
