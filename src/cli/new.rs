//! `postrej-site new`: the file of a new article.

use std::io::{self, BufRead};
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use super::{date, report, schema, today};
use crate::config;
use crate::disk::{Failure, files};
use crate::editor::Vocabulary;
use crate::schema::near;
use crate::skeleton::{self, Beginning};
use crate::slug::slug;
use crate::{Input, disk};

/// Begin an article: a draft in which every field is explained
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of a section and a name, such as `reply/thank-a-referrer`
    #[arg(value_name = "SECTION/NAME")]
    place: Option<String>,

    /// The title
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,

    /// One sentence for lists and search
    #[arg(long, value_name = "SENTENCE")]
    description: Option<String>,

    /// The day of publication [default: the day it is, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    date: Option<Date>,
}

/// What has been said of the article, on the command line or in answer to a question.
#[derive(Default)]
struct Wanted {
    section: Option<String>,
    name: Option<String>,
    title: Option<String>,
    description: Option<String>,
}

/// Whether an answer will do.
type Check<'a> = &'a dyn Fn(&str) -> Result<(), Failure>;

/// Makes the file, after asking for what was not said where somebody can answer.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let input = disk::read(root)?;
    let site = schema::words(&input.config, &input.articles, &input.listings);
    let mut wanted = place(arguments.place.as_deref())?;
    // a site without sections is told so before anything is asked
    if let Some(section) = wanted.section.as_ref().or(site.sections.first()) {
        check_section(section, wanted.name.as_deref(), &site)?;
    } else {
        check_section("reply", None, &site)?;
    }
    if let Some(name) = &wanted.name {
        check_name(name, wanted.section.as_deref(), &input)?;
    }
    let said = |words: &Option<String>| words.clone().filter(|words| !words.trim().is_empty());
    wanted.title = said(&arguments.title);
    wanted.description = said(&arguments.description);
    if report::is_somebody_there() {
        wanted = ask(&mut io::stdin().lock(), wanted, &site, &input)?;
    }
    let Wanted {
        section: Some(section),
        name: Some(name),
        title: Some(title),
        description: Some(description),
    } = wanted
    else {
        return Err(missing(&wanted, &site));
    };
    let date = arguments.date.unwrap_or_else(today);
    let text = skeleton::article(&Beginning { title, description, date }, &site);
    let path = format!("content/{section}/{name}.md");
    files::add(root, [&(path.clone(), text.into_bytes())])?;
    let shown = report::path(&root.join(&path));
    report::say(&format!(
        "{shown} is begun, as a draft.\n\
         Look at it with `postrej-site serve`, and take out `draft: true` to publish it."
    ));
    Ok(ExitCode::SUCCESS)
}

/// Section and name from what was typed, be it the path of the file.
fn place(typed: Option<&str>) -> Result<Wanted, Failure> {
    let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else {
        return Ok(Wanted::default());
    };
    let inside = typed.trim_matches('/');
    let inside = inside.strip_prefix("content/").unwrap_or(inside);
    let inside = inside.strip_suffix(".md").unwrap_or(inside);
    match inside.split('/').collect::<Vec<_>>().as_slice() {
        [name] => Ok(Wanted { name: Some((*name).to_owned()), ..Wanted::default() }),
        [section, name] => {
            let (section, name) = (Some((*section).to_owned()), Some((*name).to_owned()));
            Ok(Wanted { section, name, ..Wanted::default() })
        }
        [section, .., name] => {
            let message = "an article stands in the folder of its section, not deeper";
            Err(Failure::new(message, format!("write `{section}/{name}`")))
        }
        [] => Ok(Wanted::default()),
    }
}

fn check_section(section: &str, name: Option<&str>, site: &Vocabulary) -> Result<(), Failure> {
    if site.sections.iter().any(|known| known == section) {
        return Ok(());
    }
    if site.sections.is_empty() {
        let message = format!("`{}` names no section", config::PATH);
        let hint = format!("write there: `sections: [{}]`", slug(section));
        return Err(Failure::new(message, hint));
    }
    let names = site.sections.iter().map(String::as_str);
    let meant = near::nearest(section, names).map(|near| {
        let rest = name.map_or_else(String::new, |name| format!("/{}", slug(name)));
        format!("did you mean `{near}{rest}`?")
    });
    let hint = meant.unwrap_or_else(|| {
        let all = site.sections.join(", ");
        format!("the sections are {all}; a new one is added to `sections` in {}", config::PATH)
    });
    Err(Failure::new(format!("there is no section `{section}`"), hint))
}

