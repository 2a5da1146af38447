//! See `targets`.

#![allow(clippy::expect_used, clippy::panic)]

#[path = "../../tests/memory/mod.rs"]
pub mod memory;
pub mod targets;
