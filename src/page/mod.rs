//! The plan: which pages there are, and what each shows.

mod around;
pub mod head;
mod journeys;
mod kit;
mod library;
pub mod message;
mod plain;
mod policy;
mod questions;
mod redirects;
pub mod reminder;
mod scripts;
mod search;
mod terms;
pub mod views;

use rayon::prelude::*;

use crate::article::{Article, Role};
use crate::diagnostic::Diagnostic;
use crate::headings;
use crate::outputs::assets::Assets;
use crate::outputs::offline::FALLBACK;
use crate::site::nav::Section;
use crate::site::{Site, page_path};
use crate::slug::slug;
use crate::strings::Strings;
use around::Around;
use head::{article_head, day, with_crumbs};
use views::{
    ArticleView, Card, Crumb, Head, HomeSection, HomeView, SectionLink, SectionView, SiteView,
    SourceView, TermLink, View,
};

/// A page before it is rendered. What it shows is made when it is asked for: a large site is never
/// whole in memory, and one page does not wait for the others.
pub struct Page<'a> {
    /// Relative to the output folder: `reply/note/index.html`.
    pub path: String,
    /// The theme's template: `article.html`.
    pub template: &'static str,
    /// The article whose text is `body` in the template.
    pub body: Option<usize>,
    /// Whether search engines and other sites may show it.
    pub is_listed: bool,
    /// What it is made from, for diagnostics: a file relative to the root, or a few words.
    pub origin: String,
    make: Box<dyn Fn() -> (Head, View) + Send + Sync + 'a>,
}

/// What pages are made from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The site.
    pub site: &'a Site<'a>,
    /// What the theme says itself.
    pub strings: &'a Strings,
    /// The theme's styles and scripts.
    pub assets: &'a Assets,
}

/// Words a reader gets through in a minute.
const WORDS_A_MINUTE: usize = 220;

/// How many articles of a section the home page knows: nobody looks for one of thousands there.
const MOST_AT_HOME: usize = 100;

/// Every page of the site, and every alias that cannot be one.
pub fn plan(ground: Ground<'_>) -> (Vec<Page<'_>>, Vec<Diagnostic>) {
    let Ground { site, .. } = ground;
    let mut found = Vec::new();
    let mut pages = Vec::new();
    pages.extend(site.structure.home.map(|index| home(ground, index)));
    pages
        .extend(site.structure.sections.iter().filter_map(|section| section_page(ground, section)));
    let around = around::around(site);
    let articles = site.articles.par_iter().zip(&around).enumerate();
    let articles = articles.filter(|(_, (article, _))| article.role == Role::Article);
    pages.par_extend(articles.map(|(index, (_, around))| article_page(ground, index, *around)));
    pages.extend(terms::pages(ground, "stage", "stages", &site.structure.stages));
    pages.extend(terms::pages(ground, "tag", "tags", &site.structure.tags));
    pages.extend(library::page(ground));
    pages.extend(journeys::pages(ground));
    pages.extend(kit::pages(ground));
    pages.extend(questions::pages(ground));
    pages.extend(plain::pages(ground, &around));
    pages.push(search::page(ground));
    pages.push(not_found(ground));
    pages.extend(site.config.offline.then(|| offline(ground)));
    for article in &site.articles {
        pages.extend(redirects::pages(site, article, &mut found));
    }
    (pages, found)
}

impl<'a> Page<'a> {
    /// A page that may be listed; `make` gives `page` and `view` of its template.
    fn new(
        path: String,
        template: &'static str,
        origin: String,
        make: impl Fn() -> (Head, View) + Send + Sync + 'a,
    ) -> Self {
        Self { path, template, body: None, is_listed: true, origin, make: Box::new(make) }
    }

    /// The page of an article, with its text.
    fn of_article(
        site: &Site<'_>,
        index: usize,
        template: &'static str,
        make: impl Fn() -> (Head, View) + Send + Sync + 'a,
    ) -> Self {
        let article = &site.articles[index];
        let path = format!("{}index.html", page_path(article));
        let page = Self::new(path, template, article.path.clone(), make);
        // a preview for others is no publication: no search engine should take it for one
        Self { body: Some(index), is_listed: article.withheld(site.today).is_none(), ..page }
    }

    /// One that nobody else should show.
    fn unlisted(self) -> Self {
        Self { is_listed: false, ..self }
    }

