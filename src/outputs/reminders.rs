//! Reminders as calendar files (RFC 5545), for readers without script.
//!
//! A file cannot know the day on which somebody will take it: an event on a fixed day would be wrong
//! for everyone who reads the page later. So it holds a task (`VTODO`) without a date, which says "In
//! 90 days" and has the message inside; who takes it up in a list of tasks gives it a day there. With script, the page
//! makes an event for the day that the reader chooses (`scripts/calendar.js`).

use super::{Making, Output};
use crate::article::Article;
use crate::page::reminder;
use crate::piece::{Reminder, plain};
use crate::site::{Site, page_path};
use crate::strings::Strings;

/// Most bytes in a line, its end apart (RFC 5545, 3.1).
const LINE: usize = 75;

/// A file for each reminder.
pub fn make(Making { site, strings, .. }: &Making<'_>) -> Vec<Output> {
    let articles = site.articles.iter();
    let files = articles.flat_map(|article| {
        article.body.reminders.iter().map(|reminder| Output {
            path: reminder::file(article, reminder),
            bytes: task(site, strings, article, reminder).into_bytes(),
            origin: article.path.clone(),
        })
    });
    files.collect()
}

fn task(site: &Site<'_>, strings: &Strings, article: &Article, reminder: &Reminder) -> String {
    let page = site.urls.absolute(&page_path(article));
    // it stays the same task, however often it is taken
    let id = format!("{page}#{}", reminder.id);
    // when the task was last changed; an index, which has no date, never is
    let day = article.meta.updated.or(article.meta.date);
    let day = day.map_or_else(|| "19700101".to_owned(), |day| day.strftime("%Y%m%d").to_string());
    let days = strings.say("reminder-in", &[("n", reminder.days.to_string())]);
    let letter = reminder.message.as_ref().and_then(|named| letter(site, &named.value));
    let letter = letter.map(|letter| format!("\n\n{letter}")).unwrap_or_default();
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//postrej-site//EN".to_owned(),
        "BEGIN:VTODO".to_owned(),
        format!("UID:{}", text(&id)),
        format!("DTSTAMP:{day}T000000Z"),
        format!("SUMMARY:{}", text(&reminder.title)),
        format!("DESCRIPTION:{}", text(&(days + &letter))),
        format!("URL:{page}"),
        "END:VTODO".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

/// The subject and the words of a message, in its first tone.
fn letter(site: &Site<'_>, named: &str) -> Option<String> {
    let owned = site.structure.library.owned.get(named)?;
    let template = &site.articles[owned.article].body.templates[owned.template];
    let variant = template.variants.first()?;
    let subject = variant.subject.as_deref().map(|subject| plain(subject) + "\n\n");
    Some(subject.unwrap_or_default() + &plain(&variant.body))
}

/// A text as a value (RFC 5545, 3.3.11).
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\t' => out.push(letter),
            _ if letter.is_control() => {}
            _ => out.push(letter),
        }
    }
    out
}

/// A line with its end, divided where it is too long, never inside a letter.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 2);
    let mut room = LINE;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= letter.len_utf8();
        out.push(letter);
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        assert_eq!(text("a\\b; c, d: \u{7}\"e\"\n"), "a\\\\b\\; c\\, d: \"e\"\\n");
    }

    #[test]
    fn long_lines_are_divided_between_letters() {
        let line = format!("SUMMARY:{}", "\u{df}\u{1f642}".repeat(40));
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|line| line.len() <= LINE));
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
    }
}
