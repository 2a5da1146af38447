//! `theme.yaml`: what a theme says of itself.

use crate::schema::{Kind, Table, row};

/// The fields of `theme.yaml`.
pub const THEME: Table = Table {
    what: "theme.yaml",
    fields: &[
        row("api", Kind::Count, true, "the version of the template API it is written for", "1"),
        row("extends", Kind::Text, false, "the theme whose files it changes", "default"),
        row("name", Kind::Text, false, "what it is called", "Letter paper"),
        row("description", Kind::Text, false, "how it looks, in one sentence", "Wide and quiet."),
    ],
};
