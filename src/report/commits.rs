//! Commits as people read them: whose, when, what they say and where.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// The most paths that a commit is shown with.
pub const MOST_PATHS: usize = 1_000;

/// The most signs of a subject.
pub const MOST_SUBJECT: usize = 500;

/// One commit of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// The repository's name.
    pub repository: String,
    /// Its id, as 40 or 64 digits.
    pub id: String,
    /// `Name <mail>`, through the mailmap.
    pub author: String,
    /// The time that decides its day, in the week's timezone.
    pub time: DateTime<FixedOffset>,
    /// The first line of its message, lossy, as it is: a stranger's text. At most
    /// [`MOST_SUBJECT`] signs.
    pub subject: String,
    /// Whether it is a merge.
    pub merge: bool,
    /// The paths that differ from its first parent, lossy, the first [`MOST_PATHS`] of them; none
    /// for a merge, nor where a shallow history begins.
    pub paths: Vec<String>,
}

/// How many commits somebody made in a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The repository's name.
    pub repository: String,
    /// `Name <mail>`, through the mailmap.
    pub author: String,
    /// How many.
    pub commits: u64,
}
