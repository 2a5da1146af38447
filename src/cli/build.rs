//! `postrej-site build`: the site as files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::progress::Progress;
use super::timings::Timings;
use super::{ReportArguments, SiteArguments, count, report};
use crate::diagnostic::has_errors;
use crate::disk::record::{self, Record};
use crate::disk::{self, Exchange, Failure, Stage, Written};
use crate::outputs::{Nowhere, Sink, Step};
use crate::{Built, Counts, Input, Options, build_into};

/// Build the site into a folder, if its content has no errors
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Where the site is written, relative to the root
    #[arg(long, value_name = "DIR", default_value = "public")]
    output_dir: PathBuf,

    /// Exchange the whole output folder in one step, so that nobody meets pages of two builds; every
    /// file gets a second name for it
    #[arg(long)]
    atomic: bool,

    /// Leave out the pictures that other sites show beside a link to a page
    #[arg(long)]
    no_cards: bool,

    /// Say how long each step took
    #[arg(long)]
    timings: bool,

    /// Write the steps as a trace that Chrome and Perfetto show
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,

    #[command(flatten)]
    site: SiteArguments,

    #[command(flatten)]
    report: ReportArguments,
}

/// Reads, builds, reports, and writes what has no errors.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let &ReportArguments { format, quiet } = &arguments.report;
    let options = Options { cards: !arguments.no_cards, ..Options::from(&arguments.site) };
    let progress = Progress::start(quiet);
    let timings = Timings::start();
    let folder = output_folder(root, &arguments.output_dir);
    let exchange = if arguments.atomic { Exchange::Folder } else { Exchange::Files };
    let waits =
        || report::say(&format!("Another build writes {}. Waiting for it.", folder.display()));
    let stage = Stage::open(root, &folder, exchange, &waits);
    let mut input = super::read(root, format, &progress)?;
    timings.step(Step { name: "read", count: input.articles.len(), of: "texts" });
    let hash = record::hash(&input, &options);
    let done = stage.as_ref().ok().and_then(|stage| stage.is_done(hash));
    timings.step(Step { name: "compare", count: done.map_or(0, |done| done.files), of: "files" });
    if let Some(counts) = done {
        drop(progress);
        report::diagnostics(root, &input, &[], format);
        let written = Written { unchanged: counts.files, ..Written::default() };
        let line = closing_line(counts, &folder, written, timings.seconds(), 0);
        return finish(arguments, &timings, &line);
    }
    progress.stage("Building the pages");
    if options.cards && input.config.cards {
        input.cards = disk::cards::read(root);
    }
    let sink: &dyn Sink = stage.as_ref().map_or(&Nowhere, |stage| stage);
    let built = build_into(&input, &options, sink, &|step| timings.step(step));

    if has_errors(&built.diagnostics) {
        drop(progress);
        report::diagnostics(root, &input, &built.diagnostics, format);
        if !quiet {
            report::say(&format!("{} Nothing was written.", report::sum(&built.diagnostics)));
        }
        return Ok(ExitCode::from(1));
    }
    progress.stage("Writing the files");
    let written = stage.as_ref().map_err(Clone::clone).and_then(disk::publish);
    drop(progress);
    report::diagnostics(root, &input, &built.diagnostics, format);
    let (written, files) = written?;
    timings.step(Step { name: "publish", count: written.written, of: "files" });
    let is_silent = built.diagnostics.is_empty();
    let record = Record { input: is_silent.then_some(hash), counts: built.counts, files };
    if let Err(Failure { message, .. }) = keep(root, &folder, &input, &built, &record) {
        report::say(&format!("{message}, so the next build makes all of it again"));
    }
    timings.step(Step { name: "keep", count: built.drawn.len(), of: "new cards" });
    let warnings = built.diagnostics.len();
    let line = closing_line(built.counts, &folder, written, timings.seconds(), warnings);
    finish(arguments, &timings, &line)
}

/// Keeps what the next build need not make again.
fn keep(
    root: &Path,
    folder: &Path,
    input: &Input,
    built: &Built,
    record: &Record,
) -> Result<(), Failure> {
    record::keep(root, folder, record)?;
    disk::listings::keep(root, &input.listings, &built.listings)?;
    if built.cards.is_empty() {
        return Ok(());
    }
    disk::cards::keep(root, &input.cards, built)
}

/// Says what is left to say.
fn finish(arguments: &Arguments, timings: &Timings, line: &str) -> Result<ExitCode, Failure> {
    if arguments.timings {
        report::say(timings.table().trim_end());
    }
    if let Some(path) = &arguments.trace {
        timings.trace(path)?;
    }
    if !arguments.report.quiet {
        report::say(line);
    }
    Ok(ExitCode::SUCCESS)
}

/// The folder as it is shown, too: `public`, not `./public`.
fn output_folder(root: &Path, name: &Path) -> PathBuf {
    if root == Path::new(".") { name.to_path_buf() } else { root.join(name) }
}

fn closing_line(
    counts: Counts,
    folder: &Path,
    written: Written,
    seconds: f64,
    warnings: usize,
) -> String {
    let Written { written, removed, unchanged } = written;
    let warnings = match warnings {
        0 => String::new(),
        number => format!(", with {}", count(number, "warning")),
    };
    format!(
        "Built {} and {}: {} in {} ({written} written, {removed} removed, {unchanged} unchanged) \
         in {seconds:.2} s{warnings}",
        count(counts.articles, "article"),
        count(counts.templates, "template"),
        count(counts.files, "file"),
        folder.display(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_says_what_happened() {
        let counts = Counts { articles: 13, templates: 1, files: 96 };
        let written = Written { written: 3, removed: 1, unchanged: 92 };
        assert_eq!(
            closing_line(counts, Path::new("public"), written, 0.049, 1),
            "Built 13 articles and 1 template: 96 files in public \
             (3 written, 1 removed, 92 unchanged) in 0.05 s, with 1 warning"
        );
    }
}
