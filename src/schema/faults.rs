//! What is wrong with a line that YAML refuses, in an author's words.
//!
//! The library says where it gave up and, in its own words, why. The line itself tells more: what an
//! author wrote there and what was probably meant.

use serde_yaml::Value;

use super::yaml::quoted;
use crate::diagnostic::{Diagnostic, Edit, Place};
use crate::source::{Source, Span};

/// Why the library refuses an entry.
pub(super) fn explain(source: &Source, chunk: &Span, error: &serde_yaml::Error) -> Diagnostic {
    let mut fault = fault(source, chunk, error);
    if !helps(source, chunk, &fault.edits) {
        fault.edits.clear();
    }
    fault
}

/// Whether the library reads an entry once it is edited, or at least reads on behind the edits.
fn helps(source: &Source, chunk: &Span, edits: &[Edit]) -> bool {
    let mut text = source.text[chunk.range()].to_owned();
    let mut end = 0;
    for edit in edits.iter().rev() {
        let at = edit.span.start.saturating_sub(chunk.start);
        if !text.is_char_boundary(at) || !text[at..].starts_with(&edit.old) {
            return false;
        }
        text.replace_range(at..at + edit.old.len(), &edit.new);
        end += edit.new.len();
    }
    let last = edits.last().map_or(0, |edit| edit.span.start.saturating_sub(chunk.start));
    match serde_yaml::from_str::<Value>(&text) {
        Ok(value) => value.is_mapping(),
        Err(error) => error.location().is_some_and(|at| at.index() > last + end),
    }
}

fn fault(source: &Source, chunk: &Span, error: &serde_yaml::Error) -> Diagnostic {
    if let Some(blank) = wrong_blank(source, chunk) {
        return blank;
    }
    let at = error.location().map_or(0, |location| location.index());
    let line = line_around(source, chunk, chunk.start + at);
    let lines = [line, line_around(source, chunk, chunk.start)];
    let fault = lines.iter().find_map(|line| in_value(source, line, chunk));
    fault.unwrap_or_else(|| {
        if error.to_string().contains("could not find expected ':'") {
            return not_a_field(source, &lines[0]);
        }
        fault_at(source, &lines[0], "this line does not fit the lines above it").hint(
            "look for a missing space behind a colon, a stray quotation mark, or lines that are \
             not indented alike",
        )
    })
}

/// A line that names no field.
pub(super) fn not_a_field(source: &Source, line: &Span) -> Diagnostic {
    if let Some(blank) = wrong_blank(source, line) {
        return blank;
    }
    let text = &source.text[line.range()];
    let words = text.split_once(':').filter(|(name, _)| !name.contains(char::is_whitespace));
    let hint = match words {
        Some((name, value)) => format!("put a space behind the colon: `{name}: {value}`"),
        None => "write a name, a colon, a space and the value: `title: My article`".to_owned(),
    };
    let message = "this line is not of the form `name: value`";
    let place = Place::at(&source.path, line.clone());
    // `https://...` is no field
    let sure = words.filter(|(name, value)| {
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        plain && !value.is_empty() && !value.starts_with('/')
    });
    let sure = sure.map(|(name, value)| format!("{name}: {value}"));
    Diagnostic::error("not-a-field", place, message).hint(hint).maybe_replace(text, sure)
}

/// A tab, or a space that looks like one and is none, where a line is indented or behind a name.
fn wrong_blank(source: &Source, chunk: &Span) -> Option<Diagnostic> {
    let mut at = chunk.start;
    for line in source.text[chunk.range()].split_inclusive('\n') {
        let margin = line.len() - line.trim_start_matches([' ', '\t', '\u{a0}', '-']).len();
        let behind_name = line.find(":\u{a0}").map(|colon| colon + 1);
        if let Some(blank) = line[..margin].find(['\t', '\u{a0}']).or(behind_name) {
            let tab = line[blank..].starts_with('\t');
            let span = Span::new(at + blank, at + blank + if tab { 1 } else { 2 });
            let (message, hint) = if tab {
                ("a tab stands here, and only spaces may", "replace the tab with two spaces")
            } else {
                let message = "this looks like a space, but is another character";
                (message, "delete it and type a space (it often comes from copied text)")
            };
            let place = Place::at(&source.path, span);
            let code = if tab { "tab" } else { "odd-space" };
            let fault = Diagnostic::error(code, place, message).hint(hint);
            return Some(fault.edits(spaces(source, chunk)));
        }
        at += line.len();
    }
    None
}

