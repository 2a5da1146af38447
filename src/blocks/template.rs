//! ` ```template `: a message that a reader fills in and sends.
//!
//! A small YAML head, a line `---`, and the message exactly as it is copied, with `[placeholders]`
//! of the site's vocabulary. `use: slug/template-id` shows a template that another article owns.

use super::{Block, Fence};
use crate::diagnostic::{Diagnostic, Place};
use crate::piece::{Part, Template, Variant};
use crate::schema::{self, Field, Kind, Located, Record, Table, near, yaml};
use crate::slug::slug;
use crate::source::Span;

/// The fields of a template's head.
pub(super) const TEMPLATE: Table = Table {
    what: "a template",
    fields: &[
        row("title", "the message's name", "Thank-you note"),
        row("channel", "a channel of site.yaml", "email"),
        row("to", "who gets it", "hiring manager"),
        row("tone", "warm, formal or brief", "warm"),
        row("subject", "the subject line", "Thank you for the [role] interviews"),
        row("id", "the last part of its link, made from the title if left out", "thank-you-note"),
        row("use", "shows another article's template", "some-slug/thank-you-note"),
    ],
};

const fn row(name: &'static str, purpose: &'static str, example: &'static str) -> Field {
    Field { name, kind: Kind::Text, required: false, purpose, example }
}

/// Reads head and message.
pub fn parse(fence: &Fence<'_>, found: &mut Vec<Diagnostic>) -> Option<Block> {
    let lines: Vec<&str> = fence.text.split_inclusive('\n').collect();
    let rule = lines.iter().position(|line| line.trim_end() == "---");
    let head_lines = rule.unwrap_or(lines.len());
    let region = fence.lines(0, head_lines);
    let opening = fence.opening();
    let head = opening.span.clone().unwrap_or_else(|| fence.span.clone());
    let broken = found.len();
    let record = schema::read(fence.source, &region, &head, &TEMPLATE, found);
    if let Some(reuse) = record.text("use") {
        return Some(Block::Template(shown_from(fence, reuse, &record, found)));
    }
    let title = needed(fence, &record, "title", broken, found);
    let channel = needed(fence, &record, "channel", broken, found);
    check_channel(fence, channel.as_ref(), found);
    let subject = record.text("subject");
    let subject_span = subject.as_ref().map(|subject| subject.span.clone());
    let subject = subject.map(|subject| subject_parts(fence, &subject, found));
    let Some(rule) = rule else {
        found.push(
            Diagnostic::error("template-body", opening, "this template has no message")
                .hint("put a line `---` below its fields, and the message below that"),
        );
        return None;
    };
    let body_start: usize = lines[..=rule].iter().map(|line| line.len()).sum();
    let body = fence.text[body_start..].trim_end_matches('\n');
    if body.trim().is_empty() {
        found.push(
            Diagnostic::error("template-body", opening, "this template's message is empty")
                .hint("write the message below the line `---`"),
        );
    }
    let body_span = Span::new(fence.origin(body_start), fence.origin(body_start + body.len()));
    let body = parts(fence, body, body_start, found);
    let title = title?;
    let id = record.text("id").map_or_else(|| slug(&title.value), |id| slug(&id.value));
    let tone = record.text("tone").map(|tone| tone.value);
    let span = fence.span.clone();
    Some(Block::Template(Template {
        id,
        title: title.value,
        channel: channel?.value,
        to: record.text("to").map(|to| to.value),
        level: fence.level,
        span: fence.span.clone(),
        variants: vec![Variant { tone, subject, body, subject_span, body_span, span }],
        reuse: None,
    }))
}

/// A field that must be there; its absence is not reported again where the head is broken anyway.
fn needed(
    fence: &Fence<'_>,
    record: &Record,
    name: &'static str,
    broken: usize,
    found: &mut Vec<Diagnostic>,
) -> Option<Located<String>> {
    let text = record.text(name);
    let told = |one: &Diagnostic| {
        let hint = one.hint.as_deref().unwrap_or_default();
        one.code == "unclear-line"
            || format!("{} {hint}", one.message).contains(&format!("`{name}`"))
    };
    if text.is_none() && !found[broken..].iter().any(told) {
        let example = TEMPLATE.fields.iter().find(|field| field.name == name);
        let example = example.map(|field| field.example).unwrap_or_default();
        let message = format!("a template needs a `{name}`");
        found.push(
            Diagnostic::error("missing-field", fence.opening(), message)
                .hint(format!("add a line such as `{name}: {example}`")),
        );
    }
    text
}

