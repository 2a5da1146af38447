//! Messages and reminders.

use super::{Chapter, entry};

pub(super) const CHAPTER: Chapter = Chapter {
    name: "mistakes-in-messages",
    title: "Mistakes in messages and reminders",
    description: "Reports about template and reminder blocks, and the brackets inside messages.",
    entries: &[
        entry(
            "unknown-placeholder",
            "The words in brackets are not in the site's list. A reader fills in each of them \
             once for the whole site, so all articles have to use the same words.",
            "Take the one that the help line offers, or add a new one under `placeholders` in \
             `content/site.yaml`. For a bracket that readers should see, type `\\[`.",
        ),
        entry(
            "open-bracket",
            "A bracket opens and isn't closed in the same line.",
            "Close it: `[role]`. For a bracket that readers should see, type `\\[`.",
        ),
        entry(
            "unknown-channel",
            "The message names a way to send it that the site doesn't know.",
            "Take one of those that the help line lists, or add it under `channels` in \
             `content/site.yaml`.",
        ),
        entry(
            "template-body",
            "The block has fields, but no message below them.",
            "Write a line `---` below the fields, and the message below that line.",
        ),
        entry(
            "template-twice",
            "Two messages of one article have the same title, and something else stands between \
             them. The title makes their address, so they would share one.",
            "Give one of them another title, or an `id` of its own. If they are tones of one message, let the blocks \
             follow each other.",
        ),
        entry(
            "tone",
            "Blocks with one title that follow each other are tones of one message, and two of \
             them have the same tone or none.",
            "Give each its own `tone`, or another title.",
        ),
        entry(
            "template-use",
            "A block with `use` shows a message that another article owns, just as it is. It \
             can't change the title or anything else.",
            "Delete the other fields, or write a message of your own without `use`.",
        ),
        entry(
            "unknown-template",
            "No article has a message of that name. You may also have named a draft, or the very \
             block you are writing.",
            "Write the name of the article's file, a slash, and the message's title in small \
             letters with hyphens: `thank-you-after-rejection/thank-you-note`.",
        ),
        entry(
            "reminder-days",
            "A reminder is for a day from tomorrow until two years from now.",
            "Count from the day on which somebody reads the page: `days: 90`.",
        ),
        entry(
            "placeholder-options",
            "A placeholder of the kind `choice` offers nothing to choose from, or one thing only. \
             Or it has options and is no choice.",
            "Give it two options or more: `options: [by email, by phone]`.",
        ),
        entry(
            "placeholder-input",
            "`input` tells a browser what it may fill in for the reader, and that works in a \
             line of text only.",
            "Keep one of the two, `input` or `kind`.",
        ),
    ],
};
