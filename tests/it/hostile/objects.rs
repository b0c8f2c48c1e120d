//! Objects that are too large, cut off, missing, or something else.

use std::fs;

use git2::Oid;

use super::{OWED, commit_entries, commit_of, commit_raw, owing, refused, skips, small, tree};
use crate::support::Repo;
use crate::support::debt::debt;
use crate::support::raw::{Packed, bomb, entry, loose, made_up, pack, stored};

const HUGE: u64 = 500 << 20;

fn with_large(write: impl FnOnce(&Repo, Oid)) -> Repo {
    let repo = Repo::new();
    write(&repo, made_up(1));
    commit_entries(&repo, &[entry("100644", "large.rs", made_up(1))]);
    repo
}

#[test]
fn a_line_of_500_mib() {
    let repo = with_large(|repo, id| {
        let stream = bomb(format!("blob {HUGE}\0").as_bytes(), HUGE);
        loose(repo.git(), id, &stream);
    });
    skips(&repo, "large.rs");
}

#[test]
fn a_line_of_500_mib_in_a_pack() {
    let repo = with_large(|repo, id| pack(repo.git(), vec![Packed::bomb(id, HUGE)]));
    skips(&repo, "large.rs");
}

#[test]
fn a_delta_that_begins_with_500_mib() {
    let repo = with_large(|repo, id| {
        let base = Packed::bomb(made_up(2), HUGE);
        pack(
            repo.git(),
            vec![base, Packed::delta(id, made_up(2), HUGE, 100)],
        );
    });
    skips(&repo, "large.rs");
}

#[test]
fn a_delta_that_claims_2_gib() {
    let repo = with_large(|repo, id| {
        let base = Packed::bomb(made_up(2), 1_000);
        pack(
            repo.git(),
            vec![base, Packed::delta(id, made_up(2), 1_000, 1 << 31)],
        );
    });
    skips(&repo, "large.rs");
}

#[test]
fn a_tree_and_a_commit_of_500_mib() {
    for (kind, mode) in [("tree", "40000"), ("commit", "")] {
        let repo = Repo::new();
        let stream = bomb(format!("{kind} {HUGE}\0").as_bytes(), HUGE);
        loose(repo.git(), made_up(1), &stream);
        if kind == "tree" {
            commit_entries(&repo, &[entry(mode, "large", made_up(1))]);
            skips(&repo, "large");
        } else {
            let tree = tree(&repo, &[]);
            commit_raw(&repo, &commit_of(tree, &[made_up(1)], "Build"));
            refused(&debt(&repo).run(), &made_up(1).to_string());
        }
        small();
    }
}

/// The ids of the commit, the tree and the blob of [`owing`].
fn parts(repo: &Repo) -> [Oid; 3] {
    let commit = repo.git().find_commit(repo.tip()).unwrap();
    let blob = repo.files(commit.id()).object("mine.rs").unwrap();
    [commit.id(), commit.tree_id(), blob]
}

fn file_of(repo: &Repo, id: Oid) -> std::path::PathBuf {
    let id = id.to_string();
    repo.path()
        .join(".git/objects")
        .join(&id[..2])
        .join(&id[2..])
}

#[test]
fn what_is_missing_is_named() {
    for number in 0..3 {
        let repo = owing();
        let id = parts(&repo)[number];
        fs::remove_file(file_of(&repo, id)).unwrap();
        refused(&debt(&repo).run(), &id.to_string());
    }
}

#[test]
fn a_missing_parent_is_named() {
    let repo = owing();
    let [first, ..] = parts(&repo);
    repo.commit("mon 11:00", "Sammy", "More", |t| t.write("more.rs", OWED));
    fs::remove_file(file_of(&repo, first)).unwrap();
    refused(&debt(&repo).run(), &first.to_string());
}

#[test]
fn what_is_cut_off_is_named() {
    for number in 0..3 {
        for keep in [0, 1, 3, 10, 30] {
            let repo = owing();
            let id = parts(&repo)[number];
            let whole = fs::read(file_of(&repo, id)).unwrap();
            loose(repo.git(), id, &whole[..keep.min(whole.len() - 1)]);
            refused(&debt(&repo).run(), &id.to_string());
        }
    }
}

#[test]
fn garbage_for_an_object_is_named() {
    for number in 0..3 {
        let repo = owing();
        let id = parts(&repo)[number];
        for stream in [&b"\x78\x01garbage that is no stream"[..], &[0xff; 300]] {
            loose(repo.git(), id, stream);
            refused(&debt(&repo).run(), &id.to_string());
        }
    }
}

#[test]
fn an_object_of_another_kind_is_named() {
    for (number, kind) in ["commit", "tree", "blob"].into_iter().enumerate() {
        for other in ["commit", "tree", "blob", "tag", "noise"] {
            if other == kind {
                continue;
            }
            let repo = owing();
            let id = parts(&repo)[number];
            loose(
                repo.git(),
                id,
                &stored(format!("{other} 3\0abc").as_bytes()),
            );
            refused(&debt(&repo).run(), &id.to_string());
        }
    }
}

#[test]
fn a_pack_that_is_cut_off_is_named() {
    for keep in [0, 11, 13, 40, 200] {
        let repo = with_large(|repo, id| {
            pack(repo.git(), vec![Packed::bomb(id, 1 << 20)]);
            let folder = repo.path().join(".git/objects/pack");
            for file in fs::read_dir(folder).unwrap() {
                let file = file.unwrap().path();
                if file.extension().is_some_and(|e| e == "pack") {
                    let bytes = fs::read(&file).unwrap();
                    fs::write(&file, &bytes[..keep]).unwrap();
                }
            }
        });
        refused(&debt(&repo).run(), &made_up(1).to_string());
    }
}

#[test]
fn a_commit_without_a_tree_is_named() {
    for bytes in [
        "",
        "tree 12\n",
        "author A <a> 1 +0000\n\nx",
        "tree 0000000000000000000000000000000000000000",
        "tree e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\nparent x\n",
    ] {
        let repo = Repo::new();
        let id = commit_raw(&repo, bytes.as_bytes());
        refused(&debt(&repo).run(), &id.to_string());
    }
}

#[test]
fn odd_commits_are_read() {
    let repo = owing();
    let tree = parts(&repo)[1];
    let mut parents: Vec<Oid> = Vec::new();
    for (number, header) in [
        String::new(),
        "author A\n".to_owned(),
        "author A <a> 99999999999999999 +0000\ncommitter A <a> -5000000000 +9999\n".to_owned(),
        "author A <a> 999999999999999999999999999 +99999999\n".to_owned(),
        "author <<>> x y z\ncommitter\n".to_owned(),
        format!(
            "author {PERSON}\nencoding {}\ngpgsig x\n y\n",
            "x".repeat(1_000)
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let parent: String = parents.iter().map(|p| format!("parent {p}\n")).collect();
        let text = format!("tree {tree}\n{parent}{header}\nnumber {number}\0 after\n");
        parents = vec![commit_raw(&repo, text.as_bytes())];
    }
    let twice = commit_of(tree, &[parents[0], parents[0]], "Twice");
    commit_raw(&repo, &twice);
    let output = debt(&repo).all();
    output.counts(1).item("finish").open();
}

use super::PERSON;
