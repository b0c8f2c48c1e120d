//! A repository's history into its index: trees are compared, new contents read once, and every item
//! followed from parent to child.
//!
//! Work goes in steps of commits, parents first, each written whole: what a step wrote is never done
//! again, whatever stops the scan, and memory is bounded by the step.

mod facts;
mod read;
mod step;
mod view;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::debt::detect::Detector;
use crate::debt::facts::{MarkerNo, Markers};
use crate::debt::follow::{FollowError, Follower, Inconsistent};
use crate::debt::state::State;
use crate::debt::{Sighting, marker};
use crate::history::commits::{self, Commit};
use crate::history::reader::Reader;
use crate::history::{self, Repository};
use crate::interned::{Blobs, CommitNo, PathNo, Paths};
use crate::object_id::ObjectId;
use crate::store;
use crate::store::index::{Index, StateNo};

/// Commits a step: enough that versions of a file are read near each other, few enough that what a
/// step holds in memory stays small.
const STEP: usize = 32_768;

/// Changed files a step, or one commit's: a step ends early at the commit that reaches so many.
const STEP_CHANGES: usize = 2_000_000;

/// Of a commit's message so many bytes are read: nobody wrote more, and ten megabytes of `TODO` would
/// be a million items.
const MESSAGE: usize = 64 << 10;

/// The stack of a thread that compares trees, in bytes: folders may lie 2,048 deep in each other.
pub const STACK: usize = 64 << 20;

/// Why a scan did not finish. What its finished steps wrote is kept.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The repository could not be read.
    #[error(transparent)]
    History(#[from] history::Error),
    /// The index could not be read or written.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The index does not fit the repository.
    #[error(transparent)]
    Inconsistent(#[from] Inconsistent),
    /// It was told to stop.
    #[error("interrupted")]
    Interrupted,
}

impl From<FollowError<ScanError>> for ScanError {
    fn from(error: FollowError<ScanError>) -> Self {
        match error {
            FollowError::Read(error) => error,
            FollowError::Inconsistent(error) => ScanError::Inconsistent(error),
        }
    }
}

/// What a scan is told.
pub struct Order<'a> {
    /// The repository.
    pub repository: &'a Repository,
    /// The commits whose histories are scanned.
    pub tips: &'a [ObjectId],
    /// How markers are found.
    pub detector: &'a Detector,
    /// How many threads read.
    pub threads: usize,
    /// Called with commits done and commits to do.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
    /// Looked at often; true ends the scan after the step's reading.
    pub cancel: &'a AtomicBool,
}

impl Order<'_> {
    fn check(&self) -> Result<(), ScanError> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(ScanError::Interrupted);
        }
        Ok(())
    }
}

/// What a scan did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Commits that were not in the index before.
    pub new_commits: u64,
}

/// What a commit's message says.
#[derive(Debug, Default)]
struct Said {
    sightings: Vec<Sighting>,
    pays: Vec<String>,
    reverts: Vec<String>,
}

impl Said {
    fn of(message: &str, detector: &Detector) -> Said {
        let mut end = message.len().min(MESSAGE);
        while !message.is_char_boundary(end) {
            end -= 1;
        }
        let message = &message[..end];
        Said {
            sightings: marker::in_message(message, detector.rules()),
            pays: marker::pays(message),
            reverts: marker::reverts(message),
        }
    }
}

/// Brings the index up to date with the tips.
///
/// # Errors
/// An object that is missing or broken, an index that cannot be written, or
/// [`ScanError::Interrupted`].
pub fn scan(order: &Order<'_>, index: &mut Index) -> Result<Done, ScanError> {
    let before = index.tips()?;
    if before.as_deref() == Some(order.tips) {
        return Ok(Done::default());
    }
    order.repository.read_with(|reader| {
        let mut met = Met::default();
        let boundary = order.repository.shallow_boundary();
        let boundary: HashSet<ObjectId> = boundary.iter().copied().collect();
        let new = commits::walk(
            reader,
            order.tips,
            &boundary,
            |id| met.is_known(index, id),
            |_, message| Said::of(message, order.detector),
            |_| order.check(),
        )?;
        let grown = before.as_ref().is_some_and(|before| {
            !met.any_unreachable && before.iter().all(|tip| met.known.contains_key(tip))
        });
        let mut run = Run::resume(order, index, met.known)?;
        run.expect(&new);
        let first = run.next_commit;
        let total = new.len() as u64;
        (order.progress)(0, total);
        let mut rest = &new[..];
        while !rest.is_empty() {
            let done = total - rest.len() as u64;
            let commits = &rest[..rest.len().min(STEP)];
            let finished = run.step(reader, index, commits, done, total)?;
            rest = &rest[finished..];
            (order.progress)(total - rest.len() as u64, total);
        }
        run.finish(reader, index, before.as_deref().filter(|_| grown), first)?;
        Ok(Done { new_commits: total })
    })
}

