//! The output folder: only what differs is written, only what is ours is removed.
//!
//! First everything is decided and nothing is touched; a refusal leaves the folder as it was. Then
//! the list of our files is saved, holding the old names and the new, so that a build that is
//! killed leaves nothing that the next one does not know. A file is written in a staging folder
//! and moved to its place, so that nobody ever sees half of it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Failure, manifest, place};
use crate::outputs::Output;

/// Inside the output folder, so that moving a file out of it is one step on the same disk.
const STAGING: &str = ".postrej-site.tmp";

/// What a build did to the output folder, in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// New, or with new contents.
    pub written: usize,
    /// Ours from an earlier build, and no longer made.
    pub removed: usize,
    /// As they were; not touched.
    pub unchanged: usize,
}

/// What is to be done, decided before anything is touched.
struct Plan<'a> {
    /// The files that are ours, as the folder's list has them.
    old: Option<BTreeSet<String>>,
    /// The files that will be ours.
    new: BTreeSet<String>,
    /// To be written.
    changed: Vec<&'a Output>,
    /// To be removed first: a file where a folder must be, or the other way round.
    in_the_way: Vec<String>,
    /// To be removed last, when nothing leads to them any more.
    stale: Vec<String>,
}

/// Makes `folder` hold the outputs. Refused, with nothing touched, where a file that is not ours
/// might be lost.
pub fn write(root: &Path, folder: &Path, outputs: &[Output]) -> Result<Written, Failure> {
    place::check(root, folder)?;
    let plan = plan(folder, outputs)?;
    let removed = apply(folder, &plan)?;
    let written = plan.changed.len();
    Ok(Written { written, removed, unchanged: outputs.len() - written })
}

fn plan<'a>(folder: &Path, outputs: &'a [Output]) -> Result<Plan<'a>, Failure> {
    let old = manifest::read(folder)?;
    if old.is_none() {
        refuse_foreign_folder(folder)?;
    }
    let ours = old.clone().unwrap_or_default();
    let new: BTreeSet<_> = outputs.iter().map(|output| output.path.clone()).collect();
    if let Some(path) = new.iter().find(|path| !manifest::stays_inside(path)) {
        let message = format!("the page address `{path}` leads out of the output folder");
        return Err(Failure::new(message, "rename the file that it comes from"));
    }
    let folders: BTreeSet<_> = new.iter().flat_map(|path| parents(path)).collect();
    refuse_blocked_ways(folder, &folders, &ours)?;

    let differs = outputs.par_iter().map(|output| differs(folder, output, &ours));
    let differs = differs.collect::<Result<Vec<_>, _>>()?;
    let changed = outputs.iter().zip(differs).filter_map(|(output, yes)| yes.then_some(output));
    let gone = ours.difference(&new).filter(|path| holds_no_link(folder, path)).cloned();
    let blocks = |path: &String| {
        folders.contains(path.as_str()) || parents(path).any(|parent| new.contains(parent))
    };
    let (in_the_way, stale) = gone.partition(blocks);
    Ok(Plan { changed: changed.collect(), old, in_the_way, stale, new })
}

/// `a/b/c` gives `a` and `a/b`.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// A folder without our list may only be written to when it is empty or not there.
fn refuse_foreign_folder(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::io("read", folder, &error)),
    };
    // The staging folder alone is what a first build leaves that was killed before its list.
    match entries.flatten().map(|entry| entry.file_name()).filter(|name| name != STAGING).min() {
        None => Ok(()),
        Some(name) => Err(Failure::new(
            format!(
                "the output folder `{}` holds `{}`, which postrej-site did not write",
                folder.display(),
                name.display()
            ),
            "empty it by hand if nothing in it is needed, or name another with --output-dir",
        )),
    }
}

/// Where we need a folder, a link would lead the output elsewhere, and a file is not ours to take.
fn refuse_blocked_ways(
    folder: &Path,
    needed: &BTreeSet<&str>,
    ours: &BTreeSet<String>,
) -> Result<(), Failure> {
    for path in needed {
        let Ok(metadata) = folder.join(path).symlink_metadata() else { continue };
        let is_ours = metadata.is_file() && ours.contains(*path);
        if !metadata.is_dir() && !is_ours {
            return Err(foreign(folder, path));
        }
    }
    Ok(())
}

