//! Raw HTML that would do nothing, or hide words, on the finished page.
//!
//! Every page forbids inline scripts and styles and whatever comes from another host, so a browser
//! drops them without a word. The author is told instead, at the place.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Error, Token};

use super::Writer;
use super::tags::first_line;
use crate::config::RawHtml;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Elements that need what the pages forbid.
pub const FORBIDDEN: [&str; 14] = [
    "base",
    "embed",
    "fencedframe",
    "form",
    "frame",
    "frameset",
    "iframe",
    "link",
    "meta",
    "noscript",
    "object",
    "script",
    "style",
    "textarea",
];

/// The other elements of HTML that may stand in a text.
pub const KNOWN: &str = "a abbr address area article aside audio b bdi bdo blockquote br button canvas \
    caption center cite code col colgroup data datalist dd del details dfn dialog div dl dt em \
    fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd \
    label legend li main map mark math menu meter nav ol optgroup option output p picture \
    pre progress q rp rt ruby s samp search section select slot small source span strike strong sub \
    summary sup svg table tbody td template tfoot th thead time tr track tt u ul var video \
    wbr";

/// Elements with names of their own inside.
const DRAWINGS: [&[u8]; 2] = [b"svg", b"math"];

impl Writer<'_> {
    /// Reports what a piece of HTML cannot do, which stands in `span` of the source: there, the marks of
    /// a quotation may stand between its lines.
    pub(super) fn check_html(&mut self, html: &str, span: &Span) {
        if self.config.raw_html == RawHtml::Escape {
            return;
        }
        let is_same = self.source.text[span.start..].starts_with(html);
        let first = first_line(&self.source.text, span);
        let at = |from: usize, to: usize| {
            if is_same { Span::new(span.start + from, span.start + to) } else { first.clone() }
        };
        // inside a drawing browsers read on to its end, and elsewhere not
        if let Some(start) = html.find("<![") {
            let hint = "take it out: it is of XML, and this is HTML";
            self.refuse(
                "forbidden-html",
                &at(start, start + 3),
                "`<![` does nothing here".to_owned(),
                hint,
            );
        }
        let tokens = html5gum::Tokenizer::new_with_emitter(html, DefaultEmitter::new_with_span());
        for Ok(token) in tokens {
            let tag = match token {
                Token::StartTag(tag) => tag,
                Token::Error(error) if matches!(*error, Error::EofInTag | Error::EofInComment) => {
                    let start = html.rfind('<').unwrap_or_default();
                    let line = html[start..].lines().next().unwrap_or_default().trim_end();
                    self.refuse_open(&at(start, start + line.len()));
                    continue;
                }
                Token::EndTag(tag) => {
                    self.drawing &= !DRAWINGS.contains(&tag.name.as_slice());
                    continue;
                }
                _ => continue,
            };
            self.drawing |= DRAWINGS.contains(&tag.name.as_slice()) && !tag.self_closing;
            let name = String::from_utf8_lossy(&tag.name).into_owned();
            // a name may be longer than it was written: what no text may hold is replaced
            let start: usize = tag.span.start;
            let whole = at(start, tag.span.end.max(start + name.len() + 1).min(html.len()));
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
                let written = self.source.text.get(whole.range()).unwrap_or("<");
                let hint = format!("to show the words, write `\\{written}`");
                self.refuse("unknown-html", &whole, message, &hint);
            }
            for (key, value) in &tag.attributes {
                let key = String::from_utf8_lossy(key).into_owned();
                let place = at(value.span.start, value.span.end);
                let address = address(&String::from_utf8_lossy(value));
                if key == "style" || key == "ping" || key.starts_with("on") {
                    let message = format!("`{key}=` does nothing on this site");
                    let hint = "take it out: looks belong to the theme, and pages run no code of their own";
                    self.refuse("forbidden-html", &place, message, hint);
                } else if let Some(scheme) = dangerous(&name, &key, &address) {
                    let message = format!("a link cannot begin with `{scheme}`");
                    self.refuse("link-scheme", &place, message, "write an address");
                } else if is_shown(&name, &key) && address.split(',').any(|one| is_far(one.trim()))
                {
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

    /// Reports a tag or a comment that goes on behind the HTML, into what the page holds next.
    fn refuse_open(&mut self, place: &Span) {
        let message = "this HTML has no end, so it would hide what comes behind it".to_owned();
        self.refuse("open-html", place, message, "end a tag with `>`, and a comment with `-->`");
    }

    /// Where dangerous HTML is left out, its author is told, and the page stands.
    fn refuse(&mut self, code: &'static str, span: &Span, message: String, hint: &str) {
        let place = self.place(span);
        let problem = match self.config.raw_html {
            RawHtml::Sanitize => Diagnostic::warning(code, place, message),
            RawHtml::Allow | RawHtml::Escape => Diagnostic::error(code, place, message),
        };
        self.found.push(problem.hint(hint));
    }
}

/// An address as a browser reads it, in small letters: without control characters and spaces around it,
/// and without line ends and tabs in it (WHATWG, URL Standard, "basic URL parser").
pub(super) fn address(written: &str) -> String {
    let inner = written.trim_matches(|letter: char| letter <= ' ');
    let read = inner.chars().filter(|letter| !['\t', '\n', '\r'].contains(letter));
    read.map(|letter| if letter == '\\' { '/' } else { letter }).collect::<String>().to_lowercase()
}

/// Whether a browser shows what an attribute names, without being asked.
fn is_shown(element: &str, key: &str) -> bool {
    let is_drawn = ["image", "use", "feimage"].contains(&element);
    ["src", "srcset", "poster", "background"].contains(&key)
        || (is_drawn && ["href", "xlink:href"].contains(&key))
}

/// The scheme of an address that runs something, or shows a page that is none of this site. A drawing
/// may give an attribute one such value after the other.
fn dangerous(element: &str, key: &str, address: &str) -> Option<&'static str> {
    let runs = |address: &str| {
        let all = ["javascript:", "vbscript:", "data:"];
        all.into_iter().find(|scheme| address.starts_with(scheme))
    };
    let first = address.split(';').find_map(|part| runs(part.trim()));
    first.filter(|scheme| *scheme != "data:" || !is_shown(element, key))
}

/// Whether an address leads to another host, or holds the file itself.
pub(super) fn is_far(address: &str) -> bool {
    ["http:", "https:", "//", "data:"].iter().any(|start| address.starts_with(start))
}
