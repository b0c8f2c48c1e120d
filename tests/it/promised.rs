//! What is promised of every run: nothing is written where it reads, the same question has the
//! same answer, any clone will do, and the exit code tells.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::binary::{hackweek, hackweek_in, told};
use crate::support::{Repo, debt, debt_of};

/// A few commits with open, paid, moved and merged items.
fn shop() -> Repo {
    let repo = Repo::new();
    repo.commit("mon 10:00", "Sammy", "Build", |t| {
        t.write("card.rs", "fn card() {\n    // TODO: retry\n    go();\n}\n")
            .write(
                "cat.rs",
                "fn feed() {\n    // FIXME: leaks\n    cat();\n}\n",
            )
    });
    repo.branch("side");
    repo.commit("tue 10:00", "Tove", "Move", |t| {
        t.rename("card.rs", "pay/card.rs")
    });
    repo.switch("main");
    repo.commit("wed 10:00", "Johnny", "Fix", |t| {
        t.write("cat.rs", "fn feed() {\n    dog();\n}\n")
    });
    repo.merge("thu 10:00", "Mira", &["side"], |t| t);
    repo
}

/// Every file and folder below a path, with its bytes and when it was last changed.
fn snapshot(root: &Path) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
    let mut all = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let about = std::fs::symlink_metadata(&path).unwrap();
            let bytes = if about.is_file() {
                std::fs::read(&path).unwrap()
            } else {
                Vec::new()
            };
            if about.is_dir() {
                folders.push(path.clone());
            }
            all.insert(path, (bytes, about.modified().unwrap()));
        }
    }
    all
}

#[test]
fn nothing_is_written_into_the_repository() {
    let repo = shop();
    repo.checkout();
    let before = snapshot(repo.path());
    debt(&repo).all().counts(2);
    debt(&repo).week().counts(2);
    assert_eq!(snapshot(repo.path()), before);
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let (repo, data) = (shop(), TempDir::new().unwrap());
    let first = debt(&repo).data(data.path()).all();
    let second = debt(&repo).data(data.path()).all();
    assert_eq!(
        String::from_utf8(first.bytes),
        String::from_utf8(second.bytes.clone())
    );
    assert_eq!(debt(&repo).all().lasting(), second.lasting());
}

/// What is told by a run that may remember earlier ones.
fn remembered(repo: &Repo, data: &Path) -> serde_json::Value {
    debt(repo).data(data).all().lasting()
}

#[test]
fn a_run_after_new_commits_is_as_a_run_afresh() {
    let (repo, data) = (shop(), TempDir::new().unwrap());
    debt(&repo).data(data.path()).all();
    repo.commit("thu 12:00", "Johnny", "Fix", |t| t.delete("pay/card.rs"));
    debt(&repo).data(data.path()).all().item("retry").is("paid");
    assert_eq!(remembered(&repo, data.path()), debt(&repo).all().lasting());
}

#[test]
fn a_run_after_a_forced_push_is_as_a_run_afresh() {
    let (repo, data) = (shop(), TempDir::new().unwrap());
    let start = repo.tip();
    repo.commit("thu 11:00", "Sammy", "Oops", |t| {
        t.write(
            "oops.rs",
            "fn oops() {\n    // HACK: never meant to be\n    go();\n}\n",
        )
    });
    debt(&repo)
        .data(data.path())
        .all()
        .item("never meant")
        .open();
    repo.reset(start);
    repo.commit("thu 12:00", "Johnny", "Fix", |t| t.delete("pay/card.rs"));
    debt(&repo)
        .data(data.path())
        .all()
        .nothing_says("never meant")
        .item("retry")
        .is("paid");
    assert_eq!(remembered(&repo, data.path()), debt(&repo).all().lasting());
}

#[test]
fn going_back_and_forth_is_as_never_having_left() {
    let (repo, data) = (shop(), TempDir::new().unwrap());
    let (main, side) = (repo.tip_of("main"), repo.tip_of("side"));
    for commit in [main, side, main, side] {
        repo.stand_at(commit);
        assert_eq!(remembered(&repo, data.path()), debt(&repo).all().lasting());
    }
}

#[test]
fn a_bare_clone_tells_the_same_items() {
    let repo = shop();
    let (here, there) = (debt(&repo).all(), debt_of([repo.bare_clone()]).all());
    assert_eq!(there.json["items"], here.json["items"]);
    assert_eq!(there.json["totals"], here.json["totals"]);
}

