//! Raw HTML that would do nothing, or hide words, on the finished page.
//!
//! Every page forbids inline scripts and styles and whatever comes from another host, so a browser
//! drops them without a word. The author is told instead, at the place.

use html5gum::Token;
use html5gum::emitters::default::DefaultEmitter;

use super::Writer;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Elements that need what the pages forbid.
pub const FORBIDDEN: [&str; 12] = [
    "base",
    "embed",
    "fencedframe",
    "form",
    "frame",
    "frameset",
    "iframe",
    "link",
    "meta",
    "object",
    "script",
    "style",
];

/// The other elements of HTML that may stand in a text.
pub const KNOWN: &str = "a abbr address area article aside audio b bdi bdo blockquote br button canvas \
    caption center cite code col colgroup data datalist dd del details dfn dialog div dl dt em \
    fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd \
    label legend li main map mark math menu meter nav noscript ol optgroup option output p picture \
    pre progress q rp rt ruby s samp search section select slot small source span strike strong sub \
    summary sup svg table tbody td template textarea tfoot th thead time tr track tt u ul var video \
    wbr";

/// Elements with names of their own inside.
const DRAWINGS: [&[u8]; 2] = [b"svg", b"math"];

impl Writer<'_> {
    /// Reports what the HTML in `span` cannot do.
    pub(super) fn check_html(&mut self, span: &Span) {
        let source = self.source;
        let html = &source.text[span.range()];
        let tokens = html5gum::Tokenizer::new_with_emitter(html, DefaultEmitter::new_with_span());
        for Ok(token) in tokens {
            let tag = match token {
                Token::StartTag(tag) => tag,
                Token::EndTag(tag) => {
                    self.drawing &= !DRAWINGS.contains(&tag.name.as_slice());
                    continue;
                }
                _ => continue,
            };
            self.drawing |= DRAWINGS.contains(&tag.name.as_slice()) && !tag.self_closing;
            let name = String::from_utf8_lossy(&tag.name).into_owned();
            let at = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
            let whole = at(tag.span.start, tag.span.end.max(tag.span.start + name.len() + 1));
            let known = name.contains('-') || KNOWN.split_whitespace().any(|known| known == name);
            if FORBIDDEN.contains(&name.as_str()) {
                let message = format!("`<{name}>` does nothing on this site");
                let hint =
                    "take it out: pages run no code of their own and load nothing from elsewhere";
                self.refuse("forbidden-html", &whole, message, hint);
                continue;
            }
            if !known && !self.drawing {
                let message =
                    format!("readers would not see `<{name}>`: browsers take it for a tag");
                let hint = format!("to show the words, write `\\{}`", &source.text[whole.range()]);
                self.refuse("unknown-html", &whole, message, &hint);
            }
            for (key, value) in &tag.attributes {
                let key = String::from_utf8_lossy(key).into_owned();
                let place = at(value.span.start, value.span.end);
                let address = String::from_utf8_lossy(value).trim().to_lowercase();
                let shown = ["src", "srcset", "poster"].contains(&key.as_str());
                if key == "style" || key.starts_with("on") {
                    let message = format!("`{key}=` does nothing on this site");
                    let hint = "take it out: looks belong to the theme, and pages run no code of their own";
                    self.refuse("forbidden-html", &place, message, hint);
                } else if address.starts_with("javascript:") {
                    let message = "a link cannot begin with `javascript:`".to_owned();
                    self.refuse("link-scheme", &place, message, "write an address");
                } else if shown && is_far(&address) {
                    self.far_picture(&place);
                }
            }
        }
    }

    /// Reports a picture of another host.
    pub(super) fn far_picture(&mut self, place: &Span) {
        let message = "pages show nothing that lies on another site".to_owned();
        let hint = "save the file beside the article and write its name, or make this a link";
        self.refuse("far-picture", place, message, hint);
    }

    fn refuse(&mut self, code: &'static str, span: &Span, message: String, hint: &str) {
        let place = self.place(span);
        self.found.push(Diagnostic::error(code, place, message).hint(hint));
    }
}

/// Whether an address leads to another host, or holds the file itself.
pub(super) fn is_far(address: &str) -> bool {
    ["http:", "https:", "//", "data:"].iter().any(|start| address.starts_with(start))
}
