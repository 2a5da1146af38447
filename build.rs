//! Names the state of the program's sources, so that what one version made is not taken for what another
//! would make.
//!
//! Takes the two faces of the social cards out of the crate that carries them. Named as a plain
//! dependency it would put all of its seventeen faces, 6 MB, into the binary.

use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The name that a face gives itself, and the file that `src/outputs/cards/face.rs` includes.
const FACES: [(&str, &str); 2] =
    [("LibertinusSerif-Regular", "regular.otf"), ("LibertinusSerif-Semibold", "semibold.otf")];

/// What decides about the program.
const SOURCES: [&str; 5] = ["build.rs", "Cargo.lock", "src", "starter", "themes"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rustc-env=POSTREJ_SITE_SOURCES={:016x}", sources()?);
    let folder = env::var("OUT_DIR")?;
    for (name, file) in FACES {
        // a name may begin a longer one; the plain face comes first
        let mut faces = typst_assets::fonts();
        let face = faces.find(|face| face.windows(name.len()).any(|at| at == name.as_bytes()));
        let face = face.ok_or_else(|| format!("typst-assets no longer holds {name}"))?;
        fs::write(Path::new(&folder).join(file), face)?;
    }
    Ok(())
}

/// A hash of all sources, by their paths.
fn sources() -> Result<u64, Box<dyn Error>> {
    let mut hasher = DefaultHasher::new();
    let mut waiting: Vec<PathBuf> = SOURCES.map(PathBuf::from).into();
    for path in &waiting {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path)?.collect::<Result<Vec<_>, _>>()?;
            let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
            paths.sort_unstable();
            waiting.extend(paths);
        } else if path.is_file() {
            path.hash(&mut hasher);
            fs::read(&path)?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}
