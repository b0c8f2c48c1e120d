//! One commit: from its parents' states and its changes to its state and the events it makes.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::compared;
use super::facts::{Facts, MarkerNo, Seen};
use super::matched::Matched;
use super::matching::{self, Origin, Pair, Version};
use super::merge::Merge;
use super::payment::How;
use super::state::{ItemNo, State};
use crate::changes::Change;
use crate::interned::{BlobNo, CommitNo, PathNo};

/// What happened to an item in a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The item.
    pub item: ItemNo,
    /// What happened.
    pub kind: EventKind,
    /// Where it is in the commit, or was in the parent when it is paid.
    pub path: PathNo,
    /// The line there, from 1.
    pub line: u32,
    /// What it says there.
    pub marker: MarkerNo,
    /// The code that it stands at there, see [`super::Sighting::context`].
    pub context: u32,
}

/// The kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// It is in the commit and was in no parent.
    Introduced,
    /// It is at another path, or elsewhere in its file.
    Moved,
    /// It says something else.
    Edited,
    /// It is in a parent and not in the commit.
    Paid(How),
    /// It was paid, and is in the commit.
    Reopened,
}

/// A commit's outcome.
#[derive(Debug, Default)]
pub struct Followed {
    /// What the commit's tree holds.
    pub state: State,
    /// What happened, in the order of paths and lines.
    pub events: Vec<Event>,
    /// The items that it happened to.
    touched: HashSet<ItemNo>,
    /// The youngest item that may still come back, of those that say the same.
    next_back: HashMap<Epitaph, ItemNo>,
}

impl Followed {
    pub(super) fn from(state: State) -> Followed {
        Followed {
            state,
            ..Followed::default()
        }
    }

    pub(super) fn happen(&mut self, event: Event) {
        self.touched.insert(event.item);
        self.events.push(event);
    }
}

/// An item that was paid somewhere, as it was then: what can come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grave {
    /// The item.
    pub item: ItemNo,
    /// A hash of what it said, see [`super::facts::Markers::words`].
    pub words: u64,
    /// Where it was.
    pub path: PathNo,
    /// The code it stood at, see [`super::Sighting::context`].
    pub context: u32,
    /// Whether other items will hardly share its words by chance.
    pub distinctive: bool,
    /// Whether it is declared debt.
    pub declared: bool,
}

/// What a paid item must have in common with a sighting to be it: its words, whether it is declared,
/// and, where they are given, its path and the code it stood at.
type Epitaph = (u64, bool, Option<PathNo>, Option<u32>);

impl Grave {
    /// Returns what is written on the grave, the more telling first.
    fn epitaphs(&self) -> impl Iterator<Item = Epitaph> + use<> {
        let Grave {
            words, declared, ..
        } = *self;
        let (path, code) = (Some(self.path), Some(self.context));
        let places = [(path, code), (path, None), (None, code), (None, None)];
        let count = if self.distinctive { 4 } else { 2 };
        let places = places.into_iter().take(count);
        places.map(move |(path, code)| (words, declared, path, code))
    }
}

/// A parent of the commit that is followed.
#[derive(Clone, Copy, Debug)]
pub struct Parent<'a> {
    /// The parent.
    pub commit: CommitNo,
    /// What it holds.
    pub state: &'a State,
}

/// Follows items from commit to commit, parents before children.
#[derive(Debug, Default)]
pub struct Follower {
    /// How many items there are.
    items: u32,
    graves: HashMap<Epitaph, BTreeSet<ItemNo>>,
}

/// The index says that a file has other markers than its content has.
#[derive(Debug, thiserror::Error)]
#[error(
    "the index holds {indexed} markers for {path} in commit number {commit}, its content {found}"
)]
pub struct Inconsistent {
    commit: u32,
    path: String,
    indexed: usize,
    found: usize,
}

/// Why a commit could not be followed.
#[derive(Debug, thiserror::Error)]
pub enum FollowError<E> {
    /// A blob could not be read.
    #[error(transparent)]
    Read(E),
    /// The index does not fit the repository; it must be rebuilt.
    #[error(transparent)]
    Inconsistent(#[from] Inconsistent),
}

impl Follower {
    /// Goes on from an index that has so many items.
    pub fn resume(items: u32, graves: impl IntoIterator<Item = Grave>) -> Follower {
        let mut follower = Follower {
            items,
            graves: HashMap::new(),
        };
        for grave in graves {
            follower.bury(grave);
        }
        follower
    }

    /// Returns how many items there are.
    pub fn items(&self) -> usize {
        self.items as usize
    }

