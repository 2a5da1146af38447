//! `postrej-site init`: a site to start from.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{count, report, schema};
use crate::disk::Failure;
use crate::disk::files::{self, Survey, Wanted};
use crate::editor::{self, Vocabulary};
use crate::source::Source;
use crate::starter::{AROUND, CONTENT, SCHEMAS};
use crate::{config, highlight};

/// Lay out a site to start from: articles, settings, the workflow that publishes them
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the site; made if it is not there
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// Adds what is not there, and touches nothing that is.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = root.join(&arguments.folder);
    let own = files::names(&folder.join("content"))?;
    let has_site = own.iter().any(|path| path == "site.yaml");
    if !own.is_empty() && !has_site {
        let message =
            format!("`{}` holds files, and no site.yaml", report::path(&folder.join("content")));
        let hint = "name an empty folder, and copy your files into a section of the new site";
        return Err(Failure::new(message, hint));
    }
    // articles of a site that is there are the author's: none is added to them
    let (content, site) =
        if has_site { (&[][..], schema::vocabulary(&folder)?) } else { (CONTENT, starter_words()) };
    let texts = content.iter().chain(AROUND);
    let mut wanted: Vec<Wanted> =
        texts.map(|(path, text)| ((*path).to_owned(), (*text).into())).collect();
    wanted.extend(editor::schemas(&site).into_iter().map(|named| {
        let (name, bytes) = schema::file(named);
        (format!("{SCHEMAS}/{name}"), bytes)
    }));

    let survey = files::survey(&folder, &wanted)?;
    tell_what_stays(&folder, has_site, &survey);
    files::add(&folder, wanted.iter().filter(|(path, _)| survey.free.contains(path)))?;
    report::say(&closing_line(&folder, &survey));
    Ok(ExitCode::SUCCESS)
}

/// Every file that is there and is another, before anything is written.
fn tell_what_stays(folder: &Path, has_site: bool, survey: &Survey) {
    if survey.taken.is_empty() && !has_site {
        return;
    }
    let shown = |path: &str| report::path(&folder.join(path));
    let content = has_site.then(|| format!("  {} (the site's own articles)", shown("content")));
    let taken = survey.taken.iter().map(|path| format!("  {}", shown(path)));
    let lines: Vec<_> = content.into_iter().chain(taken).collect();
    report::say(&format!("There already, and left as it is:\n{}", lines.join("\n")));
}

fn closing_line(folder: &Path, survey: &Survey) -> String {
    let number = survey.free.len();
    if number == 0 {
        return "Nothing was missing, and nothing was written.".to_owned();
    }
    let name = report::path(folder);
    let (place, option) = match name.as_str() {
        "" => ("this folder".to_owned(), String::new()),
        name if name.contains(char::is_whitespace) => {
            (format!("`{name}`"), format!("--root \"{name}\" "))
        }
        name => (format!("`{name}`"), format!("--root {name} ")),
    };
    let readme = survey.free.iter().find(|path| *path == "README.md");
    let readme = readme.map(|path| report::path(&folder.join(path)));
    let readme = readme.map_or_else(String::new, |path| format!(" `{path}` says how to go on."));
    format!(
        "{} written to {place}.\nLook at the site with `postrej-site {option}serve`.{readme}",
        count(number, "file"),
    )
}

/// The words of the starter's own articles.
fn starter_words() -> Vocabulary {
    let sources = CONTENT.iter().map(|(path, text)| Source::new(*path, *text));
    let (config, articles): (Vec<_>, Vec<_>) =
        sources.partition(|source| source.path == config::PATH);
    let config = config.first().map(|source| config::parse(source).0).unwrap_or_default();
    schema::words(&config, &articles, &highlight::Known::default())
}
