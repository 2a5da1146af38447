//! What `serve` adds to the pages it shows: one script element, and the files behind it.
//!
//! They stand outside every base path, at [`FOLDER`], and no output has a name that begins with a
//! dot. The pages' Content-Security-Policy stays as it is published: what they load from here is of
//! their own origin.

use axum::body::Bytes;

/// Where the files stand.
pub(super) const FOLDER: &str = "/.postrej-site/";

/// The page for every address, as long as no build had no error.
pub(super) const WAITING: &str = include_str!("client/waiting.html");

const FILES: [(&str, &str); 7] = [
    ("client.js", include_str!("client/client.js")),
    ("patch.js", include_str!("client/patch.js")),
    ("place.js", include_str!("client/place.js")),
    ("overlay.js", include_str!("client/overlay.js")),
    ("overlay.css", include_str!("client/overlay.css")),
    ("doctor.css", include_str!("client/doctor.css")),
    ("waiting.css", include_str!("client/waiting.css")),
];

/// A file by its name.
pub(super) fn file(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(own, _)| *own == name).map(|(_, text)| *text)
}

/// A page with our script in its head, or behind all else where it has none.
pub(super) fn with_script(page: &[u8], version: &str) -> Bytes {
    let script = format!(
        "<script type=\"module\" src=\"{FOLDER}client.js\" data-version=\"{version}\"></script>\n"
    );
    let end = b"</head>";
    let at = page.windows(end.len()).position(|part| part.eq_ignore_ascii_case(end));
    let (head, rest) = page.split_at(at.unwrap_or(page.len()));
    [head, script.as_bytes(), rest].concat().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_the_last_of_the_head() {
        let script = "<script type=\"module\" src=\"/.postrej-site/client.js\" data-version=\"7\"></script>\n";
        let whole =
            |page: &str| String::from_utf8_lossy(&with_script(page.as_bytes(), "7")).into_owned();
        assert_eq!(whole("<head>a</HEAD>b</head>"), format!("<head>a{script}</HEAD>b</head>"));
        assert_eq!(whole("a"), format!("a{script}"));
    }
}
