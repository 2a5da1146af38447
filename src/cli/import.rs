//! `postrej-site import`: a site of another generator as a site of this one.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::civil::Date;

use super::progress::Progress;
use super::{count, report};
use crate::diagnostic::{Diagnostic, Severity, has_errors};
use crate::disk::files::Wanted;
use crate::disk::{self, Failure};
use crate::import::report::{Counts, Kind, Note, code, counts, markdown};
use crate::import::{self, Imported};
use crate::outputs::cards::Known;
use crate::site::File;
use crate::source::{Source, by_path};
use crate::{Input, Options, build, config};

/// What was done, beside the new content.
const REPORT: &str = "import-report.md";

/// Make a site from one of Jekyll, Hugo, Zola or Docusaurus
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What the site was written for
    #[arg(long, value_enum, value_name = "SYSTEM")]
    from: From,

    /// The folder with its settings
    #[arg(value_name = "PATH")]
    path: PathBuf,

    /// The day of articles that name none [default: the day it is, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::date)]
    date: Option<Date>,

    /// Show problems only
    #[arg(long, short)]
    quiet: bool,
}

/// The generators that can be read.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum From {
    Jekyll,
    Hugo,
    Zola,
    Docusaurus,
}

/// Reads the foreign site, rewrites it in memory, builds it there, and writes content and report.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let system = match arguments.from {
        From::Jekyll => import::System::Jekyll,
        From::Hugo => import::System::Hugo,
        From::Zola => import::System::Zola,
        From::Docusaurus => import::System::Docusaurus,
    };
    let day = arguments.date.unwrap_or_else(super::today);
    let progress = Progress::start(arguments.quiet);
    progress.stage("Reading the site");
    let tree = disk::foreign::tree(&arguments.path)?;
    progress.stage("Rewriting the pages");
    let mut imported = import::import(&tree.files, system, day);
    imported.notes.extend(tree.links.iter().map(|path| note_of_link(path)));
    if imported.pages == 0 {
        let message = format!("`{}` holds no page of {}", arguments.path.display(), system.name());
        return Err(Failure::new(message, hint(&imported, &tree.links)));
    }
    progress.stage("Building the new site");
    let (input, found) = built(&imported, day);
    let counts = counts(&imported.notes, imported.pages, imported.assets);
    let problems = problems(&input, &found);
    let text = markdown(system.name(), &counts, &imported.notes, &imported.became, &problems);
    let files = imported.files.into_iter().map(|file| (file.path, file.bytes.to_vec()));
    let files: Vec<Wanted> = files.chain([(REPORT.to_owned(), text.into_bytes())]).collect();
    progress.stage("Writing the files");
    let added = disk::files::add_new(root, &files);
    drop(progress);
    added?;
    if !arguments.quiet {
        report::say(&closing_line(system.name(), &counts, &found));
    }
    Ok(ExitCode::from(u8::from(has_errors(&found))))
}

fn note_of_link(path: &str) -> Note {
    let done = "is a symbolic link, which is not followed: copy what it leads to into its place";
    Note {
        file: path.to_owned(),
        line: 0,
        kind: Kind::Left,
        what: String::new(),
        done: done.into(),
    }
}

/// What may be the reason that there is nothing.
fn hint(imported: &Imported, links: &[String]) -> String {
    let outside = imported.notes.iter().find(|note| note.done.starts_with("lies outside"));
    if let Some(Note { file, what, done, .. }) = outside {
        return format!("`{what}`, which `{file}` names, {done}");
    }
    match links {
        [] => "name the folder that holds the settings of the site".to_owned(),
        links => format!("its symbolic links are not followed: `{}`", links.join("`, `")),
    }
}

/// Builds the new site in memory and says what is wrong with it.
fn built(imported: &Imported, today: Date) -> (Input, Vec<Diagnostic>) {
    let text = |file: &File| Source::new(&file.path, String::from_utf8_lossy(&file.bytes));
    let copy = |file: &File| File { path: file.path.clone(), bytes: file.bytes.clone() };
    let is_article =
        |file: &&File| Path::new(&file.path).extension().is_some_and(|end| end == "md");
    let own = imported.files.iter().filter(|file| file.path != config::PATH);
    let (articles, others): (Vec<&File>, Vec<&File>) = own.partition(is_article);
    let config_source = imported.files.iter().find(|file| file.path == config::PATH).map(text);
    let config_source = config_source.unwrap_or_else(|| Source::new(config::PATH, ""));
    let (config, diagnostics) = config::parse(&config_source);
    let input = Input {
        config,
        config_source,
        articles: articles.into_iter().map(text).collect(),
        files: others.into_iter().map(copy).collect(),
        theme: Vec::new(),
        cards: Known::new(),
        listings: BTreeMap::new(),
        diagnostics,
    };
    let options = Options { base_url: None, cards: false, offline: true, drafts: false, today };
    let found = build(&input, &options).diagnostics;
    (input, found)
}

/// The diagnostics as lines of the report; one that many lines share stands once.
fn problems(input: &Input, found: &[Diagnostic]) -> Vec<String> {
    let sources = by_path(input.texts());
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for one in found {
        let source = sources.get(one.place.file.as_str());
        let span = one.place.span.as_ref();
        let line = source.zip(span).map(|(source, span)| source.position(span.start).line);
        let place =
            line.map_or(one.place.file.clone(), |line| format!("{}:{line}", one.place.file));
        let message = format!("{}: {}", one.severity.name(), one.message);
        if let Some(at) = known.get(&message) {
            lines[*at].1.push(place);
        } else {
            known.insert(message.clone(), lines.len());
            lines.push((message, vec![place]));
        }
    }
    let lines = lines.into_iter();
    lines
        .map(|(message, places)| {
            let places: Vec<String> = places.iter().map(|place| code(place)).collect();
            format!("{message} ({})", places.join(", "))
        })
        .collect()
}

fn closing_line(system: &str, counts: &Counts, found: &[Diagnostic]) -> String {
    let number = |severity| found.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings) = (number(Severity::Error), number(Severity::Warning));
    let build = match (errors, warnings) {
        (0, 0) => "It builds.".to_owned(),
        (0, warnings) => format!("It builds, with {}.", count(warnings, "warning")),
        (errors, _) => format!("It does not build yet: {}.", count(errors, "error")),
    };
    format!(
        "Imported {} and {} from {system}: {} mapped, {} kept as words, {} left out, {} filled in. \
         {build} What was done is in {REPORT}",
        count(counts.pages, "page"),
        count(counts.assets, "other file"),
        counts.mapped,
        counts.kept,
        counts.left,
        counts.filled,
    )
}
