//! The program; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    postrej_site::cli::run()
}
