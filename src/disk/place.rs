//! Whether a folder may be written to at all, decided before anything in it is touched.

use std::path::{Component, Path, PathBuf};
use std::{env, io};

use super::Failure;

/// What the author wrote lives here; no output may.
const SOURCES: [&str; 2] = ["content", "themes"];

/// Refuses an output folder that is a link or a file, holds the site's own files, or lies among
/// them. It need not exist yet.
pub fn check(root: &Path, folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    let io = |error: io::Error| Failure::io("find the output folder", folder, &error);
    if !root.is_dir() {
        return Err(Failure::no_root(root));
    }
    // Without a slash at its end, which would look through a link.
    let folder: PathBuf = folder.components().collect();
    if folder.is_symlink() {
        let message = format!("the output folder `{shown}` is a symbolic link");
        return Err(Failure::new(message, "name the folder that it leads to, or remove the link"));
    }
    let (target, root) = (resolve(&folder).map_err(io)?, resolve(root).map_err(io)?);
    if target.exists() && !target.is_dir() {
        let message = format!("the output folder `{shown}` is a file");
        return Err(Failure::new(message, "name another folder with --output-dir"));
    }
    let hint = "name a folder of its own, such as `--output-dir public`";
    if root.starts_with(&target) {
        let message = format!("the output folder `{shown}` holds the site's own files");
        return Err(Failure::new(message, hint));
    }
    for name in SOURCES {
        let source = resolve(&root.join(name)).map_err(io)?;
        let relation = match (target.starts_with(&source), source.starts_with(&target)) {
            (true, _) => "is part of",
            (_, true) => "holds",
            _ => continue,
        };
        let message = format!("the output folder `{shown}` {relation} `{name}`");
        return Err(Failure::new(message, hint));
    }
    Ok(())
}

/// The path without links and `..`, as far as it exists; the rest as it is written.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for component in env::current_dir()?.join(path).components() {
        match component {
            Component::ParentDir => _ = real.pop(),
            Component::Normal(name) => {
                real.push(name);
                real = real.canonicalize().unwrap_or(real);
            }
            other => real.push(other),
        }
    }
    Ok(real)
}
