//! Trees that are too wide, too deep, that hold each other, or that are not as git writes them.

use git2::Oid;

use super::{OWED, blob, clean, commit_entries, commit_of, commit_raw, owing, skips, tree};
use crate::support::Repo;
use crate::support::binary::hackweek;
use crate::support::debt::debt;
use crate::support::raw::entry;

fn wide(repo: &Repo, count: u32) -> Oid {
    let text = blob(repo, "text\n");
    let name = |number| entry("100644", format!("f{number:07}"), text);
    tree(repo, &(0..count).map(name).collect::<Vec<_>>())
}

fn deep(repo: &Repo, depth: u32) -> Oid {
    let mut inner = tree(repo, &[entry("100644", "a.rs", blob(repo, OWED))]);
    for _ in 0..depth {
        inner = tree(repo, &[entry("40000", "d", inner)]);
    }
    inner
}

#[test]
fn a_folder_of_a_million_entries() {
    let repo = Repo::new();
    let wide = wide(&repo, 1_000_000);
    commit_entries(&repo, &[entry("40000", "all", wide)]);
    skips(&repo, "all");
}

#[test]
fn folders_in_each_other_20000_deep() {
    let repo = Repo::new();
    let deep = deep(&repo, 20_000);
    commit_entries(&repo, &[entry("40000", "all", deep)]);
    let report = debt(&repo).all();
    report.counts(1).item("finish").open();
    assert_eq!(report.skipped()[0].1, "too many folders in each other");
}

/// Ten folders, each ten times in the one before, are ten thousand million files.
#[test]
fn folders_that_multiply() {
    let repo = Repo::new();
    let mut inner = tree(&repo, &[entry("100644", "a.txt", blob(&repo, "text\n"))]);
    for _ in 0..10 {
        let ten: Vec<_> = (0..10)
            .map(|n| entry("40000", n.to_string(), inner))
            .collect();
        inner = tree(&repo, &ten);
    }
    // Behind `mine.rs`, so that this is read.
    let mine = entry("100644", "mine.rs", blob(&repo, OWED));
    let root = tree(&repo, &[mine, entry("40000", "z", inner)]);
    commit_raw(&repo, &commit_of(root, &[], "Bomb"));
    let report = debt(&repo).all();
    report.counts(1).item("finish").open();
    assert!(!report.skipped().is_empty());
}

/// Every commit has another version of a large folder: they are not all kept.
#[test]
fn many_versions_of_a_large_folder() {
    let repo = Repo::new();
    let text = blob(&repo, "text\n");
    let mut entries: Vec<_> = (0..20_000_u32)
        .map(|number| entry("100644", format!("f{number:07}"), text))
        .collect();
    let mine = blob(&repo, OWED);
    let mut parents = Vec::new();
    for number in 0..400 {
        let id = if number % 2 == 0 { mine } else { text };
        entries[number * 40] = entry("100644", format!("f{:07}", number * 40), id);
        let tree = tree(&repo, &entries);
        parents = vec![commit_raw(&repo, &commit_of(tree, &parents, "Next"))];
    }
    assert_eq!(debt(&repo).all().items.len(), 200);
}

#[test]
fn names_that_git_would_not_write() {
    let repo = Repo::new();
    let owed = blob(&repo, OWED);
    let names: [&[u8]; 14] = [
        b"",
        b".",
        b"..",
        b".git",
        b"a\nb.rs",
        b"\x1b]0;x\x07.rs",
        b"\xff\xfe.rs",
        b"a/b.rs",
        b"/etc/passwd",
        b"dup.rs",
        b"dup.rs",
        b"CON",
        b"\xe2\x80\xae.rs",
        b"b.rs",
    ];
    let entries: Vec<_> = names.map(|name| entry("100644", name, owed)).to_vec();
    let first = commit_entries(&repo, &entries);
    let all = debt(&repo).all();
    assert!(all.items.len() >= 10, "{}", all.items.len());
    let args = ["debt", "--all", "--suspected", "--repo"].map(Into::into);
    let output = hackweek(args.into_iter().chain([repo.path().as_os_str().to_owned()]));
    assert_eq!(output.status.code(), Some(0));
    clean(&output);
    // The other way round, and with a folder of that name beside.
    let mut reversed: Vec<_> = entries.iter().rev().cloned().collect();
    let folder = tree(&repo, &[entry("100644", "x.rs", owed)]);
    reversed.extend(["", ".", "..", ".git", "dup.rs", "a"].map(|n| entry("40000", n, folder)));
    let second = tree(&repo, &reversed);
    let second = commit_raw(&repo, &commit_of(second, &[first], "Reverse"));
    debt(&repo).all();
    let merged = tree(&repo, &[reversed, entries].concat());
    commit_raw(&repo, &commit_of(merged, &[second, first], "Merge"));
    debt(&repo).all();
}

#[test]
fn entries_that_break_off_and_odd_modes() {
    let repo = owing();
    let owed = blob(&repo, OWED);
    let good = entry("100644", "a.rs", owed);
    for bad in [
        b"".to_vec(),
        b"100644".to_vec(),
        b"100644 b.rs".to_vec(),
        b"100644 b.rs\0abc".to_vec(),
        b"\0\0\0\0\0\0\0\0".to_vec(),
        vec![b' '; 100],
        entry("0", "b.txt", owed),
        entry("999999", "b.txt", owed),
        entry("100644100644100644", "b.txt", owed),
        entry("160000", "b.txt", owed),
        entry("120000", "b.txt", blob(&repo, "/etc/passwd")),
        entry("40000", "b", owed)[..10].to_vec(),
    ] {
        let tree = tree(&repo, &[good.clone(), bad]);
        commit_raw(&repo, &commit_of(tree, &[], "Odd"));
        debt(&repo).all().counts(1).item("finish").at("a.rs", 1);
    }
}

#[test]
fn a_folder_that_is_a_file_is_named() {
    let repo = Repo::new();
    let text = blob(&repo, OWED);
    commit_entries(&repo, &[entry("40000", "folder", text)]);
    super::refused(&debt(&repo).run(), &text.to_string());
}

#[test]
fn commits_that_swap_everything_are_read_in_steps() {
    let repo = Repo::new();
    let wide = wide(&repo, 5_000);
    let none = tree(&repo, &[entry("100644", "mine.rs", blob(&repo, OWED))]);
    let mut parents = Vec::new();
    for number in 0..601 {
        let tree = if number % 2 == 1 { wide } else { none };
        parents = vec![commit_raw(&repo, &commit_of(tree, &parents, "Swap"))];
    }
    let report = debt(&repo).all();
    report.counts(1).item("finish").open();
}

#[test]
fn commits_that_rename_a_file_of_a_very_long_name_to_and_fro() {
    let repo = Repo::new();
    let owed = blob(&repo, OWED);
    let mut parents = Vec::new();
    let names = ["a", "b"].map(|end| format!("{}{end}.rs", "n".repeat(2 << 20)));
    let text = blob(&repo, "text\n");
    let trees = names.map(|name| tree(&repo, &[entry("100644", name, text)]));
    for number in 0..200 {
        let commit = commit_of(trees[number % 2], &parents, "Rename");
        parents = vec![commit_raw(&repo, &commit)];
    }
    let mine = tree(&repo, &[entry("100644", "mine.rs", owed)]);
    commit_raw(&repo, &commit_of(mine, &parents, "Mine"));
    debt(&repo).all().counts(1).item("finish").open();
}
