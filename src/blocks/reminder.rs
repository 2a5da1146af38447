//! ` ```reminder `: something to do on a later day, for the reader's own calendar.

use super::{Block, Fence};
use crate::diagnostic::{Diagnostic, Place};
use crate::piece::Reminder;
use crate::schema::{self, Kind, Table, row};

/// The fields of a reminder.
pub const REMINDER: Table = Table {
    what: "a reminder",
    fields: &[
        row("days", Kind::Count, true, "how many days from now", "90"),
        row("title", Kind::Text, true, "what to do then", "Write to the hiring manager again"),
        row("message", Kind::Text, false, "the message to send then", "some-slug/thank-you-note"),
    ],
};

/// The longest time that a reminder can wait, in days: two years.
const LONGEST: usize = 730;

/// Reads the fields.
pub fn parse(fence: &Fence<'_>, found: &mut Vec<Diagnostic>) -> Option<Block> {
    let lines = fence.text.lines().count();
    let region = fence.lines(0, lines);
    let opening = fence.opening().span.unwrap_or_else(|| fence.span.clone());
    let record = schema::read(fence.source, &region, &opening, &REMINDER, found);
    let days = record.count("days")?;
    if !(1..=LONGEST).contains(&days) {
        let place = record.span("days").unwrap_or(opening);
        let place = Place::at(&fence.source.path, place);
        let message = format!("`days` is {days}, and must be from 1 to {LONGEST}");
        let hint = "count from the day on which somebody reads this: `days: 90`";
        found.push(Diagnostic::error("reminder-days", place, message).hint(hint));
    }
    let title = record.text("title")?.value;
    let (id, message) = (String::new(), record.text("message"));
    Some(Block::Reminder(Reminder { id, days, title, message }))
}
