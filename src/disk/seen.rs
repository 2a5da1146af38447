//! Texts that were read before. One whose size and time of change are what they were is not read again.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// Some systems tell times in steps of so long: what changed as recently may change again within one,
/// and nobody could see it.
const STEP: Duration = Duration::from_secs(2);

/// What was read last, by path.
#[derive(Debug)]
pub struct Seen {
    texts: Option<HashMap<String, Text>>,
    changed: Vec<String>,
}

/// A text with what was wrong with its bytes.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) source: Source,
    pub(super) problem: Option<Diagnostic>,
    /// `None` where the same stamp would not mean the same text.
    stamp: Option<Stamp>,
}

/// What the system says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    changed: SystemTime,
}

impl Default for Seen {
    /// Nothing yet.
    fn default() -> Self {
        Self { texts: Some(HashMap::new()), changed: Vec::new() }
    }
}

impl Seen {
    /// For who reads once: nothing is kept.
    pub(super) fn none() -> Self {
        Self { texts: None, changed: Vec::new() }
    }

    /// The paths of texts that were new or other than before, at the last reading.
    pub fn changed(&self) -> &[String] {
        &self.changed
    }

    /// The text at a path: the one that was read before, or what `read` gives.
    pub(super) fn text(
        &self,
        path: &str,
        full: &Path,
        read: impl FnOnce() -> Result<(Source, Option<Diagnostic>), Diagnostic>,
    ) -> Result<Text, Diagnostic> {
        let Some(texts) = &self.texts else {
            let (source, problem) = read()?;
            return Ok(Text { source, problem, stamp: None });
        };
        let (before, stamp) = (texts.get(path), stamp(full));
        if let Some(before) = before.filter(|text| stamp.is_some() && text.stamp == stamp) {
            return Ok(before.clone());
        }
        let (source, problem) = read()?;
        match before.filter(|before| before.source.text == source.text) {
            Some(before) => Ok(Text { stamp, problem, ..before.clone() }),
            None => Ok(Text { source, problem, stamp }),
        }
    }

    /// Remembers what was read, and nothing else.
    pub(super) fn keep(&mut self, read: &[Text]) {
        let Some(before) = &self.texts else { return };
        let is_other = |text: &&Text| {
            let before = before.get(&text.source.path);
            !before.is_some_and(|before| before.source.is(&text.source))
        };
        self.changed = read.iter().filter(is_other).map(|text| text.source.path.clone()).collect();
        let by_path = read.iter().map(|text| (text.source.path.clone(), text.clone()));
        self.texts = Some(by_path.collect());
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::symlink_metadata(path).ok()?;
    let changed = metadata.modified().ok()?;
    let age = SystemTime::now().duration_since(changed).ok()?;
    (age > STEP).then_some(Stamp { size: metadata.len(), changed })
}
