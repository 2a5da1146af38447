//! Takes the two faces of the social cards out of the crate that carries them. Named as a plain
//! dependency it would put all of its seventeen faces, 6 MB, into the binary.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// The name that a face gives itself, and the file that `src/outputs/cards/face.rs` includes.
const FACES: [(&str, &str); 2] =
    [("LibertinusSerif-Regular", "regular.otf"), ("LibertinusSerif-Semibold", "semibold.otf")];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
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
