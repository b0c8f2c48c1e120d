//! The reading of a step, shared by threads: first all trees, then all new contents.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::facts::{SeenTable, Sight};
use super::{Order, Run, STACK, STEP_CHANGES, Said, ScanError};
use crate::changes::Change;
use crate::debt::detect::Kind;
use crate::debt::facts::Seen;
use crate::debt::left_out::Why;
use crate::history::commits::Commit;
use crate::history::reader::Reader;
use crate::history::trees::{SkippedFolder, Trees};
use crate::interned::{BlobNo, PathNo};
use crate::object_id::ObjectId;

/// Below this much work a second thread costs more than it brings.
const ALONE: usize = 48;

/// How much of a step's work is done when all trees are compared, in percent: measured on histories
/// of 2,000 to 80,000 commits.
const TREES_SHARE: u64 = 25;

/// Commits whose trees one thread compares at a time.
const TREES_PIECE: usize = 128;

/// What comparing the trees of a step gave.
pub(super) struct Compared {
    /// The changes of each commit.
    pub(super) changes: Vec<Vec<Change>>,
    /// The folders that were not entered.
    pub(super) skipped: Vec<SkippedFolder>,
}

/// What reading the contents of a step gave.
pub(super) struct Contents {
    pub(super) seen: SeenTable,
    pub(super) kinds: HashMap<PathNo, Kind>,
    /// The contents that were left out for a reason of their own.
    pub(super) left_out: Vec<(PathNo, BlobNo, Why)>,
}

/// Counts commits while a step is read.
pub(super) struct Progress<'a> {
    tell: &'a (dyn Fn(u64, u64) + Sync),
    before: u64,
    step: u64,
    total: u64,
}

impl<'a> Progress<'a> {
    pub(super) fn new(order: &'a Order<'a>, before: u64, step: u64, total: u64) -> Self {
        Progress {
            tell: order.progress,
            before,
            step,
            total,
        }
    }

    /// Says that `done` of `all` parts of a phase are done, which goes from `from` to `to` percent of
    /// the step.
    fn say(&self, done: u64, all: u64, from: u64, to: u64) {
        let percent = from * all.max(1) + (to - from) * done;
        let commits = self.step * percent / (100 * all.max(1));
        (self.tell)(self.before + commits, self.total);
    }
}

impl Run<'_> {
    /// Compares the trees of each commit with those of its parents, up to the commit with which the
    /// changes are too many to be held at once.
    pub(super) fn compare_trees(
        &self,
        reader: &mut Reader<'_>,
        commits: &[Commit<Said>],
        parents: &[Vec<ObjectId>],
        progress: &Progress<'_>,
    ) -> Result<Compared, ScanError> {
        let (done, held) = (AtomicU64::new(0), AtomicUsize::new(0));
        let (paths, blobs) = (&self.paths, &self.blobs);
        let parts = share(
            self.order,
            reader,
            commits.len(),
            TREES_PIECE,
            |reader, range| {
                let mut trees = Trees::new(reader, paths, blobs);
                let mut changes = Vec::with_capacity(range.len());
                let whole = range.len();
                for at in range {
                    if at > 0 && held.load(Ordering::Relaxed) >= STEP_CHANGES {
                        break;
                    }
                    let changed = trees.changes(commits[at].tree, &parents[at])?;
                    held.fetch_add(changed.len(), Ordering::Relaxed);
                    changes.push(changed);
                }
                let done = done.fetch_add(changes.len() as u64, Ordering::Relaxed);
                progress.say(done, commits.len() as u64, 0, TREES_SHARE);
                Ok((changes, whole, trees.skipped().to_vec()))
            },
        )?;
        let mut compared = Compared {
            changes: Vec::with_capacity(commits.len()),
            skipped: Vec::new(),
        };
        let mut is_whole = true;
        for (changes, whole, skipped) in parts {
            if is_whole {
                is_whole = changes.len() == whole;
                compared.changes.extend(changes);
            }
            compared.skipped.extend(skipped);
        }
        Ok(compared)
    }

    /// Reads every content that the changes bring in, once for each way that it is read. Versions of
    /// one file are read one after the other, youngest first, as packs chain their deltas.
    pub(super) fn read_contents(
        &self,
        reader: &mut Reader<'_>,
        changes: &[Vec<Change>],
        progress: &Progress<'_>,
    ) -> Result<Contents, ScanError> {
        let mut kinds: HashMap<PathNo, Kind> = HashMap::new();
        let mut wanted: HashMap<(BlobNo, Kind), (PathNo, usize)> = HashMap::new();
        for (commit, changes) in changes.iter().enumerate() {
            for change in changes {
                let Change::Wrote {
                    path,
                    new: Some(blob),
                    ..
                } = change
                else {
                    continue;
                };
                let kind = *kinds
                    .entry(*path)
                    .or_insert_with(|| self.order.detector.kind(&self.paths.get(*path)));
                if !matches!(kind, Kind::LeftOut(_)) {
                    wanted.entry((*blob, kind)).or_insert((*path, commit));
                }
            }
        }
        let mut wanted: Vec<_> = wanted
            .into_iter()
            .map(|((blob, kind), (path, commit))| (path, std::cmp::Reverse(commit), blob, kind))
            .collect();
        wanted.sort_unstable_by_key(|(path, commit, blob, _)| (*path, *commit, *blob));
        let done = AtomicU64::new(0);
        let sight = self.sight();
        let parts = share(self.order, reader, wanted.len(), 256, |reader, range| {
            let mut found = Vec::with_capacity(range.len());
            let mut reading = sight.reading();
            for (path, _, blob, kind) in &wanted[range] {
                let seen = sight.read(reader, &mut reading, *kind, *path, *blob)?;
                found.push((*path, *blob, *kind, seen));
            }
            let done = done.fetch_add(found.len() as u64, Ordering::Relaxed);
            progress.say(done, wanted.len() as u64, TREES_SHARE, 95);
            Ok(found)
        })?;
        let mut contents = Contents {
            seen: SeenTable::with_capacity(wanted.len()),
            kinds,
            left_out: Vec::new(),
        };
        let nothing: Arc<[Seen]> = Arc::from([]);
        for (path, blob, kind, seen) in parts.into_iter().flatten() {
            let seen = seen.unwrap_or_else(|why| {
                contents.left_out.push((path, blob, why));
                Arc::clone(&nothing)
            });
            contents.seen.insert((blob, kind), seen);
        }
        Ok(contents)
    }

    pub(super) fn sight(&self) -> Sight<'_> {
        Sight {
            detector: self.order.detector,
            paths: &self.paths,
            blobs: &self.blobs,
            markers: &self.markers,
        }
    }
}

