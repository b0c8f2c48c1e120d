//! What nobody would commit: it is refused with one message, or left out and listed. Nothing
//! panics, nothing hangs, nothing takes much memory.

use std::process::Output;

use git2::{ObjectType, Oid};

use crate::support::Repo;
use crate::support::binary::told;
use crate::support::debt::debt;
use crate::support::raw::entry;

mod crowds;
mod objects;
mod settings;
mod stores;
mod texts;
mod trees;

const OWED: &str = "// TODO: finish the work\nfn work() {}\n";

/// A repository with one marker in `mine.rs`.
fn owing() -> Repo {
    let repo = Repo::new();
    repo.commit("mon 10:00", "Sammy", "Build", |t| t.write("mine.rs", OWED));
    repo
}

/// Writes a tree of any bytes.
fn tree(repo: &Repo, entries: &[Vec<u8>]) -> Oid {
    let odb = repo.git().odb().unwrap();
    odb.write(ObjectType::Tree, &entries.concat()).unwrap()
}

fn blob(repo: &Repo, text: impl AsRef<[u8]>) -> Oid {
    repo.git().blob(text.as_ref()).unwrap()
}

/// Writes a commit of any bytes and lets the branch point to it.
fn commit_raw(repo: &Repo, bytes: &[u8]) -> Oid {
    let id = repo.git().odb().unwrap().write(ObjectType::Commit, bytes);
    let id = id.unwrap();
    let branch = repo.path().join(".git/refs/heads/main");
    std::fs::create_dir_all(branch.parent().unwrap()).unwrap();
    std::fs::write(branch, format!("{id}\n")).unwrap();
    id
}

const PERSON: &str = "Sammy <sammy@shop.example> 1794819600 +0100";

/// A commit of a tree as git writes it.
fn commit_of(tree: Oid, parents: &[Oid], message: &str) -> Vec<u8> {
    let parents: String = parents.iter().map(|p| format!("parent {p}\n")).collect();
    format!("tree {tree}\n{parents}author {PERSON}\ncommitter {PERSON}\n\n{message}\n").into_bytes()
}

/// Commits `mine.rs` with one marker beside these entries.
fn commit_entries(repo: &Repo, entries: &[Vec<u8>]) -> Oid {
    let mine = entry("100644", "mine.rs", blob(repo, OWED));
    let all: Vec<Vec<u8>> = entries.iter().cloned().chain([mine]).collect();
    let tree = tree(repo, &all);
    commit_raw(repo, &commit_of(tree, &[], "Build"))
}

/// Fails unless it is an error of the user's things, told in one short message that holds `said`.
fn refused(output: &Output, said: &str) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{}", told(output));
    assert!(error.contains(said), "{said:?} is not in {error}");
    assert!(error.starts_with("hackweek: "), "{error}");
    assert!(error.lines().count() <= 4, "{error}");
    assert!(output.stdout.is_empty(), "{}", told(output));
    clean(output);
}

/// Fails if a control character came through.
fn clean(output: &Output) {
    for bytes in [&output.stdout, &output.stderr] {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let bad = text.chars().find(|c| {
            let bidi = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}'..='\u{200f}');
            (c.is_control() && *c != '\n') || bidi
        });
        assert_eq!(bad, None, "{text:?}");
    }
}

/// Fails unless the one marker of `mine.rs` is found, and `path` is listed as not read.
fn skips(repo: &Repo, path: &str) {
    let report = debt(repo).all();
    report.counts(1).item("finish").open();
    let skipped = report.skipped();
    assert!(skipped.iter().any(|(p, _)| p == path), "{skipped:?}");
    small();
}

/// Fails if any run of the binary so far took 512 MiB. Mapped packs count, too.
fn small() {
    #[cfg(target_os = "linux")]
    {
        unsafe extern "C" {
            fn getrusage(
                who: std::ffi::c_int,
                usage: *mut [std::ffi::c_long; 18],
            ) -> std::ffi::c_int;
        }
        let mut usage = [0; 18];
        // SAFETY: `struct rusage` is two times of two words and fourteen words.
        assert_eq!(unsafe { getrusage(-1, &raw mut usage) }, 0);
        let most = usage[4] / 1_024;
        println!("at most {most} MiB so far");
        assert!(most < 512, "{most} MiB");
    }
}