#[test]
fn a_second_work_tree_tells_the_same_items() {
    let repo = shop();
    let (here, there) = (debt(&repo).all(), debt_of([repo.worktree()]).all());
    assert_eq!(there.json["items"], here.json["items"]);
    assert_eq!(there.json["totals"], here.json["totals"]);
}

#[test]
fn the_work_tree_is_not_read() {
    let repo = shop();
    repo.checkout();
    let here = debt(&repo).all();
    std::fs::write(repo.path().join("dirty.rs"), "// TODO: not committed\n").unwrap();
    std::fs::remove_file(repo.path().join("pay/card.rs")).unwrap();
    assert_eq!(debt(&repo).all().lasting(), here.lasting());
}

#[test]
fn a_subdirectory_will_do_for_the_repository() {
    let repo = shop();
    repo.checkout();
    let data = TempDir::new().unwrap();
    let data = data.path().to_str().unwrap();
    let arguments = [
        "debt",
        "--all",
        "--format",
        "json",
        "--data",
        data,
        "--timezone",
        "UTC",
    ];
    let output = hackweek_in(&repo.path().join("pay"), arguments);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["items"].as_array().unwrap().len(), 2);
}

#[test]
fn a_shallow_clone_says_so() {
    let repo = shop();
    let tip = repo.tip();
    std::fs::write(repo.path().join(".git/shallow"), format!("{tip}\n")).unwrap();
    let report = debt(&repo).all();
    assert_eq!(report.json["repositories"][0]["shallow"], true);
    report.item("retry").open().introduced_by(tip);
}

#[test]
fn a_repository_without_commits_has_no_debt() {
    let report = debt(&Repo::new()).all();
    report.counts(0);
    assert_eq!(report.totals.introduced, 0);
}

#[test]
fn a_tagged_and_detached_commit_is_read_as_it_is() {
    let repo = shop();
    let side = repo.tip_of("side");
    repo.tag("demo", side);
    repo.stand_at(side);
    let report = debt(&repo).all();
    report.item("leaks").open();
    assert_eq!(report.json["repositories"][0]["commits"], 2);
}

#[test]
fn no_repository_is_the_fault_of_the_data() {
    let nowhere = TempDir::new().unwrap();
    let output = debt_of([nowhere.path()]).with("--all").run();
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(output.stdout.is_empty(), "{}", told(&output));
    assert!(!output.stderr.is_empty());
    let output = debt_of([nowhere.path().join("missing")])
        .with("--all")
        .run();
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
}

#[test]
fn the_gate_finds_what_is_open() {
    let repo = shop();
    let output = debt(&repo).with("--fail-on").with("open").run();
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        json["totals"]["open"], 1,
        "the report is written all the same"
    );

    repo.commit("thu 12:00", "Johnny", "Fix", |t| t.delete("pay/card.rs"));
    let output = debt(&repo).with("--fail-on").with("open").run();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

#[test]
fn the_gate_finds_what_is_late() {
    let repo = shop();
    let output = debt(&repo)
        .with("--fail-on")
        .with("late")
        .now("thu 15:00")
        .run();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    repo.commit("fri 12:00", "Johnny", "Fix", |t| t.delete("pay/card.rs"));
    let output = debt(&repo).with("--fail-on").with("late").run();
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
}

#[test]
fn a_wrong_argument_is_a_fault_of_usage() {
    let repo = shop();
    for wrong in [
        &["--no-such-flag"][..],
        &["--fail-on", "tuesdays"],
        &["--format", "origami"],
        &["--week", "2026-W99"],
        &["--all", "surplus"],
    ] {
        let ask = wrong
            .iter()
            .fold(debt(&repo), |ask, argument| ask.with(argument));
        let output = ask.run();
        assert_eq!(
            output.status.code(),
            Some(2),
            "{wrong:?}: {}",
            told(&output)
        );
        assert!(output.stdout.is_empty(), "{wrong:?}: {}", told(&output));
    }
    let output = debt(&repo).zone("Europe/Atlantis").run();
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
}

#[test]
fn without_a_terminal_it_says_which_command_to_use() {
    let repo = shop();
    let output = hackweek(["--repo", repo.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    let said = String::from_utf8_lossy(&output.stderr);
    let named = ["hackweek standup", "hackweek debt"]
        .iter()
        .any(|name| said.contains(name));
    assert!(named, "{}", told(&output));
}
