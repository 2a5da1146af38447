//! `postrej-site check`: what is wrong, and what an editor would mend, without writing anything.

use std::path::Path;
use std::process::ExitCode;

use super::progress::Progress;
use super::{ReportArguments, SiteArguments, count, make, report};
use crate::disk::Failure;
use crate::{Built, Options, check};

/// Look for mistakes and for what an editor would mend, and write nothing
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    site: SiteArguments,

    #[command(flatten)]
    report: ReportArguments,
}

/// Reads, builds in memory, and reports; a warning is a reason to fail, too.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let &ReportArguments { format, quiet } = &arguments.report;
    let options = Options { cards: true, ..Options::from(&arguments.site) };
    let progress = Progress::start(quiet);
    let (input, built) =
        make(root, &options, format, &progress, |input, options| check(input, options))?;
    drop(progress);
    report::diagnostics(root, &input, &built.diagnostics, format);
    if !quiet {
        report::say(&closing_line(&built));
    }
    Ok(ExitCode::from(u8::from(!built.diagnostics.is_empty())))
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
