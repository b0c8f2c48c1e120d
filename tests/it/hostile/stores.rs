//! The data directory and the index: damaged, foreign, full, read-only, gone; and scans that end
//! in the middle.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::{OWED, blob, clean, commit_of, commit_raw, owing, refused, tree};
use crate::support::Repo;
use crate::support::binary::{hackweek, told};
use crate::support::debt::debt;
use crate::support::raw::entry;

fn index_of(data: &Path) -> PathBuf {
    let files = fs::read_dir(data.join("index")).unwrap();
    let mut files = files.map(|file| file.unwrap().path());
    files
        .find(|file| file.extension().is_some_and(|e| e == "db"))
        .unwrap()
}

/// A data directory with the index of a repository, nothing in its log.
fn scanned(repo: &Repo) -> TempDir {
    let data = TempDir::new().unwrap();
    debt(repo).data(data.path()).all().counts(1);
    data
}

fn rebuild(repo: &Repo, data: &Path) -> std::process::Output {
    let [repo, data] = [repo.path(), data].map(Path::as_os_str);
    hackweek([
        "rebuild".as_ref(),
        "--repo".as_ref(),
        repo,
        "--data".as_ref(),
        data,
    ])
}

#[test]
fn a_damaged_index_is_named_and_can_be_rebuilt() {
    let repo = owing();
    for (number, damage) in [
        (|bytes: &mut Vec<u8>| bytes.truncate(5_000)) as fn(&mut Vec<u8>),
        |bytes| bytes.truncate(50),
        |bytes| bytes.fill(0x5a),
        |bytes| bytes[100..].fill(0xff),
        |bytes| bytes[..100].fill(0),
        |bytes| {
            bytes
                .iter_mut()
                .skip(4_096)
                .step_by(97)
                .for_each(|b| *b ^= 0x55)
        },
    ]
    .into_iter()
    .enumerate()
    {
        let data = scanned(&repo);
        let file = index_of(data.path());
        let mut bytes = fs::read(&file).unwrap();
        damage(&mut bytes);
        fs::write(&file, &bytes).unwrap();
        let output = debt(&repo).data(data.path()).with("--all").run();
        refused(&output, "hackweek rebuild");
        let output = rebuild(&repo, data.path());
        assert_eq!(output.status.code(), Some(0), "{number} {}", told(&output));
        debt(&repo).data(data.path()).all().counts(1);
    }
}

#[test]
fn an_empty_index_is_filled() {
    let repo = owing();
    let data = scanned(&repo);
    fs::write(index_of(data.path()), b"").unwrap();
    debt(&repo).data(data.path()).all().counts(1);
}

/// Bytes of an index that were changed at random are an error or the same report; never a panic.
#[test]
fn an_index_with_any_byte_changed_is_no_panic() {
    let repo = owing();
    repo.commit("tue 10:00", "Tove", "Pay", |t| {
        t.write("mine.rs", "fn work() {}\n")
    });
    repo.commit("tue 11:00", "Tove", "Back", |t| t.write("mine.rs", OWED));
    let data = scanned(&repo);
    let file = index_of(data.path());
    let whole = fs::read(&file).unwrap();
    repo.commit("wed 10:00", "Tove", "More", |t| {
        t.write("more.rs", "// TODO: more\n")
    });
    let mut state = 1_u64;
    for _ in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..20 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % (bytes.len() - 100) + 100;
            bytes[at] = (state >> 20) as u8;
        }
        fs::write(&file, &bytes).unwrap();
        let output = debt(&repo).data(data.path()).with("--all").run();
        assert!(
            matches!(output.status.code(), Some(0 | 3)),
            "{}",
            told(&output)
        );
    }
}

#[test]
fn a_database_of_another_program_is_never_touched() {
    let repo = owing();
    let data = scanned(&repo);
    let file = index_of(data.path());
    let mut foreign = fs::read(&file).unwrap();
    foreign[68..72].copy_from_slice(b"else");
    fs::write(&file, &foreign).unwrap();
    refused(
        &debt(&repo).data(data.path()).run(),
        "is not an index of hackweek",
    );
    let output = rebuild(&repo, data.path());
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert_eq!(fs::read(&file).unwrap(), foreign);
}

#[test]
fn an_index_of_another_version_is_made_anew() {
    let repo = owing();
    let data = scanned(&repo);
    let file = index_of(data.path());
    let mut newer = fs::read(&file).unwrap();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&file, &newer).unwrap();
    debt(&repo).data(data.path()).all().counts(1);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_index_is_refused() {
    let repo = owing();
    let data = scanned(&repo);
    let file = index_of(data.path());
    let aim = data.path().join("aim");
    fs::write(&aim, "aim").unwrap();
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(&aim, &file).unwrap();
    let output = debt(&repo).data(data.path()).run();
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    let output = rebuild(&repo, data.path());
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert_eq!(fs::read(&aim).unwrap(), b"aim");
    // Nor is what the lock's name leads to emptied.
    let lock = file.with_extension("lock");
    fs::remove_file(&file).unwrap();
    fs::remove_file(&lock).unwrap();
    std::os::unix::fs::symlink(&aim, &lock).unwrap();
    debt(&repo).data(data.path()).run();
    assert_eq!(fs::read(&aim).unwrap(), b"aim");
}

