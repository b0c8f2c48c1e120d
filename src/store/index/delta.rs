//! A state as bytes: what differs from another state.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::debt::state::{ItemNo, State};
use crate::interned::PathNo;

/// What to do to one state to get another.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Delta {
    /// The items of each file that differs, as numbers of the index.
    files: Vec<(u32, Vec<u32>)>,
    /// The items that are paid in one of the two and not in the other.
    dead: Vec<u32>,
    same: Vec<(u32, u32)>,
    returns: Vec<(u32, u32)>,
}

impl Delta {
    pub(super) fn between(base: &State, state: &State) -> Delta {
        let mut files = Vec::new();
        base.differing(state, |path| {
            let items = state.items(path).iter().map(|item| item.0).collect();
            files.push((path.0, items));
        });
        let known: BTreeMap<ItemNo, ItemNo> = base.united().collect();
        let same = state
            .united()
            .filter(|(item, kept)| known.get(item) != Some(kept))
            .map(|(item, kept)| (item.0, kept.0));
        let returns = state
            .returned()
            .filter(|(item, times)| base.returns(*item) != *times)
            .map(|(item, times)| (item.0, times));
        Delta {
            files,
            dead: base.differing_dead(state).iter().map(|i| i.0).collect(),
            same: same.collect(),
            returns: returns.collect(),
        }
    }

    pub(super) fn apply(&self, state: &mut State) {
        for (path, items) in &self.files {
            let items: Vec<ItemNo> = items.iter().copied().map(ItemNo).collect();
            state.set(PathNo(*path), &items);
        }
        for item in self.dead.iter().copied().map(ItemNo) {
            if state.is_dead(item) {
                state.keep_open(item);
            } else {
                state.bury(item);
            }
        }
        for (item, kept) in &self.same {
            state.unite(ItemNo(*item), ItemNo(*kept));
        }
        for (item, times) in &self.returns {
            state.set_returns(ItemNo(*item), *times);
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Writing numbers to a vector does not fail.
        postcard::to_stdvec(self).unwrap_or_default()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Delta> {
        postcard::from_bytes(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]
    use super::*;

    #[test]
    fn a_difference_turns_one_state_into_the_other() {
        let mut one = State::default();
        one.set(PathNo(3), &[ItemNo(1), ItemNo(2)]);
        one.set(PathNo(90), &[ItemNo(3)]);
        one.bury(ItemNo(7));
        let mut two = one.clone();
        two.set(PathNo(3), &[ItemNo(2)]);
        two.bury(ItemNo(1));
        two.reopen(ItemNo(7));
        two.unite(ItemNo(3), ItemNo(2));
        for (from, to) in [
            (&one, &two),
            (&State::default(), &two),
            (&two, &State::default()),
        ] {
            let bytes = Delta::between(from, to).to_bytes();
            let delta = Delta::from_bytes(&bytes).expect("what was written is read");
            let mut state = from.clone();
            delta.apply(&mut state);
            assert_eq!(
                state.files().collect::<Vec<_>>(),
                to.files().collect::<Vec<_>>()
            );
            assert!(state.dead().eq(to.dead()));
            assert!(to.united().all(|(item, kept)| state.resolve(item) == kept));
            assert!(
                to.returned()
                    .all(|(item, times)| state.returns(item) == times)
            );
        }
        assert!(Delta::from_bytes(b"\xff\xff\xff").is_none());
    }
}
