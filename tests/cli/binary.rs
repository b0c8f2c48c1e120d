//! The binary: exit codes, streams, files.

use std::fs;
use std::process::Stdio;

use tempfile::TempDir;

use super::bare::{command, said};

/// A command with an environment of its own and an empty home.
fn hackweek(home: &TempDir, args: &[&str]) -> std::process::Command {
    command(home.path(), args)
}

fn run(args: &[&str]) -> (i32, String, String) {
    let home = tempfile::tempdir().unwrap();
    said(hackweek(&home, args).output().unwrap())
}

#[test]
fn help_and_version_are_results() {
    for args in [&["--help"][..], &["debt", "--help"], &["--version"]] {
        let (code, out, err) = run(args);
        assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
        assert!(out.contains("hackweek"), "{args:?}: {out}");
        assert!(!out.contains('\x1b'), "{args:?}");
    }
}

#[test]
fn without_a_terminal_the_screens_say_what_to_run_instead() {
    let (code, out, err) = run(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "hackweek: the screens need a terminal\n  \
         hint: `hackweek debt` reports this week's debt, `hackweek debt --all` that of the whole \
         history, `hackweek --help` has the rest\n"
    );
    let (code, _, err) = run(&["--format", "json"]);
    assert_eq!(code, 2);
    assert!(err.contains("the screens have nothing to write"), "{err}");
}

#[test]
fn keys_are_listed_with_those_that_the_user_set() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("hackweek.toml");
    let keys = |text: &str, more: &[&str]| {
        fs::write(&config, text).unwrap();
        let args = [&["keys", "--config", "hackweek.toml"], more].concat();
        said(hackweek(&home, &args).output().unwrap())
    };
    let (code, out, err) = keys("[keys]\n\"debt.edit\" = [\"E\", \"ctrl-e\"]\n", &[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.contains("  E ctrl-e       debt.edit              $EDITOR at its line\n"),
        "{out}"
    );
    let (code, out, _) = keys("", &["--markdown"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("| `gg` `home` | to the top | `move.top` |\n"),
        "{out}"
    );
    let (code, out, err) = keys("[keys]\n\"debt.edit\" = [\"j\"]\n", &[]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(
        err.contains("j would be both \"move.down\" and \"debt.edit\""),
        "{err}"
    );
    let (code, _, err) = keys("[ui]\nmouse = \"no\"\n", &[]);
    assert_eq!(code, 3);
    assert!(err.contains("ui.mouse"), "{err}");
}

#[test]
fn a_wrong_command_line_is_2_and_names_what_is_wrong() {
    for (args, named) in [
        (&["debt", "--colour"][..], "--colour"),
        (&["debt", "--format", "pdf"], "pdf"),
        (&["debt", "--fail-on", "never"], "never"),
        (&["debt", "--limit", "3"], "--all"),
        (&["debt", "--force"], "--output FILE"),
        (&["debt", "--now", "noon"], "--now"),
        (
            &["debt", "--all", "--limit", "3", "--format", "json"],
            "--limit",
        ),
        (&["man", "--format", "json"], "--format json is not for man"),
        (&["man", "nothing"], "no command nothing"),
        (&["completions", "tcsh"], "tcsh"),
        (&["config", "init", "--output", "x"], "--config FILE"),
    ] {
        let (code, out, err) = run(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(
            err.starts_with("hackweek: ") && err.contains(named),
            "{args:?}: {err}"
        );
    }
}

#[test]
fn an_empty_variable_is_no_time_and_a_wrong_one_is_named() {
    let home = tempfile::tempdir().unwrap();
    let with = |now| {
        hackweek(&home, &["debt"])
            .env("HACKWEEK_NOW", now)
            .output()
            .unwrap()
    };
    let (code, _, err) = said(with("noon"));
    assert_eq!(code, 2);
    assert!(err.contains("HACKWEEK_NOW: \"noon\""), "{err}");
    let (_, _, err) = said(with(""));
    assert!(!err.contains("HACKWEEK_NOW"), "{err}");
}

#[test]
fn hostile_arguments_are_shown_harmless() {
    for args in [
        &["debt", "--\u{1b}[2J"][..],
        &["man", "\u{1b}]0;x\u{7}"],
        &["debt", "--now", "\u{202e}"],
    ] {
        let (code, _, err) = run(args);
        assert_eq!(code, 2);
        assert!(!err.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{err:?}");
    }
}

#[test]
fn completions_and_pages_are_made_for_all() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, out, _) = run(&["completions", shell]);
        assert_eq!(code, 0);
        assert!(out.contains("rebuild"), "{shell}");
    }
    let (code, out, _) = run(&["man"]);
    assert_eq!(code, 0);
    assert!(out.contains(".TH hackweek 1"), "{out}");
    let (code, out, _) = run(&["man", "debt"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("hackweek\\-debt") && out.contains("fail\\-on"),
        "{out}"
    );
}

#[test]
fn output_is_written_whole_and_not_over_another() {
    let home = tempfile::tempdir().unwrap();
    let page = home.path().join("hackweek.1");
    let args = ["man", "--output", "hackweek.1"];
    let (code, out, err) = said(hackweek(&home, &args).output().unwrap());
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    assert_eq!(fs::read_to_string(&page).unwrap(), run(&["man"]).1);

    fs::write(&page, "mine").unwrap();
    let (code, _, err) = said(hackweek(&home, &args).output().unwrap());
    assert_eq!(code, 3);
    assert!(err.contains("hint: --force replaces it"), "{err}");
    assert_eq!(fs::read_to_string(&page).unwrap(), "mine");

    let forced = [&args[..], &["--force"]].concat();
    assert_eq!(said(hackweek(&home, &forced).output().unwrap()).0, 0);
    assert_ne!(fs::read_to_string(&page).unwrap(), "mine");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn output_follows_no_link() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("aim"), "aim").unwrap();
    std::os::unix::fs::symlink("aim", home.path().join("link")).unwrap();
    let args = ["man", "--output", "link", "--force"];
    let (code, _, err) = said(hackweek(&home, &args).output().unwrap());
    assert_eq!(code, 3);
    assert!(err.contains("symbolic link"), "{err}");
    assert_eq!(fs::read_to_string(home.path().join("aim")).unwrap(), "aim");
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let home = tempfile::tempdir().unwrap();
    for args in [&["man"][..], &["completions", "zsh"], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = hackweek(&home, args);
        let output = command
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (code, _, err) = said(output.wait_with_output().unwrap());
        assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let home = tempfile::tempdir().unwrap();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = hackweek(&home, &["man"]);
    let output = command.stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    let (code, _, err) = said(output.wait_with_output().unwrap());
    assert_eq!(code, 3);
    assert!(
        err.starts_with("hackweek: cannot write to standard output\n  cause: "),
        "{err}"
    );
}

#[test]
fn colour_in_help_is_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let forced = hackweek(&home, &["--help"])
        .env("CLICOLOR_FORCE", "1")
        .output()
        .unwrap();
    assert!(said(forced).1.contains('\x1b'));
    let both = hackweek(&home, &["--help"])
        .envs([("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")])
        .output()
        .unwrap();
    assert!(!said(both).1.contains('\x1b'));
}
