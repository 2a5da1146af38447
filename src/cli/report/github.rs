//! Diagnostics as annotations of GitHub Actions.

use std::path::Path;

use super::{Texts, position};
use crate::diagnostic::{Diagnostic, Severity};

/// Workflow commands. Their paths are relative to the repository, not to the root.
pub fn commands(root: &Path, texts: &Texts<'_>, found: &[Diagnostic]) -> String {
    let command = |one: &Diagnostic| {
        let file = root.join(&one.place.file);
        let file = file.strip_prefix(".").unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let place = position(texts, &one.place)
            .map_or_else(String::new, |at| format!(",line={},col={}", at.line, at.column));
        let hint = one.hint.as_ref().map_or_else(String::new, |hint| format!("\nhelp: {hint}"));
        format!(
            "::{} file={}{place},title={}::{}\n",
            if one.severity == Severity::Note { "notice" } else { one.severity.name() },
            property(&file),
            property(one.code),
            data(&format!("{}{hint}", one.message)),
        )
    };
    found.iter().map(command).collect::<Vec<_>>().concat()
}

/// Escaped as the runner wants the part after `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escaped as the runner wants a value before `::`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::source::{Source, by_path};

    #[test]
    fn paths_are_those_of_the_repository_and_every_part_is_escaped() {
        let source =
            Source::new("content/note.md", "---\ntitel: A note\n---\n\tThank you [rolle].\n");
        let link = Diagnostic::error("symlink", Place::file("content/a,b:c.md"), "this is a link");
        let at = |span| Place::at("content/note.md", span);
        let found = [
            link.hint("put the file\nitself there"),
            Diagnostic::error("unknown-key", at(4..9), "no field is called `titel`"),
            Diagnostic::warning("placeholder", at(33..40), "`rolle` is 100% new, yes"),
            Diagnostic::note("placeholder", at(11..12), "`A` is 100% new, yes"),
        ];
        assert_eq!(
            commands(Path::new("./site"), &by_path([&source]), &found),
            "\
::error file=site/content/a%2Cb%3Ac.md,title=symlink::this is a link%0Ahelp: put the file%0Aitself there
::error file=site/content/note.md,line=2,col=1,title=unknown-key::no field is called `titel`
::warning file=site/content/note.md,line=4,col=12,title=placeholder::`rolle` is 100%25 new, yes
::notice file=site/content/note.md,line=2,col=8,title=placeholder::`A` is 100%25 new, yes
"
        );
    }
}
