//! `postrej-site schema`: what may stand in a head, for text editors.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser};

use super::{count, report};
use crate::blocks::fields::HEADS;
use crate::config::Config;
use crate::disk::{self, Failure, files};
use crate::editor::{self, Vocabulary};
use crate::highlight::Known;
use crate::source::Source;
use crate::{article, config};

/// Print a JSON Schema for text editors, with the words of this site filled in
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Whose fields
    #[arg(value_name = "HEAD", value_parser = heads(), required_unless_present = "write")]
    head: Option<String>,

    /// Write the schemas of all heads into this folder, over older ones
    #[arg(long, value_name = "DIR", conflicts_with = "head")]
    write: Option<PathBuf>,
}

/// Prints one schema, or writes all.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let schemas = editor::schemas(&vocabulary(root)?);
    let Some(folder) = &arguments.write else {
        let own = |(name, _): &&(&str, String)| Some(*name) == arguments.head.as_deref();
        report::print_out(schemas.iter().find(own).map_or("", |(_, text)| text));
        return Ok(ExitCode::SUCCESS);
    };
    let files: Vec<_> = schemas.into_iter().map(file).collect();
    let folder = root.join(folder);
    let changed = files::renew(&folder, &files)?;
    let all = count(files.len(), "schema");
    report::say(&format!("{all} in `{}`: {changed} written", report::path(&folder)));
    Ok(ExitCode::SUCCESS)
}

/// A schema as a file of the folder of schemas.
pub fn file((name, text): (&'static str, String)) -> files::Wanted {
    (format!("{name}.schema.json"), text.into_bytes())
}

/// The words of the site in this folder; none where there is no site. A mistake in an article is
/// for `build` to tell: here, the words are what could be read.
pub fn vocabulary(root: &Path) -> Result<Vocabulary, Failure> {
    if !root.join(config::PATH).is_file() {
        return Ok(Vocabulary::default());
    }
    let input = disk::read(root)?;
    Ok(words(&input.config, &input.articles, &input.listings))
}

/// The words of a site in memory.
pub fn words(config: &Config, articles: &[Source], listings: &Known) -> Vocabulary {
    let parse = |source| article::parse(source, config, listings).0;
    let articles: Vec<_> = articles.iter().filter_map(parse).collect();
    Vocabulary::of(config, &articles)
}

fn heads() -> PossibleValuesParser {
    PossibleValuesParser::new(HEADS.iter().map(|(name, table)| {
        PossibleValue::new(*name).help(format!("The fields of {}", table.what))
    }))
}
