//! `content/site.yaml`: what the whole site shares.

mod cms;
mod limits;
mod raw_html;
mod synonyms;
mod theme;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

pub use self::cms::{CMS, Cms};
pub use self::limits::{KILOBYTE, LIMITS, Limits};
pub use self::raw_html::RawHtml;
pub use self::theme::THEME;
use crate::diagnostic::{Diagnostic, Place};
use crate::placeholder::{self, PLACEHOLDER, Placeholder};
use crate::schema::{self, Kind, Located, Record, Table, row};
use crate::slug::slug;
use crate::source::{Source, Span};
use crate::typography::typographic;

/// Where the file stands, relative to the root.
pub const PATH: &str = "content/site.yaml";

/// The site's own settings and vocabulary.
#[derive(Debug, Default, Clone)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// One sentence for search engines and feeds; may be empty.
    pub description: String,
    /// A sentence at the foot of every page; may be empty.
    pub notice: String,
    /// `https://host/path/`, with a slash at its end.
    pub base_url: String,
    /// A BCP 47 tag: `en`.
    pub language: Located<String>,
    /// The folder under `themes/` that overrides the default theme; `None` means `default`.
    pub theme: Option<Located<String>>,
    /// Folders of `content/`, in reading order.
    pub sections: Vec<Located<String>>,
    /// Folders of `content/` for others than readers: no list, feed or search of theirs holds them.
    pub aside: Vec<Located<String>>,
    /// Whether pages have a picture for other sites to show beside a link.
    pub cards: bool,
    /// How many related articles are added to those the author named.
    pub related: usize,
    /// Hiring stages, in the order written.
    pub stages: Vec<Term>,
    /// Where messages are sent, in the order written.
    pub channels: Vec<Channel>,
    /// What may stand in [brackets], by key.
    pub placeholders: BTreeMap<String, Placeholder>,
    /// What articles rest on, by key.
    pub sources: BTreeMap<String, Reference>,
    /// Paths through articles, in the order written.
    pub journeys: Vec<JourneyName>,
    /// Pages of content/ that every page links at its foot, in the order shown.
    pub pages: Vec<Located<String>>,
    /// Whether browsers keep the site for times without a network.
    pub offline: bool,
    /// What becomes of HTML in articles.
    pub raw_html: RawHtml,
    /// The most that a build takes in.
    pub limits: Limits,
    /// The browser editor, if the site has one.
    pub cms: Option<Cms>,
    /// What `check` looks for.
    pub editorial: Editorial,
    /// Words and phrases that search takes for each other, a group each.
    pub synonyms: Vec<Vec<String>>,
}

/// What `check` looks for in the words; what is left out is not looked for.
#[derive(Debug, Default, Clone)]
pub struct Editorial {
    /// The highest reading grade of a page.
    pub grade: Option<usize>,
    /// The most words in a sentence.
    pub sentence: Option<usize>,
    /// Words and phrases that no message may hold.
    pub avoid: Vec<String>,
}

/// A path through articles, by its first step.
#[derive(Debug, Clone)]
pub struct JourneyName {
    /// The last part of its address.
    pub key: String,
    /// As readers see it.
    pub label: String,
    /// One sentence, may be empty.
    pub description: String,
    /// Slug of its first article.
    pub begin: Located<String>,
}

/// A key with the words a reader sees.
#[derive(Debug, Clone)]
pub struct Term {
    /// As authors write it.
    pub key: String,
    /// As readers see it.
    pub label: String,
}

/// A way to send a message.
#[derive(Debug, Clone)]
pub struct Channel {
    /// As authors write it.
    pub key: String,
    /// As readers see it.
    pub label: String,
    /// Most characters a message may have.
    pub limit: Option<usize>,
    /// When the limit was last checked.
    pub checked_on: Option<Date>,
}

/// A document that articles rest on.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Its title.
    pub title: String,
    /// Who wrote or published it.
    pub author: Option<String>,
}

/// The fields of a stage.
pub const STAGE: Table = Table {
    what: "a stage",
    fields: &[row("label", Kind::Text, true, "the words a reader sees", "Final round")],
};

/// The fields of a channel.
pub const CHANNEL: Table = Table {
    what: "a channel",
    fields: &[
        row("label", Kind::Text, true, "the words a reader sees", "E-mail"),
        row("limit", Kind::Count, false, "the most characters a message may have", "200"),
        row("checked_on", Kind::Date, false, "the day the limit was checked", "2026-11-01"),
    ],
};

/// The fields of a source.
pub const SOURCE: Table = Table {
    what: "a source",
    fields: &[
        row("title", Kind::Text, true, "its title", "How to Handle Rejection"),
        row("author", Kind::Text, false, "who wrote or published it", "the publisher"),
    ],
};

