//! Tags of templates in a body become Markdown, or stay to be seen.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::callouts;
use super::calls::{self, Call, Dialect, Form};
use super::frontmatter::Fields;
use super::liquid;
use super::report::{Kind, Notes, code};
use super::shortcodes::{self, Meaning, escape};
use super::traced::{Edit, Traced, edit};
use crate::markdown::options;

/// What tags may refer to.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Whose tags they are.
    pub dialect: Dialect,
    /// The settings of the foreign site.
    pub site: &'a Fields,
    /// The head of the file.
    pub page: &'a Fields,
}

/// Where a text is code, and where it is HTML.
#[derive(Debug, Default)]
pub struct Layout {
    code: Vec<Range<usize>>,
    indented: Vec<Range<usize>>,
    html: Vec<Range<usize>>,
}

impl Layout {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let mut layout = Self::default();
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    layout.indented.push(range.clone());
                    layout.code.push(range);
                }
                Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => layout.code.push(range),
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => layout.html.push(range),
                _ => {}
            }
        }
        layout
    }

    /// Whether the byte stands in code.
    pub fn is_code(&self, at: usize) -> bool {
        holds(&self.code, at).is_some()
    }

    /// Whether the byte stands in code that only its indentation makes one.
    pub fn is_indented(&self, at: usize) -> bool {
        holds(&self.indented, at).is_some()
    }

    /// Whether the byte stands in HTML, and there inside a tag.
    fn html(&self, text: &str, at: usize) -> Option<bool> {
        let range = holds(&self.html, at)?;
        let before = &text[range.start..at];
        Some(before.rfind('<').is_some_and(|open| before.rfind('>').is_none_or(|end| end < open)))
    }
}

/// The range with the byte; they are in order.
fn holds(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let index = ranges.partition_point(|range| range.start <= at).checked_sub(1)?;
    ranges.get(index).filter(|range| range.contains(&at))
}

/// What a closing tag becomes, decided where its opening tag stands.
enum Closing {
    Text(String),
    Line(String),
}

/// The work as far as it has come.
struct Work<'a> {
    text: &'a str,
    calls: &'a [Call],
    /// For each opening tag that is closed, its closing tag.
    closers: HashMap<usize, usize>,
    edits: Vec<Edit>,
    closings: HashMap<usize, Closing>,
    /// Tags before this byte are part of what was already replaced.
    behind: usize,
}

/// Rewrites the tags of a body.
pub fn rewrite(body: &Traced, ground: &Ground<'_>, notes: &mut Notes) -> Traced {
    let text = body.text.as_str();
    let calls = calls::find(text, ground.dialect);
    if calls.is_empty() {
        return body.clone();
    }
    let (closers, layout) = (partners(&calls), Layout::of(text));
    let (edits, closings) = (Vec::new(), HashMap::new());
    let mut work = Work { text, calls: &calls, closers, edits, closings, behind: 0 };
    for (index, call) in calls.iter().enumerate() {
        if call.span.start < work.behind {
            continue;
        }
        let line = body.line(call.span.start);
        let raw = &text[call.span.clone()];
        if layout.is_code(call.span.start) {
            in_code(call, ground, raw, line, &mut work.edits, notes);
        } else if let Some(closing) = work.closings.remove(&index) {
            work.edits.push(match closing {
                Closing::Text(new) => edit(call.span.clone(), new),
                Closing::Line(new) => on_own_lines(text, &call.span, &new),
            });
        } else if call.form == Form::Shown {
            work.edits.push(edit(call.span.clone(), code(&call.name)));
            notes.mapped(line);
        } else {
            let meaning = match (call.form, ground.dialect) {
                (Form::Close, _) => Meaning::Unknown,
                (_, Dialect::Liquid) => liquid::meaning(call, ground),
                _ => reference(call, ground).unwrap_or_else(|| shortcodes::meaning(call)),
            };
            let html = layout.html(text, call.span.start);
            let fits = html.is_none() || matches!(meaning, Meaning::Inline(_) | Meaning::Plain);
            if fits && apply(&mut work, meaning, index, ground.dialect) {
                notes.mapped(line);
            } else {
                let new = shown(text, &call.span, html);
                work.edits.push(edit(call.span.clone(), new));
                notes.as_code(line, raw, "has no equal");
            }
        }
    }
    body.edited(work.edits)
}

