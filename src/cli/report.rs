//! Diagnostics as people and programs read them: all at once, when all are known.

mod github;
pub mod problems;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, Style};
use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use serde::Serialize;

use super::{count, sarif};
use crate::Input;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::disk::Failure;
use crate::source::{Position, Source, Sources, by_path};

/// How problems are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people: the line and a mark under the mistake
    #[default]
    Human,
    /// For programs: one JSON array on standard output
    Json,
    /// For GitHub Actions: annotations on the changed lines
    Github,
    /// For code scanning and editors: a SARIF 2.1.0 log on standard output
    Sarif,
}

/// Columns of an excerpt; the middle of a longer line is shown around the mistake.
const WIDTH: usize = 100;

/// The most characters of a mistake that are underlined.
const MARKED: usize = 60;

/// Where a program is sent for a mistake of a whole file.
const FIRST: Position = Position { line: 1, column: 1 };

/// The texts that excerpts and line numbers are taken from, by path.
pub type Texts<'a> = Sources<'a>;

/// Shows the diagnostics, in the order they are in: to people on standard error, to programs on
/// standard output.
pub fn diagnostics(root: &Path, input: &Input, found: &[Diagnostic], format: Format) {
    let text = written(root, input, found, format);
    match format {
        Format::Human => print(&mut anstream::stderr(), &text),
        _ => print(&mut io::stdout(), &text),
    }
}

/// The diagnostics as they are shown, for people in colour.
pub fn written(root: &Path, input: &Input, found: &[Diagnostic], format: Format) -> String {
    let theme = theme_texts(input, found);
    let texts = texts(input, &theme);
    match format {
        Format::Human => human(&texts, found),
        Format::Json => json(&texts, found),
        Format::Github => github::commands(root, &texts, found),
        Format::Sarif => sarif::log(root, &texts, found, true),
    }
}

/// What a reader of standard output gets when there was nothing to look for mistakes in.
pub fn nothing(root: &Path, format: Format) {
    let texts = Texts::new();
    match format {
        Format::Human | Format::Github => {}
        Format::Json => print(&mut io::stdout(), &json(&texts, &[])),
        Format::Sarif => print(&mut io::stdout(), &sarif::log(root, &texts, &[], false)),
    }
}

/// Shows why the work cannot go on.
pub fn failure(failure: &Failure) {
    let part = |style: Style, name: &str, words: &str| {
        format!("{style}{name}{style:#}: {}\n", normalize_untrusted_str(words))
    };
    let hint = failure.hint.as_deref().map(|hint| part(DEFAULT_HELP_STYLE, "help", hint));
    let text = part(DEFAULT_ERROR_STYLE, "error", &failure.message) + &hint.unwrap_or_default();
    print(&mut anstream::stderr(), &text);
}

/// Prints what was asked for, for another program or a file.
pub fn print_out(text: &str) {
    print(&mut io::stdout(), text);
}

/// A path as one would type it: `site/README.md`, not `./site/./README.md`; nothing for `.`.
pub fn path(path: &Path) -> String {
    let plain: PathBuf = path.components().collect();
    plain.strip_prefix(".").unwrap_or(&plain).display().to_string()
}

/// Whether somebody is there who can answer a question.
pub fn is_somebody_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Shows a question; the answer is typed behind it.
pub fn ask(question: &str) {
    print(&mut io::stderr(), question);
}

/// Shows a text for people, in colour where the terminal wants it.
pub fn show(text: &str) {
    print(&mut anstream::stderr(), text);
}

/// Shows a line for people.
pub fn say(line: &str) {
    print(&mut io::stderr(), &format!("{line}\n"));
}

/// `2 errors, 1 warning, 3 notes.`, only those that there are.
pub fn sum(found: &[Diagnostic]) -> String {
    let sums =
        [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(|severity| {
            let number = found.iter().filter(|one| one.severity == severity).count();
            (number > 0).then(|| count(number, severity.name()))
        });
    sums.collect::<Vec<_>>().join(", ") + "."
}

fn texts<'a>(input: &'a Input, theme: &'a [Source]) -> Texts<'a> {
    by_path(input.texts().chain(theme))
}

/// The theme files that are needed, as text; a picture is no text and has no lines.
fn theme_texts(input: &Input, found: &[Diagnostic]) -> Vec<Source> {
    let named = |path: &str| found.iter().any(|one| one.place.file == path);
    let files = input.theme.iter().filter(|file| named(&file.path));
    files
        .filter_map(|file| Some(Source::new(&file.path, str::from_utf8(&file.bytes).ok()?)))
        .collect()
}

/// Where a stream cannot be written, a closed pipe mostly, there is nobody left to tell.
fn print(stream: &mut dyn Write, text: &str) {
    _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

fn human(texts: &Texts<'_>, found: &[Diagnostic]) -> String {
    let renderer = Renderer::styled().term_width(WIDTH);
    let mut text = String::new();
    for one in found {
        text += &renderer.render(&groups(texts, one));
        text += "\n\n";
    }
    text
}

fn groups<'a>(texts: &Texts<'a>, one: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match one.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(&one.message).id(one.code);
    let hint = one.hint.as_deref().map(help);
    let main = title.element(excerpt(texts, &one.place)).elements(hint);
    let related = one.related.iter().map(|(place, label)| {
        let title = Level::NOTE.secondary_title(normalize_untrusted_str(label));
        title.element(excerpt(texts, place))
    });
    [main].into_iter().chain(related).collect()
}

fn help(hint: &str) -> Element<'_> {
    Level::HELP.message(normalize_untrusted_str(hint)).into()
}

