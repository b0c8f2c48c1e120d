//! The binary: every format of a real repository, with its links and without its secret.

use std::fs;

use git2::{IndexEntry, IndexTime, Repository, Signature, Time};
use tempfile::TempDir;

use super::bare::{command, said};

/// A repository with one commit, of a forge, whose comment holds a key.
fn repository() -> (TempDir, String) {
    let home = TempDir::new().unwrap();
    let git = Repository::init(home.path().join("shop")).unwrap();
    git.remote("origin", "https://ann:pa55@github.com/ann/shop.git")
        .unwrap();
    // In two pieces, so that no scanner takes this file for a leak.
    let secret = format!("ghp_{}", "9aK2mQ7xR4tB8wZ19aK2mQ7xR4tB8wZ1");
    let text = format!("fn pay() {{}}\n// TODO: rotate {secret} before the demo\n");
    let mut index = git.index().unwrap();
    let entry = IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id: git.blob(text.as_bytes()).unwrap(),
        flags: 0,
        flags_extended: 0,
        path: b"src/pay.rs".to_vec(),
    };
    index.add(&entry).unwrap();
    let tree = git.find_tree(index.write_tree().unwrap()).unwrap();
    let ann = Signature::new("Ann Lee", "ann@example.org", &Time::new(1_794_823_200, 60)).unwrap();
    let message = format!("begin with {secret}");
    git.commit(Some("HEAD"), &ann, &ann, &message, &tree, &[])
        .unwrap();
    (home, secret)
}

fn hackweek(home: &TempDir, args: &[&str]) -> (i32, String, String) {
    let mut command = command(home.path(), args);
    command.current_dir(home.path().join("shop"));
    command.env("HACKWEEK_NOW", "2026-11-18T13:05:00+01:00");
    said(command.output().unwrap())
}

#[test]
fn every_format_is_written_without_the_secret() {
    let (home, secret) = repository();
    for format in [
        "table", "json", "markdown", "html", "slack", "csv", "sarif", "github",
    ] {
        let (code, out, err) = hackweek(&home, &["debt", "--all", "--format", format]);
        assert_eq!(code, 0, "{format}: {err}");
        assert!(out.contains("[redacted]"), "{format}: {out}");
        assert!(
            !out.contains(&secret) && !out.contains("pa55"),
            "{format}: {out}"
        );
        assert!(
            err.contains("1 item holds what looks like a secret"),
            "{err}"
        );

        let file = home.path().join(format);
        let name = file.to_str().unwrap();
        let (code, _, err) = hackweek(
            &home,
            &["debt", "--all", "--format", format, "--output", name],
        );
        assert_eq!(code, 0, "{format}: {err}");
        assert_eq!(fs::read_to_string(&file).unwrap(), out, "{format}");
    }
}

#[test]
fn a_report_of_the_week_is_written_without_the_secret() {
    let (home, secret) = repository();
    let now = "2026-11-16T15:00:00+01:00";
    for report in ["standup", "summary"] {
        for format in ["table", "json", "markdown", "html", "slack", "csv"] {
            let shared = ["--now", now, "--format", format];
            let (code, out, err) = hackweek(&home, &[&[report][..], &shared].concat());
            assert_eq!(code, 0, "{report} {format}: {err}");
            assert!(
                !out.contains(&secret) && !out.contains("pa55"),
                "{report} {format}: {out}"
            );
            assert!(err.contains("what looks like a secret"), "{err}");
            let has_texts =
                report == "standup" && format != "csv" || format == "csv" && report == "summary";
            assert!(
                !has_texts || out.contains("[redacted]"),
                "{report} {format}: {out}"
            );
        }
    }
}

#[test]
fn a_folder_gets_a_file_with_a_name_of_its_own() {
    let (home, _) = repository();
    let folder = home.path().join("out");
    fs::create_dir(&folder).unwrap();
    let name = folder.to_str().unwrap();
    for (args, file) in [
        (
            &["summary", "--format", "html"][..],
            "2026-W47-summary.html",
        ),
        (&["standup", "--format", "slack"], "2026-11-18-standup.txt"),
        (&["debt", "--format", "markdown"], "2026-W47-debt.md"),
    ] {
        let (code, out, err) = hackweek(&home, &[args, &["--output", name]].concat());
        assert_eq!((code, out.as_str()), (0, ""), "{err}");
        assert!(fs::read_to_string(folder.join(file)).unwrap().len() > 50);
        let (code, _, err) = hackweek(&home, &[args, &["--output", name]].concat());
        assert_eq!(code, 3, "{err}");
        assert!(err.contains("is there already"), "{err}");
    }
}

#[test]
fn links_lead_to_the_forge_of_the_remote() {
    let (home, _) = repository();
    for format in ["markdown", "html", "slack"] {
        let (_, out, _) = hackweek(&home, &["debt", "--all", "--format", format]);
        assert!(
            out.contains("https://github.com/ann/shop/blob/"),
            "{format}: {out}"
        );
    }
    let (_, json, _) = hackweek(&home, &["debt", "--all", "--format", "json"]);
    assert!(
        !json.contains("github.com"),
        "the document has no such field: {json}"
    );
}

#[test]
fn flags_that_do_not_go_together_are_2() {
    let (home, _) = repository();
    for (args, named) in [
        (
            &["debt", "--csv-raw"][..],
            "--csv-raw is not for --format table",
        ),
        (
            &["debt", "--all", "--limit", "3", "--format", "html"],
            "--limit",
        ),
        (
            &["debt", "--suspected", "--format", "slack"],
            "slack has no room",
        ),
        (
            &["debt", "--with-secrets"],
            "--with-secrets needs a terminal",
        ),
        (
            &["standup", "--format", "sarif"],
            "--format sarif is for the debt report",
        ),
        (
            &["summary", "--csv-raw"],
            "--csv-raw is not for --format table",
        ),
        (
            &["scan", "--format", "html"],
            "--format html is not for scan",
        ),
        (
            &["rebuild", "--format", "csv"],
            "rebuild has table and json",
        ),
        (
            &["doctor", "--format", "sarif"],
            "--format sarif is not for doctor",
        ),
    ] {
        let (code, out, err) = hackweek(&home, args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains(named), "{args:?}: {err}");
    }
}
