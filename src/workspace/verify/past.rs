//! The commits of the index as a graph, held against the repository's own.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::tally::Tally;
use super::{VerifyError, VerifyOrder};
use crate::debt::Marker;
use crate::history::plain::Named;
use crate::interned::{CommitNo, PathNo, Paths};
use crate::object_id::ObjectId;
use crate::store::index::{CommitRow, EventRow, Index};

/// The number of a commit in [`Past`]: parents are below children.
pub(super) type At = usize;

/// All that the index says of reachable commits, with what the repository says of them.
pub(super) struct Past {
    pub(super) rows: Vec<CommitRow>,
    /// Parents as the index has them.
    pub(super) parents: Vec<Vec<At>>,
    pub(super) trees: Vec<ObjectId>,
    /// The events of each commit.
    pub(super) events: Vec<Vec<EventRow>>,
    pub(super) paths: Paths,
    pub(super) markers: HashMap<u32, Arc<Marker>>,
    at: HashMap<ObjectId, At>,
    numbers: HashMap<CommitNo, At>,
    /// The length of the longest way to a root: an ancestor's is lower.
    generations: Vec<u32>,
}

impl Past {
    /// Reads the commits of the index, and walks the repository from the tips to see that they are
    /// all of its commits, with their parents.
    pub(super) fn read(
        order: &VerifyOrder<'_>,
        index: &Index,
        tally: &mut Tally,
    ) -> Result<Past, VerifyError> {
        let rows = index.reachable_commits()?;
        let numbers: HashMap<CommitNo, At> =
            rows.iter().enumerate().map(|(at, r)| (r.no, at)).collect();
        let mut past = Past {
            parents: Vec::with_capacity(rows.len()),
            trees: Vec::with_capacity(rows.len()),
            events: vec![Vec::new(); rows.len()],
            paths: Paths::default(),
            markers: HashMap::new(),
            at: rows.iter().enumerate().map(|(at, r)| (r.id, at)).collect(),
            generations: vec![0; rows.len()],
            numbers,
            rows,
        };
        for (number, path) in index.paths()? {
            past.paths.restore(PathNo(number), &path);
        }
        for (number, marker) in index.markers()? {
            past.markers.insert(number, Arc::new(marker));
        }
        for event in index.reachable_events()? {
            if let Some(at) = past.numbers.get(&event.commit) {
                past.events[*at].push(event);
            }
        }
        let found = walk(order)?;
        past.hold_against(&found, tally);
        Ok(past)
    }

    /// Links parents, and says where the repository has others.
    fn hold_against(&mut self, found: &HashMap<ObjectId, Named>, tally: &mut Tally) {
        tally.count(found.len() as u64, "commits in the history");
        for id in found.keys().filter(|id| !self.at.contains_key(id)) {
            tally.mismatch(format!("the index lacks commit {id}"));
        }
        for at in 0..self.rows.len() {
            let row = &self.rows[at];
            let mut parents = Vec::with_capacity(row.parents.len());
            for parent in &row.parents {
                // Whoever wrote the index, following parents must come to an end.
                match self.numbers.get(parent) {
                    Some(parent) if *parent < at => parents.push(*parent),
                    _ => tally.mismatch(format!(
                        "commit {} has a parent in the index that does not come before it",
                        row.id
                    )),
                }
            }
            let named = found.get(&row.id);
            let ids: Vec<ObjectId> = parents.iter().map(|parent| self.rows[*parent].id).collect();
            match named {
                None => tally.mismatch(format!("the history has no commit {}", row.id)),
                Some(named) if named.parents != ids => tally.mismatch(format!(
                    "commit {} has other parents in the index than in the history",
                    row.id
                )),
                Some(_) => {}
            }
            self.trees
                .push(named.map_or(ObjectId::from_bytes([0; 20]), |named| named.tree));
            let above = parents.iter().map(|parent| self.generations[*parent] + 1);
            self.generations[at] = above.max().unwrap_or(0);
            self.parents.push(parents);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn id(&self, at: At) -> ObjectId {
        self.rows[at].id
    }

    pub(super) fn find(&self, id: ObjectId) -> Option<At> {
        self.at.get(&id).copied()
    }

    pub(super) fn numbered(&self, commit: CommitNo) -> Option<At> {
        self.numbers.get(&commit).copied()
    }

    /// Returns whether a commit has a tree: one that the history lacks has none.
    pub(super) fn has_tree(&self, at: At) -> bool {
        self.trees[at] != ObjectId::from_bytes([0; 20])
    }

    pub(super) fn path(&self, path: PathNo) -> String {
        String::from_utf8_lossy(&self.paths.get(path)).into_owned()
    }

    /// Returns whether `one` is `other` or comes before it.
    pub(super) fn is_before(&self, one: At, other: At) -> bool {
        let mut met = HashSet::new();
        let mut open = vec![other];
        while let Some(at) = open.pop() {
            if at == one {
                return true;
            }
            if self.generations[at] > self.generations[one] {
                open.extend(
                    self.parents[at]
                        .iter()
                        .filter(|parent| met.insert(**parent)),
                );
            }
        }
        false
    }

    /// Returns for each commit whether it is `at` or comes before it.
    pub(super) fn all_before(&self, at: At) -> Vec<bool> {
        let mut before = vec![false; self.len()];
        before[at] = true;
        for child in (0..=at).rev() {
            if before[child] {
                self.parents[child].iter().for_each(|p| before[*p] = true);
            }
        }
        before
    }
}

/// Finds every commit that the tips reach, by libgit2.
fn walk(order: &VerifyOrder<'_>) -> Result<HashMap<ObjectId, Named>, VerifyError> {
    let boundary: HashSet<&ObjectId> = order.repository.shallow_boundary().iter().collect();
    let mut found = HashMap::new();
    let mut open = order.tips.to_vec();
    while let Some(id) = open.pop() {
        if found.contains_key(&id) {
            continue;
        }
        let mut named = order.repository.named_by(id)?;
        if boundary.contains(&id) {
            named.parents.clear();
        }
        open.extend(&named.parents);
        found.insert(id, named);
        if found.len() % 1_024 == 0 {
            order.check()?;
            (order.progress)("reading commits", found.len() as u64, 0);
        }
    }
    Ok(found)
}
