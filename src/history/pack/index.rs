//! The index of a pack, version 2: where each object begins
//! (<https://git-scm.com/docs/gitformat-pack>).

use std::cmp::Ordering;

use crate::object_id::ObjectId;

/// Bytes before the table of first bytes: a magic number and the version.
const HEAD: usize = 8;

/// Bytes of the table of first bytes.
const FANOUT: usize = 256 * 4;

/// Bytes after the tables: the checksums of the pack and of the index.
const TAIL: usize = 2 * 20;

/// How often the place of an id is guessed.
const GUESSES: usize = 12;

/// The tables of an index, as offsets into its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Index {
    count: usize,
    /// How many offsets are too large for four bytes.
    large: usize,
}

impl Index {
    /// Looks at the bytes of an index; `None` for one of another version, or of which a table is cut
    /// off or out of order.
    pub(super) fn of(bytes: &[u8]) -> Option<Index> {
        if bytes.get(..HEAD)? != b"\xfftOc\0\0\0\x02" {
            return None;
        }
        let fanout = bytes.get(HEAD..HEAD + FANOUT)?.as_chunks::<4>().0;
        if !fanout.is_sorted() {
            return None;
        }
        let count = u32::from_be_bytes(*fanout.last()?) as usize;
        let tables = bytes.len().checked_sub(HEAD + FANOUT + TAIL)?;
        let large = tables.checked_sub(count.checked_mul(20 + 4 + 4)?)?;
        (large.is_multiple_of(8) && large / 8 <= count).then_some(Index {
            count,
            large: large / 8,
        })
    }

    /// Returns how many objects there are.
    pub(super) fn count(self) -> usize {
        self.count
    }

    /// Returns the checksum of the pack that the index belongs to.
    pub(super) fn checksum(self, bytes: &[u8]) -> Option<&[u8]> {
        let tail = bytes.len().checked_sub(TAIL)?;
        bytes.get(tail..tail + 20)
    }

    /// Returns where in the pack an object begins.
    pub(super) fn find(self, bytes: &[u8], id: ObjectId) -> Option<u64> {
        let (from, here) = alike(bytes, id)?;
        self.offset(bytes, from + search(here, id)?)
    }

    /// Looks at where ids likely are, so that the memory that will be needed for them is fetched for several at
    /// once, and not for one after the other.
    pub(super) fn look_ahead(self, bytes: &[u8], ids: &[ObjectId]) {
        for id in ids {
            let near = alike(bytes, *id).and_then(|(from, here)| {
                let at = guess(here, *id);
                let offset = HEAD + FANOUT + self.count * (20 + 4) + (from + at) * 4;
                Some((here.get(at)?[0], *bytes.get(offset)?))
            });
            std::hint::black_box(near);
        }
    }

    /// Returns the id of the object `at`, counted from 0 in the order of ids.
    pub(super) fn id(self, bytes: &[u8], at: usize) -> Option<ObjectId> {
        let ids = bytes.get(HEAD + FANOUT..)?.as_chunks::<20>().0;
        (at < self.count).then(|| ids.get(at).copied().map(ObjectId::from_bytes))?
    }

    /// Returns the offset of the object `at`, counted from 0 in the order of ids.
    pub(super) fn offset(self, bytes: &[u8], at: usize) -> Option<u64> {
        let small = HEAD + FANOUT + self.count * (20 + 4);
        let number = bytes.get(small..)?.as_chunks::<4>().0.get(at)?;
        let number = u32::from_be_bytes(*number);
        if number >> 31 == 0 {
            return Some(u64::from(number));
        }
        let at = (number & (u32::MAX >> 1)) as usize;
        if at >= self.large {
            return None;
        }
        let large = small + self.count * 4;
        let number = bytes.get(large..)?.as_chunks::<8>().0.get(at)?;
        Some(u64::from_be_bytes(*number))
    }
}

/// Returns the ids that have the first byte of an id, and how many come before them.
fn alike(bytes: &[u8], id: ObjectId) -> Option<(usize, &[[u8; 20]])> {
    let below = |first: u8| -> Option<usize> {
        let at = HEAD + usize::from(first) * 4;
        let number = bytes.get(at..at + 4)?.first_chunk()?;
        Some(u32::from_be_bytes(*number) as usize)
    };
    let first = id.as_bytes()[0];
    let from = match first.checked_sub(1) {
        Some(before) => below(before)?,
        None => 0,
    };
    let ids = bytes.get(HEAD + FANOUT..)?.as_chunks::<20>().0;
    Some((from, ids.get(from..below(first)?)?))
}

/// An id as a number: its first eight bytes.
fn number(id: &[u8; 20]) -> u64 {
    u64::from_be_bytes(std::array::from_fn(|at| id[at]))
}

/// How many ids there are for each step of the numbers that begin with one byte.
fn density(ids: &[[u8; 20]]) -> f64 {
    ids.len() as f64 / (1_u64 << 56) as f64
}

/// Guesses where an id is among sorted ones that have their first byte in common: ids are spread evenly.
fn guess(ids: &[[u8; 20]], id: ObjectId) -> usize {
    ((number(id.as_bytes()) << 8 >> 8) as f64 * density(ids)) as usize
}

/// Finds an id among sorted ones that have their first byte in common. Ids are spread evenly, so the place of one
/// can be guessed well, each guess from what is there at the last; what is not found by guessing is found by
/// halving, as in a made-up index.
fn search(ids: &[[u8; 20]], id: ObjectId) -> Option<usize> {
    let wanted = number(id.as_bytes());
    let last = ids.len().checked_sub(1)?;
    let density = density(ids);
    let mut at = guess(ids, id);
    for _ in 0..GUESSES {
        at = at.min(last);
        let found = ids.get(at)?;
        let here = number(found);
        // At least to the next one.
        let steps = ((wanted.abs_diff(here) as f64 * density) as usize).max(1);
        at = match here.cmp(&wanted) {
            Ordering::Less => at + steps,
            Ordering::Greater => at.saturating_sub(steps),
            Ordering::Equal if found == id.as_bytes() => return Some(at),
            Ordering::Equal => break,
        };
    }
    ids.binary_search(id.as_bytes()).ok()
}
