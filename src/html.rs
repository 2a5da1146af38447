//! Tags and words of HTML, in the order in which a browser's tokenizer meets them.
//!
//! Every page of a build and the text of every article come by here, so it borrows what it reads and
//! looks at no byte twice. It knows of the standard (html.spec.whatwg.org, section "Tokenization") what
//! decides where a tag begins and ends; `tests/html.rs` holds it against `html5gum`, which knows all.

use std::borrow::Cow;

use html5gum::{Token as Whole, Tokenizer};
use memchr::{memchr, memmem};

/// A part of HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// What stands between tags; `words` decodes it.
    Text(&'a str),
    /// A tag that opens an element.
    Open(Tag<'a>),
    /// The name in a tag that closes an element.
    Close(&'a str),
}

/// A tag that opens an element.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// As it is written, capitals included.
    pub name: &'a str,
    /// All that stands behind the name.
    rest: &'a str,
}

/// Elements whose content holds no tags.
const RAW: [&str; 8] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// The tokens of HTML. What a comment holds is left out, and so is a tag that never ends.
pub fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut tokens = Tokens { rest: html, raw: None };
    std::iter::from_fn(move || tokens.next(&mut |_, _| ()))
}

/// Shows the name and the attributes of each tag that opens an element, as they are written, to
/// `each`. For those who look at every attribute of a page: they are read once.
pub fn tags<'a>(html: &'a str, mut each: impl FnMut(&'a str, &[(&'a str, &'a str)])) {
    let mut tokens = Tokens { rest: html, raw: None };
    let mut attributes = Vec::new();
    while let Some(token) = tokens.next(&mut |name, value| attributes.push((name, value))) {
        if let Token::Open(tag) = token {
            each(tag.name, &attributes);
        }
        attributes.clear();
    }
}

/// The words of a text between tags, with `&amp;` and the like decoded.
pub fn words(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len());
    // a `<` in it begins no tag
    for Ok(token) in Tokenizer::new(&text.replace('<', "&lt;")) {
        if let Whole::String(part) = token {
            words.push_str(&String::from_utf8_lossy(&part));
        }
    }
    Cow::Owned(words)
}

/// The value of an attribute as it is written, where a lone `&` may mean other things than in a text.
pub fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let tag = format!("<a href=\"{}\">", value.replace('"', "&quot;"));
    let token = Tokenizer::new(&tag).next();
    let Some(Ok(Whole::StartTag(tag))) = token else { return Cow::Borrowed(value) };
    let value = tag.attributes.get(b"href".as_slice());
    Cow::Owned(value.map_or_else(String::new, |own| String::from_utf8_lossy(own).into_owned()))
}

impl<'a> Tag<'a> {
    /// Whether it is this one, named in small letters.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Each attribute with its value in the order written; `decoded` says what the value means.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let (rest, mut at) = (self.rest, 0);
        std::iter::from_fn(move || {
            let one = attribute(rest, at)?;
            at = one.end;
            Some((one.name, one.value))
        })
    }

    /// The value of an attribute, named in small letters.
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let own = self.attributes().find(|(own, _)| own.eq_ignore_ascii_case(name));
        own.map(|(_, value)| decoded(value))
    }
}

struct Tokens<'a> {
    rest: &'a str,
    /// The element whose end is looked for, since its content holds no tags.
    raw: Option<&'a str>,
}

impl<'a> Tokens<'a> {
    /// The next token; `each` sees the attributes of a tag, and those of one that never ends.
    fn next(&mut self, each: &mut impl FnMut(&'a str, &'a str)) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            let end = raw_end(self.rest, name);
            if end > 0 {
                return Some(Token::Text(self.cut(end)));
            }
        }
        loop {
            if self.rest.is_empty() {
                return None;
            }
            match markup(self.rest, each) {
                None => {
                    // a `<` that begins nothing is text, too
                    let mut from = usize::from(self.rest.starts_with('<'));
                    let end = loop {
                        match memchr(b'<', &self.rest.as_bytes()[from..]) {
                            Some(at) if !is_markup(&self.rest.as_bytes()[from + at..]) => {
                                from += at + 1;
                            }
                            Some(at) => break from + at,
                            None => break self.rest.len(),
                        }
                    };
                    return Some(Token::Text(self.cut(end)));
                }
                Some(Markup::Hidden(end)) => _ = self.cut(end),
                Some(Markup::Close(name, end)) => {
                    self.cut(end);
                    return Some(Token::Close(name));
                }
                Some(Markup::Open(tag, end)) => {
                    self.cut(end);
                    self.raw = RAW.into_iter().find(|raw| tag.is(raw));
                    return Some(Token::Open(tag));
                }
            }
        }
    }

    fn cut(&mut self, end: usize) -> &'a str {
        let (before, rest) = self.rest.split_at(end);
        self.rest = rest;
        before
    }
}