/// A tag to be seen: as code, unless it stands inside a tag of HTML.
fn shown(text: &str, span: &Range<usize>, html: Option<bool>) -> String {
    let raw = &text[span.clone()];
    match html {
        None if in_table(text, span.start) => code(raw).replace('|', "\\|"),
        None => code(raw),
        Some(false) => format!("<code>{}</code>", escape(raw)),
        Some(true) => raw.to_owned(),
    }
}

/// Puts what a tag means in its place; false where it means nothing.
fn apply(work: &mut Work<'_>, meaning: Meaning, index: usize, dialect: Dialect) -> bool {
    let text = work.text;
    let span = work.calls[index].span.clone();
    let closer = work.closers.get(&index).copied();
    let end = closer.map(|closer| work.calls[closer].span.clone());
    let pair = end.map(|end| (span.end..end.start, end));
    match (meaning, pair) {
        (Meaning::Inline(new), _) => work.edits.push(edit(span, new)),
        (Meaning::Block(new), _) => work.edits.push(on_own_lines(text, &span, &new)),
        (Meaning::Code(language), Some((inner, end))) => {
            work.edits.push(fence(text, &span, &inner, &end, &language));
            work.behind = end.end;
        }
        (Meaning::Plain, Some((inner, end))) => {
            work.edits.extend([edit(span, ""), edit(end.clone(), "")]);
            work.behind = if dialect == Dialect::Liquid { end.end } else { inner.start };
            work.closings.extend(closer.map(|at| (at, Closing::Text(String::new()))));
        }
        (Meaning::Comment, Some((inner, end))) => {
            let words = text[inner].replace("--", "- -");
            work.edits.push(edit(span.start..end.end, format!("<!--{words}-->")));
            work.behind = end.end;
        }
        (Meaning::Around(open, close), pair) => {
            work.edits.push(on_own_lines(text, &span, &open));
            match closer.filter(|_| pair.is_some()) {
                Some(at) => _ = work.closings.insert(at, Closing::Line(close)),
                None if close.is_empty() => {}
                None => work.edits.push(edit(span.end..span.end, format!("\n{close}\n"))),
            }
        }
        (Meaning::Callout(kind, title, words), _) => {
            // who said it stands below a quotation, not above it
            let (title, author) =
                if kind.is_empty() { (String::new(), title) } else { (title, String::new()) };
            let (open, close) = (callouts::open(kind, &title), callouts::close(&author));
            if let Some(at) = closer {
                work.edits.push(on_own_lines(text, &span, &open));
                work.closings.insert(at, Closing::Line(close));
            } else {
                let new = format!("{open}\n{}\n{close}", words.unwrap_or_default());
                work.edits.push(on_own_lines(text, &span, &new));
            }
        }
        _ => return false,
    }
    true
}

/// Hugo's links by name and values of its settings.
fn reference(call: &Call, ground: &Ground<'_>) -> Option<Meaning> {
    let first = call.positional.first().map(String::as_str);
    match call.name.as_str() {
        "ref" | "relref" => {
            let path = call.get(&["path"]).or(first)?;
            Some(Meaning::Inline(format!("ref:{}", crate::site::urls::encode_all(path))))
        }
        // a page shown inside a page: a link to it says as much
        "include" | "include-page" | "readfile"
            if first.is_some_and(|path| super::files::ending(path) == "md") =>
        {
            let path = first?;
            let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
            let title = super::meta::titled(name);
            Some(Meaning::Block(format!("[{title}](ref:{})", crate::site::urls::encode_all(path))))
        }
        "param" => {
            let name = first?;
            let site = ["params", "extra"].map(|group| format!("{group}.{name}"));
            let found = super::frontmatter::get(ground.page, name);
            let found = found.or_else(|| {
                site.iter().find_map(|path| super::frontmatter::get(ground.site, path))
            });
            super::frontmatter::text(found?).map(Meaning::Inline)
        }
        _ => None,
    }
}

