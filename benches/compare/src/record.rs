//! The raw figures, as they are kept.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A build where nothing was built before
    Cold,
    /// A build after one, with nothing changed
    Unchanged,
    /// A build after one, with one article edited
    Edited,
    /// From saving an article to its new text in a page that the server sends
    Saved,
    /// A program that only says its version
    Version,
    /// Cold builds of the knowledge base in this repository, by postrej-site alone
    Shipped,
}

impl Kind {
    /// As a heading of a table.
    pub fn title(self) -> &'static str {
        match self {
            Self::Cold => "Cold build",
            Self::Unchanged => "Build again, nothing changed",
            Self::Edited => "Build again, one article edited",
            Self::Saved => "From saving an article to its new text being served",
            Self::Version => "Start to exit of `--version`",
            Self::Shipped => "Cold build of the shipped knowledge base",
        }
    }

    /// Whether how many articles there are makes a difference.
    pub fn grows(self) -> bool {
        !matches!(self, Self::Version | Self::Shipped)
    }
}

/// One run of one contestant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// What was measured.
    pub kind: Kind,
    /// How many articles the site had; 0 where that makes no difference.
    pub articles: usize,
    /// Beside whom postrej-site was measured; its own name where it stood alone.
    pub beside: String,
    /// Which pair of runs this is, from 0.
    pub round: usize,
    /// Who ran.
    pub who: String,
    /// From start to exit, or to the new text, in seconds.
    pub wall: f64,
    /// Of all processors, in seconds; 0 where it was not measured.
    pub cpu: f64,
    /// The largest resident set, in bytes; 0 where it was not measured.
    pub memory: u64,
    /// Files in the output.
    pub files: usize,
    /// How many of them this run wrote.
    pub written: usize,
    /// How many of them have other bytes than before; read in the first round alone.
    pub changed: Option<usize>,
}

/// All that a run of the harness has to say.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Results {
    /// The processor's name and how many of it there are.
    pub machine: String,
    /// What each program says its version is.
    pub versions: BTreeMap<String, String>,
    /// In the order measured.
    pub records: Vec<Record>,
}

impl Results {
    /// Reads what [`Results::keep`] wrote.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text =
            fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Writes everything as JSON.
    pub fn keep(&self, path: &Path) -> Result<(), String> {
        let text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        fs::write(path, text + "\n").map_err(|error| format!("{}: {error}", path.display()))
    }
}

/// The machine, in words.
pub fn machine() -> String {
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = about.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let name = name.map_or("unknown processor", |(_, name)| name);
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{name}, {count} processors")
}

/// The one in the middle; of an even number, the mean of both. 0 where there is none.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        even if even % 2 == 0 => f64::midpoint(values[middle - 1], values[middle]),
        _ => values[middle],
    }
}
