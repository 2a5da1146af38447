//! `sw.js`: the service worker that shows the site without a network, or the one that removes it.
//!
//! The file is always there. A worker that a browser once installed asks for it on every visit; if
//! `offline` was switched off it must find the one that ends it. What the worker does and why it can
//! never keep an old site is told in `components/offline/README.md`.

use serde_json::json;
use xxhash_rust::xxh3::Xxh3;

use super::{Made, Output, cms};
use crate::site::Site;
use crate::site::urls::encode;
use crate::theme::Theme;

/// Where the worker stands.
pub const PATH: &str = "sw.js";

/// Where the page for what is not kept stands.
pub const FALLBACK: &str = "offline.html";

/// The worker for these outputs, which are all others of the build.
pub fn make(site: &Site<'_>, theme: &Theme, outputs: &[Made]) -> Option<Output> {
    let name = if site.config.offline { "worker" } else { "retire" };
    let source = theme.files.get(&format!("components/offline/{name}.js"))?;
    let mut bytes = Vec::new();
    if site.config.offline {
        let apart = site.config.cms.as_ref().map(|_| cms::FOLDER);
        bytes
            .extend_from_slice(format!("const BUILD = {};\n", contents(outputs, apart)).as_bytes());
    }
    bytes.extend_from_slice(&source.bytes);
    Some(Output { path: PATH.to_owned(), bytes, origin: source.shown.clone() })
}

/// What is kept from the start, and a hash of it that names the build.
fn contents(outputs: &[Made], apart: Option<&str>) -> serde_json::Value {
    let is_asset = |path: &str| {
        let kind = path.rsplit('.').next().unwrap_or_default();
        path.starts_with("assets/") && ["css", "js"].contains(&kind)
    };
    let is_page = |path: &str| ["templates/index.html", FALLBACK, "favicon.svg"].contains(&path);
    let mut version = Xxh3::new();
    let mut kept = |wanted: &dyn Fn(&str) -> bool| -> Vec<String> {
        let mut found: Vec<&Made> = outputs.iter().filter(|one| wanted(&one.path)).collect();
        found.sort_by(|a, b| a.path.cmp(&b.path));
        for one in &found {
            version.update(one.path.as_bytes());
            version.update(&one.hash.to_le_bytes());
        }
        found.iter().map(|one| encode(one.path.trim_end_matches("index.html"))).collect()
    };
    let (pages, assets) = (kept(&is_page), kept(&is_asset));
    json!({
        "version": format!("{:016x}", version.digest()),
        "pages": pages,
        "assets": assets,
        "fallback": FALLBACK,
        "apart": apart,
    })
}
