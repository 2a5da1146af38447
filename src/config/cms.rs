//! `cms`: the browser editor, and where what it saves goes.

use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{Kind, Located, Record, Table, row};
use crate::source::Source;

/// Where the browser editor saves.
#[derive(Debug, Clone)]
pub struct Cms {
    /// A repository on GitHub, `owner/name`.
    pub repo: Located<String>,
    /// The branch that is published.
    pub branch: String,
    /// The address of the service that signs people in; without it they need a token of GitHub's.
    pub sign_in: Option<String>,
}

/// The fields of `cms`.
pub const CMS: Table = Table {
    what: "`cms`",
    fields: &[
        row("repo", Kind::Text, true, "the repository on GitHub", "owner/name"),
        row("branch", Kind::Text, false, "the branch that is published", "main"),
        row("sign_in", Kind::Text, false, "who signs people in", "https://sign-in.example.org"),
    ],
};

/// What `cms` says, and what is wrong with it.
pub fn cms(source: &Source, record: &Record, found: &mut Vec<Diagnostic>) -> Option<Cms> {
    let record = record.record("cms")?;
    let repo = record.text("repo")?;
    let mut report = |code, value: &Located<String>, message: String, hint: &str| {
        let place = Place::at(&source.path, value.span.clone());
        found.push(Diagnostic::error(code, place, message).hint(hint));
    };
    if !is_repository(&repo.value) {
        let message = format!("`{}` is not a repository on GitHub", repo.value);
        let hint = "write whose it is, a slash and its name, as in `repo: owner/name`";
        report("cms-repo", &repo, message, hint);
    }
    let sign_in = record.text("sign_in");
    if let Some(address) = &sign_in
        && !address.value.starts_with("https://")
    {
        let message = format!("`{}` is not an address where people sign in", address.value);
        let hint = "write it in full, beginning with `https://`";
        report("cms-sign-in", address, message, hint);
    }
    let branch = record.text("branch").map_or_else(|| "main".to_owned(), |branch| branch.value);
    Some(Cms { repo, branch, sign_in: sign_in.map(|address| address.value) })
}

/// `owner/name`, of what GitHub allows in names.
fn is_repository(text: &str) -> bool {
    let plain = |name: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        !name.is_empty() && name.chars().all(fits)
    };
    text.split_once('/').is_some_and(|(owner, name)| plain(owner) && plain(name))
}
