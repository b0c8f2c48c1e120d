//! For every commit: what its parents had, what came and what went is what it has.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::claim::{Claim, ClaimedFile, is_of_code, word};
use super::past::{At, Past};
use super::tally::Tally;
use super::{VerifyError, VerifyOrder};
use crate::debt::follow::EventKind;
use crate::debt::state::{ItemNo, State};
use crate::interned::PathNo;
use crate::store::index::{EventRow, Index, StateNo};

/// Holds every commit's items against its parents' and its events, and returns what has to be held
/// against contents.
pub(super) fn verify(
    order: &VerifyOrder<'_>,
    index: &Index,
    past: &Past,
    tally: &mut Tally,
) -> Result<Vec<Claim>, VerifyError> {
    let mut uses: HashMap<StateNo, usize> = HashMap::new();
    for at in 0..past.len() {
        for user in past.parents[at].iter().chain([&at]) {
            *uses.entry(past.rows[*user].state).or_default() += 1;
        }
    }
    let mut states: HashMap<StateNo, State> = HashMap::new();
    let nothing = State::default();
    let mut claims = Vec::new();
    for at in 0..past.len() {
        if at % 256 == 0 {
            order.check()?;
            (order.progress)("following items", at as u64, past.len() as u64);
        }
        let number = past.rows[at].state;
        if let Entry::Vacant(entry) = states.entry(number) {
            let (_, state, _) = index.state_of(past.rows[at].no)?;
            once_each(at, &state, past, tally);
            entry.insert(state);
        }
        let parents = past.parents[at]
            .iter()
            .map(|p| &states[&past.rows[*p].state]);
        let mut parents: Vec<&State> = parents.collect();
        let merge = parents.len() > 1;
        if parents.is_empty() {
            parents.push(&nothing);
        }
        let step = Step {
            past,
            at,
            state: &states[&number],
            parents: &parents,
        };
        step.verify(merge, tally);
        claims.extend(step.claim());
        for user in past.parents[at].iter().chain([&at]) {
            let number = past.rows[*user].state;
            if let Some(uses) = uses.get_mut(&number) {
                *uses -= 1;
                if *uses == 0 {
                    states.remove(&number);
                }
            }
        }
    }
    births_once(past, tally);
    Ok(claims)
}

/// Each item of a state stands at one place, and is not paid.
fn once_each(at: At, state: &State, past: &Past, tally: &mut Tally) {
    let mut met = HashSet::new();
    for (path, items) in state.files() {
        for item in items.iter() {
            if !met.insert(*item) {
                let path = past.path(path);
                tally.mismatch(format!(
                    "{} {path}: item {} stands twice",
                    past.id(at),
                    item.0
                ));
            }
            if state.is_dead(*item) {
                let path = past.path(path);
                tally.mismatch(format!("{} {path}: item {} is paid", past.id(at), item.0));
            }
        }
    }
    tally.count(1, "different sets of open items had each item at one place");
}

/// Each item is introduced once.
fn births_once(past: &Past, tally: &mut Tally) {
    let mut born: HashSet<ItemNo> = HashSet::new();
    for (at, events) in past.events.iter().enumerate() {
        for event in events {
            if event.kind == EventKind::Introduced {
                if !born.insert(event.item) {
                    let id = past.id(at);
                    tally.mismatch(format!("{id}: item {} is introduced again", event.item.0));
                }
            } else if !born.contains(&event.item) {
                tally.mismatch(format!(
                    "{}: item {} is {} before it is introduced",
                    past.id(at),
                    event.item.0,
                    word(event.kind)
                ));
            }
        }
    }
}

/// One commit with its parents.
struct Step<'a> {
    past: &'a Past,
    at: At,
    state: &'a State,
    /// The empty state for a root.
    parents: &'a [&'a State],
}

