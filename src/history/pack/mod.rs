//! Objects out of pack files: the fast way to most of a history's objects.
//!
//! libgit2 allocates and clears memory for every object and every difference that it unpacks, and
//! unpacks with whichever zlib is there. This reads the plain case alone, an index of version 2 and
//! objects whose differences stay in their pack, and says nothing of anything else: what is not found
//! here, or is not as it should be, is asked of libgit2, which finds it or names what is wrong.

mod bases;
mod delta;
mod entry;
mod index;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use git2::ObjectType;
use libdeflater::Decompressor;
use memmap2::Mmap;

use super::inspect::regular_file;
use super::settings::MAX_OBJECT;
use crate::object_id::ObjectId;
use bases::{Bases, Held};
use entry::{Entry, What};
use index::Index;

pub(super) use bases::Bytes;

/// How many packs are mapped, the largest first: each takes two mappings.
const PACKS: usize = 128;

/// Bytes before the first object of a pack: a magic number, the version and the count.
const HEAD: usize = 12;

/// Bytes after the last object: the checksum.
const TAIL: usize = 20;

/// How many differences an object may be made of; git writes no longer chains.
const CHAIN: usize = 4_095;

/// The memory for a difference is kept for the next one if it is no larger, in bytes.
const LARGE: usize = 1 << 20;

/// Bytes that a commit takes in a pack, or few take more.
const COMMIT: usize = 512;

/// What is stored behind an object is looked for in packs of so many objects at the most: all their offsets
/// are looked at.
const SEARCHED: usize = 2_000_000;

/// The packs of a repository, mapped into memory; shared by threads.
#[derive(Debug)]
pub(super) struct Packs(Vec<Pack>);

#[derive(Debug)]
struct Pack {
    index: Index,
    index_bytes: Mmap,
    data: Mmap,
}

impl Packs {
    /// Maps the packs in the object directories. One that is not as git writes it is left to libgit2.
    pub(super) fn open(stores: &[PathBuf]) -> Packs {
        let mut found: Vec<(u64, PathBuf)> = Vec::new();
        for store in stores {
            let Ok(entries) = fs::read_dir(store.join("pack")) else {
                continue;
            };
            for entry in entries.flatten() {
                let path = entry.path();
                if path.extension().is_some_and(|ending| ending == "idx")
                    && let Ok(pack) = fs::metadata(path.with_extension("pack"))
                {
                    found.push((pack.len(), path));
                }
            }
        }
        found.sort_by(|one, two| two.0.cmp(&one.0).then_with(|| one.1.cmp(&two.1)));
        let packs = found.iter().take(PACKS);
        Packs(packs.filter_map(|(_, path)| Pack::open(path)).collect())
    }

    /// Returns the pack that has an object, and where in it; `first` is looked at first.
    fn find(&self, id: ObjectId, first: usize) -> Option<(usize, usize)> {
        let others = (0..self.0.len()).filter(|number| *number != first);
        let mut all = [first].into_iter().chain(others);
        all.find_map(|number| Some((number, self.0.get(number)?.find(id)?)))
    }
}

impl Pack {
    fn open(path: &Path) -> Option<Pack> {
        let index_bytes = map(path)?;
        let data = map(&path.with_extension("pack"))?;
        let index = Index::of(&index_bytes)?;
        let head = data.first_chunk::<HEAD>()?;
        let count = u32::from_be_bytes(*head.last_chunk()?);
        let checksum = data.len().checked_sub(TAIL).filter(|end| *end >= HEAD)?;
        let is_whole = matches!(&head[..8], b"PACK\0\0\0\x02" | b"PACK\0\0\0\x03")
            && count as usize == index.count()
            && index.checksum(&index_bytes) == data.get(checksum..);
        is_whole.then_some(Pack {
            index,
            index_bytes,
            data,
        })
    }

    /// The bytes up to the end of the last object.
    fn objects(&self) -> &[u8] {
        let end = self.data.len().saturating_sub(TAIL);
        self.data.get(..end).unwrap_or_default()
    }

    /// Returns the commits that are stored without a gap behind the object at an offset, `most` of them or
    /// fewer.
    fn commits_after(&self, at: usize, most: usize) -> Vec<ObjectId> {
        if self.index.count() > SEARCHED {
            return Vec::new();
        }
        let reach = at + 1..at.saturating_add(most.saturating_mul(COMMIT));
        let mut near: Vec<(usize, usize)> = (0..self.index.count())
            .filter_map(|number| {
                let offset = self.index.offset(&self.index_bytes, number)?;
                let offset = usize::try_from(offset).ok()?;
                reach.contains(&offset).then_some((offset, number))
            })
            .collect();
        near.sort_unstable();
        let is_commit = |offset| {
            let entry = Entry::at(self.objects(), offset);
            entry.is_some_and(|entry| matches!(entry.what, What::Whole(ObjectType::Commit)))
        };
        let commits = near
            .into_iter()
            .take_while(|(offset, _)| is_commit(*offset));
        let ids = commits.map_while(|(_, number)| self.index.id(&self.index_bytes, number));
        ids.take(most).collect()
    }

    fn find(&self, id: ObjectId) -> Option<usize> {
        let offset = self.index.find(&self.index_bytes, id)?;
        let offset = usize::try_from(offset).ok()?;
        (offset >= HEAD).then_some(offset)
    }
}

