//! The contents of one step: what was read at once, and what is read when following asks for it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::ScanError;
use crate::debt::detect::{Detector, Kind, Reading};
use crate::debt::facts::{Facts, Markers, Seen};
use crate::debt::left_out::Why;
use crate::history::reader::{Content, Object, Reader};
use crate::history::trees::Trees;
use crate::interned::{BlobNo, Blobs, CommitNo, PathNo, Paths};
use crate::object_id::ObjectId;

/// The sightings of contents that were read, by content and by how it was read.
pub(super) type SeenTable = HashMap<(BlobNo, Kind), Arc<[Seen]>>;

/// Reads the sightings of contents.
pub(super) struct Sight<'a> {
    pub(super) detector: &'a Detector,
    pub(super) paths: &'a Paths,
    pub(super) blobs: &'a Blobs,
    pub(super) markers: &'a Markers,
}

impl Sight<'_> {
    /// Returns what reads the versions of a file, one after the other.
    pub(super) fn reading<'o>(&self) -> Reading<'_, Object<'o>> {
        self.detector.reading(self.markers)
    }

    /// Reads one content as the file at `path`; with the reason where it is left out.
    pub(super) fn read<'o>(
        &self,
        reader: &Reader<'o>,
        reading: &mut Reading<'_, Object<'o>>,
        kind: Kind,
        path: PathNo,
        blob: BlobNo,
    ) -> Result<Result<Arc<[Seen]>, Why>, ScanError> {
        if let Kind::LeftOut(why) = kind {
            return Ok(Err(why));
        }
        let Content::Read(object) = reader.blob(self.blobs.get(blob))? else {
            return Ok(Err(Why::TooLarge));
        };
        Ok(reading.seen(kind, &self.paths.get(path), object))
    }
}

/// The facts of one step.
pub(super) struct StepFacts<'a, 'o> {
    pub(super) sight: Sight<'a>,
    pub(super) reader: RefCell<&'a mut Reader<'o>>,
    pub(super) seen: RefCell<SeenTable>,
    pub(super) kinds: RefCell<HashMap<PathNo, Kind>>,
    pub(super) trees: &'a HashMap<CommitNo, ObjectId>,
    /// The last contents that were asked for: two versions of a file are compared several times.
    pub(super) texts: RefCell<Vec<(BlobNo, Arc<[u8]>)>>,
}

/// Contents kept for a second look.
const TEXTS: usize = 16;

impl StepFacts<'_, '_> {
    pub(super) fn kind(&self, path: PathNo) -> Kind {
        *self
            .kinds
            .borrow_mut()
            .entry(path)
            .or_insert_with(|| self.sight.detector.kind(&self.sight.paths.get(path)))
    }
}

impl Facts for StepFacts<'_, '_> {
    type Error = ScanError;

    fn seen(&self, path: PathNo, blob: BlobNo) -> Result<Arc<[Seen]>, ScanError> {
        let kind = self.kind(path);
        if let Some(seen) = self.seen.borrow().get(&(blob, kind)) {
            return Ok(Arc::clone(seen));
        }
        let mut reading = self.sight.reading();
        let seen = self
            .sight
            .read(&self.reader.borrow(), &mut reading, kind, path, blob)?;
        let seen = seen.unwrap_or_else(|_| Arc::from([]));
        self.seen
            .borrow_mut()
            .insert((blob, kind), Arc::clone(&seen));
        Ok(seen)
    }

    fn text(&self, blob: BlobNo) -> Result<Arc<[u8]>, ScanError> {
        let mut texts = self.texts.borrow_mut();
        if let Some(at) = texts.iter().position(|(known, _)| *known == blob) {
            return Ok(Arc::clone(&texts[at].1));
        }
        let text: Arc<[u8]> = match self.reader.borrow().blob(self.sight.blobs.get(blob))? {
            Content::Read(object) => Arc::from(object.data()),
            Content::TooLarge => Arc::from([]),
        };
        if texts.len() == TEXTS {
            texts.remove(0);
        }
        texts.push((blob, Arc::clone(&text)));
        Ok(text)
    }

    fn blob_at(&self, commit: CommitNo, path: PathNo) -> Result<Option<BlobNo>, ScanError> {
        let Some(tree) = self.trees.get(&commit) else {
            return Ok(None);
        };
        let mut reader = self.reader.borrow_mut();
        let mut trees = Trees::new(&mut reader, self.sight.paths, self.sight.blobs);
        Ok(trees.file_at(*tree, &self.sight.paths.get(path))?)
    }

    fn path(&self, path: PathNo) -> Arc<[u8]> {
        self.sight.paths.get(path)
    }

    fn markers(&self) -> &Markers {
        self.sight.markers
    }
}