/// The line with a mark under the mistake, or the path alone. One line only: a mistake that goes on
/// is one that begins there.
fn excerpt<'a>(texts: &Texts<'a>, place: &'a Place) -> Element<'a> {
    let path = normalize_untrusted_str(&place.file);
    let (Some(span), Some(source)) = (&place.span, texts.get(place.file.as_str())) else {
        return Origin::path(path).into();
    };
    let text = &*source.text;
    let start = text.floor_char_boundary(span.start);
    let (before, after) = text.split_at(start);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let marked = after.lines().next().unwrap_or_default();
    let marked = &marked[..marked.floor_char_boundary(span.end.saturating_sub(start).min(MARKED))];
    // A mistake that is a line end stands behind the line.
    let at = (start - line_start).min(line.len());
    // A line may be a whole book, and no more of it is shown.
    let line = &line[..line.ceil_char_boundary((at + marked.len() + 2 * WIDTH).min(line.len()))];
    Snippet::source(line)
        .path(path)
        .line_start(source.position(start).line)
        .annotation(AnnotationKind::Primary.span(at..at + marked.len()))
        .into()
}

/// A diagnostic as a program reads it; the names are a promise.
#[derive(Serialize)]
struct Record<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    hint: Option<&'a str>,
}

fn json(texts: &Texts<'_>, found: &[Diagnostic]) -> String {
    let records = found.iter().map(|one| {
        let Position { line, column } = position(texts, &one.place).unwrap_or(FIRST);
        Record {
            severity: one.severity.name(),
            code: one.code,
            message: &one.message,
            file: &one.place.file,
            line,
            column,
            hint: one.hint.as_deref(),
        }
    });
    let records: Vec<_> = records.collect();
    serde_json::to_string_pretty(&records).unwrap_or_default() + "\n"
}

fn position(texts: &Texts<'_>, place: &Place) -> Option<Position> {
    let span = place.span.as_ref()?;
    Some(texts.get(place.file.as_str())?.position(span.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "---\ntitel: A note\n---\n\tThank you f\u{fc}r [rolle], and so on.\n";

    /// Each way of being wrong: with a hint, with a related place, as a whole file.
    fn found() -> Vec<Diagnostic> {
        let at = |text: &str| {
            let start = NOTE.find(text).unwrap_or_default();
            Place::at("content/note.md", start..start + text.len())
        };
        let key = Diagnostic::error("unknown-key", at("titel"), "no field is called `titel`");
        let gap = Diagnostic::warning("placeholder", at("[rolle]"), "`rolle` is 100% new, yes");
        let link = Diagnostic::error("symlink", Place::file("content/a,b:c.md"), "this is a link");
        vec![
            link.hint("put the file\nitself there"),
            key.hint("write `title`"),
            gap.related(at("A note"), "the first one is \u{1b}[31mhere"),
        ]
    }

    fn shown(format: impl Fn(&Texts<'_>, &[Diagnostic]) -> String) -> String {
        let source = Source::new("content/note.md", NOTE);
        format(&by_path([&source]), &found())
    }

    #[test]
    fn a_person_sees_the_line_and_a_mark() {
        let text = anstream::adapter::strip_str(&shown(human)).to_string();
        assert_eq!(
            text,
            "\
error[symlink]: this is a link
--> content/a,b:c.md
 = help: put the file
         itself there

error[unknown-key]: no field is called `titel`
 --> content/note.md:2:1
  |
2 | titel: A note
  | ^^^^^
  |
  = help: write `title`

warning[placeholder]: `rolle` is 100% new, yes
 --> content/note.md:4:16
  |
4 |     Thank you f\u{fc}r [rolle], and so on.
  |                   ^^^^^^^
  |
note: the first one is \u{241b}[31mhere
 --> content/note.md:2:8
  |
2 | titel: A note
  |        ^^^^^^

"
        );
    }

    #[test]
    fn a_program_gets_one_array() {
        let text = shown(json);
        assert_eq!(
            text,
            r#"[
  {
    "severity": "error",
    "code": "symlink",
    "message": "this is a link",
    "file": "content/a,b:c.md",
    "line": 1,
    "column": 1,
    "hint": "put the file\nitself there"
  },
  {
    "severity": "error",
    "code": "unknown-key",
    "message": "no field is called `titel`",
    "file": "content/note.md",
    "line": 2,
    "column": 1,
    "hint": "write `title`"
  },
  {
    "severity": "warning",
    "code": "placeholder",
    "message": "`rolle` is 100% new, yes",
    "file": "content/note.md",
    "line": 4,
    "column": 16,
    "hint": null
  }
]
"#
        );
    }

    #[test]
    fn a_long_line_is_shown_around_the_mistake() {
        let text = format!("{} [rolle] {}\n", "before ".repeat(200), "after ".repeat(200));
        let source = Source::new("a.md", text);
        let texts = by_path([&source]);
        let start = source.text.find('[').unwrap_or_default();
        for end in [start, start + 7, source.text.len()] {
            let found = [Diagnostic::error("placeholder", Place::at("a.md", start..end), "new")];
            let text = anstream::adapter::strip_str(&human(&texts, &found)).to_string();
            assert!(text.contains(" [rolle] "), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= WIDTH + 5), "{text}");
        }
    }

    #[test]
    fn a_span_that_fits_nothing_is_still_shown() {
        for text in ["", "\u{fc}", "a\r\n", "\n", "a"] {
            let source = Source::new("a.md", text);
            let texts = by_path([&source]);
            for span in [0..0, 1..1, 1..2, 0..9, 8..9] {
                let found = [Diagnostic::error("x", Place::at("a.md", span), "wrong")];
                assert!(human(&texts, &found).contains("a.md"));
                assert!(json(&texts, &found).contains("\"line\""));
            }
        }
    }
}