/// The fields of a journey.
pub const JOURNEY: Table = Table {
    what: "a journey",
    fields: &[
        row("label", Kind::Text, true, "the words a reader sees", "This week"),
        row("description", Kind::Text, false, "one sentence about it", "From the news to a plan."),
        row("begin", Kind::Text, true, "the slug of its first article", "ask-for-feedback"),
    ],
};

/// What `check` looks for beside mistakes.
pub const EDITORIAL: Table = Table {
    what: "`editorial`",
    fields: &[
        row("grade", Kind::Count, false, "the highest reading grade (Flesch-Kincaid)", "8"),
        row("sentence", Kind::Count, false, "the most words in a sentence", "28"),
        row("avoid", Kind::Texts, false, "words to keep out of messages", "[unfair, mistake]"),
    ],
};

/// The fields of `content/site.yaml`.
pub const SITE: Table = Table {
    what: "site.yaml",
    fields: &[
        row("title", Kind::Text, true, "the site's name", "After the no"),
        row("description", Kind::Text, false, "one sentence about the site", "What to do next."),
        row("notice", Kind::Text, false, "a sentence at every page's foot", "Nothing leaves you."),
        row("base_url", Kind::Text, true, "where the site lives", "https://example.org/rejection/"),
        row("language", Kind::Text, false, "the language of the articles", "en"),
        row("theme", Kind::Text, false, "the folder under themes/", "default"),
        row("sections", Kind::Texts, true, "folders in reading order", "[first-day, reply]"),
        row("aside", Kind::Texts, false, "folders kept out of readers' lists and search", "[docs]"),
        row("cards", Kind::Flag, false, "false makes no pictures for links to pages", "false"),
        row("related", Kind::Count, false, "how many related articles to add", "2"),
        row("stages", Kind::Records(&STAGE), false, "how far the reader had come", ""),
        row("channels", Kind::Records(&CHANNEL), false, "where messages are sent", ""),
        row("placeholders", Kind::Records(&PLACEHOLDER), false, "what may be in brackets", ""),
        row("sources", Kind::Records(&SOURCE), false, "what articles rest on", ""),
        row("journeys", Kind::Records(&JOURNEY), false, "paths of next steps", ""),
        row("pages", Kind::Texts, false, "pages linked at the foot", "[about, glossary]"),
        row(
            "offline",
            Kind::Flag,
            false,
            "true keeps visited pages on the reader's device",
            "true",
        ),
        row("raw_html", Kind::Choice(&RawHtml::WORDS), false, "what becomes of HTML", "sanitize"),
        row("limits", Kind::Record(&LIMITS), false, "the most that is read", "{article: 9000}"),
        row("cms", Kind::Record(&CMS), false, "an editor in the browser", "{repo: owner/name}"),
        row("editorial", Kind::Record(&EDITORIAL), false, "what `check` looks for", "{grade: 8}"),
        row("synonyms", Kind::Texts, false, "what search takes for the same", "[\"CV, résumé\"]"),
    ],
};

/// Reads `content/site.yaml`; what does not fit is reported and left out.
pub fn parse(source: &Source) -> (Config, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let whole = Span::new(0, source.text.len());
    let head = Span::new(0, source.text.find('\n').unwrap_or(source.text.len()));
    let record = schema::read(source, &whole, &head, &SITE, &mut found);
    let text = |name: &str| record.text(name).map(|text| text.value);
    let base_url = record.text("base_url").map(|url| base_url(source, &url, &mut found));
    let sections = folders(source, &record, "sections", &[], &mut found);
    let aside = folders(source, &record, "aside", &sections, &mut found);
    let config = Config {
        title: typographic(&text("title").unwrap_or_default()),
        description: typographic(&text("description").unwrap_or_default()),
        notice: typographic(&text("notice").unwrap_or_default()),
        base_url: base_url.unwrap_or_default(),
        language: record
            .text("language")
            .unwrap_or_else(|| Located { value: "en".to_owned(), span: head.clone() }),
        theme: record.text("theme"),
        sections,
        aside,
        cards: record.switch("cards").unwrap_or(true),
        related: record.count("related").unwrap_or(3),
        stages: stages(source, &record, &mut found),
        channels: channels(&record),
        placeholders: placeholder::placeholders(source, &record, &mut found),
        sources: sources(&record),
        journeys: journeys(&record),
        pages: record.texts("pages"),
        offline: record.flag("offline"),
        raw_html: text("raw_html").map_or_else(RawHtml::default, |word| RawHtml::of(&word)),
        limits: limits::limits(&record),
        cms: cms::cms(source, &record, &mut found),
        editorial: editorial(&record),
        synonyms: synonyms::synonyms(source, &record, &mut found),
    };
    (config, found)
}

impl Config {
    /// The channel with this key.
    pub fn channel(&self, key: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.key == key)
    }

    /// The name of the theme's folder.
    pub fn theme_name(&self) -> &str {
        self.theme.as_ref().map_or("default", |theme| theme.value.as_str())
    }
}

