//! The view of a reminder.

use super::message;
use super::views::{ReminderMessage, ReminderView};
use crate::article::Article;
use crate::piece::Reminder;
use crate::site::{Site, page_path};

/// The reminder at `position` of the article `index`.
pub fn view(site: &Site<'_>, index: usize, position: usize) -> ReminderView {
    let article = &site.articles[index];
    let reminder = &article.body.reminders[position];
    ReminderView {
        id: reminder.id.clone(),
        days: reminder.days,
        title: reminder.title.clone(),
        file_url: site.urls.path(&file(article, reminder)),
        message: reminder.message.as_ref().and_then(|named| message_of(site, index, &named.value)),
    }
}

/// The path in the site of a reminder's file: `reply/note/reminder-1.ics`.
pub fn file(article: &Article, reminder: &Reminder) -> String {
    format!("{}{}.ics", page_path(article), reminder.id)
}

/// The message that the article `index` names as `slug/template-id`.
fn message_of(site: &Site<'_>, index: usize, named: &str) -> Option<ReminderMessage> {
    let wanted = *site.structure.library.owned.get(named)?;
    let article = &site.articles[wanted.article];
    let template = &article.body.templates[wanted.template];
    let mut here = site.articles[index].body.templates.iter().enumerate();
    let shown =
        here.find(|(at, one)| site.structure.library.shown(index, *at, one) == Some(wanted));
    let shown = shown.map(|(_, one)| one.anchor());
    let url =
        shown.as_ref().map_or_else(|| message::url(site, article, template), |id| format!("#{id}"));
    let variant = template.variants.first().filter(|_| shown.is_none());
    let variant = variant.map(|variant| message::variant_view(site.config, variant, 0, "", false));
    Some(ReminderMessage { title: template.title.clone(), url, shown, variant })
}