impl Step<'_> {
    fn events(&self) -> impl Iterator<Item = &EventRow> {
        self.past.events[self.at]
            .iter()
            .filter(|event| is_of_code(event))
    }

    fn of_kind(&self, wanted: impl Fn(EventKind) -> bool) -> BTreeSet<ItemNo> {
        let events = self.events().filter(|event| wanted(event.kind));
        events.map(|event| event.item).collect()
    }

    /// The files in which the states differ.
    fn differing(&self) -> BTreeSet<PathNo> {
        let mut paths = BTreeSet::new();
        for parent in self.parents {
            self.state.differing(parent, |path| {
                paths.insert(path);
            });
        }
        paths
    }

    fn resolved(&self, items: &[ItemNo]) -> Vec<ItemNo> {
        items.iter().map(|item| self.state.resolve(*item)).collect()
    }

    fn claim(&self) -> Option<Claim> {
        self.events().next()?;
        let mut paths = self.differing();
        paths.extend(self.events().filter_map(|event| event.path.map(PathNo)));
        let file = |path: PathNo| ClaimedFile {
            path,
            items: self.state.items(path).to_vec(),
            in_parents: self
                .parents
                .iter()
                .map(|p| self.resolved(p.items(path)))
                .collect(),
        };
        Some(Claim {
            at: self.at,
            files: paths.into_iter().map(file).collect(),
        })
    }

    fn verify(&self, merge: bool, tally: &mut Tally) {
        let mut here: HashMap<ItemNo, PathNo> = HashMap::new();
        let mut before: HashMap<ItemNo, BTreeSet<PathNo>> = HashMap::new();
        // The parents that have an item, as bits.
        let mut has: HashMap<ItemNo, u64> = HashMap::new();
        for path in self.differing() {
            here.extend(self.state.items(path).iter().map(|item| (*item, path)));
            for (number, parent) in self.parents.iter().enumerate() {
                for item in self.resolved(parent.items(path)) {
                    before.entry(item).or_default().insert(path);
                    *has.entry(item).or_default() |= 1 << (number % 64);
                }
            }
        }
        let paid_before = |item: &ItemNo| {
            let has = has.get(item).copied().unwrap_or(0);
            self.is_paid_in_a_parent(*item, has)
        };
        let introduced = self.of_kind(|kind| kind == EventKind::Introduced);
        let reopened = self.of_kind(|kind| kind == EventKind::Reopened);
        let paid = self.of_kind(|kind| matches!(kind, EventKind::Paid(_)));
        let moved = self.of_kind(|kind| kind == EventKind::Moved);
        let mut wrong = |item: ItemNo, what: &str| {
            let id = self.past.id(self.at);
            tally.mismatch(format!("{id}: item {} {what}", item.0));
        };
        for item in here.keys().filter(|item| !before.contains_key(item)) {
            if !introduced.contains(item) && !reopened.contains(item) {
                wrong(*item, "came, and no event says so");
            }
        }
        for item in before.keys().filter(|item| !here.contains_key(item)) {
            let told = paid.contains(item) || merge && paid_before(item);
            if !told {
                wrong(*item, "went, and no event says so");
            }
            if !self.state.is_dead(*item) {
                wrong(*item, "went, and does not count as paid");
            }
        }
        for item in &introduced {
            if !here.contains_key(item) {
                wrong(*item, "is introduced, and is not there");
            }
            if before.contains_key(item) {
                wrong(*item, "is introduced, and was there before");
            }
        }
        for item in &paid {
            if here.contains_key(item) {
                wrong(*item, "is paid, and is there");
            }
            if !before.contains_key(item) {
                wrong(*item, "is paid, and was not there before");
            }
            if merge && paid_before(item) {
                wrong(*item, "is paid by the merge, and was paid on a branch");
            }
        }
        for item in &reopened {
            if !here.contains_key(item) {
                wrong(*item, "is reopened, and is not there");
            }
            if !self.is_dead_in_a_parent(*item) {
                wrong(*item, "is reopened, and was not paid");
            }
        }
        for (item, path) in &here {
            let Some(places) = before.get(item) else {
                continue;
            };
            if !places.contains(path) && !moved.contains(item) && !reopened.contains(item) {
                wrong(*item, "is in another file, and no event says so");
            }
            if merge && paid_before(item) && !reopened.contains(item) {
                wrong(
                    *item,
                    "was paid on a branch and is there, and is not reopened",
                );
            }
        }
        for event in self.events() {
            let keeps = matches!(event.kind, EventKind::Moved | EventKind::Edited);
            let path = event.path.map(PathNo).unwrap_or_default();
            if keeps && !self.state.items(path).contains(&event.item) {
                wrong(event.item, "is moved or edited, and is not there");
            }
        }
        let what = if merge {
            "merges"
        } else {
            "commits with at most one parent"
        };
        tally.count(1, &format!("{what} had their items balanced"));
    }

    fn is_dead_in_a_parent(&self, item: ItemNo) -> bool {
        let names: Vec<ItemNo> = self.state.numbers(item).collect();
        let dead = |parent: &&State| names.iter().any(|name| parent.is_dead(*name));
        self.parents.iter().any(dead)
    }

    /// Whether a parent other than those that have it, as bits, paid the item after the last time that it came
    /// back in any of them.
    fn is_paid_in_a_parent(&self, item: ItemNo, has: u64) -> bool {
        let names: Vec<ItemNo> = self.state.numbers(item).collect();
        let returns = |state: &State| names.iter().map(|n| state.returns(*n)).max().unwrap_or(0);
        let last = self
            .parents
            .iter()
            .map(|parent| returns(parent))
            .max()
            .unwrap_or(0);
        let parents = self.parents.iter().enumerate();
        let mut without = parents.filter(|(number, _)| has >> (number % 64) & 1 == 0);
        without.any(|(_, parent)| {
            names.iter().any(|name| parent.is_dead(*name)) && returns(parent) == last
        })
    }
}
