//! The most that a build takes in: beyond it, something has most likely gone wrong.

use crate::schema::{Kind, Record, Table, row};

/// How authors count: what a file manager shows, not 1024.
pub const KILOBYTE: usize = 1000;

/// The most that a build takes in, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// One article.
    pub article: usize,
    /// One listing that gets colours; a longer one goes without.
    pub code: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { article: 5000 * KILOBYTE, code: 100 * KILOBYTE }
    }
}

/// The fields of `limits`.
pub const LIMITS: Table = Table {
    what: "`limits`",
    fields: &[
        row("article", Kind::Count, false, "the largest article, in kilobytes", "5000"),
        row("code", Kind::Count, false, "the largest listing with colours, in kilobytes", "100"),
    ],
};

pub(super) fn limits(record: &Record) -> Limits {
    let usual = Limits::default();
    let Some(record) = record.record("limits") else { return usual };
    let of = |name| record.count(name).map(|count| count.saturating_mul(KILOBYTE));
    Limits {
        article: of("article").unwrap_or(usual.article),
        code: of("code").unwrap_or(usual.code),
    }
}
