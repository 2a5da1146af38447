//! The pages of the starter's site, for what they show of the template API.

use jiff::civil::date;
use serde_json::{Value, to_value};

use crate::outputs::assets;
use crate::page::{self, reminder};
use crate::piece::Piece;
use crate::site::{self, Ground};
use crate::source::Source;
use crate::starter::CONTENT;
use crate::theme::api::{Shape, api};
use crate::theme::manual::Examples;
use crate::{article, config, highlight, theme};

/// Values of all fields that the starter's pages have.
pub fn examples() -> Examples {
    let sources = CONTENT.iter().map(|(path, text)| Source::new(*path, *text));
    let (config, articles): (Vec<_>, Vec<_>) =
        sources.partition(|source| source.path == config::PATH);
    let config = config.first().map(|source| config::parse(source).0).unwrap_or_default();
    let known = highlight::Known::default();
    let articles = articles.iter().filter_map(|source| article::parse(source, &config, &known).0);
    let ground = Ground {
        config: &config,
        files: &[],
        base_url: &config.base_url,
        drafts: true,
        today: date(2026, 1, 1),
        settings: 0,
        memos: None,
    };
    let (site, _) = site::assemble(articles.collect(), &ground);
    let (theme, _) = theme::load(&[], &config);
    let (assets, _) = assets::make(&theme, &site.urls);
    let ground = page::Ground { site: &site, strings: &theme.strings, assets: &assets };
    let (pages, _) = page::plan(ground);

    let mut examples = Examples::default();
    let record = |name: &str| Shape::Record(name.to_owned());
    // a view without values teaches nothing
    let mut learn = |shape: &Shape, view: Result<Value, _>| {
        let _: Result<(), serde_json::Error> = view.map(|view| examples.learn(shape, &view));
    };
    learn(&record("SiteView"), to_value(page::site_view(&site, &assets)));
    for (index, article) in site.articles.iter().enumerate() {
        let reminders = article.body.pieces.iter().filter_map(|piece| match piece {
            Piece::Reminder(position) => Some(*position),
            _ => None,
        });
        for position in reminders {
            learn(&record("ReminderView"), to_value(reminder::view(&site, index, position)));
        }
    }
    for page in &pages {
        let (head, view) = page.show(&ground);
        learn(&record("Head"), to_value(&head));
        if let Some(shape) = api().views.get(page.template) {
            learn(shape, to_value(&view));
        }
    }
    examples
}
