//! `postrej-site explain`: what a kind of mistake means, and what to do.

use std::process::ExitCode;

use super::doctor::wrapped;
use super::report;
use crate::disk::Failure;
use crate::explain::{self, CHAPTERS, Explanation};
use crate::schema::near;

/// Say what the code of a report means, and what to do
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What stands between the brackets of a report, such as `unknown-related`; all where left out
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Prints one explanation, or the list of all codes.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Some(typed) = &arguments.code else {
        report::print_out(&list());
        return Ok(ExitCode::SUCCESS);
    };
    // a whole report may have been copied: `error[unknown-related]: ...`
    let code = typed.split(['[', ']']).nth(1).unwrap_or(typed);
    let found = explain::find(code).ok_or_else(|| unknown(code))?;
    report::print_out(&text(found));
    Ok(ExitCode::SUCCESS)
}

fn text(one: &Explanation) -> String {
    let mend = format!("What to do: {}", one.mend);
    format!("{}\n\n{}\n\n{}\n", one.code, wrapped(one.means), wrapped(&mend))
}

fn list() -> String {
    let chapters = CHAPTERS.iter().map(|chapter| {
        let codes: Vec<String> =
            chapter.entries.iter().map(|one| format!("  {}\n", one.code)).collect();
        format!("{}:\n{}", chapter.title, codes.concat())
    });
    chapters.collect::<Vec<_>>().join("\n")
}

fn unknown(code: &str) -> Failure {
    let hint = near::suggestion(code, explain::all().map(|one| one.code));
    let hint = hint.unwrap_or_else(|| "see the list: `postrej-site explain`".to_owned());
    Failure::new(format!("no report has the code `{code}`"), hint)
}