/// Does `work` for the numbers below `count` in pieces of `piece`, on as many threads as the scan may
/// use, and returns the results in order. Each thread has a repository of its own.
fn share<T: Send>(
    order: &Order<'_>,
    reader: &mut Reader<'_>,
    count: usize,
    piece: usize,
    work: impl Fn(&mut Reader<'_>, Range<usize>) -> Result<T, ScanError> + Sync,
) -> Result<Vec<T>, ScanError> {
    let pieces = count.div_ceil(piece);
    let range = |number: usize| number * piece..((number + 1) * piece).min(count);
    if count < ALONE || order.threads < 2 {
        return (0..pieces)
            .map(|number| {
                order.check()?;
                work(reader, range(number))
            })
            .collect();
    }
    let threads = order.threads.min(pieces);
    let repositories: Vec<_> = (0..threads)
        .map(|_| order.repository.reopen())
        .collect::<Result<_, _>>()?;
    let next = AtomicUsize::new(0);
    let cancel = order.cancel;
    let take = || -> Option<usize> {
        let number = next.fetch_add(1, Ordering::Relaxed);
        (number < pieces && !cancel.load(Ordering::Relaxed)).then_some(number)
    };
    let all = std::thread::scope(|scope| {
        let threads: Vec<_> = repositories
            .into_iter()
            .filter_map(|repository| {
                let (take, work, next) = (&take, &work, &next);
                let worker = std::thread::Builder::new().stack_size(STACK);
                let thread = worker.spawn_scoped(scope, move || {
                    let done = repository.read_with(|reader| -> Result<Vec<_>, ScanError> {
                        let mut done = Vec::new();
                        while let Some(number) = take() {
                            done.push((number, work(reader, range(number))?));
                        }
                        Ok(done)
                    });
                    if done.is_err() {
                        // No other thread takes another piece.
                        next.store(pieces, Ordering::Relaxed);
                    }
                    done
                });
                // A thread that is not to be had is made up for by the others.
                thread.ok()
            })
            .collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().map(join).collect::<Vec<_>>()
    });
    let mut results = Vec::with_capacity(pieces);
    for done in all {
        results.extend(done?);
    }
    order.check()?;
    if results.is_empty() {
        for number in 0..pieces {
            results.push((number, work(reader, range(number))?));
        }
    }
    results.sort_by_key(|(number, _)| *number);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}
