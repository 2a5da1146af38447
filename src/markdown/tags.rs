//! Elements: what opens and closes them.

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, HeadingLevel, LinkType, Tag, TagEnd};

use super::{Writer, escaped, fences, html};
use crate::diagnostic::Diagnostic;
use crate::piece::{Callout, Heading, Link, Piece};
use crate::source::Span;

/// The table being written.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// The head cells' words, which name the table to those who do not see it.
    head: String,
}

/// A picture while its description comes in.
pub(super) struct Image {
    link: usize,
    title: String,
}

impl Writer<'_> {
    pub(super) fn open(&mut self, tag: Tag<'_>, span: &Span) {
        if !stands_in_a_line(&tag) {
            self.close_label();
        }
        match tag {
            Tag::Paragraph => self.html("<p>"),
            Tag::Heading { level, id, .. } => self.open_heading(level, id, span),
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::CodeBlock(kind) => self.fence = Some(fences::Open::new(&kind)),
            Tag::List(first) => self.open_list(first),
            Tag::Item => self.html("<li>"),
            Tag::FootnoteDefinition(label) => self.open_note(&label, span),
            Tag::DefinitionList => self.html("<dl>\n"),
            Tag::DefinitionListTitle => {
                self.begin();
                self.words_of = Some(String::new());
            }
            Tag::DefinitionListDefinition => self.html("<dd>"),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => self.table.in_head = true,
            Tag::TableRow => {
                self.table.column = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.html("<em>"),
            Tag::Strong => self.html("<strong>"),
            Tag::Strikethrough => self.html("<del>"),
            Tag::Superscript => self.html("<sup>"),
            Tag::Subscript => self.html("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(link_type, &dest_url, &title, span);
            }
            Tag::Image { dest_url, title, .. } => self.open_image(&dest_url, &title, span),
            Tag::HtmlBlock => self.open_raw_block(),
            Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn close(&mut self, tag: TagEnd, span: &Span) {
        match tag {
            TagEnd::Paragraph => {
                self.close_label();
                self.html("</p>\n");
            }
            TagEnd::Heading(level) => self.close_heading(level, span),
            TagEnd::BlockQuote(_) => self.close_quote(),
            TagEnd::CodeBlock => self.close_fence(span),
            TagEnd::List(ordered) => self.close_list(ordered),
            TagEnd::Item => {
                self.close_label();
                self.html("</li>\n");
            }
            TagEnd::FootnoteDefinition => self.close_note(),
            TagEnd::DefinitionList => self.html("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close_term(),
            TagEnd::DefinitionListDefinition => self.html("</dd>\n"),
            TagEnd::Table => self.close_table(),
            TagEnd::TableHead => self.close_table_head(),
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Emphasis => self.html("</em>"),
            TagEnd::Strong => self.html("</strong>"),
            TagEnd::Strikethrough => self.html("</del>"),
            TagEnd::Superscript => self.html("</sup>"),
            TagEnd::Subscript => self.html("</sub>"),
            TagEnd::Link => self.html("</a>"),
            TagEnd::Image => self.close_image(),
            TagEnd::HtmlBlock => self.close_raw_block(span),
            TagEnd::MetadataBlock(_) => {}
        }
    }

    fn open_heading(&mut self, level: HeadingLevel, id: Option<CowStr<'_>>, span: &Span) {
        self.heading_id = id.map(|id| id.to_string());
        self.words_of = Some(String::new());
        let level = level as u8;
        let before = self.body.headings.last().map_or(1, |heading| heading.level);
        if level == 1 {
            let message = "a heading with one `#` is the article's title, which stands above";
            let hint = "begin headings in the text with `##`";
            let place = self.place(&first_line(&self.source.text, span));
            self.found.push(Diagnostic::error("heading-level", place, message).hint(hint));
        } else if level > before + 1 {
            let expected = "#".repeat(usize::from(before) + 1);
            let message = "this heading skips a level";
            let hint = format!("begin it with `{expected}`, one deeper than the heading above");
            let place = self.place(&first_line(&self.source.text, span));
            self.found.push(Diagnostic::warning("heading-level", place, message).hint(hint));
        }
        self.begin();
    }

    fn close_heading(&mut self, level: HeadingLevel, span: &Span) {
        let inner = self.end();
        let text = self.words_of.take().unwrap_or_default().trim().to_owned();
        let level = (level as u8).max(2);
        let id = match self.heading_id.take() {
            Some(id) if self.ids.take(&id) => id,
            Some(id) => {
                let message = format!("two headings have the id `{id}`");
                let place = self.place(&first_line(&self.source.text, span));
                let hint = "choose another word behind `#`, or leave it out";
                self.found.push(Diagnostic::error("heading-id", place, message).hint(hint));
                id
            }
            None => self.ids.give(&text),
        };
        let (own, label) = (escaped(&id), escaped(&text));
        self.html(&format!("<div class=\"heading\"><h{level} id=\"{own}\">"));
        self.add(inner);
        self.html(&format!(
            "</h{level}><a class=\"anchor\" href=\"#{own}\" aria-label=\"{label}\">\
             <span aria-hidden=\"true\">#</span></a></div>\n"
        ));
        self.body.headings.push(Heading { level, id, text });
    }

    /// A term of a list of definitions has an id, so that articles can link to it.
    fn close_term(&mut self) {
        let inner = self.end();
        let id = self.ids.give(&self.words_of.take().unwrap_or_default());
        self.html(&format!("<dt id=\"{}\">", escaped(&id)));
        self.add(inner);
        self.html("</dt>\n");
        self.terms.push(id);
    }

    fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let callout = kind.map(|kind| match kind {
            BlockQuoteKind::Note => Callout::Note,
            BlockQuoteKind::Tip => Callout::Tip,
            BlockQuoteKind::Important => Callout::Important,
            BlockQuoteKind::Warning => Callout::Warning,
            BlockQuoteKind::Caution => Callout::Caution,
        });
        match callout {
            Some(_) => self.begin(),
            None => self.html("<blockquote>\n"),
        }
        self.quotes.push(callout);
    }

    fn close_quote(&mut self) {
        match self.quotes.pop().flatten() {
            Some(callout) => {
                let inner = self.end();
                self.piece(Piece::Callout(callout, inner));
            }
            None => self.html("</blockquote>\n"),
        }
    }

    fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table { alignments, ..Table::default() };
        self.begin();
    }

    fn open_cell(&mut self) {
        let side = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        if self.table.in_head {
            self.words_of = Some(String::new());
            self.html(&format!("<th scope=\"col\"{side}>"));
        } else {
            self.html(&format!("<td{side}>"));
        }
    }

    fn close_cell(&mut self) {
        self.table.column += 1;
        if self.table.in_head {
            let words = self.words_of.take().unwrap_or_default();
            if !self.table.head.is_empty() && !words.is_empty() {
                self.table.head.push_str(", ");
            }
            self.table.head.push_str(&words);
            self.html("</th>");
        } else {
            self.html("</td>");
        }
    }

    /// The head is complete, so the table's name is known and its opening tags can be written.
    fn close_table_head(&mut self) {
        let cells = self.end();
        // regions of one page need names of their own
        let same = self.table_names.iter().filter(|name| **name == self.table.head).count();
        let number = if same == 0 { String::new() } else { format!(" ({})", same + 1) };
        let name = escaped(&format!("{}{number}", self.table.head));
        self.table_names.push(std::mem::take(&mut self.table.head));
        self.html(&format!(
            "<div class=\"table-wrap\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\">\n\
             <table>\n<thead><tr>"
        ));
        self.add(cells);
        self.html("</tr></thead>\n<tbody>\n");
        self.table.in_head = false;
    }

    fn close_table(&mut self) {
        self.html("</tbody>\n</table>\n</div>\n");
    }

    fn open_link(&mut self, kind: LinkType, target: &str, title: &str, span: &Span) {
        let target = match kind {
            LinkType::Email => format!("mailto:{target}"),
            _ => target.to_owned(),
        };
        let index = self.link(target, span, false);
        self.html("<a href=\"");
        self.piece(Piece::Url(index));
        self.html("\"");
        if !title.is_empty() {
            self.html(&format!(" title=\"{}\"", escaped(title)));
        }
        self.html(">");
    }

    fn open_image(&mut self, target: &str, title: &str, span: &Span) {
        let link = self.link(target.to_owned(), span, true);
        if html::is_far(&html::address(target)) {
            let place = self.body.links[link].span.clone();
            self.far_picture(&place);
        }
        self.images.push(Image { link, title: title.to_owned() });
        self.alt_of.push(self.words_of.take());
        self.words_of = Some(String::new());
        self.begin();
    }

    fn close_image(&mut self) {
        drop(self.end());
        let alt = self.words_of.take().unwrap_or_default();
        self.words_of = self.alt_of.pop().flatten();
        let Some(image) = self.images.pop() else { return };
        if let Some(words) = &mut self.words_of {
            words.push_str(&alt);
        }
        self.html("<img src=\"");
        self.piece(Piece::Url(image.link));
        self.html(&format!("\" alt=\"{}\"", escaped(&alt)));
        if !image.title.is_empty() {
            self.html(&format!(" title=\"{}\"", escaped(&image.title)));
        }
        self.piece(Piece::Size(image.link));
        self.html(" loading=\"lazy\" decoding=\"async\">");
    }

    fn link(&mut self, target: String, span: &Span, image: bool) -> usize {
        let shown = &self.source.text[span.range()];
        let at = shown.rfind(target.as_str()).filter(|_| !target.is_empty());
        let span = match at {
            Some(at) => Span::new(span.start + at, span.start + at + target.len()),
            None => first_line(&self.source.text, span),
        };
        self.body.links.push(Link { target, span, image });
        self.body.links.len() - 1
    }
}

/// Whether an element stands among words, so that the label of a box may go on around it.
fn stands_in_a_line(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// The first line of a span.
pub(super) fn first_line(text: &str, span: &Span) -> Span {
    let shown = &text[span.range()];
    let end = shown.find('\n').unwrap_or(shown.len());
    Span::new(span.start, span.start + shown[..end].trim_end().len())
}