fn shown_from(
    fence: &Fence<'_>,
    reuse: Located<String>,
    record: &Record,
    found: &mut Vec<Diagnostic>,
) -> Template {
    let others = ["title", "channel", "to", "tone", "subject", "id"];
    for (name, value) in others.into_iter().filter_map(|name| Some((name, record.text(name)?))) {
        let message = format!("`{name}` cannot stand beside `use`");
        let place = Place::at(&fence.source.path, value.span);
        found.push(
            Diagnostic::error("template-use", place, message)
                .hint("take this line out: `use` shows the other template as it is"),
        );
    }
    Template {
        id: slug(reuse.value.rsplit('/').next().unwrap_or_default()),
        title: String::new(),
        channel: String::new(),
        to: None,
        level: fence.level,
        span: fence.span.clone(),
        variants: Vec::new(),
        reuse: Some(reuse),
    }
}

fn check_channel(
    fence: &Fence<'_>,
    channel: Option<&Located<String>>,
    found: &mut Vec<Diagnostic>,
) {
    let channels = fence.config.channels.iter().map(|channel| channel.key.as_str());
    let Some(channel) = channel else { return };
    if channels.clone().any(|key| key == channel.value) {
        return;
    }
    let place = Place::at(&fence.source.path, channel.span.clone());
    let all = channels.clone().collect::<Vec<_>>().join(", ");
    let sure = near::only(&channel.value, channels.clone()).and_then(yaml::bare);
    let hint = near::suggestion(&channel.value, channels)
        .unwrap_or_else(|| format!("add it under `channels` in site.yaml, or use one of: {all}"));
    let message = format!("there is no channel `{}`", channel.value);
    let problem = Diagnostic::error("unknown-channel", place, message).hint(hint);
    found.push(problem.maybe_replace(&channel.value, sure));
}

fn subject_parts(
    fence: &Fence<'_>,
    subject: &Located<String>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Part> {
    let start = subject.span.start;
    let place = |span: Span| Place::at(&fence.source.path, start + span.start..start + span.end);
    split(&subject.value, fence, &place, found)
}

fn parts(fence: &Fence<'_>, body: &str, start: usize, found: &mut Vec<Diagnostic>) -> Vec<Part> {
    split(body, fence, &|span| fence.place(start + span.start, start + span.end), found)
}

/// Text and gaps: `[key]` is a gap, `\[` and `\]` are brackets.
fn split(
    text: &str,
    fence: &Fence<'_>,
    place: &dyn Fn(Span) -> Place,
    found: &mut Vec<Diagnostic>,
) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut at = 0;
    // up to here no bracket is closed
    let mut open_until = 0;
    while let Some(next) = text[at..].find(['\\', '[']) {
        let here = at + next;
        words.push_str(&text[at..here]);
        let rest = &text[here..];
        if let Some(bracket @ ('[' | ']')) = rest.strip_prefix('\\').and_then(|r| r.chars().next())
        {
            words.push(bracket);
            at = here + 2;
        } else if rest.starts_with('\\') {
            words.push('\\');
            at = here + 1;
        } else if let Some(end) = (here >= open_until).then(|| closing(rest)).flatten() {
            let key = rest[1..end].to_owned();
            check_gap(&key, fence, place(Span::new(here, here + end + 1)), found);
            if !words.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut words)));
            }
            parts.push(Part::Gap(key));
            at = here + end + 1;
        } else {
            let place = place(Span::new(here, here + 1));
            found.push(
                Diagnostic::error("open-bracket", place, "a bracket opens here and is not closed")
                    .hint("close it on the same line: `[role]`; for a bracket in the text, write `\\[`"),
            );
            words.push('[');
            at = here + 1;
            if here >= open_until {
                open_until = here + rest.find('\n').unwrap_or(rest.len());
            }
        }
    }
    words.push_str(&text[at..]);
    if !words.is_empty() {
        parts.push(Part::Text(words));
    }
    parts
}

/// Where the bracket that a text begins with is closed, if it is on its line.
fn closing(text: &str) -> Option<usize> {
    text.find([']', '\n']).filter(|end| text[*end..].starts_with(']'))
}

fn check_gap(key: &str, fence: &Fence<'_>, place: Place, found: &mut Vec<Diagnostic>) {
    let known = &fence.config.placeholders;
    if known.contains_key(key) {
        return;
    }
    let near = near::nearest(key, known.keys().map(String::as_str));
    let hint = near.map_or_else(
        || {
            "add it under `placeholders` in site.yaml; for a bracket in the text, write `\\[`"
                .into()
        },
        |near| format!("did you mean `[{near}]`?"),
    );
    let sure = near::only(key, known.keys().map(String::as_str)).map(|sure| format!("[{sure}]"));
    let problem = format!("there is no placeholder `[{key}]`");
    let problem = Diagnostic::error("unknown-placeholder", place, problem).hint(hint);
    found.push(problem.maybe_replace(&format!("[{key}]"), sure));
}
