//! The articles before and after each one, in the reading order of its section.

use super::foot_link;
use super::views::AroundView;
use crate::site::Site;

/// The neighbours of an article.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Around {
    previous: Option<usize>,
    next: Option<usize>,
}

/// For every article its neighbours; neither for what belongs to no section.
pub(super) fn around(site: &Site<'_>) -> Vec<Around> {
    let mut around = vec![Around::default(); site.articles.len()];
    for section in site.structure.sections.iter().chain(&site.structure.aside) {
        for pair in section.articles.windows(2) {
            around[pair[0]].next = Some(pair[1]);
            around[pair[1]].previous = Some(pair[0]);
        }
    }
    around
}

impl Around {
    /// Without the article that is named as the next step already.
    pub(super) fn view(self, site: &Site<'_>, step: Option<usize>) -> AroundView {
        let link = |index| foot_link(site, index);
        let next = self.next.filter(|next| step != Some(*next));
        AroundView { previous: self.previous.map(link), next: next.map(link) }
    }
}
