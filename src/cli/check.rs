//! `postrej-site check`: what is wrong, and what an editor would mend. Only `--fix` writes anything.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use super::fix::{self, Answer};
use super::progress::Progress;
use super::report::{self, Format};
use super::{ReportArguments, SiteArguments, count, make};
use crate::away::{self, Answer as Verdict, Away};
use crate::diagnostic::{Severity, tidy};
use crate::disk::{self, Failure};
use crate::fetch::{self, Manners};
use crate::mend::{keep_sure, mend};
use crate::{Built, Input, Options, check, check_away};

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

    /// Ask other sites, too, whether what is linked there is still there
    #[arg(long)]
    external: bool,

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
    let fails = built.diagnostics.iter().any(|one| one.severity != Severity::Note);
    Ok(ExitCode::from(u8::from(fails)))
}

fn look(root: &Path, arguments: &Arguments) -> Result<(Input, Built), Failure> {
    let &ReportArguments { format, quiet } = &arguments.report;
    let options = Options { cards: true, ..Options::from(&arguments.site) };
    let progress = Progress::start(quiet);
    let check = if arguments.external { check_away } else { check };
    let made = make(root, &options, format, &progress, check);
    let (input, mut built) = made?;
    if arguments.external {
        progress.stage("Asking other sites");
        let base_url = options.base_url.as_deref().unwrap_or(&input.config.base_url);
        let answers = answers(root, &built.away, base_url, options.today);
        built.diagnostics.extend(away::report(&built.away, &answers));
        keep_sure(&mut built.diagnostics, input.texts());
        tidy(&mut built.diagnostics);
    }
    Ok((input, built))
}

/// What other sites say, or said in the last days.
fn answers(root: &Path, away: &[Away], base_url: &str, today: Date) -> BTreeMap<String, Verdict> {
    let mut answers = disk::answers::read(root, today);
    let unknown = away.iter().map(|one| &one.url).filter(|url| !answers.contains_key(*url));
    let unknown: Vec<String> = unknown.cloned().collect();
    let new = fetch::ask(&unknown, &Manners::of(base_url));
    if let Err(Failure { message, .. }) = disk::answers::keep(root, &new, today) {
        report::say(&format!("{message}, so the next check asks for all of it again"));
    }
    answers.extend(new);
    answers
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
