//! A merge commit: its parents' states brought together.
//!
//! Only the places are looked at where the parents' states differ or where the merge has what no
//! parent has; everywhere else all agree.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::facts::{Facts, Seen};
use super::follow::{EventKind, FollowError, Followed, Follower, Parent, event_at, hows, version};
use super::matched::seen_at;
use super::matching::{self, Pair, Version};
use super::state::{ItemNo, State};
use crate::changes::{Change, Olds};
use crate::interned::{BlobNo, CommitNo, PathNo};

/// A merge that is being followed.
pub(super) struct Merge<'a, F: Facts> {
    follower: &'a mut Follower,
    commit: CommitNo,
    parents: &'a [Parent<'a>],
    facts: &'a F,
    followed: Followed,
    /// Which parents have an item, as bits, for the items that not all parents have at one place.
    has: HashMap<ItemNo, u64>,
    /// Where the merge has an item, for the same items.
    places: HashMap<ItemNo, Vec<PathNo>>,
}

/// A file whose items are not simply those of the parent that the merge has it from: the merge has it
/// as no parent has it, or has its items elsewhere too.
struct Written<'a> {
    path: PathNo,
    new: Option<Version>,
    /// The versions in the parents, of a file that the merge has as no parent has it.
    olds: Option<&'a Olds>,
    /// The item of each sighting; `None` for one that no parent has in this file.
    items: Vec<Option<ItemNo>>,
}

/// A file that holds items which the merge has elsewhere too.
struct Contested {
    /// Its number among the files.
    file: usize,
    /// Where in it each item stands.
    slots: HashMap<ItemNo, usize>,
    /// The items that a parent has there and the merge has nowhere, by a hash of what they say.
    strays: HashMap<u64, VecDeque<ItemNo>>,
}

