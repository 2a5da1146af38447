//! Headings, fences and brackets in the form that this site's articles have.

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd,
};

use super::report::{Kind, Notes};
use super::tags::Layout;
use super::traced::{Edit, Traced, edit};
use crate::blocks;
use crate::headings::Ids;
use crate::markdown::options;
use crate::slug::slug;

/// Languages under names that only one generator has, and what they are here.
const LANGUAGES: [(&str, &str); 4] = [
    ("go-html-template", "html"),
    ("go-text-template", "text"),
    ("tree", "text"),
    ("mdx-code-block", "text"),
];

/// A heading of a foreign body.
#[derive(Debug, Clone)]
pub struct Heading {
    level: u8,
    span: Range<usize>,
    /// Its words without markup.
    pub words: String,
    id: Option<String>,
    /// Whether nothing stands above it.
    first: bool,
}

/// The title that a body begins with: a first heading of the first level.
pub fn title(body: &str) -> Option<String> {
    let first = headings(body).into_iter().next()?;
    (first.level == 1 && first.first && !first.words.is_empty()).then_some(first.words)
}

/// The first sentence of a body's first paragraph, without markup.
pub fn first_sentence(body: &str) -> Option<String> {
    let mut words: Option<String> = None;
    let (mut depth, mut images) = (0_usize, 0_usize);
    for event in Parser::new_ext(body, options()) {
        match event {
            Event::Start(Tag::Paragraph) if depth == 0 => words = Some(String::new()),
            Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) => {
                depth += 1;
            }
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => {
                depth = depth.saturating_sub(1);
            }
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            Event::Text(text) | Event::Code(text) if images == 0 => {
                if let Some(words) = &mut words {
                    words.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(words) = &mut words {
                    words.push(' ');
                }
            }
            Event::End(TagEnd::Paragraph) => {
                let sentence = words.take().map(|words| sentence(&words)).unwrap_or_default();
                // a lone tag or picture says nothing
                if sentence.split(' ').count() > 2 && !sentence.starts_with(['{', ':']) {
                    return Some(sentence);
                }
            }
            _ => {}
        }
    }
    None
}

fn sentence(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends = words.match_indices(['.', '!', '?']).map(|(at, end)| at + end.len());
    let mut ends = ends.filter(|at| *at > 20 && words[*at..].starts_with(' '));
    ends.next()
        .map_or(words.clone(), |end| words[..end].to_owned())
        .trim_end_matches(':')
        .to_owned()
}

fn headings(body: &str) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut open = false;
    let mut blank = true;
    for (event, span) in Parser::new_ext(body, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let (words, id) = (String::new(), id.map(|id| id.to_string()));
                headings.push(Heading { level: level as u8, span, words, id, first: blank });
                open = true;
            }
            Event::End(TagEnd::Heading(_)) => open = false,
            Event::Text(text) | Event::Code(text) if open => {
                headings
                    .iter_mut()
                    .next_back()
                    .into_iter()
                    .for_each(|one| one.words.push_str(&text));
            }
            Event::SoftBreak | Event::HardBreak if open => {
                headings.iter_mut().next_back().into_iter().for_each(|one| one.words.push(' '));
            }
            // a remark above the title is no text
            Event::Html(html) | Event::InlineHtml(html) => blank &= html.trim().starts_with("<!--"),
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            _ => blank = false,
        }
        blank &= !open;
    }
    for one in &mut headings {
        one.words = one.words.trim().to_owned();
    }
    headings
}

