//! Another generator's folder read whole, and new files written where nothing is lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::Failure;
use crate::site::File;

/// Folders at the top that a generator or its tools made themselves.
const MADE: [&str; 9] =
    ["_site", "public", "resources", "build", "vendor", "themes", "target", "dist", "layouts"];

/// How many files in the way are named.
const NAMED: usize = 10;

/// The folder that new files are written in before they are moved to their places.
const STAGING: &str = ".postrej-site-import.tmp";

/// Every file of a foreign site by its path in it, sorted. Links are not followed, and what is hidden
/// or was made by a program is left out.
pub fn tree(folder: &Path) -> Result<Vec<File>, Failure> {
    if !folder.is_dir() {
        let message = format!("there is no folder `{}`", folder.display());
        return Err(Failure::new(message, "name the folder that holds the settings of the site"));
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in WalkDir::new(folder).into_iter().filter_entry(wanted) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_path_buf();
            let error = error.into_io_error().unwrap_or_else(|| std::io::ErrorKind::Other.into());
            Failure::io("read", &path, &error)
        })?;
        if entry.file_type().is_file() {
            paths.push(entry.into_path());
        }
    }
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
        let inside = path.strip_prefix(folder).unwrap_or(path);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        Ok(File { path: parts.join("/"), bytes })
    };
    let mut files = paths.par_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let made = entry.depth() == 1 && entry.file_type().is_dir() && MADE.contains(&&*name);
    entry.depth() == 0 || !(name.starts_with('.') || name == "node_modules" || made)
}

/// Writes files that are new, all or none of them: where one of that name exists, nothing is written
/// and all such files are named.
pub fn add(root: &Path, files: &[File]) -> Result<(), Failure> {
    let exists = |path: &str| root.join(path).symlink_metadata().is_ok();
    let there: Vec<&str> =
        files.iter().map(|file| file.path.as_str()).filter(|path| exists(path)).collect();
    if !there.is_empty() {
        let named: Vec<String> = there.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
        let rest = match there.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "{} would write over what is there: {}{rest}",
            if there.len() == 1 { "a file" } else { "files" },
            named.join(", ")
        );
        return Err(Failure::new(message, "name an empty folder with --root, or move these away"));
    }
    let staging = root.join(STAGING);
    let written = stage(root, &staging, files);
    let cleared = fs::remove_dir_all(&staging);
    written?;
    cleared.map_err(|error| Failure::io("remove", &staging, &error))
}

fn stage(root: &Path, staging: &Path, files: &[File]) -> Result<(), Failure> {
    let make =
        |path: &Path| fs::create_dir_all(path).map_err(|error| Failure::io("make", path, &error));
    make(staging)?;
    for (number, file) in files.iter().enumerate() {
        let draft = staging.join(number.to_string());
        fs::write(&draft, &file.bytes).map_err(|error| Failure::io("write", &draft, &error))?;
    }
    let folders: BTreeSet<&Path> =
        files.iter().filter_map(|file| Path::new(&file.path).parent()).collect();
    for folder in folders {
        make(&root.join(folder))?;
    }
    for (number, file) in files.iter().enumerate() {
        let target = root.join(&file.path);
        let moved = fs::rename(staging.join(number.to_string()), &target);
        moved.map_err(|error| Failure::io("write", &target, &error))?;
    }
    Ok(())
}
