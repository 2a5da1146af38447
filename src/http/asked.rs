//! The pages that browsers asked for last: those are open, most likely, and are made first.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// More pages than anybody looks at.
const MOST: usize = 16;

/// Paths of pages in the site, the latest last.
#[derive(Debug, Default)]
pub struct Asked(Mutex<VecDeque<String>>);

impl Asked {
    /// Somebody asked for the file at a path.
    pub(super) fn note(&self, path: &str) {
        if !crate::outputs::is_page(path) {
            return;
        }
        let mut paths = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        paths.retain(|known| known != path);
        paths.push_back(path.to_owned());
        if paths.len() > MOST {
            paths.pop_front();
        }
    }

    /// Whether the page at a path is among the last.
    pub fn has(&self, path: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|known| known == path)
    }
}
