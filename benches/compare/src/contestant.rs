//! Those who are measured: what each runs, where it writes, and where its programs are found.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A generator with what it is asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Contestant {
    /// As the tables call it.
    pub name: &'static str,
    /// Whose Markdown it reads; also its folder in `peers/`.
    pub dialect: &'static str,
    /// The folder that it writes, relative to the site.
    pub output: &'static str,
    /// What it keeps for later builds, relative to the site.
    pub caches: &'static [&'static str],
    /// What follows the section and the slug in an article's address.
    pub ending: &'static str,
    /// The commands that build the site, one after the other.
    pub build: &'static [Step],
    /// The command that shows the site, with `{port}` for the port.
    pub serve: Option<Step>,
    /// The command that says its version.
    pub version: Option<Step>,
}

/// A command, run in the folder of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The program's name.
    pub program: &'static str,
    /// What it is given.
    pub arguments: &'static [&'static str],
}

const fn step(program: &'static str, arguments: &'static [&'static str]) -> Step {
    Step { program, arguments }
}

/// The one whose figures stand beside everybody's.
pub const OURS: &Contestant = &Contestant {
    name: "postrej-site",
    dialect: "postrej-site",
    output: "public",
    caches: &[".cache"],
    ending: "/",
    build: &[step("postrej-site", &["build", "--quiet"])],
    serve: Some(step("postrej-site", &["serve", "--port", "{port}"])),
    version: Some(step("postrej-site", &["--version"])),
};

const HUGO: Contestant = Contestant {
    name: "hugo",
    dialect: "hugo",
    output: "public",
    caches: &["resources"],
    ending: "/",
    build: &[step("hugo", &["build", "--quiet"])],
    serve: Some(step("hugo", &["server", "--port", "{port}"])),
    version: Some(step("hugo", &["version"])),
};

const ZOLA: Contestant = Contestant {
    name: "zola",
    dialect: "zola",
    output: "public",
    caches: &[],
    ending: "/",
    build: &[step("zola", &["build"])],
    serve: Some(step("zola", &["serve", "--port", "{port}"])),
    version: Some(step("zola", &["--version"])),
};

/// Everybody else. Pagefind is a program of its own, for sites that others built.
pub const PEERS: &[Contestant] = &[
    Contestant {
        name: "floor",
        dialect: "postrej-site",
        output: "public",
        caches: &[],
        ending: "/",
        build: &[step("floor", &["content", "public"])],
        serve: None,
        version: None,
    },
    HUGO,
    Contestant {
        name: "hugo+related",
        build: &[step("hugo", &["build", "--quiet", "--config", "hugo.toml,hugo-related.toml"])],
        serve: None,
        version: None,
        ..HUGO
    },
    Contestant {
        name: "hugo+pagefind",
        build: &[HUGO.build[0], step("pagefind", &["--site", "public", "--quiet"])],
        serve: None,
        version: None,
        ..HUGO
    },
    ZOLA,
    Contestant {
        name: "zola+search",
        build: &[step("zola", &["--config", "zola-search.toml", "build"])],
        serve: None,
        version: None,
        ..ZOLA
    },
    Contestant {
        name: "eleventy",
        dialect: "eleventy",
        output: "public",
        caches: &[".cache"],
        ending: "/",
        build: &[step("eleventy", &["--quiet"])],
        serve: Some(step("eleventy", &["--serve", "--quiet", "--port={port}"])),
        version: Some(step("eleventy", &["--version"])),
    },
    Contestant {
        name: "mdbook",
        dialect: "mdbook",
        output: "book",
        caches: &[],
        ending: ".html",
        build: &[step("mdbook", &["build"])],
        serve: Some(step("mdbook", &["serve", "--port", "{port}"])),
        version: Some(step("mdbook", &["--version"])),
    },
    Contestant {
        name: "zensical",
        dialect: "zensical",
        output: "site",
        caches: &[".cache"],
        ending: "/",
        build: &[step("zensical", &["build"])],
        serve: Some(step("zensical", &["serve", "--dev-addr", "127.0.0.1:{port}"])),
        version: Some(step("zensical", &["--version"])),
    },
];

impl Contestant {
    /// The programs of its builds that are nowhere to be found.
    pub fn missing(&self, programs: &Programs) -> Vec<&'static str> {
        let names = self.build.iter().map(|step| step.program);
        names.filter(|name| programs.find(name).is_none()).collect()
    }
}

/// Where programs are looked for, in this order.
#[derive(Debug)]
pub struct Programs {
    folders: Vec<PathBuf>,
    /// The program that is measured, where somebody named one.
    ours: Option<PathBuf>,
}

impl Programs {
    /// Beside this program, then what `setup.sh` installed in the folder `peers`, then the machine's
    /// own.
    pub fn new(peers: &Path, ours: Option<PathBuf>) -> Self {
        let own = std::env::current_exe().ok();
        let own = own.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let installed = ["bin", "node_modules/.bin", "venv/bin"].map(|folder| peers.join(folder));
        let path: OsString = std::env::var_os("PATH").unwrap_or_default();
        let folders = own.into_iter().chain(installed).chain(std::env::split_paths(&path));
        Self { folders: folders.collect(), ours }
    }

    /// The file of a program.
    pub fn find(&self, name: &str) -> Option<PathBuf> {
        if let (true, Some(ours)) = (name == "postrej-site", &self.ours) {
            return ours.is_file().then(|| ours.clone());
        }
        self.folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file())
    }
}
