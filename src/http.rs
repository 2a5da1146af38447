//! The site over HTTP, from memory; addresses work as on GitHub Pages.
//!
//! Pages are what `build` writes, to the byte, and one script element more (see `client`): it hears
//! of each build (see `events`) and brings the open page up to date. The browser editor goes without
//! it: what somebody is writing there must not be loaded again.

mod asked;
mod client;
mod doctor;
mod events;
mod hosts;
mod packed;
mod shown;

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode};
use axum::response::IntoResponse;
use tokio::sync::watch;

pub use asked::Asked;
use client::{FOLDER, WAITING, with_script};
pub use doctor::{doctor, doctor_path};
pub use hosts::{Hosts, listen};
pub use packed::{File, Pattern};
pub use shown::{Excerpt, Files, Late, Problem, Problems, Shelf, Shown, changed};

use hosts::{Door, Ends};
use shown::Found;

use crate::outputs::cms;

/// Takes what each build leaves to show; open pages hear of it.
pub type Sender = watch::Sender<Arc<Shown>>;

/// What the answers are made from.
struct Server {
    shown: watch::Receiver<Arc<Shown>>,
    asked: Arc<Asked>,
    hosts: Hosts,
    /// See [`events`]; only browsers on this machine are told.
    editor: Arc<str>,
}

/// Answers until Ctrl-C, and notes what was asked for. `editor` is the address that opens a file in an
/// editor, with `{file}`, `{line}` and `{column}` in it.
pub fn serve(
    listener: TcpListener,
    hosts: Hosts,
    shown: &Sender,
    asked: Arc<Asked>,
    editor: &str,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let server = Server { shown: shown.subscribe(), asked, hosts, editor: editor.into() };
    let router = Router::new().fallback(answer).with_state(Arc::new(server));
    runtime.block_on(async {
        let door = Door(tokio::net::TcpListener::from_std(listener)?);
        let service = router.into_make_service_with_connect_info::<Ends>();
        // Not awaited: a browser that keeps its connection would keep us from stopping.
        tokio::spawn(axum::serve(door, service).into_future());
        tokio::signal::ctrl_c().await
    })
}

/// HEAD is answered as GET; the server leaves the body out.
async fn answer(
    State(server): State<Arc<Server>>,
    ConnectInfo(ends): ConnectInfo<Ends>,
    request: Request,
) -> Response<Body> {
    if !server.hosts.answers(request.headers(), ends) {
        let words = format!("This server answers at {}/ and no other name.\n", server.hosts.here());
        return text(StatusCode::FORBIDDEN, words);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let refused = text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
        return with(refused, ALLOW, "GET, HEAD");
    }
    let (path, query) = (request.uri().path(), request.uri().query());
    match path.strip_prefix(FOLDER) {
        Some("events") if request.method() == Method::GET => {
            let editor = ends.other.is_loopback().then(|| Arc::clone(&server.editor));
            events::events(server.shown.clone(), query.unwrap_or_default(), editor).into_response()
        }
        Some(doctor::NAME) if !ends.other.is_loopback() => {
            text(StatusCode::FORBIDDEN, "This page is for a browser on the machine that serves.\n")
        }
        Some(name) if name != doctor::NAME => match client::file(name) {
            Some(text) => file(StatusCode::OK, name, text),
            None => text(StatusCode::NOT_FOUND, "There is nothing here.\n"),
        },
        _ => {
            let shown = Arc::clone(&server.shown.borrow());
            shown::ready(&shown, path).await;
            if let Found::File(name, _) = shown.find(path) {
                server.asked.note(&name);
            }
            respond(&shown, path, query)
        }
    }
}

fn respond(shown: &Shown, path: &str, query: Option<&str>) -> Response<Body> {
    if shown.files.is_none() {
        return page(StatusCode::SERVICE_UNAVAILABLE, WAITING.as_bytes(), events::NOT_YET);
    }
    match shown.find(path) {
        Found::File(name, found)
            if content_type(&name).starts_with("text/html")
                && !cms::is_editor(&name, |path| shown.file(path).is_some()) =>
        {
            page(StatusCode::OK, &found.bytes(), &found.version)
        }
        Found::File(name, found) => file(StatusCode::OK, &name, found.bytes()),
        Found::Elsewhere(path) => {
            let query = query.map_or_else(String::new, |query| format!("?{query}"));
            let moved = text(StatusCode::TEMPORARY_REDIRECT, "");
            with(moved, LOCATION, &format!("{path}{query}"))
        }
        Found::Nothing => match shown.file("404.html") {
            Some(found) => page(StatusCode::NOT_FOUND, &found.bytes(), events::NONE),
            None => text(StatusCode::NOT_FOUND, "There is nothing here.\n"),
        },
    }
}

fn page(status: StatusCode, bytes: &[u8], version: &str) -> Response<Body> {
    file(status, "page.html", with_script(bytes, version))
}

fn file(status: StatusCode, name: &str, bytes: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The next build may have another page at the same address.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn text(status: StatusCode, text: impl Into<Bytes>) -> Response<Body> {
    file(status, "words.txt", text)
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
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    /// What a browser at an address gets from a server that answers other devices, too.
    fn status(other: Ipv4Addr, path: &str) -> io::Result<StatusCode> {
        let (_listener, hosts) = listen(Some("0.0.0.0"), 0)?;
        let own = Ipv4Addr::new(192, 168, 1, 20);
        let name = format!("{own}:{}", hosts.port());
        let page = || Some(File::new(&[], String::new()));
        let (files, doctor) = (Some(Arc::default()), Some(Arc::new(Late::new(page))));
        let shown = Shown { base: "/".to_owned(), files, doctor, ..Shown::default() };
        let sender = Sender::new(Arc::new(shown));
        let server =
            Server { shown: sender.subscribe(), asked: Arc::default(), hosts, editor: "".into() };
        let request = Request::builder().uri(path).header("host", name).body(Body::empty());
        let request = request.map_err(io::Error::other)?;
        let ends = Ends { own: Some(IpAddr::V4(own)), other: IpAddr::V4(other) };
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let answer = answer(State(Arc::new(server)), ConnectInfo(ends), request);
        Ok(runtime.block_on(answer).status())
    }

    #[test]
    fn other_devices_are_not_told_of_drafts_and_files() -> io::Result<()> {
        let (phone, here) = (Ipv4Addr::new(192, 168, 1, 30), Ipv4Addr::LOCALHOST);
        let page = doctor_path();
        assert_eq!(status(here, &page)?, StatusCode::OK);
        for path in [page.clone(), format!("{page}?a=b")] {
            assert_eq!(status(phone, &path)?, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(status(phone, "/.postrej-site/doctor.css")?, StatusCode::OK);
        assert_eq!(status(phone, "/")?, StatusCode::NOT_FOUND);
        Ok(())
    }
}
