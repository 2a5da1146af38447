//! `postrej-site check`: what is wrong, and what an editor would mend. Only `--fix` writes anything.

use std::path::Path;
use std::process::ExitCode;

use super::fix::{self, Answer};
use super::progress::Progress;
use super::report::{self, Format};
use super::{ReportArguments, SiteArguments, count, make};
use crate::disk::Failure;
use crate::mend::mend;
use crate::{Built, Input, Options, check};

/// What is mended brings to light what was hidden, in the next round. More rounds than these would be
/// changes that undo each other.
const ROUNDS: usize = 8;

/// Look for mistakes and for what an editor would mend
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Show how to mend what has one right answer, and do it if you say so
    #[arg(long)]
    fix: bool,

    /// With --fix, do not ask
    #[arg(long, requires = "fix")]
    yes: bool,

    #[command(flatten)]
    site: SiteArguments,

    #[command(flatten)]
    report: ReportArguments,
}

/// Reads, builds in memory, mends if asked to, and reports; a warning is a reason to fail, too.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let &ReportArguments { format, quiet } = &arguments.report;
    let (mut input, mut built) = look(root, arguments)?;
    for _ in 0..if arguments.fix { ROUNDS } else { 0 } {
        let files = mend(&built.diagnostics, input.texts());
        if files.is_empty() {
            break;
        }
        let answer = fix::offer(root, &files, arguments.yes)?;
        if answer != Answer::Made {
            return Ok(unmended(root, &input, &built, format, answer));
        }
        if !quiet {
            report::say(&format!("Made {}.", fix::these(&files)));
        }
        (input, built) = look(root, arguments)?;
    }
    report::diagnostics(root, &input, &built.diagnostics, format);
    if !quiet {
        report::say(&closing_line(&built));
    }
    Ok(ExitCode::from(u8::from(!built.diagnostics.is_empty())))
}

fn look(root: &Path, arguments: &Arguments) -> Result<(Input, Built), Failure> {
    let &ReportArguments { format, quiet } = &arguments.report;
    let options = Options { cards: true, ..Options::from(&arguments.site) };
    let progress = Progress::start(quiet);
    make(root, &options, format, &progress, |input, options| check(input, options))
}

/// What is left to say where the changes were shown and not made.
fn unmended(root: &Path, input: &Input, built: &Built, format: Format, answer: Answer) -> ExitCode {
    if format != Format::Human {
        report::diagnostics(root, input, &built.diagnostics, format);
    }
    report::say(match answer {
        Answer::NobodyThere => {
            "Nothing was written: to make these changes, add `--yes`, or run it in a terminal."
        }
        Answer::Refused | Answer::Made => "Nothing was written.",
    });
    ExitCode::from(1)
}

fn closing_line(built: &Built) -> String {
    let articles = count(built.counts.articles, "article");
    let templates = count(built.counts.templates, "template");
    let sum = match built.diagnostics.as_slice() {
        [] => "nothing to mend.".to_owned(),
        found => report::sum(found),
    };
    format!("{articles}, {templates}: {sum}")
}
