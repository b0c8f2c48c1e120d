//! Which items one version of a tree holds: cheap to copy, cheap to compare.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::interned::PathNo;

/// One item of a repository's index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemNo(pub u32);

/// The items of one file, in the order of its sightings.
pub type Items = Arc<[ItemNo]>;

/// What one commit's tree holds and what its history knows.
///
/// Two states of neighbouring commits share all that did not change, so that a copy costs little
/// and [`State::differing`] looks only at what is not shared.
#[derive(Clone, Debug, Default)]
pub struct State {
    files: Files,
    dead: ItemSet,
    same: Arc<Same>,
    returns: Arc<BTreeMap<ItemNo, u32>>,
}

/// The items that turned out to be one.
#[derive(Clone, Debug, Default)]
struct Same {
    /// For each the one that was kept, or one that it turned out to be later.
    kept: BTreeMap<ItemNo, ItemNo>,
    /// For each that is kept all others.
    others: BTreeMap<ItemNo, Vec<ItemNo>>,
}

impl State {
    /// Returns the items of the file at `path`, none where it has no marker.
    pub fn items(&self, path: PathNo) -> &[ItemNo] {
        self.files.get(path).map_or(&[], |items| items)
    }

    /// Sets the items of the file at `path`.
    pub fn set(&mut self, path: PathNo, items: &[ItemNo]) {
        self.files
            .set(path, (!items.is_empty()).then(|| Arc::from(items)));
    }

    /// Returns every file that has items, by path number.
    pub fn files(&self) -> impl Iterator<Item = (PathNo, &Items)> {
        self.files.iter()
    }

    /// Returns whether the item was paid at or before this commit and is not back.
    pub fn is_dead(&self, item: ItemNo) -> bool {
        self.dead.contains(item)
    }

    /// Marks an item as paid.
    pub fn bury(&mut self, item: ItemNo) {
        self.dead.set(item, true);
    }

    /// Marks a paid item as back, once more.
    pub fn reopen(&mut self, item: ItemNo) {
        self.dead.set(item, false);
        *Arc::make_mut(&mut self.returns).entry(item).or_default() += 1;
    }

    /// Marks an item as not paid, because what paid it is older than what brought it back.
    pub fn keep_open(&mut self, item: ItemNo) {
        self.dead.set(item, false);
    }

    /// Returns how often the item came back, which tells whether of two branches' views of it one
    /// is the later.
    pub fn returns(&self, item: ItemNo) -> u32 {
        self.returns.get(&item).copied().unwrap_or(0)
    }

    /// Returns every item that came back, with how often.
    pub fn returned(&self) -> impl Iterator<Item = (ItemNo, u32)> + '_ {
        self.returns.iter().map(|(item, times)| (*item, *times))
    }

    /// Sets how often an item came back.
    pub fn set_returns(&mut self, item: ItemNo, times: u32) {
        Arc::make_mut(&mut self.returns).insert(item, times);
    }

    /// Returns the paid items.
    pub fn dead(&self) -> impl Iterator<Item = ItemNo> + '_ {
        self.dead.iter()
    }

    /// Takes over what another parent of a merge knows: its paid items, how often each item came
    /// back, and which were born on two branches.
    pub fn learn(&mut self, other: &State) {
        self.dead.union(&other.dead);
        if !Arc::ptr_eq(&self.same, &other.same) {
            for (item, kept) in other.united() {
                self.unite(item, kept);
            }
        }
        if !Arc::ptr_eq(&self.returns, &other.returns) {
            for (item, times) in other.returned() {
                if self.returns(item) < times {
                    self.set_returns(item, times);
                }
            }
        }
    }

    /// Returns the item that `item` turned out to be, for one born on two branches.
    pub fn resolve(&self, item: ItemNo) -> ItemNo {
        let mut item = item;
        while let Some(same) = self.same.kept.get(&item) {
            item = *same;
        }
        item
    }

    /// Returns all numbers of an item that is kept: who does not know that it is one with others may know it by
    /// any of them.
    pub fn numbers(&self, item: ItemNo) -> impl Iterator<Item = ItemNo> + Clone + '_ {
        let others = self.same.others.get(&item);
        let others = others.map_or(&[][..], |others| others);
        others.iter().copied().chain([item])
    }

    /// Says that `item` is the item `kept`. Nothing happens where that is known.
    pub fn unite(&mut self, item: ItemNo, kept: ItemNo) {
        let (item, kept) = (self.resolve(item), self.resolve(kept));
        if item != kept {
            let same = Arc::make_mut(&mut self.same);
            same.kept.insert(item, kept);
            let more = same.others.remove(&item).unwrap_or_default();
            let others = same.others.entry(kept).or_default();
            others.extend(more);
            others.push(item);
        }
    }

    /// Returns every known "is the same as".
    pub fn united(&self) -> impl Iterator<Item = (ItemNo, ItemNo)> + '_ {
        let known = self.same.kept.iter();
        known.map(|(item, kept)| (*item, *kept))
    }

    /// Returns whether the two are one and the same, without a look at their content.
    pub fn is_shared_with(&self, other: &State) -> bool {
        self.files.is_shared_with(&other.files)
            && self.dead.is_shared_with(&other.dead)
            && Arc::ptr_eq(&self.same, &other.same)
            && Arc::ptr_eq(&self.returns, &other.returns)
    }

    /// Calls `visit` with each path whose items are not equal in the two states.
    pub fn differing(&self, other: &State, visit: impl FnMut(PathNo)) {
        self.files.differing(&other.files, visit);
    }

    /// Returns the paid items of exactly one of the two states.
    pub fn differing_dead(&self, other: &State) -> Vec<ItemNo> {
        self.dead.differing(&other.dead)
    }
}

