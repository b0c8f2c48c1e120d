//! `hackweek demo` from outside: what it leaves, what it needs, what it takes along.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use super::bare::said;

/// The demo with its temporary things in `place`, and no other environment.
fn demo(place: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("hackweek"));
    command
        .arg("demo")
        .args(args)
        .current_dir(place)
        .env_clear()
        .env("TMPDIR", place)
        .stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> (i32, String, String) {
    let place = TempDir::new().unwrap();
    let said = said(demo(place.path(), args).output().unwrap());
    let left: Vec<_> = fs::read_dir(place.path()).unwrap().collect();
    assert!(left.is_empty(), "{args:?} left {left:?}");
    said
}

#[test]
fn without_a_terminal_it_prints_a_page_and_leaves_nothing() {
    // No home, no PATH, so no git either.
    let (code, out, err) = run(&[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("Tue 17 Nov"), "{out}");
    assert_eq!(run(&[]).1, out);
}

#[test]
fn a_command_runs_on_it_with_its_own_flags_and_those_before_it() {
    for args in [
        &["--day", "4", "debt", "--format", "json"][..],
        &["--format", "json", "--day", "4", "debt"],
        &[
            "--now",
            "2026-11-19T14:20:00+01:00",
            "debt",
            "--format",
            "json",
        ],
        &[
            "debt",
            "--format=json",
            "--now",
            "2026-11-19T14:20:00+01:00",
        ],
    ] {
        let (code, out, err) = run(args);
        assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        let totals = &report["totals"];
        let figures = ["introduced", "paid", "open", "accepted", "carried"];
        let figures = figures.map(|name| totals[name].as_u64().unwrap());
        assert_eq!(figures, [21, 12, 6, 2, 1], "{args:?}");
    }
    let (code, out, _) = run(&["--day", "1", "task", "list"]);
    assert_eq!(code, 0);
    assert!(out.contains("T-11  charge service"), "{out}");
    let (code, out, _) = run(&["task", "add", "rest", "--owner", "tove"]);
    assert_eq!(code, 0);
    assert!(out.contains("rest"), "{out}");
    let (code, out, _) = run(&["debt", "--fail-on", "open"]);
    assert_eq!(code, 1, "{out}");
}

/// A git that interrupts who asks it, twice: both signals wait while that process stands still.
#[cfg(unix)]
const INTERRUPTING: &str = "#!/bin/sh
case \"$*\" in *blame*)
    kill -STOP $PPID; kill -INT $PPID; kill -TERM $PPID; kill -CONT $PPID
esac
";

#[cfg(unix)]
#[test]
fn a_second_signal_leaves_nothing_either() {
    use std::os::unix::fs::PermissionsExt;
    let (place, programs) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let git = programs.path().join("git");
    fs::write(&git, INTERRUPTING).unwrap();
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = demo(place.path(), &["doctor", "--verify"]);
    command.env("PATH", programs.path());
    let (code, out, err) = said(command.output().unwrap());
    assert!([130, 143].contains(&code), "{code}: {out}{err}");
    let left: Vec<_> = fs::read_dir(place.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_made() {
    for (args, words) in [
        (&["--repo", "."][..], "--repo is not for the demo"),
        (&["debt", "--data", "d"], "--data is not for the demo"),
        (&["--config", "c"], "--config is not for the demo"),
        (&["--day", "6"], "6 is not in 1..=5"),
        (
            &["--day", "3", "--now", "2026-11-19T14:20:00Z"],
            "both say when it is",
        ),
        (&["--now", "noon"], "is not a time of RFC 3339"),
        (&["demo"], "a demo of the demo"),
        (&["dbt"], "similar subcommand exists: 'debt'"),
    ] {
        let (code, out, err) = run(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains(words), "{args:?}: {err}");
    }
    let (code, out, _) = run(&["debt", "--help"]);
    assert_eq!(code, 0);
    assert!(out.contains("Usage: hackweek debt"), "{out}");
}

#[test]
fn nothing_of_the_user_is_read_or_written() {
    let place = TempDir::new().unwrap();
    let calm = said(demo(place.path(), &["--day", "3"]).output().unwrap());
    let home = TempDir::new().unwrap();
    let file = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    // Each of these would end whoever read it.
    file(".gitconfig", "[core\n");
    file(".config/git/config", "[user\n");
    file(".config/hackweek/hackweek.toml", "no = [");
    file(".local/share/hackweek/hackweek.db", "no database");
    let before = names(home.path());
    let mut command = demo(place.path(), &["--day", "3"]);
    command
        .env("HOME", home.path())
        .env("GIT_DIR", "/nowhere")
        .env("GIT_WORK_TREE", "/nowhere")
        .env("GIT_CONFIG_GLOBAL", home.path().join(".gitconfig"))
        .env("GIT_OBJECT_DIRECTORY", "/nowhere")
        .env("HACKWEEK_DATA", "not/from/the/root");
    assert_eq!(said(command.output().unwrap()), calm);
    assert_eq!(names(home.path()), before);
}

#[cfg(unix)]
#[test]
fn a_home_that_cannot_be_read_is_not_missed() {
    use std::os::unix::fs::PermissionsExt;
    let (place, home) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let allow = |mode| fs::set_permissions(home.path(), fs::Permissions::from_mode(mode)).unwrap();
    allow(0o000);
    let mut command = demo(place.path(), &["week"]);
    let (code, out, err) = said(command.env("HOME", home.path()).output().unwrap());
    allow(0o700);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
}

/// All paths below a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        names.push(path.display().to_string());
        if path.is_dir() {
            names.extend(self::names(&path));
        }
    }
    names.sort();
    names
}

#[test]
fn what_is_kept_can_be_gone_on_with() {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("mine");
    let kept = folder.to_str().unwrap();
    let (code, _, err) = said(
        demo(place.path(), &["--keep", kept, "debt"])
            .output()
            .unwrap(),
    );
    assert_eq!(code, 0);
    let line = err.lines().find(|line| line.contains("hint: ")).unwrap();
    let (_, line) = line.split_once("hint: hackweek ").unwrap();
    let mut again = Command::new(cargo_bin!("hackweek"));
    again
        .args(line.split(' '))
        .args(["debt", "--format", "json"]);
    let (code, out, _) = said(again.env_clear().output().unwrap());
    assert_eq!(code, 0);
    assert!(out.contains(r#""introduced": 14"#), "{out}");
    let (code, _, err) = said(demo(place.path(), &["--keep", kept]).output().unwrap());
    assert_eq!(code, 3);
    assert!(err.contains("is not empty"), "{err}");
}
