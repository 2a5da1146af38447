//! Markdown to pieces, in one pass over the parser's events.
//!
//! `mod` holds the writer and what plain text does; `tags` opens and closes elements; `fences`
//! turns fenced blocks into pieces; `lists` knows boxes to tick; `notes` collects footnotes; `html`
//! looks at raw HTML, `raw` says what becomes of it. Nothing here knows another article.

mod fences;
mod html;
mod lists;
mod notes;
mod raw;
mod tags;

pub use html::{FORBIDDEN, KNOWN};

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::headings::Ids;
use crate::highlight::Known;
use crate::piece::{Callout, Heading, Link, Piece, Reminder, Template};
use crate::source::{Source, Span};

/// What a body says alone.
#[derive(Debug, Default)]
pub struct Body {
    /// In reading order.
    pub pieces: Vec<Piece>,
    /// Every heading.
    pub headings: Vec<Heading>,
    /// Every link and picture.
    pub links: Vec<Link>,
    /// Every template, neighbouring tones as one.
    pub templates: Vec<Template>,
    /// Every reminder.
    pub reminders: Vec<Reminder>,
    /// Every id that a link may lead to, sorted.
    pub anchors: Vec<String>,
    /// Its coloured code.
    pub listings: Known,
    /// How many words it has, templates included.
    pub words: usize,
    /// The pieces of its first numbered list that stands in no quotation or note: what to do now.
    pub steps: Range<usize>,
    /// Whether it has boxes to tick.
    pub has_checklist: bool,
}

/// Reads the Markdown of `source` from byte `start` on.
pub fn parse(
    source: &Source,
    start: usize,
    config: &Config,
    known: &Known,
) -> (Body, Vec<Diagnostic>) {
    let text = &source.text[start..];
    let mut writer = Writer::new(source, config, known);
    let mut unknown = Vec::new();
    let parser = Parser::new_with_broken_link_callback(
        text,
        options(),
        Some(|link: BrokenLink<'_>| {
            // `[word]` alone is a word in brackets; `[words][label]` is meant as a link
            if link.link_type == LinkType::Reference {
                unknown.push((link.span, link.reference.into_string()));
            }
            None
        }),
    );
    for (event, range) in parser.into_offset_iter() {
        writer.event(event, &Span::new(start + range.start, start + range.end));
    }
    for (range, label) in unknown {
        writer.unknown_label(&Span::new(start + range.start, start + range.end), &label);
    }
    writer.finish()
}

/// The Markdown that this site knows.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_SMART_PUNCTUATION
}

/// What is being written. A container that is finished later (a callout, a footnote) has a buffer of
/// its own; those around it wait in `outer`.
struct Writer<'a> {
    source: &'a Source,
    config: &'a Config,
    known: &'a Known,
    /// The stretch of HTML being written.
    out: String,
    /// The pieces before it.
    pieces: Vec<Piece>,
    /// The buffers around it: pieces, and the stretch behind them.
    outer: Vec<(Vec<Piece>, String)>,
    /// The words of a heading or picture while it is open, without markup.
    words_of: Option<String>,
    /// The words around an open picture.
    alt_of: Vec<Option<String>>,
    heading_id: Option<String>,
    /// The ids of terms that are defined.
    terms: Vec<String>,
    lists: lists::Lists,
    fence: Option<fences::Open>,
    table: tags::Table,
    table_names: Vec<String>,
    quotes: Vec<Option<Callout>>,
    images: Vec<tags::Image>,
    notes: notes::Notes,
    ids: Ids,
    raw: raw::Raw,
    /// Whether raw HTML is inside a drawing.
    drawing: bool,
    body: Body,
    found: Vec<Diagnostic>,
}