    /// Follows one commit. `parents` are the states of its parents in git's order, empty for a root;
    /// `changes` is what [`Change`] says of it, and `matched` what came of them if that was found out before.
    pub fn follow<F: Facts>(
        &mut self,
        commit: CommitNo,
        parents: &[Parent<'_>],
        changes: &[Change],
        matched: Option<&Matched>,
        facts: &F,
    ) -> Result<Followed, FollowError<F::Error>> {
        let root = State::default();
        let parent = match parents {
            [] => &root,
            [parent] => parent.state,
            _ => return Merge::new(self, commit, parents, facts).follow(changes),
        };
        if let Some(matched) = matched {
            return self.single(commit, parent, changes, matched, facts);
        }
        let may_hold = |path| !parent.items(path).is_empty();
        let matched = Matched::of(changes, may_hold, facts).map_err(FollowError::Read)?;
        self.single(commit, parent, changes, &matched, facts)
    }

    fn single<F: Facts>(
        &mut self,
        commit: CommitNo,
        parent: &State,
        changes: &[Change],
        matched: &Matched,
        facts: &F,
    ) -> Result<Followed, FollowError<F::Error>> {
        let mut held = matched.held.iter().peekable();
        for change in changes {
            if let Change::Wrote { path, olds, .. } = change
                && olds.of(0).is_some()
            {
                let seen = held.next_if(|(at, _)| at == path);
                let seen = seen.map_or(0, |(_, count)| *count);
                check(commit, *path, parent.items(*path).len(), seen, facts)?;
            }
        }
        let mut followed = Followed::from(parent.clone());
        let Matched { pairs, origins, .. } = matched;
        if !pairs.is_empty() {
            self.apply(parent, pairs, origins, facts, &mut followed)?;
        }
        Ok(followed)
    }

    /// Turns origins into a state and events.
    fn apply<F: Facts>(
        &mut self,
        parent: &State,
        pairs: &[Pair],
        origins: &[Vec<Option<Origin>>],
        facts: &F,
        followed: &mut Followed,
    ) -> Result<(), FollowError<F::Error>> {
        let mut linked: HashSet<(usize, usize)> = HashSet::new();
        for origin in origins.iter().flatten().flatten() {
            linked.insert((origin.pair, origin.at));
        }
        for (number, pair) in pairs.iter().enumerate() {
            let Some(old) = &pair.old else { continue };
            let gone: Vec<usize> = (0..old.seen.len())
                .filter(|at| !linked.contains(&(number, *at)))
                .collect();
            let hows = hows(old, pair.new.as_ref(), &gone, facts)?;
            let items = parent.items(old.path);
            for (at, how) in gone.into_iter().zip(hows) {
                self.pay(items[at], how, old.path, old.seen[at], facts, followed);
            }
            followed.state.set(old.path, &[]);
        }
        for (number, pair) in pairs.iter().enumerate() {
            let Some(new) = &pair.new else { continue };
            let mut items = Vec::with_capacity(new.seen.len());
            for (at, seen) in new.seen.iter().enumerate() {
                let item = match origins[number][at] {
                    Some(origin) => {
                        self.go_on(parent, pairs, origin, new.path, *seen, facts, followed)
                    }
                    None => self.come(new.path, *seen, facts, followed),
                };
                items.push(item);
            }
            followed.state.set(new.path, &items);
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments)]
    fn go_on<F: Facts>(
        &mut self,
        parent: &State,
        pairs: &[Pair],
        origin: Origin,
        path: PathNo,
        seen: Seen,
        facts: &F,
        followed: &mut Followed,
    ) -> ItemNo {
        let Some(old) = &pairs[origin.pair].old else {
            return self.come(path, seen, facts, followed);
        };
        let item = parent.items(old.path)[origin.at];
        if old.path != path || origin.shifted {
            let moved = event_at(item, EventKind::Moved, path, seen);
            followed.happen(moved);
        }
        if old.seen[origin.at].marker != seen.marker {
            let edited = event_at(item, EventKind::Edited, path, seen);
            followed.happen(edited);
        }
        item
    }

    /// Finds the paid item that a sighting without an origin brings back, else makes a new one.
    pub(super) fn come<F: Facts>(
        &mut self,
        path: PathNo,
        seen: Seen,
        facts: &F,
        followed: &mut Followed,
    ) -> ItemNo {
        let back = self.paid_before(followed, path, seen, facts);
        let (item, kind) = match back {
            Some(item) => {
                followed.state.reopen(item);
                (item, EventKind::Reopened)
            }
            None => (self.new_item(), EventKind::Introduced),
        };
        followed.happen(event_at(item, kind, path, seen));
        item
    }

    /// Returns the item that was paid before this commit and says the same: at the same path, or
    /// anywhere when few others could say it. Of several the one that stood at the same code, then
    /// the one at the same path, then the youngest.
    fn paid_before<F: Facts>(
        &self,
        followed: &mut Followed,
        path: PathNo,
        seen: Seen,
        facts: &F,
    ) -> Option<ItemNo> {
        let marker = facts.markers().get(seen.marker);
        let sighted = Grave {
            item: ItemNo(0),
            words: facts.markers().words(seen.marker),
            path,
            context: seen.context,
            distinctive: matching::is_distinctive(&marker.text),
            declared: marker.tier == super::Tier::Declared,
        };
        let wanted = if marker.text.is_empty() { 1 } else { 4 };
        sighted
            .epitaphs()
            .take(wanted)
            .find_map(|epitaph| self.youngest(followed, epitaph))
    }

    /// Returns the youngest item of an epitaph that was paid before this commit. What could not come
    /// back once cannot later in the commit, so nothing is looked at twice.
    fn youngest(&self, followed: &mut Followed, epitaph: Epitaph) -> Option<ItemNo> {
        let items = self.graves.get(&epitaph)?;
        let youngest = followed.next_back.get(&epitaph).copied();
        let youngest = youngest.unwrap_or(ItemNo(u32::MAX));
        let mut older = items.range(..=youngest).rev().copied();
        let state = &followed.state;
        let found = older.find(|item| {
            let item = state.resolve(*item);
            state.is_dead(item) && !followed.touched.contains(&item)
        });
        // Nothing is left: item 0 is the last that could be, and it was looked at.
        followed
            .next_back
            .insert(epitaph, found.unwrap_or(ItemNo(0)));
        found.map(|item| followed.state.resolve(item))
    }

    /// Records that an item is paid in this commit.
    pub(super) fn pay<F: Facts>(
        &mut self,
        item: ItemNo,
        how: How,
        path: PathNo,
        seen: Seen,
        facts: &F,
        followed: &mut Followed,
    ) {
        let marker = facts.markers().get(seen.marker);
        self.bury(Grave {
            item,
            words: facts.markers().words(seen.marker),
            path,
            context: seen.context,
            distinctive: matching::is_distinctive(&marker.text),
            declared: marker.tier == super::Tier::Declared,
        });
        followed.state.bury(item);
        let paid = event_at(item, EventKind::Paid(how), path, seen);
        followed.happen(paid);
    }

    fn bury(&mut self, grave: Grave) {
        for epitaph in grave.epitaphs() {
            self.graves.entry(epitaph).or_default().insert(grave.item);
        }
    }

    /// Makes an item, also for a marker in a commit's message.
    pub fn new_item(&mut self) -> ItemNo {
        let item = ItemNo(self.items);
        self.items += 1;
        item
    }
}

pub(super) fn event_at(item: ItemNo, kind: EventKind, path: PathNo, seen: Seen) -> Event {
    Event {
        item,
        kind,
        path,
        line: seen.line,
        marker: seen.marker,
        context: seen.context,
    }
}

/// Returns the parent's version of a file, with as many sightings as the parent's state has items.
pub(super) fn version<F: Facts>(
    commit: CommitNo,
    parent: &State,
    path: PathNo,
    blob: Option<BlobNo>,
    facts: &F,
) -> Result<Option<Version>, FollowError<F::Error>> {
    let items = parent.items(path).len();
    let Some(blob) = blob else { return Ok(None) };
    // A file without items has no sightings: its content need not be looked at again.
    let seen: Arc<[Seen]> = match items {
        0 => Arc::from([]),
        _ => facts.seen(path, blob).map_err(FollowError::Read)?,
    };
    check(commit, path, items, seen.len(), facts)?;
    Ok(Some(Version { path, blob, seen }))
}

/// Refuses a parent's state that has not as many items of a file as its content has sightings.
fn check<F: Facts>(
    commit: CommitNo,
    path: PathNo,
    indexed: usize,
    found: usize,
    facts: &F,
) -> Result<(), FollowError<F::Error>> {
    if indexed == found {
        return Ok(());
    }
    Err(FollowError::Inconsistent(Inconsistent {
        commit: commit.0,
        path: String::from_utf8_lossy(&facts.path(path)).into_owned(),
        indexed,
        found,
    }))
}

/// Tells how each of the sightings `gone` of a version went.
pub(super) fn hows<F: Facts>(
    old: &Version,
    new: Option<&Version>,
    gone: &[usize],
    facts: &F,
) -> Result<Vec<How>, FollowError<F::Error>> {
    let Some(new) = new.filter(|_| !gone.is_empty()) else {
        return Ok(vec![How::Deleted; gone.len()]);
    };
    if let Some(hows) = facts.compared(old, new).and_then(|two| two.hows(gone)) {
        return Ok(hows);
    }
    let read = |blob| facts.text(blob).map_err(FollowError::Read);
    let (old_text, new_text) = (read(old.blob)?, read(new.blob)?);
    let (old_path, new_path) = (facts.path(old.path), facts.path(new.path));
    Ok(compared::hows(
        (&old_path, old.text(&old_text)),
        (&new_path, new.text(&new_text)),
        gone,
    ))
}
