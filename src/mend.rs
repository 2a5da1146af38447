//! Changes that mend mistakes: which are sure, which go together, and what the files are then.
//!
//! A stage that finds a mistake with one right answer says so with [`Edit`]s. An edit names what it
//! replaces: where something else stands, it is not made.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{Source, by_path};

/// A file as it is and as it should be.
#[derive(Debug)]
pub struct Mended<'a> {
    /// As it was read.
    pub source: &'a Source,
    /// Its text when all edits are made.
    pub text: String,
    /// How many edits that are.
    pub edits: usize,
}

/// Takes away the edits of a mistake where one of them does not fit what stands in its file.
pub fn keep_sure<'a>(found: &mut [Diagnostic], sources: impl Iterator<Item = &'a Source>) {
    if found.iter().all(|one| one.edits.is_empty()) {
        return;
    }
    // what was read as well as could be is not what stands in the file
    let garbled: Vec<String> = found
        .iter()
        .filter(|one| one.code == "not-utf8")
        .map(|one| one.place.file.clone())
        .collect();
    let sources = by_path(sources.filter(|source| !garbled.contains(&source.path)));
    let stands = |edit: &Edit| {
        let source = sources.get(edit.file.as_str());
        let written = source.and_then(|source| source.text.get(edit.span.range()));
        written == Some(edit.old.as_str()) && edit.old != edit.new
    };
    for one in found.iter_mut().filter(|one| !one.edits.iter().all(stands)) {
        one.edits.clear();
    }
}

/// The files that change. Of mistakes whose edits touch each other the first is mended; the other
/// has its turn in the next run.
pub fn mend<'a>(
    found: &[Diagnostic],
    sources: impl Iterator<Item = &'a Source>,
) -> Vec<Mended<'a>> {
    let mut chosen: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for one in found.iter().filter(|one| !one.edits.is_empty()) {
        let free = |edit: &Edit| {
            let others = chosen.get(edit.file.as_str()).into_iter().flatten();
            others.clone().all(|other| !touch(edit, other))
        };
        if one.edits.iter().all(free) {
            for edit in &one.edits {
                chosen.entry(&edit.file).or_default().push(edit);
            }
        }
    }
    let sources = by_path(sources);
    let files = chosen.into_iter().filter_map(|(path, mut edits)| {
        let source = *sources.get(path)?;
        edits.sort_by_key(|edit| &edit.span);
        Some(Mended { source, text: apply(source, &edits)?, edits: edits.len() })
    });
    files.collect()
}

/// Whether two edits cannot both be made: they change the same bytes, or add the same in one place.
fn touch(a: &Edit, b: &Edit) -> bool {
    let empty = |edit: &Edit| edit.span.start == edit.span.end;
    if empty(a) && empty(b) {
        return a.span.start == b.span.start && a.new == b.new;
    }
    a.span.start < b.span.end && b.span.start < a.span.end
}

/// The text with all edits made, which are in order; new lines end as the file's own do.
fn apply(source: &Source, edits: &[&Edit]) -> Option<String> {
    let windows = source.text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'));
    let mut text = String::with_capacity(source.text.len());
    let mut at = 0;
    for edit in edits {
        text += source.text.get(at..edit.span.start)?;
        text += &if windows { edit.new.replace('\n', "\r\n") } else { edit.new.clone() };
        at = edit.span.end;
    }
    text += source.text.get(at..)?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    /// A mistake that is mended by replacing the first `old` of `text`, at the end where it is empty.
    fn mistake(text: &str, old: &str, new: &str) -> Diagnostic {
        let start = if old.is_empty() { text.len() } else { text.find(old).unwrap_or_default() };
        let place = Place::at("a.md", start..start + old.len());
        Diagnostic::error("x", place, old).replace(old, new)
    }

    fn mended(text: &str, changes: &[(&str, &str)]) -> String {
        let source = Source::new("a.md", text);
        let found: Vec<_> = changes.iter().map(|(old, new)| mistake(text, old, new)).collect();
        let mut files = mend(&found, [&source].into_iter());
        files.pop().map_or_else(|| source.text.to_string(), |file| file.text)
    }

    #[test]
    fn edits_are_made_in_any_order() {
        assert_eq!(mended("one two\n", &[("two", "2"), ("one", "1")]), "1 2\n");
        assert_eq!(
            mended("one\n", &[("", "two\n"), ("", "three\n"), ("", "two\n")]),
            "one\ntwo\nthree\n"
        );
    }

    #[test]
    fn of_edits_that_touch_each_other_the_first_is_made() {
        assert_eq!(mended("one two\n", &[("one two", "3"), ("two", "2")]), "3\n");
        assert_eq!(mended("one two\n", &[("two", "2"), ("one two", "3")]), "one 2\n");
    }

    #[test]
    fn lines_end_as_they_do_in_the_file() {
        assert_eq!(mended("one\r\n", &[("", "two\n")]), "one\r\ntwo\r\n");
    }

    #[test]
    fn what_is_not_sure_is_not_kept() {
        let source = Source::new("a.md", "one two\n");
        let other = Place::at("a.md", 0..3);
        let fits = Diagnostic::error("x", other.clone(), "").replace("one", "1");
        let shifted = Diagnostic::error("x", other.clone(), "").replace("two", "2");
        let nothing = Diagnostic::error("x", other.clone(), "").replace("one", "one");
        let mut found = vec![fits.clone(), shifted, nothing];
        keep_sure(&mut found, [&source].into_iter());
        assert_eq!(found.iter().map(|one| one.edits.len()).collect::<Vec<_>>(), [1, 0, 0]);

        let mut found = vec![fits, Diagnostic::error("not-utf8", other, "")];
        keep_sure(&mut found, [&source].into_iter());
        assert!(found[0].edits.is_empty());
    }
}
