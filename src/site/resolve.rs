//! Links: from what an author wrote to an address that works.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashMap;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::urls::{self, Urls};
use super::{File, Slugs, page_path};
use crate::article::Article;
use crate::diagnostic::{Diagnostic, Place};
use crate::memo::{self, Memo};
use crate::piece::Link;
use crate::schema::near;

/// What an article's links lead to, by their index.
#[derive(Debug, Default)]
pub struct Resolved {
    /// Addresses, not yet escaped for HTML.
    pub addresses: Vec<Box<str>>,
    /// Width and height in pixels of pictures whose file says so, by the index of their link.
    pub sizes: BTreeMap<usize, (usize, usize)>,
    /// The articles that are linked to, in order, each once.
    pub mentions: Vec<usize>,
    /// What is wrong with the links.
    found: Vec<Diagnostic>,
}

/// All that a link can lead to.
struct Targets<'a> {
    articles: &'a [Arc<Article>],
    files: &'a [File],
    by_path: HashMap<&'a str, usize>,
    urls: &'a Urls,
    slugs: &'a Slugs,
}

/// Where one link leads.
struct Target {
    address: String,
    size: Option<(usize, usize)>,
    article: Option<usize>,
}

/// Resolves every link of every article; those to `files` lead into the content folder. The memo holds
/// what an earlier round made.
pub fn links(
    articles: &[Arc<Article>],
    (files, memo): (&[File], Option<&Memo<Resolved>>),
    urls: &Urls,
    slugs: &Slugs,
    found: &mut Vec<Diagnostic>,
) -> Vec<Arc<Resolved>> {
    let by_path = articles.iter().enumerate().map(|(at, article)| (article.path.as_str(), at));
    let targets = Targets { articles, files, by_path: by_path.collect(), urls, slugs };
    let hash = memo.map_or(0, |_| targets.hash());
    let recalled = articles.par_iter().map(|article| {
        let hash = || memo::join(hash, article.hash);
        memo::recall(memo, hash, || article_links(article, &targets))
    });
    let resolved: Vec<Arc<Resolved>> = recalled.collect();
    found.extend(resolved.iter().flat_map(|resolved| resolved.found.iter().cloned()));
    resolved
}

impl Targets<'_> {
    /// A hash of all that decides where links lead.
    fn hash(&self) -> u64 {
        let seed = xxh3_64(self.urls.absolute("").as_bytes());
        let faces = self.articles.iter().map(|article| article.face).fold(seed, memo::join);
        let files: Vec<u64> = self.files.par_iter().map(|file| file.hash(0)).collect();
        let hash = files.into_iter().fold(faces, memo::join);
        memo::join(hash, self.slugs.hash_of_withheld())
    }
}

fn article_links(article: &Article, targets: &Targets<'_>) -> Resolved {
    let addresses = Vec::with_capacity(article.body.links.len());
    let mut resolved = Resolved { addresses, ..Resolved::default() };
    for (at, link) in article.body.links.iter().enumerate() {
        let target = resolve(article, link, targets).unwrap_or_else(|problem| {
            resolved.found.push(*problem);
            Target { address: String::new(), size: None, article: None }
        });
        resolved.addresses.push(target.address.into());
        resolved.sizes.extend(target.size.map(|size| (at, size)));
        resolved.mentions.extend(target.article);
    }
    resolved.mentions.sort_unstable();
    resolved.mentions.dedup();
    resolved
}

