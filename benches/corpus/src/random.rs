//! Numbers that look random and are the same on every machine: whole numbers only, as the last digit
//! of a logarithm depends on the processor.

/// A source of numbers (`SplitMix64`).
pub struct Random(u64);

impl Random {
    /// One that depends on a seed and on what it is for.
    pub fn new(seed: u64, purpose: u64) -> Self {
        let mut random = Self(seed ^ purpose.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to `end`, without it; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// From `least` to `most`, both included.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// From 0 up to `end`, the number n about half as often as n/2: each doubling of numbers is as
    /// likely as the one before, which is how often the words of a language are said (Zipf's law).
    pub fn uneven(&mut self, end: usize) -> usize {
        let doublings = usize::try_from(end.max(1).ilog2()).unwrap_or(0) + 1;
        loop {
            let first = 1 << self.below(doublings);
            let number = first + self.below(first) - 1;
            if number < end {
                return number;
            }
        }
    }

    /// One of them.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
