//! Which scripts a page loads: those of the components on it, and no others.

use crate::article::Article;
use crate::headings;
use crate::outputs::assets::Assets;

/// The scripts that an article's text needs.
pub(super) fn of(article: &Article, assets: &Assets) -> Vec<String> {
    let body = &article.body;
    let wanted = [
        ("message", !body.templates.is_empty()),
        ("reminder", !body.reminders.is_empty()),
        ("checklist", body.has_checklist),
        ("outline", headings::outline(&body.headings).len() > 1),
        ("anchor", !(body.headings.is_empty() && body.templates.is_empty())),
    ];
    let wanted = wanted.into_iter().filter(|(_, wanted)| *wanted);
    named(assets, wanted.map(|(name, _)| name))
}

/// The scripts of these components, where the theme has them; in this order.
pub(super) fn named(assets: &Assets, names: impl IntoIterator<Item = &'static str>) -> Vec<String> {
    names.into_iter().filter_map(|name| assets.scripts.get(name).cloned()).collect()
}
