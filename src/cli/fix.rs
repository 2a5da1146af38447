//! `check --fix`: what has one right answer is mended, after it was shown and asked for.

use std::fmt::Write as _;
use std::io::{self, BufRead};
use std::path::Path;

use annotate_snippets::renderer::{AnsiColor, Style};
use similar::TextDiff;

use super::{count, report};
use crate::disk::{self, Failure};
use crate::mend::Mended;

/// Lines around a change that are shown with it.
const CONTEXT: usize = 2;

/// What became of the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// They are in the files.
    Made,
    /// Nothing was written: somebody said no.
    Refused,
    /// Nothing was written: there was nobody to ask.
    NobodyThere,
}

/// Shows all changes, asks unless `yes` was said before, and makes them.
pub fn offer(root: &Path, files: &[Mended<'_>], yes: bool) -> Result<Answer, Failure> {
    report::show(&files.iter().map(diff).collect::<String>());
    if !yes {
        if !report::is_somebody_there() {
            return Ok(Answer::NobodyThere);
        }
        if !agreed(&format!("Apply {}? [y/N] ", these(files))) {
            return Ok(Answer::Refused);
        }
    }
    disk::rewrite(root, files)?;
    Ok(Answer::Made)
}

/// `these 3 changes to 2 files`
pub fn these(files: &[Mended<'_>]) -> String {
    let changes: usize = files.iter().map(|file| file.edits).sum();
    let this = if changes == 1 { "this" } else { "these" };
    format!("{this} {} to {}", count(changes, "change"), count(files.len(), "file"))
}

/// Only a `y` is a yes; where nothing can be read, nobody said it.
fn agreed(question: &str) -> bool {
    report::ask(question);
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    read.is_ok() && ["y", "yes"].contains(&answer.trim().to_lowercase().as_str())
}

/// A file's changes as a unified diff, in colour.
fn diff(file: &Mended<'_>) -> String {
    let path = &file.source.path;
    let diff = TextDiff::from_lines(&*file.source.text, file.text.as_str());
    let mut unified = diff.unified_diff();
    let names = [format!("a/{path}"), format!("b/{path}")];
    let unified = unified.context_radius(CONTEXT).header(&names[0], &names[1]);
    let mut shown = String::new();
    for line in unified.to_string().lines() {
        let style = match line.as_bytes().first() {
            Some(b'-') => AnsiColor::Red.on_default(),
            Some(b'+') => AnsiColor::Green.on_default(),
            Some(b'@') => AnsiColor::Cyan.on_default(),
            _ => Style::new(),
        };
        // a text may hold what would steer the terminal
        let line = line.replace(|c: char| c.is_control() && c != '\t', "\u{fffd}");
        _ = writeln!(shown, "{style}{line}{style:#}");
    }
    shown
}
