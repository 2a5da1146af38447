//! A site to start from, as `init` lays it: the files of the folder `starter/`, inside the binary.

/// A file: its path in the site's folder, and its text.
pub type File = (&'static str, &'static str);

macro_rules! starter {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../starter/", $path)))),+]
    };
}

/// The articles and what they share.
pub const CONTENT: &[File] = starter![
    "content/index.md",
    "content/reply/index.md",
    "content/reply/thank-you-after-a-no.md",
    "content/reply/wait-a-day.md",
    "content/site.yaml",
    "content/start/just-heard.md",
];

/// What is around them: the publication, the editor, a page for authors.
pub const AROUND: &[File] = starter![
    ".github/workflows/pages.yml",
    ".gitignore",
    ".vscode/extensions.json",
    ".vscode/postrej-site.code-snippets",
    ".vscode/settings.json",
    ".vscode/tasks.json",
    "README.md",
];

/// Where the schemas stand that `.vscode/settings.json` names.
pub const SCHEMAS: &str = ".vscode/schemas";