/// Maps a regular file.
fn map(path: &Path) -> Option<Mmap> {
    if !regular_file(path, u64::MAX).ok()? {
        return None;
    }
    let file = File::open(path).ok()?;
    // SAFETY: git never writes to a pack or its index again: it makes new files and removes old ones,
    // which a mapping outlives. Another program that cuts one off ends this process with a signal,
    // as it would end git, which maps them too; bytes that change can only make wrong content, as
    // nothing that was read of them is trusted to stay.
    unsafe { Mmap::map(&file) }.ok()
}

/// Unpacks objects; one a thread.
pub(super) struct Unpacker {
    packs: Arc<Packs>,
    inflate: Decompressor,
    bases: Bases,
    /// The last difference that was unpacked.
    difference: Vec<u8>,
    /// The differences that stand between an object and the base that was found.
    chain: Vec<Link>,
    /// The pack of the last object: the next is likely in the same.
    last: usize,
}

/// A difference that is to be applied.
#[derive(Clone, Copy)]
struct Link {
    at: usize,
    entry: Entry,
}

impl Unpacker {
    pub(super) fn new(packs: Arc<Packs>) -> Unpacker {
        Unpacker {
            packs,
            inflate: Decompressor::new(),
            bases: Bases::default(),
            difference: Vec::new(),
            chain: Vec::new(),
            last: 0,
        }
    }

    /// Returns an object of at most [`MAX_OBJECT`] bytes with its kind; `None` for one that is in no
    /// pack, larger, or broken, and for one made of such.
    pub(super) fn read(&mut self, id: ObjectId) -> Option<(ObjectType, Rc<Bytes>)> {
        let packs = Arc::clone(&self.packs);
        let (number, at) = packs.find(id, self.last)?;
        self.last = number;
        let held = self.unpack(packs.0.get(number)?, number, at)?;
        Some((held.kind, held.bytes))
    }

    /// Returns commits that are stored behind an object, `most` of them or fewer: git writes the younger
    /// first, so these are mostly its ancestors. None where there is something else.
    pub(super) fn commits_after(&self, id: ObjectId, most: usize) -> Vec<ObjectId> {
        let found = self.packs.find(id, self.last);
        let pack = found.and_then(|(number, at)| Some((self.packs.0.get(number)?, at)));
        pack.map_or_else(Vec::new, |(pack, at)| pack.commits_after(at, most))
    }

    /// Takes the memory of an object back, if nobody else needs it.
    pub(super) fn give(&mut self, bytes: Rc<Bytes>) {
        if let Some(bytes) = Rc::into_inner(bytes) {
            self.bases.memory().give(bytes);
        }
    }

    fn unpack(&mut self, pack: &Pack, number: usize, at: usize) -> Option<Held> {
        self.chain.clear();
        let mut at = at;
        let mut held = loop {
            if let Some(held) = self.bases.get((number, at)) {
                break held;
            }
            let entry = Entry::at(pack.objects(), at)?;
            let base = match entry.what {
                What::Whole(kind) => {
                    let size = size_of(entry)?;
                    let mut bytes = self.bases.memory().take(size);
                    bytes.resize(size, 0);
                    inflate(&mut self.inflate, pack, entry, &mut bytes)?;
                    let bytes = Rc::new(Bytes(bytes));
                    let held = Held { kind, bytes };
                    self.bases.put((number, at), &held);
                    break held;
                }
                What::ToOffset(base) => base,
                What::ToObject(id) => pack.find(id)?,
            };
            if self.chain.len() == CHAIN {
                return None;
            }
            self.chain.push(Link { at, entry });
            at = base;
        };
        while let Some(Link { at, entry }) = self.chain.pop() {
            held = Held {
                kind: held.kind,
                bytes: Rc::new(self.made_of(pack, &held, entry)?),
            };
            self.bases.put((number, at), &held);
        }
        Some(held)
    }

    /// Unpacks a difference and applies it.
    fn made_of(&mut self, pack: &Pack, base: &Held, entry: Entry) -> Option<Bytes> {
        let size = size_of(entry)?;
        if self.difference.len() < size || self.difference.len() > LARGE {
            self.difference = vec![0; size.next_power_of_two()];
        }
        let difference = self.difference.get_mut(..size)?;
        inflate(&mut self.inflate, pack, entry, difference)?;
        let base = (*base.bytes).as_ref();
        let mut rest = &*difference;
        let (from, to) = delta::lengths(&mut rest)?;
        if from != base.len() || to > MAX_OBJECT {
            return None;
        }
        let mut bytes = self.bases.memory().take(to);
        delta::apply(base, rest, to, &mut bytes)?;
        Some(Bytes(bytes))
    }
}

/// How many bytes the stream of an entry has, if they may be unpacked.
fn size_of(entry: Entry) -> Option<usize> {
    let size = usize::try_from(entry.size).ok()?;
    (size <= MAX_OBJECT).then_some(size)
}

/// Unpacks the stream of an entry, which must fill `out`.
fn inflate(inflate: &mut Decompressor, pack: &Pack, entry: Entry, out: &mut [u8]) -> Option<()> {
    let stream = pack.objects().get(entry.stream..)?;
    let unpacked = inflate.zlib_decompress(stream, out).ok()?;
    (unpacked == out.len()).then_some(())
}
