//! A site in a folder of its own, given as text, and the built program run on it.

pub mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::SystemTime;

use tempfile::TempDir;

/// The smallest site without a mistake.
pub const SMALL: [(&str, &str); 4] = [
    (
        "content/site.yaml",
        "title: After the no\nbase_url: https://example.org/rejection/\nsections: [reply]\n",
    ),
    ("content/index.md", "---\ntitle: After the no\n---\nWhat just happened?\n"),
    ("content/reply/index.md", "---\ntitle: Reply\n---\nWhat to write.\n"),
    (
        "content/reply/note.md",
        "---\ntitle: A note\ndescription: Say thanks.\ndate: 2026-03-02\n---\n\nSay thanks, briefly.\n",
    ),
];

/// A site in a folder that goes with this value.
pub struct Site {
    folder: TempDir,
}

/// What a run of the program left behind.
pub struct Run {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Site {
    /// The smallest site.
    pub fn small() -> Self {
        Self::with(SMALL)
    }

    /// A folder with these files and no others.
    pub fn with<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        files.into_iter().for_each(|(path, text)| site.write(path, text));
        site
    }

    /// Where the site is, or a file in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file and the folders it needs.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a written file");
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Copies a folder with all times, as `cp -a` does.
    #[cfg(unix)]
    pub fn copy(&self, from: &str, to: &str) {
        let parent = self.path(to).parent().expect("a folder in a folder").to_owned();
        fs::create_dir_all(parent).expect("a folder");
        let status = Command::new("cp").arg("-a").args([self.path(from), self.path(to)]).status();
        assert!(status.expect("cp").success());
    }

    /// Runs the program in the site's folder; the arguments are what stands between spaces, or
    /// between double quotes.
    pub fn run(&self, arguments: &str) -> Run {
        self.command(arguments).output().expect("a run of the program").into()
    }

    /// Starts the program in the site's folder.
    pub fn start(&self, arguments: &str) -> Child {
        self.command(arguments).stderr(Stdio::piped()).spawn().expect("a start of the program")
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postrej-site"));
        // what stands at odd places between quotes is one argument
        for (at, part) in arguments.split('"').enumerate() {
            match at % 2 {
                0 => command.args(part.split_whitespace()),
                _ => command.arg(part),
            };
        }
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["COLUMNS", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        command
    }

    /// Every file and folder below a folder, with what tells whether it was touched; the folder itself
    /// may have held something for a moment.
    pub fn state(&self, folder: &str) -> BTreeMap<String, (SystemTime, u64, Vec<u8>)> {
        let start = self.path(folder);
        let entries = walkdir::WalkDir::new(&start).min_depth(1).into_iter().filter_map(Result::ok);
        let state = entries.map(|entry| {
            let metadata = entry.metadata().expect("metadata");
            let bytes =
                if metadata.is_file() { fs::read(entry.path()).expect("a file") } else { vec![] };
            let modified = metadata.modified().expect("a time");
            (name(&start, entry.path()), (modified, inode(&metadata), bytes))
        });
        state.collect()
    }

    /// The paths of all files below a folder.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let start = self.path(folder);
        let entries = walkdir::WalkDir::new(&start).sort_by_file_name().into_iter();
        let files = entries.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir());
        files.map(|entry| name(&start, entry.path())).collect()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        Self { status: output.status.code(), stdout, stderr }
    }
}

fn name(start: &Path, path: &Path) -> String {
    let path = path.strip_prefix(start).expect("a path below");
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

/// The commands as they were typed and all that a person saw, as a text to read.
pub fn transcript(site: &Site, commands: &[&str]) -> String {
    let entry = |arguments: &&str| {
        let Run { status, stdout, stderr } = site.run(arguments);
        let status = status.map_or("killed".to_owned(), |status| format!("status {status}"));
        let streams = [("stdout", stdout), ("stderr", stderr)];
        let shown = streams.iter().filter(|(_, text)| !text.is_empty());
        let shown = shown.map(|(name, text)| format!("--- {name}\n{}\n", steady(text).trim_end()));
        format!("$ postrej-site {arguments}\n{}--- {status}\n", shown.collect::<String>())
    };
    commands.iter().map(entry).collect::<Vec<_>>().join("\n")
}

/// The closing line without its numbers, which are the content's and the clock's, and no version.
fn steady(text: &str) -> String {
    let line = |line: &str| {
        if line.contains("\"semanticVersion\"") {
            return line.replace(env!("CARGO_PKG_VERSION"), "N") + "\n";
        }
        if !line.starts_with("Built ") {
            return format!("{line}\n");
        }
        let words = line.split(' ').map(|word| match word.trim_matches('(').parse::<f64>() {
            Ok(_) => {
                word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').to_owned() + "N"
            }
            Err(_) => word.to_owned(),
        });
        words.collect::<Vec<_>>().join(" ") + "\n"
    };
    text.lines().map(line).collect()
}

/// The codes that a report names: `error[unknown-stage]: ...`.
pub fn codes(report: &str) -> impl Iterator<Item = &str> {
    let lines = report
        .lines()
        .filter(|line| ["error[", "warning[", "note["].iter().any(|start| line.starts_with(start)));
    lines.filter_map(|line| line.split(['[', ']']).nth(1))
}

/// Codes that a stage hands on in a variable.
const HANDED_ON: [&str; 15] = [
    "cms-repo",
    "cms-sign-in",
    "far-picture",
    "forbidden-html",
    "odd-space",
    "open-html",
    "tab",
    "unknown-html",
    "unknown-next",
    "unknown-order",
    "unknown-related",
    "unknown-source",
    "unknown-stage",
    "unknown-wait",
    "front-matter",
];

/// Every code that stands in the program's text.
pub fn codes_of_the_program() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let source = walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok);
    // what explains the codes raises none
    let source = source.filter(|one| !one.path().starts_with(folder.join("explain")));
    let texts: Vec<String> = source.filter_map(|one| fs::read_to_string(one.path()).ok()).collect();
    let mut codes: BTreeSet<String> = BTreeSet::new();
    for text in &texts {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for start in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::note("] {
            let calls = code.split(start).skip(1);
            let first =
                calls.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
            codes.extend(first.map(str::to_owned));
        }
    }
    assert!(codes.len() >= 60, "{codes:?}");
    for code in HANDED_ON {
        assert!(texts.iter().any(|text| text.contains(&format!("\"{code}\""))), "{code} is gone");
    }
    codes.extend(HANDED_ON.map(str::to_owned));
    codes
}

/// Compares with `tests/golden/NAME`. `UPDATE_GOLDEN=1` writes the file, and fails all the same: a
/// person has to read the change and run again.
pub fn golden(name: &str, actual: &str) {
    kept(&format!("tests/golden/{name}"), actual);
}

/// The same for a file anywhere in the repository.
pub fn kept(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if expected == actual {
        return;
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, actual).expect("a written file");
        panic!("{} is written; read it and run again without UPDATE_GOLDEN", path.display());
    }
    panic!("{} differs. Expected:\n{expected}\nbut this came:\n{actual}", path.display());
}
