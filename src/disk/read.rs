//! Everything the build reads, in memory and in a fixed order, whatever the disk's own order is.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::seen::{Seen, Stamp, Text};
use super::{Failure, listings, words};
use crate::Input;
use crate::config;
use crate::diagnostic::{Diagnostic, Place};
use crate::highlight;
use crate::outputs::cards::Known;
use crate::site::File;
use crate::source::Source;
use crate::theme::{layers, shipped};

/// Reads `content/` and the site's theme. What is wrong with single files is in the input's
/// diagnostics; only a folder that is no site at all is a failure.
pub fn read(root: &Path) -> Result<Input, Failure> {
    let mut input = read_with(root, None)?;
    input.listings = listings::read(root);
    Ok(input)
}

/// The same, once more: texts that were `seen`, and are the same by what the system says, are not read
/// again. What a build keeps for the next is for whoever builds again to keep.
pub fn read_again(root: &Path, seen: &mut Seen) -> Result<Input, Failure> {
    let is_first = seen.is_empty();
    let mut input = read_with(root, Some(seen))?;
    if is_first {
        input.listings = listings::read(root);
    }
    Ok(input)
}

/// Reads texts of an input again, where nothing but these has changed and each is a file as before;
/// false where the whole must be read.
pub fn renew(root: &Path, input: &mut Input, paths: &BTreeSet<String>, seen: &mut Seen) -> bool {
    let read = |path: &String| {
        let at = input.articles.binary_search_by(|source| source.path.cmp(path)).ok()?;
        let full = root.join(path);
        let is_file = full.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        let bytes = fs::read(&full).ok().filter(|_| is_file)?;
        match decode(path.clone(), &bytes) {
            (source, None) => Some((at, source)),
            (_, Some(_)) => None,
        }
    };
    if !input.diagnostics.is_empty() {
        return false;
    }
    let Some(texts) = paths.iter().map(read).collect::<Option<Vec<_>>>() else { return false };
    let text = |source: &Source| Text { source: source.clone(), problem: None, stamp: None };
    seen.add(texts.iter().map(|(_, source)| text(source)).collect());
    for (at, source) in texts {
        input.articles[at] = source;
    }
    true
}

fn read_with(root: &Path, seen: Option<&mut Seen>) -> Result<Input, Failure> {
    let mut found = Vec::new();
    let (path, bytes) = read_config(root)?;
    let (config_source, problems) = decode(path, &bytes);
    found.extend(problems);
    let (config, problems) = config::parse(&config_source);
    found.extend(problems);

    let mut content = walk(root, "content", |_| true, &mut found);
    content.retain(|path| path != config::PATH);
    let (articles, files): (Vec<_>, Vec<_>) =
        content.into_iter().partition(|path| is_markdown(path));
    let articles = texts(root, &articles, seen, &mut found);
    let files = load(root, files, &mut found);

    let theme = themes(root, config.theme_name(), &mut found);
    let (cards, listings) = (Known::new(), highlight::Known::new());
    Ok(Input { config, config_source, articles, files, theme, cards, listings, diagnostics: found })
}

/// The files of the theme with this name and of those in `themes/` that it stands on.
fn themes(root: &Path, name: &str, found: &mut Vec<Diagnostic>) -> Vec<File> {
    let mut names = vec![name.to_owned()];
    let mut files = Vec::new();
    while let Some(name) = names.last() {
        // The name is compared, never joined to a path: `theme: ../..` finds nothing.
        let ours = |entry: &DirEntry| entry.depth() != 1 || entry.file_name() == name.as_str();
        let own = load(root, walk(root, "themes", ours, found), found);
        let manifest = format!("themes/{name}/{}", layers::MANIFEST);
        let manifest = own.iter().find(|file| file.path == manifest);
        let below = match manifest {
            Some(file) => layers::extended(&file.bytes),
            None => Some(shipped::DEFAULT.to_owned()),
        };
        files.extend(own);
        match below.filter(|below| !names.contains(below)) {
            Some(below) => names.push(below),
            None => break,
        }
    }
    files.sort_by(|a: &File, b: &File| a.path.cmp(&b.path));
    files
}

fn read_config(root: &Path) -> Result<(String, Vec<u8>), Failure> {
    let path = root.join(config::PATH);
    if path.is_file() {
        let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
        return Ok((config::PATH.to_owned(), bytes));
    }
    let folder = match root.to_str() {
        _ if !root.is_dir() => return Err(Failure::no_root(root)),
        Some("." | "") => "this folder".to_owned(),
        _ => format!("the folder `{}`", root.display()),
    };
    Err(Failure::new(
        format!("{folder} has no `{}`", config::PATH),
        "run postrej-site in the folder that holds `content`, or name that folder with --root",
    ))
}

/// The paths of all files below `folder`, relative to the root, sorted by their bytes.
fn walk(
    root: &Path,
    folder: &str,
    wanted: impl Fn(&DirEntry) -> bool,
    found: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let start = root.join(folder);
    if start.symlink_metadata().is_err() {
        return Vec::new();
    }
    let entries = WalkDir::new(start).follow_links(false).follow_root_links(false).into_iter();
    let entries = entries.filter_entry(|one| {
        let leftover = is_leftover(&one.file_name().to_string_lossy());
        one.depth() == 0 || (!leftover && wanted(one))
    });
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => paths.extend(check(root, &entry, found)),
            Err(error) => {
                let path = relative(root, error.path().unwrap_or(root)).unwrap_or_else(|path| path);
                let reason = error.into_io_error().as_ref().map_or_else(String::new, words);
                found.push(unreadable(path, &reason));
            }
        }
    }
    paths.sort_unstable();
    paths
}

fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "md")
}

