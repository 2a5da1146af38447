//! What an open page is told, as server-sent events: after each build, and first of all how things
//! stand. A page that was away, asleep or loaded between two builds learns all it needs with that.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use tokio::sync::watch::Receiver;

use super::shown::{self, Found, Problems, Shown};

/// The version of an address that leads to no file.
pub(super) const NONE: &str = "none";

/// The version of every address before there is a file.
pub(super) const NOT_YET: &str = "not-yet";

/// The event's data; `client/client.js` reads it.
#[derive(Serialize)]
struct Told<'a> {
    /// The version of the page that asks.
    page: &'a str,
    /// The version of each file that is another since the last event, by its path in the site.
    changed: BTreeMap<&'a str, &'a str>,
    problems: &'a Problems,
    /// How an editor is opened: an address with `{file}`, `{line}` and `{column}`; null for
    /// browsers that run elsewhere.
    editor: Option<&'a str>,
}

struct Listener {
    path: String,
    editor: Option<Arc<str>>,
    receiver: Receiver<Arc<Shown>>,
    seen: Option<Arc<Shown>>,
}

/// The events for the page whose path, encoded, is in the query: `path=%2Frejection%2F`.
pub(super) fn events(
    receiver: Receiver<Arc<Shown>>,
    query: &str,
    editor: Option<Arc<str>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let path = query.strip_prefix("path=").unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let listener = Listener { path, editor, receiver, seen: None };
    Sse::new(stream::unfold(listener, next)).keep_alive(KeepAlive::new())
}

async fn next(mut listener: Listener) -> Option<(Result<Event, Infallible>, Listener)> {
    if listener.seen.is_some() {
        listener.receiver.changed().await.ok()?;
    }
    let shown = Arc::clone(&listener.receiver.borrow_and_update());
    shown::ready(&shown, &listener.path).await;
    let told = Told {
        page: version(&shown, &listener.path),
        changed: changed(listener.seen.as_deref(), &shown),
        problems: &shown.problems,
        editor: listener.editor.as_deref(),
    };
    let data = serde_json::to_string(&told).unwrap_or_default();
    listener.seen = Some(shown);
    Some((Ok(Event::default().event("built").data(data)), listener))
}

/// A name for the state of what stands at a path.
fn version<'a>(shown: &'a Shown, path: &str) -> &'a str {
    match shown.find(path) {
        _ if shown.files.is_none() => NOT_YET,
        Found::File(_, file) => &file.version,
        Found::Elsewhere(_) | Found::Nothing => NONE,
    }
}

fn changed<'a>(seen: Option<&'a Shown>, shown: &'a Shown) -> BTreeMap<&'a str, &'a str> {
    let Some(before) = seen.filter(|seen| seen.files.is_some()) else { return BTreeMap::new() };
    let version = |path| shown.file(path).map_or(NONE, |file| file.version.as_str());
    shown::changed(before, shown).into_iter().map(|path| (path, version(path))).collect()
}
