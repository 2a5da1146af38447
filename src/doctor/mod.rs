//! What whoever maintains the site would want to see of it on one page.
//!
//! [`examine`] looks at the finished site and returns plain data; `parts` puts it in words, which
//! the terminal and the page of `serve` show alike.
//!
//! What counts is what is published: a draft, though `serve` shows it, leads nobody anywhere.

pub mod parts;
mod templates;

use std::collections::HashSet;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use crate::article::{Article, Role};
use crate::editorial::{reading, relations};
use crate::outputs::Made;
use crate::site::{Site, page_path};
use crate::slug::slug;
use crate::source::{Source, Sources, Span, by_path};

/// What was found. The names of the fields are a promise to programs.
#[derive(Debug, Clone, Serialize)]
pub struct Checkup {
    /// The site's title.
    pub site: String,
    /// The day that was asked about: `2026-11-20`.
    pub today: String,
    /// How many articles are published.
    pub articles: usize,
    /// How many templates those articles own; the tones of one message count once.
    pub templates: usize,
    /// Articles past their review date, the longest waiting first.
    pub past_review: Vec<PastReview>,
    /// Articles that nothing leads to but the list of their section.
    pub without_links: Vec<Spot>,
    /// Articles whose author named no related ones.
    pub related_by_machine: Vec<Related>,
    /// Templates that only their own article shows, and nothing else of the site takes up.
    pub unused_templates: Vec<Unused>,
    /// Tags of one article only.
    pub tags_used_once: Vec<Tag>,
    /// Drafts, and articles of a day still to come.
    pub withheld: Vec<Withheld>,
    /// The highest grade that site.yaml allows.
    pub grade_limit: Option<usize>,
    /// Whether texts of the site's language have a grade at all.
    pub is_graded: bool,
    /// Every article that has a grade, the hardest first.
    pub grades: Vec<Grade>,
    /// The largest pages, the largest first.
    pub largest_pages: Vec<Size>,
}

/// Where something was found.
#[derive(Debug, Clone, Serialize)]
pub struct Spot {
    /// Of the article or template.
    pub title: String,
    /// The address of its page on its host, base path included; null where it is left out.
    pub url: Option<String>,
    /// Relative to the root, with forward slashes.
    pub file: String,
    /// From 1.
    pub line: usize,
}

/// An article to read again.
#[derive(Debug, Clone, Serialize)]
pub struct PastReview {
    /// By this day: `2026-10-01`.
    pub review_by: String,
    /// Where it says so.
    #[serde(flatten)]
    pub spot: Spot,
}

/// An article that is related by what it shares with others alone.
#[derive(Debug, Clone, Serialize)]
pub struct Related {
    /// Slugs of those that its readers are shown instead, the closest first.
    pub related: Vec<String>,
    /// The article.
    #[serde(flatten)]
    pub spot: Spot,
}

/// A template that nothing takes up.
#[derive(Debug, Clone, Serialize)]
pub struct Unused {
    /// `slug/template-id`.
    pub template: String,
    /// The template.
    #[serde(flatten)]
    pub spot: Spot,
}

/// A tag with a single article.
#[derive(Debug, Clone, Serialize)]
pub struct Tag {
    /// As it was written.
    pub tag: String,
    /// The article.
    #[serde(flatten)]
    pub spot: Spot,
}

/// An article that readers do not get.
#[derive(Debug, Clone, Serialize)]
pub struct Withheld {
    /// Whether it says `draft: true`.
    pub draft: bool,
    /// Its day, where that is still to come.
    pub until: Option<String>,
    /// The article.
    #[serde(flatten)]
    pub spot: Spot,
}

/// How hard an article is to read.
#[derive(Debug, Clone, Serialize)]
pub struct Grade {
    /// Flesch-Kincaid, to a tenth.
    pub grade: f64,
    /// The article.
    #[serde(flatten)]
    pub spot: Spot,
}

/// How large a page is.
#[derive(Debug, Clone, Serialize)]
pub struct Size {
    /// Of the HTML alone.
    pub bytes: usize,
    /// The path in the site: `templates/`, empty for the home page.
    pub path: String,
    /// The address on its host, base path included.
    pub url: String,
}

/// How many pages are told.
const LARGEST: usize = 10;

/// What everything is looked up in.
struct Ground<'a> {
    site: &'a Site<'a>,
    sources: Sources<'a>,
    today: Date,
}

/// Looks a finished site over. `sources` are the texts of its articles, `outputs` what is known of its
/// files, `today` is the day that reviews are due and articles are withheld.
pub fn examine(site: &Site<'_>, sources: &[Source], outputs: &[Made], today: Date) -> Checkup {
    let ground = Ground { site, sources: by_path(sources), today };
    let published = ground.published();
    let own = published.iter().filter(|article| article.role == Role::Article);
    Checkup {
        site: site.config.title.clone(),
        today: today.to_string(),
        articles: own.count(),
        templates: published.iter().map(|article| article.own_templates().count()).sum(),
        past_review: past_review(&ground),
        without_links: without_links(&ground),
        related_by_machine: related_by_machine(&ground),
        unused_templates: templates::unused(&ground),
        tags_used_once: tags_used_once(&ground),
        withheld: withheld(&ground),
        grade_limit: site.config.editorial.grade,
        is_graded: reading::is_graded(site.config),
        grades: grades(&ground),
        largest_pages: largest_pages(&ground, outputs),
    }
}

