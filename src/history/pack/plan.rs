//! Objects that are to be read one after the other, told beforehand.
//!
//! What others are made of is kept as long as one of them is still to be made, and no longer: mostly so
//! little that it stays in the processor's own memory.

use std::collections::{HashMap, VecDeque};

use git2::ObjectType;
use rustc_hash::FxHashMap;

use super::bases::Bases;
use super::entry::{Entry, What};
use super::unpacker::{CHAIN, Held, Maker};
use super::{Packs, Place};
use crate::interned::ById;
use crate::object_id::ObjectId;

/// Bytes of objects that are kept; of more the first ones are made again when they are needed.
const KEPT: usize = 8 << 20;

/// So many objects are taken up: a pack may be made of chains that are as long as can be. More are read as others are.
const NODES: usize = 1 << 18;

/// The objects that are to be read, and those that they are made of.
#[derive(Default)]
pub(super) struct Plan {
    wanted: HashMap<ObjectId, u32, ById>,
    nodes: Vec<Node>,
    /// The nodes by their places.
    places: FxHashMap<Place, u32>,
    /// Those that are held, the first held first, and some that were.
    kept: VecDeque<u32>,
    bytes: usize,
    /// What stands between an object and the base that was found.
    chain: Vec<(Place, Entry)>,
    /// The same while it is read.
    to_make: Vec<u32>,
}

/// One object.
struct Node {
    place: Place,
    entry: Entry,
    made_of: MadeOf,
    /// How often it is still to be read, and others are still to be made of it.
    uses: u32,
    /// Whether it is to be read itself; what is not, another plan may want.
    is_wanted: bool,
    /// How often it was made: once, unless too much was to be held.
    made: u32,
    held: Option<Held>,
}

/// What an object is made of.
#[derive(Clone, Copy)]
enum MadeOf {
    /// It is stored whole.
    Nothing(ObjectType),
    /// It is a difference to this node.
    Node(u32),
}

impl Plan {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.wanted.clear();
        self.nodes.clear();
        self.places.clear();
        self.kept.clear();
        self.bytes = 0;
    }

    /// Takes up the object at a place, which is to be read after those that it was told of before; what is not as
    /// it should be is not taken up.
    pub(super) fn expect(&mut self, packs: &Packs, id: ObjectId, place: Place) {
        if let Some(number) = self.node_at(packs, place) {
            let node = &mut self.nodes[number as usize];
            node.uses += 1;
            node.is_wanted = true;
            self.wanted.insert(id, number);
        }
    }

    /// Returns the node of a place; what it is made of is taken up too.
    fn node_at(&mut self, packs: &Packs, place: Place) -> Option<u32> {
        self.chain.clear();
        let pack = packs.0.get(place.0)?;
        let mut next = place;
        let mut last = loop {
            if let Some(number) = self.places.get(&next) {
                break *number;
            }
            let entry = Entry::at(pack.objects(), next.1)?;
            let base = match entry.what {
                What::Whole(kind) => break self.put(next, entry, MadeOf::Nothing(kind)),
                What::ToOffset(base) => base,
                What::ToObject(id) => pack.find(id)?,
            };
            let nodes = self.nodes.len() + self.chain.len();
            if self.chain.len() == CHAIN || nodes >= NODES {
                return None;
            }
            self.chain.push((next, entry));
            next.1 = base;
        };
        while let Some((place, entry)) = self.chain.pop() {
            self.nodes[last as usize].uses += 1;
            last = self.put(place, entry, MadeOf::Node(last));
        }
        Some(last)
    }

    fn put(&mut self, place: Place, entry: Entry, made_of: MadeOf) -> u32 {
        let number = self.nodes.len() as u32;
        self.nodes.push(Node {
            place,
            is_wanted: false,
            entry,
            made_of,
            uses: 0,
            made: 0,
            held: None,
        });
        self.places.insert(place, number);
        number
    }

    /// Reads an object; `None` for one that it was not told of, or that is broken.
    pub(super) fn read(
        &mut self,
        packs: &Packs,
        (maker, bases): (&mut Maker, &mut Bases),
        id: ObjectId,
    ) -> Option<Held> {
        let wanted = *self.wanted.get(&id)?;
        let held = self.nodes[wanted as usize].held.clone();
        self.leave(wanted);
        if held.is_some() {
            return held;
        }
        self.to_make.clear();
        let mut number = wanted;
        let mut held = loop {
            let node = &self.nodes[number as usize];
            if let Some(held) = &node.held {
                break held.clone();
            }
            if let Some(held) = bases.get(node.place) {
                self.made(number, &held);
                break held;
            }
            match node.made_of {
                MadeOf::Nothing(kind) => {
                    let held = maker.whole(packs.0.get(node.place.0)?, node.entry, kind)?;
                    if !node.is_wanted {
                        bases.put(node.place, &held);
                    }
                    self.made(number, &held);
                    break held;
                }
                MadeOf::Node(base) => {
                    self.to_make.push(number);
                    number = base;
                }
            }
        };
        while let Some(number) = self.to_make.pop() {
            let node = &self.nodes[number as usize];
            held = maker.made_of(packs.0.get(node.place.0)?, &held, node.entry)?;
            if !node.is_wanted {
                bases.put(node.place, &held);
            }
            self.made(number, &held);
        }
        Some(held)
    }

    /// Takes note that there is an object, and keeps it if it is still needed.
    fn made(&mut self, number: u32, held: &Held) {
        let size = held.bytes.size();
        let node = &mut self.nodes[number as usize];
        node.made = node.made.saturating_add(1);
        if let MadeOf::Node(base) = node.made_of
            && node.made == 1
        {
            self.leave(base);
        }
        let node = &mut self.nodes[number as usize];
        if node.uses == 0 || size > KEPT {
            return;
        }
        node.held = Some(held.clone());
        self.bytes += size;
        self.kept.push_back(number);
        while self.bytes > KEPT
            && let Some(first) = self.kept.pop_front()
        {
            self.let_go(first);
        }
    }

    /// Takes note that an object was read, or another made of it.
    fn leave(&mut self, number: u32) {
        let node = &mut self.nodes[number as usize];
        node.uses = node.uses.saturating_sub(1);
        if node.uses == 0 {
            self.let_go(number);
        }
    }

    #[cfg(test)]
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let made: u32 = self.nodes.iter().map(|node| node.made).sum();
        (self.nodes.len(), made as usize, self.bytes)
    }

    fn let_go(&mut self, number: u32) {
        if let Some(held) = self.nodes[number as usize].held.take() {
            self.bytes -= held.bytes.size();
        }
    }
}
