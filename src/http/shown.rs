//! The site as it is shown now: the last build without an error, and what is wrong since.

use std::collections::HashMap;
use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::doctor;
use super::packed::{File, Pattern};
use crate::outputs::{Output, Sink, origin_file};
use crate::source::Source;

/// What a build left to show. The next one begins with a copy of it: a build with an error changes
/// nothing but the problems.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The path of the base URL, with a slash at both ends: `/rejection/`.
    pub base: String,
    /// The files of the last build without an error, by path; `None` before there was one.
    pub files: Option<Arc<Files>>,
    /// Files that the build under way has made already: they stand before those of the last.
    pub ahead: Arc<Files>,
    /// The page of its checkup, which stands outside of the site.
    pub doctor: Option<Arc<Late>>,
    /// What is wrong now.
    pub problems: Arc<Problems>,
}

/// The files of a site, by path.
pub type Files = HashMap<String, Arc<File>>;

/// Takes the files of a build. One that is as it was before stays where it is in memory.
#[derive(Debug, Default)]
pub struct Shelf<'a> {
    before: Option<Arc<Files>>,
    pattern: Pattern,
    texts: &'a [Source],
    files: Mutex<Files>,
}

/// A page that is made when somebody asks for it; `None` where there is nothing to show.
pub struct Late {
    make: Box<dyn Fn() -> Option<File> + Send + Sync>,
    made: OnceLock<Option<File>>,
}

/// What is wrong, as the page shows it.
#[derive(Debug, Default, Serialize)]
pub struct Problems {
    /// `2 errors, 1 warning.`, empty where there is nothing.
    pub sum: String,
    /// Every error; warnings are counted above and told on the terminal.
    pub errors: Vec<Problem>,
}

/// A mistake with the line it stands in.
#[derive(Debug, Serialize)]
pub struct Problem {
    /// The kind of mistake: `unknown-key`; empty where the folder or the disk is in the way.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to type instead.
    pub hint: Option<String>,
    /// Where it is.
    pub place: Option<Excerpt>,
    /// Other places that belong to it, each with a few words.
    pub related: Vec<(String, Excerpt)>,
}

/// A place with the line around it, in three parts.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// Relative to the root, with forward slashes.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The line up to the mistake, the mistake, and the rest; `None` for a file as a whole.
    pub parts: Option<[String; 3]>,
}

/// What a path leads to.
#[derive(Debug)]
pub(super) enum Found<'a> {
    File(String, &'a File),
    Elsewhere(String),
    Nothing,
}

impl<'a> Shelf<'a> {
    /// `before` are the files of the build before, `pattern` is what their pages are packed with, and
    /// `texts`, sorted by path, are what the files are made from.
    pub fn new(before: Option<&Arc<Files>>, pattern: &Pattern, texts: &'a [Source]) -> Self {
        let (before, pattern) = (before.map(Arc::clone), pattern.clone());
        Self { before, pattern, texts, files: Mutex::default() }
    }

    /// The text of the article that an output was made from.
    fn text(&self, output: &Output) -> Option<Arc<str>> {
        let path = origin_file(&output.origin);
        let at = self.texts.binary_search_by(|source| source.path.as_str().cmp(path)).ok()?;
        Some(Arc::clone(&self.texts[at].text))
    }

