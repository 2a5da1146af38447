//! The head of an article: YAML between two lines of `---`.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Edit, Place};
use crate::schema::{self, Field, Kind, Located, Table, row};
use crate::source::{Source, Span};
use crate::typography::typographic;

/// What an author says about an article.
#[derive(Debug, Default, Clone, Hash)]
pub struct FrontMatter {
    /// Its title, also its first heading.
    pub title: String,
    /// One sentence for lists, search and sharing; an index may have none.
    pub description: String,
    /// When it was first published; an index has none.
    pub date: Option<Date>,
    /// When it last changed in substance.
    pub updated: Option<Date>,
    /// When somebody should read it again.
    pub review_by: Option<Located<Date>>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Keys of the site's stages.
    pub stages: Vec<Located<String>>,
    /// Words of the author's own.
    pub tags: Vec<Located<String>>,
    /// Slugs of related articles, each with the reason shown to the reader.
    pub related: Vec<(Located<String>, Option<String>)>,
    /// Keys of the site's sources.
    pub sources: Vec<Located<String>>,
    /// Slug of the next step.
    pub next: Option<Located<String>>,
    /// Old addresses, each beginning with a slash.
    pub aliases: Vec<Located<String>>,
    /// Kept out of the site unless drafts are asked for.
    pub draft: bool,
    /// In a section's index: slugs of its articles in reading order; the rest follow by title.
    pub order: Vec<Located<String>>,
    /// In a page: its headings are questions, and what follows them are the answers.
    pub questions: bool,
    /// In a situation: the message to send now, `slug/template-id`.
    pub send: Option<Located<String>>,
    /// In a situation: slug of the article to read when the answer can wait.
    pub wait: Option<Located<String>>,
}

/// The most bytes a head may have: beyond it somebody forgot to close it.
const LARGEST: usize = 16 * 1024;

/// The fields of an article.
pub const ARTICLE: Table = Table { what: "an article", fields: &FIELDS };

/// The fields of an index page (home or section): the title alone must be there.
pub const INDEX: Table = Table { what: "an index page", fields: &INDEX_FIELDS };

/// The fields of a page beside the articles.
pub const PAGE: Table = Table { what: "a page", fields: &PAGE_FIELDS };

/// The fields of a situation: what may just have happened.
pub const QUESTION: Table = Table { what: "a situation", fields: &QUESTION_FIELDS };

const FIELDS: [Field; 13] = [
    row("title", Kind::Text, true, "the title", "Ask for feedback after a rejection"),
    row("description", Kind::Text, true, "one sentence for lists and search", "How to ask once."),
    row("date", Kind::Date, true, "the day of publication", "2026-03-02"),
    row("updated", Kind::Date, false, "the day of the last real change", "2026-10-11"),
    row("review_by", Kind::Date, false, "the day to read it again", "2027-10-01"),
    row("authors", Kind::Texts, false, "who wrote it", "[editors]"),
    row("stages", Kind::Texts, false, "how far the reader had come", "[interview, final-round]"),
    row("tags", Kind::Texts, false, "what it is about", "[feedback, email]"),
    row("related", Kind::Reasons, false, "related articles, with a reason", "[some-slug]"),
    row("sources", Kind::Texts, false, "what it rests on", "[responding]"),
    row("next", Kind::Text, false, "the next step of the journey", "some-slug"),
    row("aliases", Kind::Texts, false, "old addresses that lead here", "[/old/address/]"),
    row("draft", Kind::Flag, false, "true keeps it out of the site", "true"),
];

const INDEX_FIELDS: [Field; 5] = [
    FIELDS[0],
    Field { required: false, ..FIELDS[1] },
    Field { required: false, ..FIELDS[3] },
    FIELDS[11],
    row(
        "order",
        Kind::Texts,
        false,
        "slugs of the section's articles in reading order",
        "[first, second]",
    ),
];

const PAGE_FIELDS: [Field; 6] = [
    FIELDS[0],
    FIELDS[1],
    FIELDS[3],
    row("questions", Kind::Flag, false, "true where the headings are questions", "true"),
    FIELDS[11],
    FIELDS[12],
];

const QUESTION_FIELDS: [Field; 6] = [
    row("title", Kind::Text, true, "what happened, in the reader's words", "I was a finalist"),
    row(
        "description",
        Kind::Text,
        true,
        "what the reader finds",
        "A reply that keeps the door open.",
    ),
    row("send", Kind::Text, true, "the message to send now", "some-slug/thank-you-note"),
    row("wait", Kind::Text, true, "the article for tomorrow", "some-slug"),
    FIELDS[11],
    FIELDS[12],
];

/// Reads the head of an article or index and says where the body begins (a byte offset).
pub fn parse(source: &Source, table: &Table, found: &mut Vec<Diagnostic>) -> (FrontMatter, usize) {
    let Some(head) = split(source, table, found) else { return (FrontMatter::default(), 0) };
    let before = found.len();
    let record = schema::read(source, &head.region, &head.opening, table, found);
    if !head.closed {
        // what seems to be missing may stand below the place where the head seems to end
        let mut at = 0;
        found.retain(|one| {
            at += 1;
            at <= before || one.code != "missing-field"
        });
    }
    (front_matter(&record), head.body)
}

/// Where the body of a text begins, in bytes; behind all that there is where it has no head.
pub fn body_start(source: &Source) -> usize {
    split(source, &ARTICLE, &mut Vec::new()).map_or(usize::MAX, |head| head.body)
}

