//! Pages at the old addresses of articles.

use super::views::{Head, RedirectView, View};
use super::{Page, head};
use crate::article::Article;
use crate::diagnostic::{Diagnostic, Place};
use crate::site::{Site, page_path};
use crate::slug::slug;

/// A page at each old address of an article.
pub(super) fn pages<'a>(
    site: &'a Site<'a>,
    article: &'a Article,
    found: &mut Vec<Diagnostic>,
) -> Vec<Page<'a>> {
    let aliases = article.meta.aliases.iter();
    aliases
        .filter_map(|alias| {
            let inside = alias.value.strip_prefix('/');
            let plain = |path: &&str| {
                let steps = path.split('/').filter(|step| !step.is_empty());
                !path.contains(['?', '#', '\\', ':'])
                    && steps.clone().all(|step| !step.starts_with('.'))
                    && steps.count() > 0
            };
            let Some(path) = inside.filter(plain) else {
                let place = Place::at(&article.path, alias.span.clone());
                let message = format!("`{}` cannot be an old address", alias.value);
                let words = slug(alias.value.rsplit("//").next().unwrap_or_default());
                let example = if words.is_empty() { "old-address" } else { words.as_str() };
                let hint = format!("begin it with a slash, without the host: `/{example}/`");
                found.push(Diagnostic::error("alias", place, message).hint(hint));
                return None;
            };
            let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
            let path = if is_file {
                path.to_owned()
            } else {
                format!("{}/index.html", path.trim_end_matches('/'))
            };
            let origin = format!("the alias `{}` in {}", alias.value, article.path);
            let make = move || show(site, article);
            Some(Page::new(path, "redirect.html", origin, make).unlisted())
        })
        .collect()
}

fn show(site: &Site<'_>, article: &Article) -> (Head, View) {
    let (to, meta) = (page_path(article), &article.meta);
    let head = head::head(site, &to, &meta.title, &meta.description);
    (head, View::Redirect(RedirectView { url: site.urls.path(&to) }))
}
