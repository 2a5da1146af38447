//! Pages of the journeys, and an article's place in one.

use super::views::{Head, JourneyCard, JourneyView, JourneysView, StepView, View};
use super::{Ground, Page, card, head, home_crumb, kit};
use crate::site::Site;
use crate::site::journeys::Journey;

/// Where the page of all journeys stands in the site.
const ALL: &str = "journeys/";

/// A page for all journeys and one for each.
pub(super) fn pages(ground: Ground<'_>) -> Vec<Page<'_>> {
    let journeys = &ground.site.structure.journeys;
    if journeys.is_empty() {
        return Vec::new();
    }
    let (file, origin) = (format!("{ALL}index.html"), "the list of journeys".to_owned());
    let list = Page::new(file, "journeys.html", origin, move || all(ground));
    let each = journeys.iter().map(|journey| {
        let file = format!("{}index.html", path(journey));
        let origin = format!("the journey `{}`", journey.key);
        Page::new(file, "journey.html", origin, move || one(ground, journey))
    });
    std::iter::once(list).chain(each).collect()
}

fn all(Ground { site, strings, .. }: Ground<'_>) -> (Head, View) {
    let description = strings.say("journeys-description", &[]);
    let head = head::head(site, ALL, &strings.say("journeys", &[]), &description);
    let view = View::Journeys(JourneysView { journeys: cards(site) });
    (head::with_crumbs(site, head, &[home_crumb(site)]), view)
}

fn one(Ground { site, strings, .. }: Ground<'_>, journey: &Journey) -> (Head, View) {
    let head = head::head(site, &path(journey), &journey.label, &journey.description);
    let above = (strings.say("journeys", &[]), ALL.to_owned());
    let kit_url = site.urls.path(&kit::path(journey));
    let view = View::Journey(JourneyView { steps: steps(site, journey), kit_url });
    (head::with_crumbs(site, head, &[home_crumb(site), above]), view)
}

/// Every journey with its steps.
pub(super) fn cards(site: &Site<'_>) -> Vec<JourneyCard> {
    let cards = site.structure.journeys.iter().map(|journey| JourneyCard {
        title: journey.label.clone(),
        description: journey.description.clone(),
        url: site.urls.path(&path(journey)),
        steps: steps(site, journey),
    });
    cards.collect()
}

/// An article's place in the first journey that it is a step of.
pub(super) fn step(site: &Site<'_>, index: usize) -> Option<StepView> {
    site.structure.journeys.iter().find_map(|journey| {
        let at = journey.steps.iter().position(|step| *step == index)?;
        Some(StepView {
            title: journey.label.clone(),
            url: site.urls.path(&path(journey)),
            number: at + 1,
            count: journey.steps.len(),
        })
    })
}

/// Where a journey's page stands in the site.
pub(super) fn path(journey: &Journey) -> String {
    format!("journeys/{}/", journey.key)
}

fn steps(site: &Site<'_>, journey: &Journey) -> Vec<super::views::Card> {
    journey.steps.iter().map(|step| card(site, *step, None)).collect()
}