fn resolve(
    article: &Article,
    link: &Link,
    targets: &Targets<'_>,
) -> Result<Target, Box<Diagnostic>> {
    let wanted = link.target.as_str();
    let plain = |address: String| Ok(Target { address, size: None, article: None });
    let place = || Place::at(&article.path, link.span.clone());
    if let Some(scheme) = scheme(wanted) {
        let known = ["http", "https", "mailto", "tel", "sms"];
        return if known.contains(&scheme.to_ascii_lowercase().as_str()) {
            plain(wanted.to_owned())
        } else {
            let message = format!("a link cannot begin with `{scheme}:`");
            let hint = "links begin with https:, http:, mailto:, tel: or sms:, or are relative";
            Err(Box::new(Diagnostic::error("link-scheme", place(), message).hint(hint)))
        };
    }
    if wanted.is_empty() {
        let hint = "write the address between the round brackets";
        let message = "this link leads nowhere";
        return Err(Box::new(Diagnostic::error("broken-link", place(), message).hint(hint)));
    }
    if let Some(rest) = wanted.strip_prefix('/').filter(|_| !wanted.starts_with("//")) {
        // an address in the site, under any base path; the finished pages are checked for it
        let (path, tail) = rest.find(['?', '#']).map_or((rest, ""), |at| rest.split_at(at));
        return plain(format!("{}{tail}", targets.urls.path(&urls::decode(path))));
    }
    let (path, anchor) = wanted.split_once('#').map_or((wanted, None), |(p, a)| (p, Some(a)));
    if path.is_empty() {
        let anchor = checked_anchor(article, link, anchor.unwrap_or_default(), article)?;
        return plain(anchor);
    }
    let path = path.split('?').next().unwrap_or_default();
    let file = join(&article.path, &urls::decode(path));
    let file = file.ok_or_else(|| outside(article, link))?;
    if let Some(index) = targets.by_path.get(file.as_str()).filter(|_| !link.image) {
        let other = &targets.articles[*index];
        let anchor = match anchor {
            Some(anchor) => checked_anchor(article, link, anchor, other)?,
            None => String::new(),
        };
        let address = format!("{}{anchor}", targets.urls.path(&page_path(other)));
        return Ok(Target { address, size: None, article: Some(*index) });
    }
    let files = targets.files;
    if let Ok(at) = files.binary_search_by(|one| one.path.as_str().cmp(&file)) {
        let site_path = file.strip_prefix("content/").unwrap_or(&file);
        let size = imagesize::blob_size(&files[at].bytes).ok();
        let size = size.filter(|_| link.image).map(|size| (size.width, size.height));
        return Ok(Target { address: targets.urls.path(site_path), size, article: None });
    }
    Err(Box::new(broken(article, link, &file, targets)))
}

/// `#anchor`, if the article has it.
fn checked_anchor(
    from: &Article,
    link: &Link,
    anchor: &str,
    to: &Article,
) -> Result<String, Box<Diagnostic>> {
    let wanted = urls::decode(anchor);
    let anchors = &to.body.anchors;
    let note = wanted.starts_with("fn-") || wanted.starts_with("fnref-");
    let is_there = || anchors.binary_search_by(|id| id.as_str().cmp(&wanted)).is_ok();
    if wanted.is_empty() || note || is_there() {
        return Ok(format!("#{}", urls::encode(&wanted)));
    }
    let place = Place::at(&from.path, link.span.clone());
    let message = format!("`{}` has no heading `#{wanted}`", to.path);
    let near = near::nearest(&wanted, anchors.iter().map(String::as_str));
    let some = || {
        let some: Vec<String> = anchors.iter().take(6).map(|id| format!("`#{id}`")).collect();
        format!("it has {}", some.join(", "))
    };
    let hint = near.map_or_else(some, |near| format!("did you mean `#{near}`?"));
    let sure = near::only(&wanted, anchors.iter().map(String::as_str)).map(|id| {
        let path = link.target.split('#').next().unwrap_or_default();
        format!("{path}#{}", urls::encode(id))
    });
    let problem = Diagnostic::error("broken-anchor", place, message).hint(hint);
    Err(Box::new(problem.maybe_replace(&link.target, sure)))
}

