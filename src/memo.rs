//! What an earlier round made and the next need not make again.
//!
//! A thing is known by a hash of all that decides about it, so that nothing is ever out of date: what
//! changed has another hash. What one round did not ask for, the next does not know.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Things of one kind by their hash, for one round; asked from many threads, which wait for each other
/// only where something is new.
#[derive(Debug)]
pub struct Memo<T> {
    before: HashMap<u64, Known<T>>,
    made: Mutex<Vec<(u64, Arc<T>)>>,
}

/// A thing that an earlier round made.
#[derive(Debug)]
struct Known<T> {
    thing: Arc<T>,
    /// In this round.
    is_asked: AtomicBool,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { before: HashMap::default(), made: Mutex::default() }
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
        if let Some(known) = self.before.get(&hash) {
            known.is_asked.store(true, Ordering::Relaxed);
            return Arc::clone(&known.thing);
        }
        let thing = Arc::new(make());
        let mut new = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        new.push((hash, Arc::clone(&thing)));
        thing
    }

    /// Whether this round made something.
    pub fn is_new(&mut self) -> bool {
        !self.made.get_mut().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// For the next round: all that this one asked for, and that is worth `keeping`.
    #[must_use]
    pub fn next(self, keeping: impl Fn(&T) -> bool) -> Self {
        let mut before = self.before;
        before.retain(|_, known| std::mem::take(known.is_asked.get_mut()));
        let made = self.made.into_inner().unwrap_or_else(PoisonError::into_inner);
        let made = made.into_iter().filter(|(_, thing)| keeping(thing));
        before.extend(
            made.map(|(hash, thing)| (hash, Known { thing, is_asked: AtomicBool::new(false) })),
        );
        Self { before, made: Mutex::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_made_once_as_long_as_each_round_asks_for_it() {
        let (mut made, mut new) = (Vec::new(), Vec::new());
        let mut memo = Memo::default();
        for round in [vec![1, 2], vec![2, 3], vec![1, 2], vec![1, 2]] {
            for hash in round {
                let thing = memo.get(hash, || {
                    made.push(hash);
                    format!("thing {hash}")
                });
                assert_eq!(*thing, format!("thing {hash}"));
            }
            new.push(memo.is_new());
            memo = memo.next(|_| true);
        }
        assert_eq!(made, [1, 2, 3, 1]);
        assert_eq!(new, [true, true, true, false]);
    }

    #[test]
    fn what_is_not_worth_keeping_is_made_again() {
        let mut made = 0;
        let mut memo = Memo::default();
        for _ in 0..2 {
            for hash in [1, 2] {
                memo.get(hash, || made += 1);
            }
            memo = memo.next(|()| false);
        }
        assert_eq!(made, 4);
    }
}
