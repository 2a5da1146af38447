//! What becomes of raw HTML: `raw_html` in site.yaml.
//!
//! Markdown hands HTML on in pieces, a tag or a block at a time, and words in Markdown may stand
//! between an element's two tags. So each tag is looked at alone, and those that a library takes for
//! harmless are written anew.

use std::fmt::Write as _;
use std::sync::LazyLock;

use ammonia::Builder;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::{Writer, escape, escaped, html};
use crate::config::RawHtml;
use crate::source::Span;

/// Raw HTML while it comes in.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// All that was written, for its ids.
    pub(super) written: String,
    /// The block that is open.
    block: Option<String>,
    /// Elements that were opened by sanitized HTML and not closed yet.
    open: Vec<String>,
}

/// What is harmless, and the schemes of links as they are in Markdown.
static HARMLESS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder.link_rel(None).url_schemes(["http", "https", "mailto", "tel", "sms"].into());
    // pages show nothing that lies elsewhere
    builder.attribute_filter(|_, key, value| {
        let is_far = key == "src" && html::is_far(&html::address(value));
        (!is_far).then_some(value.into())
    });
    builder
});

impl Writer<'_> {
    pub(super) fn open_raw_block(&mut self) {
        self.raw.block = Some(String::new());
    }

    pub(super) fn close_raw_block(&mut self, span: &Span) {
        let Some(block) = self.raw.block.take() else { return };
        self.check_html(&block, span);
        match self.config.raw_html {
            RawHtml::Escape => {
                self.html("<p>");
                escape(&mut self.out, block.trim_end());
                self.html("</p>\n");
            }
            _ => self.raw_html(&block),
        }
    }

    /// A part of a block, or a tag among words.
    pub(super) fn raw(&mut self, html: &str) {
        match &mut self.raw.block {
            Some(block) => block.push_str(html),
            None => self.raw_html(html),
        }
    }

    /// Closes what sanitized HTML has left open.
    pub(super) fn close_raw(&mut self) {
        while let Some(name) = self.raw.open.pop() {
            self.html(&format!("</{name}>"));
        }
    }

    fn raw_html(&mut self, html: &str) {
        match self.config.raw_html {
            RawHtml::Allow => self.write_raw(html),
            RawHtml::Sanitize => {
                let html = sanitized(html, &mut self.raw.open);
                self.write_raw(&html);
            }
            RawHtml::Escape => escape(&mut self.out, html),
        }
    }

    fn write_raw(&mut self, html: &str) {
        self.raw.written.push_str(html);
        self.html(html);
    }
}

/// The harmless part of a piece of HTML. `open` holds the elements that pieces before it opened: a tag
/// that closes another would close one of the page.
fn sanitized(html: &str, open: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut in_code = false;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => {
                in_code = *tag.name == *b"script" || *tag.name == *b"style";
                if let Some(tag) = harmless(&tag) {
                    let name = write_tag(&mut out, &tag);
                    if !is_void(&name) {
                        open.push(name);
                    }
                }
            }
            Token::EndTag(tag) => {
                in_code = false;
                let name = String::from_utf8_lossy(&tag.name);
                if let Some(at) = open.iter().rposition(|open| *open == name) {
                    open.remove(at);
                    // writing to a String cannot fail
                    let _ = write!(out, "</{name}>");
                }
            }
            // what a browser runs is no words; of Markdown it is, where the two tags stand among words
            Token::String(_) if in_code => {}
            Token::String(text) => escape(&mut out, &String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    out
}

/// What is left of a tag, if anything is.
fn harmless(tag: &StartTag<()>) -> Option<StartTag<()>> {
    let mut alone = String::new();
    let name = write_tag(&mut alone, tag);
    // alone, a browser would drop the part of a table
    let around = match name.as_str() {
        "td" | "th" => "<table><tbody><tr>",
        "tr" => "<table><tbody>",
        "col" => "<table><colgroup>",
        "thead" | "tbody" | "tfoot" | "caption" | "colgroup" => "<table>",
        _ => "",
    };
    let clean = HARMLESS.clean(&format!("{around}{alone}")).to_string();
    let tags = Tokenizer::new(&clean).filter_map(|Ok(token)| match token {
        Token::StartTag(tag) => Some(tag),
        _ => None,
    });
    tags.filter(|own| own.name == tag.name).last()
}

/// Writes a tag in the one way that every browser reads alike; gives its name.
fn write_tag(out: &mut String, tag: &StartTag<()>) -> String {
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    out.push('<');
    out.push_str(&name);
    for (key, value) in &tag.attributes {
        let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(value));
        let _ = write!(out, " {key}=\"{}\"", escaped(&value));
    }
    out.push('>');
    name
}

/// Whether an element has no end tag.
fn is_void(name: &str) -> bool {
    ["area", "br", "col", "hr", "img", "wbr"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(html: &str) -> String {
        sanitized(html, &mut Vec::new())
    }

    #[test]
    fn what_does_no_harm_stays() {
        for html in [
            "<b>a</b>",
            "<details><summary>a</summary>b</details>",
            "<a href=\"https://example.org/?a=1&amp;b\" title=\"c\">d</a>",
            "<a href=\"../note.md\">e</a>",
            "<table><tbody><tr><td align=\"left\">f</td></tr></tbody></table>",
            "<br>",
        ] {
            assert_eq!(alone(html), html);
        }
        // in two pieces, with Markdown between
        let mut open = Vec::new();
        assert_eq!(sanitized("<details>", &mut open), "<details>");
        assert_eq!(sanitized("</details></main>", &mut open), "</details>");
        assert_eq!(alone("<td align=\"left\" onclick=\"a\">"), "<td align=\"left\">");
    }

    #[test]
    fn what_may_do_harm_goes() {
        for (html, left) in [
            ("<b onclick=\"a\">b</b>", "<b>b</b>"),
            ("<a href=\"java\tscript:a\">b</a>", "<a>b</a>"),
            ("<a href=\" &#1;javascript:a\">b</a>", "<a>b</a>"),
            ("<a href=\"data:text/html,a\">b</a>", "<a>b</a>"),
            ("<img src=x onerror=a", ""),
            ("<svg><animate onbegin=a>", ""),
            ("<div id=\"search\">b</div>", "<div>b</div>"),
            ("</article></main>b", "b"),
            ("<!-- b", ""),
            ("a<script>if (b < c) { d(\"</p>\") }</script>e", "ae"),
            ("<style>b { c: d }</style>", ""),
            ("<b/onmouseover=a>", "<b>"),
            ("<img src=\"ht&Tab;tps://example.org/a\">", "<img>"),
            ("<img src=\"\\\\example.org/a\">", "<img>"),
        ] {
            assert_eq!(alone(html), left, "{html}");
        }
    }
}
