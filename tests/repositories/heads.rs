//! `HEAD` and branches, sound and broken.

use std::fs;

use git2::ObjectType;
use hackweek::history::{Error, Head};

use crate::made::{Made, commit, loose, overwrite, repository, stored, unborn};

fn names(made: &Made, branches: &[&str]) -> Vec<String> {
    let branches: Vec<_> = branches.iter().map(ToString::to_string).collect();
    let tips = made.open().unwrap().tips(&branches).unwrap();
    tips.into_iter().map(|(name, _)| name).collect()
}

fn head_error(made: &Made) -> Error {
    let opened = made.open().unwrap();
    let error = opened.head().expect_err("an error, never a history");
    assert!(opened.tips(&[]).is_err());
    assert!(opened.mailmap().is_err());
    assert!(!error.to_string().chars().any(char::is_control), "{error}");
    error
}

#[test]
fn a_branch_without_a_commit_is_unborn() {
    for is_bare in [false, true] {
        let made = unborn(is_bare);
        let opened = made.open().unwrap();
        let branch = "main".to_owned();
        assert_eq!(opened.head().unwrap(), Head::Unborn { branch });
        assert_eq!(opened.tips(&[]).unwrap(), []);
    }
}

#[test]
fn head_is_a_commit_on_a_branch_or_without_one() {
    let made = repository();
    let id = made.git.refname_to_id("HEAD").unwrap();
    let Head::Commit { id: found, branch } = made.open().unwrap().head().unwrap() else {
        panic!("there is a commit");
    };
    assert_eq!(found.to_string(), id.to_string());
    assert_eq!(branch.as_deref(), Some("main"));
    assert_eq!(names(&made, &[]), ["main"]);

    made.git.set_head_detached(id).unwrap();
    let head = made.open().unwrap().head().unwrap();
    assert_eq!(
        head,
        Head::Commit {
            id: found,
            branch: None
        }
    );
    assert_eq!(names(&made, &[]), ["HEAD"]);
}

#[test]
fn a_branch_that_was_deleted_is_unborn_again() {
    let made = repository();
    commit(&made.git, "refs/heads/topic", &[]);
    fs::remove_file(made.file("refs/heads/main")).unwrap();
    let branch = "main".to_owned();
    assert_eq!(
        made.open().unwrap().head().unwrap(),
        Head::Unborn { branch }
    );
    assert_eq!(names(&made, &["topic"]), ["topic"]);
}

#[test]
fn a_malformed_head_is_an_error() {
    for text in [
        "",
        "nonsense\n",
        "ref: \u{1b}[31m..\n",
        "ref: HEAD\n",
        "0123\n",
    ] {
        let made = repository();
        fs::write(made.file("HEAD"), text).unwrap();
        let error = head_error(&made);
        assert!(
            matches!(error, Error::Reference { .. }),
            "{text:?}: {error}"
        );
    }
}

#[test]
fn a_malformed_branch_is_an_error() {
    let made = repository();
    for text in ["", "nonsense\n", "ref: refs/heads/main\n"] {
        fs::write(made.file("refs/heads/main"), text).unwrap();
        let error = head_error(&made);
        assert!(
            matches!(error, Error::Reference { .. }),
            "{text:?}: {error}"
        );
    }
}

#[test]
fn a_head_whose_commit_is_missing_is_an_error() {
    let made = repository();
    let gone = "0123456789012345678901234567890123456789";
    fs::write(made.file("refs/heads/main"), gone).unwrap();
    let error = head_error(&made);
    let Error::MissingObject { what, id, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!((what.as_str(), id.to_string().as_str()), ("main", gone));
}

#[test]
fn a_commit_that_cannot_be_unpacked_is_an_error() {
    let made = repository();
    let id = made.git.refname_to_id("HEAD").unwrap().to_string();
    let file = loose(&made.git, &id);
    let whole = fs::read(&file).unwrap();
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 0x55;
    let too_short = stored(b"commit 300\0tree ");
    let len = whole.len();
    for bytes in [
        b"nonsense",
        &b""[..],
        &whole[..20],
        &whole[..len / 2],
        &whole[..len - 1],
        &changed,
        &too_short,
    ] {
        overwrite(&file, bytes);
        let error = head_error(&made);
        assert!(matches!(error, Error::Object { .. }), "{error}");
    }
}

#[test]
fn a_commit_of_a_kind_that_is_none_is_an_error() {
    let made = repository();
    let id = made.git.refname_to_id("HEAD").unwrap().to_string();
    for object in [
        "OFS_DELTA 5\0tree ",
        "blob 0\0",
        "commit 5\0tree ",
        " 0\0",
        "\u{1b} 0\0",
    ] {
        overwrite(&loose(&made.git, &id), &stored(object.as_bytes()));
        let error = head_error(&made);
        assert!(matches!(error, Error::Object { .. }), "{object:?}: {error}");
    }
}

/// Of a kind that the format keeps for later, on which git2 0.21 panics.
#[test]
fn a_packed_commit_of_a_kind_that_is_none_is_an_error() {
    for kind in [0, 5] {
        let made = repository();
        let id = made.git.refname_to_id("HEAD").unwrap();
        let mut builder = made.git.packbuilder().unwrap();
        builder.insert_object(id, None).unwrap();
        let directory = made.file("objects/pack");
        builder.write(&directory, 0o644).unwrap();
        fs::remove_file(loose(&made.git, &id.to_string())).unwrap();
        let pack = fs::read_dir(&directory)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.extension().is_some_and(|name| name == "pack"))
            .unwrap();
        assert!(matches!(
            made.open().unwrap().head().unwrap(),
            Head::Commit { .. }
        ));
        // Bits 4 to 6 of the first byte after the header of twelve.
        let mut bytes = fs::read(&pack).unwrap();
        bytes[12] = bytes[12] & 0x8f | kind << 4;
        overwrite(&pack, &bytes);
        let error = head_error(&made);
        assert!(matches!(error, Error::Object { .. }), "{kind}: {error}");
    }
}

