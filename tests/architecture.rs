//! The shape of the code: imports point downward, I/O lives in the edges, files stay small.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// From the bottom to the top, as `src/lib.rs` names them in its comments.
const GROUPS: [&str; 5] = ["foundation", "parsing", "site", "output", "edges"];

const LONGEST: usize = 400;

/// Every file below a folder, by its path in the repository.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = WalkDir::new(root.join(folder)).sort_by_file_name().into_iter();
    let files = entries.map(|entry| entry.expect("a file")).filter(|e| e.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(root).expect("a path below");
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            (path.to_string_lossy().replace('\\', "/"), text)
        })
        .collect()
}

/// The modules of `src/lib.rs`, each with the number of its group.
fn modules() -> BTreeMap<String, usize> {
    let (_, lib) = files("src/lib.rs").remove(0);
    let mut group = None;
    let mut modules = BTreeMap::new();
    for line in lib.lines() {
        let comment = line
            .strip_prefix("// ")
            .and_then(|name| GROUPS.iter().position(|group| *group == name));
        group = comment.or(group);
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            modules.insert(name.to_owned(), group.expect("a group above every module"));
        }
    }
    modules
}

/// The module that a file of `src/` belongs to: `site` for `src/site/related.rs`.
fn module(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
}

/// A file's code without comments and without its tests.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// What a file names behind `crate::`, braces opened: `crate::{a::B, c}` names `a` and `c`.
fn names_of_the_crate(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (_, rest) in code.match_indices("crate::").map(|(at, word)| (at, &code[at + word.len()..]))
    {
        let Some(group) = rest.strip_prefix('{') else {
            names.push(word(rest));
            continue;
        };
        let mut depth = 0_usize;
        let mut begins = true;
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                _ if begins && !letter.is_whitespace() => {
                    names.push(word(&group[at..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn names_are_found_in_any_spelling() {
    let code =
        "use crate::a::{B, c::D};\nuse crate::{e, f::{G, h},\n    I};\nlet x = crate::j::k();";
    assert_eq!(names_of_the_crate(code), ["a", "e", "f", "I", "j"]);
}

#[test]
fn imports_point_downward() {
    let modules = modules();
    for (path, text) in files("src") {
        let own = module(&path);
        let Some(group) = modules.get(own) else { continue };
        for name in names_of_the_crate(&code(&text)) {
            match modules.get(&name) {
                Some(other) => assert!(
                    other <= group,
                    "{path} ({}) imports `{name}` ({})",
                    GROUPS[*group],
                    GROUPS[*other]
                ),
                // what lib.rs itself holds is the pipeline: only the edges run it
                None => assert_eq!(GROUPS[*group], "edges", "{path} imports `crate::{name}`"),
            }
        }
    }
}

#[test]
fn the_list_of_modules_is_the_folder() {
    let mut there: Vec<String> =
        files("src").iter().map(|(path, _)| module(path).to_owned()).collect();
    there.retain(|name| name != "lib" && name != "main");
    there.sort_unstable();
    there.dedup();
    assert_eq!(modules().into_keys().collect::<Vec<_>>(), there);
}

#[test]
fn every_file_of_tests_is_run() {
    let text = |path| files(path).remove(0).1;
    let (main, manifest) = (text("tests/main.rs"), text("Cargo.toml"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root.join("tests")).expect("a folder") {
        let name = entry.expect("a file").file_name().to_string_lossy().into_owned();
        let Some(module) = name.strip_suffix(".rs") else { continue };
        let part = main.lines().any(|line| line == format!("mod {module};"));
        let own = manifest.contains(&format!("path = \"tests/{name}\""));
        assert!(part != own, "tests/{name} belongs into tests/main.rs, or into Cargo.toml");
    }
}

#[test]
fn files_are_short() {
    let is_rust = |path: &str| Path::new(path).extension().is_some_and(|kind| kind == "rs");
    let tests = files("tests").into_iter().filter(|(path, _)| is_rust(path));
    for (path, text) in files("src").into_iter().chain(files("themes")).chain(tests) {
        let lines = text.lines().count();
        assert!(lines < LONGEST, "{path} has {lines} lines");
    }
}

#[test]
fn the_outside_world_belongs_to_the_edges() {
    let modules = modules();
    let outside = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::io",
        "SystemTime",
        "Instant",
        "Timestamp::now",
        "Zoned::now",
        "println!",
        "eprintln!",
        "print!(",
        "walkdir",
        "tokio",
    ];
    for (path, text) in files("src") {
        let edge = modules.get(module(&path)).is_none_or(|group| GROUPS[*group] == "edges");
        if edge && path != "src/lib.rs" {
            continue;
        }
        let code = code(&text);
        for name in outside {
            assert!(!code.contains(name), "{path} uses `{name}`");
        }
    }
}

#[test]
fn nothing_gives_up() {
    let names =
        [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!(", "dbg!("];
    for (path, text) in files("src") {
        let code = code(&text);
        for name in names {
            assert!(!code.contains(name), "{path} holds `{name}`");
        }
    }
}
