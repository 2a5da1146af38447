//! Where outputs go: each as soon as it is made, so that a large site is never whole in memory.

use std::sync::Mutex;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{Output, is_page};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::verify::Facts;

/// Takes outputs from many threads at once, in no order. An output that was taken is not yet
/// published: an error may still come.
pub trait Sink: Sync {
    /// Takes one, with the hash of its bytes.
    fn take(&self, output: Output, hash: u64);
}

/// For those who want to know what is wrong, and nothing else.
#[derive(Debug)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn take(&self, _: Output, _: u64) {}
}

/// Keeps all of it.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Vec<Output>>);

impl Sink for Memory {
    fn take(&self, output: Output, _: u64) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(output);
    }
}

impl Memory {
    /// What was taken, in the order of paths; nothing where the site has an error.
    pub fn outputs(self, found: &[Diagnostic]) -> Vec<Output> {
        if has_errors(found) {
            return Vec::new();
        }
        let mut outputs = self.0.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        outputs.sort_unstable_by(|a, b| (&a.path, &a.origin).cmp(&(&b.path, &b.origin)));
        outputs
    }
}

/// What is remembered of an output that was handed on.
#[derive(Debug)]
pub struct Made {
    /// Relative to the output folder, as [`Output::path`].
    pub path: String,
    /// As [`Output::origin`].
    pub origin: String,
    /// How large it is, in bytes.
    pub size: usize,
    /// A hash of its bytes.
    pub hash: u64,
}

impl Made {
    /// As [`Output::is_page`].
    pub fn is_page(&self) -> bool {
        is_page(&self.path)
    }
}

/// All that was made so far.
#[derive(Debug, Default)]
pub struct Finished {
    /// Every output that was handed on.
    pub made: Vec<Made>,
    /// What the pages among them hold and refer to.
    pub pages: Vec<Facts>,
}

/// Hands outputs on, in parallel; what is remembered has their order.
pub fn hand(outputs: Vec<Output>, sink: &dyn Sink) -> Vec<Made> {
    outputs.into_par_iter().map(|output| hand_one(output, sink)).collect()
}

/// Hands one on.
pub fn hand_one(output: Output, sink: &dyn Sink) -> Made {
    let (path, origin) = (output.path.clone(), output.origin.clone());
    let (size, hash) = (output.bytes.len(), xxh3_64(&output.bytes));
    sink.take(output, hash);
    Made { path, origin, size, hash }
}
