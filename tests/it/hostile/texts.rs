//! Texts that would do something to a terminal.

use super::{clean, commit_raw, tree};
use crate::support::Repo;
use crate::support::binary::{hackweek, told};
use crate::support::raw::entry;

const EVIL: &str =
    "\u{1b}]0;pwn\u{7}\u{1b}[2J\r\u{8}\u{9b}31m\u{202e}\u{2066}\u{200f}\u{7f}\t\u{0b}";

fn hostile() -> Repo {
    let repo = Repo::named(&format!("shop{}", EVIL.replace('\u{7f}', "")));
    let git = repo.git();
    let text = format!("// TODO({EVIL}): {EVIL} pay #1{EVIL}\nfn f() {{}}\n// ugly {EVIL} hack\n");
    let owed = git.blob(text.as_bytes()).unwrap();
    let large = git.blob(&vec![b'a'; 5 << 20]).unwrap();
    let names = [format!("a{EVIL}.rs"), format!("large{EVIL}.rs")];
    let root = tree(
        &repo,
        &[
            entry("100644", &names[0], owed),
            entry("100644", &names[1], large),
        ],
    );
    let person = format!(
        "Sam{} <s@{EVIL}> 1794819600 +0100",
        EVIL.replace('\u{b}', "")
    );
    let text = format!(
        "tree {root}\nauthor {person}\ncommitter {person}\n\nTODO: {EVIL} say\n\nTODO {EVIL}\n"
    );
    commit_raw(&repo, text.as_bytes());
    repo
}

#[test]
fn no_control_character_comes_through() {
    let repo = hostile();
    let path = repo.path().to_str().unwrap();
    for arguments in [
        &["debt", "--all", "--repo", path][..],
        &[
            "debt",
            "--all",
            "--suspected",
            "--limit",
            "0",
            "--repo",
            path,
        ],
        &["debt", "--now", "2026-11-17T12:00:00Z", "--repo", path],
        &["debt", "--all", "--format", "json", "--repo", path],
        &["scan", "--repo", path],
        &["scan", "--format", "json", "--repo", path],
        &["rebuild", "--repo", path],
        &["doctor", "--repo", path],
        &["debt", "--fail-on", "open", "--all", "--repo", path],
    ] {
        for color in ["never", "auto"] {
            let output = hackweek(arguments.iter().copied().chain(["--color", color]));
            let code = output.status.code();
            assert!(
                matches!(code, Some(0 | 1)),
                "{arguments:?} {}",
                told(&output)
            );
            clean(&output);
        }
    }
}
