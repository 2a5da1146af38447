//! The command line: what may be typed, and the way from there to the stages and back to words.
//!
//! Standard output carries what was asked for and what another program reads (`--format json`,
//! `github` and `sarif`); everything else for people is on standard error.

mod build;
mod changes;
mod check;
mod doctor;
mod explain;
mod fix;
mod import;
mod init;
mod manual;
mod new;
mod progress;
mod reference;
pub mod report;
mod sample;
mod sarif;
mod schema;
mod serve;
mod theme;
mod timings;
mod workshop;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use self::progress::Progress;
use self::report::Format;
use crate::disk::{self, Failure};
use crate::{Input, Options, config};

const EXAMPLES: &str = "\
Examples:
  postrej-site init my-site
          Lay out a site to start from, in a new folder
  postrej-site new reply/thank-a-referrer
          Begin an article in the folder of a section
  postrej-site build
          Build the site of this folder into the folder `public`
  postrej-site serve
          Look at the site, drafts included, and at every change as soon as it is saved
  postrej-site serve --host
          Show it to a phone in the same network, too
  postrej-site --root handbook build --base-url https://me.github.io/handbook/
          Build the site of another folder for another address
  postrej-site check
          Look for mistakes and for what an editor would mend, and write nothing
  postrej-site check --fix
          Show how to mend what has one right answer, and do it if you say so
  postrej-site check --external
          Ask other sites, too, whether what is linked there is still there
  postrej-site check --format github
          Show problems beside the changed lines of a pull request
  postrej-site explain unknown-related
          Say what the code of a report means, and what to do
  postrej-site doctor
          See what waits for its maintainer, as one text

Exit status:
  0  all is well; after `build`, there may be warnings
  1  the content has errors or, after `check`, warnings; no site was written
  2  the command, the folder or the disk is in the way";

/// Turn a folder of Markdown into a site with messages to copy
#[derive(Debug, Parser)]
#[command(name = "postrej-site", version, after_help = EXAMPLES, max_term_width = 100)]
struct Command {
    /// The folder that holds `content`
    #[arg(long, global = true, value_name = "DIR", default_value = ".", display_order = 90)]
    root: PathBuf,

    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Build(build::Arguments),
    Check(check::Arguments),
    Doctor(doctor::Arguments),
    Explain(explain::Arguments),
    Serve(serve::Arguments),
    Init(init::Arguments),
    Import(import::Arguments),
    New(new::Arguments),
    Schema(schema::Arguments),
    Theme(theme::Arguments),
    Completions(manual::Completions),
    #[command(name = "man")]
    Manual(manual::Manual),
}

/// What the site shall be, whichever way it leaves the program.
#[derive(Debug, Clone, clap::Args)]
struct SiteArguments {
    /// Where the site will live, instead of the `base_url` in content/site.yaml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,

    /// Include articles marked `draft: true`
    #[arg(long)]
    drafts: bool,

    /// Build as if it were this day [default: the day it is, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    today: Option<Date>,
}

/// How the program tells what it found.
#[derive(Debug, clap::Args)]
struct ReportArguments {
    /// How problems are shown
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    /// Show problems only
    #[arg(long, short)]
    quiet: bool,
}

/// Does what the command line says.
pub fn run() -> ExitCode {
    let Command { root, task } = Command::parse();
    let status = match task {
        Task::Build(arguments) => build::run(&root, &arguments),
        Task::Check(arguments) => check::run(&root, &arguments),
        Task::Doctor(arguments) => doctor::run(&root, &arguments),
        Task::Explain(arguments) => explain::run(&arguments),
        Task::Serve(arguments) => serve::run(&root, &arguments),
        Task::Init(arguments) => init::run(&root, &arguments),
        Task::Import(arguments) => import::run(&root, &arguments),
        Task::New(arguments) => new::run(&root, &arguments),
        Task::Schema(arguments) => schema::run(&root, &arguments),
        Task::Theme(arguments) => theme::run(&root, &arguments),
        Task::Completions(arguments) => Ok(manual::completions(&arguments)),
        Task::Manual(arguments) => manual::manual(&arguments),
    };
    status.unwrap_or_else(|failure| {
        report::failure(&failure);
        ExitCode::from(2)
    })
}

impl From<&SiteArguments> for Options {
    fn from(arguments: &SiteArguments) -> Self {
        Self {
            base_url: arguments.base_url.clone(),
            cards: false,
            offline: true,
            drafts: arguments.drafts,
            today: arguments.today.unwrap_or_else(today),
        }
    }
}

/// The day it is, in UTC.
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// Reads the folder and makes the site in memory.
fn make<T>(
    root: &Path,
    options: &Options,
    format: Format,
    progress: &Progress,
    make: impl FnOnce(&Input, &Options) -> T,
) -> Result<(Input, T), Failure> {
    let input = read(root, format, progress)?;
    progress.stage("Building the pages");
    let value = make(&input, options);
    Ok((input, value))
}

fn read(root: &Path, format: Format, progress: &Progress) -> Result<Input, Failure> {
    progress.stage("Reading the content");
    disk::read(root).inspect_err(|_| report::nothing(root, format))
}

fn base_url(typed: &str) -> Result<String, &'static str> {
    config::normal_base_url(typed).ok_or(
        "write the whole address, without spaces, `?` or `#`, as in https://example.org/rejection/",
    )
}

fn date(typed: &str) -> Result<Date, &'static str> {
    // The parser also knows shorter and longer forms; one day is written in one way here.
    let date = typed.parse().ok().filter(|_| typed.len() == "YYYY-MM-DD".len());
    date.ok_or("write a day of the calendar as YYYY-MM-DD, as in 2026-03-02")
}

/// `1 article`, `2 articles`.
fn count(number: usize, noun: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{end}")
}
