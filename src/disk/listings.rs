//! Code that earlier builds coloured, in one file of the cache.
//!
//! Its first line is a hash of the rest: a file that is damaged or half written is as good as none.

use std::fs;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::{Failure, cache};
use crate::highlight::Known;

/// The code that need not be coloured again.
pub fn read(root: &Path) -> Known {
    let text = fs::read_to_string(path(root)).unwrap_or_default();
    let whole = text.split_once('\n').filter(|(hash, rest)| *hash == hash_of(rest));
    whole.and_then(|(_, rest)| serde_json::from_str(rest).ok()).unwrap_or_default()
}

/// Keeps the code of a build, if it is not what was `known`.
pub fn keep(root: &Path, known: &Known, listings: &Known) -> Result<(), Failure> {
    if known == listings {
        return Ok(());
    }
    cache::make(root)?;
    let path = path(root);
    let rest = serde_json::to_string(listings).unwrap_or_default();
    fs::write(&path, format!("{}\n{rest}", hash_of(&rest)))
        .map_err(|error| Failure::io("write", &path, &error))
}

fn path(root: &Path) -> PathBuf {
    cache::folder(root).join("listings")
}

fn hash_of(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.as_bytes()))
}