/// What begins at a `<`, and where it ends.
enum Markup<'a> {
    Open(Tag<'a>, usize),
    Close(&'a str, usize),
    Hidden(usize),
}

/// Whether markup begins with the first byte.
fn is_markup(bytes: &[u8]) -> bool {
    let begins = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?' | b'/');
    bytes.first() == Some(&b'<') && bytes.get(1).is_some_and(begins)
}

/// What stands at the start of a text; `None` where it is words.
fn markup<'a>(text: &'a str, each: &mut impl FnMut(&'a str, &'a str)) -> Option<Markup<'a>> {
    let bytes = text.as_bytes();
    if !is_markup(bytes) {
        return None;
    }
    match bytes.get(1)? {
        b'a'..=b'z' | b'A'..=b'Z' => {
            let Some(end) = tag_end(text, each) else { return Some(Markup::Hidden(text.len())) };
            let name = name(&text[1..end - 1]);
            let rest = &text[1 + name.len()..end - 1];
            Some(Markup::Open(Tag { name, rest }, end))
        }
        b'/' if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
            let Some(end) = tag_end(text, each) else { return Some(Markup::Hidden(text.len())) };
            Some(Markup::Close(name(&text[2..end - 1]), end))
        }
        b'!' if text.starts_with("<!--") => Some(Markup::Hidden(comment_end(text))),
        b'!' | b'?' | b'/' => {
            let end = text.find('>').map_or(text.len(), |at| at + 1);
            Some(Markup::Hidden(end))
        }
        _ => None,
    }
}

fn comment_end(text: &str) -> usize {
    if text.starts_with("<!-->") || text.starts_with("<!--->") {
        return text.find('>').map_or(text.len(), |at| at + 1);
    }
    let ends = ["-->", "--!>"].map(|end| text[4..].find(end).map(|at| 4 + at + end.len()));
    ends.into_iter().flatten().min().unwrap_or(text.len())
}

/// Behind the `>` of the tag at the start of a text; one in a quoted value is no end. `each` sees the
/// attributes on the way.
fn tag_end<'a>(text: &'a str, each: &mut impl FnMut(&'a str, &'a str)) -> Option<usize> {
    let bytes = text.as_bytes();
    let start = 1 + usize::from(bytes.get(1) == Some(&b'/'));
    let mut at = start + name(&text[start..]).len();
    loop {
        at = skip(bytes, at);
        if bytes.get(at) == Some(&b'>') {
            return Some(at + 1);
        }
        let attribute = attribute(text, at)?;
        each(attribute.name, attribute.value);
        at = attribute.end;
    }
}

/// The name at the start of what stands in a tag.
fn name(text: &str) -> &str {
    let ends = |byte: &u8| is_space(*byte) || matches!(byte, b'/' | b'>');
    &text[..text.as_bytes().iter().position(ends).unwrap_or(text.len())]
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0C')
}

/// Where the space and the slashes end that begin at `at`.
fn skip(bytes: &[u8], at: usize) -> usize {
    until(bytes, at, |byte| !is_space(byte) && byte != b'/')
}

/// The first place from `from` on where something ends.
fn until(bytes: &[u8], from: usize, ends: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len())
}

/// An attribute as it is written, and where it ends.
struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
    end: usize,
}

/// The next attribute of what stands in a tag from `at` on; `None` where there is none, or none that
/// ends.
fn attribute(text: &str, at: usize) -> Option<Attribute<'_>> {
    let bytes = text.as_bytes();
    let start = skip(bytes, at);
    if bytes.get(start).is_none_or(|byte| *byte == b'>') {
        return None;
    }
    // a `=` at the start belongs to the name
    let end = until(bytes, start + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
    let name = &text[start..end];
    let equals = until(bytes, end, |byte| !is_space(byte));
    if bytes.get(equals) != Some(&b'=') {
        return Some(Attribute { name, value: "", end });
    }
    let from = until(bytes, equals + 1, |byte| !is_space(byte));
    if let Some(quote) = bytes.get(from).filter(|byte| matches!(byte, b'"' | b'\'')) {
        let end = from + 1 + memchr(*quote, &bytes[from + 1..])?;
        return Some(Attribute { name, value: &text[from + 1..end], end: end + 1 });
    }
    let end = until(bytes, from, |byte| is_space(byte) || byte == b'>');
    Some(Attribute { name, value: &text[from..end], end })
}

/// Where the tag begins that closes a raw element.
fn raw_end(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = memmem::find(&text.as_bytes()[from..], b"</").map(|at| from + at) {
        let after = text.as_bytes().get(at + 2..).unwrap_or_default();
        let is_name =
            after.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()));
        let ends = after.get(name.len());
        if is_name && ends.is_some_and(|c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>')) {
            return at;
        }
        from = at + 2;
    }
    text.len()
}
