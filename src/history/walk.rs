//! The commits that tips reach, parents before children.

mod lines;

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::thread;

use self::lines::{Leave, Lines, read_ahead};
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
    let again = &repository.again();
    let work = |repository: Option<&Repository>| {
        // However it ends, the others must not wait for this one.
        let _leave = Leave(lines);
        let found = match repository {
            Some(repository) => repository.read_with(|reader| follow(reader)),
            None => {
                let opened = again.open().map_err(E::from);
                opened.and_then(|repository| repository.read_with(|reader| follow(reader)))
            }
        };
        if found.is_err() {
            lines.stop();
        }
        found
    };
    let all = thread::scope(|scope| {
        let work = &work;
        let start = |_| {
            let started = thread::Builder::new().spawn_scoped(scope, move || work(None));
            // The others do what one that is not to be had would have done.
            started.inspect_err(|_| drop(Leave(lines))).ok()
        };
        let started: Vec<_> = (1..threads).filter_map(start).collect();
        let mut all = vec![work(Some(repository))];
        for thread in started {
            let found = thread.join();
            all.push(found.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    });
    let mut all = all.into_iter();
    let mut found = all.next().transpose()?.unwrap_or_default();
    for part in all {
        found.append(&mut part?);
    }
    let places = found.iter().enumerate().map(|(at, one)| (one.id, Some(at)));
    let met = places.collect();
    Ok(in_order(found, &met))
}

fn in_order<M>(
    mut found: Vec<Commit<M>>,
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
    // For each commit its place in the order.
    let mut places = vec![None; found.len()];
    let mut ordered = 0;
    while let Some(Reverse((_, _, at))) = ready.pop() {
        places[at] = Some(ordered);
        ordered += 1;
        for &child in &children[at] {
            waits[child] -= 1;
            if waits[child] == 0 {
                let commit = &found[child];
                ready.push(Reverse((commit.committed.seconds, commit.id, child)));
            }
        }
    }
    // In a store that somebody tampered with commits may descend from each other: those are left out.
    let mut rest = ordered..;
    let places = places
        .into_iter()
        .map(|place| place.or_else(|| rest.next()));
    let mut places: Vec<usize> = places.flatten().collect();
    for at in 0..found.len() {
        while places[at] != at {
            let there = places[at];
            found.swap(at, there);
            places.swap(at, there);
        }
    }
    found.truncate(ordered);
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::history::commits::Moment;

    fn id(number: usize) -> ObjectId {
        let mut bytes = [0; 20];
        bytes[0] = number as u8;
        ObjectId::from_bytes(bytes)
    }

    /// Commits with these times and the numbers of these parents.
    fn commits(of: &[(i64, Vec<usize>)]) -> Vec<Commit<()>> {
        let commit = |(number, (seconds, parents)): (usize, &(i64, Vec<usize>))| Commit {
            id: id(number),
            tree: id(number),
            parents: parents.iter().map(|parent| id(*parent)).collect(),
            author: String::new(),
            authored: Moment::default(),
            committed: Moment {
                seconds: *seconds,
                offset: 0,
            },
            message: (),
        };
        of.iter().enumerate().map(commit).collect()
    }

    fn ordered(found: Vec<Commit<()>>) -> Vec<usize> {
        let places = found.iter().enumerate().map(|(at, one)| (one.id, Some(at)));
        let met = places.collect();
        let order = in_order(found, &met).into_iter();
        order.map(|one| usize::from(one.id.as_bytes()[0])).collect()
    }

    proptest! {
        #[test]
        fn the_oldest_whose_parents_came_comes_next_however_they_were_found(
            of in prop::collection::vec((0..5_i64, prop::collection::vec(any::<prop::sample::Index>(), 0..3)), 1..12),
            turn in 0..12_usize,
        ) {
            let of: Vec<(i64, Vec<usize>)> = (0..).zip(of).map(|(number, (seconds, parents))| {
                let parents = parents.iter().filter(|_| number > 0);
                (seconds, parents.map(|parent| parent.index(number)).collect())
            }).collect();
            let mut found = commits(&of);
            let length = found.len();
            found.rotate_left(turn % length);
            let order = ordered(found);
            prop_assert_eq!(order.len(), of.len());
            for (at, next) in order.iter().enumerate() {
                let came = |number: &usize| order[..at].contains(number);
                let ready = (0..of.len()).filter(|number| !came(number) && of[*number].1.iter().all(came));
                prop_assert_eq!(ready.min_by_key(|number| (of[*number].0, id(*number))), Some(*next));
            }
        }
    }

    #[test]
    fn commits_that_descend_from_each_other_are_left_out() {
        let of = [
            (1, vec![]),
            (2, vec![2]),
            (3, vec![1]),
            (4, vec![0]),
            (5, vec![1]),
        ];
        assert_eq!(ordered(commits(&of)), [0, 3]);
    }
}
