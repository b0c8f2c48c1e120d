//! A configuration that cannot be used, and surroundings that nobody expects.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{clean, owing, refused};
use crate::support::binary::{hackweek, told};
use crate::support::debt::debt;

#[test]
fn a_configuration_that_cannot_be_used_is_refused() {
    for (text, said) in [
        ("[debt", "config.toml"),
        ("[debt]\ntgas = [\"TODO\"]\n", "tags"),
        ("[debt]\nexcludes = [\"a[\"]\n", "a["),
        ("[debt]\ntags = [\"\"]\n", "config.toml"),
        ("\u{0}\u{1b}[31m", "config.toml"),
        ("[week]\ntimezone = \"Mars/Olympus\\u001b[31m\"\n", "Mars"),
    ] {
        refused(&debt(&owing()).config(text).run(), said);
    }
}

#[test]
fn a_huge_configuration_is_refused() {
    refused(
        &debt(&owing()).config(&"# x\n".repeat(5 << 20)).run(),
        "config.toml",
    );
}

#[test]
fn phrases_are_words_and_no_patterns() {
    let config = "[debt]\nphrases = [\"(a{0,1000}){0,1000}\", \"[\", \"(x+x+)+y\"]\n";
    debt(&owing()).config(config).all().counts(1);
}

fn asking(repo: &Path, data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hackweek"));
    command
        .env_clear()
        .args(["debt", "--all", "--repo"])
        .arg(repo)
        .arg("--data")
        .arg(data);
    command
}

#[cfg(unix)]
#[test]
fn a_pipe_for_a_configuration_is_refused() {
    let repo = owing();
    let home = TempDir::new().unwrap();
    let pipe = home.path().join("pipe.toml");
    if !Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .is_ok_and(|s| s.success())
    {
        return;
    }
    let mut command = asking(repo.path(), &home.path().join("data"));
    let output = command.arg("--config").arg(&pipe).output().unwrap();
    refused(&output, "pipe.toml");
}

#[test]
fn no_environment_and_a_hostile_one() {
    let repo = owing();
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    let wanted = asking(repo.path(), &data).output().unwrap();
    assert_eq!(wanted.status.code(), Some(0), "{}", told(&wanted));
    for environment in [
        &[("LANG", "C"), ("LC_ALL", "C"), ("TERM", "dumb")][..],
        &[
            ("GIT_DIR", "/nonexistent"),
            ("GIT_OBJECT_DIRECTORY", "/dev"),
            ("GIT_INDEX_FILE", "/dev/zero"),
        ],
        &[
            ("GIT_CONFIG_COUNT", "1"),
            ("GIT_CONFIG_KEY_0", "core.bare"),
            ("GIT_CONFIG_VALUE_0", "x"),
        ],
        &[
            ("GIT_CONFIG_PARAMETERS", "'"),
            ("GIT_CEILING_DIRECTORIES", "/"),
            ("GIT_NAMESPACE", "x"),
        ],
        &[
            ("HOME", ""),
            ("XDG_CONFIG_HOME", "relative"),
            ("XDG_DATA_HOME", "../.."),
        ],
        &[("HOME", "/nonexistent"), ("PATH", "")],
    ] {
        let mut command = asking(repo.path(), &data);
        let output = command.envs(environment.iter().copied()).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{environment:?} {}",
            told(&output)
        );
        assert!(String::from_utf8_lossy(&output.stdout).contains("finish the work"));
        clean(&output);
    }
    for columns in ["1", "0", "-5", "x", "99999999999999999999"] {
        let output = asking(repo.path(), &data)
            .env("COLUMNS", columns)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{columns} {}", told(&output));
    }
}

#[test]
fn no_home_and_no_place_for_data_is_refused() {
    let repo = owing();
    let mut command = Command::new(env!("CARGO_BIN_EXE_hackweek"));
    command
        .env_clear()
        .args(["debt", "--repo"])
        .arg(repo.path());
    let output = command.output().unwrap();
    // Some systems know the home without the variable.
    if output.status.code() != Some(0) {
        refused(&output, "--data");
    }
}

#[test]
fn a_reader_who_closes_early_is_no_failure() {
    let repo = owing();
    let home = TempDir::new().unwrap();
    let mut child = asking(repo.path(), home.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.stderr.is_empty(), "{}", told(&output));
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

#[cfg(unix)]
#[test]
fn closed_streams_are_no_panic() {
    let repo = owing();
    let home = TempDir::new().unwrap();
    for (closed, codes) in [
        ("<&-", &[0][..]),
        (">&-", &[0, 3]),
        ("2>&-", &[0]),
        ("<&- >&- 2>&-", &[0, 3]),
    ] {
        let script = format!("exec \"$0\" debt --repo \"$1\" --data \"$2\" {closed}");
        let output = Command::new("/bin/sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_hackweek")])
            .args([repo.path(), home.path()])
            .output()
            .unwrap();
        assert!(
            codes.contains(&output.status.code().unwrap()),
            "{closed} {}",
            told(&output)
        );
    }
    let full = Path::new("/dev/full");
    if full.exists() {
        let file = fs::File::options().write(true).open(full).unwrap();
        let mut child = asking(repo.path(), home.path());
        let output = child.stdout(file).stderr(Stdio::piped()).spawn().unwrap();
        let output = output.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    }
}

#[test]
fn names_from_the_command_line_are_shown_without_escapes() {
    for arguments in [
        &["debt", "--repo", "/nonexistent/\u{1b}]0;x\u{7}\u{202e}"][..],
        &["debt", "--week", "\u{1b}[31m"],
        &["debt", "--timezone", "\u{9b}31m"],
        &["\u{1b}[31m"],
        &["debt", "--data", "/dev/null/\u{1b}"],
        &["doctor", "--repo", "/nonexistent/\u{1b}\r\u{7}"],
        &["scan", "--repo", "/nonexistent/\r\nx"],
        &["rebuild", "--repo", "/nonexistent/\r\nx"],
        &["debt", "--config", "/nonexistent/\u{1b}"],
        &["debt", "--output", "/nonexistent/\u{1b}"],
    ] {
        let output = hackweek(arguments);
        assert!(
            matches!(output.status.code(), Some(2 | 3)),
            "{arguments:?} {}",
            told(&output)
        );
        clean(&output);
    }
}