impl Contested {
    /// Returns what the merge says where an item stands.
    fn seen(&self, item: ItemNo, files: &[Written<'_>]) -> Option<Seen> {
        let version = files.get(self.file)?.new.as_ref()?;
        version.seen.get(*self.slots.get(&item)?).copied()
    }

    /// Puts another item, or none yet, where an item stands.
    fn put(&self, item: ItemNo, other: Option<ItemNo>, files: &mut [Written<'_>]) {
        if let Some(at) = self.slots.get(&item) {
            files[self.file].items[*at] = other;
        }
    }
}

/// An item as a parent has it.
struct Sighted {
    item: ItemNo,
    old: Version,
    at: usize,
}

/// Of more twins than this only the first are looked at.
const COMPARED_TWINS: usize = 64;

/// More parents than this are left aside, as bits of one number count them.
const PARENTS: usize = 64;

impl<'a, F: Facts> Merge<'a, F> {
    pub(super) fn new(
        follower: &'a mut Follower,
        commit: CommitNo,
        parents: &'a [Parent<'a>],
        facts: &'a F,
    ) -> Self {
        let parents = &parents[..parents.len().min(PARENTS)];
        let mut state = parents[0].state.clone();
        for other in &parents[1..] {
            state.learn(other.state);
        }
        Merge {
            follower,
            commit,
            parents,
            facts,
            followed: Followed::from(state),
            has: HashMap::new(),
            places: HashMap::new(),
        }
    }

    pub(super) fn follow(
        mut self,
        changes: &'a [Change],
    ) -> Result<Followed, FollowError<F::Error>> {
        let taken = Taken::of(changes, self.facts);
        let written: BTreeMap<PathNo, (Option<BlobNo>, &Olds)> = changes
            .iter()
            .filter_map(|change| match change {
                Change::Wrote { path, new, olds } => Some((*path, (*new, olds))),
                Change::Took { .. } => None,
            })
            .collect();
        let mut differing = BTreeSet::new();
        for other in &self.parents[1..] {
            self.parents[0].state.differing(other.state, |path| {
                differing.insert(path);
            });
        }
        self.add_places_of_renamed(&mut differing, written.keys().copied());
        differing.retain(|path| !written.contains_key(path));
        for path in differing.iter().chain(written.keys()) {
            self.count_parents(*path);
        }
        let mut files = self.read_written(&written)?;
        let mut sources = Vec::with_capacity(differing.len());
        for path in &differing {
            let parent = usize::from(taken.parent_of(*path, self.facts));
            let items = self.parents.get(parent).map(|p| p.state.items(*path));
            let items = items.unwrap_or(&[]);
            self.unite_twins(*path, items)?;
            sources.push((*path, items));
        }
        // Places are told once all is united: till then an item can get another number.
        self.place_written(&mut files);
        for (path, items) in sources {
            let items = self.resolved(items);
            self.followed.state.set(path, &items);
            for item in &items {
                self.places.entry(*item).or_default().push(path);
            }
        }
        self.settle(files, &differing)?;
        Ok(self.followed)
    }

    fn resolved(&self, items: &[ItemNo]) -> Vec<ItemNo> {
        let state = &self.followed.state;
        items.iter().map(|item| state.resolve(*item)).collect()
    }

    fn has(&self, item: ItemNo) -> u64 {
        self.has.get(&item).copied().unwrap_or(0)
    }

    /// Adds the places of items that one parent has under another number: a branch that never saw the
    /// two united may hold both, one of them where all parents agree.
    fn add_places_of_renamed(
        &self,
        differing: &mut BTreeSet<PathNo>,
        written: impl Iterator<Item = PathNo>,
    ) {
        let known = &self.followed.state;
        let mut renamed = HashSet::new();
        for path in differing.iter().copied().chain(written) {
            for parent in self.parents {
                let items = parent.state.items(path).iter();
                let resolved = items.map(|item| (*item, known.resolve(*item)));
                renamed.extend(resolved.filter(|(was, is)| was != is).map(|(_, is)| is));
            }
        }
        if renamed.is_empty() {
            return;
        }
        for parent in self.parents {
            for (path, items) in parent.state.files() {
                if items
                    .iter()
                    .any(|item| renamed.contains(&known.resolve(*item)))
                {
                    differing.insert(path);
                }
            }
        }
    }

    fn count_parents(&mut self, path: PathNo) {
        for (number, parent) in self.parents.iter().enumerate() {
            for item in parent.state.items(path) {
                let item = self.followed.state.resolve(*item);
                *self.has.entry(item).or_default() |= 1 << number;
            }
        }
    }

    /// Finds the items of the files that the merge wrote itself, by comparing each with its version
    /// in every parent.
    fn read_written(
        &mut self,
        written: &BTreeMap<PathNo, (Option<BlobNo>, &'a Olds)>,
    ) -> Result<Vec<Written<'a>>, FollowError<F::Error>> {
        let mut files = Vec::new();
        for (path, (new, olds)) in written {
            let new = seen_at(*path, *new, self.facts).map_err(FollowError::Read)?;
            let sightings = new.as_ref().map_or(0, |v| v.seen.len());
            let in_parents = |p: &Parent<'_>| !p.state.items(*path).is_empty();
            if sightings == 0 && !self.parents.iter().any(in_parents) {
                continue;
            }
            let mut items: Vec<Option<ItemNo>> = vec![None; sightings];
            for (number, parent) in self.parents.iter().enumerate() {
                let blob = olds.of(number);
                let old = version(self.commit, parent.state, *path, blob, self.facts)?;
                let (Some(old), Some(new)) = (old, &new) else {
                    continue;
                };
                let origins = self.origins(old, new)?;
                for (slot, origin) in items.iter_mut().zip(origins) {
                    let Some(origin) = origin else { continue };
                    let item = parent.state.items(*path)[origin];
                    let item = self.followed.state.resolve(item);
                    match *slot {
                        None => *slot = Some(item),
                        // A parent that paid one and has the other tells which the merge has.
                        Some(kept)
                            if self.paid_on_a_branch(kept) && !self.paid_on_a_branch(item) =>
                        {
                            *slot = Some(item);
                        }
                        Some(kept) => self.unite(item, kept),
                    }
                }
            }
            files.push(Written {
                path: *path,
                new,
                olds: Some(olds),
                items,
            });
        }
        Ok(files)
    }

    /// Notes where the items of written files stand. One item stands at one place: a second sighting
    /// of it is a copy.
    fn place_written(&mut self, files: &mut [Written<'a>]) {
        for file in files {
            let mut met = HashSet::new();
            for slot in &mut file.items {
                *slot = slot.map(|item| self.followed.state.resolve(item));
                *slot = slot.filter(|item| met.insert(*item));
                if let Some(item) = *slot {
                    self.places.entry(item).or_default().push(file.path);
                }
            }
        }
    }

    /// Finds which sighting of a parent's version each sighting of the merge's is.
    fn origins(
        &self,
        old: Version,
        new: &Version,
    ) -> Result<Vec<Option<usize>>, FollowError<F::Error>> {
        if is_plainly_same(&old.seen, &new.seen) {
            return Ok((0..new.seen.len()).map(Some).collect());
        }
        let mut pairs = vec![Pair {
            old: Some(old),
            new: Some(new.clone()),
        }];
        let origins = matching::origins(&mut pairs, self.facts).map_err(FollowError::Read)?;
        let origins = origins.into_iter().flatten();
        Ok(origins
            .map(|origin| origin.map(|origin| origin.at))
            .collect())
    }

    /// Says that two items are one debt, born on two branches; not where some parent knows both, be
    /// it that it has paid one of them: there the two were told apart.
    fn unite(&mut self, item: ItemNo, kept: ItemNo) {
        let item = self.followed.state.resolve(item);
        let kept = self.followed.state.resolve(kept);
        if item != kept && self.could_be_one(item, kept) {
            let (one, two) = (self.has(item), self.has(kept));
            self.has.remove(&item);
            self.has.insert(kept, one | two);
            self.followed.state.unite(item, kept);
        }
    }

    fn could_be_one(&self, item: ItemNo, kept: ItemNo) -> bool {
        self.knows(item) & self.knows(kept) == 0
    }

    /// Which parents have an item or have paid it, as bits.
    fn knows(&self, item: ItemNo) -> u64 {
        let paid = self.parents.iter().enumerate();
        let paid = paid.filter(|(_, parent)| self.is_dead(parent.state, item));
        paid.fold(self.has(item), |bits, (number, _)| bits | 1 << number)
    }

    /// Unites items that other parents have at a place with those that the merge has there and that say the same.
    fn unite_twins(&mut self, path: PathNo, items: &[ItemNo]) -> Result<(), FollowError<F::Error>> {
        let items = &self.resolved(items)[..];
        let here: HashSet<ItemNo> = items.iter().copied().collect();
        for other in self.parents {
            let theirs = self.resolved(other.state.items(path));
            let in_theirs: HashSet<ItemNo> = theirs.iter().copied().collect();
            let is_ours = |item: &ItemNo| !in_theirs.contains(item);
            let is_theirs = |item: &ItemNo| !here.contains(item);
            if !items.iter().any(is_ours) || !theirs.iter().any(is_theirs) {
                continue;
            }
            let ours = words_in(items, self.version_here(path)?.as_ref(), self.facts);
            let mut by_words: HashMap<u64, VecDeque<ItemNo>> = HashMap::new();
            for (item, words) in ours.into_iter().filter(|(item, _)| is_ours(item)) {
                by_words.entry(words).or_default().push_back(item);
            }
            let theirs = words_in(&theirs, self.version_in(other, path)?.as_ref(), self.facts);
            for (item, words) in theirs.into_iter().filter(|(item, _)| is_theirs(item)) {
                let Some(twins) = by_words.get_mut(&words) else {
                    continue;
                };
                let apart = |twin: &ItemNo| self.could_be_one(item, *twin);
                let found = twins.iter().take(COMPARED_TWINS).position(apart);
                if let Some(twin) = found.and_then(|at| twins.remove(at)) {
                    self.unite(item, twin);
                }
            }
        }
        Ok(())
    }

    /// Settles what is left once every place has its items: what is at two places, what is at none,
    /// what is back, and what came.
    fn settle(
        &mut self,
        mut files: Vec<Written<'a>>,
        differing: &BTreeSet<PathNo>,
    ) -> Result<(), FollowError<F::Error>> {
        self.free_further_places(&mut files)?;
        let mut lost = self.lost(differing, &files)?;
        self.find_moved(&mut files, &mut lost);
        self.pay(&lost, &files)?;
        self.reopen(&files)?;
        self.edit(&files, differing)?;
        for file in &files {
            let seen = file.new.as_ref().map_or(&[][..], |new| &new.seen);
            let mut items = Vec::with_capacity(seen.len());
            for (slot, seen) in file.items.iter().zip(seen) {
                items.push(match slot {
                    Some(item) => *item,
                    None => self
                        .follower
                        .come(file.path, *seen, self.facts, &mut self.followed),
                });
            }
            self.followed.state.set(file.path, &items);
        }
        Ok(())
    }

    /// Leaves an item one place, where two branches moved it to different places and the merge has both.
    /// What stands at the others has no item then, as what no parent has: another that the merge has
    /// nowhere went there, or it is a new one.
    fn free_further_places(
        &mut self,
        files: &mut Vec<Written<'a>>,
    ) -> Result<(), FollowError<F::Error>> {
        let several = self.places.iter().filter(|(_, paths)| paths.len() > 1);
        let mut copies: Vec<_> = several.map(|(i, paths)| (*i, paths.clone())).collect();
        copies.sort();
        let mut contested = HashMap::new();
        for path in copies.iter().flat_map(|(_, paths)| paths) {
            if let Entry::Vacant(free) = contested.entry(*path) {
                free.insert(self.contested(*path, files)?);
            }
        }
        for (item, mut paths) in copies {
            paths.sort_by_key(|path| self.facts.path(*path));
            let mut left = paths.len();
            paths.retain(|path| {
                let place = contested.get_mut(path).filter(|_| left > 1);
                let given = place.is_some_and(|place| self.give_back(item, *path, place, files));
                left -= usize::from(given);
                !given
            });
            for path in &paths[1..] {
                if let Some(place) = contested.get(path) {
                    place.put(item, None, files);
                }
            }
            paths.truncate(1);
            self.places.insert(item, paths);
        }
        Ok(())
    }

    /// Gives one of an item's places to an item that a parent has there, that says the same and has no
    /// place in the merge: the copy that a branch made, when the other has the original there.
    fn give_back(
        &mut self,
        item: ItemNo,
        path: PathNo,
        place: &mut Contested,
        files: &mut [Written<'a>],
    ) -> bool {
        let seen = place.seen(item, files);
        let words = seen.map(|seen| self.facts.markers().words(seen.marker));
        let Some(twins) = words.and_then(|words| place.strays.get_mut(&words)) else {
            return false;
        };
        while let Some(twin) = twins.pop_front() {
            if let Entry::Vacant(nowhere) = self.places.entry(twin) {
                nowhere.insert(vec![path]);
                place.put(item, Some(twin), files);
                return true;
            }
        }
        false
    }

    /// Looks at a file that holds items which the merge has elsewhere too.
    fn contested(
        &self,
        path: PathNo,
        files: &mut Vec<Written<'a>>,
    ) -> Result<Contested, FollowError<F::Error>> {
        let known = files.iter().position(|file| file.path == path);
        let file = known.unwrap_or(files.len());
        if known.is_none() {
            let items = self.followed.state.items(path).iter();
            files.push(Written {
                path,
                items: items.copied().map(Some).collect(),
                new: self.version_here(path)?,
                olds: None,
            });
        }
        let slots = files[file].items.iter().enumerate();
        let mut strays: HashMap<u64, VecDeque<ItemNo>> = HashMap::new();
        let mut met = HashSet::new();
        for parent in self.parents {
            let items = self.resolved(parent.state.items(path));
            let nowhere = items
                .iter()
                .copied()
                .filter(|item| !self.places.contains_key(item) && !self.paid_on_a_branch(*item));
            let new: HashSet<ItemNo> = nowhere.filter(|item| met.insert(*item)).collect();
            if new.is_empty() {
                continue;
            }
            let there = words_in(&items, self.version_in(parent, path)?.as_ref(), self.facts);
            for (item, words) in there.into_iter().filter(|(item, _)| new.contains(item)) {
                strays.entry(words).or_default().push_back(item);
            }
        }
        Ok(Contested {
            file,
            slots: slots
                .filter_map(|(at, slot)| Some(((*slot)?, at)))
                .collect(),
            strays,
        })
    }

    /// Returns a parent's version of a file.
    fn version_in(
        &self,
        parent: &Parent<'_>,
        path: PathNo,
    ) -> Result<Option<Version>, FollowError<F::Error>> {
        let blob = self.facts.blob_at(parent.commit, path);
        let blob = blob.map_err(FollowError::Read)?;
        version(parent.commit, parent.state, path, blob, self.facts)
    }

    /// Returns the merge's own version of a file.
    fn version_here(&self, path: PathNo) -> Result<Option<Version>, FollowError<F::Error>> {
        let blob = self.facts.blob_at(self.commit, path);
        let blob = blob.map_err(FollowError::Read)?;
        seen_at(path, blob, self.facts).map_err(FollowError::Read)
    }

    /// Returns the items that the merge itself let go, as the first parent that has them has them.
    /// What a branch had paid is gone by that branch's commit.
    fn lost(
        &mut self,
        differing: &BTreeSet<PathNo>,
        files: &[Written<'a>],
    ) -> Result<Vec<Sighted>, FollowError<F::Error>> {
        let known = &self.followed.state;
        let all = self.has.keys().copied();
        let gone =
            all.filter(|item| known.resolve(*item) == *item && !self.places.contains_key(item));
        let (paid, missing): (BTreeSet<_>, BTreeSet<_>) =
            gone.partition(|item| self.paid_on_a_branch(*item));
        for item in paid {
            // The branch may have paid it by another number.
            self.followed.state.bury(item);
        }
        let mut lost: Vec<Sighted> = Vec::new();
        let mut met = HashSet::new();
        for sighting in self.in_parents(&missing, places(differing, files))? {
            if met.insert(sighting.item) {
                lost.push(sighting);
            }
        }
        lost.sort_by_key(|lost| lost.item);
        Ok(lost)
    }

    /// Finds items in the parents' versions of files, place by place and parent by parent.
    fn in_parents<'p>(
        &self,
        wanted: &BTreeSet<ItemNo>,
        places: impl Iterator<Item = (PathNo, Option<&'p Olds>)>,
    ) -> Result<Vec<Sighted>, FollowError<F::Error>> {
        let mut found = Vec::new();
        if wanted.is_empty() {
            return Ok(found);
        }
        for (path, olds) in places {
            for (number, parent) in self.parents.iter().enumerate() {
                let items = self.resolved(parent.state.items(path));
                if !items.iter().any(|item| wanted.contains(item)) {
                    continue;
                }
                let blob = match olds {
                    Some(olds) => olds.of(number),
                    None => {
                        let blob = self.facts.blob_at(parent.commit, path);
                        blob.map_err(FollowError::Read)?
                    }
                };
                let old = version(parent.commit, parent.state, path, blob, self.facts)?;
                let Some(old) = old else { continue };
                for (at, item) in items.iter().enumerate() {
                    if wanted.contains(item) {
                        let (item, old) = (*item, old.clone());
                        found.push(Sighted { item, old, at });
                    }
                }
            }
        }
        Ok(found)
    }

    /// Returns whether a parent without the item paid it after the last time that it came back.
    fn paid_on_a_branch(&self, item: ItemNo) -> bool {
        let returns = self.returns(&self.followed.state, item);
        let mut parents = self.parents.iter().enumerate();
        parents.any(|(number, Parent { state, .. })| {
            self.has(item) >> number & 1 == 0
                && self.is_dead(state, item)
                && self.returns(state, item) == returns
        })
    }

    /// Whether a state has an item as paid, by whichever of its numbers: a parent may not know that two are one.
    fn is_dead(&self, state: &State, item: ItemNo) -> bool {
        let mut numbers = self.followed.state.numbers(item);
        numbers.any(|number| state.is_dead(number))
    }

    fn returns(&self, state: &State, item: ItemNo) -> u32 {
        let numbers = self.followed.state.numbers(item);
        numbers
            .map(|number| state.returns(number))
            .max()
            .unwrap_or(0)
    }

    /// Finds what the merge itself moved to another file.
    fn find_moved(&mut self, files: &mut [Written<'a>], lost: &mut Vec<Sighted>) {
        let markers = self.facts.markers();
        // By words, and by words and code: what is distinctive need not stand at the same code.
        let mut free: HashMap<(u64, Option<u32>), VecDeque<usize>> = HashMap::new();
        for (number, lost) in lost.iter().enumerate() {
            let old = lost.old.seen[lost.at];
            let words = markers.words(old.marker);
            for code in [None, Some(old.context)] {
                free.entry((words, code)).or_default().push_back(number);
            }
        }
        let mut moved = HashSet::new();
        for file in files {
            let seen: Arc<[_]> = file.new.as_ref().map_or(Arc::from([]), |v| v.seen.clone());
            for (slot, seen) in file.items.iter_mut().zip(seen.iter()) {
                if slot.is_some() {
                    continue;
                }
                let distinctive = matching::is_distinctive(&markers.get(seen.marker).text);
                let code = (!distinctive).then_some(seen.context);
                let key = (markers.words(seen.marker), code);
                let Some(numbers) = free.get_mut(&key) else {
                    continue;
                };
                while let Some(number) = numbers.pop_front() {
                    if moved.insert(number) {
                        let item = lost[number].item;
                        let event = event_at(item, EventKind::Moved, file.path, *seen);
                        self.followed.happen(event);
                        *slot = Some(item);
                        break;
                    }
                }
            }
        }
        let mut number = 0;
        lost.retain(|_| {
            number += 1;
            !moved.contains(&(number - 1))
        });
    }

    /// Pays what is lost, version by version of the files that had it.
    fn pay(
        &mut self,
        lost: &[Sighted],
        files: &[Written<'a>],
    ) -> Result<(), FollowError<F::Error>> {
        let mut versions: BTreeMap<(PathNo, BlobNo), Vec<&Sighted>> = BTreeMap::new();
        for lost in lost {
            let version = (lost.old.path, lost.old.blob);
            versions.entry(version).or_default().push(lost);
        }
        for ((path, _), lost) in versions {
            let new = match files.iter().find(|file| file.path == path) {
                Some(file) => file.new.clone(),
                None => self.version_here(path)?,
            };
            let Some(old) = lost.first().map(|lost| &lost.old) else {
                continue;
            };
            let gone: Vec<usize> = lost.iter().map(|lost| lost.at).collect();
            let hows = hows(old, new.as_ref(), &gone, self.facts)?;
            for (lost, how) in lost.into_iter().zip(hows) {
                let seen = lost.old.seen[lost.at];
                self.follower
                    .pay(lost.item, how, path, seen, self.facts, &mut self.followed);
            }
        }
        Ok(())
    }

    /// Says of what says something else in the merge than in every parent that has it that it is edited; not
    /// of what is back, which the event of that says.
    fn edit(
        &mut self,
        files: &[Written<'a>],
        differing: &BTreeSet<PathNo>,
    ) -> Result<(), FollowError<F::Error>> {
        let mut edited: BTreeMap<ItemNo, (PathNo, Seen)> = BTreeMap::new();
        for file in files {
            let seen = file.new.as_ref().map_or(&[][..], |new| &new.seen);
            for (slot, seen) in file.items.iter().zip(seen) {
                if let Some(item) = slot {
                    edited.insert(*item, (file.path, *seen));
                }
            }
        }
        for back in self.followed.events.iter() {
            if back.kind == EventKind::Reopened {
                edited.remove(&back.item);
            }
        }
        // Most say it in the file itself, which is sooner looked at than all others.
        for all in [false, true] {
            let wanted = edited.keys().copied().collect();
            let none = BTreeSet::new();
            let differing = if all { differing } else { &none };
            for Sighted { item, old, at } in self.in_parents(&wanted, places(differing, files))? {
                let says = |(_, seen): &(_, Seen)| seen.marker == old.seen[at].marker;
                if edited.get(&item).is_some_and(says) {
                    edited.remove(&item);
                }
            }
        }
        for (item, (path, seen)) in edited {
            let event = event_at(item, EventKind::Edited, path, seen);
            self.followed.happen(event);
        }
        Ok(())
    }

    /// Says of what the merge has and a parent had paid that it is back.
    fn reopen(&mut self, files: &[Written<'a>]) -> Result<(), FollowError<F::Error>> {
        let mut back: Vec<(ItemNo, PathNo)> = self
            .places
            .iter()
            .filter(|(item, _)| self.is_dead(&self.followed.state, **item))
            .filter_map(|(item, paths)| Some((*item, *paths.first()?)))
            .collect();
        back.sort();
        for (item, path) in back {
            let is_back = self.paid_on_a_branch(item);
            let returns = self.returns(&self.followed.state, item);
            let numbers: Vec<ItemNo> = self.followed.state.numbers(item).collect();
            for number in numbers {
                self.followed.state.keep_open(number);
            }
            if !is_back {
                continue;
            }
            let (items, version) = match files.iter().find(|file| file.path == path) {
                Some(file) => (file.items.clone(), file.new.clone()),
                None => {
                    let items = self.followed.state.items(path);
                    let items = items.iter().copied().map(Some).collect();
                    (items, self.version_here(path)?)
                }
            };
            self.followed.state.set_returns(item, returns);
            self.followed.state.reopen(item);
            let at = items.iter().position(|other| *other == Some(item));
            if let (Some(at), Some(version)) = (at, version)
                && let Some(seen) = version.seen.get(at)
            {
                let reopened = event_at(item, EventKind::Reopened, path, *seen);
                self.followed.happen(reopened);
            }
        }
        Ok(())
    }
}

/// Returns the items of a file with a hash of what each says there.
fn words_in<F: Facts>(
    items: &[ItemNo],
    version: Option<&Version>,
    facts: &F,
) -> Vec<(ItemNo, u64)> {
    let seen = version.map_or(&[][..], |version| &version.seen);
    let all = items.iter().zip(seen);
    all.map(|(item, seen)| (*item, facts.markers().words(seen.marker)))
        .collect()
}

/// The places where the parents' items may differ from the merge's, with the versions in the parents where
/// they are known.
fn places<'p>(
    differing: &'p BTreeSet<PathNo>,
    files: &'p [Written<'_>],
) -> impl Iterator<Item = (PathNo, Option<&'p Olds>)> {
    let taken = differing.iter().map(|path| (*path, None));
    let written = files.iter().filter(|file| file.olds.is_some());
    taken.chain(written.map(|file| (file.path, file.olds)))
}

/// Which parent a merge took each place from.
#[derive(Default)]
struct Taken {
    files: HashMap<PathNo, u8>,
    folders: HashMap<Arc<[u8]>, u8>,
}

impl Taken {
    fn of<F: Facts>(changes: &[Change], facts: &F) -> Taken {
        let mut taken = Taken::default();
        for change in changes {
            if let Change::Took {
                path,
                folder,
                parent,
            } = change
            {
                if *folder {
                    taken.folders.insert(facts.path(*path), *parent);
                } else {
                    taken.files.insert(*path, *parent);
                }
            }
        }
        taken
    }

    /// Returns the number of the parent, from 0, that the merge has the file at `path` from.
    fn parent_of<F: Facts>(&self, path: PathNo, facts: &F) -> u8 {
        if let Some(parent) = self.files.get(&path) {
            return *parent;
        }
        if self.folders.is_empty() {
            return 0;
        }
        let path = facts.path(path);
        let mut folder = &path[..];
        while let Some(slash) = folder.iter().rposition(|byte| *byte == b'/') {
            folder = &folder[..slash];
            if let Some(parent) = self.folders.get(folder) {
                return *parent;
            }
        }
        self.folders.get(&[][..]).copied().unwrap_or(0)
    }
}

/// Whether two versions hold the same markers in the same order, none of them twice: then each is
/// itself, wherever it stands.
fn is_plainly_same(old: &[Seen], new: &[Seen]) -> bool {
    let mut markers = HashSet::with_capacity(old.len());
    old.len() == new.len()
        && old
            .iter()
            .zip(new)
            .all(|(one, two)| one.marker == two.marker)
        && old.iter().all(|one| markers.insert(one.marker))
}
