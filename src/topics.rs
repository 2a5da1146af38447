//! What an article is about, as far as its own file tells: what related articles have in common.

use xxhash_rust::xxh3::xxh3_64;

use crate::frontmatter::FrontMatter;
use crate::markdown::Body;
use crate::slug::slug;

/// A stage, a tag or a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Topic {
    /// A hash of its kind and name: that two topics of a site share 64 bits will not happen.
    pub hash: u64,
    /// How much it tells beside others that are as rare.
    pub weight: u8,
}

/// Words of fewer letters tell nothing.
const SHORTEST: usize = 4;

/// Each topic once, in the order of their hashes: stages, tags, and the words of title, description
/// and headings.
pub fn topics(meta: &FrontMatter, body: &Body) -> Vec<Topic> {
    let topic = |name: &str, weight| Topic { hash: xxh3_64(name.as_bytes()), weight };
    let stages = meta.stages.iter().map(|stage| topic(&format!("stage {}", stage.value), 2));
    let tags = meta.tags.iter().map(|tag| topic(&format!("tag {}", slug(&tag.value)), 4));
    let headings = body.headings.iter().map(|heading| heading.text.as_str());
    let words = [meta.title.as_str(), meta.description.as_str()]
        .into_iter()
        .chain(headings)
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() >= SHORTEST)
        .map(|word| topic(&word.to_lowercase(), 1));
    let mut all: Vec<Topic> = stages.chain(tags).chain(words).collect();
    all.sort_unstable();
    all.dedup();
    all
}