    /// `page` and `view` of its template.
    pub fn show(&self, ground: &Ground<'_>) -> (Head, View) {
        let Ground { site, strings, assets } = ground;
        let (mut head, view) = (self.make)();
        head.imports = assets.imported_by(&head.scripts);
        head.withheld = self.body.and_then(|index| head::withheld(site, strings, index));
        head.robots = (!self.is_listed).then_some("noindex");
        (head, view)
    }
}

/// What every page shares.
pub fn site_view(site: &Site<'_>, assets: &Assets) -> SiteView {
    let link = |path: &str| site.urls.path(path);
    let language = site.config.language.value.as_str();
    let right_to_left = ["ar", "fa", "he", "ur", "yi", "ps", "dv", "ckb"];
    let primary = language.split('-').next().unwrap_or(language);
    SiteView {
        title: site.config.title.clone(),
        description: site.config.description.clone(),
        language: language.to_owned(),
        direction: if right_to_left.contains(&primary) { "rtl" } else { "ltr" },
        notice: site.config.notice.clone(),
        policy: policy::POLICY,
        prefetch: policy::PREFETCH,
        home_url: link(""),
        sections: section_links(site),
        library_url: (!site.structure.library.owned.is_empty()).then(|| link("templates/")),
        tags_url: (!site.structure.tags.is_empty()).then(|| link("tags/")),
        stages_url: (!site.structure.stages.is_empty()).then(|| link("stages/")),
        journeys_url: (!site.structure.journeys.is_empty()).then(|| link("journeys/")),
        pages: site.structure.foot.iter().map(|index| foot_link(site, *index)).collect(),
        feed_url: link("feed.xml"),
        search_url: link(search::PATH),
        scripts: scripts::named(assets, ["search"]),
        style_url: assets.style_url.clone(),
        offline_url: assets.scripts.get("offline").filter(|_| site.config.offline).cloned(),
        icon_url: assets.icon_url.clone(),
        scheme_url: assets.scripts.get("scheme").cloned(),
    }
}

/// Minutes it takes to read.
fn minutes(article: &Article) -> usize {
    article.body.words.div_ceil(WORDS_A_MINUTE).max(1)
}

fn card(site: &Site<'_>, index: usize, reason: Option<&String>) -> Card {
    let article = &site.articles[index];
    Card {
        title: article.meta.title.clone(),
        url: site.urls.path(&page_path(article)),
        description: article.meta.description.clone(),
        reason: reason.cloned(),
        minutes: minutes(article),
        templates: article.body.templates.len(),
        section: section_title(site, &article.section),
    }
}

fn cards(site: &Site<'_>, articles: &[usize]) -> Vec<Card> {
    articles.iter().map(|index| card(site, *index, None)).collect()
}

/// The title of a section as readers see it.
pub fn section_title(site: &Site<'_>, key: &str) -> String {
    let section = site.structure.sections.iter().find(|section| section.key == key);
    let index = section.and_then(|section| section.index);
    index.map_or_else(|| key.to_owned(), |index| site.articles[index].meta.title.clone())
}

fn section_links(site: &Site<'_>) -> Vec<SectionLink> {
    let links = site.structure.sections.iter().filter_map(|section| {
        let meta = &site.articles[section.index?].meta;
        Some(SectionLink {
            key: section.key.clone(),
            title: meta.title.clone(),
            description: meta.description.clone(),
            url: site.urls.path(&format!("{}/", section.key)),
        })
    });
    links.collect()
}

/// The home page as the first crumb.
fn home_crumb(site: &Site<'_>) -> (String, String) {
    (site.config.title.clone(), String::new())
}

