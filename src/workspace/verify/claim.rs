//! What the index says of one commit with events: the input of the proof by contents.

use crate::debt::follow::EventKind;
use crate::debt::state::ItemNo;
use crate::interned::PathNo;
use crate::store::index::EventRow;

use super::past::At;

/// One commit with events of code.
pub(super) struct Claim {
    pub(super) at: At,
    /// The files whose items changed, or that an event names.
    pub(super) files: Vec<ClaimedFile>,
}

/// The items of one file in a commit and in its parents.
pub(super) struct ClaimedFile {
    pub(super) path: PathNo,
    pub(super) items: Vec<ItemNo>,
    /// In each parent, as the items that they turned out to be in the commit.
    pub(super) in_parents: Vec<Vec<ItemNo>>,
}

/// Whether an event is of an item in a file, not in a commit's message.
pub(super) fn is_of_code(event: &EventRow) -> bool {
    event.path.is_some()
}

/// The kind as a word.
pub(super) fn word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Introduced => "introduced",
        EventKind::Moved => "moved",
        EventKind::Edited => "edited",
        EventKind::Paid(_) => "paid",
        EventKind::Reopened => "reopened",
    }
}
