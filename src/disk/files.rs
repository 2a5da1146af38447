//! Files of the author's own folder: made where there are none, and renewed where they are ours.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::Failure;

/// How many files in the way are named.
const NAMED: usize = 10;

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

/// Makes files and the folders they need, all or none of them. What came to be in the meantime is never
/// overwritten.
pub fn add<'a>(root: &Path, files: impl IntoIterator<Item = &'a Wanted>) -> Result<(), Failure> {
    let mut made: Vec<PathBuf> = Vec::new();
    let mut add_one = |path: PathBuf, bytes: &[u8]| {
        make_parent(&path)?;
        let failed = |error: std::io::Error| {
            if error.kind() == ErrorKind::AlreadyExists {
                let message = format!("`{}` is there already", path.display());
                return Failure::new(message, "it was left as it is");
            }
            Failure::io("write", &path, &error)
        };
        let file = fs::OpenOptions::new().write(true).create_new(true).open(&path);
        let mut file = file.map_err(failed)?;
        made.push(path.clone());
        file.write_all(bytes).map_err(failed)
    };
    let added = files.into_iter().try_for_each(|(path, bytes)| add_one(root.join(path), bytes));
    if added.is_err() {
        for path in made {
            // half of them would look like a whole; that one of them cannot go changes no answer
            _ = fs::remove_file(path);
        }
    }
    added
}

/// The same where nothing may be there: all files in the way are named, the first ten by name.
pub fn add_new(root: &Path, files: &[Wanted]) -> Result<(), Failure> {
    let survey = survey(root, files)?;
    let mut there: Vec<&String> = survey.taken.iter().chain(&survey.same).collect();
    there.sort_unstable();
    if there.is_empty() {
        return add(root, files);
    }
    let named: Vec<String> = there.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    let rest = match there.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let files = if there.len() == 1 { "a file" } else { "files" };
    let message = format!("{files} would write over what is there: {}{rest}", named.join(", "));
    Err(Failure::new(message, "name an empty folder with --root, or move these away"))
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
