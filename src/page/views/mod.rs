//! What templates see. Every field is always there; what may be missing is null.

mod blocks;
mod lists;

use schemars::JsonSchema;
use serde::Serialize;

pub use blocks::*;
pub use lists::*;

use crate::headings::Entry;

/// `site`: the same on every page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// One sentence, may be empty.
    pub description: String,
    /// A sentence at the foot of every page, may be empty.
    pub notice: String,
    /// BCP 47: `en`.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The Content-Security-Policy.
    pub policy: &'static str,
    /// Speculation rules, safe inside a script element.
    pub prefetch: &'static str,
    /// The home page's address.
    pub home_url: String,
    /// In reading order.
    pub sections: Vec<SectionLink>,
    /// All templates; null where there is none.
    pub library_url: Option<String>,
    /// All tags; null where there is none.
    pub tags_url: Option<String>,
    /// All stages; null where there is none.
    pub stages_url: Option<String>,
    /// All journeys; null where there is none.
    pub journeys_url: Option<String>,
    /// Pages that are linked at the foot.
    pub pages: Vec<Crumb>,
    /// The Atom feed.
    pub feed_url: String,
    /// The page of search.
    pub search_url: String,
    /// Module scripts that every page needs.
    pub scripts: Vec<String>,
    /// The style sheet.
    pub style_url: String,
    /// The script that keeps the site for times without a network; null where it shall not.
    pub offline_url: Option<String>,
    /// The site's icon; null where the theme has none.
    pub icon_url: Option<String>,
    /// The script that shows the colours a reader chose; null where the theme has none.
    pub scheme_url: Option<String>,
}

/// A section in the navigation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SectionLink {
    /// The folder's name.
    pub key: String,
    /// As readers see it.
    pub title: String,
    /// One sentence, may be empty.
    pub description: String,
    /// Its page.
    pub url: String,
}

/// `page`: what every page says of itself.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Head {
    /// For `<title>`: heading and site.
    pub title: String,
    /// For `<h1>`.
    pub heading: String,
    /// One sentence, may be empty.
    pub description: String,
    /// The full address; null for pages that have none of their own.
    pub canonical: Option<String>,
    /// `website` or `article`, for Open Graph.
    pub kind: &'static str,
    /// `noindex` or null.
    pub robots: Option<&'static str>,
    /// Key of the section it belongs to.
    pub section: Option<String>,
    /// From the home page to the page above this one.
    pub crumbs: Vec<Crumb>,
    /// The page's text as Markdown; null where there is none.
    pub markdown_url: Option<String>,
    /// Module scripts this page needs.
    pub scripts: Vec<String>,
    /// What those import.
    pub imports: Vec<String>,
    /// JSON-LD, safe inside a script element.
    pub json_ld: Vec<String>,
    /// ISO date of publication.
    pub published: Option<String>,
    /// ISO date of the last real change.
    pub updated: Option<String>,
    /// Why the page is not published, where it is built all the same; else null.
    pub withheld: Option<String>,
}

/// `card`: the picture that other sites show beside a link to the page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SocialCardView {
    /// Its full address.
    pub url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What it says, for those who do not see it.
    pub alt: String,
}

/// A step on the way to a page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Crumb {
    /// As readers see it.
    pub title: String,
    /// Its page.
    pub url: String,
}

/// `view`: what one kind of page shows.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum View {
    /// home.html
    Home(HomeView),
    /// section.html
    Section(SectionView),
    /// article.html
    Article(Box<ArticleView>),
    /// page.html
    Page(PageView),
    /// question.html
    Question(Box<QuestionView>),
    /// journeys.html
    Journeys(JourneysView),
    /// journey.html
    Journey(JourneyView),
    /// kit.html
    Kit(KitView),
    /// terms.html
    Terms(TermsView),
    /// term.html
    Term(TermView),
    /// library.html
    Library(LibraryView),
    /// search.html
    Search(SearchView),
    /// redirect.html
    Redirect(RedirectView),
    /// not-found.html
    NotFound {},
    /// offline.html
    Offline {},
}

/// A page beside the articles, such as the glossary.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageView {
    /// When it last changed in substance.
    pub updated: Option<Day>,
    /// Headings of level 2 and 3.
    pub outline: Vec<Entry>,
    /// The folder it belongs to, where that is kept aside; else null.
    pub section: Option<Crumb>,
    /// Its neighbours there.
    pub around: AroundView,
    /// On the folder's own page: the others, in reading order.
    pub contents: Vec<Card>,
}

/// What just happened, and its two doors.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuestionView {
    /// The first door: the message to send now.
    pub message: MessageView,
    /// The article that owns the message.
    pub read: Card,
    /// The second door: what to read when the answer can wait.
    pub wait: Card,
}

/// The home page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HomeView {
    /// What may just have happened, each with its page.
    pub questions: Vec<Card>,
    /// In the order of site.yaml.
    pub journeys: Vec<JourneyCard>,
    /// Each with its first articles.
    pub sections: Vec<HomeSection>,
    /// How many templates the site has.
    pub templates: usize,
    /// How many articles the site has.
    pub articles: usize,
}

/// A section on the home page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HomeSection {
    /// The folder's name.
    pub key: String,
    /// As readers see it.
    pub title: String,
    /// One sentence, may be empty.
    pub description: String,
    /// Its page.
    pub url: String,
    /// The first hundred in reading order: its own page lists all.
    pub articles: Vec<Card>,
    /// How many articles it has.
    pub count: usize,
}

/// A section's page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SectionView {
    /// In reading order.
    pub articles: Vec<Card>,
}

/// An article's page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ArticleView {
    /// Where it belongs.
    pub section: Crumb,
    /// When it was published.
    pub date: Option<Day>,
    /// When it last changed in substance.
    pub updated: Option<Day>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Reading time.
    pub minutes: usize,
    /// How many messages it shows.
    pub templates: usize,
    /// Hiring stages.
    pub stages: Vec<TermLink>,
    /// Tags.
    pub tags: Vec<TermLink>,
    /// Headings of level 2 and 3.
    pub outline: Vec<Entry>,
    /// Named by the author, with reasons.
    pub related: Vec<Card>,
    /// Found close by the generator.
    pub suggested: Vec<Card>,
    /// Articles that lead here.
    pub mentions: Vec<Card>,
    /// What it rests on.
    pub sources: Vec<SourceView>,
    /// The next step.
    pub next: Option<Card>,
    /// Its place in a journey.
    pub step: Option<StepView>,
    /// Its neighbours in the section.
    pub around: AroundView,
}

/// The articles before and after one, in the reading order of their section.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct AroundView {
    /// Null for the first.
    pub previous: Option<Crumb>,
    /// Null for the last.
    pub next: Option<Crumb>,
}

/// A day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Day {
    /// 2026-03-02.
    pub iso: String,
    /// 2 March 2026.
    pub text: String,
}

/// A stage or tag of an article.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TermLink {
    /// As readers see it.
    pub label: String,
    /// Its page.
    pub url: String,
}

/// A document that an article rests on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceView {
    /// Its title.
    pub title: String,
    /// Who wrote or published it.
    pub author: Option<String>,
}

/// An article in a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// One sentence.
    pub description: String,
    /// Why it is named here.
    pub reason: Option<String>,
    /// Reading time.
    pub minutes: usize,
    /// How many messages it shows.
    pub templates: usize,
    /// The title of its section.
    pub section: String,
}

/// The page at an old address.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RedirectView {
    /// The new address.
    pub url: String,
}
