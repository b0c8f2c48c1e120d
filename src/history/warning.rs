//! What people should know of a repository that can be read all the same.

use std::fmt;
use std::path::PathBuf;

use super::error::shown;

/// Why what is seen of a repository may not be all, or not what git shows. Its `Display` is a
/// sentence for people, safe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A shallow clone: the history ends early.
    Shallow {
        /// How many commits have their parents cut off.
        boundary: usize,
    },
    /// `refs/replace/` puts other objects in the place of some, for git alone.
    Replaced {
        /// How many objects.
        count: usize,
    },
    /// `info/grafts` gives commits other parents, for git alone.
    Grafts {
        /// The file.
        file: PathBuf,
    },
    /// Objects are borrowed from a directory that is not there.
    AlternateMissing {
        /// The `alternates` file that names it.
        file: PathBuf,
        /// The directory, as it was understood.
        directory: PathBuf,
    },
    /// Object directories that borrow from one another in a ring.
    AlternateCycle {
        /// The `alternates` file that closes the ring.
        file: PathBuf,
    },
    /// Objects are borrowed over so many steps that the last are not followed.
    AlternatesTooDeep {
        /// The first `alternates` file that is not followed.
        file: PathBuf,
    },
    /// Objects are borrowed from so many directories that not all were checked.
    AlternatesTooMany {
        /// How many were checked.
        checked: usize,
    },
    /// A `.git` file leads to a repository that does not lead back.
    Elsewhere {
        /// The `.git` file.
        file: PathBuf,
        /// The git directory that is read.
        git_dir: PathBuf,
    },
    /// A pack of a partial clone in a repository that says it is none.
    PromisorPack {
        /// The marker beside the pack.
        file: PathBuf,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Shallow { boundary } => write!(
                f,
                "shallow clone: the history ends at {boundary} commit(s), and what is older counts as introduced there; `git fetch --unshallow` gets the rest"
            ),
            Warning::Replaced { count } => write!(
                f,
                "{count} object(s) are replaced (`git replace --list`); they are read as they were recorded, so that counts differ from those of git"
            ),
            Warning::Grafts { file } => write!(
                f,
                "{} gives commits other parents; they are read as they were recorded, so that counts differ from those of git",
                shown(file)
            ),
            Warning::AlternateMissing { file, directory } => write!(
                f,
                "{} borrows objects from {}, which is not there; objects may be missing",
                shown(file),
                shown(directory)
            ),
            Warning::AlternateCycle { file } => write!(
                f,
                "{} borrows objects from a directory that borrows from it",
                shown(file)
            ),
            Warning::AlternatesTooDeep { file } => write!(
                f,
                "{} borrows objects over more steps than are followed; objects may be missing, `git repack -ad` copies them here",
                shown(file)
            ),
            Warning::AlternatesTooMany { checked } => write!(
                f,
                "objects are borrowed from more than {checked} directories; only so many were checked"
            ),
            Warning::Elsewhere { file, git_dir } => write!(
                f,
                "{} leads to {}, which does not lead back: that repository's history is shown",
                shown(file),
                shown(git_dir)
            ),
            Warning::PromisorPack { file } => write!(
                f,
                "{} is of a partial clone; a content that is missing stops the scan",
                shown(file)
            ),
        }
    }
}
