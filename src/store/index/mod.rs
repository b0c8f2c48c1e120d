//! The index of one repository: what was found in its history, so that nothing is read twice.

mod delta;
mod open;
mod read;
mod write;

use std::path::PathBuf;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::debt::Marker;
use crate::debt::follow::{EventKind, Grave};
use crate::debt::state::{ItemNo, State};
use crate::interned::CommitNo;
use crate::object_id::ObjectId;
use crate::store::Error;

pub use read::{CHAIN, Snapshot};

/// An open index.
pub struct Index {
    db: Connection,
    path: PathBuf,
}

/// What an index was made of: where one of these differs, nothing in it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The directory that all worktrees of the repository share, as bytes.
    pub common_dir: Vec<u8>,
    /// The fingerprint of the rules for markers and files, and of how they are followed.
    pub rules: u64,
    /// The commits of a shallow clone whose parents are not there.
    pub boundary: Vec<ObjectId>,
}

/// The number of a kept state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateNo(pub u32);

/// A moment: seconds since 1970 in UTC, and minutes east of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Moment {
    /// Seconds since 1970 in UTC.
    pub seconds: i64,
    /// Minutes east of UTC.
    pub offset: i32,
}

/// A commit as the index keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitRow {
    /// Its number.
    pub no: CommitNo,
    /// Its id.
    pub id: ObjectId,
    /// The numbers of its parents.
    pub parents: Vec<CommitNo>,
    /// One above the highest of its parents, 1 for a root.
    pub generation: u32,
    /// What its tree holds.
    pub state: StateNo,
    /// `Name <mail>` as written.
    pub person: String,
    /// The author's time.
    pub authored: Moment,
    /// The committer's time.
    pub committed: Moment,
}

/// A state as the index keeps it.
#[derive(Clone, Debug)]
pub struct StateRow {
    /// Its number.
    pub no: StateNo,
    /// The state that it is written as a difference to, `None` to write it whole.
    pub base: Option<(StateNo, State)>,
    /// The state.
    pub state: State,
}

/// An event as the index keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// The commit.
    pub commit: CommitNo,
    /// The item.
    pub item: ItemNo,
    /// What happened.
    pub kind: EventKind,
    /// The path in the commit, or in the parent for a payment; `None` for an item of a message.
    pub path: Option<u32>,
    /// The line there, from 1.
    pub line: u32,
    /// The number of what it says.
    pub marker: u32,
    /// The code that it stands at.
    pub context: u32,
}

/// A commit's word on other commits or items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    /// The commit.
    pub commit: CommitNo,
    /// Whether it reverts what it names, else it pays it.
    pub reverts: bool,
    /// What it names: the beginning of a commit id, or an item.
    pub operand: String,
}

/// An item where it stands in a tip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceRow {
    /// The path's number.
    pub path: u32,
    /// The number of the sighting in its file.
    pub at: u32,
    /// The item.
    pub item: ItemNo,
    /// The line, from 1.
    pub line: u32,
    /// The number of what it says.
    pub marker: u32,
}

/// A file that was not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SkippedRow {
    /// Its path.
    pub path: Vec<u8>,
    /// Why, in words.
    pub why: String,
}

/// A content that was not read, where it stood.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnreadRow {
    /// Its path.
    pub path: Vec<u8>,
    /// The content; `None` for a folder.
    pub blob: Option<ObjectId>,
    /// Why, in words.
    pub why: String,
}

/// What one step of a scan adds. It is written whole or not at all.
#[derive(Debug, Default)]
pub struct Batch {
    /// New paths with their numbers.
    pub paths: Vec<(u32, Vec<u8>)>,
    /// New markers with their numbers.
    pub markers: Vec<(u32, std::sync::Arc<Marker>)>,
    /// New commits, parents first.
    pub commits: Vec<CommitRow>,
    /// New states, each after the one that it is a difference to.
    pub states: Vec<StateRow>,
    /// New events.
    pub events: Vec<EventRow>,
    /// New sayings.
    pub sayings: Vec<Saying>,
    /// Contents that were not read.
    pub unread: Vec<UnreadRow>,
}

/// What a finished scan says of the tips that were looked at.
#[derive(Debug, Default)]
pub struct View {
    /// The tips.
    pub tips: Vec<ObjectId>,
    /// Whether everything reachable before is reachable still, so that only the commits of the
    /// batches are new; else what is reachable is found anew.
    pub grown: bool,
    /// Where the items stand, in the files of `replaced`.
    pub places: Vec<PlaceRow>,
    /// The files whose places are replaced; all when `None`.
    pub replaced: Option<Vec<u32>>,
    /// The files that were not read, all of them.
    pub skipped: Vec<SkippedRow>,
}

/// What a scan needs of an index to go on.
#[derive(Debug, Default)]
pub struct Resume {
    /// Every path with its number.
    pub paths: Vec<(u32, Vec<u8>)>,
    /// Every marker with its number.
    pub markers: Vec<(u32, Marker)>,
    /// How many items there are: the number of the next one.
    pub items: u32,
    /// The paid items as they were.
    pub graves: Vec<Grave>,
    /// The number of the next commit.
    pub next_commit: u32,
    /// The number of the next state.
    pub next_state: u32,
}

impl Index {
    fn failed(&self, doing: &'static str) -> impl Fn(rusqlite::Error) -> Error + use<> {
        let path = self.path.clone();
        move |why| Error::Sqlite {
            path: path.clone(),
            doing,
            why,
        }
    }

    fn damaged(&self, what: impl Into<String>) -> Error {
        Error::Damaged {
            path: self.path.clone(),
            what: what.into(),
        }
    }
}