/// Entries a chunk: a change copies one chunk and one list of chunks.
const CHUNK: usize = 64;

/// Items by path number, in shared chunks.
#[derive(Clone, Debug, Default)]
struct Files(Arc<Vec<Option<Arc<FilesChunk>>>>);

type FilesChunk = [Option<Items>; CHUNK];

impl Files {
    fn get(&self, path: PathNo) -> Option<&Items> {
        let at = path.0 as usize;
        self.0.get(at / CHUNK)?.as_ref()?[at % CHUNK].as_ref()
    }

    fn set(&mut self, path: PathNo, items: Option<Items>) {
        if self.get(path).map(|i| &**i) == items.as_deref() {
            return;
        }
        let at = path.0 as usize;
        let chunks = Arc::make_mut(&mut self.0);
        if chunks.len() <= at / CHUNK {
            chunks.resize(at / CHUNK + 1, None);
        }
        let chunk = chunks[at / CHUNK].get_or_insert_with(|| Arc::new([const { None }; CHUNK]));
        Arc::make_mut(chunk)[at % CHUNK] = items;
    }

    fn iter(&self) -> impl Iterator<Item = (PathNo, &Items)> {
        self.0.iter().enumerate().flat_map(|(number, chunk)| {
            let entries = chunk.as_deref().into_iter().flatten().enumerate();
            entries.filter_map(move |(at, items)| {
                Some((PathNo((number * CHUNK + at) as u32), items.as_ref()?))
            })
        })
    }

    fn is_shared_with(&self, other: &Files) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn differing(&self, other: &Files, mut visit: impl FnMut(PathNo)) {
        if self.is_shared_with(other) {
            return;
        }
        for number in 0..self.0.len().max(other.0.len()) {
            let chunk = |files: &'_ Files| files.0.get(number).cloned().flatten();
            let (one, two) = (chunk(self), chunk(other));
            if one.as_ref().map(Arc::as_ptr) == two.as_ref().map(Arc::as_ptr) {
                continue;
            }
            for at in 0..CHUNK {
                let entry = |chunk: &Option<Arc<FilesChunk>>| chunk.as_ref().map(|c| c[at].clone());
                let (one, two) = (entry(&one).flatten(), entry(&two).flatten());
                let shared = one.as_ref().map(Arc::as_ptr) == two.as_ref().map(Arc::as_ptr);
                if !shared && one != two {
                    visit(PathNo((number * CHUNK + at) as u32));
                }
            }
        }
    }
}

/// Words of 64 items a chunk.
const WORDS: usize = 8;

/// A set of items, in shared chunks of bits.
#[derive(Clone, Debug, Default)]
struct ItemSet(Arc<Vec<Arc<[u64; WORDS]>>>);

impl ItemSet {
    const BITS: usize = WORDS * 64;

    fn contains(&self, item: ItemNo) -> bool {
        let at = item.0 as usize;
        self.0
            .get(at / Self::BITS)
            .is_some_and(|chunk| chunk[at % Self::BITS / 64] >> (at % 64) & 1 == 1)
    }

    fn set(&mut self, item: ItemNo, present: bool) {
        if self.contains(item) == present {
            return;
        }
        let at = item.0 as usize;
        let chunks = Arc::make_mut(&mut self.0);
        if chunks.len() <= at / Self::BITS {
            chunks.resize_with(at / Self::BITS + 1, Arc::default);
        }
        Arc::make_mut(&mut chunks[at / Self::BITS])[at % Self::BITS / 64] ^= 1 << (at % 64);
    }

