//! Finding markers from scratch, one content at a time, and sharing that work among threads.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::tally::Tally;
use super::{VerifyError, VerifyOrder};
use crate::debt::Sighting;
use crate::debt::detect::{Detector, Kind};
use crate::history::Repository;
use crate::history::reader::{Content, Reader};
use crate::interned::{PathNo, Paths};
use crate::object_id::ObjectId;

/// Contents whose sightings are kept: enough for neighbouring commits to share them.
const KEPT: usize = 200_000;

/// Reads contents of one repository; one a thread.
pub(super) struct Eyes<'a, 'o> {
    pub(super) repository: &'a Repository,
    pub(super) paths: &'a Paths,
    pub(super) reader: &'a Reader<'o>,
    detector: &'a Detector,
    kinds: HashMap<PathNo, Kind>,
    seen: HashMap<(PathNo, ObjectId), Arc<[Sighting]>>,
    nothing: Arc<[Sighting]>,
}

impl<'a, 'o> Eyes<'a, 'o> {
    pub(super) fn new(
        repository: &'a Repository,
        paths: &'a Paths,
        reader: &'a Reader<'o>,
        detector: &'a Detector,
    ) -> Self {
        Eyes {
            repository,
            paths,
            reader,
            detector,
            kinds: HashMap::new(),
            seen: HashMap::new(),
            nothing: Arc::from([]),
        }
    }

    /// Returns the sightings of a content that stands at `path`; none where there is no file.
    pub(super) fn look(
        &mut self,
        path: PathNo,
        blob: Option<ObjectId>,
    ) -> Result<Arc<[Sighting]>, VerifyError> {
        let Some(blob) = blob else {
            return Ok(Arc::clone(&self.nothing));
        };
        if let Some(seen) = self.seen.get(&(path, blob)) {
            return Ok(Arc::clone(seen));
        }
        let name = self.paths.get(path);
        let detector = self.detector;
        let kind = *self
            .kinds
            .entry(path)
            .or_insert_with(|| detector.kind(&name));
        let mut seen = Arc::clone(&self.nothing);
        if !matches!(kind, Kind::LeftOut(_))
            && let Content::Read(object) = self.reader.blob(blob)?
            && let Ok(found) = detector.sightings(kind, &name, object.data())
            && !found.is_empty()
        {
            seen = Arc::from(found);
        }
        if self.seen.len() >= KEPT {
            self.seen.clear();
        }
        self.seen.insert((path, blob), Arc::clone(&seen));
        Ok(seen)
    }

    /// Returns the text of the file at `path` of a tree; nothing where there is none.
    pub(super) fn text_in(&self, tree: ObjectId, path: PathNo) -> Result<Vec<u8>, VerifyError> {
        let blob = self.repository.content_at(tree, &self.paths.get(path))?;
        Ok(match blob.map(|blob| self.reader.blob(blob)).transpose()? {
            Some(Content::Read(object)) => object.data().to_vec(),
            Some(Content::TooLarge) | None => Vec::new(),
        })
    }

    /// Returns the sightings of the file at `path` of a tree.
    pub(super) fn look_in(
        &mut self,
        tree: ObjectId,
        path: PathNo,
    ) -> Result<Arc<[Sighting]>, VerifyError> {
        let blob = self.repository.content_at(tree, &self.paths.get(path))?;
        self.look(path, blob)
    }
}

/// Does `work` for the numbers below `count` in pieces, each thread with eyes of its own, and brings
/// together in order what they counted. Neighbouring numbers go to the same eyes.
pub(super) fn share(
    order: &VerifyOrder<'_>,
    paths: &Paths,
    doing: &str,
    count: usize,
    piece: usize,
    work: impl Fn(&mut Eyes<'_, '_>, Range<usize>, &mut Tally) -> Result<(), VerifyError> + Sync,
) -> Result<Tally, VerifyError> {
    let pieces = count.div_ceil(piece);
    let next = AtomicUsize::new(0);
    let done = AtomicU64::new(0);
    let tallies: Mutex<Vec<(usize, Tally)>> = Mutex::new(Vec::with_capacity(pieces));
    let (detector, progress) = (order.detector, order.progress);
    let cancel = order.cancel;
    let run = |repository: &Repository| -> Result<(), VerifyError> {
        repository.read_with(|reader| {
            let mut eyes = Eyes::new(repository, paths, reader, detector);
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= pieces {
                    return Ok(());
                }
                if cancel.load(Ordering::Relaxed) {
                    return Err(VerifyError::Interrupted);
                }
                let range = number * piece..((number + 1) * piece).min(count);
                let (length, mut tally) = (range.len() as u64, Tally::default());
                work(&mut eyes, range, &mut tally)?;
                tallies
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push((number, tally));
                let done = done.fetch_add(length, Ordering::Relaxed) + length;
                progress(doing, done, count as u64);
            }
        })
    };
    let threads = order.threads.min(pieces);
    if threads < 2 {
        run(order.repository)?;
    } else {
        let again = &order.repository.again();
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..threads)
                .map(|_| {
                    let (run, next) = (&run, &next);
                    scope.spawn(move || {
                        let opened = again.open().map_err(VerifyError::from);
                        let done = opened.and_then(|repository| run(&repository));
                        if done.is_err() {
                            // No other thread takes another piece.
                            next.store(pieces, Ordering::Relaxed);
                        }
                        done
                    })
                })
                .collect();
            threads.into_iter().try_for_each(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        })?;
    }
    let mut tallies = tallies.into_inner().unwrap_or_else(PoisonError::into_inner);
    tallies.sort_by_key(|(number, _)| *number);
    let mut all = Tally::default();
    tallies.into_iter().for_each(|(_, tally)| all.add(tally));
    Ok(all)
}
