//! Where a history is read from: `HEAD`, or the branches that people name.

use std::collections::BTreeMap;

use git2::{ErrorCode, ObjectType, Reference, ReferenceType};

use super::error::{Error, printable};
use super::open::{Repository, from_git};
use crate::object_id::ObjectId;

/// The directories of branches, local ones first.
const BRANCHES: [&str; 2] = ["refs/heads/", "refs/remotes/"];

/// How many names of branches are compared with one that is not found.
const COMPARED: usize = 5_000;

/// The longest name, in bytes, that is compared.
const LONGEST_COMPARED: usize = 256;

/// How many tags of tags are followed to a commit.
const TAGS: usize = 8;

/// What `HEAD` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// A branch without a commit: nothing was committed yet, or the branch is gone.
    Unborn {
        /// Its name, without `refs/heads/`.
        branch: String,
    },
    /// A commit.
    Commit {
        /// Its id.
        id: ObjectId,
        /// The branch, without `refs/heads/`; `None` for a detached `HEAD`.
        branch: Option<String>,
    },
}

impl Repository {
    /// Returns what `HEAD` says; in a linked worktree that of the worktree.
    ///
    /// # Errors
    /// A `HEAD`, branch or commit that cannot be read. A branch whose commit is missing is one of
    /// these, and never an empty history.
    pub fn head(&self) -> Result<Head, Error> {
        let head = self
            .git()
            .find_reference("HEAD")
            .map_err(|error| self.bad_reference("HEAD", &error))?;
        let Some(target) = head.symbolic_target_bytes() else {
            let id = self.tip(&head, "HEAD")?;
            return Ok(Head::Commit { id, branch: None });
        };
        let branch = short(&String::from_utf8_lossy(target));
        match head.resolve() {
            Ok(reference) => Ok(Head::Commit {
                id: self.tip(&reference, &branch)?,
                branch: Some(branch),
            }),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(Head::Unborn { branch }),
            Err(error) => Err(self.bad_reference(&branch, &error)),
        }
    }

    /// Returns the commits that branches point to, with the names of the branches, sorted by
    /// name.
    ///
    /// A branch is named as people do (`main`, `origin/main`), in full (`refs/heads/main`, and
    /// so may a tag), or by a pattern with `*` and `?` that may match `/`. A local branch goes
    /// before a remote one of the same name. With no names it is `HEAD`, and nothing where
    /// nothing was committed.
    ///
    /// # Errors
    /// A name or pattern of no branch, with the names most like it; a branch whose commit cannot
    /// be read.
    pub fn tips(&self, branches: &[String]) -> Result<Vec<(String, ObjectId)>, Error> {
        if branches.is_empty() {
            return Ok(match self.head()? {
                Head::Unborn { .. } => Vec::new(),
                Head::Commit { id, branch } => {
                    vec![(branch.unwrap_or_else(|| "HEAD".to_owned()), id)]
                }
            });
        }
        let mut tips = BTreeMap::new();
        for branch in branches {
            let found = if branch.contains(['*', '?', '[']) {
                self.matching(branch)?
            } else {
                self.named(branch)?.into_iter().collect()
            };
            if found.is_empty() {
                return Err(self.no_branch(branch)?);
            }
            for reference in &found {
                let name = short(&String::from_utf8_lossy(reference.name_bytes()));
                let id = self.tip(reference, &name)?;
                tips.insert(name, id);
            }
        }
        Ok(tips.into_iter().collect())
    }

    /// Finds one branch by its name.
    fn named(&self, branch: &str) -> Result<Option<Reference<'_>>, Error> {
        let full = if branch.starts_with("refs/") {
            vec![branch.to_owned()]
        } else {
            BRANCHES.map(|start| format!("{start}{branch}")).to_vec()
        };
        for name in full {
            if !Reference::is_valid_name(&name) {
                continue;
            }
            match self.git().find_reference(&name) {
                Ok(reference) => return Ok(Some(reference)),
                Err(error) if error.code() == ErrorCode::NotFound => {}
                Err(error) => return Err(self.bad_reference(&name, &error)),
            }
        }
        Ok(None)
    }

    /// Finds the branches of a pattern. Symbolic ones (`origin/HEAD`) are other names of these.
    fn matching(&self, pattern: &str) -> Result<Vec<Reference<'_>>, Error> {
        let full = if pattern.starts_with("refs/") {
            vec![pattern.to_owned()]
        } else {
            BRANCHES.map(|start| format!("{start}{pattern}")).to_vec()
        };
        let mut found = Vec::new();
        for pattern in full {
            let references = self
                .git()
                .references_glob(&pattern)
                .map_err(|error| self.failed("list the branches of", &error))?;
            for reference in references {
                let reference =
                    reference.map_err(|error| self.failed("list the branches of", &error))?;
                if reference.kind() == Some(ReferenceType::Direct) {
                    found.push(reference);
                }
            }
        }
        Ok(found)
    }

    /// Returns the commit of a reference, through annotated tags, once it has been read.
    fn tip(&self, reference: &Reference<'_>, name: &str) -> Result<ObjectId, Error> {
        let resolved = reference
            .resolve()
            .map_err(|error| self.bad_reference(name, &error))?;
        let Some(mut id) = resolved.target() else {
            return Err(self.bad_reference(name, &git2::Error::from_str("it leads nowhere")));
        };
        for _ in 0..TAGS {
            let (_, kind) = self.header(id, name)?;
            if kind != ObjectType::Tag {
                break;
            }
            id = self.tag(id, name)?.target_id();
        }
        self.commit(id, name).map(|commit| from_git(commit.id()))
    }

    /// Names the branches most like one that is not there.
    fn no_branch(&self, name: &str) -> Result<Error, Error> {
        let mut nearest = Vec::new();
        for start in BRANCHES {
            let mut references = self
                .git()
                .references_glob(&format!("{start}*"))
                .map_err(|error| self.failed("list the branches of", &error))?;
            // A name that is not UTF-8 could not be typed anyway.
            for found in references.names().take(COMPARED).flatten() {
                let found = short(found);
                if found.len() > LONGEST_COMPARED {
                    continue;
                }
                let likeness = strsim::jaro_winkler(name, &found);
                if likeness > 0.75 {
                    nearest.push((likeness, found));
                }
            }
        }
        nearest.sort_by(|(a, first), (b, second)| b.total_cmp(a).then(first.cmp(second)));
        nearest.truncate(3);
        Ok(Error::NoBranch {
            path: self.git_dir().to_owned(),
            name: name.to_owned(),
            nearest: nearest.into_iter().map(|(_, name)| name).collect(),
        })
    }

    fn bad_reference(&self, name: &str, error: &git2::Error) -> Error {
        Error::Reference {
            path: self.git_dir().to_owned(),
            name: name.to_owned(),
            why: printable(error.message().as_bytes()),
        }
    }
}

/// The name of a branch as people use it; other references keep their full name.
fn short(full: &str) -> String {
    BRANCHES
        .iter()
        .find_map(|start| full.strip_prefix(start))
        .unwrap_or(full)
        .to_owned()
}
