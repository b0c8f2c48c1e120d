//! The contents of one step: what was read at once, and what is read when following asks for it.

use std::cell::RefCell;
use std::collections::VecDeque;
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
    /// Contents from this one on are new in the step, and asked for nearly in their order.
    first_new: u32,
    /// For each of these one more than its number; 0 for one that is not wanted.
    numbers: Vec<u32>,
    /// The numbers of all others: older contents, and those that are read in several ways.
    others: FxHashMap<(BlobNo, Kind), u32>,
    seen: Vec<(BlobNo, Kind, Arc<[Seen]>)>,
}

impl SeenTable {
    /// Makes a table with room for so many contents, most of them from `first_new` on.
    pub(super) fn with_capacity(contents: usize, first_new: BlobNo) -> SeenTable {
        SeenTable {
            first_new: first_new.0,
            seen: Vec::with_capacity(contents),
            ..SeenTable::default()
        }
    }

    /// Returns the number of a content that is to be read, if it was not wanted before.
    pub(super) fn want(&mut self, key: (BlobNo, Kind), nothing: &Arc<[Seen]>) -> Option<u32> {
        if self.number(key).is_some() {
            return None;
        }
        let number = self.seen.len() as u32;
        let (blob, kind) = key;
        let mut is_new = false;
        if let Some(at) = blob.0.checked_sub(self.first_new) {
            let at = at as usize;
            if self.numbers.len() <= at {
                self.numbers.resize(at + 1, 0);
            }
            is_new = self.numbers[at] == 0;
            if is_new {
                self.numbers[at] = number + 1;
            }
        }
        if !is_new {
            self.others.insert(key, number);
        }
        self.seen.push((blob, kind, Arc::clone(nothing)));
        Some(number)
    }

    /// Keeps what the content of a number holds.
    pub(super) fn set(&mut self, number: u32, seen: Arc<[Seen]>) {
        self.seen[number as usize].2 = seen;
    }

    pub(super) fn get(&self, key: (BlobNo, Kind)) -> Option<&Arc<[Seen]>> {
        let (_, _, seen) = self.seen.get(self.number(key)? as usize)?;
        Some(seen)
    }

    fn number(&self, (blob, kind): (BlobNo, Kind)) -> Option<u32> {
        if let Some(at) = blob.0.checked_sub(self.first_new) {
            let number = self.numbers.get(at as usize)?.checked_sub(1)?;
            if self.seen.get(number as usize)?.1 == kind {
                return Some(number);
            }
        }
        self.others.get(&(blob, kind)).copied()
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
        for (blob, kind, seen) in &last.seen {
            if !seen.is_empty() {
                self.keep((*blob, *kind), Arc::clone(seen));
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

    /// Reads the content `id` as the file at `path`; with the reason where it is left out.
    pub(super) fn read<'o>(
        &self,
        reader: &Reader<'o>,
        reading: &mut Reading<'_, Object<'o>>,
        kind: Kind,
        path: &[u8],
        id: ObjectId,
    ) -> Result<Result<Read<'o>, Why>, ScanError> {
        if let Kind::LeftOut(why) = kind {
            return Ok(Err(why));
        }
        let Content::Read(object) = reader.blob(id)? else {
            return Ok(Err(Why::TooLarge));
        };
        let seen = reading.seen(kind, path, object.clone());
        Ok(seen.map(|seen| (seen, object)))
    }
}

/// The facts of one step.
pub(super) struct StepFacts<'a, 'o> {
    pub(super) sight: Sight<'a>,
    pub(super) reader: RefCell<&'a mut Reader<'o>>,
    pub(super) seen: RefCell<SeenBefore>,
    /// How the paths of the step are read, and those that following asks for besides.
    pub(super) kinds: &'a Kinds,
    pub(super) other_kinds: RefCell<Kinds>,
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
        if let Some(kind) = self.kinds.get(&path) {
            return *kind;
        }
        let mut others = self.other_kinds.borrow_mut();
        let kind = || self.sight.detector.kind(&self.sight.names.paths.get(path));
        *others.entry(path).or_insert_with(kind)
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
        let Names { paths, blobs, .. } = self.sight.names;
        let (path, id) = (paths.get(path), blobs.get(blob));
        let reader = self.reader.borrow();
        let seen = self.sight.read(&reader, &mut reading, kind, &path, id)?;
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::debt::facts::MarkerNo;

    fn seen(count: usize) -> Arc<[Seen]> {
        let one = Seen {
            marker: MarkerNo(0),
            line: 1,
            last_line: 1,
            context: 0,
        };
        vec![one; count].into()
    }

    proptest! {
        #[test]
        fn each_content_is_wanted_once_for_each_way_to_read_it(
            first_new in 0..8_u32,
            asked in prop::collection::vec((0..16_u32, 0..3_usize), 0..60),
        ) {
            let kinds = [Kind::LeftOut(Why::Binary), Kind::LeftOut(Why::TooLarge), Kind::LeftOut(Why::Minified)];
            let mut table = SeenTable::with_capacity(4, BlobNo(first_new));
            let mut known = HashMap::new();
            for (blob, kind) in asked {
                let key = (BlobNo(blob), kinds[kind]);
                prop_assert_eq!(table.get(key).map(|seen| seen.len()), known.get(&key).copied());
                let number = table.want(key, &seen(0));
                prop_assert_eq!(number.is_some(), !known.contains_key(&key));
                if let Some(number) = number {
                    prop_assert_eq!(number as usize, known.len());
                    table.set(number, seen(known.len() + 1));
                    known.insert(key, known.len() + 1);
                }
            }
            for (key, count) in known {
                prop_assert_eq!(table.get(key).map(|seen| seen.len()), Some(count));
            }
        }
    }
}