#[test]
fn a_file_for_a_data_directory_is_refused() {
    let repo = owing();
    let home = TempDir::new().unwrap();
    let file = home.path().join("data");
    fs::write(&file, "mine").unwrap();
    refused(&debt(&repo).data(&file).run(), "data");
    refused(&debt(&repo).data(&file.join("deeper")).run(), "data");
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[test]
fn data_inside_the_repository_is_no_debt() {
    let repo = owing();
    let data = repo.path().join("data");
    debt(&repo).data(&data).all().counts(1);
    debt(&repo).data(&data).all().counts(1);
}

#[test]
fn objects_that_go_between_two_runs() {
    let repo = owing();
    let data = scanned(&repo);
    let first = repo.tip();
    repo.commit("tue 10:00", "Tove", "More", |t| {
        t.write("more.rs", "// TODO: more\n")
    });
    debt(&repo).data(data.path()).all().counts(2);
    // A forced push, and everything of before is collected.
    let objects = repo.path().join(".git/objects");
    let name = first.to_string();
    let root = tree(
        &repo,
        &[entry("100644", "new.rs", blob(&repo, "// TODO: other\n"))],
    );
    commit_raw(&repo, &commit_of(root, &[], "Anew"));
    fs::remove_file(objects.join(&name[..2]).join(&name[2..])).unwrap();
    debt(&repo)
        .data(data.path())
        .all()
        .counts(1)
        .item("other")
        .open();
    fs::remove_dir_all(repo.path().join(".git")).unwrap();
    let output = debt(&repo).data(data.path()).run();
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    clean(&output);
}

/// A history long enough to be interrupted.
fn long() -> Repo {
    let repo = owing();
    let mut parents = vec![repo.tip()];
    for number in 0..1_500 {
        let text = format!("// TODO: part {}\n", number / 3).repeat(number % 40 + 1);
        let file = entry("100644", "mine.rs", blob(&repo, text));
        let tree = tree(&repo, &[file]);
        parents = vec![commit_raw(&repo, &commit_of(tree, &parents, "Next"))];
    }
    repo
}

fn scanning(repo: &Repo, data: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_hackweek"))
        .env_clear()
        .args(["scan", "--repo"])
        .arg(repo.path())
        .arg("--data")
        .arg(data)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_scan_that_is_killed_at_any_moment_is_finished_by_the_next() {
    let repo = long();
    let fresh = debt(&repo).all().lasting();
    let data = TempDir::new().unwrap();
    for pause in [0, 5, 15, 40, 80, 120, 200, 300] {
        let mut child = scanning(&repo, data.path());
        std::thread::sleep(Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(debt(&repo).data(data.path()).all().lasting(), fresh);
}

#[cfg(unix)]
#[test]
fn a_scan_that_is_interrupted_says_so() {
    let repo = long();
    let fresh = debt(&repo).all().lasting();
    let data = TempDir::new().unwrap();
    let mut codes = Vec::new();
    for pause in [20, 60, 120, 200] {
        let child = scanning(&repo, data.path());
        std::thread::sleep(Duration::from_millis(pause));
        let kill = Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status();
        assert!(kill.is_ok());
        let output = child.wait_with_output().unwrap();
        clean(&output);
        codes.push(output.status.code());
    }
    // Before the handler is set the signal itself ends it; after the scan there is nothing to stop.
    assert!(
        codes
            .iter()
            .all(|code| matches!(code, Some(0 | 130) | None)),
        "{codes:?}"
    );
    assert_eq!(debt(&repo).data(data.path()).all().lasting(), fresh);
}

#[test]
fn scans_at_once_are_all_right() {
    let repo = long();
    let fresh = debt(&repo).all().lasting();
    let data = TempDir::new().unwrap();
    let children: Vec<Child> = (0..3).map(|_| scanning(&repo, data.path())).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    }
    assert_eq!(debt(&repo).data(data.path()).all().lasting(), fresh);
}

#[test]
fn an_index_that_goes_during_a_scan_is_made_again_by_the_next() {
    let repo = long();
    let fresh = debt(&repo).all().lasting();
    let data = TempDir::new().unwrap();
    let child = scanning(&repo, data.path());
    std::thread::sleep(Duration::from_millis(60));
    let _ = fs::remove_dir_all(data.path().join("index"));
    let output = child.wait_with_output().unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 3)),
        "{}",
        told(&output)
    );
    assert_eq!(debt(&repo).data(data.path()).all().lasting(), fresh);
}
