//! Every address of the site comes from here, under any base path.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// The site's address, split where paths begin.
#[derive(Debug, Clone, Default)]
pub struct Urls {
    /// `https://example.org`, without a slash at its end.
    origin: String,
    /// `/rejection/`, with a slash at both ends.
    base_path: String,
}

/// What must be escaped in a path (RFC 3986, section 3.3), quotes included for attributes.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'\'');

impl Urls {
    /// From a base URL in its normal form, with a slash at its end.
    pub fn new(base_url: &str) -> Self {
        let path = base_path(base_url);
        let origin = base_url.strip_suffix(&path).unwrap_or(base_url);
        Self { origin: origin.to_owned(), base_path: path }
    }

    /// The base path: `/` or `/some-repo/`.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The address on this host of a path in the site, which has no leading slash:
    /// `reply/note/` becomes `/rejection/reply/note/`.
    pub fn path(&self, site_path: &str) -> String {
        self.behind("", site_path)
    }

    /// The full address of a path in the site.
    pub fn absolute(&self, site_path: &str) -> String {
        self.behind(&self.origin, site_path)
    }

    fn behind(&self, origin: &str, site_path: &str) -> String {
        let length = origin.len() + self.base_path.len() + site_path.len();
        let mut url = String::with_capacity(length);
        url.push_str(origin);
        url.push_str(&self.base_path);
        url.extend(utf8_percent_encode(site_path, ESCAPED));
        url
    }

    /// The full address of what the page at `page` (a path in the site) calls `address`: a fragment,
    /// a path on this host or from the page, or an address that is full already.
    pub fn full(&self, page: &str, address: &str) -> String {
        let scheme = address.split_once(':').is_some_and(|(scheme, _)| {
            scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        });
        if scheme || address.starts_with("//") {
            return address.to_owned();
        }
        if address.starts_with('/') {
            return format!("{}{address}", self.origin);
        }
        if address.starts_with(['#', '?']) {
            return format!("{}{address}", self.absolute(page));
        }
        let (path, tail) =
            address.find(['#', '?']).map_or((address, ""), |at| address.split_at(at));
        let path = relative(page, path);
        format!("{}{}{path}{tail}", self.origin, self.base_path)
    }

    /// The path in the site of an address on this host, without base path, query and fragment;
    /// `None` where it lies outside the base path.
    pub fn site_path(&self, address: &str) -> Option<String> {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let path =
            path.strip_prefix(&self.origin).filter(|rest| rest.starts_with('/')).unwrap_or(path);
        path.strip_prefix(&self.base_path).map(|path| decode(path).into_owned())
    }
}

/// The path of a base URL, with a slash at both ends: `https://example.org/rejection/` gives
/// `/rejection/`.
pub fn base_path(base_url: &str) -> String {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    if path.ends_with('/') { path.to_owned() } else { format!("{path}/") }
}

/// The file that `target` names, seen from the file `from`. Above the top there is only the top, as
/// in a browser.
pub fn join(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut path = String::with_capacity(from.len() + target.len());
    path.push_str(folder);
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => path.truncate(path.rfind('/').unwrap_or_default()),
            part => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    path
}

/// A relative address without query and fragment, seen from the page or file `from`, as a path in the
/// site: a folder's ends with a slash.
pub fn relative(from: &str, address: &str) -> String {
    let joined = join(from, address);
    let folder = address == "." || ["/", "/.", ".."].iter().any(|end| address.ends_with(end));
    if folder && !joined.is_empty() { format!("{joined}/") } else { joined }
}

/// A path with what an address cannot hold escaped.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, ESCAPED).to_string()
}

/// A path as an address that may stand between round brackets: all but the plainest letters escaped.
pub fn encode_all(path: &str) -> String {
    const PLAIN: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'#');
    utf8_percent_encode(path, PLAIN).to_string()
}

/// A path as a file name, escapes undone.
pub fn decode(path: &str) -> Cow<'_, str> {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_under_the_base_path() {
        let urls = Urls::new("https://example.org/rejection/");
        assert_eq!(urls.path("reply/note/"), "/rejection/reply/note/");
        assert_eq!(urls.absolute("reply/note/"), "https://example.org/rejection/reply/note/");
        assert_eq!(urls.path("بعد/"), "/rejection/%D8%A8%D8%B9%D8%AF/");
        assert_eq!(urls.site_path("/rejection/a%20b/?q#x").as_deref(), Some("a b/"));
        assert_eq!(urls.site_path("https://example.org/rejection/a/").as_deref(), Some("a/"));
        assert_eq!(urls.site_path("/elsewhere/"), None);
        assert_eq!(Urls::new("https://example.org/").path("a/"), "/a/");
        assert_eq!(Urls::new("http://127.0.0.1:4000/").absolute(""), "http://127.0.0.1:4000/");
    }

    #[test]
    fn addresses_of_a_page_are_made_full() {
        let urls = Urls::new("https://example.org/rejection/");
        let full = |address: &str| urls.full("reply/note/", address);
        assert_eq!(full("#top"), "https://example.org/rejection/reply/note/#top");
        assert_eq!(full("/rejection/a/#b"), "https://example.org/rejection/a/#b");
        assert_eq!(full("../thanks/?x#y"), "https://example.org/rejection/reply/thanks/?x#y");
        assert_eq!(full("a.png"), "https://example.org/rejection/reply/note/a.png");
        assert_eq!(full("../../"), "https://example.org/rejection/");
        assert_eq!(full("https://example.com/"), "https://example.com/");
        assert_eq!(full("mailto:a@example.org"), "mailto:a@example.org");
    }
}
