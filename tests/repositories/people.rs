//! The mailmap of the commit at `HEAD`.

use std::fs;

use hackweek::history::{Error, Repository};

use crate::made::{commit, repository, unborn};

fn resolved(opened: &Repository) -> String {
    let map = opened.mailmap().unwrap();
    let (name, mail) = map.resolve(b"ann", b"ann@example.org");
    format!(
        "{} <{}>",
        String::from_utf8_lossy(name),
        String::from_utf8_lossy(mail)
    )
}

#[test]
fn a_bare_repository_and_a_worktree_name_people_alike() {
    let map = "Ann Bee <ann@bee.org> <Ann@Example.ORG>\n";
    for is_bare in [false, true] {
        let made = unborn(is_bare);
        commit(&made.git, "HEAD", &[(".mailmap", map)]);
        if !is_bare {
            fs::write(made.path.join(".mailmap"), "Other <ann@example.org>\n").unwrap();
        }
        made.configure("[mailmap]\n\tfile = /etc/passwd\n");
        assert_eq!(resolved(&made.open().unwrap()), "Ann Bee <ann@bee.org>");
    }
}

#[test]
fn without_a_mailmap_people_are_as_they_say() {
    let as_they_say = "ann <ann@example.org>";
    assert_eq!(resolved(&repository().open().unwrap()), as_they_say);
    assert_eq!(resolved(&unborn(false).open().unwrap()), as_they_say);
}

#[test]
fn a_mailmap_that_is_a_link_or_a_folder_says_nothing() {
    let made = repository();
    let blob = made.git.blob(b"Ann <ann@example.org>").unwrap();
    let folder = made.git.treebuilder(None).unwrap().write().unwrap();
    for (id, mode) in [(blob, 0o120_000), (folder, 0o040_000)] {
        let mut tree = made.git.treebuilder(None).unwrap();
        tree.insert(".mailmap", id, mode).unwrap();
        let tree = made.git.find_tree(tree.write().unwrap()).unwrap();
        let parent = made.git.head().unwrap().peel_to_commit().unwrap();
        let who = parent.author().to_owned();
        made.git
            .commit(Some("HEAD"), &who, &who, "m", &tree, &[&parent])
            .unwrap();
        assert_eq!(resolved(&made.open().unwrap()), "ann <ann@example.org>");
    }
}

#[test]
fn a_mailmap_that_cannot_be_read_is_an_error() {
    let made = repository();
    commit(&made.git, "HEAD", &[(".mailmap", &"#".repeat(5 << 20))]);
    let error = made.open().unwrap().mailmap().err().unwrap();
    assert!(error.to_string().contains("are not read"), "{error}");

    let id = commit(&made.git, "HEAD", &[(".mailmap", "Ann <a@x>")]);
    let tree = made.git.find_commit(id).unwrap().tree().unwrap();
    let blob = tree.get_name(".mailmap").unwrap().id().to_string();
    fs::remove_file(crate::made::loose(&made.git, &blob)).unwrap();
    let error = made.open().unwrap().mailmap().err().unwrap();
    assert!(matches!(error, Error::MissingObject { .. }), "{error}");
}
