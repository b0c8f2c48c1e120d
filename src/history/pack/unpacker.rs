//! Objects unpacked, one thread's.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use git2::ObjectType;
use libdeflater::Decompressor;

use super::bases::Bases;
use super::delta;
use super::entry::{Entry, What};
use super::memory::{Bytes, Memory};
use super::plan::Plan;
use super::{Pack, Packs};
use crate::history::settings::MAX_OBJECT;
use crate::object_id::ObjectId;

/// How many differences an object may be made of; git writes no longer chains.
pub(super) const CHAIN: usize = 4_095;

/// The memory for a difference is kept for the next one if it is no larger, in bytes.
const LARGE: usize = 1 << 20;

/// So many ids are looked for at once.
const AT_ONCE: usize = 64;

/// An object.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) kind: ObjectType,
    pub(super) bytes: Rc<Bytes>,
}

/// Unpacks objects; one a thread.
pub(in crate::history) struct Unpacker {
    packs: Arc<Packs>,
    maker: Maker,
    bases: Bases,
    plan: Plan,
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
    pub(in crate::history) fn new(packs: Arc<Packs>) -> Unpacker {
        Unpacker {
            packs,
            maker: Maker::new(),
            bases: Bases::default(),
            plan: Plan::default(),
            chain: Vec::new(),
            last: 0,
        }
    }

    /// Returns an object of at most [`MAX_OBJECT`] bytes with its kind; `None` for one that is in no
    /// pack, larger, or broken, and for one made of such.
    pub(in crate::history) fn read(&mut self, id: ObjectId) -> Option<(ObjectType, Rc<Bytes>)> {
        if let Some(read) = self.read_expected(id) {
            return Some(read);
        }
        let packs = Arc::clone(&self.packs);
        let (number, at) = packs.find(id, self.last)?;
        self.last = number;
        let held = self.unpack(packs.0.get(number)?, number, at)?;
        Some((held.kind, held.bytes))
    }

    /// Returns an object that it was made ready for.
    pub(in crate::history) fn read_expected(
        &mut self,
        id: ObjectId,
    ) -> Option<(ObjectType, Rc<Bytes>)> {
        let how = (&mut self.maker, &mut self.bases);
        let held = self.plan.read(&self.packs, how, id)?;
        Some((held.kind, held.bytes))
    }

    /// Makes ready to read these objects in this order, and forgets which were to be read before. Any others may
    /// be read between them.
    pub(in crate::history) fn expect(&mut self, ids: impl Iterator<Item = ObjectId>) {
        self.plan.clear();
        let ids: Vec<ObjectId> = ids.collect();
        for ids in ids.chunks(AT_ONCE) {
            if let Some(pack) = self.packs.0.get(self.last) {
                pack.index.look_ahead(&pack.index_bytes, ids);
            }
            let mut places = [None; AT_ONCE];
            for (place, id) in places.iter_mut().zip(ids) {
                *place = self.packs.find(*id, self.last);
                self.last = place.map_or(self.last, |(number, _)| number);
            }
            self.packs.look_ahead(places.iter().flatten());
            for (id, place) in ids.iter().zip(places) {
                if let Some(place) = place {
                    self.plan.expect(&self.packs, *id, place);
                }
            }
        }
    }

    /// Returns commits that are stored behind an object, `most` of them or fewer: git writes the younger
    /// first, so these are mostly its ancestors. None where there is something else.
    pub(in crate::history) fn commits_after(&self, id: ObjectId, most: usize) -> Vec<ObjectId> {
        let found = self.packs.find(id, self.last);
        let pack = found.and_then(|(number, at)| Some((self.packs.0.get(number)?, at)));
        pack.map_or_else(Vec::new, |(pack, at)| pack.commits_after(at, most))
    }

    /// How many objects it made ready for and what they are made of, how many of these were made, counting
    /// each time, and the bytes that are held.
    #[cfg(test)]
    pub(super) fn planned(&self) -> (usize, usize, usize) {
        self.plan.counts()
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
                    let held = self.maker.whole(pack, entry, kind)?;
                    // Hardly anything is made of a commit, and there are many.
                    if kind != ObjectType::Commit || !self.chain.is_empty() {
                        self.bases.put((number, at), &held);
                    }
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
            held = self.maker.made_of(pack, &held, entry)?;
            self.bases.put((number, at), &held);
        }
        Some(held)
    }
}

/// Makes the bytes of objects.
pub(super) struct Maker {
    inflate: Decompressor,
    /// The last difference that was unpacked.
    difference: Vec<u8>,
    memory: Rc<RefCell<Memory>>,
}

impl Maker {
    fn new() -> Maker {
        Maker {
            inflate: Decompressor::new(),
            difference: Vec::new(),
            memory: Rc::default(),
        }
    }

    /// Unpacks an object that is stored whole.
    pub(super) fn whole(&mut self, pack: &Pack, entry: Entry, kind: ObjectType) -> Option<Held> {
        let size = size_of(entry)?;
        let mut bytes = Memory::take(&self.memory, size);
        bytes.vec().resize(size, 0);
        inflate(&mut self.inflate, pack, entry, bytes.vec())?;
        let bytes = Rc::new(bytes);
        Some(Held { kind, bytes })
    }

    /// Unpacks a difference and applies it.
    pub(super) fn made_of(&mut self, pack: &Pack, base: &Held, entry: Entry) -> Option<Held> {
        let size = size_of(entry)?;
        if self.difference.len() < size || self.difference.len() > LARGE {
            self.difference = vec![0; size.next_power_of_two()];
        }
        let difference = self.difference.get_mut(..size)?;
        inflate(&mut self.inflate, pack, entry, difference)?;
        let from = (*base.bytes).as_ref();
        let mut rest = &*difference;
        let (length, to) = delta::lengths(&mut rest)?;
        if length != from.len() || to > MAX_OBJECT {
            return None;
        }
        let mut bytes = Memory::take(&self.memory, to);
        delta::apply(from, rest, to, bytes.vec())?;
        let bytes = Rc::new(bytes);
        Some(Held {
            kind: base.kind,
            bytes,
        })
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
