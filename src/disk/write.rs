//! The output folder: only what differs is written, only what is ours is removed.
//!
//! A first build appears at once: its folder is made beside its place and gets its name last. In a
//! folder that is there, everything is decided before anything is touched; a refusal leaves it as it
//! was. Then the list of our files is saved, holding the old names and the new, so that a build that is
//! killed leaves nothing that the next one does not know. Each file is moved to its place, so that
//! nobody ever sees half of it; what is new comes first, and what is gone goes last, so that no link
//! leads nowhere in between. A folder that is exchanged as a whole is made like a first one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::stage::Taken;
use super::{Exchange, Failure, Stage, manifest, record, settle};
use crate::outputs::{is_page, offline};

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

/// Makes the folder of a stage hold all that it took, and says how it left each file. Refused, with
/// nothing touched, where a file that is not ours might be lost.
pub fn publish(stage: &Stage) -> Result<(Written, record::Files), Failure> {
    let mut taken = stage.taken();
    let folders: BTreeSet<&str> = taken.paths.iter().flat_map(|path| parents(path)).collect();
    refuse_blocked_ways(stage, &folders)?;
    if let Some((_, failure)) = taken.failures.drain(..).next() {
        return Err(failure);
    }
    let (all, written) = (taken.paths.len(), taken.changed.len());
    let removed = match stage.exchange {
        _ if stage.is_first => appear(stage, &taken)?,
        _ if stage.old.as_ref() == Some(&taken.paths) && written == 0 => 0,
        Exchange::Folder => exchange(stage, &taken)?,
        Exchange::Files => replace(stage, &taken, &folders)?,
    };
    Ok((Written { written, removed, unchanged: all - written }, taken.left))
}

/// The whole folder gets its name.
fn appear(stage: &Stage, taken: &Taken) -> Result<usize, Failure> {
    stage.draft(manifest::NAME, &manifest::text(&taken.paths))?;
    stage.carry_lock()?;
    settle::all(&stage.drafts)?;
    fs::rename(&stage.drafts, &stage.folder)
        .map_err(|error| Failure::io("write", &stage.folder, &error))?;
    Ok(0)
}

/// The whole folder takes the place of the one that is there; gives the number of files removed.
fn exchange(stage: &Stage, taken: &Taken) -> Result<usize, Failure> {
    // it would go with the folder
    if let Some(path) = stage.first_foreign_at_all() {
        let shown = stage.folder.join(path);
        return Err(Failure::new(
            format!("`{}` would be lost: postrej-site did not write it", shown.display()),
            "put it into `content`, or build without `--atomic`, which exchanges the whole folder",
        ));
    }
    stage.draft(manifest::NAME, &manifest::text(&taken.paths))?;
    stage.carry_lock()?;
    settle::all(&stage.drafts)?;
    settle::exchange(&stage.drafts, &stage.folder)?;
    let removed = stage.old.iter().flatten().filter(|path| !taken.paths.contains(*path));
    Ok(removed.count())
}

/// Each file that differs takes its place; gives the number of files removed.
fn replace(stage: &Stage, taken: &Taken, folders: &BTreeSet<&str>) -> Result<usize, Failure> {
    let folder = &stage.folder;
    let none = BTreeSet::new();
    let (old, new) = (stage.old.as_ref().unwrap_or(&none), &taken.paths);
    let gone = old.difference(new).filter(|path| holds_no_link(folder, path));
    let blocks = |path: &&Arc<str>| {
        folders.contains(&***path) || parents(path).any(|parent| new.contains(parent))
    };
    // first a file where a folder must be, or the other way round; last what nothing leads to any more
    let (blocking, unneeded): (Vec<&Arc<str>>, Vec<&Arc<str>>) = gone.partition(blocks);
    settle::files(&stage.drafts, &taken.changed)?;

    let both: BTreeSet<Arc<str>> = new.union(old).cloned().collect();
    if stage.old.as_ref() != Some(&both) {
        list(stage, &both)?;
    }
    let mut removed = remove(folder, &blocking)?;
    for parent in taken.changed.iter().flat_map(|path| parents(path)).collect::<BTreeSet<_>>() {
        let path = folder.join(parent);
        fs::create_dir_all(&path).map_err(|error| Failure::io("make", &path, &error))?;
    }
    let is_new = |path: &Arc<str>| !old.contains(path);
    for batch in Batch::ALL {
        let own = taken.changed.par_iter().filter(|path| Batch::of(path, is_new(path)) == batch);
        own.try_for_each(|path| {
            let target = folder.join(&**path);
            fs::rename(stage.drafts.join(&**path), &target)
                .map_err(|error| Failure::io("write", &target, &error))
        })?;
    }
    // a page goes before what it leads to
    let (pages, rest): (Vec<_>, Vec<_>) = unneeded.into_iter().partition(|path| is_page(path));
    for batch in [pages, rest] {
        removed += remove(folder, &batch)?;
    }
    if both != *new {
        list(stage, new)?;
    }
    Ok(removed)
}

/// What takes its place together. Nothing leads to what is new yet, so that comes first; then a list
/// or a page never leads to what is not there, nor goes what an old one still leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Batch {
    NewFile,
    NewPage,
    File,
    Page,
    /// It has browsers keep what is there when they see it.
    Worker,
}

impl Batch {
    const ALL: [Self; 5] = [Self::NewFile, Self::NewPage, Self::File, Self::Page, Self::Worker];

    fn of(path: &str, is_new: bool) -> Self {
        match (is_page(path), is_new) {
            _ if path == offline::PATH => Self::Worker,
            (false, true) => Self::NewFile,
            (true, true) => Self::NewPage,
            (false, false) => Self::File,
            (true, false) => Self::Page,
        }
    }
}

/// Saves the list of our files.
fn list(stage: &Stage, paths: &BTreeSet<Arc<str>>) -> Result<(), Failure> {
    let (draft, _) = stage.draft(manifest::NAME, &manifest::text(paths))?;
    let target = stage.folder.join(manifest::NAME);
    fs::rename(draft, &target).map_err(|error| Failure::io("write", &target, &error))
}

/// `a/b/c` gives `a` and `a/b`.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// Where we need a folder, a link would lead the output elsewhere, and a file is not ours to take.
fn refuse_blocked_ways(stage: &Stage, needed: &BTreeSet<&str>) -> Result<(), Failure> {
    for path in needed.iter().filter(|_| !stage.is_first) {
        let Ok(metadata) = stage.folder.join(&**path).symlink_metadata() else { continue };
        let is_ours = metadata.is_file() && stage.is_ours(path);
        if !metadata.is_dir() && !is_ours {
            return Err(stage.foreign(path));
        }
    }
    Ok(())
}

/// Whether the way to a file is all folders: through a link we would remove what is not ours.
fn holds_no_link(folder: &Path, path: &str) -> bool {
    parents(path).all(|parent| folder.join(parent).symlink_metadata().is_ok_and(|at| at.is_dir()))
}

/// Removes files of ours, then the folders that this left empty; gives the number of files.
fn remove(folder: &Path, paths: &[&Arc<str>]) -> Result<usize, Failure> {
    let mut removed = 0;
    for path in paths {
        let path = folder.join(&***path);
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
