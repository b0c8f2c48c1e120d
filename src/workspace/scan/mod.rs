//! A repository's history into its index: trees are compared, new contents read once, and every item
//! followed from parent to child.
//!
//! Work goes in steps of commits, parents first, each written whole: what a step wrote is never done
//! again, whatever stops the scan, and memory is bounded by the step.

mod compare;
mod facts;
mod matched;
mod read;
mod step;
mod view;

use std::collections::{HashMap, HashSet};
use std::ops::{Range, RangeInclusive};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::ScopedJoinHandle;

use rustc_hash::{FxHashMap, FxHashSet};

use facts::{Kinds, SeenBefore, Texts};
use read::{ReadStep, StepReader, Task};

use crate::debt::detect::Detector;
use crate::debt::facts::{MarkerNo, Markers};
use crate::debt::follow::{FollowError, Follower, Inconsistent};
use crate::debt::state::State;
use crate::debt::{Sighting, marker};
use crate::history::commits::{self, Commit};
use crate::history::reader::Reader;
use crate::history::walk::{walk, walk_all};
use crate::history::{self, Repository};
use crate::interned::{Blobs, ById, CommitNo, PathNo, Paths};
use crate::object_id::ObjectId;
use crate::store;
use crate::store::index::{Index, StateNo};

/// Commits a step: half of what is left, but no more and no fewer than these. A file's versions are made
/// of each other, so that a step costs more than its share; but the last is followed while nothing is
/// left to read, so it should be small.
const STEP_MOST: usize = 65_536;
const STEP_LEAST: usize = 8_192;

/// Changed files a step, or one commit's: a step ends early at the commit that reaches so many.
const STEP_CHANGES: usize = 500_000;

/// Returns how many of the commits that are left are the next step.
fn step_of(left: usize) -> usize {
    left.min((left / 2).clamp(STEP_LEAST, STEP_MOST))
}

/// Cuts so many commits into pieces, each a part of those that are left, by their number, but no fewer and no more than
/// `sizes`: what is large comes early, so that what others wait for at the end is small.
fn in_pieces(commits: usize, part: usize, sizes: RangeInclusive<usize>) -> Vec<Range<usize>> {
    let (least, most) = (*sizes.start(), *sizes.end());
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < commits {
        let left = commits - start;
        let size = (left / part.max(1)).clamp(least, most).min(left);
        pieces.push(start..start + size);
        start += size;
    }
    pieces
}

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
        check(self.cancel)
    }
}

fn check(cancel: &AtomicBool) -> Result<(), ScanError> {
    if cancel.load(Ordering::Relaxed) {
        return Err(ScanError::Interrupted);
    }
    Ok(())
}

/// Takes what threads share. One that panicked while it had it ends the scan, whatever it left.
pub(super) fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Commits with their numbers.
type Known = HashMap<ObjectId, CommitNo, ById>;

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
        let is_empty = !index.has_commits()?;
        let said = |message: &str| Said::of(message, order.detector);
        let new = if is_empty {
            let Order {
                repository,
                tips,
                threads,
                cancel,
                ..
            } = *order;
            let check = || check(cancel);
            walk_all(repository, threads, tips, &boundary, said, check)?
        } else {
            let is_known = |id| met.is_known(index, id);
            walk(reader, order.tips, &boundary, is_known, said, |_| {
                order.check()
            })?
        };
        let is_reached = |tip| met.known.contains_key(tip);
        let grown_from = match before {
            // All commits of an empty index come from the tips.
            None => is_empty.then(Vec::new),
            Some(before) => {
                let has_grown = !met.any_unreachable && before.iter().all(is_reached);
                has_grown.then_some(before)
            }
        };
        let names = Names::default();
        let mut run = Run::resume(order, index, &names, met.known)?;
        let first = run.next_commit;
        let parents = run.expect(reader, &new)?;
        run.all(reader, index, &new, &parents)?;
        run.finish(reader, index, grown_from.as_deref(), first)?;
        let total = new.len() as u64;
        (order.progress)(total, total);
        let gone = run.end();
        give_back((gone, names, new, parents));
        Ok(Done { new_commits: total })
    })
}

/// Gives the memory of something back on a thread of its own: of many small pieces that takes long, and
/// nobody should wait for it.
pub(super) fn give_back<T: Send + 'static>(gone: T) {
    // Without a thread it is given back here.
    let _ = std::thread::Builder::new().spawn(move || drop(gone));
}

/// The numbers of a scan, shared by threads.
#[derive(Default)]
struct Names {
    paths: Paths,
    blobs: Blobs,
    markers: Markers,
}

/// The commits of the index that a walk met.
#[derive(Default)]
struct Met {
    known: Known,
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
    names: &'a Names,
    follower: Follower,
    seen: SeenBefore,
    texts: Texts,
    other_kinds: Kinds,
    kept_paths: FxHashSet<PathNo>,
    kept_markers: FxHashSet<MarkerNo>,
    /// The commits of the index that new ones descend from.
    known: Known,
    next_commit: u32,
    next_state: u32,
    /// How many of the commits to come are children of a commit.
    children: HashMap<ObjectId, usize, ById>,
    /// The commits that children are still to come of.
    open: HashMap<ObjectId, Open, ById>,
    /// The tree of each commit that was met.
    trees: FxHashMap<CommitNo, ObjectId>,
}

/// Reads all steps. One waits to be taken while the next is read: no more are held.
fn read_ahead(
    repository: &Repository,
    task: Task<'_>,
    hand_on: &SyncSender<ReadStep>,
) -> Result<(), ScanError> {
    let mut steps = StepReader::new(task);
    repository.read_with(|reader| {
        while let Some(step) = steps.next(repository, reader)? {
            if hand_on.send(step).is_err() {
                break;
            }
        }
        Ok(())
    })
}

