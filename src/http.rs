//! The site over HTTP, from memory, to this machine alone; addresses work as on GitHub Pages.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri};
use axum::serve::ListenerExt;
use percent_encoding::percent_decode_str;

use crate::outputs::Output;

/// How many ports are tried, from the one asked for.
const PORTS: u16 = 20;

/// The files of a site, by path.
#[derive(Debug)]
pub struct Site {
    /// With a slash at both ends: `/rejection/`.
    base: String,
    port: u16,
    files: HashMap<String, Bytes>,
}

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
enum Found<'a> {
    File(String, &'a Bytes),
    Elsewhere(String),
    Nothing,
}

impl Site {
    /// `base` is the path of the base URL, `port` the one that is listened on.
    pub fn new(base: String, port: u16, outputs: Vec<Output>) -> Self {
        let files = outputs.into_iter().map(|output| (output.path, output.bytes.into()));
        Self { base, port, files: files.collect() }
    }

    /// What stands at a path, as the request has it: encoded, without the query.
    fn find(&self, path: &str) -> Found<'_> {
        let Some(rest) = path.strip_prefix(self.base.as_str()) else {
            let entrance = path == "/" || self.base.strip_suffix('/') == Some(path);
            return if entrance { Found::Elsewhere(self.base.clone()) } else { Found::Nothing };
        };
        let Ok(name) = percent_decode_str(rest).decode_utf8() else { return Found::Nothing };
        let is_folder = name.is_empty() || name.ends_with('/');
        let name = if is_folder { format!("{name}index.html") } else { name.into_owned() };
        match self.files.get(&name) {
            Some(bytes) => Found::File(name, bytes),
            None if !is_folder && self.files.contains_key(&format!("{name}/index.html")) => {
                Found::Elsewhere(format!("{path}/"))
            }
            None => Found::Nothing,
        }
    }

    /// Whether the request was meant for us. A page of another site can have its own name lead to
    /// this machine and would read drafts; the name it must then send is not ours.
    fn is_host(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let Ok(host) = host.to_str() else { return false };
        let end = format!(":{}", self.port);
        // Browsers leave port 80 out.
        let name = host.strip_suffix(&end).or_else(|| (self.port == 80).then_some(host));
        let names = ["localhost", "127.0.0.1", "[::1]"];
        name.is_some_and(|name| names.iter().any(|one| one.eq_ignore_ascii_case(name)))
    }
}

/// The port asked for or the next free one; for 0, any.
pub fn listen(port: u16) -> io::Result<(TcpListener, u16)> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let taken = |bound: &io::Result<_>| {
        bound.as_ref().is_err_and(|error: &io::Error| error.kind() == io::ErrorKind::AddrInUse)
    };
    let mut bound = bind(port);
    for next in (port..=u16::MAX).skip(1).take(PORTS.into()) {
        if !taken(&bound) {
            break;
        }
        bound = bind(next);
    }
    let listener = bound?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

/// Answers until Ctrl-C.
pub fn serve(listener: TcpListener, site: Site) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let router = Router::new().fallback(answer).with_state(Arc::new(site));
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|connection| {
            // Small answers should not wait for each other.
            _ = connection.set_nodelay(true);
        });
        // Not awaited: a browser that keeps its connection would keep us from stopping.
        tokio::spawn(axum::serve(listener, router).into_future());
        tokio::signal::ctrl_c().await
    })
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response<Body> {
    respond(&site, request.method(), request.uri(), request.headers())
}

/// HEAD is answered as GET; the server leaves the body out.
fn respond(site: &Site, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response<Body> {
    if !site.is_host(headers) {
        let port = site.port;
        let words = format!("This server answers at http://127.0.0.1:{port}/ and no other name.\n");
        return text(StatusCode::FORBIDDEN, words);
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        let refused = text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
        return with(refused, ALLOW, "GET, HEAD");
    }
    match site.find(uri.path()) {
        Found::File(name, bytes) => page(StatusCode::OK, &name, bytes.clone()),
        Found::Elsewhere(path) => {
            let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
            let moved = text(StatusCode::TEMPORARY_REDIRECT, "");
            with(moved, LOCATION, &format!("{path}{query}"))
        }
        Found::Nothing => match site.files.get("404.html") {
            Some(bytes) => page(StatusCode::NOT_FOUND, "404.html", bytes.clone()),
            None => text(StatusCode::NOT_FOUND, "There is nothing here.\n"),
        },
    }
}

fn page(status: StatusCode, name: &str, bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The next build may have another page at the same address.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn text(status: StatusCode, text: impl Into<Bytes>) -> Response<Body> {
    page(status, "words.txt", text.into())
}

fn with(mut response: Response<Body>, name: HeaderName, value: &str) -> Response<Body> {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

fn content_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" | "xsl" => "application/xml; charset=utf-8",
        "txt" | "md" | "yml" | "yaml" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(base: &str) -> Site {
        let output = |path: &str| Output {
            path: path.to_owned(),
            bytes: path.as_bytes().to_vec(),
            origin: String::new(),
        };
        let paths =
            ["index.html", "reply/note/index.html", "tags/gr\u{fc}n/index.html", "feed.xml"];
        Site::new(base.to_owned(), 4000, paths.map(output).into())
    }

    fn at(base: &str, path: &str) -> String {
        match site(base).find(path) {
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
    fn everything_stands_below_the_base_path() {
        assert_eq!(at("/rejection/", "/rejection/"), "index.html");
        assert_eq!(at("/rejection/", "/rejection/feed.xml"), "feed.xml");
        assert_eq!(at("/rejection/", "/"), "-> /rejection/");
        assert_eq!(at("/rejection/", "/rejection"), "-> /rejection/");
        assert_eq!(at("/rejection/", "/feed.xml"), "nothing");
        assert_eq!(at("/rejection/", "/rejections"), "nothing");
    }

    #[test]
    fn only_this_machine_s_own_names_are_answered() {
        let is_host = |hosts: &[&'static str]| {
            let values = hosts.iter().map(|host| (HOST, HeaderValue::from_static(host)));
            let mut headers = HeaderMap::new();
            values.for_each(|(name, value)| _ = headers.append(name, value));
            site("/").is_host(&headers)
        };
        for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "LocalHost:4000"] {
            assert!(is_host(&[host]), "{host}");
        }
        for host in ["localhost", "localhost:80", "evil.example:4000", "localhost:4000.evil", ""] {
            assert!(!is_host(&[host]), "{host}");
        }
        assert!(!is_host(&[]));
        assert!(!is_host(&["localhost:4000", "evil.example"]));
    }
}
