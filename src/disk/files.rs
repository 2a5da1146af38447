//! Files of the author's own folder: made where there are none, and renewed where they are ours.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::Failure;

/// A file to be: its path relative to the root with forward slashes, and what it holds.
pub type Wanted = (String, Vec<u8>);

/// What stands where files are wanted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Nothing is there yet.
    pub free: Vec<String>,
    /// The same bytes are there.
    pub same: Vec<String>,
    /// Something else is there.
    pub taken: Vec<String>,
}

/// Writes a file that somebody named, over what is there.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| Failure::io("write", path, &error))
}

/// The names of what stands right in a folder, sorted, without what is hidden; none where there is
/// no folder.
pub fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(Failure::io("read", folder, &error)),
    };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort_unstable();
    Ok(names)
}

/// Looks where the files would go, and touches nothing. A failure where a folder is needed and
/// something else stands: all such places at once.
pub fn survey(root: &Path, files: &[Wanted]) -> Result<Survey, Failure> {
    let mut survey = Survey::default();
    let mut blocked: Vec<String> = Vec::new();
    for (path, bytes) in files {
        let full = root.join(path);
        if let Some(way) = blocked_way(root, path) {
            let way = below(root, way);
            blocked.push(format!("`{}`", way.strip_prefix(".").unwrap_or(&way).display()));
        } else if full.symlink_metadata().is_err() {
            survey.free.push(path.clone());
        } else if full.is_dir() {
            blocked.push(format!("`{}`", full.strip_prefix(".").unwrap_or(&full).display()));
        } else if fs::read(&full).is_ok_and(|there| there == *bytes) {
            survey.same.push(path.clone());
        } else {
            survey.taken.push(path.clone());
        }
    }
    blocked.sort_unstable();
    blocked.dedup();
    if blocked.is_empty() {
        return Ok(survey);
    }
    let message = format!("in the way of the new files: {}", blocked.join(", "));
    Err(Failure::new(message, "move it away, or name another folder; nothing was written"))
}

/// The first part of the way to a file that is there and is no folder.
fn blocked_way<'a>(root: &Path, path: &'a str) -> Option<&'a str> {
    let parents = path.match_indices('/').map(|(end, _)| &path[..end]);
    let mut ways = [""].into_iter().chain(parents);
    ways.find(|way| {
        let way = below(root, way);
        way.symlink_metadata().is_ok() && !way.is_dir()
    })
}

/// A path in the folder, or the folder itself without the slash that would look into it.
fn below(root: &Path, way: &str) -> PathBuf {
    if way.is_empty() { root.to_path_buf() } else { root.join(way) }
}

/// Makes files and the folders they need. What came to be in the meantime is never overwritten.
pub fn add<'a>(root: &Path, files: impl IntoIterator<Item = &'a Wanted>) -> Result<(), Failure> {
    for (path, bytes) in files {
        let path = root.join(path);
        make_parent(&path)?;
        let file = fs::OpenOptions::new().write(true).create_new(true).open(&path);
        file.and_then(|mut file| file.write_all(bytes)).map_err(|error| {
            if error.kind() == ErrorKind::AlreadyExists {
                let message = format!("`{}` is there already", path.display());
                return Failure::new(message, "it was left as it is");
            }
            Failure::io("write", &path, &error)
        })?;
    }
    Ok(())
}

/// Writes files that this program makes, over their older selves; gives how many differed.
pub fn renew(folder: &Path, files: &[Wanted]) -> Result<usize, Failure> {
    let mut changed = 0;
    for (path, bytes) in files {
        let path = folder.join(path);
        if fs::read(&path).is_ok_and(|there| there == *bytes) {
            continue;
        }
        make_parent(&path)?;
        fs::write(&path, bytes).map_err(|error| Failure::io("write", &path, &error))?;
        changed += 1;
    }
    Ok(changed)
}

fn make_parent(path: &Path) -> Result<(), Failure> {
    let Some(parent) = path.parent() else { return Ok(()) };
    fs::create_dir_all(parent).map_err(|error| Failure::io("make", parent, &error))
}