    fn union(&mut self, other: &ItemSet) {
        if self.is_shared_with(other) {
            return;
        }
        for (number, theirs) in other.0.iter().enumerate() {
            match self.0.get(number) {
                Some(ours) if Arc::ptr_eq(ours, theirs) => {}
                Some(ours) if (0..WORDS).all(|w| theirs[w] & !ours[w] == 0) => {}
                Some(_) => {
                    let ours = Arc::make_mut(&mut Arc::make_mut(&mut self.0)[number]);
                    for (ours, theirs) in ours.iter_mut().zip(theirs.iter()) {
                        *ours |= theirs;
                    }
                }
                None => Arc::make_mut(&mut self.0).push(Arc::clone(theirs)),
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = ItemNo> + '_ {
        self.0.iter().enumerate().flat_map(|(number, chunk)| {
            (0..Self::BITS)
                .filter(move |at| chunk[at / 64] >> (at % 64) & 1 == 1)
                .map(move |at| ItemNo((number * Self::BITS + at) as u32))
        })
    }

    fn is_shared_with(&self, other: &ItemSet) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn differing(&self, other: &ItemSet) -> Vec<ItemNo> {
        let mut items = Vec::new();
        if self.is_shared_with(other) {
            return items;
        }
        let none = Arc::new([0; WORDS]);
        for number in 0..self.0.len().max(other.0.len()) {
            let one = self.0.get(number).unwrap_or(&none);
            let two = other.0.get(number).unwrap_or(&none);
            if Arc::ptr_eq(one, two) {
                continue;
            }
            for at in 0..Self::BITS {
                if (one[at / 64] ^ two[at / 64]) >> (at % 64) & 1 == 1 {
                    items.push(ItemNo((number * Self::BITS + at) as u32));
                }
            }
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    fn state(files: &BTreeMap<u32, Vec<u32>>, dead: &BTreeSet<u32>) -> State {
        let mut state = State::default();
        change(&mut state, files, dead);
        state
    }

    fn change(state: &mut State, files: &BTreeMap<u32, Vec<u32>>, dead: &BTreeSet<u32>) {
        for (path, items) in files {
            let items: Vec<_> = items.iter().copied().map(ItemNo).collect();
            state.set(PathNo(*path), &items);
        }
        for item in dead {
            state.bury(ItemNo(*item));
        }
    }

    fn files() -> impl Strategy<Value = BTreeMap<u32, Vec<u32>>> {
        proptest::collection::btree_map(0u32..300, proptest::collection::vec(0u32..9, 0..3), 0..20)
    }

    fn numbers() -> impl Strategy<Value = BTreeSet<u32>> {
        proptest::collection::btree_set(0u32..2_000, 0..20)
    }

    proptest! {
        #[test]
        fn a_state_holds_what_was_set(files in files(), dead in numbers()) {
            let state = state(&files, &dead);
            for path in 0..300 {
                let expected = files.get(&path).cloned().unwrap_or_default();
                let found: Vec<u32> = state.items(PathNo(path)).iter().map(|i| i.0).collect();
                prop_assert_eq!(found, expected);
            }
            let found: BTreeSet<u32> = state.dead().map(|i| i.0).collect();
            prop_assert_eq!(found, dead);
        }

        #[test]
        fn only_what_differs_is_visited(a in files(), b in files(), more in files(), dead in numbers()) {
            let first = state(&a, &dead);
            // One that shares chunks with the first, and one that shares none.
            let mut child = first.clone();
            change(&mut child, &b, &BTreeSet::new());
            let stranger = state(&more, &BTreeSet::new());
            for other in [&child, &stranger] {
                let mut found = BTreeSet::new();
                first.differing(other, |path| { found.insert(path.0); });
                let expected: BTreeSet<u32> = (0..300)
                    .filter(|p| first.items(PathNo(*p)) != other.items(PathNo(*p)))
                    .collect();
                prop_assert_eq!(found, expected);
            }
        }

        #[test]
        fn the_dead_of_two_branches_are_united(a in numbers(), b in numbers()) {
            let none = BTreeMap::new();
            let (mut one, two) = (state(&none, &a), state(&none, &b));
            let differing: BTreeSet<u32> = one.differing_dead(&two).iter().map(|i| i.0).collect();
            prop_assert_eq!(differing, a.symmetric_difference(&b).copied().collect::<BTreeSet<_>>());
            one.learn(&two);
            let found: BTreeSet<u32> = one.dead().map(|i| i.0).collect();
            prop_assert_eq!(found, a.union(&b).copied().collect::<BTreeSet<_>>());
        }
    }

    #[test]
    fn what_is_united_resolves_to_one_item_whatever_the_order() {
        let mut state = State::default();
        state.unite(ItemNo(1), ItemNo(2));
        state.unite(ItemNo(2), ItemNo(3));
        state.unite(ItemNo(3), ItemNo(1));
        let resolved: Vec<_> = (1..=3).map(|i| state.resolve(ItemNo(i))).collect();
        assert_eq!(resolved, [ItemNo(3); 3]);
        let mut numbers: Vec<_> = state.numbers(ItemNo(3)).collect();
        numbers.sort();
        assert_eq!(numbers, [1, 2, 3].map(ItemNo));
        assert!(state.numbers(ItemNo(4)).eq([ItemNo(4)]));
    }
}