/// A base URL in its normal form: with a slash at its end. `None` where it is not an address of a
/// site: it must begin with http:// or https://, name a host, and hold no space, `?` or `#`.
pub fn normal_base_url(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or_default();
    let fits = !host.is_empty() && !rest.contains(['?', '#', '"', '<', '>', '\\', '`']);
    let plain = rest.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let end = if url.ends_with('/') { "" } else { "/" };
    (fits && plain).then(|| format!("{url}{end}"))
}

fn base_url(source: &Source, url: &Located<String>, found: &mut Vec<Diagnostic>) -> String {
    normal_base_url(&url.value).unwrap_or_else(|| {
        let place = Place::at(&source.path, url.span.clone());
        let bare = url.value.split("://").last().unwrap_or_default();
        let meant = normal_base_url(&format!("https://{bare}"));
        let meant = meant.unwrap_or_else(|| "https://example.org/rejection/".to_owned());
        found.push(
            Diagnostic::error("base-url", place, "`base_url` is not the address of a site")
                .hint(format!("write it in full: `base_url: {meant}`")),
        );
        String::new()
    })
}

/// The folders that a field names and no other took, whose names can be part of an address, each
/// once.
fn folders(
    source: &Source,
    record: &Record,
    field: &str,
    taken: &[Located<String>],
    found: &mut Vec<Diagnostic>,
) -> Vec<Located<String>> {
    let mut kept: Vec<Located<String>> = Vec::new();
    for section in record.texts(field) {
        let name = &section.value;
        let place = || Place::at(&source.path, section.span.clone());
        let wanted = slug(name);
        if taken.iter().any(|one| one.value == *name) {
            let message = format!("`{name}` stands under `sections`, too");
            let hint = "keep it in one of the two: what is kept aside is no section for readers";
            found.push(Diagnostic::error("section-twice", place(), message).hint(hint));
        } else if kept.iter().any(|one| one.value == *name) {
            let message = format!("the section `{name}` stands here twice");
            let hint = "keep one of the two";
            found.push(Diagnostic::error("section-twice", place(), message).hint(hint));
        } else if wanted == *name {
            kept.push(section);
        } else {
            let message = format!("the section `{name}` cannot be part of an address as it is");
            let hint = format!("write `{wanted}`, and give its folder that name");
            found.push(Diagnostic::error("section-name", place(), message).hint(hint));
        }
    }
    kept
}

fn label(record: &Record) -> String {
    record.text("label").map(|label| typographic(&label.value)).unwrap_or_default()
}

fn stages(source: &Source, record: &Record, found: &mut Vec<Diagnostic>) -> Vec<Term> {
    let mut slugs: HashMap<String, String> = HashMap::new();
    for (key, _) in record.records("stages") {
        let (place, name) = (Place::at(&source.path, key.span), key.value);
        let slug = slug(&name);
        let problem = if slug.is_empty() {
            format!("the stage `{name}` has no letter or digit, so its page has no address")
        } else if let Some(first) = slugs.insert(slug, name.clone()) {
            format!("the stages `{first}` and `{name}` would have the same address")
        } else {
            continue;
        };
        found.push(Diagnostic::error("stage-name", place, problem).hint("give it another name"));
    }
    let records = record.records("stages").into_iter();
    records.map(|(key, stage)| Term { key: key.value, label: label(&stage) }).collect()
}

fn channels(record: &Record) -> Vec<Channel> {
    let records = record.records("channels").into_iter();
    records
        .map(|(key, channel)| Channel {
            key: key.value,
            label: label(&channel),
            limit: channel.count("limit"),
            checked_on: channel.date("checked_on").map(|date| date.value),
        })
        .collect()
}

fn sources(record: &Record) -> BTreeMap<String, Reference> {
    let records = record.records("sources").into_iter();
    records
        .map(|(key, one)| {
            let text = |name: &str| one.text(name).map(|text| text.value);
            (
                key.value,
                Reference {
                    title: typographic(&text("title").unwrap_or_default()),
                    author: text("author").map(|author| typographic(&author)),
                },
            )
        })
        .collect()
}

fn journeys(record: &Record) -> Vec<JourneyName> {
    let records = record.records("journeys").into_iter();
    records
        .filter_map(|(key, one)| {
            let description = one.text("description").map(|text| typographic(&text.value));
            let description = description.unwrap_or_default();
            let (label, begin) = (label(&one), one.text("begin")?);
            Some(JourneyName { key: key.value, label, description, begin })
        })
        .collect()
}

fn editorial(record: &Record) -> Editorial {
    let Some(record) = record.record("editorial") else { return Editorial::default() };
    let avoid = record.texts("avoid").into_iter().map(|words| words.value);
    let (grade, sentence) = (record.count("grade"), record.count("sentence"));
    Editorial { grade, sentence, avoid: avoid.collect() }
}
