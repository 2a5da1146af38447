//! The articles before and after each one, in the reading order of its section.

use super::views::{AroundView, Card, Crumb};
use crate::site::{Site, page_path};

/// For every article its neighbours; neither for what belongs to no section.
pub(super) fn around(site: &Site<'_>) -> Vec<AroundView> {
    let mut around = vec![AroundView::default(); site.articles.len()];
    for section in site.sections.iter().chain(&site.aside) {
        for pair in section.articles.windows(2) {
            around[pair[0]].next = Some(crumb(site, pair[1]));
            around[pair[1]].previous = Some(crumb(site, pair[0]));
        }
    }
    around
}

impl AroundView {
    /// Without the article that is named as the next step already.
    pub(super) fn without(self, step: Option<&Card>) -> Self {
        let next = self.next.filter(|next| step.is_none_or(|step| step.url != next.url));
        Self { next, ..self }
    }
}

fn crumb(site: &Site<'_>, index: usize) -> Crumb {
    let article = &site.articles[index];
    Crumb { title: article.meta.title.clone(), url: site.urls.path(&page_path(article)) }
}
