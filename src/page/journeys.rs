//! Pages of the journeys, and an article's place in one.

use super::views::{Head, JourneyCard, JourneyView, JourneysView, StepView, View};
use super::{Page, card, head, home_crumb, kit};
use crate::site::Site;
use crate::site::journeys::Journey;
use crate::strings::Strings;

/// A page for all journeys and one for each.
pub(super) fn pages(site: &Site<'_>, strings: &Strings) -> Vec<Page> {
    if site.journeys.is_empty() {
        return Vec::new();
    }
    let all = "journeys/";
    let heading = strings.say("journeys", &[]);
    let description = strings.say("journeys-description", &[]);
    let list = Page {
        path: format!("{all}index.html"),
        template: "journeys.html",
        head: with_crumbs(site, all, &heading, &description, &[home_crumb(site)]),
        view: View::Journeys(JourneysView { journeys: cards(site) }),
        body: None,
        origin: "the list of journeys".to_owned(),
    };
    let each = site.journeys.iter().map(|journey| {
        let crumbs = [home_crumb(site), (heading.clone(), all.to_owned())];
        Page {
            path: format!("{}index.html", path(journey)),
            template: "journey.html",
            head: with_crumbs(site, &path(journey), &journey.label, &journey.description, &crumbs),
            view: View::Journey(JourneyView {
                steps: steps(site, journey),
                kit_url: site.urls.path(&kit::path(journey)),
            }),
            body: None,
            origin: format!("the journey `{}`", journey.key),
        }
    });
    std::iter::once(list).chain(each).collect()
}

/// Every journey with its steps.
pub(super) fn cards(site: &Site<'_>) -> Vec<JourneyCard> {
    let cards = site.journeys.iter().map(|journey| JourneyCard {
        title: journey.label.clone(),
        description: journey.description.clone(),
        url: site.urls.path(&path(journey)),
        steps: steps(site, journey),
    });
    cards.collect()
}

/// An article's place in the first journey that it is a step of.
pub(super) fn step(site: &Site<'_>, index: usize) -> Option<StepView> {
    site.journeys.iter().find_map(|journey| {
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

fn with_crumbs(
    site: &Site<'_>,
    path: &str,
    heading: &str,
    description: &str,
    crumbs: &[(String, String)],
) -> Head {
    head::with_crumbs(site, head::head(site, path, heading, description), crumbs)
}
