//! Code that earlier builds coloured, in one file of the cache.

use std::path::Path;

use super::{Failure, cache};
use crate::highlight::Known;

const NAME: &str = "listings";

/// The code that need not be coloured again.
pub fn read(root: &Path) -> Known {
    let text = cache::read(root, NAME);
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps the code of a build, if it is not what was `known`.
pub fn keep(root: &Path, known: &Known, listings: &Known) -> Result<(), Failure> {
    if known == listings {
        return Ok(());
    }
    let size: usize = listings.values().map(|html| html.len() * 9 / 8).sum();
    let mut json = Vec::with_capacity(size);
    // writing to memory cannot fail
    let _ = serde_json::to_writer(&mut json, listings);
    cache::keep(root, NAME, &String::from_utf8(json).unwrap_or_default())
}