/// Spaces instead of every blank of a kind that may not stand where it does.
fn spaces(source: &Source, chunk: &Span) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = chunk.start;
    for line in source.text[chunk.range()].split_inclusive('\n') {
        let margin = line.len() - line.trim_start_matches([' ', '\t', '\u{a0}', '-']).len();
        let behind_name = line.find(":\u{a0}").map(|colon| (colon + 1, "\u{a0}"));
        let blanks = line[..margin].match_indices(['\t', '\u{a0}']).chain(behind_name);
        edits.extend(blanks.map(|(blank, old)| {
            let span = Span::new(at + blank, at + blank + old.len());
            let new = if old == "\t" { "  " } else { " " };
            Edit { file: source.path.clone(), span, old: old.to_owned(), new: new.to_owned() }
        }));
        at += line.len();
    }
    edits
}

/// What is wrong with the value of a line, if the line itself shows it.
fn in_value(source: &Source, line: &Span, chunk: &Span) -> Option<Diagnostic> {
    let (name, value) = parts(source, line);
    let text = &source.text[value.range()];
    let instead = |text: &str| format!("write `{name}{}`", quoted(text));
    let first = text.chars().next()?;
    let fault = |message: &str| fault_at(source, &value, message);
    match first {
        '"' | '\'' => {
            let inside = text[1..].strip_suffix(first).filter(|inside| !inside.is_empty());
            let meant = instead(inside.unwrap_or(text));
            match text[1..].find(first) {
                None => {
                    let message = "a quotation mark opens here and is not closed";
                    let message = format!("{message} on this line");
                    Some(fault(&message).hint(instead(&text[1..])))
                }
                Some(end) if end + 2 < text.len() => {
                    let message = "the text goes on behind the closing quotation mark";
                    let sure = (!text.contains('#')).then(|| quoted(inside.unwrap_or(text)));
                    Some(fault(message).hint(meant).maybe_replace(text, sure))
                }
                Some(_) => None,
            }
        }
        '[' | '{' => {
            let close = if first == '[' { ']' } else { '}' };
            let whole = &source.text[value.start..chunk.end];
            if !whole.contains(close) {
                let message = format!("a `{first}` opens here and is not closed with `{close}`");
                let meant = format!("write `{name}{}{close}`", text.trim_end_matches(','));
                return Some(fault(&message).hint(meant));
            }
            if first == '{' {
                return in_braces(source, &value);
            }
            let beyond = !text.ends_with(close) && text.contains(close);
            let message = "what begins with `[` is a list, and this goes on behind its end";
            let hint =
                format!("put all of a list inside the brackets; for a text, {}", instead(text));
            beyond.then(|| fault(message).hint(hint))
        }
        '@' | '`' | '%' | '&' | '*' | '!' | '|' | '>' | ',' | ']' | '}' => {
            let message = format!("a text that begins with `{first}` needs quotation marks");
            let sure = "@`%&*!".contains(first).then(|| quoted(text));
            Some(fault(&message).hint(instead(text)).maybe_replace(text, sure))
        }
        _ => second_colon(source, name, &value),
    }
}

/// A colon in a text that has no quotation marks.
fn second_colon(source: &Source, name: &str, value: &Span) -> Option<Diagnostic> {
    let text = &source.text[value.range()];
    let colon = text.find(": ").or(text.strip_suffix(':').map(str::len))?;
    let place = Span::new(value.start + colon, value.start + colon + 1);
    let message = "a text with a colon and a space in it needs quotation marks";
    let instead = format!("write `{name}{}`", quoted(text));
    let (file, old, new) = (source.path.clone(), text.to_owned(), quoted(text));
    let edit = Edit { file, span: value.clone(), old, new };
    (!name.is_empty()).then(|| fault_at(source, &place, message).hint(instead).edits([edit]))
}

