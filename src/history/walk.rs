//! The commits that tips reach, parents before children.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::commits::{Commit, commit};
use super::reader::Reader;
use super::{Error, Repository};
use crate::interned::ById;
use crate::object_id::ObjectId;

/// Returns the commits that the tips reach and `is_known` does not know, parents before children,
/// older before younger where that leaves a choice: the same order on every clone.
///
/// What a known commit reaches is taken as known. `boundary` are the commits of a shallow clone whose
/// parents are not there.
pub fn walk<M, E: From<Error>>(
    reader: &Reader<'_>,
    tips: &[ObjectId],
    boundary: &HashSet<ObjectId>,
    mut is_known: impl FnMut(ObjectId) -> Result<bool, E>,
    message: impl Fn(&str) -> M,
    mut progress: impl FnMut(usize) -> Result<(), E>,
) -> Result<Vec<Commit<M>>, E> {
    let mut found: Vec<Commit<M>> = Vec::new();
    // The place of each commit that was met; none for a known one.
    let mut met: HashMap<ObjectId, Option<usize>, ById> = HashMap::default();
    let mut open: Vec<ObjectId> = tips.to_vec();
    while let Some(id) = open.pop() {
        let Entry::Vacant(place) = met.entry(id) else {
            continue;
        };
        if is_known(id)? {
            place.insert(None);
            continue;
        }
        let mut commit = commit(reader, id, &message)?;
        if boundary.contains(&id) {
            commit.parents.clear();
        }
        open.extend(&commit.parents);
        place.insert(Some(found.len()));
        found.push(commit);
        if found.len().is_multiple_of(1_024) {
            progress(found.len())?;
        }
    }
    Ok(in_order(found, &met))
}

/// The same for tips of which nothing is known, on several threads: each goes down one line of the
/// history and leaves the other parents of merges to whoever is idle. Who finds no line reads commits that
/// another will come to.
///
/// # Errors
/// A commit that cannot be read, and what `progress` returns.
pub fn walk_all<M: Send, E: From<Error> + Send>(
    repository: &Repository,
    threads: usize,
    tips: &[ObjectId],
    boundary: &HashSet<ObjectId>,
    message: impl Fn(&str) -> M + Sync,
    progress: impl Fn() -> Result<(), E> + Sync,
) -> Result<Vec<Commit<M>>, E> {
    let lines = &Lines::new(tips, threads.max(1));
    let follow = |reader: &mut Reader<'_>| -> Result<Vec<Commit<M>>, E> {
        let mut found: Vec<Commit<M>> = Vec::new();
        let ahead = |near: ObjectId| read_ahead(reader, near, lines, &message);
        while let Some(mut id) = lines.take(ahead) {
            let mut read = None;
            loop {
                let mut commit = match read {
                    Some(commit) => commit,
                    None => commit(reader, id, &message)?,
                };
                if boundary.contains(&id) {
                    commit.parents.clear();
                }
                let next = lines.next(&commit.parents);
                found.push(commit);
                if found.len().is_multiple_of(1_024) {
                    progress()?;
                }
                let Some((parent, there)) = next else { break };
                (id, read) = (parent, there);
            }
        }
        Ok(found)
    };
    let work = |repository: &Repository| {
        // However it ends, the others must not wait for this one.
        let _leave = Leave(lines);
        let found = repository.read_with(|reader| follow(reader));
        if found.is_err() {
            lines.stop();
        }
        found
    };
    let others: Vec<Repository> = (1..threads)
        .map(|_| repository.reopen())
        .collect::<Result<_, _>>()?;
    let all = thread::scope(|scope| {
        let work = &work;
        let start = |other: Repository| {
            let started = thread::Builder::new().spawn_scoped(scope, move || work(&other));
            // The others do what one that is not to be had would have done.
            started.inspect_err(|_| drop(Leave(lines))).ok()
        };
        let started: Vec<_> = others.into_iter().filter_map(start).collect();
        let mut all = vec![work(repository)];
        for thread in started {
            let found = thread.join();
            all.push(found.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    });
    let mut found = Vec::new();
    for part in all {
        found.append(&mut part?);
    }
    let places = found.iter().enumerate().map(|(at, one)| (one.id, Some(at)));
    let met = places.collect();
    Ok(in_order(found, &met))
}

/// Commits that one thread reads ahead of another at a time, and how many are held.
const AHEAD: usize = 512;
const HELD: usize = 4 * AHEAD;

/// Reads commits that come after one, the farthest first, until who comes from it is met. Returns whether
/// there were any.
fn read_ahead<M>(
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
struct Lines<M> {
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
    fn new(tips: &[ObjectId], threads: usize) -> Lines<M> {
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
    fn take(&self, mut ahead: impl FnMut(ObjectId) -> bool) -> Option<ObjectId> {
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
    fn next(&self, parents: &[ObjectId]) -> Option<(ObjectId, Option<Commit<M>>)> {
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
    fn stop(&self) {
        let mut state = self.lock();
        state.open.clear();
        state.stopped = true;
    }
}

/// Says at its end that a thread follows no line any more.
struct Leave<'a, M>(&'a Lines<M>);

impl<M> Drop for Leave<'_, M> {
    fn drop(&mut self) {
        self.0.lock().busy -= 1;
        self.0.change.notify_all();
    }
}

fn in_order<M>(
    found: Vec<Commit<M>>,
    met: &HashMap<ObjectId, Option<usize>, ById>,
) -> Vec<Commit<M>> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); found.len()];
    let mut waits: Vec<usize> = Vec::with_capacity(found.len());
    let mut ready = BinaryHeap::new();
    for (at, commit) in found.iter().enumerate() {
        let places = commit.parents.iter().filter_map(|parent| *met.get(parent)?);
        let mut parents: Vec<usize> = places.collect();
        parents.sort_unstable();
        parents.dedup();
        if parents.is_empty() {
            ready.push(Reverse((commit.committed.seconds, commit.id, at)));
        }
        waits.push(parents.len());
        for parent in parents {
            children[parent].push(at);
        }
    }
    let mut order = Vec::with_capacity(found.len());
    let mut found: Vec<Option<Commit<M>>> = found.into_iter().map(Some).collect();
    while let Some(Reverse((_, _, at))) = ready.pop() {
        for child in std::mem::take(&mut children[at]) {
            waits[child] -= 1;
            if waits[child] == 0
                && let Some(commit) = &found[child]
            {
                ready.push(Reverse((commit.committed.seconds, commit.id, child)));
            }
        }
        order.extend(found[at].take());
    }
    order
}
