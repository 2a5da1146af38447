//! What shells and `man` learn of the commands.

use crate::support::{Site, golden, transcript};

const COMMANDS: [&str; 9] =
    ["build", "check", "explain", "serve", "init", "new", "schema", "completions", "man"];

#[test]
fn every_shell_learns_every_command() {
    let site = Site::with([]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = site.run(&format!("completions {shell}"));
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{shell}");
        for word in COMMANDS.into_iter().chain(["output-dir", "drafts", "no-cards"]) {
            assert!(run.stdout.contains(word), "{shell} does not know `{word}`");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn bash_completes_what_was_begun() {
    use std::process::Command;

    let site = Site::with([]);
    site.write("completions", site.run("completions bash").stdout);
    let completed = |typed: &[&str]| {
        let words = typed.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
        let (last, number) = (typed.last().expect("a word"), typed.len() - 1);
        let before = typed[number - 1];
        let script = format!(
            "source ./completions; own=$(complete -p postrej-site); own=${{own#*-F }}; \
             COMP_WORDS=({words}); COMP_CWORD={number}; \
             \"${{own%% *}}\" postrej-site '{last}' '{before}'; printf '%s\n' \"${{COMPREPLY[@]}}\""
        );
        let run = Command::new("bash")
            .args(["--norc", "-c", &script])
            .current_dir(site.path("."))
            .output()
            .expect("bash");
        assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).expect("UTF-8")
    };
    assert_eq!(completed(&["postrej-site", "sch"]), "schema\n");
    assert_eq!(completed(&["postrej-site", "schema", "te"]), "template\n");
    assert_eq!(completed(&["postrej-site", "build", "--no"]), "--no-cards\n");
    assert_eq!(completed(&["postrej-site", "build", "--format", "h"]), "human\n");
}

#[test]
fn every_command_has_a_page() {
    let site = Site::with([]);
    for command in COMMANDS {
        let run = site.run(&format!("man {command}"));
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{command}");
        let upper = command.to_uppercase();
        let title = format!("\n.TH POSTREJ-SITE-{upper} 1 \"\" \"postrej-site ");
        assert!(run.stdout.contains(&title), "{}", run.stdout);
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"] {
            assert!(run.stdout.contains(&format!("\n.SH {section}\n")), "{command}: {section}");
        }
    }
    let whole = site.run("man").stdout;
    assert!(whole.contains("\n.SH \"EXAMPLES\"\n.nf\n\\&  postrej\\-site init"), "{whole}");
    assert!(whole.contains("\n.SH \"EXIT STATUS\"\n.nf\n\\&  0  all is well"), "{whole}");
    golden(
        "start/man-refused.txt",
        &transcript(&site, &["man biuld", "man nothing", "completions tcsh"]),
    );
}

#[cfg(target_os = "linux")]
#[test]
fn man_reads_every_page() {
    use std::process::Command;

    let site = Site::with([]);
    for command in COMMANDS.into_iter().chain([""]) {
        site.write("page.1", site.run(&format!("man {command}")).stdout);
        let run = Command::new("man")
            .args(["--warnings=w", "--local-file", "page.1"])
            .env("LC_ALL", "C.UTF-8")
            .env("MANWIDTH", "100")
            .current_dir(site.path("."))
            .output()
            .expect("man, of man-db");
        let shown = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success() && run.stderr.is_empty(), "{command}: {run:?}");
        assert!(shown.contains("SYNOPSIS") && shown.contains("--root"), "{shown}");
    }
}
