//! Ids and addresses in HTML, read as a browser reads it.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// What one piece of HTML refers to and offers.
#[derive(Debug, Default)]
pub struct Anchors {
    /// Every `id`, and every `name` of a link, in order.
    pub ids: Vec<String>,
    /// Every `href`, `src` and the like, in order, entities decoded.
    pub addresses: Vec<String>,
}

/// The ids of a piece of raw HTML; nothing is read where there is none.
pub fn ids(html: &str) -> Vec<String> {
    if html.is_empty() { Vec::new() } else { read(html).ids }
}

/// Everything that refers or can be referred to.
pub fn read(html: &str) -> Anchors {
    let mut anchors = Anchors::default();
    let mut is_link = false;
    let mut meaning = Meaning::Other;
    // every page comes by here: borrowed words, not a token with copies of all its attributes
    let emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
            match event {
                CallbackEvent::OpenStartTag { name } => is_link = name == b"a",
                CallbackEvent::AttributeName { name } => meaning = Meaning::of(name, is_link),
                CallbackEvent::AttributeValue { value } => anchors.add(&meaning, value),
                _ => {}
            }
            None
        });
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
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
    fn of(attribute: &[u8], is_link: bool) -> Self {
        match attribute {
            b"id" => Self::Id,
            b"name" if is_link => Self::Id,
            b"href" | b"src" | b"poster" | b"data" => Self::Address,
            b"srcset" => Self::Addresses,
            _ => Self::Other,
        }
    }
}

impl Anchors {
    fn add(&mut self, meaning: &Meaning, value: &[u8]) {
        let value = || String::from_utf8_lossy(value);
        match meaning {
            Meaning::Id => self.ids.push(value().into_owned()),
            Meaning::Address => self.addresses.push(value().into_owned()),
            Meaning::Addresses => {
                let value = value();
                let first = |part: &str| part.split_whitespace().next().map(str::to_owned);
                self.addresses.extend(value.split(',').filter_map(first));
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
