//! Texts that were read before. One whose size and time of change are what they were is not read again.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use foldhash::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// Some systems tell times in steps of so long: what changed as recently may change again within one,
/// and nobody could see it.
const STEP: Duration = Duration::from_secs(2);

/// What was read last, by path.
#[derive(Debug, Default)]
pub struct Seen {
    texts: HashMap<String, Text>,
    changed: Vec<String>,
}

/// A text with what was wrong with its bytes.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) source: Source,
    pub(super) problem: Option<Diagnostic>,
    /// What the system said before it was read.
    pub(super) stamp: Option<Stamp>,
}

/// What the system says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    changed: SystemTime,
}

impl Stamp {
    /// `None` where the file is too young to be known by it.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let metadata = fs::symlink_metadata(path).ok()?;
        let changed = metadata.modified().ok()?;
        let age = SystemTime::now().duration_since(changed).ok()?;
        (age > STEP).then_some(Self { size: metadata.len(), changed })
    }
}

impl Seen {
    /// Whether nothing was read yet.
    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The paths of texts that were new or other than before, at the last reading.
    pub fn changed(&self) -> &[String] {
        &self.changed
    }

    /// The text at a path, where it is the same by its stamp.
    pub(super) fn text(&self, path: &str, stamp: Option<Stamp>) -> Option<&Text> {
        self.texts.get(path).filter(|text| stamp.is_some() && text.stamp == stamp)
    }

    /// Remembers texts that were read anew beside all others.
    pub(super) fn add(&mut self, anew: Vec<Text>) {
        self.changed.clear();
        for text in anew {
            let path = &text.source.path;
            if self.texts.get(path).is_none_or(|before| before.source.text != text.source.text) {
                self.changed.push(path.clone());
            }
            self.texts.insert(path.clone(), text);
        }
    }

    /// Remembers texts that were read anew; what is not at one of these paths is forgotten.
    pub(super) fn keep(&mut self, paths: &[String], anew: Vec<Text>) {
        self.add(anew);
        if self.texts.len() > paths.len() {
            let paths: HashSet<&String> = paths.iter().collect();
            self.texts.retain(|path, _| paths.contains(path));
        }
    }
}