/// Brings headings, fences and brackets into form. `title` stands above the body already.
pub fn rewrite(body: &Traced, title: &str, notes: &mut Notes) -> Traced {
    let mut edits = headings_in_form(body, title, notes);
    let text = body.text.as_str();
    let mut unknown = Vec::new();
    let parser = Parser::new_with_broken_link_callback(
        text,
        options(),
        Some(|link: BrokenLink<'_>| {
            if link.link_type == LinkType::Reference {
                unknown.push(link.span);
            }
            None
        }),
    );
    let layout = Layout::of(text);
    for mark in ["<!-- more -->", "<!--more-->", "<!-- truncate -->", "<!--truncate-->"] {
        // lists show the description of a page, not its beginning
        let at = text.find(mark).filter(|at| !layout.is_code(*at));
        if let Some(at) = at {
            edits.push(edit(at..at + mark.len(), ""));
            notes.mapped(body.line(at));
        }
    }
    let mut in_code = false;
    for (event, span) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                if let CodeBlockKind::Fenced(info) = kind {
                    edits.extend(fence_in_form(body, &span, &info, notes));
                }
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(words) if !in_code && &*words == "[" => {
                let note = text[span.start..].strip_prefix("[^");
                if note.is_some_and(|rest| {
                    rest.split(['\n', ' ']).next().unwrap_or_default().contains(']')
                }) {
                    let line = body.line(span.start);
                    notes.add(
                        line,
                        Kind::Kept,
                        "[^",
                        "names no footnote of this file; it stays as words",
                    );
                    edits.push(edit(span.start..span.start, "\\"));
                }
            }
            _ => {}
        }
    }
    for span in unknown {
        let line = body.line(span.start);
        notes.add(
            line,
            Kind::Kept,
            &text[span.clone()],
            "no line gives its address; it stays as words",
        );
        let at = span.start + text[span].find('[').unwrap_or_default();
        edits.push(edit(at..at, "\\"));
    }
    body.edited(edits)
}

/// One empty line where there are several, and none at the end of a quotation.
pub fn tidy(body: &Traced) -> Traced {
    let layout = Layout::of(&body.text);
    let lines: Vec<&str> = body.text.split_inclusive('\n').collect();
    let empty = |line: &str| line.trim().is_empty();
    let mark = |line: &str| {
        line.trim_end().ends_with('>') && line.trim_matches([' ', '>', '\n']).is_empty()
    };
    let mut edits = Vec::new();
    let mut at = 0;
    let mut above = "\n";
    for (number, line) in lines.iter().enumerate() {
        let below =
            lines[number + 1..].iter().find(|line| !mark(line)).copied().unwrap_or_default();
        let ends_quote = mark(line) && empty(below);
        let again = (empty(line) && empty(above)) || (mark(line) && line.trim() == above.trim());
        if (ends_quote || again) && !layout.is_code(at) {
            edits.push(edit(at..at + line.len(), ""));
        } else {
            above = line;
        }
        at += line.len();
    }
    body.edited(edits)
}

fn headings_in_form(body: &Traced, title: &str, notes: &mut Notes) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut headings = headings(&body.text);
    let is_title = |one: &Heading| one.level == 1 && one.first && slug(&one.words) == slug(title);
    if headings.first().is_some_and(is_title) {
        let first = headings.remove(0);
        notes.mapped(body.line(first.span.start));
        edits.push(edit(first.span, ""));
    }
    let deeper = headings.iter().any(|one| one.level == 1);
    let mut ids = Ids::default();
    for Heading { level, span, words, id, .. } in headings {
        let own = &body.text[span.clone()];
        let line = body.line(span.start);
        if let Some(id) = id {
            if !ids.take(&id) {
                let marks = format!("{{#{id}");
                let at = own.rfind(&marks).map(|at| span.start + own[..at].trim_end().len());
                let end = at.and_then(|at| Some(at + body.text[at..span.end].find('}')? + 1));
                edits.extend(at.zip(end).map(|(at, end)| edit(at..end, "")));
                notes.add(line, Kind::Left, &id, "another heading of the page has this id");
            }
        } else {
            ids.give(&words);
        }
        if !deeper || level == HeadingLevel::H6 as u8 {
            continue;
        }
        notes.mapped(line);
        if own.starts_with('#') {
            edits.push(edit(span.start..span.start, "#"));
        } else {
            edits.extend(from_underlined(own, span.start, level));
        }
    }
    edits
}

