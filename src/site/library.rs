//! Every template of the site, and which articles show it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Slugs;
use crate::article::Article;
use crate::diagnostic::{Diagnostic, Place};
use crate::piece::Template;
use crate::schema::{Located, near};

/// A template: the article that owns it, and its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owned {
    /// The article.
    pub article: usize,
    /// In its list of templates.
    pub template: usize,
}

/// Templates by `slug/template-id`.
#[derive(Debug, Default)]
pub struct Library {
    /// Every template that an article owns.
    pub owned: BTreeMap<String, Owned>,
    /// The articles that show a template with `use:`, in the order of their paths.
    pub users: BTreeMap<String, Vec<usize>>,
}

impl Library {
    /// The template that is shown for `shown` of article `index`: its own, or the one it uses.
    pub fn shown(&self, index: usize, position: usize, shown: &Template) -> Option<Owned> {
        match &shown.reuse {
            None => Some(Owned { article: index, template: position }),
            Some(reuse) => self.owned.get(&reuse.value).copied(),
        }
    }
}

/// Collects all templates and reports every name of one that leads nowhere.
pub fn collect(articles: &[Arc<Article>], slugs: &Slugs, found: &mut Vec<Diagnostic>) -> Library {
    let mut owned = BTreeMap::new();
    // what is kept aside shows examples; none of them is a message of the site
    let for_readers = articles.iter().enumerate().filter(|(_, article)| !article.is_aside());
    for (index, article) in for_readers {
        for (position, template) in article.own_templates() {
            let key = format!("{}/{}", article.slug, template.id);
            owned.insert(key, Owned { article: index, template: position });
        }
    }
    let mut users: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, article) in articles.iter().enumerate() {
        for template in &article.body.templates {
            found.extend(unknown(article, template.reuse.as_ref(), &owned, slugs));
            if let Some(reuse) = template.reuse.as_ref().filter(|_| !article.is_aside()) {
                users.entry(reuse.value.clone()).or_default().push(index);
            }
        }
        for reminder in &article.body.reminders {
            found.extend(unknown(article, reminder.message.as_ref(), &owned, slugs));
        }
    }
    Library { owned, users }
}

/// The diagnostic for a template that an article names and nobody owns.
fn unknown(
    article: &Article,
    named: Option<&Located<String>>,
    owned: &BTreeMap<String, Owned>,
    slugs: &Slugs,
) -> Option<Diagnostic> {
    let named = named.filter(|named| !owned.contains_key(&named.value))?;
    let place = Place::at(&article.path, named.span.clone());
    let slug = named.value.split('/').next().unwrap_or_default();
    if let Some(reason) = slugs.withheld(slug) {
        let message = format!("`{slug}`, which owns this template, is not published: it {reason}");
        let hint = "publish it, or take this line out";
        return Some(Diagnostic::error("unknown-template", place, message).hint(hint));
    }
    let own: Vec<&str> = owned
        .keys()
        .filter(|key| key.split('/').next() == Some(slug))
        .map(String::as_str)
        .collect();
    let near = near::suggestion(&named.value, owned.keys().map(String::as_str));
    let hint = near.unwrap_or_else(|| match own.as_slice() {
        [] => "write the article's name, a slash and the template's: `some-slug/thank-you-note`"
            .to_owned(),
        own => format!("`{slug}` has {}", own.join(", ")),
    });
    let message = format!("there is no template `{}`", named.value);
    let sure = near::only(&named.value, owned.keys().map(String::as_str)).map(str::to_owned);
    let problem = Diagnostic::error("unknown-template", place, message).hint(hint);
    Some(problem.maybe_replace(&named.value, sure))
}
