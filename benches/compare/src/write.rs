//! Writes a corpus as one generator wants it.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use corpus::Corpus;
use corpus::dialect::{Dialect, File};
use rayon::prelude::*;

/// Writes the articles and what belongs to them into `root`, which is emptied before.
pub fn corpus(corpus: &Corpus, dialect: &Dialect, root: &Path) -> io::Result<()> {
    clear(root)?;
    fs::create_dir_all(root)?;
    let peer = peers().join(dialect.name);
    if peer.is_dir() {
        copy(&peer, root)?;
    }
    let rest = (dialect.rest)(corpus);
    let folders: HashSet<_> =
        rest.iter().filter_map(|file| Path::new(&file.path).parent()).collect();
    for folder in folders {
        fs::create_dir_all(root.join(folder))?;
    }
    rest.iter().try_for_each(|one| file(root, one))?;
    let first = corpus.shape.sections().min(corpus.shape.articles);
    for number in 0..first {
        let path = (dialect.article)(corpus, &corpus.article(number)).path;
        fs::create_dir_all(root.join(path).parent().unwrap_or(root))?;
    }
    // one after the other in memory: a hundred thousand would not fit a small machine
    (0..corpus.shape.articles)
        .into_par_iter()
        .try_for_each(|number| file(root, &(dialect.article)(corpus, &corpus.article(number))))
}

/// Where the settings and templates of each generator stand.
pub fn peers() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/peers"))
}

fn file(root: &Path, file: &File) -> io::Result<()> {
    fs::write(root.join(&file.path), &file.text)
}

/// Removes a folder with all that is in it, if it is there.
pub fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}
