//! Repositories of every kind, made for real, opened through the library.
//!
//! They are made with git2 and plain writes of files; no git is run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod borrowed;
mod formats;
mod heads;
mod made;
mod people;
mod places;
mod special;
mod walks;
