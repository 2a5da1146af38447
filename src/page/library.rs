//! The page of all templates: grouped by section, with what it can be narrowed by.

use super::views::{
    Choice, Crumb, FilterView, Head, LibraryGroup, LibraryTemplate, LibraryView, View,
};
use super::{Ground, Page, card, head, home_crumb, message, scripts, section_title};
use crate::article::Role;
use crate::outputs::exports::{self, Export};
use crate::site::library::Owned;
use crate::site::{Site, page_path};
use crate::slug::slug;
use crate::strings::Strings;

/// Where the page stands in the site.
const PATH: &str = "templates/";

/// More widgets are too much for a phone: so many are about two and a half megabytes of HTML.
const MOST_WIDGETS: usize = 300;

/// The page, if the site has a template.
pub(super) fn page(ground: Ground<'_>) -> Option<Page<'_>> {
    if ground.site.structure.library.owned.is_empty() {
        return None;
    }
    let origin = "the list of templates".to_owned();
    Some(Page::new(format!("{PATH}index.html"), "library.html", origin, move || show(ground)))
}

fn show(Ground { site, strings, assets }: Ground<'_>) -> (Head, View) {
    let is_long = site.structure.library.owned.len() > MOST_WIDGETS;
    let groups = site.structure.sections.iter().map(|section| LibraryGroup {
        title: section_title(site, &section.key),
        url: site.urls.path(&format!("{}/", section.key)),
        templates: section
            .articles
            .iter()
            .flat_map(|index| templates(site, strings, *index, is_long))
            .collect(),
    });
    let groups: Vec<LibraryGroup> = groups.filter(|group| !group.templates.is_empty()).collect();
    let say = |key: &str| strings.say(key, &[]);
    let head = head::head(site, PATH, &say("library"), &say("library-description"));
    let names: &[_] = if is_long { &["filters"] } else { &["message", "filters", "anchor"] };
    let scripts = scripts::named(assets, names.iter().copied());
    let head = Head { scripts, ..head };
    let view = View::Library(LibraryView {
        filters: filters(site, strings, &groups),
        exports: exports::offered(site, strings).into_iter().map(file(site)).collect(),
        groups,
        count: site.structure.library.owned.len(),
    });
    (head::with_crumbs(site, head, &[home_crumb(site)]), view)
}

fn file(site: &Site<'_>) -> impl Fn(Export) -> Crumb {
    |file| Crumb { title: file.label, url: site.urls.path(&file.path) }
}

/// `are_linked` instead of shown: the widgets are in their articles alone.
fn templates(
    site: &Site<'_>,
    strings: &Strings,
    index: usize,
    are_linked: bool,
) -> Vec<LibraryTemplate> {
    let article = &site.articles[index];
    let own = article.own_templates();
    own.map(|(position, template)| {
        let anchor = format!("{}--{}", article.slug, template.id);
        let owned = Owned { article: index, template: position };
        let view = || message::view(site, strings, owned, &format!("message--{anchor}"), 4, false);
        let tones = template.variants.iter().filter_map(|variant| variant.tone.as_deref());
        let channel = message::channel(site, template);
        LibraryTemplate {
            title: template.title.clone(),
            channel: Choice { key: slug(&channel.key), label: channel.label },
            tones: tones.map(choice).collect(),
            stages: site
                .stages_of(article)
                .map(|stage| Choice { key: slug(&stage.key), label: stage.label.clone() })
                .collect(),
            to: template.to.as_deref().map(choice),
            section: article.section.clone(),
            article: card(site, index, None),
            used_in: used_in(site, owned, &format!("{}/{}", article.slug, template.id)),
            url: message::url(site, article, template),
            message: (!are_linked).then(view),
            anchor,
        }
    })
    .collect()
}

/// Articles other than the owner that show a template.
fn used_in(site: &Site<'_>, owned: Owned, key: &str) -> Vec<Crumb> {
    let users = site.structure.library.users.get(key).into_iter().flatten();
    let users = users
        .filter(|index| **index != owned.article && site.articles[**index].role == Role::Article);
    users
        .map(|index| Crumb {
            title: site.articles[*index].meta.title.clone(),
            url: site.urls.path(&page_path(&site.articles[*index])),
        })
        .collect()
}

/// Every way to narrow the list that leaves something out.
fn filters(site: &Site<'_>, strings: &Strings, groups: &[LibraryGroup]) -> Vec<FilterView> {
    let all = || groups.iter().flat_map(|group| &group.templates);
    let sections = groups.iter().filter_map(|group| {
        let key = group.templates.first()?.section.clone();
        Some(Choice { key, label: group.title.clone() })
    });
    let known_stages = site.config.stages.iter().map(|stage| slug(&stage.key));
    let mut stages = distinct(all().flat_map(|one| &one.stages));
    let order: Vec<String> = known_stages.collect();
    stages.sort_by_key(|stage| order.iter().position(|key| *key == stage.key));
    let filters = [
        ("section", sections.collect()),
        ("channel", distinct(all().map(|one| &one.channel))),
        ("stage", stages),
        ("to", distinct(all().filter_map(|one| one.to.as_ref()))),
        ("tone", distinct(all().flat_map(|one| &one.tones))),
    ];
    let filters = filters.into_iter().filter(|(_, choices)| choices.len() > 1);
    let label = |key: &str| strings.say(&format!("filter-{key}"), &[]);
    filters.map(|(key, choices)| FilterView { key, label: label(key), choices }).collect()
}

/// Each choice once, in the order of first use.
fn distinct<'a>(choices: impl Iterator<Item = &'a Choice>) -> Vec<Choice> {
    let mut seen = std::collections::HashSet::new();
    choices.filter(|choice| seen.insert(choice.key.as_str())).cloned().collect()
}

fn choice(words: &str) -> Choice {
    Choice { key: slug(words), label: message::capital(words) }
}