/// Whether the system or an editor left it behind, by its name: hidden files, backups, swap files.
pub fn is_leftover(name: &str) -> bool {
    let ends = ["~", ".swp", ".tmp"].iter().any(|end| name.ends_with(end));
    let autosave = name.starts_with('#') && name.ends_with('#');
    let system = ["Thumbs.db", "desktop.ini"].iter().any(|one| name.eq_ignore_ascii_case(one));
    name.starts_with('.') || ends || autosave || system
}

/// The path of a plain file with a name that can be an address; anything else is reported.
fn check(root: &Path, entry: &DirEntry, found: &mut Vec<Diagnostic>) -> Option<String> {
    let problem = match relative(root, entry.path()) {
        Ok(path) if entry.file_type().is_file() => return Some(path),
        Ok(path) if entry.path_is_symlink() => {
            // A link may lead out of the folder, and what it shows would be published.
            let message = format!("`{path}` is a symbolic link, and links are not followed");
            Diagnostic::error("symlink", Place::file(path), message)
                .hint("put the file or folder itself there")
        }
        Ok(path) => unreadable(path, "it is neither a file nor a folder"),
        Err(path) => {
            let message = format!("the name `{path}` holds bytes that are no letters");
            Diagnostic::error("file-name", Place::file(path), message)
                .hint("give the file a name of letters, digits and hyphens")
        }
    };
    found.push(problem);
    None
}

/// Relative to the root, with forward slashes; `Err` holds what can be shown of another encoding.
fn relative(root: &Path, path: &Path) -> Result<String, String> {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts = path.iter().map(OsStr::to_str).collect::<Option<Vec<_>>>();
    parts.map(|parts| parts.join("/")).ok_or_else(|| path.to_string_lossy().into_owned())
}

/// The files in the order of their paths, read in parallel; one that cannot be read is reported.
fn load(root: &Path, paths: Vec<String>, found: &mut Vec<Diagnostic>) -> Vec<File> {
    let bytes: Vec<_> = paths.par_iter().map(|path| fs::read(root.join(path))).collect();
    let files = paths.into_iter().zip(bytes).filter_map(|(path, bytes)| match bytes {
        Ok(bytes) => Some(File { path, bytes: bytes.into() }),
        Err(error) => {
            found.push(unreadable(path, &words(&error)));
            None
        }
    });
    files.collect()
}

/// The texts in the order of their paths; one that cannot be read is reported.
fn texts(
    root: &Path,
    paths: &[String],
    seen: Option<&mut Seen>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Source> {
    let before = seen.as_deref();
    let read: Vec<_> = paths
        .par_iter()
        .map_init(Vec::new, |bytes, path| {
            let full = root.join(path);
            let stamp = before.and_then(|_| Stamp::of(&full));
            if let Some(text) = before.and_then(|seen| seen.text(path, stamp)) {
                return (Some(text.source.clone()), text.problem.clone(), None);
            }
            bytes.clear();
            if let Err(error) = fs::File::open(&full).and_then(|mut file| file.read_to_end(bytes)) {
                return (None, Some(unreadable(path.clone(), &words(&error))), None);
            }
            let (source, problem) = decode(path.clone(), bytes);
            let anew = before.map(|_| (source.clone(), problem.clone(), stamp));
            let anew = anew.map(|(source, problem, stamp)| Text { source, problem, stamp });
            (Some(source), problem, anew)
        })
        .collect();
    let (mut texts, mut anew) = (Vec::with_capacity(read.len()), Vec::new());
    for (source, problem, text) in read {
        texts.extend(source);
        found.extend(problem);
        anew.extend(text);
    }
    if let Some(seen) = seen {
        seen.keep(paths, anew);
    }
    texts
}

fn unreadable(path: String, reason: &str) -> Diagnostic {
    let message = format!("`{path}` cannot be read: {reason}");
    Diagnostic::error("unreadable", Place::file(path), message)
        .hint("look at who may open it, or put a new copy in its place")
}

/// The text of a file. One in another encoding is reported and read as well as can be, so that its
/// other mistakes are found in the same run.
fn decode(path: String, bytes: &[u8]) -> (Source, Option<Diagnostic>) {
    let at = match std::str::from_utf8(bytes) {
        Ok(text) => return (Source::new(path, text), None),
        Err(error) => error.valid_up_to(),
    };
    let hint = "save the file as UTF-8: look for `Encoding` in your editor's `Save as`";
    if let Some(text) = from_utf16(bytes) {
        let message = "the file is saved as UTF-16, not as UTF-8";
        let problem = Diagnostic::error("not-utf8", Place::file(&path), message).hint(hint);
        return (Source::new(path, text), Some(problem));
    }
    let text = String::from_utf8_lossy(bytes);
    let whole = text.len();
    let source = Source::new(path, text);
    // Up to `at` the text is the file's bytes, less the byte order mark that a source drops.
    let start = at.saturating_sub(whole - source.text.len());
    let place = Place::at(&source.path, start..start + char::REPLACEMENT_CHARACTER.len_utf8());
    let (line, byte) =
        (source.position(start).line, bytes.get(at).copied().map_or_else(String::new, name));
    let message = format!("the file is not saved as UTF-8: line {line} holds the byte {byte}");
    (source, Some(Diagnostic::error("not-utf8", place, message).hint(hint)))
}

/// A byte with the letter that it was, most likely, meant to be.
fn name(byte: u8) -> String {
    match byte {
        0xA1.. => format!("0x{byte:02X} (`{}` in older encodings)", char::from(byte)),
        _ => format!("0x{byte:02X}"),
    }
}

/// The text behind a UTF-16 byte order mark, as some Windows programs save it.
fn from_utf16(bytes: &[u8]) -> Option<String> {
    let unit = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}
