//! Where outputs stand until the site is known to have no error: beside the site that is served, on
//! the same disk, so that each gets to its place by one step.
//!
//! A folder that is not there yet is made whole beside its place, and so is one that shall be exchanged
//! as a whole. In one that is there, a folder of ours holds what differs from what is served; what does
//! not differ is not written at all.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::lock::{self, Lock};
use super::record::{self, Left, Record};
use super::{Failure, manifest, place};
use crate::Counts;
use crate::outputs::{Output, Sink};

/// Inside the output folder.
const INSIDE: &str = ".postrej-site.tmp";

/// How a site takes the place of the one that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Exchange {
    /// Each file that differs, one after the other: what is the same is not touched.
    #[default]
    Files,
    /// The whole folder, in one step.
    Folder,
}

/// A build's outputs before they are published; they go with this value, and the lock of the folder.
#[derive(Debug)]
pub struct Stage {
    /// The output folder.
    pub(super) folder: PathBuf,
    /// Where the outputs stand now, each with its path.
    pub(super) drafts: PathBuf,
    /// The files that are ours, as the folder's list has them; `None` where there is no list.
    pub(super) old: Option<BTreeSet<Arc<str>>>,
    /// Whether the output folder is not there yet.
    pub(super) is_first: bool,
    pub(super) exchange: Exchange,
    /// What the last build left there.
    record: Record,
    taken: Mutex<Taken>,
    lock: Lock,
}

/// What came so far.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Paths of all outputs.
    pub(super) paths: BTreeSet<Arc<str>>,
    /// Paths of those that differ from what is served.
    pub(super) changed: Vec<Arc<str>>,
    /// Each as it stands in its place, or will.
    pub(super) left: record::Files,
    /// What is in the way of an output, by its path.
    pub(super) failures: Vec<(String, Failure)>,
}

impl Stage {
    /// Prepares to publish into `folder`, as soon as no other build does; `waits` hears when one does.
    /// Refused, with nothing touched, where a file that is not ours might be lost.
    pub fn open(
        root: &Path,
        folder: &Path,
        exchange: Exchange,
        waits: &dyn Fn(),
    ) -> Result<Self, Failure> {
        let (lock, old) = loop {
            // before anything is touched; where another build was at work meanwhile, once more
            let (place, list) = (lock::place(folder), manifest::stamp(folder));
            let old = our_files(root, folder)?;
            let lock = Lock::take(&place, waits)?;
            if lock::place(folder) != place {
                continue;
            }
            let is_same = !lock.has_waited && manifest::stamp(folder) == list;
            break (lock, if is_same { old } else { our_files(root, folder)? });
        };
        let is_first = folder.symlink_metadata().is_err();
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let beside = folder.with_file_name(format!(".{name}{INSIDE}"));
        let drafts = match (is_first, exchange) {
            (false, Exchange::Files) => folder.join(INSIDE),
            _ => beside.clone(),
        };
        if !is_first {
            // of a build that was killed
            _ = fs::remove_file(lock::beside(folder));
            remove(&beside).map_err(|error| Failure::io("remove", &beside, &error))?;
        }
        let record = record::read(root, folder).filter(|_| !is_first).unwrap_or_default();
        let (folder, taken) = (folder.to_owned(), Mutex::default());
        let stage = Self { folder, drafts, old, is_first, exchange, record, taken, lock };
        stage.clear().map_err(|error| Failure::io("remove", &stage.drafts, &error))?;
        Ok(stage)
    }

    /// How much the site holds, where the last build made all of it of the same ([`record::hash`]),
    /// and nobody has touched a file since.
    pub fn is_done(&self, input: u64) -> Option<Counts> {
        let Record { input: last, counts, files } = &self.record;
        let is_listed = || self.old.as_ref().is_some_and(|old| old.iter().eq(files.keys()));
        let is_there = |(path, left): (&Arc<str>, &Left)| {
            let metadata = self.folder.join(&**path).symlink_metadata();
            metadata.is_ok_and(|metadata| left.is_same(&metadata))
        };
        let is_same = *last == Some(input) && is_listed() && files.par_iter().all(is_there);
        is_same.then_some(*counts)
    }

    /// All that came, in the order of paths.
    pub(super) fn taken(&self) -> Taken {
        let mut taken =
            std::mem::take(&mut *self.taken.lock().unwrap_or_else(PoisonError::into_inner));
        taken.changed.sort_unstable();
        taken.failures.sort_by(|a, b| a.0.cmp(&b.0));
        taken
    }

    /// Writes a draft of what will stand at `path` in the folder.
    pub(super) fn draft(&self, path: &str, bytes: &[u8]) -> Result<(PathBuf, Metadata), Failure> {
        let draft = self.drafts.join(path);
        let metadata = write(&draft, bytes)
            .map_err(|error| Failure::io("write", &self.folder.join(path), &error))?;
        Ok((draft, metadata))
    }

    /// Gives a file that is served a second name among the drafts: none is ever changed where it stands.
    fn carry(&self, path: &str) -> Result<(), Failure> {
        let (served, draft) = (self.folder.join(path), self.drafts.join(path));
        let link = || fs::hard_link(&served, &draft);
        make_parent(&draft).and_then(|()| link()).map_err(|error| {
            let failure = Failure::io("link", &served, &error);
            Failure { hint: Some("build without `--atomic`".to_owned()), ..failure }
        })
    }

    /// Puts the lock among the drafts, which will be the output folder.
    pub(super) fn carry_lock(&self) -> Result<(), Failure> {
        self.lock.carry(&self.drafts).map_err(|error| Failure::io("lock", &self.drafts, &error))
    }

    /// Takes the drafts away.
    fn clear(&self) -> io::Result<()> {
        remove(&self.drafts)
    }

