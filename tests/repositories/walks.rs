//! The commits of a history, on one thread and on several.

use std::collections::{BTreeMap, HashSet};

use git2::{Oid, Signature, Time};
use hackweek::history::commits::Commit;
use hackweek::history::walk::{walk, walk_all};
use hackweek::history::{Error, Repository};
use hackweek::object_id::ObjectId;

use crate::made::{Made, repository};

/// A history in which one commit in `merges` may be a merge, and several are of one second.
fn tangled(commits: u64, merges: u64) -> (Made, Vec<Oid>) {
    let made = repository();
    let tree = made.git.treebuilder(None).unwrap().write().unwrap();
    let mut all: Vec<Oid> = Vec::new();
    let mut seed = 7_u64;
    for number in 0..commits {
        let mut draw = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        let count = match draw(merges) {
            0 => draw(4).min(number) as usize,
            _ => number.min(1) as usize,
        };
        let near = if count > 1 { number.min(9) } else { 1 };
        let parents: Vec<Oid> = (0..count)
            .map(|_| all[all.len() - 1 - draw(near) as usize])
            .collect();
        let tree = made.git.find_tree(tree).unwrap();
        let who = Signature::new("a", "a@b", &Time::new(draw(50) as i64, 0)).unwrap();
        let parents: Vec<_> = (parents.iter().collect::<HashSet<_>>().into_iter())
            .map(|id| made.git.find_commit(*id).unwrap())
            .collect();
        let parents: Vec<_> = parents.iter().collect();
        let words = format!("number {number}");
        let id = made.git.commit(None, &who, &who, &words, &tree, &parents);
        all.push(id.unwrap());
    }
    (made, all)
}

fn wide(
    opened: &Repository,
    threads: usize,
    tips: &[ObjectId],
) -> Result<Vec<Commit<String>>, Error> {
    walk_all(
        opened,
        threads,
        tips,
        &HashSet::new(),
        str::to_owned,
        || Ok(()),
    )
}

/// Puts all objects into one pack, as git does.
fn pack(made: &Made, all: &[Oid]) {
    let mut builder = made.git.packbuilder().unwrap();
    let mut walk = made.git.revwalk().unwrap();
    for id in all {
        walk.push(*id).unwrap();
    }
    builder.insert_walk(&mut walk).unwrap();
    let objects = made.git.path().join("objects");
    builder.write(&objects.join("pack"), 0).unwrap();
    for folder in std::fs::read_dir(objects).unwrap().flatten() {
        if folder.file_name().len() == 2 {
            std::fs::remove_dir_all(folder.path()).unwrap();
        }
    }
}

#[test]
fn any_number_of_threads_finds_the_same_commits_in_the_same_order() {
    for (commits, merges, packed) in [(400, 1, false), (400, 1, true), (3_000, 200, true)] {
        let (made, all) = tangled(commits, merges);
        same_for_any_number_of_threads(&made, &all, packed);
    }
}

fn same_for_any_number_of_threads(made: &Made, all: &[Oid], packed: bool) {
    let tips: Vec<ObjectId> = (all.iter().rev().step_by(all.len() / 6))
        .map(|id| id.to_string().parse().unwrap())
        .collect();
    if packed {
        pack(made, all);
    }
    let opened = made.open().unwrap();
    let none = HashSet::new();
    let alone = opened.read_with(|reader| {
        walk(
            reader,
            &tips,
            &none,
            |_| Ok::<_, Error>(false),
            str::to_owned,
            |_| Ok(()),
        )
    });
    let alone = alone.unwrap();

    let mut by_git = made.git.revwalk().unwrap();
    for tip in &tips {
        by_git.push(tip.to_string().parse().unwrap()).unwrap();
    }
    assert_eq!(alone.len(), by_git.count());
    let places: BTreeMap<_, _> = (alone.iter().enumerate())
        .map(|(at, one)| (one.id, at))
        .collect();
    for commit in &alone {
        let after = |parent| places[parent] < places[&commit.id];
        assert!(commit.parents.iter().all(after), "{}", commit.message);
    }
    for threads in 1..5 {
        assert_eq!(wide(&opened, threads, &tips).unwrap(), alone, "{threads}");
    }
}

#[test]
fn a_commit_that_is_not_there_ends_every_thread() {
    let (made, all) = tangled(200, 1);
    let opened = made.open().unwrap();
    let tip = all[199].to_string().parse().unwrap();
    let reached = wide(&opened, 1, &[tip]).unwrap();
    let lost = reached[reached.len() / 3].id.to_string();
    let objects = made.git.path().join("objects");
    std::fs::remove_file(objects.join(&lost[..2]).join(&lost[2..])).unwrap();
    for threads in 1..5 {
        let error = wide(&opened, threads, &[tip]).err();
        let error = error.expect("a part of a history is no history");
        assert!(error.to_string().contains(&lost), "{error}");
    }
}
