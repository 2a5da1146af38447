//! The list, kept in the output folder, of the files that are ours: only they are ever replaced or
//! removed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::Failure;

/// The list's own name.
pub const NAME: &str = ".postrej-site.json";

const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Manifest<'a> {
    version: u32,
    files: Cow<'a, BTreeSet<Arc<str>>>,
}

/// The paths in the folder's list; `None` where there is no list.
pub fn read(folder: &Path) -> Result<Option<BTreeSet<Arc<str>>>, Failure> {
    let path = folder.join(NAME);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io("read", &path, &error)),
    };
    let damaged = |reason: &str| {
        let message = format!("`{}` {reason}", path.display());
        Err(Failure::new(message, "empty the output folder by hand and build again"))
    };
    match serde_json::from_slice::<Manifest<'_>>(&bytes) {
        Ok(list) if list.version != VERSION => damaged("is from another version of postrej-site"),
        Ok(list) if !list.files.iter().all(|path| stays_inside(path)) => {
            damaged("lists a file outside of its folder")
        }
        Ok(list) => Ok(Some(list.files.into_owned())),
        Err(_) => damaged("does not hold the list of files that a build leaves there"),
    }
}

/// What tells one state of the folder's list from another, and from none.
pub fn stamp(folder: &Path) -> Option<(u64, SystemTime)> {
    let metadata = folder.join(NAME).symlink_metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}

/// The list as it is written.
pub fn text(files: &BTreeSet<Arc<str>>) -> Vec<u8> {
    let list = Manifest { version: VERSION, files: Cow::Borrowed(files) };
    let mut text = serde_json::to_vec_pretty(&list).unwrap_or_default();
    text.push(b'\n');
    text
}

/// Whether a path names a file below its folder, other than the list itself.
pub fn stays_inside(path: &str) -> bool {
    let plain = |part| matches!(part, Component::Normal(_));
    let whole = !path.is_empty() && !path.ends_with('/') && !path.contains(['\\', '\0']);
    whole && path != NAME && Path::new(path).components().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside() {
        for path in ["index.html", "reply/note/index.html", "a/..b", ".nojekyll"] {
            assert!(stays_inside(path), "{path}");
        }
        for path in ["", "/etc/passwd", "../a", "a/../../b", "a/", "..\\a", NAME] {
            assert!(!stays_inside(path), "{path}");
        }
    }
}