impl<'a> Writer<'a> {
    fn new(source: &'a Source, config: &'a Config, known: &'a Known) -> Self {
        Self {
            source,
            config,
            known,
            out: String::new(),
            pieces: Vec::new(),
            outer: Vec::new(),
            words_of: None,
            alt_of: Vec::new(),
            heading_id: None,
            terms: Vec::new(),
            lists: lists::Lists::default(),
            fence: None,
            table: tags::Table::default(),
            table_names: Vec::new(),
            quotes: Vec::new(),
            images: Vec::new(),
            notes: notes::Notes::default(),
            ids: Ids::default(),
            raw: raw::Raw::default(),
            drawing: false,
            body: Body::default(),
            found: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, span: &Span) {
        match event {
            Event::Start(tag) => self.open(tag, span),
            Event::End(tag) => self.close(tag, span),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, span);
            }
            Event::Code(code) => self.inline("<code>", &code, "</code>"),
            Event::Html(html) => self.raw(&html),
            Event::InlineHtml(html) => {
                self.check_html(&html, span);
                self.raw(&html);
            }
            Event::FootnoteReference(label) => self.note_reference(&label),
            Event::SoftBreak if self.words_of.is_some() => self.text(&CowStr::from(" "), span),
            Event::SoftBreak => self.html("\n"),
            Event::HardBreak => self.html("<br>\n"),
            Event::Rule => {
                self.close_label();
                self.html("<hr>\n");
            }
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    fn text(&mut self, text: &CowStr<'_>, span: &Span) {
        if let Some(fence) = &mut self.fence {
            fence.push(text, span);
            return;
        }
        if &**text == "[" {
            self.unknown_note(span);
        }
        self.body.words += text.split_whitespace().count();
        if let Some(words) = &mut self.words_of {
            words.push_str(text);
        }
        escape(&mut self.out, text);
    }

    /// Reports `[words][label]` where no line gives the label's address.
    fn unknown_label(&mut self, span: &Span, label: &str) {
        let message = format!("no line gives the address of `[{label}]`");
        let hint = format!(
            "write the address at once, `[words](address)`, or add a line `[{label}]: address`"
        );
        let problem = Diagnostic::error("unknown-label", self.place(span), message).hint(hint);
        self.found.push(problem);
    }

    fn inline(&mut self, open: &str, text: &str, close: &str) {
        self.body.words += text.split_whitespace().count();
        if let Some(words) = &mut self.words_of {
            words.push_str(text);
        }
        self.html(open);
        escape(&mut self.out, text);
        self.html(close);
    }

    /// Adds finished HTML to the open buffer.
    fn html(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// Adds a piece to the open buffer, behind the HTML that was written so far.
    fn piece(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    /// Ends the stretch of HTML that is being written. It is copied: a buffer that grew is up to twice
    /// as large as what it holds, and the next stretch wants one, too.
    fn flush(&mut self) {
        if !self.out.is_empty() {
            self.pieces.push(Piece::Html(Box::from(self.out.as_str())));
            self.out.clear();
        }
    }

    /// Begins a buffer of its own for what is finished later.
    fn begin(&mut self) {
        self.outer.push((std::mem::take(&mut self.pieces), std::mem::take(&mut self.out)));
    }

    /// Ends the buffer begun last and returns its pieces.
    fn end(&mut self) -> Vec<Piece> {
        self.flush();
        let (pieces, out) = self.outer.pop().unwrap_or_default();
        self.out = out;
        std::mem::replace(&mut self.pieces, pieces)
    }

    /// Adds what was finished to the open buffer; HTML goes on as one stretch.
    fn add(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Html(html) => self.html(&html),
                piece => self.piece(piece),
            }
        }
    }

    fn place(&self, span: &Span) -> Place {
        Place::at(&self.source.path, span.clone())
    }

    fn finish(mut self) -> (Body, Vec<Diagnostic>) {
        self.write_notes();
        self.close_raw();
        self.flush();
        let mut body = self.body;
        body.pieces = self.pieces;
        let headings = body.headings.iter().map(|heading| heading.id.clone());
        let templates = body.templates.iter().map(Template::anchor);
        let reminders = body.reminders.iter().map(|reminder| reminder.id.clone());
        let raw = crate::anchors::ids(&self.raw.written);
        body.anchors =
            headings.chain(templates).chain(reminders).chain(raw).chain(self.terms).collect();
        body.anchors.sort_unstable();
        // what grew has room for up to as much again, and stays as long as the site does
        body.pieces.shrink_to_fit();
        body.headings.shrink_to_fit();
        body.links.shrink_to_fit();
        body.templates.shrink_to_fit();
        body.anchors.shrink_to_fit();
        (body, self.found)
    }
}

/// Text as it may stand between tags.
fn escape(out: &mut String, text: &str) {
    // writing to a String cannot fail
    let _ = escape_html_body_text(out, text);
}

/// Text as it may stand in an attribute, and between tags.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = escape_html(&mut out, text);
    out
}
