//! Templates that nobody takes up, as far as the site itself can tell.

use std::collections::{BTreeSet, HashMap};

use super::{Ground, Spot, Unused};
use crate::site::library::Owned;
use crate::site::{page_path, urls};

/// The templates that no other article shows or links to, and no reminder, situation or journey
/// names. What readers copy, a static site cannot know.
pub(super) fn unused(ground: &Ground<'_>) -> Vec<Unused> {
    let site = ground.site;
    let used = used(ground);
    let owned = site.structure.library.owned.iter();
    let unused = owned.filter(|(_, own)| ground.is_published(own.article) && !used.contains(own));
    let mut unused: Vec<(&Owned, Unused)> = unused
        .map(|(key, own)| {
            let article = &site.articles[own.article];
            let template = &article.body.templates[own.template];
            let spot = Spot {
                title: template.title.clone(),
                url: Some(address(ground, *own)),
                ..ground.spot(article, Some(&template.span))
            };
            (own, Unused { template: key.clone(), spot })
        })
        .collect();
    unused.sort_by_key(|(own, _)| **own);
    unused.into_iter().map(|(_, unused)| unused).collect()
}

/// Where a template stands in its own article, as a link to it is resolved.
fn address(ground: &Ground<'_>, own: Owned) -> String {
    let article = &ground.site.articles[own.article];
    let anchor = article.body.templates[own.template].anchor();
    format!("{}#{}", ground.site.urls.path(&page_path(article)), urls::encode(&anchor))
}

fn used(ground: &Ground<'_>) -> BTreeSet<Owned> {
    let site = ground.site;
    let mut used = BTreeSet::new();
    for (key, users) in &site.structure.library.users {
        let own = site.structure.library.owned.get(key);
        let is_other =
            |own: &&Owned| users.iter().any(|at| *at != own.article && ground.is_published(*at));
        used.extend(own.filter(is_other));
    }
    let addresses = site.structure.library.owned.values().map(|own| (address(ground, *own), *own));
    let addresses: HashMap<String, Owned> = addresses.collect();
    let published = (0..site.articles.len())
        .filter(|index| ground.is_published(*index) && !site.articles[*index].is_aside());
    for index in published {
        let reminders = site.articles[index].body.reminders.iter();
        let named = reminders.filter_map(|reminder| reminder.message.as_ref());
        used.extend(named.filter_map(|named| site.structure.library.owned.get(&named.value)));
        let linked =
            site.structure.resolved[index].addresses.iter().filter_map(|to| addresses.get(&**to));
        used.extend(linked.filter(|own| own.article != index));
        used.extend(site.structure.doors.get(&index).map(|doors| doors.send));
    }
    for index in site.structure.journeys.iter().flat_map(|journey| &journey.steps) {
        let shown = site.articles[*index].body.templates.iter().enumerate();
        used.extend(
            shown.filter_map(|(at, template)| site.structure.library.shown(*index, at, template)),
        );
    }
    used
}
