//! Another generator's folder, read whole.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::Failure;
use crate::site::File;

/// Folders at the top that a generator or its tools made themselves.
const MADE: [&str; 9] =
    ["_site", "public", "resources", "build", "vendor", "themes", "target", "dist", "layouts"];

/// What stands in a foreign folder, by paths in it, sorted.
#[derive(Debug, Default)]
pub struct Tree {
    /// Every file, without what is hidden or was made by a program.
    pub files: Vec<File>,
    /// Symbolic links, which are not followed: they may lead anywhere.
    pub links: Vec<String>,
}

/// Reads a foreign site.
pub fn tree(folder: &Path) -> Result<Tree, Failure> {
    if !folder.is_dir() {
        let message = format!("there is no folder `{}`", folder.display());
        return Err(Failure::new(message, "name the folder that holds the settings of the site"));
    }
    let inside = |path: &Path| {
        let inside = path.strip_prefix(folder).unwrap_or(path);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    };
    let (mut paths, mut links): (Vec<PathBuf>, Vec<String>) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(folder).into_iter().filter_entry(wanted) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_path_buf();
            let error = error.into_io_error().unwrap_or_else(|| std::io::ErrorKind::Other.into());
            Failure::io("read", &path, &error)
        })?;
        if entry.file_type().is_file() {
            paths.push(entry.into_path());
        } else if entry.file_type().is_symlink() {
            links.push(inside(entry.path()));
        }
    }
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
        Ok(File { path: inside(path), bytes: bytes.into() })
    };
    let mut files = paths.par_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    links.sort_unstable();
    Ok(Tree { files, links })
}

fn wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let made = entry.depth() == 1 && entry.file_type().is_dir() && MADE.contains(&&*name);
    entry.depth() == 0 || !(name.starts_with('.') || name == "node_modules" || made)
}
