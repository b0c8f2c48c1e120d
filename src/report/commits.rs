//! Commits as people read them: whose, when, what they say and where.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

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
    /// The first line of its message, lossy, as it is: a stranger's text.
    pub subject: String,
    /// Whether it is a merge.
    pub merge: bool,
    /// The paths that differ from its first parent, lossy; none for a merge.
    pub paths: Vec<String>,
}
