//! What one commit changed in the trees, without a look at any content.

use crate::interned::{BlobNo, PathNo};

/// One difference between a commit's tree and its parents' trees.
///
/// Only regular files count: where a tree has a symlink or a submodule it has nothing. A commit
/// without a parent is compared with the empty tree, as if that were its one parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The commit has at this path what none of its parents has there.
    Wrote {
        /// The file's path.
        path: PathNo,
        /// Its content in the commit; `None` where the commit has no file and every parent has.
        new: Option<BlobNo>,
        /// Its content in each parent.
        olds: Olds,
    },
    /// A merge has here what a later parent has, and not what the first has. Nothing at all is
    /// something a parent can have, too.
    Took {
        /// The path of the file or the folder; the empty path is the whole tree.
        path: PathNo,
        /// Whether this speaks of all the files below `path`, else of the file at `path`.
        folder: bool,
        /// Which parent, from 1: 0 is the first parent.
        parent: u8,
    },
}

/// The content of one path in each parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Olds {
    /// Of the only parent.
    One(Option<BlobNo>),
    /// Of each parent of a merge, in order.
    Many(Box<[Option<BlobNo>]>),
}

impl Olds {
    /// Returns the content in the parent `parent` (0 is the first), `None` where it has no file.
    pub fn of(&self, parent: usize) -> Option<BlobNo> {
        match self {
            Olds::One(blob) => blob.filter(|_| parent == 0),
            Olds::Many(blobs) => blobs.get(parent).copied().flatten(),
        }
    }
}
