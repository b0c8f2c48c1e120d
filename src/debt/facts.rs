//! What following debt needs to know of paths and blobs, without knowing where it comes from.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use super::compared::Compared;
use super::matching::Version;
use super::sighting::Marker;
use crate::interned::{BlobNo, CommitNo, PathNo};

/// A marker of one repository's scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MarkerNo(pub u32);

/// A sighting with its marker as a number; see [`super::Sighting`] for the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Seen {
    pub marker: MarkerNo,
    pub line: u32,
    pub last_line: u32,
    pub context: u32,
}

/// The paths, blobs and markers that a repository's commits are made of.
pub trait Facts {
    /// Why a blob could not be read.
    type Error;

    /// Returns the sightings of `blob` when it stands at `path`, in the order of the text; none
    /// for a file that is left out.
    fn seen(&self, path: PathNo, blob: BlobNo) -> Result<Arc<[Seen]>, Self::Error>;

    /// Returns the content of a blob.
    fn text(&self, blob: BlobNo) -> Result<Arc<[u8]>, Self::Error>;

    /// Returns what two versions of a file came to where they were compared before.
    fn compared(&self, old: &Version, new: &Version) -> Option<Arc<Compared>>;

    /// Returns the content that a commit has at a path, `None` where it has no file.
    fn blob_at(&self, commit: CommitNo, path: PathNo) -> Result<Option<BlobNo>, Self::Error>;

    /// Returns the bytes of a path.
    fn path(&self, path: PathNo) -> Arc<[u8]>;

    /// Returns the markers that sightings speak of.
    fn markers(&self) -> &Markers;
}

/// The markers met in one repository, each kept once; shared by threads.
#[derive(Debug, Default)]
pub struct Markers(Mutex<MarkersInner>);

#[derive(Debug, Default)]
struct MarkersInner {
    numbers: HashMap<Arc<Marker>, MarkerNo>,
    markers: Vec<Option<(Arc<Marker>, u64)>>,
}

impl MarkersInner {
    fn put(&mut self, number: MarkerNo, marker: &Arc<Marker>) {
        let at = number.0 as usize;
        if self.markers.len() <= at {
            self.markers.resize(at + 1, None);
        }
        let words = xxh3_64(marker.text.as_bytes());
        self.markers[at] = Some((Arc::clone(marker), words));
        self.numbers.insert(Arc::clone(marker), number);
    }

    #[allow(clippy::expect_used)]
    fn known(&self, number: MarkerNo) -> &(Arc<Marker>, u64) {
        let marker = self.markers[number.0 as usize].as_ref();
        marker.expect("a marker's number is given out with the marker")
    }
}

impl Markers {
    // Every change is whole: a panicking thread cannot leave half of one.
    fn lock(&self) -> MutexGuard<'_, MarkersInner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the number of `marker`, a new one at its first use.
    pub fn number(&self, marker: &Arc<Marker>) -> MarkerNo {
        let mut inner = self.lock();
        if let Some(known) = inner.numbers.get(marker) {
            return *known;
        }
        let number = MarkerNo(inner.markers.len() as u32);
        inner.put(number, marker);
        number
    }

    /// Gives `marker` the number that it had in an earlier scan. Numbers in between stay unused; the
    /// next new marker is numbered after all of them.
    pub fn restore(&self, number: MarkerNo, marker: &Arc<Marker>) {
        self.lock().put(number, marker);
    }

    /// Returns the marker that `number` stands for.
    ///
    /// # Panics
    /// For a number that was not given out here.
    pub fn get(&self, number: MarkerNo) -> Arc<Marker> {
        Arc::clone(&self.lock().known(number).0)
    }

    /// Returns a hash of the marker's text: equal for markers that differ in tag or assignee only.
    ///
    /// # Panics
    /// For a number that was not given out here.
    pub fn words(&self, number: MarkerNo) -> u64 {
        self.lock().known(number).1
    }

    /// Returns how many markers there are.
    pub fn len(&self) -> usize {
        self.lock().markers.len()
    }

    /// Returns whether no marker was met yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
