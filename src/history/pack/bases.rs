//! The objects that others were or may be made of, up to a limit, and the memory that they leave.

use std::rc::Rc;

use git2::ObjectType;
use rustc_hash::FxHashMap;

/// Where an object is: which pack, and the offset in it.
pub(super) type Place = (usize, usize);

/// Bytes of objects kept in each of two generations. Versions of a file that are read one after the
/// other are made of each other: a few of them are what is needed. Half of it saves memory and a little time on
/// most histories, and costs a third more on one of many small changes that were packed as they came.
const GENERATION: usize = 4 << 20;

/// The longest object that is kept, in bytes.
const LARGEST: usize = 2 << 20;

/// Bytes that an object takes beside its own.
const ENTRY: usize = 128;

/// Smaller pieces of memory are not worth keeping.
const SMALL: usize = 1 << 10;

/// Steps of sizes between a power of two and the next.
const STEPS: usize = 4;

/// The bytes of an object.
#[derive(Debug)]
pub(in crate::history) struct Bytes(pub(super) Vec<u8>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// An object.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) kind: ObjectType,
    pub(super) bytes: Rc<Bytes>,
}

/// Objects by their places, the last used ones.
#[derive(Debug, Default)]
pub(super) struct Bases {
    young: FxHashMap<Place, Held>,
    old: FxHashMap<Place, Held>,
    young_bytes: usize,
    memory: Memory,
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
        let size = held.bytes.0.capacity() + ENTRY;
        if size > LARGEST {
            return;
        }
        if self.young_bytes + size > GENERATION {
            self.young_bytes = 0;
            let young = std::mem::take(&mut self.young);
            if self.memory.bytes > LARGEST {
                // It has other sizes than those that are asked for now.
                self.memory.forget();
            }
            for (_, gone) in std::mem::replace(&mut self.old, young) {
                if let Some(bytes) = Rc::into_inner(gone.bytes) {
                    self.memory.give(bytes);
                }
            }
        }
        self.young_bytes += size;
        self.young.insert(place, held.clone());
    }

    /// Returns the memory that is free.
    pub(super) fn memory(&mut self) -> &mut Memory {
        &mut self.memory
    }
}

/// Memory that objects left, by its size: to get new memory for each would take longer than to fill it.
#[derive(Debug, Default)]
pub(super) struct Memory {
    free: Vec<Vec<Vec<u8>>>,
    bytes: usize,
}

impl Memory {
    /// Returns an empty vector with room for `len` bytes.
    pub(super) fn take(&mut self, len: usize) -> Vec<u8> {
        let (class, size) = class(len);
        let larger = class..(class + STEPS).min(self.free.len());
        let free = larger.into_iter().find_map(|class| self.free[class].pop());
        match free {
            Some(memory) => {
                self.bytes -= memory.capacity();
                memory
            }
            None => Vec::with_capacity(size),
        }
    }

    /// Gives everything back.
    fn forget(&mut self) {
        self.free.clear();
        self.bytes = 0;
    }

    /// Keeps the memory of bytes that nobody needs any more, up to a limit.
    pub(super) fn give(&mut self, bytes: Bytes) {
        let Bytes(mut memory) = bytes;
        let size = memory.capacity();
        if !(SMALL..=LARGEST).contains(&size) {
            return;
        }
        if self.bytes + size > 2 * LARGEST {
            self.forget();
        }
        memory.clear();
        // One that another allocator rounded up is taken for what it has at least.
        let (class, exact) = class(size);
        let class = if exact == size { class } else { class - 1 };
        if self.free.len() <= class {
            self.free.resize_with(class + 1, Vec::new);
        }
        self.bytes += size;
        self.free[class].push(memory);
    }
}

/// Returns which pieces of memory are taken for so many bytes, and their size: up to a quarter more.
fn class(len: usize) -> (usize, usize) {
    if len < SMALL {
        return (0, len);
    }
    let power = len.ilog2() as usize;
    let step = (1 << power) / STEPS;
    let steps = len.div_ceil(step);
    (power * STEPS + steps, steps * step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn memory_is_long_enough_and_found_again(len in 0_usize..10_000_000) {
            let (number, size) = class(len);
            prop_assert!(size >= len && size <= len + len / STEPS + 1);
            if size >= SMALL {
                prop_assert_eq!(class(size).1, size);
                prop_assert_eq!(class(size).0, number);
            }
        }
    }

    #[test]
    fn what_was_used_last_is_kept() {
        let mut bases = Bases::default();
        let held = |bases: &mut Bases| Held {
            kind: ObjectType::Blob,
            bytes: Rc::new(Bytes(bases.memory().take(1 << 19))),
        };
        let first = held(&mut bases);
        bases.put((0, 0), &first);
        drop(first);
        for number in 1..100 {
            assert!(bases.get((0, 0)).is_some(), "{number}");
            let next = held(&mut bases);
            bases.put((0, number), &next);
        }
        assert!(bases.get((0, 1)).is_none());
        let kept = bases.young.len() + bases.old.len();
        assert!(kept <= 2 * (GENERATION >> 19) + 1, "{kept}");
    }
}
