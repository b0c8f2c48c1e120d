//! The reading of steps, shared by threads: of each first all trees, then all new contents.

use std::cmp::Reverse;
use std::ops::{Range, RangeInclusive};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::ScopedJoinHandle;

use super::compare::{Comparing, Held};
use super::facts::{ComparedTable, Kinds, SeenTable, Sight};
use super::{Names, STACK, STEP_CHANGES, Said, ScanError, held, in_pieces, step_of};
use crate::changes::Change;
use crate::debt::detect::{Detector, Kind};
use crate::debt::facts::Seen;
use crate::debt::left_out::Why;
use crate::debt::marker::KnownComments;
use crate::history::Repository;
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

/// Commits whose trees one thread compares at a time: many, since trees are made of those of the commits
/// beside them, but no more than a part of its share of what is left, so that all are done at nearly the same time.
const TREES: RangeInclusive<usize> = 256..=8_192;
const TREES_PART: usize = 2;

/// Changes, entries and folders that are held for a piece, or it is compared in halves.
const PIECE_WEIGHT: usize = 100_000;

/// Contents that one thread reads at a time, and as many more as are of the last one's path: versions
/// of a file are made of each other, and what another thread reads must be put together here again.
const CONTENTS_PIECE: usize = 256;
const CONTENTS_LEAST: usize = 32;
const CONTENTS_PIECES: usize = 32;
const CONTENTS_MOST: usize = 2_048;

/// What reading a step gave.
pub(super) struct ReadStep {
    /// The commits of the scan that it holds.
    pub(super) commits: Range<usize>,
    /// The changes of each commit.
    pub(super) changes: Vec<Vec<Change>>,
    /// The folders that were not entered.
    pub(super) skipped: Vec<SkippedFolder>,
    /// The contents that were left out for a reason of their own.
    pub(super) left_out: Vec<(PathNo, BlobNo, Why)>,
    /// The sightings of all others that are new in this step.
    pub(super) seen: SeenTable,
    /// The versions of files that were compared.
    pub(super) compared: ComparedTable,
    /// How the paths of the step are read.
    pub(super) kinds: Kinds,
}

/// What is read.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) detector: &'a Detector,
    /// How many threads read.
    pub(super) threads: usize,
    pub(super) progress: &'a (dyn Fn(u64, u64) + Sync),
    pub(super) cancel: &'a AtomicBool,
    pub(super) names: &'a Names,
    /// All commits of the scan, parents first.
    pub(super) commits: &'a [Commit<Said>],
    /// The trees of the parents of each.
    pub(super) parents: &'a [Vec<ObjectId>],
    /// Set once nobody needs what is read.
    pub(super) stop: &'a AtomicBool,
}

impl Task<'_> {
    fn check(&self) -> Result<(), ScanError> {
        if self.stop.load(Ordering::Relaxed) || self.cancel.load(Ordering::Relaxed) {
            return Err(ScanError::Interrupted);
        }
        Ok(())
    }

    /// Says that `part` of `all` parts of a phase are done, which goes from `from` to `to` percent of
    /// the step that follows `done` commits.
    fn say(&self, done: usize, part: u64, all: u64, from: u64, to: u64) {
        let step = step_of(self.commits.len() - done) as u64;
        let percent = from * all.max(1) + (to - from) * part;
        let commits = step * percent / (100 * all.max(1));
        (self.progress)(done as u64 + commits, self.commits.len() as u64);
    }
}

/// Reads steps one after the other.
pub(super) struct StepReader<'a> {
    task: Task<'a>,
    /// How many commits were read.
    done: usize,
    /// A handle for each other thread, opened when first needed.
    handles: Vec<Repository>,
}

