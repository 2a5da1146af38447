//! Links to other sites.

use super::{Chapter, entry};

pub(super) const CHAPTER: Chapter = Chapter {
    name: "links-to-other-sites",
    title: "Links to other sites",
    description: "Reports of `check --external`, which asks whether what you link to is still there.",
    entries: &[
        entry(
            "gone-away",
            "The other site says that nothing is at this address any more, or it can't be found.",
            "Look for the new address, or take the link out.",
        ),
        entry(
            "moved-away",
            "The address still works, and leads to another one for good.",
            "Write the new address. This is a note: nothing fails by it.",
        ),
        entry(
            "unsure-away",
            "The other site doesn't answer programs, or didn't answer in time.",
            "Open the link in a browser. If the page is there, all is well.",
        ),
    ],
};
