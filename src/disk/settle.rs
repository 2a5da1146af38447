//! What must be on the disk itself before the next step: a file that takes the place of another, so
//! that a power cut leaves the one or the other. And the one step that exchanges two folders.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::Failure;

/// More files than are brought to the disk one by one, where the whole disk can be told to.
const FEW: usize = 64;

/// Brings files of a folder to the disk.
pub fn files(folder: &Path, paths: &[Arc<str>]) -> Result<(), Failure> {
    if paths.len() > FEW && whole_disk(folder) {
        return Ok(());
    }
    paths.par_iter().try_for_each(|path| {
        let path = folder.join(&**path);
        sync(&path).map_err(|error| Failure::io("write", &path, &error))
    })
}

/// Brings all files of a folder to the disk.
pub fn all(folder: &Path) -> Result<(), Failure> {
    if whole_disk(folder) {
        return Ok(());
    }
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(walkdir::DirEntry::into_path)
        .par_bridge()
        .try_for_each(|path| sync(&path).map_err(|error| Failure::io("write", &path, &error)))
}

/// Two folders take each other's place, in one step; neither is lost where that cannot be done.
pub fn exchange(one: &Path, other: &Path) -> Result<(), Failure> {
    exchange_names(one, other).map_err(|error| {
        let failure = Failure::io("exchange the folder", other, &error);
        Failure { hint: Some("build without `--atomic`".to_owned()), ..failure }
    })
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange_names(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange_names(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this system has no such step"))
}

/// Whether the disk that a folder is on could be told to write what it was given.
#[cfg(target_os = "linux")]
fn whole_disk(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|folder| rustix::fs::syncfs(folder).is_ok())
}

#[cfg(not(target_os = "linux"))]
fn whole_disk(_: &Path) -> bool {
    false
}

fn sync(path: &Path) -> io::Result<()> {
    // some systems bring only what may be written
    File::options().append(true).open(path)?.sync_data()
}
