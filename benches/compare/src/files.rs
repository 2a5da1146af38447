//! What stands in an output folder, and what a build did to it.

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The files of a folder at one moment.
#[derive(Debug, Default)]
pub struct Snapshot(HashMap<PathBuf, State>);

#[derive(Debug, PartialEq, Eq)]
struct State {
    inode: u64,
    seconds: i64,
    nanoseconds: i64,
    /// Of its bytes, where these were read.
    hash: Option<u64>,
}

impl Snapshot {
    /// Looks at every file below a folder, and reads its bytes if `read`; none where there is no folder.
    pub fn take(folder: &Path, read: bool) -> io::Result<Self> {
        let mut files = HashMap::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                entries => entries?,
            };
            for entry in entries {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    folders.push(entry.path());
                } else {
                    files.insert(entry.path(), state(&entry, read)?);
                }
            }
        }
        Ok(Self(files))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of these files an earlier snapshot did not have, or had before they were last written.
    pub fn written_since(&self, earlier: &Self) -> usize {
        let stamp = |state: &State| (state.inode, state.seconds, state.nanoseconds);
        self.count(earlier, |one, other| stamp(one) != stamp(other))
    }

    /// How many of these files an earlier snapshot did not have, or had with other bytes.
    pub fn changed_since(&self, earlier: &Self) -> usize {
        self.count(earlier, |one, other| one.hash != other.hash)
    }

    fn count(&self, earlier: &Self, differ: impl Fn(&State, &State) -> bool) -> usize {
        let new = self.0.iter().filter(|(path, state)| {
            earlier.0.get(*path).is_none_or(|before| differ(state, before))
        });
        new.count()
    }
}

fn state(entry: &fs::DirEntry, read: bool) -> io::Result<State> {
    let about = entry.metadata()?;
    let hash = read.then(|| fs::read(entry.path())).transpose()?.map(|bytes| {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        hasher.finish()
    });
    Ok(State { inode: about.ino(), seconds: about.mtime(), nanoseconds: about.mtime_nsec(), hash })
}
