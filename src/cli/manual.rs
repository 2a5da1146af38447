//! `postrej-site completions` and `postrej-site man`: what shells and `man` know of the commands.

use std::io;
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Command, reference, report};
use crate::disk::Failure;

const NAME: &str = "postrej-site";

const SHELLS: &str = "\
Where it goes:
  bash        postrej-site completions bash > ~/.local/share/bash-completion/completions/postrej-site
  zsh         postrej-site completions zsh > ~/.zfunc/_postrej-site
              (with `fpath+=~/.zfunc` in ~/.zshrc, above `compinit`)
  fish        postrej-site completions fish > ~/.config/fish/completions/postrej-site.fish
  powershell  postrej-site completions powershell >> $PROFILE
  elvish      postrej-site completions elvish >> ~/.config/elvish/rc.elv";

const MANUAL: &str = "\
Where it goes:
  mkdir -p ~/.local/share/man/man1
  postrej-site man > ~/.local/share/man/man1/postrej-site.1
  postrej-site man build > ~/.local/share/man/man1/postrej-site-build.1

To read it at once, where `man` knows -l:
  postrej-site man | man -l -";

/// Print what a shell needs to complete the commands
#[derive(Debug, clap::Args)]
#[command(after_help = SHELLS)]
pub struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Print the manual page, or the page of one command
#[derive(Debug, clap::Args)]
#[command(after_help = MANUAL)]
pub struct Manual {
    /// The command
    #[arg(value_name = "COMMAND")]
    command: Option<String>,

    /// Print all commands as one page of Markdown instead
    #[arg(long, conflicts_with = "command")]
    markdown: bool,
}

/// Prints the script of a shell.
pub fn completions(arguments: &Completions) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Command::command(), NAME, &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if arguments.shell == Shell::Bash {
        // clap_complete 4.6 writes a hyphen of the program's name in two ways, and bash then finds no
        // command: clap-rs/clap, issue 6421
        script = script.replace("postrej__subcmd__site", "postrej__site");
    }
    report::print_out(&script);
    ExitCode::SUCCESS
}

/// Prints a page in the form that `man` reads.
pub fn manual(arguments: &Manual) -> Result<ExitCode, Failure> {
    let mut whole = Command::command();
    whole.build();
    if arguments.markdown {
        report::print_out(&reference::markdown(&whole));
        return Ok(ExitCode::SUCCESS);
    }
    let page = match &arguments.command {
        None => whole,
        Some(name) => {
            let own = whole.find_subcommand(name).cloned();
            own.ok_or_else(|| unknown(name, &whole))?
        }
    };
    let text = page_text(page).map_err(|error| {
        let message = format!("cannot make the page: {error}");
        Failure { message, hint: None }
    })?;
    report::print_out(&text);
    Ok(ExitCode::SUCCESS)
}

/// The page of a command. What stands below its options becomes sections of their own.
fn page_text(command: clap::Command) -> io::Result<String> {
    let below = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let name = command.get_display_name().unwrap_or(NAME).to_uppercase();
    let mut text = Vec::new();
    Man::new(command.after_help(None::<&str>)).render(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    // an empty date is left out of the first line, and what follows would be taken for it
    let title = format!(".TH {name} 1 \"\" \"{NAME} {}\" \"{NAME}\"", env!("CARGO_PKG_VERSION"));
    let lines = text.lines().map(|line| if line.starts_with(".TH ") { &title } else { line });
    let lines: Vec<_> = lines.map(str::trim_end).collect();
    Ok(lines.join("\n") + "\n" + &sections(&below))
}

/// Paragraphs with a heading, `Examples:`, and lines to be kept as they are.
fn sections(text: &str) -> String {
    let paragraphs = text.split("\n\n").filter_map(|paragraph| paragraph.split_once(":\n"));
    let sections = paragraphs.map(|(heading, lines)| {
        let lines = lines.lines().map(|line| {
            let line = line.replace('\\', "\\e").replace('-', "\\-");
            // a line that begins with a dot or a quotation mark would be a command of the form
            format!("\\&{line}\n")
        });
        let lines = lines.collect::<Vec<_>>().concat();
        format!(".SH \"{}\"\n.nf\n{lines}.fi\n", heading.to_uppercase())
    });
    sections.collect::<Vec<_>>().concat()
}

fn unknown(name: &str, whole: &clap::Command) -> Failure {
    let names: Vec<_> = whole.get_subcommands().map(clap::Command::get_name).collect();
    let hint = crate::schema::near::suggestion(name, names.iter().copied());
    let hint = hint.unwrap_or_else(|| format!("the commands are {}", names.join(", ")));
    Failure::new(format!("there is no command `{name}`"), hint)
}
