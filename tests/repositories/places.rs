//! Where a repository is found, and what it is called.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use git2::RepositoryInitOptions;
use hackweek::history::{Error, Head, Repository, Warning};

use crate::made::{commit, directory, home, repository, unborn};

fn canonical(path: impl AsRef<Path>) -> PathBuf {
    fs::canonicalize(path).unwrap()
}

#[test]
fn an_empty_directory_is_no_repository_and_the_way_out_is_named() {
    let base = directory();
    let error = Repository::open(base.path()).err().unwrap();
    assert!(matches!(error, Error::NotARepository { .. }));
    let text = error.to_string();
    assert!(text.contains(base.path().to_str().unwrap()) && text.contains("--repo PATH"));
}

#[test]
fn a_path_that_is_not_there_is_an_error_of_its_own() {
    let base = directory();
    let error = Repository::open(&base.path().join("nowhere"))
        .err()
        .unwrap();
    assert!(matches!(error, Error::Unreadable { .. }), "{error}");
}

#[test]
fn a_git_directory_without_its_parts_is_passed_over() {
    let outer = repository();
    let inner = outer.path.join("inner");
    fs::create_dir_all(inner.join(".git/objects")).unwrap();
    let opened = Repository::open(&inner).unwrap();
    assert_eq!(opened.common_dir(), canonical(outer.git.path()));
}

