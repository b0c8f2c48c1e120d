//! The objects that others were or may be made of, up to a limit.

use rustc_hash::FxHashMap;

use super::Place;
use super::memory::LARGEST;
use super::unpacker::Held;

/// Bytes of objects kept in each of two generations: of those that nobody was told of beforehand, and those that
/// plans made on the way. With half of it a history of many small changes that was packed as they came takes four
/// tenths more time; others do not care.
const GENERATION: usize = 4 << 20;

/// Bytes that an object takes beside its own.
const ENTRY: usize = 128;

/// Objects by their places, the last used ones.
#[derive(Debug, Default)]
pub(super) struct Bases {
    young: FxHashMap<Place, Held>,
    old: FxHashMap<Place, Held>,
    young_bytes: usize,
}

impl Bases {
    pub(super) fn get(&mut self, place: Place) -> Option<Held> {
        if let Some(held) = self.young.get(&place) {
            return Some(held.clone());
        }
        let held = self.old.remove(&place)?;
        self.put(place, &held);
        Some(held)
    }

    /// Keeps an object, unless it alone is too large.
    pub(super) fn put(&mut self, place: Place, held: &Held) {
        let size = held.bytes.size() + ENTRY;
        if size > LARGEST {
            return;
        }
        if self.young_bytes + size > GENERATION {
            self.young_bytes = 0;
            self.old = std::mem::take(&mut self.young);
        }
        self.young_bytes += size;
        self.young.insert(place, held.clone());
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use git2::ObjectType;

    use super::*;
    use crate::history::pack::memory::Memory;

    #[test]
    fn what_was_used_last_is_kept() {
        let mut bases = Bases::default();
        let memory = Rc::default();
        let held = || Held {
            kind: ObjectType::Blob,
            bytes: Rc::new(Memory::take(&memory, 1 << 19)),
        };
        let first = held();
        bases.put((0, 0), &first);
        drop(first);
        for number in 1..100 {
            assert!(bases.get((0, 0)).is_some(), "{number}");
            let next = held();
            bases.put((0, number), &next);
        }
        assert!(bases.get((0, 1)).is_none());
        let kept = bases.young.len() + bases.old.len();
        assert!(kept <= 2 * (GENERATION >> 19) + 1, "{kept}");
    }
}
