//! Measures postrej-site beside other static site generators: `benches/README.md` says how.

mod contestant;
mod cost;
mod files;
mod pairs;
mod plot;
mod record;
mod serve;
mod table;
mod write;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use corpus::{Corpus, Shape, Tags};

use crate::contestant::{Contestant, OURS, PEERS, Programs};
use crate::pairs::Ground;
use crate::record::{Kind, Results};

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
        /// How many articles
        #[arg(long, default_value_t = 1000)]
        articles: usize,
        #[command(flatten)]
        sharing: Sharing,
        /// A folder for the site; what is in it goes
        out: PathBuf,
    },
    /// Measure, and print tables
    Run(RunArguments),
    /// Print the tables of an earlier run
    Table {
        /// What the run kept
        json: PathBuf,
    },
    /// Draw the cold builds of an earlier run against the number of articles
    Plot {
        /// What the run kept
        json: PathBuf,
        /// Where the picture is written
        svg: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct RunArguments {
    /// How many articles; more than one number for more than one site
    #[arg(long, value_delimiter = ',', default_value = "1000")]
    articles: Vec<usize>,
    #[command(flatten)]
    sharing: Sharing,
    /// How many pairs of runs there are of everything
    #[arg(long, default_value_t = 5)]
    pairs: usize,
    /// What is measured
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "cold,unchanged,edited,saved,version,shipped"
    )]
    kinds: Vec<Kind>,
    /// Beside whom; all that are installed, if nobody is named
    #[arg(long, value_delimiter = ',')]
    peers: Vec<String>,
    /// The postrej-site that is measured; the one beside this program, if none is named
    #[arg(long)]
    program: Option<PathBuf>,
    /// Where the sites are written; `target/compare`, if none is named
    #[arg(long)]
    work: Option<PathBuf>,
    /// Where the raw figures are kept
    #[arg(long, default_value = "compare.json")]
    json: PathBuf,
}

/// Where `setup.sh` installs.
const WORK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/compare");

/// What articles share
#[derive(Debug, Clone, Copy, clap::Args)]
struct Sharing {
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

impl Sharing {
    fn shape(self, articles: usize) -> Shape {
        let usual = Shape::usual(articles);
        let tags = match self.tags {
            _ if self.shared_tag => Tags::Shared,
            Some(tags) => Tags::Even(tags),
            None => usual.tags,
        };
        Shape { one_folder: self.one_folder, tags, ..usual }
    }
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), String> {
    match command {
        Command::Corpus { dialect, articles, sharing, out } => {
            write::corpus(&Corpus::new(sharing.shape(articles)), pairs::dialect(&dialect)?, &out)
                .map_err(|error| format!("cannot write {}: {error}", out.display()))
        }
        Command::Run(arguments) => measure(arguments),
        Command::Table { json } => {
            print!("{}", table::tables(&Results::read(&json)?));
            Ok(())
        }
        Command::Plot { json, svg } => {
            let drawn = plot::draw(&Results::read(&json)?);
            fs::write(&svg, drawn).map_err(|error| format!("{}: {error}", svg.display()))
        }
    }
}

fn measure(arguments: RunArguments) -> Result<(), String> {
    let work = arguments.work.unwrap_or_else(|| PathBuf::from(WORK));
    fs::create_dir_all(work.join("sites"))
        .map_err(|error| format!("{}: {error}", work.display()))?;
    // commands run in other folders
    let whole =
        |path: PathBuf| path.canonicalize().map_err(|error| format!("{}: {error}", path.display()));
    let work = whole(work)?;
    let peers = Path::new(WORK);
    let programs = Programs::new(peers, arguments.program.map(whole).transpose()?);
    let ground = Ground { work, programs, rounds: arguments.pairs };
    let mut results = Results { machine: record::machine(), ..Results::default() };

    let peers = chosen(&arguments.peers, &ground)?;
    for one in peers.iter().copied().chain([OURS]) {
        results.versions.extend(version(one, &ground)?);
    }
    let (alone, kinds): (Vec<Kind>, Vec<Kind>) =
        arguments.kinds.into_iter().partition(|kind| *kind == Kind::Shipped);
    if !alone.is_empty() {
        pairs::shipped(&ground, &mut |record| results.records.push(record))?;
    }
    for (at, articles) in arguments.articles.into_iter().enumerate() {
        // what no number of articles changes is measured once
        let kinds: Vec<Kind> =
            kinds.iter().copied().filter(|kind| at == 0 || kind.grows()).collect();
        for peer in &peers {
            let shape = arguments.sharing.shape(articles);
            pairs::compare(&ground, shape, peer, &kinds, &mut |record| {
                results.records.push(record);
            })?;
            // a long run that is stopped has what it measured so far
            results.keep(&arguments.json)?;
        }
    }
    results.keep(&arguments.json)?;
    print!("{}", table::tables(&results));
    Ok(())
}

/// The peers asked for; those that are not installed are named and left out.
fn chosen(names: &[String], ground: &Ground) -> Result<Vec<&'static Contestant>, String> {
    if let Some(name) = names.iter().find(|name| PEERS.iter().all(|peer| peer.name != **name)) {
        let known: Vec<&str> = PEERS.iter().map(|peer| peer.name).collect();
        return Err(format!("nobody is called `{name}`; known are {}", known.join(", ")));
    }
    if let [missing, ..] = OURS.missing(&ground.programs).as_slice() {
        return Err(format!("there is no `{missing}`; build it, or name it with --program"));
    }
    let wanted =
        PEERS.iter().filter(|peer| names.is_empty() || names.iter().any(|name| name == peer.name));
    let (there, missing): (Vec<_>, Vec<_>) =
        wanted.partition(|peer| peer.missing(&ground.programs).is_empty());
    for peer in missing {
        eprintln!(
            "left out: {} (not installed: {})",
            peer.name,
            peer.missing(&ground.programs).join(", ")
        );
    }
    Ok(there)
}

fn version(one: &Contestant, ground: &Ground) -> Result<Option<(String, String)>, String> {
    let Some(step) = one.version else { return Ok(None) };
    let log = ground.work.join("version.log");
    cost::run(&[step], &ground.work, &ground.programs, &log)?;
    let said = fs::read_to_string(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    Ok(Some((one.name.to_owned(), said.trim().to_owned())))
}