#[test]
fn a_repository_is_found_from_within_it() {
    let made = repository();
    let deep = made.path.join("src/deep");
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("a.rs"), "").unwrap();
    let within = [
        made.path.clone(),
        deep.clone(),
        deep.join("a.rs"),
        made.path.join(".git"),
        made.path.join(".git/refs/heads"),
        deep.join("../.."),
    ];
    for path in within {
        let opened = Repository::open(&path).unwrap();
        assert_eq!(opened.common_dir(), canonical(made.git.path()));
        assert_eq!(opened.git_dir(), opened.common_dir());
        assert_eq!(canonical(opened.workdir().unwrap()), canonical(&made.path));
        assert_eq!(opened.name(), "code");
        assert_eq!(opened.warnings(), []);
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_leads_to_the_same_repository() {
    let made = repository();
    let link = made.base.path().join("link");
    std::os::unix::fs::symlink(&made.path, &link).unwrap();
    let opened = Repository::open(&link).unwrap();
    assert_eq!(opened.common_dir(), canonical(made.git.path()));
    assert_eq!(opened.name(), "code");
}

#[test]
fn a_bare_repository_has_no_worktree() {
    let made = unborn(true);
    let id = commit(&made.git, "HEAD", &[]);
    let opened = made.open().unwrap();
    assert_eq!(opened.workdir(), None);
    assert_eq!(opened.name(), "code");
    assert_eq!(opened.common_dir(), canonical(&made.path));
    let tips = opened.tips(&[]).unwrap();
    assert_eq!(tips[0].1.to_string(), id.to_string());
}

#[test]
fn a_repository_opens_again_for_another_thread() {
    let made = repository();
    let opened = made.open().unwrap();
    let again = opened.again().open().unwrap();
    let head = std::thread::spawn(move || again.head().unwrap());
    assert_eq!(head.join().unwrap(), opened.head().unwrap());
}

#[test]
fn linked_worktrees_are_one_repository_with_a_head_each() {
    let made = repository();
    let path = made.base.path().join("other place");
    made.git.worktree("topic", &path, None).unwrap();
    let main = made.open().unwrap();
    let linked = Repository::open(&path).unwrap();
    assert_eq!(linked.common_dir(), main.common_dir());
    assert_ne!(linked.git_dir(), main.git_dir());
    assert_eq!(canonical(linked.workdir().unwrap()), canonical(&path));
    assert_eq!(linked.name(), "code");
    assert_eq!(linked.warnings(), []);
    let Head::Commit { branch, .. } = linked.head().unwrap() else {
        panic!("there is a commit");
    };
    assert_eq!(branch.as_deref(), Some("topic"));
}

#[test]
fn a_linked_worktree_with_relative_paths_is_the_same_repository() {
    let made = repository();
    let path = made.base.path().join("linked");
    made.git.worktree("topic", &path, None).unwrap();
    made.configure(
        "[core]\n\trepositoryformatversion = 1\n[extensions]\n\trelativeWorktrees = true\n",
    );
    fs::write(path.join(".git"), "gitdir: ../code/.git/worktrees/topic\n").unwrap();
    let back = made.file("worktrees/topic/gitdir");
    fs::write(back, "../../../../linked/.git\n").unwrap();
    let linked = Repository::open(&path).unwrap();
    assert_eq!(linked.common_dir(), canonical(made.git.path()));
    assert_eq!(canonical(linked.workdir().unwrap()), canonical(&path));
    assert_eq!(linked.warnings(), []);
}

#[test]
fn a_submodule_is_a_repository_of_its_own() {
    let made = repository();
    let path = made.path.join("sub");
    let mut options = RepositoryInitOptions::new();
    options
        .no_dotgit_dir(true)
        .mkpath(true)
        .initial_head("main")
        .workdir_path(&path);
    let git_dir = made.file("modules/sub");
    let git = git2::Repository::init_opts(&git_dir, &options).unwrap();
    commit(&git, "HEAD", &[("b.rs", "")]);
    let is_file = fs::metadata(path.join(".git")).unwrap().is_file();
    assert!(is_file, "a submodule has a .git file");
    let opened = Repository::open(&path).unwrap();
    assert_eq!(opened.common_dir(), canonical(&git_dir));
    assert_eq!(opened.name(), "sub");
    assert_eq!(opened.warnings(), []);
}

#[test]
fn a_git_file_that_leads_to_another_repository_is_told() {
    let other = repository();
    let base = directory();
    let file = base.path().join(".git");
    fs::write(&file, format!("gitdir: {}\n", other.git.path().display())).unwrap();
    let opened = Repository::open(base.path()).unwrap();
    let [warning @ Warning::Elsewhere { git_dir, .. }] = opened.warnings() else {
        panic!("{:?}", opened.warnings());
    };
    assert_eq!(*git_dir, canonical(other.git.path()));
    let shown = canonical(other.git.path());
    assert!(warning.to_string().contains(shown.to_str().unwrap()));
}

#[test]
fn a_git_file_that_leads_nowhere_does_not_open_what_is_above() {
    let outer = repository();
    let inner = outer.path.join("inner");
    fs::create_dir(&inner).unwrap();
    for text in [
        "gitdir: ../gone\n",
        "gitdir:",
        "",
        "gone",
        "gitdir: \0\u{1b}[31m",
    ] {
        fs::write(inner.join(".git"), text).unwrap();
        let error = Repository::open(&inner).err().unwrap();
        assert!(matches!(error, Error::GitFile { .. }), "{text:?}: {error}");
    }
}

#[test]
fn a_worktree_whose_repository_is_gone_says_so() {
    let made = repository();
    let path = made.base.path().join("linked");
    made.git.worktree("topic", &path, None).unwrap();
    fs::write(made.file("worktrees/topic/commondir"), "../../gone\n").unwrap();
    let error = Repository::open(&path).err().unwrap();
    assert!(matches!(error, Error::GitFile { .. }), "{error}");
}

/// The environment is one for the whole process, so this test runs itself in another.
#[test]
fn the_environment_leads_to_no_other_repository() {
    if let Some(asked) = std::env::var_os("HACKWEEK_TEST_ASKED") {
        home();
        let opened = Repository::open(Path::new(&asked)).unwrap();
        assert_eq!(opened.common_dir(), canonical(asked).join(".git"));
        assert!(matches!(opened.head().unwrap(), Head::Commit { .. }));
        return;
    }
    let (asked, other) = (repository(), unborn(true));
    let result = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "places::the_environment_leads_to_no_other_repository",
        ])
        .env("HACKWEEK_TEST_ASKED", &asked.path)
        .env("GIT_DIR", &other.path)
        .env("GIT_COMMON_DIR", &other.path)
        .env("GIT_WORK_TREE", other.base.path())
        .env("GIT_OBJECT_DIRECTORY", other.path.join("objects"))
        .env("GIT_CEILING_DIRECTORIES", asked.base.path())
        .env("GIT_NAMESPACE", "other")
        .env("GIT_CONFIG_COUNT", "nonsense")
        .output()
        .unwrap();
    assert!(result.status.success(), "{result:?}");
}

#[cfg(unix)]
#[test]
fn the_repository_of_another_user_opens_once_its_line_is_followed() {
    use std::os::unix::fs::MetadataExt;
    let made = repository();
    if fs::metadata(&made.path).unwrap().uid() != 0 {
        eprintln!("skipped: only root can give a directory away");
        return;
    }
    let status = Command::new("chown")
        .args(["-R", "54321"])
        .arg(&made.path)
        .status();
    assert!(status.unwrap().success());
    let error = made.refusal();
    let path = canonical(&made.path);
    let line = format!(
        "`git config --global --add safe.directory {}`",
        path.display()
    );
    assert!(error.to_string().contains(&line), "{error}");

    // What that command writes, moved into place whole: other tests read this file.
    let written = home().join("written");
    fs::write(
        &written,
        format!("[safe]\n\tdirectory = {}\n", path.display()),
    )
    .unwrap();
    fs::rename(written, home().join(".gitconfig")).unwrap();
    made.open().unwrap();
}
