//! `postrej-site theme`: what a theme is made of, and copies of its parts to change.

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;

use super::{count, report, sample};
use crate::disk::files::{self, Wanted};
use crate::disk::{self, Failure};
use crate::mend::Mended;
use crate::theme::eject::{self, Ejection};
use crate::theme::manual;
use crate::{Input, config};

/// See what a theme is made of, and copy a part of it to change it
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// List the components of the site's theme
    List,
    /// Copy a component, a template or a style into the site's own theme, to change it there
    Eject {
        /// A component (`message`), a template (`article.html`) or a path in the theme
        #[arg(value_name = "COMPONENT")]
        name: String,
    },
    /// Print the template API as Markdown: every value that templates see
    Docs,
}

/// Does what the command line says.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    match &arguments.task {
        Task::Docs => report::print_out(&manual::markdown(&sample::examples())),
        Task::List => list(&disk::read(root)?),
        Task::Eject { name } => eject(root, name)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn list(input: &Input) {
    let components = eject::list(&input.theme, &input.config);
    let width = components.iter().map(|one| one.name.len()).max().unwrap_or_default();
    let lines = components.iter().map(|one| {
        let own = if one.own { "(changed here) " } else { "" };
        format!("{:width$}  {own}{}", one.name, one.sentence).trim_end().to_owned() + "\n"
    });
    report::print_out(&lines.collect::<String>());
}

/// Writes the copies, a `theme.yaml` where there is none, and the line of site.yaml where nothing
/// stands in its place.
fn eject(root: &Path, name: &str) -> Result<(), Failure> {
    let input = disk::read(root)?;
    let ejection = eject::eject(name, &input.theme, &input.config).map_err(|near| Failure {
        message: format!("the theme has no part `{name}`"),
        hint: Some(near.unwrap_or_else(|| "see `postrej-site theme list`".to_owned())),
    })?;
    let Ejection { files: copies, manifest, line } = ejection;
    let survey = files::survey(root, &copies)?;
    if let Some(there) = survey.taken.iter().chain(&survey.same).next() {
        let message = format!("`{there}` is there already, and nothing was written");
        return Err(Failure::new(message, "move it away first, or change it as it is"));
    }
    let has_manifest = root.join(&manifest.0).is_file();
    let manifest = (!has_manifest).then_some(manifest);
    let wanted: Vec<Wanted> = manifest.into_iter().chain(copies).collect();
    files::add(root, &wanted)?;
    let names: Vec<&str> = wanted.iter().map(|(path, _)| path.as_str()).collect();
    report::say(&format!("{} written:\n  {}", count(names.len(), "file"), names.join("\n  ")));
    if names.len() > 2 {
        report::say("Delete those that you do not change: they then come from the theme below.");
    }
    if let Some((line, now)) = line {
        point(root, &input, &line, now.as_deref())?;
    }
    Ok(())
}

/// Sees to it that site.yaml names the theme: a line of the author is never rewritten.
fn point(root: &Path, input: &Input, line: &str, now: Option<&str>) -> Result<(), Failure> {
    let place = config::PATH;
    if let Some(now) = now {
        report::say(&format!("To use them, write `{line}` in {place} instead of `{now}`."));
        return Ok(());
    }
    // what was read as well as could be is not what stands there
    let is_text = !input.diagnostics.iter().any(|one| one.code == "not-utf8");
    let text = is_text.then(|| eject::with_line(&input.config_source.text, line)).flatten();
    let Some(text) = text else {
        report::say(&format!("To use them, add `{line}` to {place}."));
        return Ok(());
    };
    disk::rewrite(root, &[Mended { source: &input.config_source, text, edits: 1 }])?;
    report::say(&format!("The line `{line}` was added to {place}."));
    Ok(())
}
