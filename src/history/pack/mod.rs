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
mod memory;
mod plan;
#[cfg(test)]
mod tests;
mod unpacker;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use git2::ObjectType;
use memmap2::Mmap;

use super::inspect::regular_file;
use crate::object_id::ObjectId;
use entry::{Entry, What};
use index::Index;

pub(super) use memory::Bytes;
pub(super) use unpacker::Unpacker;

/// How many packs are mapped, the largest first: each takes two mappings.
const PACKS: usize = 128;

/// Bytes before the first object of a pack: a magic number, the version and the count.
const HEAD: usize = 12;

/// Bytes after the last object: the checksum.
const TAIL: usize = 20;

/// Bytes that a commit takes in a pack, or few take more.
const COMMIT: usize = 512;

/// What is stored behind an object is looked for in packs of so many objects at the most: all their offsets
/// are looked at.
const SEARCHED: usize = 2_000_000;

/// Where an object is: which pack, and the offset in it.
type Place = (usize, usize);

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
    fn find(&self, id: ObjectId, first: usize) -> Option<Place> {
        let others = (0..self.0.len()).filter(|number| *number != first);
        let mut all = [first].into_iter().chain(others);
        all.find_map(|number| Some((number, self.0.get(number)?.find(id)?)))
    }

    /// Looks at what is at some places, so that its memory is fetched for several at once.
    fn look_ahead<'p>(&self, places: impl Iterator<Item = &'p Place>) {
        for (number, at) in places {
            let pack = self.0.get(*number);
            std::hint::black_box(pack.and_then(|pack| pack.data.get(*at).copied()));
        }
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
