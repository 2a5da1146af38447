//! What the last build read and wrote, in one file of the cache.
//!
//! A file of the site whose size and time of change are what they were when it was written still holds
//! what it held: it need not be read to know whether it must be written again. Where nothing that
//! decides about the site is another, and every file is as it was left, there is nothing to do at all.
//! With the file goes nothing but time.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::Metadata;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Failure, cache};
use crate::{Counts, Input, Options, memo};

const NAME: &str = "built";

/// What changed so shortly before the record was kept may change again without another time: as long
/// as the steps in which systems count. Those that count in whole seconds show it.
const STEP: Duration = Duration::from_millis(20);
const LONG_STEP: Duration = Duration::from_secs(2);

/// A finished build.
#[derive(Debug, Default, PartialEq)]
pub struct Record {
    /// A hash of all that decides about the site ([`hash`]); `None` where there was something to tell,
    /// which the next build tells again.
    pub input: Option<u64>,
    /// How much there is.
    pub counts: Counts,
    /// The files, by path.
    pub files: Files,
}

/// Files by their path in the output folder.
pub type Files = BTreeMap<Arc<str>, Left>;

/// A file as a build left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// A hash of its bytes.
    pub hash: u64,
    size: u64,
    changed: Duration,
}

impl Left {
    /// What the system says of a file whose bytes have this hash; `None` where it tells no time.
    pub(super) fn new(hash: u64, metadata: &Metadata) -> Option<Self> {
        let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self { hash, size: metadata.len(), changed })
    }

    /// Whether a file is, by what the system says, as it was left.
    pub(super) fn is_same(&self, metadata: &Metadata) -> bool {
        metadata.is_file() && Self::new(self.hash, metadata).as_ref() == Some(self)
    }

    /// Whether another time would show another change, seen from `now`.
    fn is_settled(&self, now: Duration) -> bool {
        let step = if self.changed.subsec_nanos() == 0 { LONG_STEP } else { STEP };
        now.checked_sub(self.changed).is_some_and(|age| age > step)
    }
}

/// A hash of all that decides about a site: the program, what it was asked for, and every file.
pub fn hash(input: &Input, options: &Options) -> u64 {
    let Options { base_url, cards, offline, drafts, today } = options;
    let asked = format!("{base_url:?} {cards} {offline} {drafts} {today}");
    let seed = xxh3_64_with_seed(asked.as_bytes(), 0);
    let seed = xxh3_64_with_seed(env!("POSTREJ_SITE_SOURCES").as_bytes(), seed);
    let files = input.files.par_iter().chain(&input.theme).map(|file| file.hash(seed));
    let texts = input.articles.par_iter().map(|source| source.hash(seed));
    let hashes: Vec<u64> = texts.chain(files).collect();
    hashes.into_iter().fold(input.config_source.hash(seed), memo::join)
}

/// The last build into an output folder.
pub fn read(root: &Path, folder: &Path) -> Option<Record> {
    let text = cache::read(root, NAME)?;
    let (head, files) = text.split_once('\n')?;
    let mut head = head.splitn(4, ' ');
    let input = u64::from_str_radix(head.next()?, 16).ok();
    let mut number = || head.next()?.parse().ok();
    let (articles, templates) = (number()?, number()?);
    if head.next()? != folder.to_string_lossy() {
        return None;
    }
    let files: Files = files.lines().map(file).collect::<Option<_>>()?;
    let counts = Counts { articles, templates, files: files.len() };
    Some(Record { input, counts, files })
}

/// `hash size seconds nanoseconds path`.
fn file(line: &str) -> Option<(Arc<str>, Left)> {
    let mut parts = line.splitn(5, ' ');
    let hash = u64::from_str_radix(parts.next()?, 16).ok()?;
    let size = parts.next()?.parse().ok()?;
    let changed = Duration::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((parts.next()?.into(), Left { hash, size, changed }))
}

/// Keeps what a build left in an output folder.
pub fn keep(root: &Path, folder: &Path, record: &Record) -> Result<(), Failure> {
    let Record { input, counts, files } = record;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let is_settled = |left: &Left| left.is_settled(now);
    let input = input.filter(|_| files.len() == counts.files && files.values().all(is_settled));
    let input = input.map_or_else(|| "-".to_owned(), |input| format!("{input:x}"));
    let mut text = String::with_capacity(96 * files.len());
    // writing to a String cannot fail
    let _ = writeln!(
        text,
        "{input} {} {} {}",
        counts.articles,
        counts.templates,
        folder.to_string_lossy()
    );
    for (path, Left { hash, size, changed }) in files.iter().filter(|(_, left)| is_settled(left)) {
        let (seconds, nanos) = (changed.as_secs(), changed.subsec_nanos());
        let _ = writeln!(text, "{hash:x} {size} {seconds} {nanos} {path}");
    }
    cache::keep(root, NAME, &text)
}