/// The first of the fields in `{...}` whose text has a colon and no quotation marks.
fn in_braces(source: &Source, value: &Span) -> Option<Diagnostic> {
    let text = source.text[value.range()].trim_end_matches('}');
    let mut at = value.start + 1;
    text.get(1..)?.split(',').find_map(|field| {
        let start = at + field.len() - field.trim_start().len();
        at += field.len() + 1;
        let (name, inner) = parts(source, &Span::new(start, start + field.trim().len()));
        let quoted = source.text[inner.range()].starts_with(['"', '\'', '[', '{']);
        second_colon(source, name, &inner).filter(|_| !quoted)
    })
}

fn fault_at(source: &Source, span: &Span, message: &str) -> Diagnostic {
    Diagnostic::error("unclear-line", Place::at(&source.path, span.clone()), message)
}

/// A line's name with its colon (or the hyphen of an item), and where its value stands.
fn parts<'a>(source: &'a Source, line: &Span) -> (&'a str, Span) {
    let text = &source.text[line.range()];
    let margin = text.len() - text.trim_start().len();
    let item = text[margin..].strip_prefix("- ").map_or(margin, |rest| text.len() - rest.len());
    let name = text[item..].find(": ").map(|at| item + at + 2);
    let quoted = text[item..].starts_with(['"', '\'', '[', '{']);
    let value = name.filter(|_| !quoted).unwrap_or(item);
    let value = value + text[value..].len() - text[value..].trim_start().len();
    (&text[margin..value], Span::new(line.start + value, line.end))
}

/// The line that holds byte `at`, inside the chunk; a place behind the last line is the first line.
fn line_around(source: &Source, chunk: &Span, at: usize) -> Span {
    let inside = source.text[chunk.range()].trim_end();
    let at = source.text.floor_char_boundary(at.min(source.text.len()));
    let at = if at >= chunk.start + inside.len() { chunk.start } else { at };
    let start = source.text[..at].rfind('\n').map_or(0, |end| end + 1).max(chunk.start);
    let end = source.text[start..].find('\n').map_or(source.text.len(), |end| start + end);
    Span::new(start, start + source.text[start..end].trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::*;

    /// The place, as line and column, and the hint of every mistake in a text.
    fn told(text: &str) -> Vec<String> {
        let source = Source::new("a.yaml", text);
        let mut found = Vec::new();
        yaml::entries(&source, &Span::new(0, text.len()), &mut found);
        let shown = found.into_iter().map(|one| {
            let at = source.position(one.place.span.map_or(0, |span| span.start));
            format!("{}:{} {}", at.line, at.column, one.hint.unwrap_or_default())
        });
        shown.collect()
    }

    #[test]
    fn the_hint_is_the_line_that_was_meant() {
        assert_eq!(told("a: b\nt: One: two\n"), ["2:7 write `t: \"One: two\"`"]);
        assert_eq!(told("t: 'It's me'\n"), ["1:4 write `t: \"It's me\"`"]);
        assert_eq!(told("t: \"No\" is no\n"), ["1:4 write `t: '\"No\" is no'`"]);
        assert_eq!(told("t: \"No end\nu: x\n"), ["1:4 write `t: \"No end\"`"]);
        assert_eq!(told("t: [a, b\nu: x\n"), ["1:4 write `t: [a, b]`"]);
        assert_eq!(told("t: *bold*\n"), ["1:4 write `t: \"*bold*\"`"]);
        assert_eq!(told("p:\n  k: {l: A: b, m: n}\n"), ["2:11 write `l: \"A: b\"`"]);
        assert_eq!(told("p:\n  - k: A: b\n"), ["2:9 write `- k: \"A: b\"`"]);
        assert_eq!(told("t:x\nu: y\n"), ["1:1 put a space behind the colon: `t: x`"]);
    }

    #[test]
    fn blanks_that_are_no_spaces_are_shown() {
        assert_eq!(told("t:\n\t- a\n"), ["2:1 replace the tab with two spaces"]);
        let odd = "delete it and type a space (it often comes from copied text)";
        assert_eq!(told("t:\u{a0}a\nu: x\n"), [format!("1:3 {odd}")]);
    }
}
