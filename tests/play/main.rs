//! A whole week played on the real screens, in a repository as it was at each moment of that week:
//! from the first run to the close and the Monday after it.
//!
//! ```text
//! HACKWEEK_PLAY=~/src/tokio HACKWEEK_PLAY_WEEK=2019-W26 cargo test --test play -- --ignored
//! ```
//!
//! With `HACKWEEK_PLAY_SHOWN=folder` every stage is written there, in three sizes.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, missing_docs)]

mod desk;
mod past;
#[path = "../terminal/mod.rs"]
mod terminal;
mod truths;
mod week;

use std::path::{Path, PathBuf};

use desk::Desk;

fn played(source: &Path, name: &str) {
    let shown = std::env::var_os("HACKWEEK_PLAY_SHOWN").map(PathBuf::from);
    let desk = Desk::new(source, name, shown);
    let empty = truths::empty(&desk);
    week::play(&desk);
    let (begun, ended) = truths::git_agrees(&desk, 8, "09:05");
    let undone = truths::undo_and_redo(&desk, &empty);
    truths::rebuild_changes_nothing(&desk);
    eprintln!(
        "{name}: {begun} items begun, {ended} of them ended, {undone} changes there and back"
    );
}

#[test]
#[ignore = "needs a repository: HACKWEEK_PLAY and HACKWEEK_PLAY_WEEK"]
fn a_week_of_a_real_repository() {
    let source = std::env::var_os("HACKWEEK_PLAY").map(PathBuf::from);
    let source = source.unwrap_or_else(|| panic!("HACKWEEK_PLAY names no repository"));
    let week = std::env::var("HACKWEEK_PLAY_WEEK");
    let week = week.unwrap_or_else(|_| panic!("HACKWEEK_PLAY_WEEK names no week, as 2019-W26"));
    played(&source, &week);
}
