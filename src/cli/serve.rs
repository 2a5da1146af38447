//! `postrej-site serve`: the site in a browser, built again whenever a file changes.

use std::io;
use std::net::{IpAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::progress::Progress;
use super::report::{self, Format, problems};
use super::{SiteArguments, count, make};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::disk::Failure;
use crate::highlight::Known;
use crate::http::{self, Hosts, Late, Shown};
use crate::site::urls::base_path;
use crate::watch::Watch;
use crate::{Built, Input, Options, build, checkup};

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

/// What is built, again and again.
struct Workshop {
    root: PathBuf,
    site: SiteArguments,
    /// The address that opens a file in an editor, with the folder in it.
    editor: String,
    /// Code that an earlier build coloured; the slowest part of a build that is cheap to keep.
    listings: Known,
    shown: Shown,
    /// What is on the terminal and need not be said again after each change.
    told: Vec<Diagnostic>,
    /// The site's address as it was said.
    said: Option<String>,
}

/// Builds, serves and builds again until it is stopped. Errors of the content are shown, and no end.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (listings, shown) = (Known::new(), Shown::default());
    let site = SiteArguments { drafts: !arguments.no_drafts, ..arguments.site.clone() };
    let editor = editor(root, &arguments.editor);
    let mut workshop = Workshop {
        root: root.to_owned(),
        site,
        editor: editor.clone(),
        listings,
        shown,
        told: Vec::new(),
        said: None,
    };
    // before the build, so that nothing that is saved meanwhile is lost
    let watch = Watch::start(&workshop.root);
    let progress = Progress::start(false);
    let (input, made) = workshop.make(&progress)?;
    drop(progress);

    let (listener, hosts) = listen(arguments)?;
    let title = input.config.title.clone();
    workshop.take(input, made);
    workshop.say_where(&hosts, &title);
    let sender = http::Sender::new(Arc::new(workshop.shown.clone()));
    let receiver = sender.clone();
    match watch {
        Ok(watch) => {
            let hosts = hosts.clone();
            thread::spawn(move || workshop.follow(watch, &sender, &hosts));
        }
        Err(reason) => report::say(&format!("Changes are not seen, since {reason}.")),
    }
    http::serve(listener, hosts, &receiver, &editor)
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

impl Workshop {
    /// Says the site's address, where it is not the one that was said last.
    fn say_where(&mut self, hosts: &Hosts, title: &str) {
        let (here, base) = (hosts.here(), &self.shown.base);
        let address = format!("{here}{base}");
        if self.shown.files.is_none() {
            let sum = &self.shown.problems.sum;
            report::say(&format!("{sum} {here}/ shows them until they are mended  (Ctrl-C stops)"));
        } else if self.said.as_ref() != Some(&address) {
            report::say(&format!("{title} is at {address}  (Ctrl-C stops)"));
            if hosts.are_others_answered() {
                let elsewhere = hosts.elsewhere().map_or_else(
                    || "No network was found".to_owned(),
                    |elsewhere| format!("For other devices it is at {elsewhere}{base}"),
                );
                report::say(&format!("{elsewhere}. {}", self.warning()));
            }
            let page = http::doctor_path();
            report::say(&format!("For whoever looks after it: {here}{page}"));
            self.said = Some(address);
        }
    }

    /// What to know before other devices are let in.
    fn warning(&self) -> String {
        let drafts = if self.site.drafts { ", drafts included" } else { "" };
        format!(
            "Everyone in this network can read it{drafts}. Browsers keep the clipboard for https and \
             for this machine: on other devices the copy buttons take an older way, which may fail."
        )
    }

    fn make(&self, progress: &Progress) -> Result<(Input, Built), Failure> {
        make(&self.root, &self.options(), Format::Human, progress, |input, options| {
            input.listings.extend(self.listings.clone());
            build(input, options)
        })
    }

    fn options(&self) -> Options {
        // cards are for sharing, and this address is not shared; nor shall a browser keep an older look
        Options { cards: false, offline: false, ..Options::from(&self.site) }
    }

    /// Reports a build and shows what has no errors; returns how many files are others than before.
    fn take(&mut self, input: Input, built: Built) -> Option<usize> {
        let is_whole = !has_errors(&built.diagnostics);
        if self.told != built.diagnostics {
            report::diagnostics(&self.root, &input, &built.diagnostics, Format::Human);
        }
        self.shown.problems = Arc::new(problems::shown(&input, &built.diagnostics));
        self.listings.extend(built.listings);
        self.told = built.diagnostics;
        if !is_whole {
            return None;
        }
        let files = http::files(built.outputs);
        let before = self.shown.files.replace(Arc::clone(&files));
        let base_url = self.site.base_url.as_ref().unwrap_or(&input.config.base_url);
        self.shown.base = base_path(base_url);
        // most builds are over before anyone looks at their checkup
        let (editor, base, options) =
            (self.editor.clone(), self.shown.base.clone(), self.options());
        let late = Late::new(move || {
            checkup(&input, &options).1.map(|checkup| http::doctor(&checkup, &editor, &base))
        });
        self.shown.doctor = Some(Arc::new(late));
        Some(before.map_or(files.len(), |before| http::changed(&before, &files).len()))
    }

    /// Builds again after every change, for ever.
    fn follow(mut self, mut watch: Watch, sender: &http::Sender, hosts: &Hosts) {
        loop {
            if let Err(reason) = watch.wait() {
                report::say(&format!("Some changes may not be seen, since {reason}."));
            }
            self.again(hosts);
            sender.send_replace(Arc::new(self.shown.clone()));
        }
    }

    fn again(&mut self, hosts: &Hosts) {
        let start = Instant::now();
        let (input, made) = match self.make(&Progress::start(true)) {
            Ok(made) => made,
            Err(failure) => {
                report::failure(&failure);
                self.shown.problems = Arc::new(problems::failure(&failure));
                return;
            }
        };
        let (sum, title) = (report::sum(&made.diagnostics), input.config.title.clone());
        match self.take(input, made) {
            Some(changed) => {
                let time = start.elapsed().as_millis();
                report::say(&format!(
                    "Built again in {time} ms: {} changed.",
                    count(changed, "file")
                ));
                self.say_where(hosts, &title);
            }
            None => report::say(&format!("{sum} The last good pages stay.")),
        }
    }
}