/// The commits of the index that a walk met.
#[derive(Default)]
struct Met {
    known: HashMap<ObjectId, CommitNo>,
    any_unreachable: bool,
}

impl Met {
    fn is_known(&mut self, index: &Index, id: ObjectId) -> Result<bool, ScanError> {
        let Some((number, reachable)) = index.commit(id)? else {
            return Ok(false);
        };
        self.any_unreachable |= !reachable;
        self.known.insert(id, number);
        Ok(true)
    }
}

/// A scan under way: all that lasts longer than a step.
struct Run<'a> {
    order: &'a Order<'a>,
    paths: Paths,
    blobs: Blobs,
    markers: Markers,
    follower: Follower,
    kept_paths: HashSet<PathNo>,
    kept_markers: HashSet<MarkerNo>,
    /// The commits of the index that new ones descend from.
    known: HashMap<ObjectId, CommitNo>,
    next_commit: u32,
    next_state: u32,
    /// How many of the commits to come are children of a commit.
    children: HashMap<ObjectId, usize>,
    /// The commits that children are still to come of.
    open: HashMap<ObjectId, Open>,
    /// The tree of each commit that was met.
    trees: HashMap<CommitNo, ObjectId>,
}

/// A commit that was followed and has children to come.
#[derive(Clone)]
struct Open {
    number: CommitNo,
    kept: StateNo,
    state: State,
    /// How many differences the kept state is made of.
    depth: u32,
}

impl<'a> Run<'a> {
    fn resume(
        order: &'a Order<'a>,
        index: &Index,
        known: HashMap<ObjectId, CommitNo>,
    ) -> Result<Self, ScanError> {
        let resume = index.resume()?;
        let mut run = Run {
            order,
            paths: Paths::default(),
            blobs: Blobs::default(),
            markers: Markers::default(),
            follower: Follower::resume(resume.words, resume.graves),
            kept_paths: HashSet::new(),
            kept_markers: HashSet::new(),
            known,
            next_commit: resume.next_commit,
            next_state: resume.next_state,
            children: HashMap::new(),
            open: HashMap::new(),
            trees: HashMap::new(),
        };
        for (number, path) in resume.paths {
            run.paths.restore(PathNo(number), &path);
            run.kept_paths.insert(PathNo(number));
        }
        for (number, marker) in resume.markers {
            run.markers.restore(MarkerNo(number), &Arc::new(marker));
            run.kept_markers.insert(MarkerNo(number));
        }
        Ok(run)
    }

    /// Counts the children of every commit, so that a state is dropped once nothing needs it. The
    /// tips are needed to the end.
    fn expect(&mut self, new: &[Commit<Said>]) {
        for commit in new {
            for parent in &commit.parents {
                *self.children.entry(*parent).or_default() += 1;
            }
        }
        for tip in self.order.tips {
            *self.children.entry(*tip).or_default() += 1;
        }
    }

    /// Returns a commit that was followed, in this scan or an earlier one.
    fn followed(
        &mut self,
        reader: &Reader<'_>,
        index: &Index,
        id: ObjectId,
    ) -> Result<Open, ScanError> {
        if let Some(open) = self.open.get(&id) {
            return Ok(open.clone());
        }
        let Some(number) = self.known.get(&id).copied() else {
            // The walk hands on parents before children: an unknown one is not in the index.
            return Err(store::Error::Lost { id }.into());
        };
        self.tree_of_known(reader, id, number)?;
        let (kept, state, depth) = index.state_of(number)?;
        let open = Open {
            number,
            kept,
            state,
            depth,
        };
        self.open.insert(id, open.clone());
        Ok(open)
    }

    fn tree_of_known(
        &mut self,
        reader: &Reader<'_>,
        id: ObjectId,
        number: CommitNo,
    ) -> Result<ObjectId, ScanError> {
        if let Some(tree) = self.trees.get(&number) {
            return Ok(*tree);
        }
        let tree = commits::commit(reader, id, |_| ())?.tree;
        self.trees.insert(number, tree);
        Ok(tree)
    }

    /// Takes note that one child of a commit was followed.
    fn leave(&mut self, id: ObjectId) {
        if let Some(children) = self.children.get_mut(&id) {
            *children -= 1;
            if *children == 0 {
                self.children.remove(&id);
                self.open.remove(&id);
            }
        }
    }
}