fn front_matter(record: &schema::Record) -> FrontMatter {
    let text = |name: &str| record.text(name).map(|text| text.value).unwrap_or_default();
    FrontMatter {
        title: typographic(&text("title")),
        description: typographic(&text("description")),
        date: record.date("date").map(|date| date.value),
        updated: record.date("updated").map(|date| date.value),
        review_by: record.date("review_by"),
        authors: record.texts("authors").into_iter().map(|author| author.value).collect(),
        stages: record.texts("stages"),
        tags: record.texts("tags"),
        related: record
            .reasons("related")
            .into_iter()
            .map(|(slug, reason)| (slug, reason.map(|reason| typographic(&reason))))
            .collect(),
        sources: record.texts("sources"),
        next: record.text("next"),
        aliases: record.texts("aliases"),
        draft: record.flag("draft"),
        order: record.texts("order"),
        questions: record.flag("questions"),
        send: record.text("send"),
        wait: record.text("wait"),
    }
}

/// Where the parts of a file are.
struct Head {
    /// The line `---` above the fields.
    opening: Span,
    /// The fields.
    region: Span,
    /// Where the body begins.
    body: usize,
    closed: bool,
}

/// The YAML between the two lines of `---`. Where one of them is missing or misspelled, that is
/// reported, and the rest is read as it was probably meant. `None` where there is no head at all.
fn split(source: &Source, table: &Table, found: &mut Vec<Diagnostic>) -> Option<Head> {
    let text = &*source.text;
    let blank = text.len() - text.trim_start().len();
    let above = text[..blank].rfind('\n').map_or(0, |end| end + 1);
    let opening = line_at(text, above);
    let mut report = |span: Span, message: &str, hint: &str, edit: Option<(Span, &str)>| {
        let place = Place::at(&source.path, span);
        let edits = edit.map(|(span, new)| {
            let old = text[span.range()].to_owned();
            Edit { file: source.path.clone(), span, old, new: new.to_owned() }
        });
        found.push(Diagnostic::error("front-matter", place, message).hint(hint).edits(edits));
    };
    if !is_rule(&text[opening.range()]) {
        let required = table.fields.iter().filter(|field| field.required);
        let fields = required.map(|field| format!("`{}: ...`", field.name));
        let fields = fields.collect::<Vec<_>>().join(", ");
        let message = if text.trim().is_empty() {
            "this file is empty".to_owned()
        } else {
            format!("{} begins with its title, between two lines of `---`", table.what)
        };
        let hint = format!("begin the file with these lines: `---`, {fields}, `---`");
        report(opening, &message, &hint, None);
        return None;
    }
    if above > 0 {
        let message = "the line `---` must be the first of the file";
        let blanks = Some((Span::new(0, above), ""));
        report(opening.clone(), message, "remove the empty lines above it", blanks);
    }
    let mut start = next_line(text, opening.end);
    let mut rules = vec![opening.clone()];
    let mut at = start;
    let mut head = None;
    while at < text.len() && at - start <= LARGEST {
        let line = line_at(text, at);
        let next = next_line(text, line.end);
        if is_rule(&text[line.range()]) {
            if at == start && names_a_field(&text[line_at(text, next).range()]) {
                let message = "a second line `---` stands here, and the fields are below it";
                let second = Some((Span::new(at, next), ""));
                report(line, message, "take one of the two lines out", second);
                start = next;
                at = next;
                continue;
            }
            head = Some(Head {
                opening: opening.clone(),
                region: (start..at).into(),
                body: next,
                closed: true,
            });
            rules.push(line);
            break;
        }
        at = next;
    }
    let misspelled = rules.into_iter().filter(|rule| !matches!(&text[rule.range()], "---" | "..."));
    for rule in misspelled {
        let hint = "write three hyphens: `---` (some editors turn them into a dash)";
        let message = "a line of exactly three hyphens must stand here";
        report(rule.clone(), message, hint, Some((rule, "---")));
    }
    head.or_else(|| {
        let message =
            "the title and the other fields begin here, and no second line `---` ends them";
        report(opening.clone(), message, "write a line `---` below the last of them", None);
        let fields = &text[start..text.floor_char_boundary(start + LARGEST)];
        let paragraph =
            fields.find("\n\n").or(fields.find("\n\r\n")).map_or(fields.len(), |at| at + 1);
        let end = start + paragraph;
        Some(Head { opening, region: (start..end).into(), body: end, closed: false })
    })
}

/// Whether a line was meant to divide head and body: `---`, `...`, or what editors make of it.
fn is_rule(line: &str) -> bool {
    let dashes = line.chars().all(|c| "-\u{2013}\u{2014}".contains(c));
    line == "..." || (dashes && line.len() > 1)
}

/// Whether a line is one of a head: `title: ...`.
fn names_a_field(line: &str) -> bool {
    let name = line.split_once(": ").map_or("", |(name, _)| name);
    let known = [&ARTICLE, &INDEX, &PAGE, &QUESTION];
    known.iter().any(|table| table.fields.iter().any(|field| field.name == name))
}

/// The line that begins at byte `at`, without the blanks at its end.
fn line_at(text: &str, at: usize) -> Span {
    let line = text[at..].lines().next().unwrap_or_default();
    Span::new(at, at + line.trim_end().len())
}

/// The byte behind the line end that follows byte `at`.
fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}
