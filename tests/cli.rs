//! What a person types and what they see. The golden files are transcripts, to be read.

use crate::support::{SMALL, Site, golden, transcript};

#[test]
fn help_says_what_can_be_done() {
    let commands = ["--help", "build --help", "check --help", "serve --help"];
    golden("cli/help.txt", &transcript(&Site::with([]), &commands));
}

#[test]
fn what_cannot_be_meant_is_refused_in_plain_words() {
    let commands = [
        "built",
        "build --output public",
        "build --format xml",
        "build --today 2026-3-2",
        "build --today 2026-02-30",
        "build --base-url example.org",
        "build --base-url https://",
        "build --base-url https://example.org/?a=b",
        "serve --port 70000",
        "serve --host http://laptop.local",
        "check --yes",
    ];
    golden("cli/usage.txt", &transcript(&Site::small(), &commands));
}

#[test]
fn a_folder_that_is_no_site_is_said_to_be_none() {
    let commands = [
        "build",
        "build --format json",
        "build --format sarif",
        "--root elsewhere build",
        "--root nowhere build",
        "serve",
    ];
    golden("cli/no-site.txt", &transcript(&Site::with([("elsewhere/a.txt", "a")]), &commands));
}

#[test]
fn a_build_ends_with_one_line() {
    let site = Site::small();
    let commands = [
        "build",
        "build --quiet",
        "build --format json",
        "build --format github",
        "--root . build --output-dir out/site",
    ];
    golden("cli/build.txt", &transcript(&site, &commands));
    let closing = site.run("build").stderr;
    assert!(closing.contains(" files in public (0 written, 0 removed, "), "{closing}");
}

#[test]
fn the_root_is_where_the_output_goes() {
    let site = Site::with([]);
    for (path, text) in SMALL {
        site.write(&format!("book/{path}"), text);
    }
    let run = site.run("--root book build");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains(" files in book/public "), "{}", run.stderr);
    assert!(site.path("book/public/reply/note/index.html").is_file());
    assert!(!site.path("public").exists());
}

#[cfg(unix)]
#[test]
fn every_mistake_is_shown_at_once_and_nothing_is_written() {
    let site = Site::small();
    let note = b"---\ntitle: A note\ndescription: Say thanks.\ndate: 2026-03-02\n---\n\nCaf\xe9.\n";
    site.write("content/reply/note.md", note);
    let wide = format!("\u{feff}{}", SMALL[3].1.replace("A note", "A wide note"));
    let wide: Vec<u8> = wide.encode_utf16().flat_map(u16::to_le_bytes).collect();
    site.write("content/reply/wide.md", wide);
    std::os::unix::fs::symlink("/etc/passwd", site.path("content/reply/secret.md"))
        .expect("a link");
    let commands = [
        "build",
        "build --quiet",
        "build --format json",
        "build --format github",
        "build --format sarif",
    ];
    golden("cli/mistakes.txt", &transcript(&site, &commands));
    assert!(!site.path("public").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_with_a_name_is_reported() {
    use std::os::unix::{ffi::OsStrExt, net::UnixListener};
    let site = Site::small();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    std::fs::write(site.path("content/reply").join(name), "").expect("a file");
    let _socket = UnixListener::bind(site.path("content/reply/socket.md")).expect("a socket");
    golden("cli/no-files.txt", &transcript(&site, &["build"]));
}

#[test]
fn colour_is_for_terminals() {
    let site = Site::small();
    site.write("content/reply/note.md", b"\xff");
    assert!(!site.run("build").stderr.contains('\u{1b}'));
}

#[test]
fn what_editors_and_systems_leave_behind_is_not_content() {
    let site = Site::small();
    site.run("build");
    let before = site.files("public");
    for name in [".#note.md", "note.md~", ".note.md.swp", "#note.md#", "Thumbs.db", "a.tmp"] {
        site.write(&format!("content/reply/{name}"), b"\xff");
    }
    site.write("content/.obsidian/note.md", b"\xff");
    let run = site.run("build");
    assert_eq!((run.status, site.files("public")), (Some(0), before), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_theme_outside_of_the_themes_folder_is_not_read() {
    let site = Site::small();
    let config = site.read("content/site.yaml") + "theme: ../../outside\n";
    site.write("root/content/site.yaml", config);
    std::os::unix::fs::symlink("/", site.path("root/themes")).expect("a link");
    let run = site.run("--root root build");
    assert!(run.stderr.contains("`themes` is a symbolic link"), "{}", run.stderr);
}

#[test]
fn a_build_tells_its_steps_and_their_times() {
    let site = Site::small();
    let run = site.run("build --timings --trace steps.json");
    let lines: Vec<&str> = run.stderr.lines().collect();
    let steps = &lines[..lines.len() - 1];
    let name = |line: &&str| line.split("  ").next().unwrap_or_default().trim().to_owned();
    let names: Vec<String> = steps.iter().map(name).collect();
    let (first, last) = (&names[..6], &names[names.len() - 3..]);
    assert_eq!(first, ["read", "compare", "parse", "assemble", "theme", "plan"]);
    assert_eq!(last, ["draw", "publish", "keep"]);

    let trace: serde_json::Value = serde_json::from_str(&site.read("steps.json")).expect("JSON");
    let events = trace["traceEvents"].as_array().expect("a list");
    let traced: Vec<&str> = events.iter().filter_map(|event| event["name"].as_str()).collect();
    assert_eq!(traced, names);
    assert_eq!(events[0]["args"], serde_json::json!({"texts": 3}));
}
