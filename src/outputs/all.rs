//! Every file of the site, made and handed on.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::{Finished, Made, Making, Nowhere, OUTPUTS, Output, Sink, hand, hand_one, offline};
use crate::diagnostic::Diagnostic;
use crate::page::{Ground, Page};
use crate::render::{Scene, render};
use crate::source::Source;
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
    /// Who waits for some of the pages.
    pub first: Option<First<'a>>,
}

/// Somebody who waits for some of the pages, and lets go of the rest when the input has changed.
#[derive(Clone, Copy)]
pub struct First<'a> {
    /// Whether a page is one of theirs.
    pub wants: &'a (dyn Fn(&Page<'_>) -> bool + Sync),
    /// Takes those pages and the theme's files, and what was found wrong so far, before anything
    /// else is made.
    pub take: &'a dyn Fn(Vec<Output>, &[Diagnostic]),
    /// Whether they have let go: what a build makes then is worth nothing.
    pub is_gone: &'a (dyn Fn() -> bool + Sync),
}

impl Default for Way<'_> {
    /// To nowhere, for the sake of what is wrong.
    fn default() -> Self {
        Self { sink: &Nowhere, told: &|_| (), first: None }
    }
}

impl Way<'_> {
    /// Says that a step is done.
    pub fn tell(&self, name: &'static str, count: usize, of: &'static str) {
        (self.told)(Step { name, count, of });
    }

    /// Says whether nobody waits for the outputs any more.
    fn is_over(&self) -> impl Fn() -> bool + Sync {
        let is_gone = self.first.map(|first| first.is_gone);
        move || is_gone.is_some_and(|is_gone| is_gone())
    }
}

/// Renders the pages that somebody waits for and hands them over, each by its place in the plan; a
/// fault of the theme is left for [`all`] to tell.
pub fn early(
    scene: &Scene<'_>,
    pages: &[Page<'_>],
    found: &[Diagnostic],
    way: Way<'_>,
) -> BTreeMap<usize, Output> {
    let Some(First { wants, take, .. }) = way.first else { return BTreeMap::new() };
    let wanted = pages.par_iter().enumerate().filter(|(_, page)| wants(page));
    let early: BTreeMap<usize, Output> =
        wanted.filter_map(|(at, page)| Some((at, render(scene, at, page).ok()?))).collect();
    let assets = scene.ground.assets.outputs.iter();
    take(early.values().chain(assets).cloned().collect(), found);
    early
}

/// Makes all files but the social cards, which take longest and whose addresses are known. `sources`
/// are the texts of the articles, for the lines of what is wrong; `early` is rendered already.
pub fn all(
    scene: &Scene<'_>,
    pages: &[Page<'_>],
    early: &BTreeMap<usize, Output>,
    sources: &[Source],
    way: Way<'_>,
) -> (Finished, Vec<Diagnostic>) {
    let (made, others) = beside(&scene.ground, pages, way);
    let (mut finished, found) = shown(scene, pages, early, (made, others), sources, way);
    way.tell("render", finished.pages.len(), "pages");
    let worker = offline::make(scene.ground.site, scene.theme, &finished.made);
    finished.made.extend(hand(Vec::from_iter(worker), way.sink));
    (finished, found)
}

/// Everything beside the pages. What a browser shows as a page is given back: it is read with the
/// others.
fn beside(ground: &Ground<'_>, pages: &[Page<'_>], way: Way<'_>) -> (Vec<Made>, Vec<Output>) {
    let Ground { site, strings, assets } = *ground;
    let (sink, is_over) = (way.sink, way.is_over());
    let (files, shown) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let hand = |output: Output| {
        if output.is_page() {
            lock(&shown).push(output);
        } else {
            let made = hand_one(output, sink);
            lock(&files).push(made);
        }
    };
    // threads hand on in no order
    let handed = || {
        let mut own: Vec<Made> = std::mem::take(&mut *lock(&files));
        own.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        own
    };
    assets.outputs.par_iter().cloned().for_each(hand);
    let mut made = handed();
    let making = Making { site, pages, strings, hand: &hand, is_over: &is_over };
    for kind in OUTPUTS.iter().take_while(|_| !is_over()) {
        (kind.make)(&making).into_par_iter().for_each(hand);
        let own = handed();
        way.tell(kind.name, own.len(), "files");
        made.extend(own);
    }
    let mut shown = std::mem::take(&mut *lock(&shown));
    shown.sort_unstable_by(|a: &Output, b: &Output| a.path.cmp(&b.path));
    (made, shown)
}

fn lock<T>(list: &Mutex<Vec<T>>) -> MutexGuard<'_, Vec<T>> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The pages: each is rendered, read for addresses that lead nowhere, and handed on.
fn shown(
    scene: &Scene<'_>,
    pages: &[Page<'_>],
    early: &BTreeMap<usize, Output>,
    (made, others): (Vec<Made>, Vec<Output>),
    sources: &[Source],
    way: Way<'_>,
) -> (Finished, Vec<Diagnostic>) {
    let paths = pages.iter().map(|page| &page.path);
    let paths = paths.chain(made.iter().map(|one| &one.path));
    let paths = paths.chain(others.iter().map(|one| &one.path)).cloned();
    let ground =
        verify::Ground::new(paths.chain(scene.cards.paths()), &scene.ground.site.urls, sources);
    let (sink, is_over) = (way.sink, way.is_over());
    let finish = |output: Output| {
        let facts = verify::read(&output, &ground);
        (hand_one(output, sink), facts)
    };
    let ready = |at, page: &Page<'_>| match early.get(&at) {
        Some(output) => Ok(output.clone()),
        None if is_over() => Err(Vec::new()),
        None => render(scene, at, page),
    };
    // lists of all articles and messages, the longest pages, stand last: no thread shall begin with
    // one when the others are done
    let mut rendered: Vec<Result<_, Vec<Diagnostic>>> = (pages.par_iter().enumerate().rev())
        .map(|(at, page)| ready(at, page).map(finish))
        .chain(others.into_par_iter().map(|output| Ok(finish(output))))
        .collect();
    rendered[..pages.len()].reverse();
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
