//! Commits and trees as libgit2 itself reads them: a second opinion on what [`super::commits`] and
//! [`super::trees`] read from the raw bytes, for those who check one against the other.

use git2::{DiffOptions, ObjectType};

use super::Error;
use super::open::{Repository, from_git, to_git};
use super::reader::MAX_TREE;
use super::settings::MAX_OBJECT;
use super::trees::MAX_DEPTH;
use crate::object_id::ObjectId;

/// What a commit names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its tree.
    pub tree: ObjectId,
    /// Its parents, in order, whether they are there or not.
    pub parents: Vec<ObjectId>,
}

/// A regular file that differs between two trees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// Its path.
    pub path: Vec<u8>,
    /// Its content in the first tree, `None` where there is no regular file.
    pub old: Option<ObjectId>,
    /// Its content in the second tree.
    pub new: Option<ObjectId>,
}

impl Repository {
    /// Returns what a commit names: its tree and its parents.
    ///
    /// # Errors
    /// A commit that cannot be read.
    pub fn named_by(&self, commit: ObjectId) -> Result<Named, Error> {
        let commit = self.commit(to_git(commit), "the history")?;
        Ok(Named {
            tree: from_git(commit.tree_id()),
            parents: commit.parent_ids().map(from_git).collect(),
        })
    }

    /// Returns every regular file of a tree with its content, in no order. Folders that a scan does
    /// not enter, since they are too large or too deep, are not entered here.
    ///
    /// # Errors
    /// A tree that cannot be read.
    pub fn whole_tree(&self, tree: ObjectId) -> Result<Vec<(Vec<u8>, ObjectId)>, Error> {
        let mut files = Vec::new();
        let mut open = vec![(Vec::new(), to_git(tree), 0)];
        while let Some((prefix, id, depth)) = open.pop() {
            if depth > MAX_DEPTH || self.header(id, "a folder")?.0 > MAX_TREE {
                continue;
            }
            let folder = self.folder(id)?;
            for entry in &folder {
                let mut path: Vec<u8> = prefix.clone();
                path.extend(entry.name_bytes());
                match entry.filemode() & 0o170_000 {
                    0o040_000 => {
                        path.push(b'/');
                        open.push((path, entry.id(), depth + 1));
                    }
                    0o100_000 => files.push((path, from_git(entry.id()))),
                    _ => {}
                }
            }
        }
        Ok(files)
    }

    /// Returns the content of the regular file at `path` of a tree.
    ///
    /// # Errors
    /// A tree that cannot be read.
    pub fn content_at(&self, tree: ObjectId, path: &[u8]) -> Result<Option<ObjectId>, Error> {
        let mut id = to_git(tree);
        let mut parts = path.split(|byte| *byte == b'/').peekable();
        while let Some(part) = parts.next() {
            let folder = self.folder(id)?;
            let wanted = match parts.peek() {
                Some(_) => 0o040_000,
                None => 0o100_000,
            };
            let entry = folder
                .iter()
                .find(|entry| entry.name_bytes() == part && entry.filemode() & 0o170_000 == wanted);
            match entry {
                Some(entry) => id = entry.id(),
                None => return Ok(None),
            }
        }
        Ok(Some(from_git(id)))
    }

    /// Returns the regular files that differ between two trees; `None` is the empty tree.
    ///
    /// # Errors
    /// A tree that cannot be read.
    pub fn differing_files(
        &self,
        old: Option<ObjectId>,
        new: ObjectId,
    ) -> Result<Vec<Differs>, Error> {
        let old = old.map(|id| self.folder(to_git(id))).transpose()?;
        let new = self.folder(to_git(new))?;
        let mut options = DiffOptions::new();
        options.ignore_submodules(true).include_typechange(false);
        let diff = self
            .git()
            .diff_tree_to_tree(old.as_ref(), Some(&new), Some(&mut options))
            .map_err(|error| self.failed("compare two trees of", &error))?;
        let regular = |file: &git2::DiffFile<'_>| {
            let mode = u32::from(file.mode()) & 0o170_000;
            (mode == 0o100_000 && file.exists()).then(|| from_git(file.id()))
        };
        let mut files = Vec::new();
        for delta in diff.deltas() {
            let path = delta.new_file().path_bytes();
            let path = path.or_else(|| delta.old_file().path_bytes());
            let (old, new) = (regular(&delta.old_file()), regular(&delta.new_file()));
            if let Some(path) = path
                && old != new
            {
                let path = path.to_vec();
                files.push(Differs { path, old, new });
            }
        }
        Ok(files)
    }

    fn folder(&self, id: git2::Oid) -> Result<git2::Tree<'_>, Error> {
        let (size, kind) = self.header(id, "a folder")?;
        if kind != ObjectType::Tree || size > MAX_OBJECT {
            return Err(self.bad_object(id, "a folder", format!("it is a {kind} of {size} bytes")));
        }
        self.git()
            .find_tree(id)
            .map_err(|error| self.broken(id, "a folder", &error))
    }
}
