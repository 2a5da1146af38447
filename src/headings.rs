//! Heading ids that are unique on their page, and the outline they make.

use std::collections::HashMap;

use crate::piece::Heading;
use crate::slug::heading_id;

/// The ids already given on a page.
#[derive(Debug, Default)]
pub struct Ids {
    given: HashMap<String, usize>,
}

/// An entry of an outline with those below it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Entry {
    /// 2 or 3.
    pub level: u8,
    /// The heading's id.
    pub id: String,
    /// The heading's words.
    pub text: String,
    /// Headings one level deeper.
    pub children: Vec<Entry>,
}

impl Ids {
    /// The id of a heading with these words: equal ones are numbered `-1`, `-2` as on GitHub; one
    /// without any letter or digit is called `section`.
    pub fn give(&mut self, words: &str) -> String {
        let id = heading_id(words.trim());
        let id = if id.trim_matches('-').is_empty() { "section".to_owned() } else { id };
        let mut candidate = id.clone();
        while self.given.contains_key(&candidate) {
            let count = self.given.entry(id.clone()).or_default();
            *count += 1;
            candidate = format!("{id}-{count}");
        }
        self.given.insert(candidate.clone(), 0);
        candidate
    }

    /// Takes an id that the author chose; false if it was given before.
    pub fn take(&mut self, id: &str) -> bool {
        self.given.insert(id.to_owned(), 0).is_none()
    }
}

/// The headings of level 2 and 3 as a tree.
pub fn outline(headings: &[Heading]) -> Vec<Entry> {
    let mut roots: Vec<Entry> = Vec::new();
    for heading in headings.iter().filter(|heading| heading.level <= 3) {
        let (level, id, text) = (heading.level, heading.id.clone(), heading.text.clone());
        let entry = Entry { level, id, text, children: Vec::new() };
        match roots.last_mut() {
            Some(root) if level > root.level => root.children.push(entry),
            _ => roots.push(entry),
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_headings_are_numbered_and_never_collide() {
        let mut ids = Ids::default();
        let given: Vec<String> =
            ["Why", "Why", "Why 1", "Why", "?"].iter().map(|words| ids.give(words)).collect();
        assert_eq!(given, ["why", "why-1", "why-1-1", "why-2", "section"]);
    }
}