impl<'a> Ground<'a> {
    fn is_published(&self, index: usize) -> bool {
        self.site.articles[index].withheld(self.today).is_none()
    }

    fn published(&self) -> Vec<&'a Article> {
        let all = self.site.articles.iter().map(AsRef::as_ref);
        all.filter(|article| article.withheld(self.today).is_none() && !article.is_aside())
            .collect()
    }

    /// An article of the site, at its first line or at the one where something stands.
    fn spot(&self, article: &Article, at: Option<&Span>) -> Spot {
        let source = self.sources.get(article.path.as_str());
        let line = source.zip(at).map_or(1, |(source, at)| source.position(at.start).line);
        let url = Some(self.site.urls.path(&page_path(article)));
        Spot { title: article.meta.title.clone(), url, file: article.path.clone(), line }
    }
}

fn past_review(ground: &Ground<'_>) -> Vec<PastReview> {
    let articles = ground.published().into_iter();
    let due = articles.filter_map(|article| {
        let by = relations::past_review(article, ground.today)?;
        let spot = ground.spot(article, Some(&by.span));
        Some(PastReview { review_by: by.value.to_string(), spot })
    });
    let mut due: Vec<PastReview> = due.collect();
    due.sort_by(|a, b| a.review_by.cmp(&b.review_by));
    due
}

fn without_links(ground: &Ground<'_>) -> Vec<Spot> {
    let lone = relations::lone(ground.site, |index| ground.is_published(index)).into_iter();
    lone.map(|index| ground.spot(&ground.site.articles[index], None)).collect()
}

fn related_by_machine(ground: &Ground<'_>) -> Vec<Related> {
    let own = relations::relatable(ground.site, |index| ground.is_published(index)).into_iter();
    let found = own.filter_map(|index| {
        let article = &ground.site.articles[index];
        let related = relations::close_slugs(ground.site, index, |at| ground.is_published(at));
        relations::is_related_by_machine(article).then(|| Related {
            related: related.into_iter().map(str::to_owned).collect(),
            spot: ground.spot(article, None),
        })
    });
    found.collect()
}

fn tags_used_once(ground: &Ground<'_>) -> Vec<Tag> {
    let found = ground.site.structure.tags.iter().filter_map(|term| {
        let mut articles = term.articles.iter().filter(|index| ground.is_published(**index));
        let (Some(only), None) = (articles.next(), articles.next()) else { return None };
        let article = &ground.site.articles[*only];
        let own = article.meta.tags.iter().find(|tag| slug(&tag.value) == term.slug);
        let spot = ground.spot(article, own.map(|tag| &tag.span));
        Some(Tag { tag: term.label.clone(), spot })
    });
    found.collect()
}

fn withheld(ground: &Ground<'_>) -> Vec<Withheld> {
    let shown = ground.site.articles.iter().map(|article| (article, true));
    let left_out = ground.site.withheld.iter().map(|article| (article, false));
    let found = shown.chain(left_out).filter_map(|(article, is_shown)| {
        let why = article.withheld(ground.today)?;
        let spot = ground.spot(article, None);
        let spot = Spot { url: spot.url.filter(|_| is_shown), ..spot };
        let until = why.until.map(|day| day.to_string());
        Some(Withheld { draft: why.draft, until, spot })
    });
    let mut found: Vec<Withheld> = found.collect();
    found.sort_by(|a, b| a.spot.file.cmp(&b.spot.file));
    found
}

fn grades(ground: &Ground<'_>) -> Vec<Grade> {
    let articles = ground.published().into_par_iter();
    let graded = articles.filter_map(|article| {
        let source = ground.sources.get(article.path.as_str())?;
        let grade = reading::grade(article, source, ground.site.config)?;
        Some(Grade { grade, spot: ground.spot(article, None) })
    });
    let mut graded: Vec<Grade> = graded.collect();
    graded.sort_by(|a, b| b.grade.total_cmp(&a.grade));
    graded
}

fn largest_pages(ground: &Ground<'_>, outputs: &[Made]) -> Vec<Size> {
    let withheld = ground.site.articles.iter();
    let withheld = withheld.filter(|article| article.withheld(ground.today).is_some());
    let withheld: HashSet<String> = withheld.map(|article| page_path(article)).collect();
    let pages = outputs.iter().filter(|output| output.is_page()).map(|output| {
        let path = output.path.strip_suffix("index.html").unwrap_or(&output.path);
        (output.size, path)
    });
    let mut pages: Vec<(usize, &str)> = pages.collect();
    pages.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let pages = pages.into_iter().filter(|(_, path)| !withheld.contains(*path));
    let sizes = pages.take(LARGEST).map(|(bytes, path)| Size {
        bytes,
        path: path.to_owned(),
        url: ground.site.urls.path(path),
    });
    sizes.collect()
}
