//! What an editor would say.

use super::{Chapter, entry};

pub(super) const CHAPTER: Chapter = Chapter {
    name: "what-an-editor-says",
    title: "What an editor would say",
    description: "Warnings of `check` about words, sentences, messages and relations. They keep nothing from being published.",
    entries: &[
        entry(
            "reading-grade",
            "By the length of its sentences and words, the page is harder to read than `grade` \
             allows. People who are upset read as if they were tired.",
            "Begin with the sentence that is shown, the heaviest. Cut it in two, and choose \
             plainer words.",
        ),
        entry(
            "long-sentence",
            "The sentence has more words than `sentence` allows.",
            "Make two of it, or drop what nobody would miss.",
        ),
        entry(
            "avoid-word",
            "A message holds a word from the site's list of words that blame or beg.",
            "Say it another way. Somebody may send these words on a bad day. The list is `avoid` \
             in `content/site.yaml`.",
        ),
        entry(
            "many-placeholders",
            "The message has so many gaps that it is a form to fill in. On a phone, few people \
             get to the end of one.",
            "Keep six or fewer, and say the rest in words that fit everyone.",
        ),
        entry(
            "over-limit",
            "Filled in, the message is longer than its channel takes.",
            "Leave out as many characters as the help line says. Gaps are counted with their \
             `example` in `content/site.yaml`.",
        ),
        entry(
            "sms-character",
            "One unusual character makes a whole text message hold 70 characters instead of 160, \
             so it may cost twice as much to send.",
            "Type the plain character that the help line offers.",
        ),
        entry(
            "no-related",
            "The article names nothing to read next.",
            "Name three to five articles under `related`, each with a reason.",
        ),
        entry(
            "one-way",
            "Another article is named as related and doesn't name this one. Readers of that one \
             may want the way back.",
            "Add the line that the help line shows, or let `postrej-site check --fix` add it.",
        ),
        entry(
            "lone-article",
            "Only the list of its section leads to this article.",
            "Link to it from the sentence where a reader needs it, or name it under `related`.",
        ),
        entry(
            "review-due",
            "The day is past by which somebody wanted to read the article again.",
            "Read it, mend what is no longer so, and set `review_by` to a later day.",
        ),
    ],
};