#[test]
fn a_commit_that_claims_to_be_huge_is_never_read() {
    let made = repository();
    let id = made.git.refname_to_id("HEAD").unwrap().to_string();
    overwrite(&loose(&made.git, &id), &stored(b"commit 4000000000\0tree "));
    let error = head_error(&made);
    assert!(error.to_string().contains("are not read"), "{error}");
}

#[test]
fn branches_are_found_by_name_and_by_pattern() {
    let made = repository();
    for name in [
        "refs/heads/fix/one",
        "refs/heads/fix/two",
        "refs/remotes/origin/main",
        "refs/remotes/origin/fix/three",
    ] {
        commit(&made.git, name, &[]);
    }
    made.git
        .reference_symbolic(
            "refs/remotes/origin/HEAD",
            "refs/remotes/origin/main",
            false,
            "",
        )
        .unwrap();
    assert_eq!(names(&made, &["main"]), ["main"]);
    assert_eq!(
        names(&made, &["origin/main", "main"]),
        ["main", "origin/main"]
    );
    assert_eq!(names(&made, &["refs/heads/fix/one"]), ["fix/one"]);
    assert_eq!(
        names(&made, &["fix/*", "main"]),
        ["fix/one", "fix/two", "main"]
    );
    assert_eq!(names(&made, &["fix/*", "fix/*"]), ["fix/one", "fix/two"]);
    assert_eq!(
        names(&made, &["origin/*"]),
        ["origin/fix/three", "origin/main"]
    );
}

#[test]
fn packed_branches_are_found() {
    let made = repository();
    let id = made.git.refname_to_id("HEAD").unwrap();
    fs::remove_file(made.file("refs/heads/main")).unwrap();
    let text = format!("# pack-refs with: peeled fully-peeled sorted \n{id} refs/heads/main\n");
    fs::write(made.file("packed-refs"), text).unwrap();
    assert_eq!(names(&made, &["main"]), ["main"]);
    assert_eq!(names(&made, &[]), ["main"]);
}

#[test]
fn a_tag_named_in_full_leads_to_its_commit() {
    let made = repository();
    let id = made.git.refname_to_id("HEAD").unwrap();
    let target = made.git.find_object(id, Some(ObjectType::Commit)).unwrap();
    let who = target.as_commit().unwrap().author().to_owned();
    made.git.tag("v1", &target, &who, "One", false).unwrap();
    let tips = made.open().unwrap();
    let tips = tips.tips(&["refs/tags/v1".to_owned()]).unwrap();
    assert_eq!(tips[0].1.to_string(), id.to_string());
}

#[test]
fn a_branch_that_is_not_there_is_answered_with_the_nearest() {
    let made = repository();
    for name in ["refs/heads/release-1", "refs/remotes/origin/release-2"] {
        commit(&made.git, name, &[]);
    }
    let opened = made.open().unwrap();
    let error = opened.tips(&["relaese-1".to_owned()]).err().unwrap();
    let Error::NoBranch { name, nearest, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(name, "relaese-1");
    assert_eq!(nearest.first().map(String::as_str), Some("release-1"));
    assert!(
        error.to_string().contains("did you mean `release-1`"),
        "{error}"
    );

    for name in [
        "",
        "nothing/*",
        "..",
        "\u{1b}[31m",
        "refs/heads/",
        "[",
        "main ",
    ] {
        let error = opened.tips(&[name.to_owned()]).err().unwrap();
        assert!(matches!(error, Error::NoBranch { .. }), "{name:?}: {error}");
        assert!(!error.to_string().chars().any(char::is_control));
    }
}

#[test]
fn one_broken_branch_is_an_error_and_not_left_out() {
    let made = repository();
    let gone = "0123456789012345678901234567890123456789";
    fs::write(made.file("refs/heads/bad"), gone).unwrap();
    let opened = made.open().unwrap();
    assert!(opened.tips(&["*".to_owned()]).is_err());
    assert_eq!(names(&made, &["main"]), ["main"]);
}
