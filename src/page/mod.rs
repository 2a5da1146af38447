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
use crate::site::{Site, page_path};
use crate::slug::slug;
use crate::strings::Strings;
use head::{article_head, day, with_crumbs};
use views::{
    AroundView, ArticleView, Card, Crumb, Head, HomeSection, HomeView, SectionLink, SectionView,
    SiteView, SourceView, TermLink, View,
};

/// A page before it is rendered.
#[derive(Debug)]
pub struct Page {
    /// Relative to the output folder: `reply/note/index.html`.
    pub path: String,
    /// The theme's template: `article.html`.
    pub template: &'static str,
    /// `page` in the template.
    pub head: Head,
    /// `view` in the template.
    pub view: View,
    /// The article whose text is `body` in the template.
    pub body: Option<usize>,
    /// What it is made from, for diagnostics: a file relative to the root, or a few words.
    pub origin: String,
}

/// Words a reader gets through in a minute.
const WORDS_A_MINUTE: usize = 220;

/// Every page of the site, and every alias that cannot be one.
pub fn plan(site: &Site<'_>, strings: &Strings, assets: &Assets) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut pages = Vec::new();
    pages.extend(site.home.map(|index| home(site, index)));
    pages.extend(site.sections.iter().filter_map(|section| section_page(site, section)));
    let around = around::around(site);
    let articles = site.articles.par_iter().zip(&around).enumerate();
    let articles = articles.filter(|(_, (article, _))| article.role == Role::Article);
    let articles = articles
        .map(|(index, (_, around))| article_page(site, strings, index, around.clone(), assets));
    pages.par_extend(articles);
    pages.extend(terms::pages(site, strings, "stage", "stages", &site.stages));
    pages.extend(terms::pages(site, strings, "tag", "tags", &site.tags));
    pages.extend(library::page(site, strings, assets));
    pages.extend(journeys::pages(site, strings));
    pages.extend(kit::pages(site, strings, assets));
    pages.extend(questions::pages(site, strings, assets));
    pages.extend(plain::pages(site, strings, assets, &around));
    pages.push(search::page(site, strings, assets));
    pages.push(not_found(site, strings));
    pages.extend(site.config.offline.then(|| offline(site, strings)));
    for article in &site.articles {
        pages.extend(redirects::pages(site, article, &mut found));
    }
    pages.par_iter_mut().for_each(|page| {
        page.head.imports = assets.imported_by(&page.head.scripts);
        page.head.withheld = page.body.and_then(|index| head::withheld(site, strings, index));
        if page.head.withheld.is_some() {
            // a preview for others is no publication: no search engine should take it for one
            page.head.robots = Some("noindex");
        }
    });
    (pages, found)
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
        library_url: (!site.library.owned.is_empty()).then(|| link("templates/")),
        tags_url: (!site.tags.is_empty()).then(|| link("tags/")),
        stages_url: (!site.stages.is_empty()).then(|| link("stages/")),
        journeys_url: (!site.journeys.is_empty()).then(|| link("journeys/")),
        pages: site.foot.iter().map(|index| foot_link(site, *index)).collect(),
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
    let section = site.sections.iter().find(|section| section.key == key);
    let index = section.and_then(|section| section.index);
    index.map_or_else(|| key.to_owned(), |index| site.articles[index].meta.title.clone())
}

fn section_links(site: &Site<'_>) -> Vec<SectionLink> {
    let links = site.sections.iter().filter_map(|section| {
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

fn home(site: &Site<'_>, index: usize) -> Page {
    let article = &site.articles[index];
    let meta = &article.meta;
    let description =
        if meta.description.is_empty() { &site.config.description } else { &meta.description };
    let head = head::head(site, "", &meta.title, description);
    let sections = site.sections.iter().zip(section_links(site));
    let sections = sections.map(|(section, link)| HomeSection {
        key: link.key,
        title: link.title,
        description: link.description,
        url: link.url,
        articles: cards(site, &section.articles),
    });
    let count = site.articles.iter().filter(|article| article.role == Role::Article).count();
    Page {
        path: "index.html".to_owned(),
        template: "home.html",
        head: Head { json_ld: vec![head::website(site)], ..head },
        view: View::Home(HomeView {
            questions: questions::cards(site),
            journeys: journeys::cards(site),
            sections: sections.collect(),
            templates: site.library.owned.len(),
            articles: count,
        }),
        body: Some(index),
        origin: article.path.clone(),
    }
}

fn section_page(site: &Site<'_>, section: &crate::site::nav::Section) -> Option<Page> {
    let index = section.index?;
    let article = &site.articles[index];
    let path = page_path(article);
    let head = head::head(site, &path, &article.meta.title, &article.meta.description);
    let head = Head { section: Some(section.key.clone()), ..head };
    Some(Page {
        path: format!("{path}index.html"),
        template: "section.html",
        head: with_crumbs(site, head, &[home_crumb(site)]),
        view: View::Section(SectionView { articles: cards(site, &section.articles) }),
        body: Some(index),
        origin: article.path.clone(),
    })
}

fn article_page(
    site: &Site<'_>,
    strings: &Strings,
    index: usize,
    around: AroundView,
    assets: &Assets,
) -> Page {
    let article = &site.articles[index];
    let meta = &article.meta;
    let relations = &site.relations[index];
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
        suggested: cards(site, &relations.close),
        mentions: cards(site, &relations.mentioned_in),
        sources: sources
            .map(|source| SourceView { title: source.title.clone(), author: source.author.clone() })
            .collect(),
        around: around.without(next.as_ref()),
        next,
        step: journeys::step(site, index),
    };
    let head = with_crumbs(
        site,
        article_head(site, article),
        &[home_crumb(site), (section, section_path)],
    );
    let (scripts, markdown_url) = (scripts::of(article, assets), head::markdown_url(site, article));
    Page {
        path: format!("{}index.html", page_path(article)),
        template: "article.html",
        head: Head { markdown_url, scripts, ..head },
        view: View::Article(Box::new(view)),
        body: Some(index),
        origin: article.path.clone(),
    }
}

fn foot_link(site: &Site<'_>, index: usize) -> Crumb {
    let article = &site.articles[index];
    Crumb { title: article.meta.title.clone(), url: site.urls.path(&page_path(article)) }
}

/// The page for what a browser did not keep, shown where there is no network.
fn offline(site: &Site<'_>, strings: &Strings) -> Page {
    let head = head::head(site, FALLBACK, &strings.say("offline-title", &[]), "");
    Page {
        path: FALLBACK.to_owned(),
        template: "offline.html",
        head: Head { canonical: None, robots: Some("noindex"), ..head },
        view: View::Offline {},
        body: None,
        origin: "the page for times without a network".to_owned(),
    }
}

fn not_found(site: &Site<'_>, strings: &Strings) -> Page {
    let head = head::head(site, "404.html", &strings.say("lost-title", &[]), "");
    Page {
        path: "404.html".to_owned(),
        template: "not-found.html",
        head: Head { canonical: None, robots: Some("noindex"), ..head },
        view: View::NotFound {},
        body: None,
        origin: "the page for addresses that do not exist".to_owned(),
    }
}