fn check_name(name: &str, section: Option<&str>, input: &Input) -> Result<(), Failure> {
    let fit = slug(name);
    if fit != name || fit.is_empty() {
        let message = format!("`{name}` cannot be part of an address as it is");
        let path = section.map_or(fit.clone(), |section| format!("{section}/{fit}"));
        return Err(match fit.as_str() {
            "" => Failure::new(message, "name it with small letters, digits and hyphens"),
            _ => Failure::new(message, format!("write `{path}`")),
        });
    }
    if name == "index" {
        let message = "`index.md` is the page of the section itself";
        return Err(Failure::new(message, "give the article another name"));
    }
    let taken = input.articles.iter().find(|source| {
        let inside = source.path.strip_prefix("content/").unwrap_or(&source.path);
        let folder_and_file = inside.strip_suffix(".md").and_then(|stem| stem.rsplit_once('/'));
        folder_and_file.is_some_and(|(folder, own)| own == name && folder != "start")
    });
    taken.map_or(Ok(()), |source| {
        let message = format!("there is an article `{name}` already: {}", source.path);
        Err(Failure::new(message, "give this one another name; no two articles may share one"))
    })
}

/// Asks for what was not said, and again where an answer does not fit.
fn ask(
    reader: &mut dyn BufRead,
    wanted: Wanted,
    site: &Vocabulary,
    input: &Input,
) -> Result<Wanted, Failure> {
    let Wanted { section, name, title, description } = wanted;
    let any = |answer: &str| match answer {
        "" => Err(Failure { message: "it cannot be left empty".to_owned(), hint: None }),
        _ => Ok(()),
    };
    let mut answer = |text: &str, offered: Option<&str>, check: Check<'_>| {
        question(reader, text, offered, check)
    };
    let offered = name.as_deref().map(words);
    let title = title.map_or_else(|| answer("Title", offered.as_deref(), &any), Ok)?;
    let sections = format!("Section ({})", site.sections.join(", "));
    let known = |answer: &str| check_section(answer, None, site);
    let section = section.map_or_else(|| answer(&sections, None, &known), Ok)?;
    let offered = slug(&title);
    let free = |answer: &str| check_name(answer, None, input);
    let name =
        name.map_or_else(|| answer("Name in its address", Some(offered.as_str()), &free), Ok)?;
    let description =
        description.map_or_else(|| answer("Description, one sentence", None, &any), Ok)?;
    let (section, name) = (Some(section), Some(name));
    Ok(Wanted { section, name, title: Some(title), description: Some(description) })
}

/// One question, until an answer fits; an empty one takes what is offered.
fn question(
    reader: &mut dyn BufRead,
    text: &str,
    offered: Option<&str>,
    check: Check<'_>,
) -> Result<String, Failure> {
    let offered = offered.filter(|offered| !offered.is_empty());
    let shown = offered.map_or_else(String::new, |offered| format!(" [{offered}]"));
    loop {
        report::ask(&format!("{text}{shown}: "));
        let mut line = String::new();
        let read = reader.read_line(&mut line).map_err(|error| Failure {
            message: format!("cannot read the answer: {error}"),
            hint: None,
        })?;
        if read == 0 {
            report::say("");
            return Err(Failure::new("the questions were not answered", "nothing was written"));
        }
        let answer = match line.trim() {
            "" => offered.unwrap_or_default(),
            answer => answer,
        };
        match check(answer) {
            Ok(()) => return Ok(answer.to_owned()),
            Err(failure) => report::failure(&failure),
        }
    }
}

/// What has to be passed where nobody can be asked.
fn missing(wanted: &Wanted, site: &Vocabulary) -> Failure {
    let first = site.sections.first().map_or("reply", String::as_str);
    let section = wanted.section.as_deref().unwrap_or(first);
    let name = wanted.name.as_deref().unwrap_or("thank-a-referrer");
    let mut needs = Vec::new();
    if wanted.section.is_none() {
        let both = wanted.name.is_none();
        needs.push(if both { "a section and a name" } else { "a section" });
    }
    if wanted.title.is_none() {
        needs.push("a title");
    }
    if wanted.description.is_none() {
        needs.push("a description");
    }
    let needs = match needs.as_slice() {
        [first, second, third] => format!("{first}, {second} and {third}"),
        needs => needs.join(" and "),
    };
    let title = wanted.title.clone().unwrap_or_else(|| words(name));
    let description = wanted.description.as_deref().unwrap_or("One sentence about it.");
    let command = format!("postrej-site new {section}/{name}");
    let hint = format!("write `{command} --title \"{title}\" --description \"{description}\"`");
    Failure::new(format!("a new article needs {needs}"), hint)
}

/// `ask-a-mentor` as words: `Ask a mentor`.
fn words(name: &str) -> String {
    let spaced = name.replace('-', " ");
    let mut letters = spaced.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
