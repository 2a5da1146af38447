//! What MDX, Docusaurus's Markdown, has beyond ours: admonitions, imports, elements of its own.

use std::ops::Range;

use super::callouts;
use super::calls;
use super::report::{Kind, Notes, code};
use super::shortcodes::callout;
use super::tags::Layout;
use super::traced::{Edit, Traced, edit};

/// Rewrites a body of MDX.
pub fn rewrite(body: &Traced, notes: &mut Notes) -> Traced {
    let body = admonitions(body, notes);
    let body = modules(&body, notes);
    let body = remarks(&body, notes);
    dedent(&elements(&body, notes))
}

/// Whether a line opens or closes a fence; `open` is the fence that it stands in.
fn fenced(line: &str, open: &mut Option<String>) -> bool {
    let line = line.trim_start().trim_start_matches("> ");
    let mark = line.chars().next().filter(|c| "`~".contains(*c));
    let width = mark.map_or(0, |mark| line.chars().take_while(|c| *c == mark).count());
    match open {
        Some(marks) => {
            let ends = width >= marks.len()
                && marks.starts_with(mark.unwrap_or(' '))
                && line[width..].trim().is_empty();
            if ends {
                *open = None;
            }
            true
        }
        None if width >= 3 => {
            *open = Some(line[..width].to_owned());
            true
        }
        None => false,
    }
}

/// `:::note` to `:::`.
fn admonitions(body: &Traced, notes: &mut Notes) -> Traced {
    let mut fence = None;
    let mut open: Vec<usize> = Vec::new();
    let rewritten = body.by_line(|line, number| {
        if fenced(line, &mut fence) {
            return line.to_owned();
        }
        let trimmed = line.trim();
        let width = trimmed.chars().take_while(|c| *c == ':').count();
        if width < 3 {
            return line.to_owned();
        }
        let margin = &line[..line.len() - line.trim_start().len()];
        let words = trimmed[width..].trim();
        if words.is_empty() && !open.is_empty() {
            open.pop();
            return format!("\n{margin}{}\n\n", callouts::close(""));
        }
        let end = words.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(words.len());
        let (kind, title) = words.split_at(end);
        let title = title.trim();
        let title = title.split_once('{').map_or(title, |(title, _)| title.trim());
        let title =
            title.strip_prefix('[').and_then(|title| title.strip_suffix(']')).unwrap_or(title);
        let (kind, title) = match callout(kind) {
            Some(kind) => (kind, title.to_owned()),
            None if kind.is_empty() => return line.to_owned(),
            // one that the site made itself: its name is all that tells it apart
            None => {
                notes.add(number, Kind::Moved, trimmed, "is a note now, with this name");
                (
                    "NOTE",
                    if title.is_empty() { kind.to_owned() } else { format!("{kind}: {title}") },
                )
            }
        };
        open.push(width);
        notes.mapped(number);
        format!("\n{margin}{}\n", callouts::open(kind, &title))
    });
    // the end of the file closes what is open
    let ends = format!("\n{}\n", callouts::close("")).repeat(open.len());
    let end = rewritten.text.len();
    rewritten.edited(vec![edit(end..end, ends)])
}

/// `import` and `export` at the left margin, each up to the next empty line.
fn modules(body: &Traced, notes: &mut Notes) -> Traced {
    let (mut fence, mut inside, mut after_blank) = (None, false, true);
    body.by_line(|line, number| {
        if !inside && fenced(line, &mut fence) {
            return line.to_owned();
        }
        let blank = line.trim().is_empty();
        let import = line.starts_with("import ")
            && (line.contains(" from ") || line.contains(['\'', '"', '{']));
        let export =
            ["export const ", "export default ", "export function ", "export {", "export let "];
        let begins = after_blank && (import || export.iter().any(|begin| line.starts_with(begin)));
        inside = (inside || begins) && !blank;
        after_blank = blank || inside;
        if inside {
            notes.add(number, Kind::Left, line.trim(), "is code of the old site");
            return String::new();
        }
        line.to_owned()
    })
}

