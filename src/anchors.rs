//! Ids and addresses in HTML, read as a browser reads it.

use std::borrow::Cow;

use crate::html::{decoded, tags};

/// What one piece of HTML refers to and offers.
#[derive(Debug, Default)]
pub struct Anchors<'a> {
    /// Every `id`, and every `name` of a link, in order.
    pub ids: Vec<Cow<'a, str>>,
    /// Every `href`, `src` and the like, in order, entities decoded.
    pub addresses: Vec<Cow<'a, str>>,
}

/// The ids of a piece of raw HTML.
pub fn ids(html: &str) -> Vec<String> {
    read(html).ids.into_iter().map(Cow::into_owned).collect()
}

/// Everything that refers or can be referred to.
pub fn read(html: &str) -> Anchors<'_> {
    let mut anchors = Anchors::default();
    tags(html, |tag, attributes| {
        for (name, value) in attributes {
            anchors.add(&Meaning::of(name, tag.eq_ignore_ascii_case("a")), value);
        }
    });
    anchors
}

/// What an attribute's value is to us.
enum Meaning {
    Id,
    Address,
    /// Addresses with their sizes, separated by commas.
    Addresses,
    Other,
}

impl Meaning {
    fn of(attribute: &str, is_link: bool) -> Self {
        let is = |name: &str| attribute.eq_ignore_ascii_case(name);
        match attribute.len() {
            2 if is("id") => Self::Id,
            3 if is("src") => Self::Address,
            4 if is("href") || is("data") => Self::Address,
            4 if is_link && is("name") => Self::Id,
            6 if is("poster") => Self::Address,
            6 if is("srcset") => Self::Addresses,
            _ => Self::Other,
        }
    }
}

impl<'a> Anchors<'a> {
    /// Adds an attribute's value as it is written.
    fn add(&mut self, meaning: &Meaning, value: &'a str) {
        match meaning {
            Meaning::Id => self.ids.push(decoded(value)),
            Meaning::Address => self.addresses.push(decoded(value)),
            Meaning::Addresses => {
                let first =
                    |part: &str| Some(Cow::Owned(part.split_whitespace().next()?.to_owned()));
                self.addresses.extend(decoded(value).split(',').filter_map(first));
            }
            Meaning::Other => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids_and_addresses_of_any_spelling() {
        let html = "<A HREF='x&amp;y' name=old><img srcset=\"a.png 1x, b.png 2x\" id=p><!-- <a href=no> -->";
        let anchors = read(html);
        assert_eq!(anchors.ids, ["old", "p"]);
        assert_eq!(anchors.addresses, ["x&y", "a.png", "b.png"]);
    }
}
