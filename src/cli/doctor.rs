//! `postrej-site doctor`: what the maintainer of a site would want to see of it, as one text.

use std::path::Path;
use std::process::ExitCode;

use annotate_snippets::normalize_untrusted_str;

use super::progress::Progress;
use super::report::{self, Format};
use super::{SiteArguments, make};
use crate::disk::Failure;
use crate::doctor::Checkup;
use crate::doctor::parts::{Part, Row, parts, summary};
use crate::{Options, checkup};

const KEYS: &str = "\
Keys of --format json:
  site, today, articles, templates   the title, the day, and how many are published
  past_review                        review_by
  without_links
  related_by_machine                 related: slugs of what is shown instead
  unused_templates                   template: `slug/template-id`
  tags_used_once                     tag
  withheld                           draft, until: a day or null
  is_graded, grade_limit, grades     grade; the hardest first, all that have one
  largest_pages                      bytes, path, url; the largest first
Every entry of a list but the last has `title`, `url` (null where it is not in the site), `file`
and `line`, too.

Where the content has errors, they are shown as `build` shows them, and nothing else: what links
to what cannot be told of half a site.";

/// Look the site over: reviews, links, templates, tags, drafts, grades, sizes
#[derive(Debug, clap::Args)]
// no draft counts, whether it is built or not
#[command(after_help = KEYS, mut_arg("drafts", |drafts| drafts.hide(true)))]
pub struct Arguments {
    /// How it is shown
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Look,

    #[command(flatten)]
    site: SiteArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Look {
    /// For people: a text of 80 columns
    #[default]
    Text,
    /// For programs: one JSON object
    Json,
}

/// Columns of the text. A file's name is never cut.
const WIDTH: usize = 80;

/// Before each column.
const GAP: &str = "  ";

/// Reads, builds in memory, and prints the checkup.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let format = if arguments.format == Look::Json { Format::Json } else { Format::Human };
    let options = Options { cards: true, ..Options::from(&arguments.site) };
    let progress = Progress::start(false);
    let (input, (built, checkup)) = make(root, &options, format, &progress, checkup)?;
    drop(progress);
    let Some(checkup) = checkup else {
        report::diagnostics(root, &input, &built.diagnostics, format);
        report::say(&report::sum(&built.diagnostics));
        return Ok(ExitCode::FAILURE);
    };
    report::print_out(&match arguments.format {
        Look::Text => text(&checkup),
        Look::Json => serde_json::to_string_pretty(&checkup).unwrap_or_default() + "\n",
    });
    Ok(ExitCode::SUCCESS)
}

fn text(checkup: &Checkup) -> String {
    let head = format!("{}\n{}.\n", plain(&checkup.site), summary(checkup));
    let parts = parts(checkup);
    let parts = parts.iter().map(|part| {
        let heading = format!("\n{}: {}\n", part.title, part.count);
        if part.rows.is_empty() {
            return heading;
        }
        format!("{heading}{}\n{}", wrapped(&part.note), table(part))
    });
    head + &parts.collect::<String>()
}

/// The facts of each row, and behind them where to look; where that is too wide for a line, the
/// facts stand below their file.
fn table(part: &Part) -> String {
    let widest = |at: usize| part.rows.iter().map(|row| length(&plain(&row.facts[at]))).max();
    let widths = (0..part.columns.len()).map(|at| widest(at).unwrap_or(0));
    let widths: Vec<usize> = widths.collect();
    let lines: Vec<String> = part
        .rows
        .iter()
        .map(|row| format!("{}{GAP}{}\n", facts(part, row, &widths), subject(row)))
        .collect();
    if lines.iter().all(|line| length(line) <= WIDTH + 1) { lines.concat() } else { below(part) }
}

/// The facts of a row in columns of these widths.
fn facts(part: &Part, row: &Row, widths: &[usize]) -> String {
    let cells = row.facts.iter().zip(&part.columns).zip(widths);
    let cells = cells.map(|((fact, column), width)| {
        let fact = plain(fact);
        let space = " ".repeat(width.saturating_sub(length(&fact)));
        GAP.to_owned() + &if column.is_number { space + &fact } else { fact + &space }
    });
    cells.collect()
}

/// Each file once, and below it the lines with their facts.
fn below(part: &Part) -> String {
    let mut last = None;
    let lines = part.rows.iter().map(|row| {
        let (file, line) = row.file.as_ref().map_or((&row.title, 1), |(file, line)| (file, *line));
        let known = last.replace(file) == Some(file);
        let head = if known { String::new() } else { format!("{GAP}{}\n", plain(file)) };
        let words = format!("{line:>8}{GAP}{}", row.facts.join(GAP));
        format!("{head}{}\n", cut(plain(&words).trim_end()))
    });
    lines.collect()
}

/// Where to look: the file with the line, or the page.
fn subject(row: &Row) -> String {
    match &row.file {
        Some((file, line)) => format!("{}:{line}", plain(file)),
        None => plain(&row.title),
    }
}

/// Without what would steer a terminal.
fn plain(words: &str) -> String {
    normalize_untrusted_str(words)
}

fn length(words: &str) -> usize {
    words.chars().count()
}

/// A line without what does not fit in [`WIDTH`] characters.
fn cut(line: &str) -> String {
    match line.char_indices().nth(WIDTH) {
        Some(_) => line.chars().take(WIDTH - 1).collect::<String>() + "\u{2026}",
        None => line.to_owned(),
    }
}

/// Words in lines of at most [`WIDTH`] characters.
pub(super) fn wrapped(words: &str) -> String {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let line = lines.last_mut();
        match line.filter(|line| length(line) + 1 + length(word) <= WIDTH) {
            Some(line) if line.is_empty() => word.clone_into(line),
            Some(line) => *line = format!("{line} {word}"),
            None => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}
