//! The contents of one step: what was read at once, and what is read when following asks for it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Names, ScanError};
use crate::debt::compared::Compared;
use crate::debt::detect::{Detector, Kind, Reading};
use crate::debt::facts::{Facts, Markers, Seen};
use crate::debt::left_out::Why;
use crate::debt::matching::Version;
use crate::history::reader::{Content, Object, Reader};
use crate::history::trees::Trees;
use crate::interned::{BlobNo, Blobs, CommitNo, PathNo};
use crate::object_id::ObjectId;

/// The sightings of contents that were read, by content and by how it was read.
#[derive(Default)]
pub(super) struct SeenTable {
    numbers: FxHashMap<(BlobNo, Kind), u32>,
    seen: Vec<Arc<[Seen]>>,
}

impl SeenTable {
    /// Makes a table with room for so many contents.
    pub(super) fn with_capacity(contents: usize) -> SeenTable {
        let mut table = SeenTable::default();
        table.numbers.reserve(contents);
        table
    }

    /// Returns the number of a content that is to be read, if it was not wanted before.
    pub(super) fn want(&mut self, key: (BlobNo, Kind), nothing: &Arc<[Seen]>) -> Option<u32> {
        let number = self.seen.len() as u32;
        match self.numbers.entry(key) {
            Entry::Occupied(_) => None,
            Entry::Vacant(free) => {
                free.insert(number);
                self.seen.push(Arc::clone(nothing));
                Some(number)
            }
        }
    }

    /// Keeps what the content of a number holds.
    pub(super) fn set(&mut self, number: u32, seen: Arc<[Seen]>) {
        self.seen[number as usize] = seen;
    }

    pub(super) fn get(&self, key: (BlobNo, Kind)) -> Option<&Arc<[Seen]>> {
        self.seen.get(*self.numbers.get(&key)? as usize)
    }
}

/// How the files at paths are read.
pub(super) type Kinds = FxHashMap<PathNo, Kind>;

/// What versions of files came to that were compared: by path, old and new content.
pub(super) type ComparedTable = FxHashMap<(PathNo, BlobNo, BlobNo), Arc<Compared>>;

/// So many sightings are kept from one step for the next ones.
const KEPT: usize = 1 << 20;

/// The sightings of contents: those of the step, and of earlier ones those that held any, since the
/// next version of a file is compared with the one before it.
#[derive(Default)]
pub(super) struct SeenBefore {
    step: Arc<SeenTable>,
    earlier: FxHashMap<(BlobNo, Kind), Arc<[Seen]>>,
    /// How many sightings `earlier` holds.
    kept: usize,
}

impl SeenBefore {
    /// Begins a step.
    pub(super) fn begin(&mut self, step: Arc<SeenTable>) {
        let last = std::mem::replace(&mut self.step, step);
        for (key, number) in &last.numbers {
            let seen = &last.seen[*number as usize];
            if !seen.is_empty() {
                self.keep(*key, Arc::clone(seen));
            }
        }
        if self.kept > KEPT {
            // Whatever is missing is read once more.
            self.earlier = FxHashMap::default();
            self.kept = 0;
        }
    }

    fn keep(&mut self, key: (BlobNo, Kind), seen: Arc<[Seen]>) {
        self.kept += seen.len();
        self.earlier.insert(key, seen);
    }

    fn get(&self, key: (BlobNo, Kind)) -> Option<&Arc<[Seen]>> {
        self.step.get(key).or_else(|| self.earlier.get(&key))
    }
}

/// A content's sightings, and the content.
pub(super) type Read<'o> = (Arc<[Seen]>, Object<'o>);

/// Reads the sightings of contents.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub(super) detector: &'a Detector,
    pub(super) names: &'a Names,
}

impl Sight<'_> {
    /// Returns what reads the versions of a file, one after the other.
    pub(super) fn reading<'o>(&self) -> Reading<'_, Object<'o>> {
        self.detector.reading(&self.names.markers)
    }

    /// Reads one content as the file at `path`; with the reason where it is left out.
    pub(super) fn read<'o>(
        &self,
        reader: &Reader<'o>,
        reading: &mut Reading<'_, Object<'o>>,
        kind: Kind,
        path: PathNo,
        blob: BlobNo,
    ) -> Result<Result<Read<'o>, Why>, ScanError> {
        if let Kind::LeftOut(why) = kind {
            return Ok(Err(why));
        }
        let Content::Read(object) = reader.blob(self.names.blobs.get(blob))? else {
            return Ok(Err(Why::TooLarge));
        };
        let seen = reading.seen(kind, &self.names.paths.get(path), object.clone());
        Ok(seen.map(|seen| (seen, object)))
    }
}

