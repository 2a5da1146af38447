//! `postrej-site serve`: the site in a browser, built again whenever a file changes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::progress::Progress;
use super::report::{self, Format, problems};
use super::{SiteArguments, count, make};
use crate::diagnostic::has_errors;
use crate::disk::Failure;
use crate::highlight::Known;
use crate::http::{self, Shown};
use crate::site::urls::base_path;
use crate::watch::Watch;
use crate::{Built, Input, Options, build};

/// Show the site in a browser, and every change as soon as it is saved
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The port to listen on; if it is taken, the next free one
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    port: u16,

    #[command(flatten)]
    site: SiteArguments,
}

/// What is built, again and again.
struct Workshop {
    root: PathBuf,
    site: SiteArguments,
    /// Code that an earlier build coloured; the slowest part of a build that is cheap to keep.
    listings: Known,
    shown: Shown,
    /// The site's address as it was said.
    said: Option<String>,
}

/// Builds, serves and builds again until it is stopped. Errors of the content are shown, and no end.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (listings, shown) = (Known::new(), Shown::default());
    let site = arguments.site.clone();
    let mut workshop = Workshop { root: root.to_owned(), site, listings, shown, said: None };
    // before the build, so that nothing that is saved meanwhile is lost
    let watch = Watch::start(&workshop.root);
    let progress = Progress::start(false);
    let (input, built) = workshop.make(&progress)?;
    drop(progress);

    let (listener, hosts) = http::listen(None, arguments.port).map_err(|error| {
        let message = format!("cannot listen on port {}: {error}", arguments.port);
        Failure::new(message, "name another with --port")
    })?;
    let port = hosts.port();
    workshop.take(&input, built);
    if arguments.port != 0 && arguments.port != port {
        report::say(&format!("Port {} is taken, so this is port {port}.", arguments.port));
    }
    let here = hosts.here();
    workshop.say_where(&here, &input.config.title);
    let sender = http::Sender::new(Arc::new(workshop.shown.clone()));
    let receiver = sender.clone();
    match watch {
        Ok(watch) => _ = thread::spawn(move || workshop.follow(watch, &sender, &here)),
        Err(reason) => report::say(&format!("Changes are not seen, since {reason}.")),
    }
    http::serve(listener, hosts, &receiver, &editor(root))
        .map_err(|error| Failure { message: format!("cannot serve: {error}"), hint: None })?;
    Ok(ExitCode::SUCCESS)
}

const EDITOR: &str = "vscode://file/{file}:{line}:{column}";

/// The address with the folder that files are named in.
fn editor(root: &Path) -> String {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    EDITOR.replace("{file}", &format!("{}/{{file}}", root.display()))
}

impl Workshop {
    /// Says the site's address, where it is not the one that was said last.
    fn say_where(&mut self, here: &str, title: &str) {
        let address = format!("{here}{}", self.shown.base);
        if self.shown.files.is_none() {
            let sum = &self.shown.problems.sum;
            report::say(&format!("{sum} {here}/ shows them until they are mended  (Ctrl-C stops)"));
        } else if self.said.as_ref() != Some(&address) {
            report::say(&format!("{title} is at {address}  (Ctrl-C stops)"));
            self.said = Some(address);
        }
    }

    fn make(&self, progress: &Progress) -> Result<(Input, Built), Failure> {
        // cards are for sharing, and this address is not shared; nor shall a browser keep an older look
        let options = Options { cards: false, offline: false, ..Options::from(&self.site) };
        make(&self.root, &options, Format::Human, progress, |input, options| {
            input.listings.extend(self.listings.clone());
            build(input, options)
        })
    }

    /// Reports a build and shows what has no errors; returns how many files are others than before.
    fn take(&mut self, input: &Input, built: Built) -> Option<usize> {
        report::diagnostics(&self.root, input, &built.diagnostics, Format::Human);
        self.shown.problems = Arc::new(problems::shown(input, &built.diagnostics));
        self.listings.extend(built.listings);
        if has_errors(&built.diagnostics) {
            return None;
        }
        let files = http::files(built.outputs);
        let before = self.shown.files.replace(Arc::clone(&files));
        let base_url = self.site.base_url.as_ref().unwrap_or(&input.config.base_url);
        self.shown.base = base_path(base_url);
        Some(before.map_or(files.len(), |before| http::changed(&before, &files).len()))
    }

    /// Builds again after every change, for ever.
    fn follow(mut self, mut watch: Watch, sender: &http::Sender, here: &str) {
        loop {
            if let Err(reason) = watch.wait() {
                report::say(&format!("Some changes may not be seen, since {reason}."));
            }
            self.again(here);
            sender.send_replace(Arc::new(self.shown.clone()));
        }
    }

    fn again(&mut self, here: &str) {
        let start = Instant::now();
        let (input, built) = match self.make(&Progress::start(true)) {
            Ok(made) => made,
            Err(failure) => {
                report::failure(&failure);
                self.shown.problems = Arc::new(problems::failure(&failure));
                return;
            }
        };
        let sum = report::sum(&built.diagnostics);
        match self.take(&input, built) {
            Some(changed) => {
                let time = start.elapsed().as_millis();
                report::say(&format!(
                    "Built again in {time} ms: {} changed.",
                    count(changed, "file")
                ));
                self.say_where(here, &input.config.title);
            }
            None => report::say(&format!("{sum} The last good pages stay.")),
        }
    }
}