impl<'a> StepReader<'a> {
    pub(super) fn new(task: Task<'a>) -> StepReader<'a> {
        StepReader {
            task,
            done: 0,
            handles: Vec::new(),
        }
    }

    /// Reads the next step: fewer commits than wanted where they change very much. `None` at the
    /// end.
    pub(super) fn next(
        &mut self,
        repository: &Repository,
        reader: &mut Reader<'_>,
    ) -> Result<Option<ReadStep>, ScanError> {
        let left = self.task.commits.len() - self.done;
        if left == 0 {
            return Ok(None);
        }
        let range = self.done..self.done + step_of(left);
        let first_new = BlobNo(self.task.names.blobs.len() as u32);
        let (changes, skipped) = self.compare_trees(repository, reader, range)?;
        let Contents {
            seen,
            compared,
            kinds,
            left_out,
        } = self.read_contents(repository, reader, &changes, first_new)?;
        let commits = self.done..self.done + changes.len();
        self.done = commits.end;
        Ok(Some(ReadStep {
            commits,
            changes,
            skipped,
            left_out,
            seen,
            compared,
            kinds,
        }))
    }

    fn sight(&self) -> Sight<'a> {
        Sight {
            detector: self.task.detector,
            names: self.task.names,
        }
    }

    /// Compares the trees of each commit with those of its parents, up to the commit with which the
    /// changes are too many to be held at once.
    fn compare_trees(
        &mut self,
        repository: &Repository,
        reader: &mut Reader<'_>,
        range: Range<usize>,
    ) -> Result<(Vec<Vec<Change>>, Vec<SkippedFolder>), ScanError> {
        let (done, held) = (AtomicU64::new(0), AtomicUsize::new(0));
        let task = self.task;
        let before = self.done;
        let (paths, blobs) = (&task.names.paths, &task.names.blobs);
        let (commits, parents) = (&task.commits[range.clone()], &task.parents[range]);
        let pieces = in_pieces(commits.len(), TREES_PART * task.threads, TREES);
        let parts = share(
            task,
            (repository, &mut self.handles),
            reader,
            &pieces,
            |reader, range| {
                let mut trees = Trees::new(reader, paths, blobs);
                let mut changes = Vec::with_capacity(range.len());
                let whole = range.len();
                let mut to_do = vec![range];
                while let Some(some) = to_do.pop() {
                    if some.start > 0 && held.load(Ordering::Relaxed) >= STEP_CHANGES {
                        break;
                    }
                    let pairs = some.clone().map(|at| (commits[at].tree, &parents[at][..]));
                    let most = match some.len() {
                        1 => usize::MAX,
                        _ => PIECE_WEIGHT,
                    };
                    if let Some(changed) = trees.changes_of(pairs, most)? {
                        let count = changed.iter().map(Vec::len).sum();
                        held.fetch_add(count, Ordering::Relaxed);
                        changes.extend(changed);
                    } else {
                        // Too many to be held at once.
                        let half = some.start + some.len() / 2;
                        to_do.extend([half..some.end, some.start..half]);
                    }
                }
                let done = done.fetch_add(changes.len() as u64, Ordering::Relaxed);
                task.say(before, done, commits.len() as u64, 0, TREES_SHARE);
                Ok((changes, whole, trees.skipped().to_vec()))
            },
        )?;
        let mut all = Vec::with_capacity(commits.len());
        let mut all_skipped = Vec::new();
        let mut is_whole = true;
        for (changes, whole, skipped) in parts {
            if is_whole {
                is_whole = changes.len() == whole;
                all.extend(changes);
            }
            all_skipped.extend(skipped);
        }
        Ok((all, all_skipped))
    }

