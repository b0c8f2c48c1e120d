//! The commits of a step matched with their parents by several threads, before they are followed one after
//! the other: what renames ask for is not at hand any more, and would be read while all others wait.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::ScanError;
use super::facts::{ComparedTable, Kinds, SeenTable, Sight, Texts};
use crate::changes::Change;
use crate::debt::compared::Compared;
use crate::debt::detect::Kind;
use crate::debt::facts::{Facts, Markers, Seen};
use crate::debt::matched::Matched;
use crate::debt::matching::Version;
use crate::history::reader::Reader;
use crate::interned::{BlobNo, CommitNo, PathNo};

/// Sightings of a step whose origins are held at the most. The commits after that are matched when they are
/// followed: a file of nothing but markers that changes in every commit would fill all memory.
const HELD: usize = 1 << 20;

/// What was read of a step.
pub(super) struct Known<'a> {
    pub(super) sight: Sight<'a>,
    pub(super) seen: &'a SeenTable,
    pub(super) kinds: &'a Kinds,
    pub(super) compared: &'a ComparedTable,
    /// The sightings whose origins are held by now, of all threads.
    pub(super) held: AtomicUsize,
}

impl Known<'_> {
    /// Matches commits, each with the number of its parents. `None` for merges, where a version is older
    /// than the step, since what earlier steps saw, following knows, and where enough is held.
    pub(super) fn matched<'c>(
        &self,
        reader: &Reader<'_>,
        commits: impl Iterator<Item = (usize, &'c [Change])>,
    ) -> Result<Vec<Option<Matched>>, ScanError> {
        let texts = RefCell::default();
        let facts = KnownFacts {
            known: self,
            reader,
            texts,
        };
        let matched = commits.map(|(parents, changes)| {
            if parents > 1 || self.held.load(Ordering::Relaxed) >= HELD {
                return Ok(None);
            }
            match Matched::of(changes, |_| true, &facts) {
                Ok(matched) => {
                    self.held.fetch_add(matched.len(), Ordering::Relaxed);
                    Ok(Some(matched))
                }
                Err(Unknown::Earlier) => Ok(None),
                Err(Unknown::Unread(error)) => Err(error),
            }
        });
        matched.collect()
    }
}

struct KnownFacts<'a, 'r, 'o> {
    known: &'a Known<'a>,
    reader: &'r Reader<'o>,
    texts: RefCell<Texts>,
}

/// Why something is not known.
enum Unknown {
    /// It is not of this step.
    Earlier,
    /// It could not be read.
    Unread(ScanError),
}

impl Facts for KnownFacts<'_, '_, '_> {
    type Error = Unknown;

    fn seen(&self, path: PathNo, blob: BlobNo) -> Result<Arc<[Seen]>, Unknown> {
        let Known { sight, kinds, .. } = self.known;
        let kind = kinds.get(&path).copied();
        let kind = kind.unwrap_or_else(|| sight.detector.kind(&sight.names.paths.get(path)));
        if matches!(kind, Kind::LeftOut(_)) {
            return Ok(Arc::from([]));
        }
        let seen = self.known.seen.get(&(blob, kind));
        seen.cloned().ok_or(Unknown::Earlier)
    }

    fn text(&self, blob: BlobNo) -> Result<Arc<[u8]>, Unknown> {
        let mut texts = self.texts.borrow_mut();
        let text = texts.read(self.reader, &self.known.sight.names.blobs, blob);
        text.map_err(Unknown::Unread)
    }

    fn compared(&self, old: &Version, new: &Version) -> Option<Arc<Compared>> {
        super::facts::compared(self.known.compared, old, new)
    }

    fn blob_at(&self, _: CommitNo, _: PathNo) -> Result<Option<BlobNo>, Unknown> {
        // Merges alone ask for it.
        Err(Unknown::Earlier)
    }

    fn path(&self, path: PathNo) -> Arc<[u8]> {
        self.known.sight.names.paths.get(path)
    }

    fn markers(&self) -> &Markers {
        &self.known.sight.names.markers
    }
}
