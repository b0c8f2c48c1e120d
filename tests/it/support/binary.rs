//! The binary, run where nothing of the machine or the user can reach it.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

/// Long enough for a slow machine; a hang still ends as a failure.
const PATIENCE: Duration = Duration::from_secs(240);

/// Runs `hackweek` with the arguments, an empty environment and a home of its own, standing in an
/// empty directory that is no repository.
pub fn hackweek<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    let home = TempDir::new().unwrap();
    run(home.path(), home.path(), arguments)
}

/// The same standing in `directory`.
pub fn hackweek_in<S: AsRef<OsStr>>(
    directory: &Path,
    arguments: impl IntoIterator<Item = S>,
) -> Output {
    let home = TempDir::new().unwrap();
    run(home.path(), directory, arguments)
}

fn run<S: AsRef<OsStr>>(
    home: &Path,
    directory: &Path,
    arguments: impl IntoIterator<Item = S>,
) -> Output {
    bounded()
        .args(arguments)
        .current_dir(directory)
        .env_clear()
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_STATE_HOME", home.join("state"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("TZ", "UTC")
        .timeout(PATIENCE)
        .output()
        .unwrap()
}

/// The binary with no more than 512 MiB of memory of its own, whatever it is given to read: beyond that
/// it dies, and the test with it. Mapped packs do not count.
#[cfg(unix)]
fn bounded() -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", r#"ulimit -d 524288 && exec "$0" "$@""#]);
    command.arg(env!("CARGO_BIN_EXE_hackweek"));
    command
}

#[cfg(not(unix))]
fn bounded() -> Command {
    Command::new(env!("CARGO_BIN_EXE_hackweek"))
}

/// What was written, for the message of a failed test.
pub fn told(output: &Output) -> String {
    format!(
        "exit {:?}\nstdout: {}\nstderr: {}",
        output.status.code(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