fn home(Ground { site, .. }: Ground<'_>, index: usize) -> Page<'_> {
    let article = &site.articles[index];
    let make = move || {
        let meta = &article.meta;
        let description =
            if meta.description.is_empty() { &site.config.description } else { &meta.description };
        let head = head::head(site, "", &meta.title, description);
        let sections = site.structure.sections.iter().zip(section_links(site));
        let sections = sections.map(|(section, link)| HomeSection {
            key: link.key,
            title: link.title,
            description: link.description,
            url: link.url,
            articles: cards(site, &section.articles[..section.articles.len().min(MOST_AT_HOME)]),
            count: section.articles.len(),
        });
        let count = site.articles.iter().filter(|article| article.role == Role::Article).count();
        let view = View::Home(HomeView {
            questions: questions::cards(site),
            journeys: journeys::cards(site),
            sections: sections.collect(),
            templates: site.structure.library.owned.len(),
            articles: count,
        });
        (Head { json_ld: vec![head::website(site)], ..head }, view)
    };
    Page::of_article(site, index, "home.html", make)
}

fn section_page<'a>(Ground { site, .. }: Ground<'a>, section: &'a Section) -> Option<Page<'a>> {
    let index = section.index?;
    let article = &site.articles[index];
    let make = move || {
        let meta = &article.meta;
        let head = head::head(site, &page_path(article), &meta.title, &meta.description);
        let head = Head { section: Some(section.key.clone()), ..head };
        let view = View::Section(SectionView { articles: cards(site, &section.articles) });
        (with_crumbs(site, head, &[home_crumb(site)]), view)
    };
    Some(Page::of_article(site, index, "section.html", make))
}

fn article_page(ground: Ground<'_>, index: usize, around: Around) -> Page<'_> {
    let make = move || show_article(ground, index, around);
    Page::of_article(ground.site, index, "article.html", make)
}

fn show_article(ground: Ground<'_>, index: usize, around: Around) -> (Head, View) {
    let Ground { site, strings, assets } = ground;
    let article = &site.articles[index];
    let meta = &article.meta;
    let relations = &site.structure.relations[index];
    let section = section_title(site, &article.section);
    let section_path = format!("{}/", article.section);
    let named = relations.named.iter();
    let sources = meta.sources.iter().filter_map(|key| site.config.sources.get(&key.value));
    let next = relations.next.map(|at| card(site, at, None));
    let view = ArticleView {
        section: Crumb { title: section.clone(), url: site.urls.path(&section_path) },
        date: meta.date.map(|date| day(strings, date)),
        updated: meta.updated.map(|date| day(strings, date)),
        authors: meta.authors.clone(),
        minutes: minutes(article),
        templates: article.body.templates.len(),
        stages: site
            .stages_of(article)
            .map(|stage| TermLink {
                label: stage.label.clone(),
                url: site.urls.path(&format!("stages/{}/", slug(&stage.key))),
            })
            .collect(),
        tags: meta
            .tags
            .iter()
            .map(|tag| TermLink {
                label: tag.value.clone(),
                url: site.urls.path(&format!("tags/{}/", slug(&tag.value))),
            })
            .collect(),
        outline: headings::outline(&article.body.headings),
        related: named.map(|(at, reason)| card(site, *at, reason.as_ref())).collect(),
        suggested: cards(site, &site.close_to(index)),
        mentions: cards(site, &relations.mentioned_in),
        sources: sources
            .map(|source| SourceView { title: source.title.clone(), author: source.author.clone() })
            .collect(),
        around: around.view(site, relations.next),
        next,
        step: journeys::step(site, index),
    };
    let head = with_crumbs(
        site,
        article_head(site, article),
        &[home_crumb(site), (section, section_path)],
    );
    let (scripts, markdown_url) = (scripts::of(article, assets), head::markdown_url(site, article));
    (Head { markdown_url, scripts, ..head }, View::Article(Box::new(view)))
}

fn foot_link(site: &Site<'_>, index: usize) -> Crumb {
    let article = &site.articles[index];
    Crumb { title: article.meta.title.clone(), url: site.urls.path(&page_path(article)) }
}

/// The page for what a browser did not keep, shown where there is no network.
fn offline(Ground { site, strings, .. }: Ground<'_>) -> Page<'_> {
    let make = move || {
        let head = head::head(site, FALLBACK, &strings.say("offline-title", &[]), "");
        (Head { canonical: None, ..head }, View::Offline {})
    };
    let origin = "the page for times without a network".to_owned();
    Page::new(FALLBACK.to_owned(), "offline.html", origin, make).unlisted()
}

fn not_found(Ground { site, strings, .. }: Ground<'_>) -> Page<'_> {
    let make = move || {
        let head = head::head(site, "404.html", &strings.say("lost-title", &[]), "");
        (Head { canonical: None, ..head }, View::NotFound {})
    };
    let origin = "the page for addresses that do not exist".to_owned();
    Page::new("404.html".to_owned(), "not-found.html", origin, make).unlisted()
}
