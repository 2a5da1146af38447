//! Waits until an author changed something that the site is built from: a file below `content/` or
//! `themes/`, or one of these folders itself.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::disk;

/// What a site is built from. The folder around them is watched for their names only: what is built,
/// cached or compiled in it would else call for the next build.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// How long nothing must change before a build begins. Saving a file is several steps in some
/// editors, and a change of branch is many files.
const REST: Duration = Duration::from_millis(3);

/// The most that a stream of changes may keep a build waiting.
const MOST: Duration = Duration::from_secs(1);

/// What may have changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Files, relative to the root, with forward slashes.
    pub files: BTreeSet<String>,
    /// Whether there may be others.
    pub is_more: bool,
}

impl Changed {
    /// Both.
    pub fn add(&mut self, other: Self) {
        self.files.extend(other.files);
        self.is_more |= other.is_more;
    }
}

/// Watches one site.
pub struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// Keeps the channel open, so that waiting ends with a change and with nothing else.
    _sender: Sender<notify::Result<Event>>,
}

impl Watch {
    /// Begins to watch the site in `root`; the error is in words.
    pub fn start(root: &Path) -> Result<Self, String> {
        let root = root.canonicalize().map_err(|error| error.to_string())?;
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(sender.clone()).map_err(|error| words(&error))?;
        let mut watch = Self { root, watcher, events, _sender: sender };
        let root = watch.root.clone();
        let own = watch.watcher.watch(&root, RecursiveMode::NonRecursive);
        own.and_then(|()| watch.folders()).map_err(|error| words(&error))?;
        Ok(watch)
    }

    /// Returns when something changed and then rested; the error is in words, and means that there
    /// may be changes that are not seen.
    pub fn wait(&mut self) -> Result<Changed, String> {
        let mut changed = Changed::default();
        while let Ok(event) = self.events.recv() {
            if self.note(&event, &mut changed) {
                break;
            }
        }
        let start = Instant::now();
        while start.elapsed() < MOST {
            let Ok(event) = self.events.recv_timeout(REST) else { break };
            self.note(&event, &mut changed);
        }
        if changed.is_more {
            self.folders().map_err(|error| words(&error))?;
        }
        Ok(changed)
    }

    /// Watches the folders that are there. One that was taken away and put back is another one.
    fn folders(&mut self) -> notify::Result<()> {
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            // it may not be there, and may never have been
            _ = self.watcher.unwatch(&folder);
            if folder.is_dir() {
                self.watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    /// Notes what an event is about; false for one that changes no build.
    fn note(&self, event: &notify::Result<Event>, changed: &mut Changed) -> bool {
        // an error and an overflow mean that nobody knows what happened
        let Some(event) = event.as_ref().ok().filter(|event| !event.need_rescan()) else {
            changed.is_more = true;
            return true;
        };
        if !changes(event.kind) {
            return false;
        }
        let inside = event.paths.iter().filter_map(|path| path.strip_prefix(&self.root).ok());
        let mut is_ours = false;
        for path in inside.filter(|path| is_read(path)) {
            is_ours = true;
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            // of a whole folder nobody says what is in it
            changed.is_more |= parts.len() == 1;
            changed.files.insert(parts.join("/"));
        }
        is_ours
    }
}

/// Whether a kind of event can change a build. To read a file is an event, too: a build that woke
/// itself with it would never rest.
fn changes(kind: EventKind) -> bool {
    let is_time = matches!(
        kind,
        EventKind::Modify(ModifyKind::Metadata(notify::event::MetadataKind::AccessTime))
    );
    !kind.is_access() && !is_time
}

/// Whether a build reads what is at a path, relative to the root.
fn is_read(path: &Path) -> bool {
    let mut names = path.iter().map(|name| name.to_string_lossy());
    let first = names.next();
    first.is_some_and(|first| FOLDERS.contains(&first.as_ref()))
        && !names.any(|name| disk::is_leftover(&name))
}

fn words(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system watches no more files for anyone".to_owned()
        }
        notify::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_build_reads_calls_for_one() {
        for path in [
            "content",
            "themes",
            "content/site.yaml",
            "content/reply/note.md",
            "themes/own/styles/a.css",
        ] {
            assert!(is_read(Path::new(path)), "{path}");
        }
        for path in [
            "",
            "public",
            "public/index.html",
            ".cache/x",
            "target",
            "README.md",
            "content/.note.md.swp",
            "content/reply/note.md~",
            "content/.git/index",
            "content/#note.md#",
        ] {
            assert!(!is_read(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn to_read_a_file_is_no_change() {
        use notify::event::{AccessKind, AccessMode, DataChange, MetadataKind, RenameMode};
        for kind in [
            EventKind::Access(AccessKind::Open(AccessMode::Read)),
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
            EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)),
        ] {
            assert!(!changes(kind), "{kind:?}");
        }
        for kind in [
            EventKind::Modify(ModifyKind::Data(DataChange::Any)),
            EventKind::Modify(ModifyKind::Name(RenameMode::To)),
            EventKind::Modify(ModifyKind::Metadata(MetadataKind::Permissions)),
            EventKind::Any,
        ] {
            assert!(changes(kind), "{kind:?}");
        }
    }
}
