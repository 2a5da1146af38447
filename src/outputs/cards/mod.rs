//! Social cards: the picture of a page, 1200 by 630 pixels, that other sites show beside a link to it.
//!
//! The theme's `card.svg` says what a card looks like; [`design`] fills it in for every page that
//! may be found, and [`draw`] makes the PNG files. Drawing is pure computation and costs a few
//! milliseconds a card, half of all that a build does; so a card is known by its [`Card::key`], and
//! one that is known is not drawn again. Where known cards come from and go to is `disk`'s concern.
//!
//! A renderer of plain text (skrifa and zeno) would be five times as fast. resvg is chosen because a
//! theme can then change a card as it changes a page, and because no card is drawn twice.
//!
//! One rule for words that the face lacks (`face`: Chinese, Arabic, emoji): a page with such words on
//! its card shows the home page's card instead, and none where that has such words, too. A card never
//! holds a box in a letter's place.

mod face;
mod fit;
mod picture;

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use resvg::usvg::roxmltree::{Document, Node};
use tera::{Context, Kwargs, TeraResult, Value};
use xxhash_rust::xxh3::xxh3_64;

use super::Output;
use crate::diagnostic::{Diagnostic, Place};
use crate::page::views::{Head, SiteView, SocialCardView};
use crate::page::{Ground, Page};
use crate::site::urls::Urls;
use crate::theme::{self, Theme};
use fit::Space;

/// A card's width in pixels: what the networks show without cutting.
pub const WIDTH: u32 = 1200;

/// A card's height in pixels.
pub const HEIGHT: u32 = 630;

/// The theme's template of a card.
pub const TEMPLATE: &str = "card.svg";

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// What draws, so that another version's cards are not taken for this one's. The last number counts
/// our own changes to `picture`.
const RENDERER: &str = "resvg 0.49.0, typst-assets 0.15.1, 1";

/// PNG files by their key.
pub type Known = BTreeMap<String, Vec<u8>>;

/// The cards of a site before they are drawn.
#[derive(Debug, Default)]
pub struct Cards {
    /// Each once, in the order of the pages.
    pub cards: Vec<Card>,
    /// The file of their template, for diagnostics.
    pub template: String,
    /// For each page, the index of the card it shows.
    pub of_page: Vec<Option<usize>>,
}

/// A card before it is drawn.
#[derive(Debug)]
pub struct Card {
    /// A hash of all that decides how it looks: 16 small hexadecimal digits.
    pub key: String,
    /// What is drawn.
    pub svg: String,
    /// What it is made from, for diagnostics.
    pub origin: String,
}

impl Card {
    /// Where it stands in the site: `assets/cards/0123456789abcdef.png`.
    pub fn path(&self) -> String {
        format!("assets/cards/{}.png", self.key)
    }
}

impl Cards {
    /// Where they stand in the site.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        self.cards.iter().map(Card::path)
    }

    /// What the page with this index says of its card.
    pub fn view(&self, page: usize, title: &str, urls: &Urls) -> Option<SocialCardView> {
        let card = &self.cards[self.of_page.get(page).copied().flatten()?];
        let (url, alt) = (urls.absolute(&card.path()), title.to_owned());
        Some(SocialCardView { url, width: WIDTH, height: HEIGHT, alt })
    }
}

