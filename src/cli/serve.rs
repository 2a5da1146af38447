//! `postrej-site serve`: the site in a browser, built again whenever a file changes.

use std::io;
use std::net::{IpAddr, TcpListener};
use std::path::Path;
use std::process::ExitCode;
use std::thread;

use super::SiteArguments;
use super::changes::Changes;
use super::progress::Progress;
use super::report;
use super::workshop::Workshop;
use crate::disk::Failure;
use crate::http::{self, Hosts};
use crate::watch::Watch;

/// Show the site in a browser, and every change as soon as it is saved
#[derive(Debug, clap::Args)]
// they are there unless they are left out
#[command(mut_arg("drafts", |drafts| drafts.hide(true)))]
pub struct Arguments {
    /// The port to listen on; if it is taken, the next free one
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    port: u16,

    /// Listen to other devices in the network, too: on every address of this machine, or on this
    /// one; a name is one that they know this machine by
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "0.0.0.0", value_parser = host)]
    host: Option<String>,

    /// Leave out articles marked `draft: true` and those with a date in the future
    #[arg(long, overrides_with = "drafts")]
    no_drafts: bool,

    /// The address that opens a file in your editor, for the links beside mistakes
    #[arg(long, value_name = "URL", default_value = "vscode://file/{file}:{line}:{column}")]
    editor: String,

    #[command(flatten)]
    site: SiteArguments,
}

/// Builds, serves and builds again until it is stopped. Errors of the content are shown, and no end.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let site = SiteArguments { drafts: !arguments.no_drafts, ..arguments.site.clone() };
    let editor = editor(root, &arguments.editor);
    let mut workshop = Workshop::new(root, site, &editor);
    // before the build, so that nothing that is saved meanwhile is lost
    let watch = Watch::start(root);
    let progress = Progress::start(false);
    workshop.open(&progress)?;
    drop(progress);

    let (listener, hosts) = listen(arguments)?;
    workshop.say_where(&hosts);
    let (shown, asked) = (workshop.sender(), workshop.asked());
    match watch {
        Ok(watch) => {
            let (hosts, changes) = (hosts.clone(), Changes::of(watch));
            thread::spawn(move || workshop.follow(&changes, &hosts));
        }
        Err(reason) => report::say(&format!("Changes are not seen, since {reason}.")),
    }
    http::serve(listener, hosts, &shown, asked, &editor)
        .map_err(|error| Failure { message: format!("cannot serve: {error}"), hint: None })?;
    Ok(ExitCode::SUCCESS)
}

fn listen(arguments: &Arguments) -> Result<(TcpListener, Hosts), Failure> {
    let (host, asked) = (arguments.host.as_deref(), arguments.port);
    let (listener, hosts) = http::listen(host, asked).map_err(|error| {
        if error.kind() == io::ErrorKind::AddrNotAvailable {
            let message = format!("`{}` is no address of this machine", host.unwrap_or_default());
            return Failure::new(message, "leave the address out to listen on all that it has");
        }
        let message = format!("cannot listen on port {asked}: {error}");
        Failure::new(message, "name another with --port")
    })?;
    let port = hosts.port();
    if asked != 0 && asked != port {
        report::say(&format!("Port {asked} is taken, so this is port {port}."));
    }
    Ok((listener, hosts))
}

/// The editor's address with the folder that files are named in.
fn editor(root: &Path, address: &str) -> String {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let root = root.to_string_lossy().replace('\\', "/");
    address.replace("{file}", &format!("{root}/{{file}}"))
}

fn host(typed: &str) -> Result<String, &'static str> {
    let is_name = |letter: u8| letter.is_ascii_alphanumeric() || b"-.".contains(&letter);
    if typed.parse::<IpAddr>().is_ok() || (!typed.is_empty() && typed.bytes().all(is_name)) {
        return Ok(typed.to_owned());
    }
    Err("write an address or a name of this machine, as in 192.168.1.20 or laptop.local")
}
