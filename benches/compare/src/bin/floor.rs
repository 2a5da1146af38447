//! The floor: reads every article, renders its Markdown, puts it into a page that is always the same
//! and writes a folder for it, on all processors. No site generator on pulldown-cmark can do less; it
//! knows nothing of links, tags, lists, feeds or mistakes.
//!
//! `floor FROM TO`

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <title>A measured site</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n\
    <header><a href=\"/\">A measured site</a></header>\n<main>\n";
const FOOT: &str =
    "</main>\n<footer><a href=\"/\">A measured site</a></footer>\n</body>\n</html>\n";

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: floor FROM TO");
        return ExitCode::from(2);
    };
    match run(&from, &to) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(from: &Path, to: &Path) -> io::Result<()> {
    let mut sections = Vec::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(to.join(entry.file_name()))?;
            sections.push(entry.path());
        }
    }
    let listed: Vec<Vec<PathBuf>> =
        sections.par_iter().map(|one| list(one)).collect::<Result<_, _>>()?;
    listed.into_par_iter().flatten().try_for_each(|file| page(&file, to))
}

fn list(section: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(section)?.map(|entry| Ok(entry?.path())).collect()
}

fn page(file: &Path, to: &Path) -> io::Result<()> {
    let text = fs::read_to_string(file)?;
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let body = body.map_or(text.as_str(), |(_, body)| body);
    let mut page = String::with_capacity(text.len() * 2);
    page.push_str(HEAD);
    html::push_html(&mut page, Parser::new_ext(body, Options::all()));
    page.push_str(FOOT);

    let section = file.parent().and_then(Path::file_name).unwrap_or(OsStr::new(""));
    let name = file.file_stem().unwrap_or(OsStr::new(""));
    let folder = to.join(section).join(name);
    fs::create_dir(&folder).or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Ok(()),
        _ => Err(error),
    })?;
    fs::write(folder.join("index.html"), page)
}
