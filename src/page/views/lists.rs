//! Views of pages that are lists: stages, tags, the library, journeys.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Card, Crumb, MessageView};

/// All journeys.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JourneysView {
    /// In the order of site.yaml.
    pub journeys: Vec<JourneyCard>,
}

/// A journey in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JourneyCard {
    /// As readers see it.
    pub title: String,
    /// One sentence, may be empty.
    pub description: String,
    /// Its page.
    pub url: String,
    /// Its articles in order.
    pub steps: Vec<Card>,
}

/// One journey.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JourneyView {
    /// Its articles in order.
    pub steps: Vec<Card>,
    /// The page that holds it whole.
    pub kit_url: String,
}

/// One journey on one page: what to do at each step, and its messages.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KitView {
    /// In order.
    pub steps: Vec<KitStep>,
}

/// A step of a journey on the page that holds it whole.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KitStep {
    /// Its article.
    pub article: Card,
    /// What to do now, as an `ol` without links; null where the article has no numbered list.
    pub now_html: Option<String>,
    /// Its messages, each where it is first used.
    pub messages: Vec<MessageView>,
    /// Its messages that stand at an earlier step.
    pub earlier: Vec<EarlierMessage>,
}

/// A message that stands higher up on the same page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EarlierMessage {
    /// Its name.
    pub title: String,
    /// The step where it stands, from 1.
    pub step: usize,
    /// Its id on the page.
    pub id: String,
}

/// An article's place in a journey.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StepView {
    /// The journey.
    pub title: String,
    /// Its page.
    pub url: String,
    /// From 1.
    pub number: usize,
    /// How many steps there are.
    pub count: usize,
}

/// All stages or all tags.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TermsView {
    /// `stage` or `tag`.
    pub kind: &'static str,
    /// Each with its count.
    pub terms: Vec<TermCount>,
}

/// A stage or tag in the list of all.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TermCount {
    /// As readers see it.
    pub label: String,
    /// Its page.
    pub url: String,
    /// How many articles it has.
    pub count: usize,
}

/// One stage or tag.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TermView {
    /// `stage` or `tag`.
    pub kind: &'static str,
    /// Its articles by title.
    pub articles: Vec<Card>,
}

/// All templates.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LibraryView {
    /// One for each section that has templates.
    pub groups: Vec<LibraryGroup>,
    /// How many there are.
    pub count: usize,
    /// What the list can be narrowed by, in the order shown.
    pub filters: Vec<FilterView>,
    /// All messages as files to take along.
    pub exports: Vec<Crumb>,
}

/// The page of search.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SearchView {
    /// Sections to search in.
    pub sections: Vec<Choice>,
    /// Channels that some message has.
    pub channels: Vec<Choice>,
}

/// A way to narrow the library.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FilterView {
    /// `section`, `channel`, `stage`, `to` or `tone`.
    pub key: &'static str,
    /// As readers see it.
    pub label: String,
    /// What can be chosen, each of which some template has.
    pub choices: Vec<Choice>,
}

/// Something to choose: a key for the address and the words a reader sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Choice {
    /// A slug.
    pub key: String,
    /// As readers see it.
    pub label: String,
}

/// The templates of a section.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LibraryGroup {
    /// The section.
    pub title: String,
    /// Its page.
    pub url: String,
    /// In the order of its articles.
    pub templates: Vec<LibraryTemplate>,
}

/// A template in the library.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LibraryTemplate {
    /// Its id in the library.
    pub anchor: String,
    /// Its name.
    pub title: String,
    /// Where it is sent.
    pub channel: Choice,
    /// Its tones; one that has none is listed without.
    pub tones: Vec<Choice>,
    /// The stages of the article that owns it.
    pub stages: Vec<Choice>,
    /// Who gets it.
    pub to: Option<Choice>,
    /// Key of its section.
    pub section: String,
    /// The article that owns it.
    pub article: Card,
    /// Other articles that show it.
    pub used_in: Vec<Crumb>,
    /// Where it stands in the article that owns it.
    pub url: String,
    /// The widget; null where there are so many templates that one page of them would be too long.
    pub message: Option<MessageView>,
}
