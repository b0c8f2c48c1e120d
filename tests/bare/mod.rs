//! The binary with a home of its own and nothing else: no environment, no terminal.
//!
//! Several programs of tests include it, and none of them uses all of it.
#![allow(dead_code)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::cargo_bin;

/// The command, standing in its home.
pub(crate) fn command(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("hackweek"));
    command
        .args(args)
        .current_dir(home)
        .env_clear()
        .env("HOME", home)
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null());
    command
}

/// Runs it: the exit code, standard output and standard error.
pub(crate) fn hackweek(home: &Path, args: &[&str]) -> (i32, String, String) {
    said(command(home, args).output().unwrap())
}

/// What it said: the exit code, standard output and standard error.
pub(crate) fn said(output: Output) -> (i32, String, String) {
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}
