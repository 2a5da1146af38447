//! The folder where builds keep what the next one need not make again: `.cache/postrej-site/` of the
//! site's folder. It hides itself from git, and nothing is lost with it but time.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::Failure;

/// Our part of the folder that programs share.
pub fn folder(root: &Path) -> PathBuf {
    root.join(".cache/postrej-site")
}

/// Makes the folder, if it is not there.
pub fn make(root: &Path) -> Result<(), Failure> {
    let folder = folder(root);
    fs::create_dir_all(&folder).map_err(|error| Failure::io("make", &folder, &error))?;
    let ignore = folder.join(".gitignore");
    if ignore.exists() {
        return Ok(());
    }
    let text = "# Made by postrej-site, which can make all of it again.\n*\n";
    fs::write(&ignore, text).map_err(|error| Failure::io("write", &ignore, &error))
}

/// The text that was kept under a name; one that is damaged or half written is as good as none.
pub fn read(root: &Path, name: &str) -> Option<String> {
    let mut text = fs::read_to_string(folder(root).join(name)).ok()?;
    let (hash, rest) = text.split_once('\n')?;
    if hash != hash_of(rest) {
        return None;
    }
    let start = hash.len() + 1;
    text.drain(..start);
    Some(text)
}

/// Keeps a text under a name; its first line is a hash of the rest.
pub fn keep(root: &Path, name: &str, text: &str) -> Result<(), Failure> {
    make(root)?;
    let path = folder(root).join(name);
    // a large text is not copied for a line above it
    let write = |mut file: File| {
        file.write_all(format!("{}\n", hash_of(text)).as_bytes())?;
        file.write_all(text.as_bytes())
    };
    File::create(&path).and_then(write).map_err(|error| Failure::io("write", &path, &error))
}

fn hash_of(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.as_bytes()))
}
