//! ` ```compare `: pairs of what to leave out and what to say, divided by lines of `---`.

use pulldown_cmark::{Event, Options, Parser, html};

use super::{Block, Fence};
use crate::diagnostic::Diagnostic;
use crate::piece::Pair;
use crate::schema::{self, Field, Kind, Table};

/// The fields of one pair.
pub const PAIR: Table = Table {
    what: "a pair to compare",
    fields: &[
        Field {
            name: "instead",
            kind: Kind::Text,
            required: true,
            purpose: "the words to leave out",
            example: "I was shocked that you chose someone else.",
        },
        Field {
            name: "say",
            kind: Kind::Text,
            required: true,
            purpose: "the words to use",
            example: "I was sorry to hear it.",
        },
    ],
};

/// Reads the pairs.
pub fn parse(fence: &Fence<'_>, found: &mut Vec<Diagnostic>) -> Option<Block> {
    let lines: Vec<&str> = fence.text.lines().collect();
    let mut start = 0;
    let mut pairs = Vec::new();
    for group in lines.split(|line| line.trim_end() == "---") {
        let region = fence.lines(start, start + group.len());
        start += group.len() + 1;
        let head = fence.opening().span.unwrap_or_else(|| fence.span.clone());
        let record = schema::read(fence.source, &region, &head, &PAIR, found);
        if let (Some(instead), Some(say)) = (record.text("instead"), record.text("say")) {
            pairs.push(Pair {
                instead: inline(&instead.value),
                say: inline(&say.value),
                instead_text: instead.value,
                say_text: say.value,
            });
        }
    }
    (!pairs.is_empty()).then_some(Block::Compare(pairs))
}

/// One line of Markdown as HTML, without the paragraph around it. Tags are words here: a sentence
/// with `<company>` in it is one to fill in.
fn inline(text: &str) -> String {
    let mut out = String::new();
    let events =
        Parser::new_ext(text, Options::ENABLE_SMART_PUNCTUATION).map(|event| match event {
            Event::Html(words) | Event::InlineHtml(words) => Event::Text(words),
            event => event,
        });
    html::push_html(&mut out, events);
    let inner = out.trim_end();
    let inner = inner.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    inner.map_or_else(|| out.trim_end().to_owned(), str::to_owned)
}
