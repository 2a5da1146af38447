//! The site's folder on disk: read whole before the first stage, the output written after the last.
//!
//! Nothing else in the program opens a file.

pub mod answers;
mod cache;
pub mod cards;
pub mod files;
pub mod foreign;
pub mod listings;
mod lock;
mod manifest;
mod place;
mod read;
pub mod record;
mod rewrite;
mod seen;
mod settle;
mod stage;
mod write;

use std::io;
use std::path::Path;

pub use read::{is_leftover, read, read_again, renew};
pub use rewrite::rewrite;
pub use seen::Seen;
pub use stage::{Exchange, Stage};
pub use write::{Written, publish};

/// Why the work cannot go on: nothing an article can mend, but the command or the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is in the way.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Failure {
    /// What is in the way, and what to do about it.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: Some(hint.into()) }
    }

    /// The folder of the site is not there.
    fn no_root(root: &Path) -> Self {
        let message = format!("there is no folder `{}`", root.display());
        Self::new(message, "name the folder that holds `content` with --root")
    }

    /// The machine refused: the action, what it was done to, and the reason in plain words.
    pub fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        Self {
            message: format!("cannot {action} `{}`: {}", path.display(), words(error)),
            hint: None,
        }
    }
}

/// The error in words that are not the operating system's, for those that people meet.
fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::NotFound => "it is not there".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read".into(),
        _ => error.to_string(),
    }
}