/// `{/* words */}` as a remark of HTML.
fn remarks(body: &Traced, notes: &mut Notes) -> Traced {
    let text = body.text.as_str();
    let layout = Layout::of(text);
    let mut edits = Vec::new();
    for (at, _) in text.match_indices("{/*").filter(|(at, _)| !layout.is_code(*at)) {
        let Some(end) = text[at..].find("*/}").map(|end| at + end) else { continue };
        let words = text[at + 3..end].trim();
        notes.mapped(body.line(at));
        // `## Heading {/* #id */}`
        let new = match words.strip_prefix('#') {
            Some(id) if !id.contains(' ') => format!("{{#{id}}}"),
            _ => format!("<!-- {} -->", words.replace("--", "- -")),
        };
        edits.push(edit(at..end + 3, new));
    }
    body.edited(edits)
}

/// Characters of no script, which stand for the ends of an element until lines are moved.
const INSIDE: char = '\u{e002}';
const OUTSIDE: char = '\u{e003}';

/// Elements with braces in them, and those that the old site made itself.
fn elements(body: &Traced, notes: &mut Notes) -> Traced {
    let text = body.text.as_str();
    let layout = Layout::of(text);
    let mut edits: Vec<Edit> = Vec::new();
    let mut behind = 0;
    for (at, _) in text.match_indices('<') {
        if at < behind || is_code(&layout, text, at) {
            continue;
        }
        let Some(span) = element(text, at) else { continue };
        let line = body.line(at);
        behind = span.end;
        let own = &text[span.clone()];
        let inside = own[1..own.len() - 1].trim_end_matches('/').trim();
        let (closes, inside) =
            inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
        let end = inside.find(|c: char| c.is_whitespace()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(end);
        let made = name.starts_with(char::is_uppercase) || name.contains('.');
        let values = calls::values(attributes);
        let value = |wanted: &str| {
            values
                .iter()
                .find(|(key, _)| key.as_deref() == Some(wanted))
                .map(|(_, value)| value.as_str())
        };
        let new = match name {
            "" => String::new(),
            "Tabs" | "details" if closes && made => OUTSIDE.to_string(),
            "Tabs" => INSIDE.to_string(),
            "TabItem" if closes => format!("\n{OUTSIDE}\n"),
            "TabItem" => {
                let label = value("label").or_else(|| value("value")).unwrap_or_default();
                format!("\n**{label}**\n{INSIDE}\n")
            }
            "Link" if closes => "</a>".to_owned(),
            "Link" if value("to").is_some() => {
                format!("<a href=\"{}\">", value("to").unwrap_or_default())
            }
            _ if made => {
                notes.add(
                    line,
                    Kind::Kept,
                    own,
                    "is an element that the old site made itself; it stands in the text as code",
                );
                edits.push(edit(span, code(own)));
                continue;
            }
            _ if attributes.contains('{') || attributes.contains("className") => {
                let (kept, lost) = plain_attributes(attributes);
                if !lost.is_empty() {
                    notes.add(line, Kind::Left, &lost, "attributes that are code do nothing here");
                }
                let end = if own.ends_with("/>") { " /" } else { "" };
                format!("<{name}{kept}{end}>")
            }
            _ => continue,
        };
        notes.mapped(line);
        edits.push(edit(span, new));
    }
    body.edited(edits)
}

/// Lines indented by an element are no code in MDX; only what stands behind fences is.
fn is_code(layout: &Layout, text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let indented = text[start..at].trim().is_empty() && at - start >= 4;
    layout.is_code(at) && !(indented && layout.is_indented(at))
}

/// The element that begins at a byte, its braces and quotation marks closed.
fn element(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at + 1..];
    let first = rest.trim_start_matches('/').chars().next()?;
    if !first.is_ascii_alphabetic() && first != '>' {
        return None;
    }
    let (mut depth, mut quote) = (0_usize, None);
    for (offset, letter) in rest.char_indices() {
        match (quote, letter) {
            (Some(mark), letter) => quote = quote.filter(|_| letter != mark),
            (None, '"' | '\'') if offset > 0 => quote = Some(letter),
            (None, '{') => depth += 1,
            (None, '}') => depth = depth.saturating_sub(1),
            (None, '>') if depth == 0 => return Some(at..at + 1 + offset + 1),
            (None, '<') if depth == 0 => return None,
            (None, '\n') if rest[offset + 1..].starts_with('\n') && depth == 0 => return None,
            (None, ':' | '@') if offset < 12 && !rest[..offset].contains(char::is_whitespace) => {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// Attributes without those in braces, in the spelling of HTML; the others as they were.
fn plain_attributes(attributes: &str) -> (String, String) {
    let (mut kept, mut lost) = (String::new(), String::new());
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let name_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, behind) =
            rest.split_at(name_end.max(rest.chars().next().map_or(1, char::len_utf8)));
        let value_end = match behind.strip_prefix('=') {
            Some(value) if value.starts_with('{') => {
                let mut depth = 0_usize;
                let end = value.char_indices().find_map(|(at, c)| {
                    match c {
                        '{' => depth += 1,
                        '}' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    (depth == 0).then_some(at + 1)
                });
                end.map_or(behind.len(), |end| end + 1)
            }
            Some(value) if value.starts_with(['"', '\'']) => {
                let mark = &value[..1];
                value[1..].find(mark).map_or(behind.len(), |end| end + 3)
            }
            Some(_) => behind.find(char::is_whitespace).unwrap_or(behind.len()),
            None => 0,
        };
        let (value, after) = behind.split_at(value_end);
        let name = if name == "className" { "class" } else { name };
        if value.starts_with("={") || name.starts_with('{') {
            lost.extend([name, value, " "]);
        } else {
            kept.extend([" ", name, value]);
        }
        rest = after.trim_start();
    }
    (kept, lost.trim_end().to_owned())
}

/// Moves lines inside elements to the left, as far as the first of them is indented.
fn dedent(body: &Traced) -> Traced {
    if !body.text.contains(INSIDE) && !body.text.contains(OUTSIDE) {
        return body.clone();
    }
    let mut open: Vec<Option<usize>> = Vec::new();
    body.by_line(|line, _| {
        let moved = line.replace([INSIDE, OUTSIDE], "");
        let own = moved.len() - moved.trim_start_matches(' ').len();
        if let Some(first) = open.last_mut().filter(|_| !moved.trim().is_empty()) {
            first.get_or_insert(own);
        }
        let by = open.last().copied().flatten().unwrap_or_default();
        for letter in line.chars() {
            match letter {
                INSIDE => open.push(None),
                OUTSIDE => _ = open.pop(),
                _ => {}
            }
        }
        // a label belongs to no line above it
        let by =
            if moved.trim_start().starts_with("**") && line.contains(INSIDE) { own } else { by };
        moved[own.min(by)..].to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> String {
        callouts::quote(&rewrite(&Traced::new(text, 1), &mut Notes::default())).text
    }

    #[test]
    fn admonitions_are_callouts() {
        assert_eq!(
            rewritten(":::tip[Do *this*]\n\nA\n\n:::\n\nB\n"),
            "\n> [!TIP]\n> **Do *this***\n>\n> A\n>\n>\n\n\n\nB\n"
        );
    }

    #[test]
    fn elements_leave_their_words() {
        let text = "import A from './a';\n\n<Tabs>\n  <TabItem value=\"x\" label=\"X\">\n\n    words\n\n  </TabItem>\n</Tabs>\n\n<A b={c} />\n\n<p className=\"d\" style={{e: 1}}>f</p>\n";
        let new = rewritten(text);
        assert!(new.contains("\n**X**\n"), "{new}");
        assert!(new.contains("\nwords\n"), "{new}");
        assert!(new.contains("`<A b={c} />`"), "{new}");
        assert!(new.contains("<p class=\"d\">f</p>"), "{new}");
    }
}
