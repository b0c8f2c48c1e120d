//! What a commit with one parent did to the files that hold sightings: all that can be told without knowing
//! which items its parent holds, and so for many commits at a time.

use std::sync::Arc;

use super::compared::is_changed;
use super::facts::{Facts, Seen};
use super::matching::{self, Origins, Pair, Version};
use crate::changes::Change;
use crate::interned::{BlobNo, PathNo};

/// The files of one commit, matched with those of its parent.
#[derive(Debug, Default)]
pub struct Matched {
    /// The files whose sightings changed.
    pub(super) pairs: Vec<Pair>,
    /// Where each of their sightings was.
    pub(super) origins: Origins,
    /// How many sightings the parent's versions of the changed files hold, in the order of the changes;
    /// those with none are left out.
    pub(super) held: Vec<(PathNo, usize)>,
}

impl Matched {
    /// Matches the files of a commit that has one parent or none. Of the parent's versions those are not
    /// looked at that cannot hold sightings as `may_hold` says.
    ///
    /// # Errors
    /// What the facts cannot tell.
    pub fn of<F: Facts>(
        changes: &[Change],
        may_hold: impl Fn(PathNo) -> bool,
        facts: &F,
    ) -> Result<Matched, F::Error> {
        let mut matched = Matched::default();
        for change in changes {
            let Change::Wrote { path, new, olds } = change else {
                continue;
            };
            let old = match olds.of(0) {
                Some(blob) if !may_hold(*path) => Some(Version {
                    path: *path,
                    blob,
                    seen: Arc::from([]),
                }),
                old => seen_at(*path, old, facts)?,
            };
            let new = seen_at(*path, *new, facts)?;
            let (before, after) = (seen_of(&old), seen_of(&new));
            if !before.is_empty() {
                matched.held.push((*path, before.len()));
            }
            if is_changed(before, after) {
                matched.pairs.push(Pair { old, new });
            }
        }
        if !matched.pairs.is_empty() {
            matched.origins = matching::origins(&mut matched.pairs, facts)?;
        }
        Ok(matched)
    }

    /// Returns of how many sightings it says where they were: what it takes in memory.
    pub fn len(&self) -> usize {
        self.origins.iter().map(Vec::len).sum()
    }

    /// Whether no sighting changed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn seen_of(version: &Option<Version>) -> &[Seen] {
    version.as_ref().map_or(&[], |version| &version.seen)
}

/// Returns the version of a file with its sightings, `None` where there is no file.
pub(super) fn seen_at<F: Facts>(
    path: PathNo,
    blob: Option<BlobNo>,
    facts: &F,
) -> Result<Option<Version>, F::Error> {
    let Some(blob) = blob else { return Ok(None) };
    let seen = facts.seen(path, blob)?;
    Ok(Some(Version { path, blob, seen }))
}
