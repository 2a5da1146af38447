//! Every file of the site, made and handed on.

use rayon::prelude::*;

use super::{Finished, Made, OUTPUTS, Output, Sink, hand, hand_one, offline};
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::render::{Scene, render};
use crate::site::Site;
use crate::source::Source;
use crate::strings::Strings;
use crate::verify;

/// A step of a build that is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// `parse`, `render` ...
    pub name: &'static str,
    /// How much it made.
    pub count: usize,
    /// Of what: `articles`.
    pub of: &'static str,
}

/// Hears of each step when it is done.
pub type Told<'a> = &'a dyn Fn(Step);

/// Where a build's files go, and who hears of its steps.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    /// Takes the files.
    pub sink: &'a dyn Sink,
    /// Hears of the steps.
    pub told: Told<'a>,
}

impl Way<'_> {
    /// Says that a step is done.
    pub fn tell(&self, name: &'static str, count: usize, of: &'static str) {
        (self.told)(Step { name, count, of });
    }
}

/// Makes all files but the social cards, which take longest and whose addresses are known. `sources`
/// are the texts of the articles, for the lines of what is wrong.
pub fn all(
    scene: &Scene<'_>,
    pages: &[Page<'_>],
    assets: Vec<Output>,
    sources: &[Source],
    way: Way<'_>,
) -> (Finished, Vec<Diagnostic>) {
    let (made, others) = beside(scene.ground.site, pages, assets, &scene.theme.strings, way);
    let (mut finished, found) = shown(scene, pages, made, others, sources, way);
    way.tell("render", finished.pages.len(), "pages");
    let worker = offline::make(scene.ground.site, scene.theme, &finished.made);
    finished.made.extend(hand(Vec::from_iter(worker), way.sink));
    (finished, found)
}

/// Everything beside the pages. What a browser shows as a page is given back: it is read with the
/// others.
fn beside(
    site: &Site<'_>,
    pages: &[Page<'_>],
    assets: Vec<Output>,
    strings: &Strings,
    way: Way<'_>,
) -> (Vec<Made>, Vec<Output>) {
    let mut shown = Vec::new();
    let mut take = |outputs: Vec<Output>| {
        let (own, rest): (Vec<_>, Vec<_>) = outputs.into_iter().partition(Output::is_page);
        shown.extend(own);
        hand(rest, way.sink)
    };
    let mut made = take(assets);
    for kind in OUTPUTS {
        let before = made.len();
        made.extend(take((kind.make)(site, pages, strings)));
        way.tell(kind.name, made.len() - before, "files");
    }
    (made, shown)
}

/// The pages: each is rendered, read for addresses that lead nowhere, and handed on.
fn shown(
    scene: &Scene<'_>,
    pages: &[Page<'_>],
    made: Vec<Made>,
    others: Vec<Output>,
    sources: &[Source],
    way: Way<'_>,
) -> (Finished, Vec<Diagnostic>) {
    let paths = pages.iter().map(|page| &page.path);
    let paths = paths.chain(made.iter().map(|one| &one.path));
    let paths = paths.chain(others.iter().map(|one| &one.path)).cloned();
    let ground = verify::Ground::new(paths.chain(scene.cards.paths()), &scene.ground.site.urls, sources);
    let finish = |output: Output| {
        let facts = verify::read(&output, &ground);
        (hand_one(output, way.sink), facts)
    };
    let rendered: Vec<Result<_, Vec<Diagnostic>>> = (pages.par_iter().enumerate())
        .map(|(at, page)| render(scene, at, page).map(finish))
        .chain(others.into_par_iter().map(|output| Ok(finish(output))))
        .collect();
    let (mut finished, mut found) = (Finished { made, pages: Vec::new() }, Vec::new());
    for result in rendered {
        match result {
            Ok((made, facts)) => {
                finished.made.push(made);
                finished.pages.push(facts);
            }
            Err(problems) => found.extend(problems),
        }
    }
    found.extend(verify::join(&mut finished.pages, &ground));
    (finished, found)
}
