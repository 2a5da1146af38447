//! Pages to HTML: the text of an article first, then the page around it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use tera::{Context, Value};

use crate::article::Article;
use crate::diagnostic::Diagnostic;
use crate::outputs::Output;
use crate::outputs::cards::Cards;
use crate::page::views::{CalloutView, CompareView, PairView, SiteView};
use crate::page::{Ground, Page, message, reminder};
use crate::piece::Piece;
use crate::site::Site;
use crate::theme::api::PARTS;
use crate::theme::{self, Theme};

/// What every page is rendered with.
pub struct Scene<'a> {
    /// What pages are made from.
    pub ground: Ground<'a>,
    /// The cards of the pages.
    pub cards: &'a Cards,
    /// The theme.
    pub theme: &'a Theme,
    /// `site` in templates.
    shared: Value,
    /// What stands on every page, on pages of no section.
    parts: Parts,
    /// The same on pages of each section.
    of_section: BTreeMap<String, Parts>,
}

/// HTML by the names of its variables.
type Parts = [(&'static str, Value); PARTS.len()];

impl<'a> Scene<'a> {
    /// `shared` is what templates see as `site`. What stands on every page is rendered here, once.
    pub fn new(
        ground: Ground<'a>,
        shared: &SiteView,
        cards: &'a Cards,
        theme: &'a Theme,
    ) -> (Self, Vec<Diagnostic>) {
        let site = Value::from_serializable(shared);
        let mut found = Vec::new();
        let sections = shared.sections.iter().map(|section| section.key.as_str());
        let of_section = sections
            .map(|key| (key.to_owned(), parts(theme, &site, Some(key), &mut found)))
            .collect();
        let parts = parts(theme, &site, None, &mut found);
        (Self { ground, cards, theme, shared: site, parts, of_section }, found)
    }

    /// What stands on every page, on one of this section.
    fn parts(&self, section: Option<&String>) -> &Parts {
        section.and_then(|key| self.of_section.get(key)).unwrap_or(&self.parts)
    }
}

/// Renders what stands on every page of this section, or of none.
fn parts(theme: &Theme, site: &Value, section: Option<&str>, found: &mut Vec<Diagnostic>) -> Parts {
    let mut context = Context::new();
    context.insert_value("site", site.clone());
    context.insert("section", &section);
    PARTS.map(|(name, template)| {
        if !theme.files.contains_key(&format!("templates/{template}")) {
            return (name, Value::safe_string(""));
        }
        let html = theme.tera.render(template, &context).unwrap_or_else(|error| {
            found.extend(theme::explain(&theme.files, template, &error));
            String::new()
        });
        (name, Value::safe_string(&html))
    })
}

/// Renders the page with this place in the plan; an error is a fault of the theme.
pub fn render(scene: &Scene<'_>, at: usize, page: &Page<'_>) -> Result<Output, Vec<Diagnostic>> {
    let Scene { ground, cards, theme, shared, .. } = scene;
    let site = ground.site;
    let fault = |error: tera::Error| theme::explain(&theme.files, page.template, &error);
    let (head, view) = page.show(ground);
    let card = cards.view(at, &head.title, &site.urls);
    let mut context = Context::new();
    context.insert_value("site", shared.clone());
    for (name, html) in scene.parts(head.section.as_ref()) {
        context.insert_value(*name, html.clone());
    }
    context.insert_value("page", Value::try_from_serializable(&head).map_err(fault)?);
    context.insert_value("view", Value::try_from_serializable(&view).map_err(fault)?);
    // a list of all messages is large
    drop(view);
    context.insert_value("card", Value::try_from_serializable(&card).map_err(fault)?);
    if let Some(index) = page.body {
        let article = &site.articles[index];
        let mut html = String::with_capacity(16 * 1024);
        let body = Body { site, theme, index, article };
        body.pieces(&article.body.pieces, &mut html).map_err(fault)?;
        context.insert_value("body", Value::safe_string(&html));
    }
    let html = theme.tera.render(page.template, &context).map_err(fault)?;
    let (path, origin) = (page.path.clone(), page.origin.clone());
    Ok(Output { path, bytes: html.into_bytes(), origin })
}

/// The text of one article, on the way to HTML.
struct Body<'a> {
    site: &'a Site<'a>,
    theme: &'a Theme,
    index: usize,
    article: &'a Article,
}

impl Body<'_> {
    fn pieces(&self, pieces: &[Piece], out: &mut String) -> Result<(), tera::Error> {
        for piece in pieces {
            match piece {
                Piece::Html(html) => out.push_str(html),
                Piece::Url(link) => self.url(*link, out),
                Piece::Size(link) => self.size(*link, out),
                Piece::Template(position) => self.template(*position, out)?,
                Piece::Reminder(position) => {
                    let view = reminder::view(self.site, self.index, *position);
                    self.component("reminder", &view, out)?;
                }
                Piece::Compare(pairs) => {
                    let pairs = pairs.iter().map(|pair| PairView {
                        instead_html: pair.instead.clone(),
                        say_html: pair.say.clone(),
                    });
                    self.component("compare", &CompareView { pairs: pairs.collect() }, out)?;
                }
                Piece::Checklist => self.component("checklist", &(), out)?,
                Piece::Callout(kind, inner) => {
                    let mut body = String::new();
                    self.pieces(inner, &mut body)?;
                    let title = self.theme.strings.say(&format!("callout-{}", kind.name()), &[]);
                    let view = CalloutView { kind: kind.name(), title, body };
                    self.component("callout", &view, out)?;
                }
            }
        }
        Ok(())
    }

    fn url(&self, link: usize, out: &mut String) {
        let address = self.site.structure.resolved[self.index].addresses.get(link);
        // writing to a String cannot fail
        let _ =
            pulldown_cmark_escape::escape_html(&mut *out, address.map_or("", |address| address));
    }

    fn size(&self, link: usize, out: &mut String) {
        if let Some((width, height)) = self.site.structure.resolved[self.index].sizes.get(&link) {
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
    }

    fn template(&self, position: usize, out: &mut String) -> Result<(), tera::Error> {
        let template = &self.article.body.templates[position];
        let Some(owned) = self.site.structure.library.shown(self.index, position, template) else {
            return Ok(());
        };
        let guest = owned.article != self.index;
        let (strings, level) = (&self.theme.strings, template.level + 1);
        let view = message::view(self.site, strings, owned, &template.anchor(), level, guest);
        self.component("message", &view, out)
    }

    fn component(
        &self,
        name: &str,
        view: &impl Serialize,
        out: &mut String,
    ) -> Result<(), tera::Error> {
        let mut context = Context::new();
        context.insert_value("view", Value::try_from_serializable(view)?);
        let html = self.theme.tera.render_component(name, &context, None, true)?;
        out.push_str(html.trim());
        out.push('\n');
        Ok(())
    }
}
