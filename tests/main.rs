//! The tests of the program. Each file is a specification of one thing; together they are one
//! program, since thirty would each link the whole of postrej-site. One stands apart: `highlight.rs`
//! asks what its process has loaded.

#![allow(clippy::expect_used, clippy::panic)]

mod again;
mod architecture;
mod aside;
mod cards;
mod cli;
mod cms;
mod docs;
mod doctor;
mod editorial;
mod exchange;
mod exports;
mod external;
// strace ends builds at a step, and mounts are of Linux
#[cfg(target_os = "linux")]
mod faults;
mod fuzzed;
mod hostile;
mod html;
mod import;
mod kinds;
mod listings;
mod markdown;
mod memory;
mod mend;
mod mistakes;
mod offline;
mod output;
mod pages;
mod properties;
mod reading;
mod release;
mod reproducible;
mod schemas;
mod search;
mod serve;
mod shells;
mod site;
#[cfg(target_os = "linux")]
mod soak;
mod start;
mod strings;
mod support;
#[path = "../fuzz/src/targets.rs"]
mod targets;
mod themes;
mod watch;
