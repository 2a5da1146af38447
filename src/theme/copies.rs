//! Copies of styles and scripts: their first line says which state of which file they were made from,
//! so that whoever looks after the theme hears when that file has changed.

use xxhash_rust::xxh3::xxh3_64;

use super::layers::Layers;
use super::overrides::{EJECTED, base, origin};
use super::{Files, ThemeFile};
use crate::diagnostic::{Diagnostic, Place};

const OPEN: &str = "/* ";
const CLOSE: &str = " */\n";

/// The first line of a copy: `/* ejected from default 0.1.0, styles/tokens.css, as 1a2b3c4d */`. Empty
/// for what is neither a style nor a script.
pub fn header(path: &str, file: &ThemeFile) -> String {
    if !is_told(path) {
        return String::new();
    }
    let (theme, version) = (origin(&file.shown), env!("CARGO_PKG_VERSION"));
    format!("{OPEN}{EJECTED}{theme} {version}, {path}, as {}{CLOSE}", state(&file.bytes))
}

/// Copies whose original is another by now.
pub(super) fn check(layers: &Layers, files: &Files) -> Vec<Diagnostic> {
    let own = files.iter().filter(|(path, file)| file.own && is_told(path));
    let old = own.filter_map(|(path, file)| {
        let (line, then) = made_from(&file.bytes)?;
        let below = base(layers, path)?;
        let now = state(&below.bytes);
        let place = Place::at(&file.shown, 0..line.len());
        let message =
            format!("`{}` has changed since this copy of it was made", shown(&below, path));
        let hint = format!(
            "move this file away, run `postrej-site theme eject {path}` and bring over what you \
             changed; or leave it as it is and write `as {now}` in this line"
        );
        (then != now).then(|| Diagnostic::warning("old-copy", place, message).hint(hint))
    });
    old.collect()
}

fn is_told(path: &str) -> bool {
    [".css", ".js"].iter().any(|end| path.ends_with(end))
}

/// The first line of a copy, and the state that it names.
fn made_from(bytes: &[u8]) -> Option<(&str, &str)> {
    let line = bytes.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?.trim_end();
    let inside = line.strip_prefix(OPEN)?.strip_prefix(EJECTED)?.strip_suffix(CLOSE.trim_end())?;
    Some((line, inside.rsplit_once(", as ")?.1.trim()))
}

/// A name for what a file holds, whatever its ends of lines.
fn state(bytes: &[u8]) -> String {
    let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'\r').collect();
    let whole = format!("{:016x}", xxh3_64(&plain));
    whole[..8].to_owned()
}

/// `default/styles/tokens.css`.
fn shown(file: &ThemeFile, path: &str) -> String {
    format!("{}/{path}", origin(&file.shown))
}
