//! The texts that fuzzing begins with, and those that it found: nothing may break at one of them.

use std::fs;
use std::path::Path;

use crate::memory::made;
use crate::targets;

/// What is done with a text.
type Target = fn(&[u8]);

/// The targets of `fuzz/`, by the folder of their texts.
const TARGETS: [(&str, Target); 5] = [
    ("front_matter", targets::front_matter),
    ("import", targets::import),
    ("markdown", targets::markdown),
    ("settings", targets::settings),
    ("theme", targets::theme),
];

#[test]
fn the_site_around_what_is_tried_has_no_mistake() {
    made(&targets::around());
}

#[test]
fn every_text_of_the_corpus_ends_with_a_site_or_a_report() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in TARGETS {
        let files = walkdir::WalkDir::new(corpus.join(name)).sort_by_file_name().into_iter();
        let files = files.map(|entry| entry.expect("an entry")).filter(|e| e.file_type().is_file());
        let mut count = 0;
        for file in files {
            // the last line is the text at which it broke
            println!("{}", file.path().display());
            target(&fs::read(file.path()).expect("a text"));
            count += 1;
        }
        assert!(count > 0, "{name} has no texts");
    }
}