    /// Reads every content that the changes bring in, once for each way that it is read. Versions of
    /// one file are read one after the other, youngest first, as packs chain their differences.
    fn read_contents(
        &mut self,
        repository: &Repository,
        reader: &mut Reader<'_>,
        changes: &[Vec<Change>],
        first_new: BlobNo,
    ) -> Result<Contents, ScanError> {
        let (task, before) = (self.task, self.done);
        let names = task.names;
        let mut kinds = Kinds::default();
        let most = changes.iter().map(Vec::len).sum();
        let mut table = SeenTable::with_capacity(most, first_new);
        let mut wanted = Vec::with_capacity(most);
        let nothing: Arc<[Seen]> = Arc::from([]);
        for (commit, changes) in changes.iter().enumerate() {
            for change in changes {
                let Change::Wrote {
                    path,
                    new: Some(blob),
                    olds,
                } = change
                else {
                    continue;
                };
                let kind = *kinds
                    .entry(*path)
                    .or_insert_with(|| task.detector.kind(&names.paths.get(*path)));
                if !matches!(kind, Kind::LeftOut(_))
                    && let Some(number) = table.want((*blob, kind), &nothing)
                {
                    wanted.push(Wanted {
                        path: *path,
                        commit: Reverse(commit),
                        blob: *blob,
                        kind,
                        old: olds.of(0),
                        number,
                    });
                }
            }
        }
        wanted.sort_unstable_by_key(|one| (one.path, one.commit, one.blob));
        let paths: Vec<PathNo> = wanted.iter().map(|one| one.path).collect();
        let done = AtomicU64::new(0);
        let sight = self.sight();
        // What one thread knows of comments serves it for all its files: code moves, and licenses are copied.
        let known: Mutex<Vec<KnownComments>> = Mutex::default();
        let pieces = by_path(&paths, task.threads);
        let all = wanted.len() as u64;
        let parts = share(
            task,
            (repository, &mut self.handles),
            reader,
            &pieces,
            |reader, range| {
                let mut found = Vec::with_capacity(range.len());
                let mut compared = Vec::new();
                let comments = held(&known).pop().unwrap_or_default();
                let mut reading = sight.reading().knowing(comments);
                let mut comparing = Comparing::default();
                let wanted = &wanted[range];
                let ids = names.blobs.get_all(wanted.iter().map(|one| one.blob));
                reader.expect(ids.iter().copied());
                let files = wanted.chunk_by(|one, two| one.path == two.path);
                let versions = files.flat_map(|versions| {
                    let name = names.paths.get(versions[0].path);
                    versions.iter().map(move |one| (one, Arc::clone(&name)))
                });
                for ((one, name), id) in versions.zip(ids) {
                    let Wanted {
                        path,
                        blob,
                        kind,
                        old,
                        number,
                        ..
                    } = *one;
                    let read = sight.read(reader, &mut reading, kind, &name, id)?;
                    let seen = read.map(|(seen, object)| {
                        compared.extend(comparing.next(
                            names,
                            Held {
                                path,
                                blob,
                                old,
                                object,
                                seen: Arc::clone(&seen),
                            },
                        ));
                        seen
                    });
                    found.push(
                        seen.map_err(|why| (path, blob, why))
                            .map(|seen| (number, seen)),
                    );
                }
                held(&known).push(reading.into_known());
                let done = done.fetch_add(found.len() as u64, Ordering::Relaxed);
                task.say(before, done, all, TREES_SHARE, 100);
                Ok((found, compared))
            },
        )?;
        let mut contents = Contents {
            seen: table,
            compared: ComparedTable::default(),
            kinds,
            left_out: Vec::new(),
        };
        for (found, compared) in parts {
            contents.compared.extend(compared);
            for found in found {
                match found {
                    Ok((number, seen)) => contents.seen.set(number, seen),
                    Err(left_out) => contents.left_out.push(left_out),
                }
            }
        }
        Ok(contents)
    }
}

/// A content that is to be read.
#[derive(Clone, Copy)]
struct Wanted {
    path: PathNo,
    /// The first commit of the step that has it there.
    commit: Reverse<usize>,
    blob: BlobNo,
    kind: Kind,
    /// What the commit's first parent has there.
    old: Option<BlobNo>,
    /// Its number in the table of the step.
    number: u32,
}

/// What the contents of a step gave, see [`ReadStep`].
struct Contents {
    seen: SeenTable,
    compared: ComparedTable,
    kinds: Kinds,
    left_out: Vec<(PathNo, BlobNo, Why)>,
}