/// An underlined heading, one level deeper: the rule goes, and what was two lines is one. What stands
/// between is left for other edits.
fn from_underlined(own: &str, start: usize, level: u8) -> Vec<Edit> {
    let own = own.trim_end();
    let ends: Vec<usize> = own.match_indices('\n').map(|(at, _)| at).collect();
    let Some((last, others)) = ends.split_last() else { return Vec::new() };
    let quoted = ['>', ' '];
    if !own[last + 1..].trim_start_matches(quoted).starts_with(['=', '-']) {
        return Vec::new();
    }
    let marks = format!("{} ", "#".repeat(usize::from(level) + 1));
    let before = |at: usize| own[..at].trim_end_matches(quoted).len();
    let mut edits =
        vec![edit(start..start, marks), edit(start + before(*last)..start + own.len(), "")];
    edits.extend(others.iter().map(|end| {
        let next = own[end + 1..].trim_start_matches(quoted);
        edit(start + before(*end)..start + own.len() - next.len(), " ")
    }));
    edits
}

/// A fence with a language that is no block of this site, and with an end.
fn fence_in_form(body: &Traced, span: &Range<usize>, info: &str, notes: &mut Notes) -> Vec<Edit> {
    let block = &body.text[span.clone()];
    let line = body.line(span.start);
    let mut edits = Vec::new();
    let word = info.trim().split([' ', ',', '{']).next().unwrap_or_default();
    let equal = LANGUAGES.iter().find(|(own, _)| *own == word);
    if let Some((_, equal)) = equal {
        let at = span.start + block.find(word).unwrap_or_default();
        edits.push(edit(at..at + word.len(), *equal));
        notes.mapped(line);
    } else if blocks::find(word).is_some()
        || (!word.is_empty() && blocks::suggestion(word).is_some())
    {
        let at = span.start + block.find(word).unwrap_or_default();
        edits.push(edit(at..at + word.len(), "text"));
        notes.add(line, Kind::Moved, word, "is a block of this site; the language is `text` now");
    }
    let mark = block.chars().next().unwrap_or('`');
    let width = block.chars().take_while(|c| *c == mark).count();
    let mut lines = block.trim_end().lines();
    let last =
        lines.next_back().unwrap_or_default().trim_start_matches(['>', ' ', '\t']).trim_end();
    let closed = lines.next().is_some() && last.len() >= width && last.chars().all(|c| c == mark);
    if !closed {
        let before = if block.ends_with('\n') { "" } else { "\n" };
        let start = body.text[..span.start].rfind('\n').map_or(0, |end| end + 1);
        let margin: String = body.text[start..span.start]
            .chars()
            .map(|c| if c == '>' { '>' } else { ' ' })
            .collect();
        let marks = mark.to_string().repeat(width);
        edits.push(edit(span.end..span.end, format!("{before}{margin}{marks}\n")));
        notes.add(
            line,
            Kind::Filled,
            "",
            "the code that begins here had no end; it ends with its block",
        );
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> String {
        rewrite(&Traced::new(text, 1), "A title", &mut Notes::default()).text
    }

    #[test]
    fn headings_begin_below_the_title() {
        assert_eq!(rewritten("# A title\n\n## B\n"), "\n## B\n");
        assert_eq!(rewritten("# B\n\nC\n=\n\n## D {#d}\n"), "## B\n\n## C\n\n### D {#d}\n");
        assert_eq!(rewritten("## B {#b}\n\n## C {#b}\n"), "## B {#b}\n\n## C\n");
        assert_eq!(rewritten("# B\n\n[a][b]\nand\n===\n\nc\n"), "## B\n\n## \\[a][b] and\n\nc\n");
        assert_eq!(rewritten("# B\n\n> a\n> b\n> ===\n"), "## B\n\n> ## a b\n");
    }

    #[test]
    fn fences_and_brackets_are_safe() {
        assert_eq!(rewritten("```template\na\n```\n"), "```text\na\n```\n");
        assert_eq!(rewritten("~~~js\na\n"), "~~~js\na\n~~~\n");
        assert_eq!(rewritten("[a][b] and [^c].\n"), "\\[a][b] and \\[^c].\n");
    }

    #[test]
    fn a_sentence_is_taken_from_the_first_paragraph() {
        let body = "# T\n\n![](a.png)\n\nThe *first* of `two` sentences. The second.\n";
        assert_eq!(first_sentence(body).as_deref(), Some("The first of two sentences."));
        assert_eq!(title(body).as_deref(), Some("T"));
    }
}
