//! What was found in documents, packed until all are read: about three bytes for a term in a document.

use super::documents::FIELDS;

/// How often a term stands in each field; more than fit make no difference.
pub type Counts = [u8; FIELDS.len()];

/// Terms with their counts, one behind the other: the term's number, seven bits a byte; then its count
/// in the text, which is the last field, or, where it stands in others, too, a zero and all counts.
#[derive(Debug, Default)]
pub struct Found(Vec<u8>);

impl Found {
    /// Adds a term.
    pub fn push(&mut self, mut term: u32, counts: Counts) {
        while term >= 0x80 {
            self.0.push(term.to_le_bytes()[0] | 0x80);
            term >>= 7;
        }
        self.0.push(term.to_le_bytes()[0]);
        if let [0, 0, 0, 0, body] = counts {
            self.0.push(body);
        } else {
            self.0.push(0);
            self.0.extend(counts);
        }
    }

    /// Lets go of the room for more.
    pub fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    /// All terms in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Counts)> {
        let mut bytes = self.0.iter().copied();
        std::iter::from_fn(move || {
            let (mut term, mut shift) = (0, 0);
            loop {
                let byte = bytes.next()?;
                term |= u32::from(byte & 0x7f) << shift;
                if byte < 0x80 {
                    break;
                }
                shift += 7;
            }
            let mut counts = Counts::default();
            match bytes.next()? {
                0 => counts.fill_with(|| bytes.next().unwrap_or_default()),
                body => counts[counts.len() - 1] = body,
            }
            Some((term, counts))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found_again() {
        let terms = [(0, [0, 0, 0, 0, 1]), (127, [1, 0, 0, 0, 255]), (128, [0, 0, 2, 0, 0])];
        let terms = [&terms[..], &[(u32::MAX, [0, 0, 0, 0, 255])]].concat();
        let mut found = Found::default();
        for (term, counts) in &terms {
            found.push(*term, *counts);
        }
        assert_eq!(found.iter().collect::<Vec<_>>(), terms);
    }
}