/// Cuts a sorted list of paths into pieces for so many threads, if possible where the path changes.
fn by_path(paths: &[PathNo], threads: usize) -> Vec<Range<usize>> {
    let least = paths.len() / (CONTENTS_PIECES * threads.max(1));
    let least = least.clamp(CONTENTS_LEAST, CONTENTS_PIECE);
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in 1..=paths.len() {
        let is_end = at == paths.len() || paths[at] != paths[at - 1];
        if at == paths.len() || at - start >= CONTENTS_MOST || is_end && at - start >= least {
            pieces.push(start..at);
            start = at;
        }
    }
    pieces
}

/// Does `work` for each piece, on as many threads as the scan may use, this one among them, and returns the
/// results in order. Each thread has a repository of its own.
fn share<T: Send>(
    task: Task<'_>,
    (repository, handles): (&Repository, &mut Vec<Repository>),
    reader: &mut Reader<'_>,
    pieces: &[Range<usize>],
    work: impl Fn(&mut Reader<'_>, Range<usize>) -> Result<T, ScanError> + Sync,
) -> Result<Vec<T>, ScanError> {
    let count: usize = pieces.iter().map(Range::len).sum();
    let threads = match count {
        ..ALONE => 1,
        _ => task.threads.clamp(1, pieces.len()),
    };
    // The longest first, so that all are done at nearly the same time.
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|number| Reverse(pieces[*number].len()));
    let next = AtomicUsize::new(0);
    // After an error no thread takes another piece.
    let end = |_: &ScanError| next.store(order.len(), Ordering::Relaxed);
    let do_some = |reader: &mut Reader<'_>| -> Result<Vec<(usize, T)>, ScanError> {
        let mut done = Vec::new();
        while let Some(number) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            task.check()?;
            done.push((*number, work(reader, pieces[*number].clone())?));
        }
        Ok(done)
    };
    let again = repository.again();
    let ready: Vec<Option<Repository>> = (1..threads).map(|_| handles.pop()).collect();
    let (own, others) = std::thread::scope(|scope| {
        let start = |ready: Option<Repository>| {
            let (do_some, again, end) = (&do_some, &again, &end);
            let worker = std::thread::Builder::new().stack_size(STACK);
            let thread = worker.spawn_scoped(scope, move || {
                let repository = match ready {
                    Some(repository) => repository,
                    None => again.open().map_err(ScanError::from).inspect_err(end)?,
                };
                let done = repository.read_with(|reader| do_some(reader));
                Ok::<_, ScanError>((done.inspect_err(end)?, repository))
            });
            // A thread that is not to be had is made up for by the others.
            thread.ok()
        };
        let started: Vec<_> = ready.into_iter().filter_map(start).collect();
        let own = do_some(reader).inspect_err(end);
        let join = |thread: ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        (own, started.into_iter().map(join).collect::<Vec<_>>())
    });
    let mut results = own?;
    for other in others {
        let (done, repository) = other?;
        results.extend(done);
        handles.push(repository);
    }
    results.sort_by_key(|(number, _)| *number);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_content_is_in_one_piece_and_a_path_in_as_few_as_can_be(
            counts in prop::collection::vec(1_usize..900, 0..12),
        ) {
            let paths: Vec<PathNo> = (0..)
                .zip(&counts)
                .flat_map(|(number, count)| vec![PathNo(number); *count])
                .collect();
            let pieces = by_path(&paths, 2);
            let mut next = 0;
            for piece in &pieces {
                prop_assert_eq!(piece.start, next);
                prop_assert!(!piece.is_empty() && piece.len() <= CONTENTS_MOST);
                let is_cut = piece.end < paths.len() && paths[piece.end] == paths[piece.end - 1];
                prop_assert!(!is_cut || piece.len() == CONTENTS_MOST);
                next = piece.end;
            }
            prop_assert_eq!(next, paths.len());
        }
    }
}
