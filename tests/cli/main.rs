//! The command line from outside: the binary, and the pages it writes.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "../bare/mod.rs"]
mod bare;
mod binary;
mod config;
mod demo;
mod help;
mod lifecycle;
mod table;
