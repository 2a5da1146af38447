//! Views of what an author writes in blocks.

use schemars::JsonSchema;
use serde::Serialize;

use super::Crumb;

/// The component `message`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MessageView {
    /// The widget's id, unique on its page.
    pub id: String,
    /// Its name: `Thank-you note`.
    pub title: String,
    /// The name inside a sentence: `thank-you note`.
    pub noun: String,
    /// Where it is sent.
    pub channel: ChannelView,
    /// Who gets it, in words.
    pub to: Option<String>,
    /// The article that owns it, where another shows it.
    pub source: Option<Crumb>,
    /// Level of its heading.
    pub level: u8,
    /// What a reader fills in, each placeholder once, in the order of first use.
    pub fields: Vec<FieldView>,
    /// One for each tone.
    pub variants: Vec<VariantView>,
}

/// A placeholder that a reader fills in.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FieldView {
    /// As it stands in brackets; the same on the whole site.
    pub key: String,
    /// Unique on the page.
    pub id: String,
    /// As readers see it.
    pub label: String,
    /// `text`, `multiline`, `date` or `choice`.
    pub kind: String,
    /// What a reader might type, may be empty.
    pub example: String,
    /// What a `choice` offers; empty for the other kinds.
    pub options: Vec<String>,
    /// `own-name`, `own-phone`, `name`, `company`, `link` or null.
    pub input: Option<String>,
}

/// Where a message is sent.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChannelView {
    /// As authors write it.
    pub key: String,
    /// As readers see it.
    pub label: String,
    /// Most characters.
    pub limit: Option<usize>,
}

/// A message in one tone.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VariantView {
    /// Unique on the page.
    pub id: String,
    /// `warm`, or null where there is one tone only.
    pub tone: Option<String>,
    /// `Warm`.
    pub label: Option<String>,
    /// Finished HTML whose text is exactly the subject.
    pub subject_html: Option<String>,
    /// Finished HTML whose text is exactly the message.
    pub body_html: String,
    /// How many different placeholders it has, subject included.
    pub gaps: usize,
}

/// The component `reminder`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReminderView {
    /// Unique on its page.
    pub id: String,
    /// How many days from today, if the reader chooses no other day.
    pub days: usize,
    /// What to do then.
    pub title: String,
    /// The file for readers without script: a task without a date.
    pub file_url: String,
    /// The message that goes with it; null where there is none.
    pub message: Option<ReminderMessage>,
}

/// The message that goes with a reminder.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReminderMessage {
    /// Its name: `Thank-you note`.
    pub title: String,
    /// Where it stands.
    pub url: String,
    /// The id of its widget, where the same page shows it; null elsewhere.
    pub shown: Option<String>,
    /// Its first tone, where the page does not show it: finished HTML, as in [`VariantView`].
    pub variant: Option<VariantView>,
}

/// The component `callout`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CalloutView {
    /// `note`, `tip`, `important`, `warning` or `caution`.
    pub kind: &'static str,
    /// As readers see it.
    pub title: String,
    /// Finished HTML.
    pub body: String,
}

/// The component `compare`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CompareView {
    /// In the order written.
    pub pairs: Vec<PairView>,
}

/// What not to say, and what to say.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PairView {
    /// Finished HTML.
    pub instead_html: String,
    /// Finished HTML.
    pub say_html: String,
}
