//! All commands with their options as Markdown, made from what the command line itself is made of.

use std::fmt::Write as _;

use clap::{Arg, Command};

/// The page, without its title. `whole` is the program's own command, built.
pub fn markdown(whole: &Command) -> String {
    let mut out = String::new();
    let everywhere = whole.get_arguments().filter(|one| one.is_global_set());
    let everywhere: Vec<&Arg> = everywhere.collect();
    let names: Vec<&str> = everywhere.iter().map(|one| one.get_id().as_str()).collect();
    for command in commands(whole) {
        section(&mut out, command, 2, &names);
        for inner in commands(command) {
            section(&mut out, inner, 3, &names);
        }
    }
    out.push_str(
        "## For every command\n\n\
         - `-h`, `--help`: Print help, short or in full\n\
         - `-V`, `--version`: Print the version, of `postrej-site` itself\n",
    );
    arguments(&mut out, everywhere.into_iter());
    below(&mut out, whole, "## ", "");
    out.truncate(out.trim_end().len());
    out + "\n"
}

/// The commands below one, without `help`, which stands everywhere.
fn commands(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|one| one.get_name() != "help" && !one.is_hide_set())
}

fn section(out: &mut String, command: &Command, level: usize, everywhere: &[&str]) {
    let name = command.get_display_name().unwrap_or_default().replace("postrej-site-", "");
    let name = name.replace('-', " ");
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    // writing to a String cannot fail
    let _ = write!(out, "{} {name}\n\n{about}.\n\n```text\n{usage}\n```\n\n", "#".repeat(level));
    let own = command.get_arguments().filter(|one| {
        let id = one.get_id().as_str();
        !one.is_hide_set() && !everywhere.contains(&id) && !["help", "version"].contains(&id)
    });
    let (positional, options): (Vec<&Arg>, Vec<&Arg>) = own.partition(|one| one.is_positional());
    arguments(out, positional.into_iter().chain(options));
    below(out, command, "", ":");
}

/// One point for each argument, and one below it for each value that it may have.
fn arguments<'a>(out: &mut String, arguments: impl Iterator<Item = &'a Arg>) {
    let before = out.len();
    for argument in arguments {
        let help = argument.get_long_help().or(argument.get_help());
        let help = help.map(ToString::to_string).unwrap_or_default();
        let default: Vec<_> =
            argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        let takes_value = argument.get_action().takes_values();
        let default = match default.as_slice() {
            [value] if takes_value => format!(" (without it: `{value}`)"),
            _ => String::new(),
        };
        // clap's own brackets would be taken for a link
        let help = help.replace(" [default: ", " (without it: ").replace(']', ")");
        let help = quoted(&help);
        let _ = writeln!(out, "- {}: {help}{default}", form(argument));
        for value in argument.get_possible_values() {
            let told = value.get_help().map(|help| format!(": {help}")).unwrap_or_default();
            if takes_value && !value.is_hide_set() {
                let _ = writeln!(out, "  - `{}`{told}", value.get_name());
            }
        }
    }
    if out.len() > before {
        out.push('\n');
    }
}

/// Words in which options are marked as code, so that two hyphens stay two.
fn quoted(words: &str) -> String {
    let words = words.split(' ').map(|word| {
        let option = word.trim_end_matches([',', '.', ':']);
        match word.strip_prefix(option).filter(|_| option.starts_with("--")) {
            Some(end) => format!("`{option}`{end}"),
            None => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// How an argument is typed: `-q`, `--quiet`, or `--root DIR`.
fn form(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    let value = names.first().filter(|_| argument.get_action().takes_values());
    let optional = argument.get_num_args().is_some_and(|number| number.min_values() == 0);
    let value = value.map(|name| if optional { format!("[{name}]") } else { name.to_string() });
    let Some(long) = argument.get_long() else { return format!("`{}`", value.unwrap_or_default()) };
    let value = value.map(|name| format!(" {name}")).unwrap_or_default();
    let short = argument.get_short().map(|short| format!("`-{short}`, ")).unwrap_or_default();
    format!("{short}`--{long}{value}`")
}

/// What stands below the options in the help: paragraphs that have a heading, as they are. The
/// heading is put between `before` and `after`.
fn below(out: &mut String, command: &Command, before: &str, after: &str) {
    let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        match paragraph.split_once(":\n") {
            Some((heading, lines)) => {
                let lines: Vec<&str> =
                    lines.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
                let (heading, lines) = (quoted(heading), lines.join("\n"));
                let _ = write!(out, "{before}{heading}{after}\n\n```text\n{lines}\n```\n\n");
            }
            None => {
                let _ = write!(out, "{}\n\n", quoted(paragraph));
            }
        }
    }
}