/// In code, tags that only say "do not read this" go, and all others stay.
fn in_code(
    call: &Call,
    ground: &Ground<'_>,
    raw: &str,
    line: usize,
    edits: &mut Vec<Edit>,
    notes: &mut Notes,
) {
    let new = match (call.form, call.name.as_str()) {
        (Form::Shown, name) => name.to_owned(),
        (Form::Open | Form::Close, "raw") if ground.dialect == Dialect::Liquid => String::new(),
        _ => match liquid::meaning(call, ground) {
            Meaning::Inline(value) if ground.dialect == Dialect::Liquid => value,
            _ => {
                notes.add(line, Kind::Kept, raw, "stands in code as it was");
                return;
            }
        },
    };
    notes.mapped(line);
    edits.push(edit(call.span.clone(), new));
}

/// For each opening tag that is closed, its closing tag.
fn partners(calls: &[Call]) -> HashMap<usize, usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut partners = HashMap::new();
    let mut verbatim: Option<&str> = None;
    for (index, call) in calls.iter().enumerate() {
        match call.form {
            Form::Open if verbatim.is_none() => {
                open.push(index);
                verbatim = (call.name == "raw").then_some("raw");
            }
            Form::Close if verbatim.is_none_or(|name| name == call.name) => {
                verbatim = None;
                let same = |at: &usize| call.name.is_empty() || calls[*at].name == call.name;
                if let Some(at) = open.iter().rposition(same) {
                    partners.insert(open[at], index);
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    partners
}

/// What stands before a byte on its line, if it is nothing but indentation or a bullet.
fn margin(text: &str, at: usize) -> Option<&str> {
    let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
    let bullet = line.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c == '>');
    matches!(bullet, "" | "-" | "*" | "+" | "." | ")").then_some(line)
}

fn ends_line(text: &str, at: usize) -> bool {
    text[at..].split('\n').next().unwrap_or_default().trim().is_empty()
}

/// Lines in place of a tag, set off from the words around them and indented like the tag.
fn on_own_lines(text: &str, span: &Range<usize>, new: &str) -> Edit {
    let margin = margin(text, span.start);
    let alone = margin.is_some() && ends_line(text, span.end);
    if alone && new.is_empty() {
        return edit(span.clone(), "");
    }
    if !new.contains('\n') && !new.starts_with(callouts::MARKS) {
        return edit(span.clone(), new);
    }
    let indent = match margin {
        Some(margin) if margin.contains('>') => margin.to_owned(),
        Some(margin) => " ".repeat(margin.chars().count()),
        None => String::new(),
    };
    let lines = new.lines().enumerate().map(|(number, line)| match (number, line) {
        (0, line) => line.to_owned(),
        (_, "") => String::new(),
        (_, line) => format!("{indent}{line}"),
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let before = match margin {
        Some(margin) if margin.trim().is_empty() && span.start > margin.len() => {
            format!("\n{margin}")
        }
        Some(_) => String::new(),
        None => "\n\n".to_owned(),
    };
    let after = if ends_line(text, span.end) { "\n" } else { "\n\n" };
    edit(span.clone(), format!("{before}{lines}{after}"))
}

/// A fenced block in place of a pair of tags and the code between them.
fn fence(
    text: &str,
    open: &Range<usize>,
    inner: &Range<usize>,
    end: &Range<usize>,
    language: &str,
) -> Edit {
    let whole = open.start..end.end;
    let shown = calls::find(&text[inner.clone()], Dialect::Hugo);
    let shown = shown.into_iter().filter(|call| call.form == Form::Shown);
    let edits = shown.map(|call| edit(call.span.clone(), call.name.clone())).collect();
    let inside = Traced::new(&text[inner.clone()], 1).edited(edits).text;
    if margin(text, open.start).is_none() && !inside.contains('\n') {
        return edit(whole, code(&inside));
    }
    let longest = inside.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(longest.max(2) + 1);
    let margin = margin(text, open.start).unwrap_or_default();
    let indent = " ".repeat(margin.chars().count());
    let inside = inside.trim_start_matches(['\n', '\r']).trim_end();
    let before = if margin.trim().is_empty() && open.start > margin.len() {
        format!("\n{margin}")
    } else {
        String::new()
    };
    let after = if ends_line(text, end.end) { "" } else { "\n\n" };
    edit(whole, format!("{before}{marks}{language}\n{inside}\n{indent}{marks}{after}"))
}

fn in_table(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[start..].trim_start().starts_with('|')
}