    /// What it took.
    pub fn files(self) -> Arc<Files> {
        Arc::new(self.files.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Sink for Shelf<'_> {
    fn take(&self, output: Output, hash: u64) {
        let version = format!("{hash:016x}");
        let before = self.before.as_ref().and_then(|before| before.get(&output.path));
        let file = match before.filter(|before| before.version == version) {
            Some(before) => Arc::clone(before),
            None => Arc::new(self.pattern.pack(&output, self.text(&output), version)),
        };
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(output.path, file);
    }
}

/// The files that one of two states has and the other has not, or has in another form, by path.
pub fn changed<'a>(before: &'a Shown, after: &'a Shown) -> Vec<&'a str> {
    let version = |shown: &'a Shown, path: &str| shown.file(path).map(|file| &file.version);
    let whole = |shown: &'a Shown| shown.files.as_deref().into_iter().flat_map(HashMap::keys);
    let same = before.files.as_ref().zip(after.files.as_ref());
    let is_same = same.is_some_and(|(before, after)| Arc::ptr_eq(before, after));
    let wholes = [before, after].into_iter().filter(|_| !is_same).flat_map(whole);
    let paths = wholes.chain(before.ahead.keys()).chain(after.ahead.keys());
    let mut paths: Vec<&str> = paths
        .filter(|path| version(before, path) != version(after, path))
        .map(String::as_str)
        .collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

impl Late {
    /// A page that takes its time; it is made once.
    pub fn new(make: impl Fn() -> Option<File> + Send + Sync + 'static) -> Self {
        Self { make: Box::new(make), made: OnceLock::new() }
    }

    fn get(&self) -> Option<&File> {
        self.made.get_or_init(&self.make).as_ref()
    }
}

impl Debug for Late {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Late").field(&self.made).finish()
    }
}

/// Makes the page at a path where it waits to be made, while others are answered.
pub(super) async fn ready(shown: &Shown, path: &str) {
    if let Some(late) = shown.late(path).filter(|late| late.made.get().is_none()) {
        let late = Arc::clone(late);
        // where it failed, whoever asks for the page tries it again
        _ = tokio::task::spawn_blocking(move || late.get().is_some()).await;
    }
}

impl Shown {
    /// The file with this path in the site.
    pub(super) fn file(&self, path: &str) -> Option<&File> {
        let last = || self.files.as_ref()?.get(path);
        self.ahead.get(path).or_else(last).map(AsRef::as_ref)
    }

    fn late(&self, path: &str) -> Option<&Arc<Late>> {
        self.doctor.as_ref().filter(|_| self.files.is_some() && path == doctor::doctor_path())
    }

    /// What stands at a path, as the request has it: encoded, without the query.
    pub(super) fn find(&self, path: &str) -> Found<'_> {
        if self.files.is_none() {
            return Found::Nothing;
        }
        if let Some(late) = self.late(path) {
            return match late.get() {
                Some(page) => Found::File("doctor.html".to_owned(), page),
                None => Found::Nothing,
            };
        }
        let Some(rest) = path.strip_prefix(self.base.as_str()) else {
            let entrance = path == "/" || self.base.strip_suffix('/') == Some(path);
            return if entrance { Found::Elsewhere(self.base.clone()) } else { Found::Nothing };
        };
        let Ok(name) = percent_decode_str(rest).decode_utf8() else { return Found::Nothing };
        let is_folder = name.is_empty() || name.ends_with('/');
        let name = if is_folder { format!("{name}index.html") } else { name.into_owned() };
        match self.file(&name) {
            Some(file) => Found::File(name, file),
            None if !is_folder && self.file(&format!("{name}/index.html")).is_some() => {
                Found::Elsewhere(format!("{path}/"))
            }
            None => Found::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::hand;

    fn output(path: &str, text: &str) -> Output {
        Output { path: path.to_owned(), bytes: text.as_bytes().to_vec(), origin: String::new() }
    }

    fn files(outputs: Vec<Output>) -> Arc<Files> {
        let shelf = Shelf::default();
        hand(outputs, &shelf);
        shelf.files()
    }

    fn at(base: &str, path: &str) -> String {
        let paths =
            ["index.html", "reply/note/index.html", "tags/gr\u{fc}n/index.html", "feed.xml"];
        let files = Some(files(paths.map(|path| output(path, path)).into()));
        let shown = Shown { base: base.to_owned(), files, ..Shown::default() };
        match shown.find(path) {
            Found::File(name, _) => name,
            Found::Elsewhere(path) => format!("-> {path}"),
            Found::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn addresses_lead_to_files_as_on_github_pages() {
        assert_eq!(at("/", "/"), "index.html");
        assert_eq!(at("/", "/feed.xml"), "feed.xml");
        assert_eq!(at("/", "/reply/note/"), "reply/note/index.html");
        assert_eq!(at("/", "/reply/note"), "-> /reply/note/");
        assert_eq!(at("/", "/tags/gr%C3%BCn/"), "tags/gr\u{fc}n/index.html");
        assert_eq!(at("/", "/tags/gr%C3%BCn"), "-> /tags/gr%C3%BCn/");
        for path in ["/reply", "/reply/", "/feed.xml/", "//reply/note", "/../feed.xml", "/%FF"] {
            assert_eq!(at("/", path), "nothing", "{path}");
        }
    }

    #[test]
    fn a_page_that_takes_its_time_is_made_once_and_only_when_asked_for() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let times = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&times);
        let late = Late::new(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            Some(File::new(&[], "1".to_owned()))
        });
        let files = Some(files(vec![output("index.html", "")]));
        let doctor = Some(Arc::new(late));
        let shown = Shown { base: "/".to_owned(), files, doctor, ..Shown::default() };
        assert!(matches!(shown.find("/"), Found::File(..)));
        assert_eq!(times.load(Ordering::Relaxed), 0);
        for _ in 0..2 {
            assert!(matches!(shown.find(&doctor::doctor_path()), Found::File(..)));
        }
        assert_eq!(times.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn everything_stands_below_the_base_path() {
        assert_eq!(at("/rejection/", "/rejection/"), "index.html");
        assert_eq!(at("/rejection/", "/rejection/feed.xml"), "feed.xml");
        assert_eq!(at("/rejection/", "/"), "-> /rejection/");
        assert_eq!(at("/rejection/", "/rejection"), "-> /rejection/");
        assert_eq!(at("/rejection/", "/feed.xml"), "nothing");
        assert_eq!(at("/rejection/", "/rejections"), "nothing");
    }

    #[test]
    fn what_came_went_or_is_different_has_changed() {
        let shown = |outputs: Vec<Output>, ahead: Vec<Output>| Shown {
            files: Some(files(outputs)),
            ahead: files(ahead),
            ..Shown::default()
        };
        let first = [output("same", "1"), output("other", "1"), output("gone", "1")];
        let before = shown(first.to_vec(), vec![]);
        let ahead = Shown { ahead: files(vec![output("other", "2")]), ..before.clone() };
        let after =
            shown(vec![output("same", "1"), output("other", "2"), output("new", "1")], vec![]);
        assert_eq!(changed(&before, &ahead), ["other"]);
        assert_eq!(changed(&ahead, &after), ["gone", "new"]);
        assert_eq!(changed(&before, &after), ["gone", "new", "other"]);
    }

    #[test]
    fn what_is_as_it_was_is_in_memory_once() {
        let before = files(vec![output("same", "1"), output("other", "1")]);
        let shelf = Shelf::new(Some(&before), &Pattern::default(), &[]);
        hand(vec![output("same", "1"), output("other", "2")], &shelf);
        let after = shelf.files();
        assert!(Arc::ptr_eq(&before["same"], &after["same"]));
        assert!(!Arc::ptr_eq(&before["other"], &after["other"]));
    }
}
