//! Objects borrowed from other repositories.

use std::fs;
use std::path::Path;

use hackweek::history::{Error, Head, Warning};

use crate::made::{Made, pipe, repository, unborn};

/// Makes one object directory borrow from others, as lines of text.
fn borrow(objects: &Path, lines: &str) {
    fs::create_dir_all(objects.join("info")).unwrap();
    fs::write(objects.join("info/alternates"), lines).unwrap();
}

/// Makes directories of objects `0`, `1` … each of which borrows from the next, the last from
/// `lender`; and a borrower whose `HEAD` is the lender's.
fn chain(lender: &Made, len: usize) -> Made {
    let borrower = unborn(false);
    let lent = lender.file("objects");
    for step in 0..len {
        let next = if step + 1 == len {
            lent.display().to_string()
        } else {
            format!("../{}", step + 1)
        };
        borrow(&borrower.base.path().join(step.to_string()), &next);
    }
    let first = if len == 0 {
        lent
    } else {
        borrower.base.path().join("0")
    };
    borrow(
        &borrower.file("objects"),
        &format!("# a comment\n\n{}\n", first.display()),
    );
    let id = lender.git.refname_to_id("HEAD").unwrap();
    fs::write(borrower.file("refs/heads/main"), format!("{id}\n")).unwrap();
    borrower
}

#[test]
fn borrowed_objects_are_read() {
    let lender = repository();
    for len in [0, 1, 5] {
        let borrower = chain(&lender, len);
        let opened = borrower.open().unwrap();
        assert_eq!(opened.warnings(), []);
        assert!(matches!(opened.head().unwrap(), Head::Commit { .. }));
    }
}

#[test]
fn what_is_borrowed_over_too_many_steps_is_told_and_never_nothing() {
    let lender = repository();
    let borrower = chain(&lender, 6);
    let opened = borrower.open().unwrap();
    let [Warning::AlternatesTooDeep { file }] = opened.warnings() else {
        panic!("{:?}", opened.warnings());
    };
    assert!(file.ends_with("5/info/alternates"), "{file:?}");
    assert!(matches!(opened.head(), Err(Error::MissingObject { .. })));
}

#[test]
fn a_lender_that_is_gone_is_told() {
    let lender = repository();
    let borrower = chain(&lender, 0);
    let gone = lender.file("objects");
    drop(lender);
    let opened = borrower.open().unwrap();
    let [warning @ Warning::AlternateMissing { directory, .. }] = opened.warnings() else {
        panic!("{:?}", opened.warnings());
    };
    assert_eq!(*directory, gone);
    assert!(warning.to_string().contains("is not there"));
    assert!(matches!(opened.head(), Err(Error::MissingObject { .. })));
}

#[test]
fn a_path_that_only_git_understands_is_told() {
    let made = repository();
    fs::create_dir(made.file("objects/more")).unwrap();
    borrow(&made.file("objects"), "more\n");
    let opened = made.open().unwrap();
    assert!(matches!(
        opened.warnings(),
        [Warning::AlternateMissing { .. }]
    ));
}

#[test]
fn rings_end() {
    let one = repository();
    let other = repository();
    let (first, second) = (one.file("objects"), other.file("objects"));
    let lines = format!("{0}\n{0}\n", second.display());
    borrow(&first, &lines);
    borrow(&second, &format!("{}\n", first.display()));
    let opened = one.open().unwrap();
    assert!(matches!(
        opened.warnings(),
        [Warning::AlternateCycle { .. }]
    ));

    borrow(&first, "../objects\n");
    let opened = one.open().unwrap();
    assert!(matches!(
        opened.warnings(),
        [Warning::AlternateCycle { .. }]
    ));
}

#[test]
fn two_ways_to_one_lender_are_no_ring() {
    let lender = repository();
    let borrower = chain(&lender, 1);
    let file = borrower.file("objects/info/alternates");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        file,
        format!("{text}{}\n", lender.file("objects").display()),
    )
    .unwrap();
    assert_eq!(borrower.open().unwrap().warnings(), []);
}

#[test]
fn a_file_of_many_names_gives_few_warnings() {
    let made = repository();
    let names: String = (0..20_000).map(|name| format!("/gone/{name}\n")).collect();
    borrow(&made.file("objects"), &names);
    let opened = made.open().unwrap();
    assert!(opened.warnings().len() < 100);
    let last = opened.warnings().last();
    assert!(matches!(last, Some(Warning::AlternatesTooMany { .. })));
}

#[test]
fn a_pipe_among_the_lenders_is_named() {
    let lender = repository();
    let borrower = chain(&lender, 1);
    for name in ["objects/info/alternates", "objects/pack/pack-01.idx"] {
        let pipe_at = lender.file(name);
        if !pipe(&pipe_at) {
            return;
        }
        let error = borrower.refusal();
        assert!(matches!(error, Error::SpecialFile { .. }), "{error}");
        fs::remove_file(pipe_at).unwrap();
    }
}
