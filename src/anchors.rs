//! Ids and addresses in HTML, read as a browser reads it.

use html5gum::{Token, Tokenizer};

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
    for Ok(token) in Tokenizer::new(html) {
        let Token::StartTag(tag) = token else { continue };
        let name = tag.name.as_slice();
        for (key, value) in &tag.attributes {
            let value = || String::from_utf8_lossy(value.as_slice()).into_owned();
            match key.as_slice() {
                b"id" => anchors.ids.push(value()),
                b"name" if name == b"a" => anchors.ids.push(value()),
                b"href" | b"src" | b"poster" | b"data" => anchors.addresses.push(value()),
                b"srcset" => {
                    let value = value();
                    let first = |part: &str| part.split_whitespace().next().map(str::to_owned);
                    anchors.addresses.extend(value.split(',').filter_map(first));
                }
                _ => {}
            }
        }
    }
    anchors
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
