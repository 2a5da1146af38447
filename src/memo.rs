//! What an earlier round made and the next need not make again.
//!
//! A thing is known by a hash of all that decides about it, so that nothing is ever out of date: what
//! changed has another hash. What one round did not ask for, the next does not know.

use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Things of one kind by their hash, for one round; asked from many threads.
#[derive(Debug)]
pub struct Memo<T> {
    before: HashMap<u64, Arc<T>>,
    /// In several parts, so that threads seldom wait for each other.
    asked: [Mutex<HashMap<u64, Arc<T>>>; PARTS],
}

const PARTS: usize = 16;

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { before: HashMap::default(), asked: Default::default() }
    }
}

/// The thing with this hash, where there is a memo; else it is made, and its hash is not asked for.
pub fn recall<T>(
    memo: Option<&Memo<T>>,
    hash: impl FnOnce() -> u64,
    make: impl FnOnce() -> T,
) -> Arc<T> {
    match memo {
        Some(memo) => memo.get(hash(), make),
        None => Arc::new(make()),
    }
}

/// One hash of two.
pub fn join(hash: u64, next: u64) -> u64 {
    xxh3_64_with_seed(&next.to_le_bytes(), hash)
}

impl<T> Memo<T> {
    /// The thing with this hash: as it was made before, or made now.
    pub fn get(&self, hash: u64, make: impl FnOnce() -> T) -> Arc<T> {
        let thing = self.before.get(&hash).map_or_else(|| Arc::new(make()), Arc::clone);
        let part = &self.asked[usize::from(hash.to_le_bytes()[0]) % PARTS];
        part.lock().unwrap_or_else(PoisonError::into_inner).insert(hash, Arc::clone(&thing));
        thing
    }

    /// For the next round: all that this one asked for.
    #[must_use]
    pub fn next(self) -> Self {
        let parts = self.asked.into_iter();
        let parts =
            parts.flat_map(|part| part.into_inner().unwrap_or_else(PoisonError::into_inner));
        Self { before: parts.collect(), asked: Default::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_made_once_as_long_as_each_round_asks_for_it() {
        let mut made = Vec::new();
        let mut memo = Memo::default();
        for round in [vec![1, 2], vec![2, 3], vec![1, 2]] {
            for hash in round {
                let thing = memo.get(hash, || {
                    made.push(hash);
                    format!("thing {hash}")
                });
                assert_eq!(*thing, format!("thing {hash}"));
            }
            memo = memo.next();
        }
        assert_eq!(made, [1, 2, 3, 1]);
    }
}
