//! Files that must not be opened, or not be read whole.

use std::fs;
use std::time::{Duration, Instant};

use hackweek::history::Error;

use crate::made::{commit, pipe, repository};

/// Files that libgit2 reads when it opens a repository, or soon after.
const READ: [&str; 13] = [
    "HEAD",
    "config",
    "config.worktree",
    "commondir",
    "gitdir",
    "packed-refs",
    "shallow",
    "info/grafts",
    "objects/info/alternates",
    "refs/heads/topic",
    "refs/remotes/origin/main",
    "objects/pack/pack-0123456789012345678901234567890123456789.idx",
    "objects/ab/cdef0123456789012345678901234567890123",
];

#[test]
fn a_pipe_where_git_keeps_a_file_is_named_and_never_opened() {
    for name in READ {
        let made = repository();
        if !pipe(&made.file(name)) {
            return;
        }
        let began = Instant::now();
        let error = made.refusal();
        let Error::SpecialFile { path, kind } = &error else {
            panic!("{name}: {error}");
        };
        assert!(path.ends_with(name), "{name}: {error}");
        assert_eq!(*kind, "a pipe");
        assert!(
            began.elapsed() < Duration::from_secs(4),
            "{name} was opened"
        );
    }
}

#[test]
fn a_pipe_in_the_place_of_the_git_file_is_named() {
    let outer = repository();
    if pipe(&outer.path.join("inner/.git")) {
        let error = hackweek::history::Repository::open(&outer.path.join("inner"));
        assert!(matches!(error, Err(Error::SpecialFile { .. })));
    }
}

#[cfg(unix)]
#[test]
fn a_link_counts_as_what_it_leads_to() {
    use std::os::unix::fs::symlink;
    let made = repository();
    let config = made.file("config");
    let moved = made.base.path().join("config");
    fs::rename(&config, &moved).unwrap();
    symlink(&moved, &config).unwrap();
    made.open().unwrap();

    fs::remove_file(&config).unwrap();
    symlink("/dev/zero", &config).unwrap();
    let error = made.refusal();
    assert!(
        matches!(
            error,
            Error::SpecialFile {
                kind: "a device",
                ..
            }
        ),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn directories_that_go_round_in_a_ring_are_no_trouble() {
    let made = repository();
    std::os::unix::fs::symlink("..", made.file("refs/heads/ring")).unwrap();
    made.open().unwrap();
}

#[test]
fn a_pipe_among_the_included_files_is_named() {
    let made = repository();
    let target = made.base.path().join("included");
    if !pipe(&target) {
        return;
    }
    fs::write(
        made.base.path().join("first"),
        "[includeIf \"onbranch:x\"]\n\tpath = included\n",
    )
    .unwrap();
    made.configure("[include]\n\tpath = ../../first\n\tpath = gone\n");
    let error = made.refusal();
    let Error::SpecialFile { path, .. } = &error else {
        panic!("{error}");
    };
    assert!(path.ends_with("included"));
}

#[test]
fn includes_that_multiply_are_refused() {
    let made = repository();
    for level in 0..8 {
        let line = format!("[include]\n\tpath = level{}\n", level + 1);
        let file = made.file(&format!("level{level}"));
        fs::write(file, line.repeat(30)).unwrap();
    }
    made.configure("[include]\n\tpath = level0\n");
    assert!(matches!(made.refusal(), Error::Includes { .. }));
}

#[test]
fn a_configuration_that_includes_itself_is_refused() {
    let made = repository();
    made.configure("[include]\n\tpath = config\n");
    assert!(matches!(made.refusal(), Error::Includes { .. }));
}

#[test]
fn a_huge_configuration_is_refused() {
    let made = repository();
    made.configure(&"#".repeat(1 << 20));
    let Error::TooLarge { size, limit, .. } = made.refusal() else {
        panic!("too large");
    };
    assert!(size > limit);
}

#[test]
fn what_hangs_nowhere_opens() {
    let made = repository();
    commit(&made.git, "refs/heads/topic", &[]);
    // Not read by us nor by libgit2 when it reads history.
    if pipe(&made.file("index")) {
        made.open().unwrap().head().unwrap();
    }
}
