//! Social cards that earlier builds drew, in `.cache/postrej-site/cards/` of the site's folder.
//!
//! A file's name is the card's key and a hash of the file: one that is damaged or half written does
//! not fit its name, is not used, and goes away with the next build. A build that succeeded leaves
//! the cards of its site there and no others.

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{Failure, cache};
use crate::Built;
use crate::outputs::cards::Known;

/// The cards that can be used again. What cannot be read is drawn again.
pub fn read(root: &Path) -> Known {
    let folder = folder(root);
    let cards = names(&folder).into_par_iter().filter_map(|name| {
        let bytes = fs::read(folder.join(&name)).ok()?;
        let key = name.split('-').next()?.to_owned();
        (file_name(&key, &bytes) == name).then_some((key, bytes))
    });
    cards.collect()
}

/// Makes the folder hold the cards that a build shows, of which it knew some from there.
pub fn keep(root: &Path, known: &Known, built: &Built) -> Result<(), Failure> {
    let folder = folder(root);
    let cards = built.cards.iter().filter_map(|card| {
        let new = built.drawn.get(&card.key);
        let bytes = new.or_else(|| known.get(&card.key))?;
        Some((file_name(&card.key, bytes), bytes, new.is_some()))
    });
    let cards: Vec<_> = cards.collect();
    if cards.iter().any(|(_, _, new)| *new) {
        cache::make(root)?;
        fs::create_dir_all(&folder).map_err(|error| Failure::io("make", &folder, &error))?;
    }
    for (name, bytes, _) in cards.iter().filter(|(_, _, new)| *new) {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| Failure::io("write", &path, &error))?;
    }
    let wanted: HashSet<&str> = cards.iter().map(|(name, _, _)| name.as_str()).collect();
    for name in names(&folder).iter().filter(|name| !wanted.contains(name.as_str())) {
        let path = folder.join(name);
        match fs::remove_file(&path) {
            // another build may have been quicker
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Failure::io("remove", &path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn folder(root: &Path) -> PathBuf {
    cache::folder(root).join("cards")
}

/// `0123456789abcdef-fedcba9876543210.png`: a card's key and a hash of the file.
fn file_name(key: &str, bytes: &[u8]) -> String {
    format!("{key}-{:016x}.png", xxh3_64(bytes))
}

/// The files in the folder that have such a name; no other is ours.
fn names(folder: &Path) -> Vec<String> {
    let digits = |part: &str| part.len() == 16 && part.bytes().all(|one| one.is_ascii_hexdigit());
    let ours = |name: &String| {
        let parts = name.strip_suffix(".png").and_then(|name| name.split_once('-'));
        parts.is_some_and(|(key, hash)| digits(key) && digits(hash))
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(ours).collect()
}