fn broken(article: &Article, link: &Link, file: &str, targets: &Targets<'_>) -> Diagnostic {
    let place = Place::at(&article.path, link.span.clone());
    if link.image {
        let pictures = targets.files.iter().map(|file| file.path.as_str());
        let hint = near::nearest(file, pictures).map_or_else(
            || "put the picture beside the article and write its name".to_owned(),
            |near| format!("did you mean `{}`?", relative(&article.path, near)),
        );
        let message = format!("there is no picture `{file}`");
        let sure = near::only(file, targets.files.iter().map(|file| file.path.as_str()));
        let problem = Diagnostic::error("missing-image", place, message).hint(hint);
        return problem.maybe_replace(&link.target, sure.map(|path| instead(article, link, path)));
    }
    let index = format!("{}/index.md", file.trim_end_matches('/'));
    if targets.by_path.contains_key(index.as_str()) {
        let message = format!("`{file}` is a folder");
        let hint = format!("write `{}`", relative(&article.path, &index));
        let problem = Diagnostic::error("broken-link", place, message).hint(hint);
        return problem.replace(&link.target, instead(article, link, &index));
    }
    let stem = file.trim_end_matches('/').trim_end_matches(".md").trim_end_matches(".html");
    let slug = stem.rsplit('/').next().unwrap_or_default();
    if let Some(reason) = targets.slugs.withheld(slug) {
        let message = format!("`{file}` is not published: it {reason}");
        return Diagnostic::error("broken-link", place, message).hint("take the link out for now");
    }
    let near = near::nearest(slug, targets.slugs.published().map(|(slug, _)| slug));
    let near = near.and_then(|near| {
        let (_, at) = targets.slugs.published().find(|(slug, _)| *slug == near)?;
        Some(relative(&article.path, &targets.articles[at].path))
    });
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "write the path from this file to the other one, such as `../reply/note.md`".to_owned()
        }
    };
    let message = format!("there is no file `{file}`");
    let problem = Diagnostic::error("broken-link", place, message).hint(hint);
    problem.maybe_replace(
        &link.target,
        meant(file, slug, targets).map(|path| instead(article, link, path)),
    )
}

/// The file that a link must have meant: the same but for capital letters, or the article of that
/// name, wherever it stands, or of the only name near it.
fn meant<'a>(file: &str, slug: &str, targets: &Targets<'a>) -> Option<&'a str> {
    let other_case = |path: &&str| path.to_lowercase() == file.to_lowercase();
    let files = targets.files.iter().map(|file| file.path.as_str());
    let articles = targets.articles.iter().map(|article| article.path.as_str());
    let mut same = files.chain(articles).filter(other_case);
    if let Some(path) = same.next() {
        return same.next().is_none().then_some(path);
    }
    let slug = near::only(slug, targets.slugs.published().map(|(slug, _)| slug))?;
    Some(targets.articles[targets.slugs.get(slug)?].path.as_str())
}

/// A link's address with another file in it; what stood behind the file stays.
fn instead(article: &Article, link: &Link, path: &str) -> String {
    let tail = link.target.find(['?', '#']).map_or("", |at| &link.target[at..]);
    urls::encode(&relative(&article.path, path)) + tail
}

fn outside(article: &Article, link: &Link) -> Box<Diagnostic> {
    let place = Place::at(&article.path, link.span.clone());
    let message = format!("`{}` leads out of the content folder", link.target);
    let hint = "link to files under `content/`";
    Box::new(Diagnostic::error("broken-link", place, message).hint(hint))
}

/// `https` of `https://...`; a path has none.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let letters = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    (letters && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

/// The file that `target` names, seen from the file `from`; `None` outside `content/`.
fn join(from: &str, target: &str) -> Option<String> {
    let mut path = String::with_capacity(from.len() + target.len());
    path.push_str(from.rsplit_once('/')?.0);
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or_default()),
            part => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    (path.split('/').next() == Some("content")).then_some(path)
}

/// The path from the file `from` to the file `to`.
fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - common);
    format!("{up}{}", to[common..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_made_relative() {
        let from = "content/reply/note.md";
        assert_eq!(join(from, "../connect/a.md").as_deref(), Some("content/connect/a.md"));
        assert_eq!(join(from, "./b.md").as_deref(), Some("content/reply/b.md"));
        assert_eq!(join(from, "../../content/a.md").as_deref(), Some("content/a.md"));
        assert_eq!(join(from, "../../Cargo.toml"), None);
        assert_eq!(join(from, "../../../content/a.md"), None);
        assert_eq!(relative(from, "content/connect/a.md"), "../connect/a.md");
        assert_eq!(relative(from, "content/reply/b.md"), "b.md");
    }

    #[test]
    fn only_addresses_have_a_scheme() {
        assert_eq!(scheme("https://example.org"), Some("https"));
        assert_eq!(scheme("javascript:alert(1)"), Some("javascript"));
        assert_eq!(scheme("../a:b.md"), None);
    }
}
