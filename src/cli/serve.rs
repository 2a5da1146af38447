//! `postrej-site serve`: the site in a browser on this machine.

use std::path::Path;
use std::process::ExitCode;

use super::progress::Progress;
use super::report::{self, Format};
use super::{SiteArguments, make};
use crate::diagnostic::has_errors;
use crate::disk::Failure;
use crate::site::urls::base_path;
use crate::{Options, build, http};

/// Build the site in memory and show it in a browser on this machine
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The port to listen on; if it is taken, the next free one
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    port: u16,

    #[command(flatten)]
    site: SiteArguments,
}

/// Reads, builds, reports, and serves what has no errors until it is stopped.
pub fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, Failure> {
    // cards are for sharing, and this address is not shared; nor shall a browser keep an older look
    let options = Options { cards: false, offline: false, ..Options::from(&arguments.site) };
    let progress = Progress::start(false);
    let (input, built) =
        make(root, &options, Format::Human, &progress, |input, options| build(input, options))?;
    drop(progress);

    report::diagnostics(root, &input, &built.diagnostics, Format::Human);
    if has_errors(&built.diagnostics) {
        report::say(&format!("{} There is nothing to serve.", report::sum(&built.diagnostics)));
        return Ok(ExitCode::from(1));
    }
    let (listener, port) = http::listen(arguments.port).map_err(|error| {
        let message = format!("cannot listen on port {}: {error}", arguments.port);
        Failure::new(message, "name another with --port")
    })?;
    if arguments.port != 0 && arguments.port != port {
        report::say(&format!("Port {} is taken, so this is port {port}.", arguments.port));
    }
    let base = base_path(arguments.site.base_url.as_ref().unwrap_or(&input.config.base_url));
    let title = &input.config.title;
    report::say(&format!("{title} is at http://127.0.0.1:{port}{base}  (Ctrl-C stops)"));
    let site = http::Site::new(base, port, built.outputs);
    http::serve(listener, site)
        .map_err(|error| Failure { message: format!("cannot serve: {error}"), hint: None })?;
    Ok(ExitCode::SUCCESS)
}