    /// Writes the draft of an output, if it differs from what is served; says whether it does, and how
    /// it is left.
    fn prepare(&self, output: &Output, hash: u64) -> Result<(bool, Option<Left>), Failure> {
        let path = &output.path;
        if !manifest::stays_inside(path) {
            let message = format!("the page address `{path}` leads out of the output folder");
            return Err(Failure::new(message, "rename the file that it comes from"));
        }
        let same = if self.is_first { None } else { self.same(output, hash)? };
        let differs = same.is_none();
        let metadata = match same {
            Some(metadata) if self.exchange == Exchange::Files => metadata,
            Some(metadata) => {
                self.carry(path)?;
                metadata
            }
            None => self.draft(path, &output.bytes)?.1,
        };
        Ok((differs, Left::new(hash, &metadata)))
    }

    /// The file that is there, if it need not be written; a failure where something of that name is not
    /// ours.
    fn same(&self, output: &Output, hash: u64) -> Result<Option<Metadata>, Failure> {
        let path = self.folder.join(&output.path);
        let read = |error| Failure::io("read", &path, &error);
        let metadata = match path.symlink_metadata() {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == ErrorKind::NotADirectory => return Ok(None),
            Err(error) => return Err(read(error)),
        };
        if metadata.is_dir() {
            // Ours to take away when everything in it is.
            return match self.first_foreign(&path) {
                None => Ok(None),
                Some(found) => Err(self.foreign(&found)),
            };
        }
        if !self.is_ours(&output.path) {
            return Err(self.foreign(&output.path));
        }
        if !metadata.is_file() || metadata.len() != output.bytes.len() as u64 {
            return Ok(None);
        }
        let left =
            self.record.files.get(output.path.as_str()).filter(|left| left.is_same(&metadata));
        let is_same = match left {
            Some(left) => left.hash == hash,
            None => fs::read(&path).map_err(read)? == output.bytes,
        };
        Ok(is_same.then_some(metadata))
    }

    pub(super) fn is_ours(&self, path: &str) -> bool {
        self.old.as_ref().is_some_and(|old| old.contains(path))
    }

    /// What is in the folder `start`, or that itself, and neither on the list nor a folder of the list.
    pub(super) fn first_foreign(&self, start: &Path) -> Option<String> {
        let is_below = |path: &str, folder: &str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        WalkDir::new(start).sort_by_file_name().into_iter().find_map(|entry| {
            let entry = entry.ok()?;
            let parts = entry.path().strip_prefix(&self.folder).ok()?.iter();
            let path = parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            let is_ours = if entry.file_type().is_dir() {
                let below = self
                    .old
                    .iter()
                    .flat_map(|old| old.range(Arc::from(format!("{path}/"))..))
                    .next();
                below.is_some_and(|one| is_below(one, &path))
            } else {
                self.is_ours(&path)
            };
            (!is_ours).then_some(path)
        })
    }

    /// What is anywhere in the output folder and not ours.
    pub(super) fn first_foreign_at_all(&self) -> Option<String> {
        let own = [manifest::NAME, lock::NAME, INSIDE];
        let entries = fs::read_dir(&self.folder).ok()?.flatten();
        let others = entries.filter(|entry| own.iter().all(|own| entry.file_name() != *own));
        others.filter_map(|entry| self.first_foreign(&entry.path())).min()
    }

    pub(super) fn foreign(&self, path: &str) -> Failure {
        let shown = self.folder.join(path);
        Failure::new(
            format!("`{}` is in the way, and postrej-site did not write it", shown.display()),
            "move it away, or name another folder with --output-dir",
        )
    }
}

impl Sink for Stage {
    fn take(&self, output: Output, hash: u64) {
        let result = self.prepare(&output, hash);
        let path: Arc<str> = output.path.into();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match result {
            Ok((differs, left)) => {
                taken.left.extend(left.map(|left| (Arc::clone(&path), left)));
                taken.changed.extend(differs.then(|| Arc::clone(&path)));
            }
            Err(failure) => taken.failures.push((path.to_string(), failure)),
        }
        taken.paths.insert(path);
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // After a failure they may stay; the next build clears them.
        _ = self.clear();
        // where it came into the output folder with the drafts
        self.lock.forget(&self.folder);
    }
}

/// Writes a file.
fn write(path: &Path, bytes: &[u8]) -> io::Result<Metadata> {
    make_parent(path)?;
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.metadata()
}

/// Takes a folder away with all that is in it, if it is there.
fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Makes the folder of a file; most have one of their own, which is not there yet.
fn make_parent(path: &Path) -> io::Result<()> {
    let Some(parent) = path.parent() else { return Ok(()) };
    match fs::create_dir(parent) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => fs::create_dir_all(parent),
        _ => Ok(()),
    }
}

/// The files in a folder that are ours to replace; refused where others might be lost.
fn our_files(root: &Path, folder: &Path) -> Result<Option<BTreeSet<Arc<str>>>, Failure> {
    place::check(root, folder)?;
    let old = manifest::read(folder)?;
    if old.is_none() {
        refuse_foreign_folder(folder)?;
    }
    Ok(old)
}

/// A folder without our list may only be written to when it is empty or not there.
fn refuse_foreign_folder(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::io("read", folder, &error)),
    };
    // What a build leaves that was killed before its list.
    let is_ours = |name: &OsString| name == INSIDE || name == lock::NAME;
    match entries.flatten().map(|entry| entry.file_name()).filter(|name| !is_ours(name)).min() {
        None => Ok(()),
        Some(name) => Err(Failure::new(
            format!(
                "the output folder `{}` holds `{}`, which postrej-site did not write",
                folder.display(),
                name.display()
            ),
            "empty it by hand if nothing in it is needed, or name another with --output-dir",
        )),
    }
}
