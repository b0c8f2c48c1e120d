//! A repository that is made from nothing, for the demo. No other code writes into one.

use std::path::{Path, PathBuf};
use std::sync::Once;

use git2::build::{CheckoutBuilder, TreeUpdateBuilder};
use git2::{ConfigLevel, FileMode, Oid, Repository, RepositoryInitOptions, Signature, Time};

use super::error::{Error, printable};
use super::open::from_git;
use super::settings::settle;
use crate::object_id::ObjectId;

/// Lets libgit2 read no configuration but that of the repositories themselves, in the whole process
/// from here on: neither the user's nor the machine's.
///
/// Call it before anything else of this room, and while no other thread does.
pub fn read_no_foreign_config() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for level in [
            ConfigLevel::ProgramData,
            ConfigLevel::System,
            ConfigLevel::XDG,
            ConfigLevel::Global,
        ] {
            // SAFETY: the paths are plain globals of libgit2, and no other thread uses it yet. An
            // empty path is taken always; what is left of the old one is freed by libgit2.
            let _ = unsafe { git2::opts::set_search_path(level, "") };
        }
    });
}

/// A commit that is to be.
#[derive(Clone, Debug)]
pub struct NewCommit<'a> {
    /// The name of who wrote it, who is its committer, too.
    pub name: &'a str,
    /// Their mail address.
    pub mail: &'a str,
    /// When, in seconds since 1970.
    pub seconds: i64,
    /// When it was put where it is, which is later where it was carried there.
    pub committed: i64,
    /// The offset of their clock to UTC, in minutes.
    pub offset: i32,
    /// The message.
    pub message: &'a str,
    /// The files that it changes, by their path in the repository: their text, or `None` for one
    /// that goes.
    pub files: Vec<(&'a str, Option<&'a str>)>,
}

/// A repository in the making: one branch, `main`. The same commits give the same ids.
pub struct Made {
    git: Repository,
    path: PathBuf,
    tip: Option<Oid>,
}

impl Made {
    /// Makes a repository at a path where nothing is yet. Its user is `name` with `mail`; it has no
    /// hooks, and nothing of the user's templates.
    ///
    /// # Errors
    /// A place that cannot be written.
    pub fn begin(path: &Path, name: &str, mail: &str) -> Result<Made, Error> {
        settle();
        let failed = |error: git2::Error| failed(path, &error);
        let mut options = RepositoryInitOptions::new();
        options
            .initial_head("main")
            .external_template(false)
            .no_reinit(true);
        let git = Repository::init_opts(path, &options).map_err(failed)?;
        let set = || {
            let mut config = git.config()?.open_level(ConfigLevel::Local)?;
            config.set_str("user.name", name)?;
            config.set_str("user.email", mail)?;
            // A reflog would hold the time of the making.
            config.set_bool("core.logAllRefUpdates", false)?;
            config.set_bool("core.autocrlf", false)
        };
        set().map_err(failed)?;
        Ok(Made {
            git,
            path: path.to_owned(),
            tip: None,
        })
    }

    /// Commits on top of what was committed last.
    ///
    /// # Errors
    /// A file that goes and was not there, a place that cannot be written.
    pub fn commit(&mut self, new: &NewCommit<'_>) -> Result<ObjectId, Error> {
        let id = self.written(new);
        let id = id.map_err(|error| failed(&self.path, &error))?;
        self.tip = Some(id);
        Ok(from_git(id))
    }

    fn written(&self, new: &NewCommit<'_>) -> Result<Oid, git2::Error> {
        let parent = self.tip.map(|tip| self.git.find_commit(tip)).transpose()?;
        let before = match &parent {
            Some(parent) => parent.tree()?,
            None => self.git.find_tree(self.git.treebuilder(None)?.write()?)?,
        };
        let mut changes = TreeUpdateBuilder::new();
        for (path, text) in &new.files {
            match text {
                Some(text) => {
                    changes.upsert(*path, self.git.blob(text.as_bytes())?, FileMode::Blob)
                }
                None => changes.remove(*path),
            };
        }
        let tree = changes.create_updated(&self.git, &before)?;
        let tree = self.git.find_tree(tree)?;
        let at = |seconds| Signature::new(new.name, new.mail, &Time::new(seconds, new.offset));
        let (author, committer) = (at(new.seconds)?, at(new.committed)?);
        let parents: Vec<_> = parent.iter().collect();
        self.git
            .commit(None, &author, &committer, new.message, &tree, &parents)
    }

    /// Puts the branch on what was committed last and its files into the work tree. Before the first
    /// commit the branch is not there yet, as git has it.
    ///
    /// # Errors
    /// A place that cannot be written.
    pub fn finish(self) -> Result<(), Error> {
        let Some(tip) = self.tip else {
            return Ok(());
        };
        let finish = || {
            let git = &self.git;
            git.reference("refs/heads/main", tip, false, "made")?;
            git.checkout_head(Some(CheckoutBuilder::new().force()))
        };
        finish().map_err(|error| failed(&self.path, &error))
    }
}

fn failed(path: &Path, error: &git2::Error) -> Error {
    Error::Git {
        path: path.to_owned(),
        doing: "make",
        why: printable(error.message().as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::history::Head;

    fn made(folder: &Path) -> Vec<ObjectId> {
        let mut made = Made::begin(folder, "Ann", "ann@example.org").unwrap();
        let new = |seconds, files: &[(&'static str, Option<&'static str>)]| NewCommit {
            name: "Bob",
            mail: "bob@example.org",
            seconds,
            committed: seconds,
            offset: 60,
            message: "A commit",
            files: files.to_vec(),
        };
        let first = [("src/deep/a.rs", Some("fn a() {}\n")), ("b", Some("b\n"))];
        let ids = vec![
            made.commit(&new(1_800_000_000, &first)).unwrap(),
            made.commit(&new(1_800_000_060, &[("b", None)])).unwrap(),
        ];
        made.finish().unwrap();
        ids
    }

    #[test]
    fn the_same_commits_have_the_same_ids() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let ids = made(&one.path().join("code"));
        assert_eq!(ids, made(&two.path().join("else")));
        let opened = crate::history::Repository::open(&one.path().join("code")).unwrap();
        assert!(matches!(opened.head().unwrap(), Head::Commit { id, .. } if id == ids[1]));
        assert_eq!(opened.user().mail.unwrap(), "ann@example.org");
        let file = one.path().join("code/src/deep/a.rs");
        assert_eq!(std::fs::read_to_string(file).unwrap(), "fn a() {}\n");
        assert!(!one.path().join("code/b").exists());
    }

    #[test]
    fn what_is_there_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        made(folder.path());
        assert!(Made::begin(folder.path(), "Ann", "ann@example.org").is_err());
    }

    #[test]
    fn a_repository_without_a_commit_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let made = Made::begin(folder.path(), "Ann", "ann@example.org").unwrap();
        made.finish().unwrap();
        let opened = crate::history::Repository::open(folder.path()).unwrap();
        assert!(opened.tips(&[]).unwrap().is_empty());
    }
}