/// A commit that was followed and has children to come.
#[derive(Clone)]
struct Open {
    number: CommitNo,
    generation: u32,
    kept: StateNo,
    state: State,
    /// How many differences the kept state is made of.
    depth: u32,
}

impl<'a> Run<'a> {
    fn resume(
        order: &'a Order<'a>,
        index: &Index,
        names: &'a Names,
        known: Known,
    ) -> Result<Self, ScanError> {
        let resume = index.resume()?;
        let mut run = Run {
            order,
            names,
            seen: SeenBefore::default(),
            texts: Texts::default(),
            other_kinds: Kinds::default(),
            follower: Follower::resume(resume.items, resume.graves),
            kept_paths: FxHashSet::default(),
            kept_markers: FxHashSet::default(),
            known,
            next_commit: resume.next_commit,
            next_state: resume.next_state,
            children: HashMap::default(),
            open: HashMap::default(),
            trees: FxHashMap::default(),
        };
        for (number, path) in resume.paths {
            names.paths.restore(PathNo(number), &path);
            run.kept_paths.insert(PathNo(number));
        }
        for (number, marker) in resume.markers {
            names.markers.restore(MarkerNo(number), &Arc::new(marker));
            run.kept_markers.insert(MarkerNo(number));
        }
        Ok(run)
    }

    /// Ends the scan with what it held.
    fn end(self) -> impl Send + 'static {
        let Run {
            follower,
            seen,
            texts,
            known,
            open,
            trees,
            ..
        } = self;
        (follower, seen, texts, known, open, trees)
    }

    /// Counts the children of every commit, so that a state is dropped once nothing needs it, and
    /// gives it its number. The tips are needed to the end. Returns the trees of each commit's parents.
    fn expect(
        &mut self,
        reader: &Reader<'_>,
        new: &[Commit<Said>],
    ) -> Result<Vec<Vec<ObjectId>>, ScanError> {
        let mut parents = Vec::with_capacity(new.len());
        for (at, commit) in new.iter().enumerate() {
            let number = CommitNo(self.next_commit + at as u32);
            self.known.insert(commit.id, number);
            self.trees.insert(number, commit.tree);
            let mut trees = Vec::with_capacity(commit.parents.len());
            for parent in &commit.parents {
                *self.children.entry(*parent).or_default() += 1;
                // The walk hands on parents before children: an unknown one is not in the index.
                let number = self.known.get(parent).copied();
                let number = number.ok_or(store::Error::Lost { id: *parent })?;
                trees.push(self.tree_of_known(reader, *parent, number)?);
            }
            parents.push(trees);
        }
        for tip in self.order.tips {
            *self.children.entry(*tip).or_default() += 1;
        }
        Ok(parents)
    }

    /// Does all steps. While one is followed, the next is read.
    fn all(
        &mut self,
        reader: &mut Reader<'_>,
        index: &mut Index,
        new: &[Commit<Said>],
        parents: &[Vec<ObjectId>],
    ) -> Result<(), ScanError> {
        let stop = AtomicBool::new(false);
        let task = Task {
            detector: self.order.detector,
            threads: self.order.threads,
            progress: self.order.progress,
            cancel: self.order.cancel,
            names: self.names,
            commits: new,
            parents,
            stop: &stop,
        };
        (self.order.progress)(0, new.len() as u64);
        if new.len() > step_of(new.len()) && self.order.threads > 1 {
            let again = self.order.repository.again();
            let done = std::thread::scope(|scope| {
                let (hand_on, take) = sync_channel(0);
                let ahead = std::thread::Builder::new().stack_size(STACK);
                let ahead =
                    ahead.spawn_scoped(scope, move || read_ahead(&again.open()?, task, &hand_on));
                Some(self.take_all(reader, index, task, take, ahead.ok()?))
            });
            if let Some(done) = done {
                return done;
            }
            // No thread is to be had.
        }
        let mut steps = StepReader::new(task);
        while let Some(step) = steps.next(self.order.repository, reader)? {
            self.step(reader, index, new, step)?;
        }
        Ok(())
    }

    /// Follows the steps that another thread reads.
    fn take_all(
        &mut self,
        reader: &mut Reader<'_>,
        index: &mut Index,
        task: Task<'_>,
        steps: Receiver<ReadStep>,
        ahead: ScopedJoinHandle<'_, Result<(), ScanError>>,
    ) -> Result<(), ScanError> {
        let mut followed = Ok(());
        while followed.is_ok()
            && let Ok(step) = steps.recv()
        {
            followed = self.step(reader, index, task.commits, step);
        }
        // Who reads for nobody ends soon, also where it waits for a step to be taken.
        task.stop.store(followed.is_err(), Ordering::Relaxed);
        drop(steps);
        let read = ahead.join();
        followed.and(read.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
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
            generation: index.generation_of(number)?,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_commit_is_in_one_piece_and_no_piece_is_larger_than_one_before(
            commits in 0..200_000_usize,
            part in 0..9_usize,
            least in 1..600_usize,
            more in 0..9_000_usize,
        ) {
            let pieces = in_pieces(commits, part, least..=least + more);
            let mut next = 0;
            for piece in &pieces {
                prop_assert_eq!(piece.start, next);
                prop_assert!(!piece.is_empty() && piece.len() <= least + more);
                next = piece.end;
            }
            prop_assert_eq!(next, commits);
            prop_assert!(pieces.is_sorted_by(|one, two| one.len() >= two.len()));
            prop_assert!(part < 2 || pieces.last().is_none_or(|piece| piece.len() <= least));
        }
    }
}
