//! The lines of a history, shared by the threads that walk it.

use std::collections::{HashMap, HashSet};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::history::commits::{Commit, commit};
use crate::history::reader::Reader;
use crate::interned::ById;
use crate::object_id::ObjectId;

/// Commits that one thread reads ahead of another at a time, and how many are held.
const AHEAD: usize = 512;
const HELD: usize = 4 * AHEAD;

/// Reads commits that come after one, the farthest first, until who comes from it is met. Returns whether
/// there were any.
pub(super) fn read_ahead<M>(
    reader: &Reader<'_>,
    near: ObjectId,
    lines: &Lines<M>,
    message: impl Fn(&str) -> M,
) -> bool {
    let mut any = false;
    for id in reader.commits_after(near, AHEAD).into_iter().rev() {
        match lines.wants(id) {
            Wants::It => {}
            Wants::Other => continue,
            Wants::Nothing => break,
        }
        // What is wrong with it is told to who needs it.
        if let Ok(commit) = commit(reader, id, &message) {
            lines.bring(commit);
            any = true;
        }
    }
    any
}

/// What of the commits ahead of a line is wanted.
enum Wants {
    /// This one.
    It,
    /// Not this one, perhaps another.
    Other,
    /// None: there is a line to follow, or nobody follows one any more.
    Nothing,
}

/// The lines of a history that are still to be followed, shared by threads.
pub(super) struct Lines<M> {
    state: Mutex<State<M>>,
    change: Condvar,
}

struct State<M> {
    met: HashSet<ObjectId, ById>,
    /// Where lines begin that nobody follows.
    open: Vec<ObjectId>,
    /// The commit that a line came to last.
    last: Option<ObjectId>,
    /// Commits that were read and that no line came to yet.
    ahead: HashMap<ObjectId, Commit<M>, ById>,
    /// Threads that follow a line and may find others.
    busy: usize,
    /// Threads that wait for a line.
    idle: usize,
    /// Whether nothing more is wanted.
    stopped: bool,
}

impl<M> Lines<M> {
    pub(super) fn new(tips: &[ObjectId], threads: usize) -> Lines<M> {
        let mut met = HashSet::default();
        let open = tips
            .iter()
            .copied()
            .filter(|tip| met.insert(*tip))
            .collect();
        let state = State {
            met,
            open,
            last: None,
            ahead: HashMap::default(),
            // Each is about to ask.
            busy: threads,
            idle: 0,
            stopped: false,
        };
        Lines {
            state: Mutex::new(state),
            change: Condvar::new(),
        }
    }

    // Every change is whole: a panicking thread cannot leave half of one.
    fn lock(&self) -> MutexGuard<'_, State<M>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a line to follow, `None` once there can be none any more. Whoever asks has come to the
    /// end of the last. Until there is one, `ahead` is called with commits that lines came to; it says whether
    /// it did anything.
    pub(super) fn take(&self, mut ahead: impl FnMut(ObjectId) -> bool) -> Option<ObjectId> {
        let mut state = self.lock();
        state.busy -= 1;
        let mut is_ahead = false;
        loop {
            if let Some(id) = state.open.pop() {
                state.busy += 1;
                return Some(id);
            }
            if state.busy == 0 {
                self.change.notify_all();
                state.busy += 1;
                return None;
            }
            if let Some(near) = state.last.filter(|_| !is_ahead) {
                drop(state);
                is_ahead = !ahead(near);
                state = self.lock();
                continue;
            }
            is_ahead = false;
            state.idle += 1;
            state = (self.change.wait(state)).unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }

    /// Returns the parent that a line goes on with, and the commit if it was read, and opens a line for each
    /// other parent that is new.
    pub(super) fn next(&self, parents: &[ObjectId]) -> Option<(ObjectId, Option<Commit<M>>)> {
        let mut state = self.lock();
        if state.stopped {
            return None;
        }
        let mut next = None;
        for parent in parents {
            if state.met.insert(*parent) {
                match next {
                    None => next = Some(*parent),
                    Some(_) => state.open.push(*parent),
                }
            }
        }
        state.last = next.or(state.last);
        let is_news = !state.open.is_empty() || state.met.len().is_multiple_of(AHEAD / 4);
        if state.idle > 0 && is_news {
            self.change.notify_all();
        }
        let next = next?;
        let read = state.ahead.remove(&next);
        Some((next, read))
    }

    /// Says whether a commit is wanted that no line came to yet.
    fn wants(&self, id: ObjectId) -> Wants {
        let state = self.lock();
        if state.busy == 0 || state.stopped || !state.open.is_empty() {
            return Wants::Nothing;
        }
        match state.met.contains(&id) || state.ahead.contains_key(&id) {
            true => Wants::Other,
            false => Wants::It,
        }
    }

    /// Keeps a commit for the line that will come to it.
    fn bring(&self, commit: Commit<M>) {
        let mut state = self.lock();
        if state.ahead.len() >= HELD {
            // Of other branches, which no line comes to.
            state.ahead.clear();
        }
        if !state.met.contains(&commit.id) {
            state.ahead.insert(commit.id, commit);
        }
    }

    /// Ends all lines.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.open.clear();
        state.stopped = true;
    }
}

/// Says at its end that a thread follows no line any more.
pub(super) struct Leave<'a, M>(pub(super) &'a Lines<M>);

impl<M> Drop for Leave<'_, M> {
    fn drop(&mut self) {
        self.0.lock().busy -= 1;
        self.0.change.notify_all();
    }
}
