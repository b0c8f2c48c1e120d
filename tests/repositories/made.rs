//! Makes the repositories of these tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use git2::{ConfigLevel, Oid, RepositoryInitOptions, Signature, Time};
use hackweek::history::{Error, Repository};
use tempfile::TempDir;

/// A repository in a temporary directory, which goes with it.
pub(crate) struct Made {
    /// Holds `code`, the repository.
    pub(crate) base: TempDir,
    /// The worktree, or the bare repository.
    pub(crate) path: PathBuf,
    /// For making more of it.
    pub(crate) git: git2::Repository,
}

impl Made {
    /// A file of the git directory.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.git.path().join(name)
    }

    /// Adds lines to the configuration.
    pub(crate) fn configure(&self, lines: &str) -> &Self {
        let config = self.file("config");
        let text = fs::read_to_string(&config).unwrap();
        fs::write(config, text + lines).unwrap();
        self
    }

    /// Opens it as the program does.
    pub(crate) fn open(&self) -> Result<Repository, Error> {
        Repository::open(&self.path)
    }

    /// Opens it and returns why that is refused.
    pub(crate) fn refusal(&self) -> Error {
        match self.open() {
            Ok(_) => panic!("{} was opened", self.path.display()),
            Err(error) => error,
        }
    }
}

/// An empty directory in the place of the home directory and of /etc, so that no test depends on
/// the configuration of the machine. Every test gets here through what it makes.
pub(crate) fn home() -> &'static Path {
    static HOME: OnceLock<TempDir> = OnceLock::new();
    HOME.get_or_init(|| {
        let home = TempDir::new().unwrap();
        for level in [
            ConfigLevel::ProgramData,
            ConfigLevel::System,
            ConfigLevel::XDG,
            ConfigLevel::Global,
        ] {
            // SAFETY: no other thread is in libgit2: all tests begin here and wait.
            unsafe { git2::opts::set_search_path(level, home.path()) }.unwrap();
        }
        home
    })
    .path()
}

/// A directory that is in no repository.
pub(crate) fn directory() -> TempDir {
    home();
    TempDir::new().unwrap()
}

/// A repository without a commit, its `HEAD` on `main`.
pub(crate) fn unborn(is_bare: bool) -> Made {
    let base = directory();
    let path = base.path().join(if is_bare { "code.git" } else { "code" });
    let mut options = RepositoryInitOptions::new();
    options.initial_head("main").bare(is_bare);
    let git = git2::Repository::init_opts(&path, &options).unwrap();
    Made { base, path, git }
}

/// A repository with one commit on `main`.
pub(crate) fn repository() -> Made {
    let made = unborn(false);
    commit(&made.git, "HEAD", &[("a.rs", "// TODO\n")]);
    made
}

/// Commits these files, and no others, on top of a reference.
pub(crate) fn commit(git: &git2::Repository, reference: &str, files: &[(&str, &str)]) -> Oid {
    let mut tree = git.treebuilder(None).unwrap();
    for (name, text) in files {
        let blob = git.blob(text.as_bytes()).unwrap();
        tree.insert(name, blob, 0o100_644).unwrap();
    }
    let tree = git.find_tree(tree.write().unwrap()).unwrap();
    let who = Signature::new("ann", "ann@example.org", &Time::new(1_800_000_000, 60)).unwrap();
    let parent = git
        .find_reference(reference)
        .and_then(|reference| reference.peel_to_commit())
        .ok();
    let parents: Vec<_> = parent.iter().collect();
    git.commit(Some(reference), &who, &who, "A commit", &tree, &parents)
        .unwrap()
}

/// The file of a loose object.
pub(crate) fn loose(git: &git2::Repository, id: &str) -> PathBuf {
    git.path().join("objects").join(&id[..2]).join(&id[2..])
}

/// Writes a file in the place of a read-only one.
pub(crate) fn overwrite(path: &Path, bytes: &[u8]) {
    let _ = fs::remove_file(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Packs less than 64 KiB as zlib does, without compressing it.
pub(crate) fn stored(bytes: &[u8]) -> Vec<u8> {
    let (mut a, mut b) = (1_u32, 0_u32);
    for &byte in bytes {
        a = (a + u32::from(byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    let len = u16::try_from(bytes.len()).unwrap();
    let mut out = vec![0x78, 0x01, 0x01];
    out.extend(len.to_le_bytes());
    out.extend((!len).to_le_bytes());
    out.extend(bytes);
    out.extend((b << 16 | a).to_be_bytes());
    out
}

/// Makes a pipe; `false` where there is no `mkfifo`.
pub(crate) fn pipe(path: &Path) -> bool {
    let _ = fs::remove_file(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let is_made = Command::new("mkfifo")
        .arg(path)
        .status()
        .is_ok_and(|status| status.success());
    if !is_made {
        eprintln!("skipped: no mkfifo here");
    }
    is_made
}