/// Fills in the card of every page that search engines may show.
pub fn design(
    shared: &SiteView,
    pages: &[Page<'_>],
    ground: &Ground<'_>,
    theme: &Theme,
) -> (Cards, Vec<Diagnostic>) {
    let shared = Value::from_serializable(shared);
    let designed: Vec<_> = pages.par_iter().map(|page| one(&shared, page, ground, theme)).collect();
    let mut indices: HashMap<String, usize> = HashMap::new();
    let template = theme::shown(&theme.files, TEMPLATE);
    let (mut cards, mut found) = (Cards { template, ..Cards::default() }, Vec::new());
    for card in designed {
        let index = match card {
            Ok(Some(card)) => {
                let next = cards.cards.len();
                let index = *indices.entry(card.key.clone()).or_insert(next);
                if index == next {
                    cards.cards.push(card);
                }
                Some(index)
            }
            Ok(None) => None,
            Err(problems) => {
                found.extend(problems);
                None
            }
        };
        cards.of_page.push(index);
    }
    let home = pages.iter().position(|page| page.path == "index.html");
    let home = home.and_then(|home| cards.of_page[home]);
    for (page, index) in pages.iter().zip(&mut cards.of_page) {
        *index = index.or(home.filter(|_| page.is_listed));
    }
    // the template is one, and so is its fault
    found.truncate(1);
    (cards, found)
}

/// Draws the cards that are not known; all of them as outputs, and the new ones by themselves.
pub fn draw(cards: &Cards, known: &Known) -> (Vec<Output>, Known, Vec<Diagnostic>) {
    let file = |card: &Card| match known.get(&card.key).filter(|png| picture::is_card(png)) {
        Some(png) => Ok((png.clone(), false)),
        None => picture::draw(&card.svg).map(|png| (png, true)),
    };
    let drawn: Vec<_> = cards.cards.par_iter().map(file).collect();
    let (mut outputs, mut new) = (Vec::with_capacity(drawn.len()), Known::new());
    let mut found = Vec::new();
    for (card, file) in cards.cards.iter().zip(drawn) {
        match file {
            Ok((bytes, is_new)) => {
                new.extend(is_new.then(|| (card.key.clone(), bytes.clone())));
                outputs.push(Output { path: card.path(), bytes, origin: card.origin.clone() });
            }
            Err(problem) => {
                let message = format!("the {} cannot be drawn: {problem}", card.origin);
                found.push(Diagnostic::error("card", Place::file(&cards.template), message));
            }
        }
    }
    (outputs, new, found)
}

/// A page's card; `None` where it has none, or none of its own.
fn one(
    shared: &Value,
    page: &Page<'_>,
    ground: &Ground<'_>,
    theme: &Theme,
) -> Result<Option<Card>, Vec<Diagnostic>> {
    if !page.is_listed {
        return Ok(None);
    }
    let svg = fill(shared, &page.show(ground).0, theme)
        .map_err(|error| theme::explain(&theme.files, TEMPLATE, &error))?;
    let fault = |(message, hint): (String, String)| {
        let place = Place::file(theme::shown(&theme.files, TEMPLATE));
        vec![Diagnostic::error("card", place, message).hint(hint)]
    };
    if !can_be_drawn(&svg).map_err(fault)? {
        return Ok(None);
    }
    let key = format!("{:016x}", xxh3_64(format!("{RENDERER}\n{svg}").as_bytes()));
    Ok(Some(Card { key, svg, origin: format!("social card of {}", page.origin) }))
}

fn fill(shared: &Value, head: &Head, theme: &Theme) -> TeraResult<String> {
    // the home page is above every other, and its name stands on every card anyway
    let above = head.crumbs.iter().skip(1).last();
    let mut context = Context::new();
    context.insert_value("site", shared.clone());
    context.insert_value("page", Value::try_from_serializable(head)?);
    context.insert("above", &above.map(|crumb| crumb.title.as_str()));
    Ok(theme.tera.render(TEMPLATE, &context)?.chars().filter(|one| is_of_xml(*one)).collect())
}

/// Whether XML may hold it at all. HTML lets the others pass in a title, and shows none of them.
fn is_of_xml(one: char) -> bool {
    !matches!(one, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether the face has every letter of an SVG. An error is what is wrong with the SVG, and what to
/// do about it.
fn can_be_drawn(svg: &str) -> Result<bool, (String, String)> {
    let document = Document::parse(svg).map_err(|error| {
        (format!("this does not make an SVG: {error}"), "look for a tag without its end".to_owned())
    })?;
    let root = document.root_element();
    let size = ["width", "height"].map(|side| root.attribute(side).unwrap_or_default().to_owned());
    if !root.has_tag_name((NAMESPACE, "svg")) || size != [WIDTH.to_string(), HEIGHT.to_string()] {
        let hint = format!(
            "begin it with <svg xmlns=\"{NAMESPACE}\" width=\"{WIDTH}\" height=\"{HEIGHT}\">"
        );
        return Err(("this is no SVG of a social card's size".to_owned(), hint));
    }
    let words = document.descendants().filter(Node::is_text);
    Ok(words.filter_map(|node| node.text()).all(face::covers))
}

/// `fit(text, width, height, sizes, weight=400, leading=1.15)` in templates: words in the largest of
/// the sizes in which they fit, as `size` and `lines`. Lengths are pixels, `leading` is the distance
/// of lines in the words' own size.
pub fn fit_words(arguments: &Kwargs) -> TeraResult<Value> {
    let space = Space {
        width: arguments.must_get("width")?,
        height: arguments.must_get("height")?,
        leading: arguments.get("leading")?.unwrap_or(1.15),
        sizes: arguments.must_get("sizes")?,
    };
    let weight = arguments.get("weight")?.unwrap_or(400);
    let text: &str = arguments.must_get("text")?;
    let fitted = fit::fit(text, &space, |words| face::width(words, weight));
    Value::try_from_serializable(&fitted)
}
