//! A checkup in words: parts with a heading, a note and rows, the same on the terminal and on a page.

use super::{Checkup, Spot};
use crate::editorial::reading::FEWEST;

/// One thing that was looked for.
#[derive(Debug)]
pub struct Part {
    /// Its id on a page.
    pub id: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Behind the title: `nothing`, `3`, `the hardest 10 of 38`.
    pub count: String,
    /// What it means and what can be done.
    pub note: String,
    /// What the rows stand for: `Article`.
    pub subject: &'static str,
    /// What is told of each.
    pub columns: Vec<Column>,
    /// What was found.
    pub rows: Vec<Row>,
}

/// A column of facts.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// Whether it holds numbers.
    pub is_number: bool,
}

/// One finding.
#[derive(Debug)]
pub struct Row {
    /// What a reader knows it by.
    pub title: String,
    /// The address of its page on its host.
    pub url: Option<String>,
    /// The file with the line.
    pub file: Option<(String, usize)>,
    /// One for each column.
    pub facts: Vec<String>,
}

/// How many grades are shown.
const HARDEST: usize = 10;

/// Everything that was looked for, in the order shown.
pub fn parts(checkup: &Checkup) -> Vec<Part> {
    vec![
        past_review(checkup),
        without_links(checkup),
        related_by_machine(checkup),
        unused_templates(checkup),
        tags_used_once(checkup),
        withheld(checkup),
        grades(checkup),
        largest_pages(checkup),
    ]
}

/// What there is: `38 articles and 90 templates are published on 2026-11-20`.
pub fn summary(checkup: &Checkup) -> String {
    let number = |count: usize, noun: &str| {
        let end = if count == 1 { "" } else { "s" };
        format!("{count} {noun}{end}")
    };
    let (articles, templates) =
        (number(checkup.articles, "article"), number(checkup.templates, "template"));
    format!("{articles} and {templates} are published on {}", checkup.today)
}

fn past_review(checkup: &Checkup) -> Part {
    let rows = checkup.past_review.iter().map(|one| row(&one.spot, vec![one.review_by.clone()]));
    part(
        ("past-review", "Articles past their review date", "Article"),
        "Mend what is no longer so, then set `review_by` to a later day.",
        vec![text("To be read by")],
        rows.collect(),
    )
}

fn without_links(checkup: &Checkup) -> Part {
    let rows = checkup.without_links.iter().map(|spot| row(spot, Vec::new()));
    part(
        ("without-links", "Articles without incoming links", "Article"),
        "Nothing leads to them but the list of their section.",
        Vec::new(),
        rows.collect(),
    )
}

fn related_by_machine(checkup: &Checkup) -> Part {
    let closest = |related: &[String]| match related {
        [] => "nothing".to_owned(),
        related => related.join(", "),
    };
    let rows = checkup.related_by_machine.iter();
    let rows = rows.map(|one| row(&one.spot, vec![closest(&one.related)]));
    part(
        ("related-by-machine", "Articles related only by machine", "Article"),
        "They name no `related`; readers are shown what shares their stages, tags and words.",
        vec![text("Shown instead")],
        rows.collect(),
    )
}

fn unused_templates(checkup: &Checkup) -> Part {
    let rows = checkup.unused_templates.iter();
    let id = |template: &str| template.rsplit('/').next().unwrap_or_default().to_owned();
    let rows = rows.map(|one| row(&one.spot, vec![id(&one.template)]));
    part(
        ("unused-templates", "Templates that only their own article shows", "Template"),
        "No other article shows or links to them, and no reminder, situation or journey takes them \
         up. Readers may copy them all the same: nobody counts that.",
        vec![text("Name")],
        rows.collect(),
    )
}

fn tags_used_once(checkup: &Checkup) -> Part {
    let rows = checkup.tags_used_once.iter().map(|one| row(&one.spot, vec![one.tag.clone()]));
    part(
        ("tags-used-once", "Tags used once", "Article"),
        "A tag is there to bring articles together.",
        vec![text("Tag")],
        rows.collect(),
    )
}

fn withheld(checkup: &Checkup) -> Part {
    let rows = checkup.withheld.iter().map(|one| {
        let until = one.until.as_ref().map(|day| format!("not before {day}"));
        let draft = one.draft.then(|| "draft".to_owned());
        let reason: Vec<String> = draft.into_iter().chain(until).collect();
        row(&one.spot, vec![reason.join(", ")])
    });
    part(
        ("withheld", "Not published yet", "Page"),
        "Drafts say `draft: true`; the others have a `date` that is still to come.",
        vec![text("Why")],
        rows.collect(),
    )
}

fn grades(checkup: &Checkup) -> Part {
    let all = &checkup.grades;
    let above = |grade: f64| {
        let limit = checkup.grade_limit.and_then(|limit| u32::try_from(limit).ok());
        let limit = limit.filter(|limit| grade > f64::from(*limit));
        limit.map_or_else(String::new, |limit| format!("above {limit}"))
    };
    let rows = all.iter().take(HARDEST);
    let rows = rows.map(|one| row(&one.spot, vec![format!("{:.1}", one.grade), above(one.grade)]));
    let mut rows: Vec<Row> = rows.collect();
    let mut columns = vec![Column { name: "Grade", is_number: true }, text("Limit")];
    if rows.iter().all(|row| row.facts[1].is_empty()) {
        columns.pop();
        for row in &mut rows {
            row.facts.truncate(1);
        }
    }
    let count = match all.len() {
        0 => "nothing".to_owned(),
        all if all > rows.len() => format!("the hardest {} of {all}", rows.len()),
        all => all.to_string(),
    };
    let note = if checkup.is_graded {
        let why = "Flesch-Kincaid: about the years of school that a reader needs.";
        let limit = checkup.grade_limit.map_or_else(String::new, |limit| {
            format!(" The highest that site.yaml allows is {limit}.")
        });
        format!("{why}{limit} Texts of fewer than {FEWEST} words have none.")
    } else {
        "The formula is made for English, and this site is in another language.".to_owned()
    };
    Part { count, ..part(("grades", "Reading grades", "Article"), &note, columns, rows) }
}

fn largest_pages(checkup: &Checkup) -> Part {
    let rows = checkup.largest_pages.iter().map(|page| Row {
        title: format!("/{}", page.path),
        url: Some(page.url.clone()),
        file: None,
        facts: vec![size(page.bytes)],
    });
    part(
        ("largest-pages", "The largest pages", "Page"),
        "Their HTML alone, before it is packed; without style, scripts and pictures.",
        vec![Column { name: "Size", is_number: true }],
        rows.collect(),
    )
}

fn part(
    (id, title, subject): (&'static str, &'static str, &'static str),
    note: &str,
    columns: Vec<Column>,
    rows: Vec<Row>,
) -> Part {
    let count = if rows.is_empty() { "nothing".to_owned() } else { rows.len().to_string() };
    Part { id, title, count, note: note.to_owned(), subject, columns, rows }
}

fn text(name: &'static str) -> Column {
    Column { name, is_number: false }
}

fn row(spot: &Spot, facts: Vec<String>) -> Row {
    let file = Some((spot.file.clone(), spot.line));
    Row { title: spot.title.clone(), url: spot.url.clone(), file, facts }
}

/// Thousands of bytes, to a tenth: `41.5 kB`.
fn size(bytes: usize) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}
