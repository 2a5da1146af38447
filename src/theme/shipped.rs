//! The themes inside the binary.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_embed::RustEmbed;

use super::ThemeFile;

/// The name of the theme that others stand on.
pub const DEFAULT: &str = "default";

/// All of them, in the order in which they are named.
pub const NAMES: [&str; 2] = [DEFAULT, "plain"];

#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Default;

#[derive(RustEmbed)]
#[folder = "themes/plain"]
struct Plain;

/// The files of a shipped theme by their path in it; `None` where no theme has the name.
pub fn files(name: &str) -> Option<BTreeMap<String, ThemeFile>> {
    match name {
        DEFAULT => Some(all::<Default>(name)),
        "plain" => Some(all::<Plain>(name)),
        _ => None,
    }
}

/// The bytes of one file of a shipped theme.
pub fn file(name: &str, path: &str) -> Option<Cow<'static, [u8]>> {
    let file = match name {
        DEFAULT => Default::get(path),
        "plain" => Plain::get(path),
        _ => None,
    };
    Some(file?.data)
}

fn all<T: RustEmbed>(name: &str) -> BTreeMap<String, ThemeFile> {
    let paths = T::iter();
    let files = paths.filter_map(|path| {
        let bytes = T::get(&path)?.data.into_owned();
        let shown = format!("themes/{name}/{path}");
        Some((path.into_owned(), ThemeFile { bytes, shown, own: false }))
    });
    files.collect()
}
