//! The bytes of objects, and the memory that they leave.

use std::cell::RefCell;
use std::rc::Rc;

/// The longest object whose memory is kept, in bytes.
pub(super) const LARGEST: usize = 2 << 20;

/// Smaller pieces of memory are not worth keeping.
const SMALL: usize = 1 << 10;

/// Steps of sizes between a power of two and the next.
const STEPS: usize = 4;

/// The bytes of an object.
#[derive(Debug)]
pub(in crate::history) struct Bytes {
    bytes: Vec<u8>,
    /// Where they go in the end.
    memory: Rc<RefCell<Memory>>,
}

impl Bytes {
    /// What is to be filled.
    pub(super) fn vec(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// How many bytes they take in memory.
    pub(super) fn size(&self) -> usize {
        self.bytes.capacity()
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        self.memory.borrow_mut().give(bytes);
    }
}

/// Memory that objects left, by its size: to get new memory for each would take longer than to fill it.
#[derive(Debug, Default)]
pub(super) struct Memory {
    free: Vec<Vec<Vec<u8>>>,
    bytes: usize,
}

impl Memory {
    /// Returns no bytes yet, with room for `len`. They come back here once nobody needs them.
    pub(super) fn take(memory: &Rc<RefCell<Memory>>, len: usize) -> Bytes {
        let (class, size) = class(len);
        let mut free = memory.borrow_mut();
        let larger = class..(class + STEPS).min(free.free.len());
        let found = larger.into_iter().find_map(|class| free.free[class].pop());
        let bytes = match found {
            Some(bytes) => {
                free.bytes -= bytes.capacity();
                bytes
            }
            None => Vec::with_capacity(size),
        };
        Bytes {
            bytes,
            memory: Rc::clone(memory),
        }
    }

    /// Gives everything back.
    fn forget(&mut self) {
        self.free.clear();
        self.bytes = 0;
    }

    /// Keeps the memory of bytes that nobody needs any more, up to a limit.
    fn give(&mut self, mut memory: Vec<u8>) {
        let size = memory.capacity();
        if !(SMALL..=LARGEST).contains(&size) {
            return;
        }
        if self.bytes + size > 2 * LARGEST {
            // It has other sizes than those that are asked for now.
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
}
