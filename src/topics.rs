//! What an article is about, as far as its own file tells: what related articles have in common.

use xxhash_rust::xxh3::xxh3_64;

use crate::frontmatter::FrontMatter;
use crate::markdown::Body;
use crate::slug::slug;

/// A stage, a tag or a word, as one number: a large site has half a million of them. Its last bits are
/// the weight, the others a hash of kind and name: that two topics of a site share those will not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Topic(u64);

/// The bits of the weight.
const WEIGHT: u64 = 0b111;

impl Topic {
    fn new(name: &str, weight: u64) -> Self {
        Self(xxh3_64(name.as_bytes()) & !WEIGHT | weight & WEIGHT)
    }

    /// How much it tells beside others that are as rare.
    pub fn weight(self) -> u32 {
        let [low, ..] = (self.0 & WEIGHT).to_le_bytes();
        u32::from(low)
    }
}

/// Words of fewer letters tell nothing.
const SHORTEST: usize = 4;

/// Each topic once, in the order of their hashes: stages, tags, and the words of title, description
/// and headings.
pub fn topics(meta: &FrontMatter, body: &Body) -> Box<[Topic]> {
    let stages = meta.stages.iter().map(|stage| Topic::new(&format!("stage {}", stage.value), 2));
    let tags = meta.tags.iter().map(|tag| Topic::new(&format!("tag {}", slug(&tag.value)), 4));
    let headings = body.headings.iter().map(|heading| heading.text.as_str());
    let words = [meta.title.as_str(), meta.description.as_str()]
        .into_iter()
        .chain(headings)
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() >= SHORTEST)
        .map(|word| Topic::new(&word.to_lowercase(), 1));
    let mut all: Vec<Topic> = stages.chain(tags).chain(words).collect();
    all.sort_unstable();
    all.dedup();
    all.into_boxed_slice()
}
