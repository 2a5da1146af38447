//! The folder where builds keep what the next one need not make again: `.cache/postrej-site/` of the
//! site's folder. It hides itself from git, and nothing is lost with it but time.

use std::fs;
use std::path::{Path, PathBuf};

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