/// Whether the file must be written; a failure where something of that name is not ours.
fn differs(folder: &Path, output: &Output, ours: &BTreeSet<String>) -> Result<bool, Failure> {
    let path = folder.join(&output.path);
    let read = |error| Failure::io("read", &path, &error);
    let metadata = match path.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Ok(true),
        Err(error) => return Err(read(error)),
    };
    if metadata.is_dir() {
        // Ours to take away when everything in it is.
        return match first_foreign(folder, &path, ours) {
            None => Ok(true),
            Some(found) => Err(foreign(folder, &found)),
        };
    }
    if !ours.contains(&output.path) {
        return Err(foreign(folder, &output.path));
    }
    if !metadata.is_file() || metadata.len() != output.bytes.len() as u64 {
        return Ok(true);
    }
    Ok(fs::read(&path).map_err(read)? != output.bytes)
}

/// What is in the folder `start`, or that itself, and neither on the list nor a folder of the list.
fn first_foreign(folder: &Path, start: &Path, ours: &BTreeSet<String>) -> Option<String> {
    WalkDir::new(start).sort_by_file_name().into_iter().find_map(|entry| {
        let entry = entry.ok()?;
        let parts = entry.path().strip_prefix(folder).ok()?.iter().map(OsStr::to_string_lossy);
        let path = parts.collect::<Vec<_>>().join("/");
        let is_ours = if entry.file_type().is_dir() {
            ours.range(format!("{path}/")..).next().is_some_and(|one| is_below(one, &path))
        } else {
            ours.contains(&path)
        };
        (!is_ours).then_some(path)
    })
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn foreign(folder: &Path, path: &str) -> Failure {
    let shown = folder.join(path);
    Failure::new(
        format!("`{}` is in the way, and postrej-site did not write it", shown.display()),
        "move it away, or name another folder with --output-dir",
    )
}

/// Whether the way to a file is all folders: through a link we would remove what is not ours.
fn holds_no_link(folder: &Path, path: &str) -> bool {
    parents(path).all(|parent| folder.join(parent).symlink_metadata().is_ok_and(|at| at.is_dir()))
}

/// Carries the plan out; gives the number of files removed.
fn apply(folder: &Path, plan: &Plan<'_>) -> Result<usize, Failure> {
    let staging = Staging(folder.join(STAGING));
    staging.clear().map_err(|error| Failure::io("remove", &staging.0, &error))?;
    if plan.old.as_ref() == Some(&plan.new) && plan.changed.is_empty() {
        return Ok(0);
    }
    fs::create_dir_all(&staging.0).map_err(|error| Failure::io("make", &staging.0, &error))?;

    let both: BTreeSet<_> =
        plan.new.union(plan.old.as_ref().unwrap_or(&plan.new)).cloned().collect();
    let list = folder.join(manifest::NAME);
    if plan.old.as_ref() != Some(&both) {
        staging.place(0, &manifest::text(&both), &list)?;
    }
    let mut removed = remove(folder, &plan.in_the_way)?;
    for parent in
        plan.changed.iter().flat_map(|output| parents(&output.path)).collect::<BTreeSet<_>>()
    {
        let path = folder.join(parent);
        fs::create_dir_all(&path).map_err(|error| Failure::io("make", &path, &error))?;
    }
    // A page never appears before what it shows, nor goes what an old page still shows.
    let (pages, rest): (Vec<&Output>, Vec<&Output>) =
        plan.changed.iter().partition(|output| is_page(&output.path));
    for batch in [rest, pages] {
        batch.par_iter().enumerate().try_for_each(|(number, output)| {
            staging.place(number, &output.bytes, &folder.join(&output.path))
        })?;
    }
    removed += remove(folder, &plan.stale)?;
    if both != plan.new {
        staging.place(0, &manifest::text(&plan.new), &list)?;
    }
    Ok(removed)
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

/// Removes files of ours, then the folders that this left empty; gives the number of files.
fn remove(folder: &Path, paths: &[String]) -> Result<usize, Failure> {
    let mut removed = 0;
    for path in paths {
        let path = folder.join(path);
        // Where somebody has put a folder in its place, the folder is theirs.
        match path.symlink_metadata() {
            Ok(metadata) if !metadata.is_dir() => {
                fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))?;
                removed += 1;
            }
            _ => {}
        }
    }
    let emptied: BTreeSet<_> = paths.iter().flat_map(|path| parents(path)).collect();
    for parent in emptied.into_iter().rev() {
        // Fails, as it should, where something is left.
        _ = fs::remove_dir(folder.join(parent));
    }
    Ok(removed)
}

/// The folder where files are written before they are moved; gone when this value goes.
struct Staging(PathBuf);

impl Staging {
    fn place(&self, number: usize, bytes: &[u8], target: &Path) -> Result<(), Failure> {
        let draft = self.0.join(number.to_string());
        let placed = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, target));
        placed.map_err(|error| Failure::io("write", target, &error))
    }

    fn clear(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a failure it may stay; the next build clears it.
        _ = self.clear();
    }
}
