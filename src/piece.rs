//! The parts of a body: what one article says alone, before it knows the site.

use crate::schema::Located;
use crate::source::Span;

/// A part of a body, in reading order.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Finished HTML.
    Html(Box<str>),
    /// The address of the article's link with this index, as an attribute value.
    Url(usize),
    /// ` width="" height=""` of the picture that the link with this index leads to.
    Size(usize),
    /// The article's template with this index.
    Template(usize),
    /// The article's reminder with this index.
    Reminder(usize),
    /// Instead of this, say that.
    Compare(Vec<Pair>),
    /// A note that stands out from the text.
    Callout(Callout, Vec<Piece>),
    /// What a reader can do with the ticks of the list above it.
    Checklist,
}

/// The five kinds of callout that GitHub knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callout {
    /// Worth knowing.
    Note,
    /// Worth trying.
    Tip,
    /// Needed to succeed.
    Important,
    /// Needs care at once.
    Warning,
    /// Has bad consequences.
    Caution,
}

/// What not to say, and what to say.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The words to leave out, finished HTML.
    pub instead: String,
    /// The words to use, finished HTML.
    pub say: String,
    /// The words to leave out, as the author wrote them.
    pub instead_text: String,
    /// The words to use, as the author wrote them.
    pub say_text: String,
}

/// A link or picture as the author wrote it.
#[derive(Debug, Clone)]
pub struct Link {
    /// Relative path, `#anchor`, `/site/address/` or full URL.
    pub target: String,
    /// Where it stands.
    pub span: Span,
    /// Whether a picture is shown there.
    pub image: bool,
}

/// A heading of the body.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Unique on the page.
    pub id: String,
    /// Its words, without markup.
    pub text: String,
}

/// A message to fill in and send: one block, or neighbouring blocks that differ in tone.
#[derive(Debug, Clone)]
pub struct Template {
    /// Unique in its article: `thank-you-note`.
    pub id: String,
    /// Its name: `Thank-you note`.
    pub title: String,
    /// Key of the site's channel.
    pub channel: String,
    /// Who gets it, in words.
    pub to: Option<String>,
    /// Level of the heading above it, so that its own title can stand one below.
    pub level: u8,
    /// The first block.
    pub span: Span,
    /// One for each tone.
    pub variants: Vec<Variant>,
    /// `slug/template-id` of a template that another article owns, shown instead.
    pub reuse: Option<Located<String>>,
}

/// A message in one tone.
#[derive(Debug, Clone)]
pub struct Variant {
    /// `warm`, `formal`, `brief` or another word; `None` where there is one tone only.
    pub tone: Option<String>,
    /// For messages that have a subject line.
    pub subject: Option<Vec<Part>>,
    /// The message.
    pub body: Vec<Part>,
    /// Where the subject stands.
    pub subject_span: Option<Span>,
    /// Where the message stands.
    pub body_span: Span,
    /// The block.
    pub span: Span,
}

/// Something to do on a day that the reader chooses, for their own calendar.
#[derive(Debug, Clone)]
pub struct Reminder {
    /// Unique in its article: `reminder-1`.
    pub id: String,
    /// How many days from today the day is, if the reader chooses no other.
    pub days: usize,
    /// What to do then.
    pub title: String,
    /// `slug/template-id` of the message that goes with it.
    pub message: Option<Located<String>>,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words as they are sent.
    Text(String),
    /// A placeholder's key, shown as `[key]`.
    Gap(String),
}

impl Callout {
    /// `note`, `tip`, `important`, `warning` or `caution`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

impl Template {
    /// Its id on its article's page: `message-thank-you-note`.
    pub fn anchor(&self) -> String {
        format!("message-{}", self.id)
    }
}

/// The message as plain text, gaps in brackets.
pub fn plain(parts: &[Part]) -> String {
    parts.iter().fold(String::new(), |mut text, part| {
        match part {
            Part::Text(words) => text.push_str(words),
            Part::Gap(key) => {
                text.push('[');
                text.push_str(key);
                text.push(']');
            }
        }
        text
    })
}