/// The facts of one step.
pub(super) struct StepFacts<'a, 'o> {
    pub(super) sight: Sight<'a>,
    pub(super) reader: RefCell<&'a mut Reader<'o>>,
    pub(super) seen: RefCell<SeenBefore>,
    pub(super) kinds: RefCell<Kinds>,
    pub(super) trees: &'a FxHashMap<CommitNo, ObjectId>,
    pub(super) texts: RefCell<Texts>,
    pub(super) compared: &'a ComparedTable,
}

/// The last contents that were asked for: two versions of a file are compared several times, and the
/// new one again with the next.
#[derive(Default)]
pub(super) struct Texts {
    held: VecDeque<(BlobNo, Arc<[u8]>)>,
    bytes: usize,
}

/// Contents kept for a second look, and their bytes.
const TEXTS: usize = 64;
const TEXT_BYTES: usize = 8 << 20;

impl Texts {
    /// Returns a content; of one that is too large, nothing.
    pub(super) fn read(
        &mut self,
        reader: &Reader<'_>,
        blobs: &Blobs,
        blob: BlobNo,
    ) -> Result<Arc<[u8]>, ScanError> {
        let mut held = self.held.iter().rev();
        if let Some((_, text)) = held.find(|(known, _)| *known == blob) {
            return Ok(Arc::clone(text));
        }
        let text: Arc<[u8]> = match reader.blob(blobs.get(blob))? {
            Content::Read(object) => Arc::from(object.data()),
            Content::TooLarge => Arc::from([]),
        };
        self.bytes += text.len();
        self.held.push_back((blob, Arc::clone(&text)));
        while (self.held.len() > TEXTS || self.bytes > TEXT_BYTES) && self.held.len() > 2 {
            if let Some((_, gone)) = self.held.pop_front() {
                self.bytes -= gone.len();
            }
        }
        Ok(text)
    }
}

/// Finds what two versions of a file came to.
pub(super) fn compared(
    table: &ComparedTable,
    old: &Version,
    new: &Version,
) -> Option<Arc<Compared>> {
    let known = table.get(&(new.path, old.blob, new.blob))?;
    (old.path == new.path).then(|| Arc::clone(known))
}

impl StepFacts<'_, '_> {
    pub(super) fn kind(&self, path: PathNo) -> Kind {
        *self
            .kinds
            .borrow_mut()
            .entry(path)
            .or_insert_with(|| self.sight.detector.kind(&self.sight.names.paths.get(path)))
    }
}

impl Facts for StepFacts<'_, '_> {
    type Error = ScanError;

    fn seen(&self, path: PathNo, blob: BlobNo) -> Result<Arc<[Seen]>, ScanError> {
        let kind = self.kind(path);
        if let Some(seen) = self.seen.borrow().get((blob, kind)) {
            return Ok(Arc::clone(seen));
        }
        let mut reading = self.sight.reading();
        let seen = self
            .sight
            .read(&self.reader.borrow(), &mut reading, kind, path, blob)?;
        let seen = seen.map_or_else(|_| Arc::from([]), |(seen, _)| seen);
        let mut known = self.seen.borrow_mut();
        known.keep((blob, kind), Arc::clone(&seen));
        Ok(seen)
    }

    fn text(&self, blob: BlobNo) -> Result<Arc<[u8]>, ScanError> {
        let (mut texts, reader) = (self.texts.borrow_mut(), self.reader.borrow());
        texts.read(&reader, &self.sight.names.blobs, blob)
    }

    fn compared(&self, old: &Version, new: &Version) -> Option<Arc<Compared>> {
        compared(self.compared, old, new)
    }

    fn blob_at(&self, commit: CommitNo, path: PathNo) -> Result<Option<BlobNo>, ScanError> {
        let Some(tree) = self.trees.get(&commit) else {
            return Ok(None);
        };
        let mut reader = self.reader.borrow_mut();
        let mut trees = Trees::new(
            &mut reader,
            &self.sight.names.paths,
            &self.sight.names.blobs,
        );
        Ok(trees.file_at(*tree, &self.sight.names.paths.get(path))?)
    }

    fn path(&self, path: PathNo) -> Arc<[u8]> {
        self.sight.names.paths.get(path)
    }

    fn markers(&self) -> &Markers {
        &self.sight.names.markers
    }
}
