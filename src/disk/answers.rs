//! Good answers of other sites, in one file of the cache, each with the day it was given.
//!
//! Like the listings: its first line is a hash of the rest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{Failure, cache};
use crate::away::Answer;

/// How many days a good answer is believed.
const DAYS: i32 = 7;

/// An answer and the day of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// As `2026-11-20`.
    day: String,
    /// The new address of what has moved.
    moved: Option<String>,
}

/// The answers that are still believed on a day.
pub fn read(root: &Path, today: Date) -> BTreeMap<String, Answer> {
    let fresh = |kept: &Kept| {
        let day: Option<Date> = kept.day.parse().ok();
        let age = day.and_then(|day| today.since(day).ok());
        age.is_some_and(|age| (0..DAYS).contains(&age.get_days()))
    };
    let kept = load(root).into_iter().filter(|(_, kept)| fresh(kept));
    kept.map(|(url, kept)| (url, kept.moved.map_or(Answer::Fine, Answer::Moved))).collect()
}

/// Keeps the good ones of new answers, beside those that are still believed.
pub fn keep(root: &Path, new: &BTreeMap<String, Answer>, today: Date) -> Result<(), Failure> {
    let believed = read(root, today);
    let mut kept = load(root);
    kept.retain(|url, _| believed.contains_key(url));
    kept.extend(new.iter().filter_map(|(url, answer)| {
        let moved = match answer {
            Answer::Fine => None,
            Answer::Moved(to) => Some(to.clone()),
            Answer::Gone(_) | Answer::Unsure(_) => return None,
        };
        Some((url.clone(), Kept { day: today.to_string(), moved }))
    }));
    cache::make(root)?;
    let path = path(root);
    let rest = serde_json::to_string(&kept).unwrap_or_default();
    let text = format!("{:016x}\n{rest}", xxh3_64(rest.as_bytes()));
    fs::write(&path, text).map_err(|error| Failure::io("write", &path, &error))
}

fn load(root: &Path) -> BTreeMap<String, Kept> {
    let text = fs::read_to_string(path(root)).unwrap_or_default();
    let whole = text
        .split_once('\n')
        .filter(|(hash, rest)| *hash == format!("{:016x}", xxh3_64(rest.as_bytes())));
    whole.and_then(|(_, rest)| serde_json::from_str(rest).ok()).unwrap_or_default()
}

fn path(root: &Path) -> PathBuf {
    cache::folder(root).join("answers")
}
