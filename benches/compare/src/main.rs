//! Measures postrej-site beside other static site generators: `benches/README.md` says how.

mod write;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use corpus::dialect::{DIALECTS, Dialect};
use corpus::{Corpus, Shape, Tags};

#[derive(Debug, Parser)]
#[command(about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write made articles as a generator wants them
    Corpus {
        /// The generator
        #[arg(long, default_value = "postrej-site")]
        dialect: String,
        #[command(flatten)]
        shape: ShapeArguments,
        /// A folder for the site; what is in it goes
        out: PathBuf,
    },
}

/// How many articles, and what they share
#[derive(Debug, Clone, Copy, clap::Args)]
struct ShapeArguments {
    /// How many articles
    #[arg(long, default_value_t = 1000)]
    articles: usize,
    /// All articles in one folder
    #[arg(long)]
    one_folder: bool,
    /// So many tags, each as common as the others, instead of 300 of which some are common
    #[arg(long, value_name = "COUNT", conflicts_with = "shared_tag")]
    tags: Option<usize>,
    /// One more tag, on every article
    #[arg(long)]
    shared_tag: bool,
}

impl ShapeArguments {
    fn shape(self) -> Shape {
        let usual = Shape::usual(self.articles);
        let tags = match self.tags {
            _ if self.shared_tag => Tags::Shared,
            Some(tags) => Tags::Even(tags),
            None => usual.tags,
        };
        Shape { one_folder: self.one_folder, tags, ..usual }
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<(), String> {
    match command {
        Command::Corpus { dialect, shape, out } => {
            write::corpus(&Corpus::new(shape.shape()), named(dialect)?, out)
                .map_err(|error| format!("cannot write {}: {error}", out.display()))
        }
    }
}

fn named(name: &str) -> Result<&'static Dialect, String> {
    DIALECTS.iter().find(|dialect| dialect.name == name).ok_or_else(|| {
        let known: Vec<&str> = DIALECTS.iter().map(|dialect| dialect.name).collect();
        format!("no articles can be written for `{name}`; known are {}", known.join(", "))
    })
}
