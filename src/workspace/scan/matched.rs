//! The commits of a step matched with their parents ahead of following them, by who follows them and by a
//! thread that helps: what renames ask for is not at hand any more, and would be read while all others wait.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::facts::{ComparedTable, Kinds, SeenTable, Sight, Texts};
use super::{ScanError, held};
use crate::changes::Change;
use crate::debt::compared::Compared;
use crate::debt::detect::Kind;
use crate::debt::facts::{Facts, Markers, Seen};
use crate::debt::matched::Matched;
use crate::debt::matching::Version;
use crate::history::Repository;
use crate::history::reader::Reader;
use crate::interned::{BlobNo, CommitNo, PathNo};

/// Sightings whose origins are held at the most. The commits after that are matched when they are followed: a
/// file of nothing but markers that changes in every commit would fill all memory.
pub(super) const HELD: usize = 1 << 20;

/// Commits that are matched together: most need no more than a look, few much.
const PIECE: usize = 64;

/// Pieces that may wait to be followed.
const WAITING: usize = 32;

/// What was read of a step.
pub(super) struct Known<'a> {
    pub(super) sight: Sight<'a>,
    pub(super) seen: Arc<SeenTable>,
    pub(super) kinds: &'a Kinds,
    pub(super) compared: &'a ComparedTable,
}

/// A commit with how many parents it has, and its changes.
pub(super) type Changed<'c> = (usize, &'c [Change]);

/// What some commits came to, one after the other. `None` for merges, where a version is older than the step,
/// since what earlier steps saw, following knows, and where enough is held.
type Piece = Vec<Option<Matched>>;

/// The commits of a step, matched piece by piece by whoever has the time.
pub(super) struct Ahead<'a> {
    known: Known<'a>,
    commits: &'a [Changed<'a>],
    pieces: Mutex<Pieces>,
    change: Condvar,
    /// The sightings whose origins are held by now, and how many may be.
    held: AtomicUsize,
    most: usize,
}

#[derive(Default)]
struct Pieces {
    /// The first that nobody has taken.
    next: usize,
    /// The first that is not followed.
    followed: usize,
    /// Those in between that are matched.
    matched: HashMap<usize, Piece>,
    /// Whether nobody follows any more.
    ended: bool,
}

impl<'a> Ahead<'a> {
    /// Makes ready to match commits, with up to so many sightings held.
    pub(super) fn new(known: Known<'a>, commits: &'a [Changed<'a>], most: usize) -> Ahead<'a> {
        Ahead {
            known,
            commits,
            pieces: Mutex::default(),
            change: Condvar::new(),
            held: AtomicUsize::new(0),
            most,
        }
    }

    /// Matches pieces until there is none left, or nobody follows.
    ///
    /// # Errors
    /// What cannot be read, and what `check` says.
    pub(super) fn help(
        &self,
        repository: &Repository,
        check: impl Fn() -> Result<(), ScanError>,
    ) -> Result<(), ScanError> {
        repository.read_with(|reader| {
            let mut texts = Texts::default();
            while let Some(Turn::Match(taken)) = self.turn(None) {
                check()?;
                taken.matched(reader, &mut texts)?;
            }
            Ok(())
        })
    }

    /// Returns the commits in their order, for who follows them.
    pub(super) fn follow(&self) -> Following<'_> {
        Following {
            ahead: self,
            next: 0,
            piece: Vec::new().into_iter(),
            texts: Texts::default(),
        }
    }

    /// Waits for something to do: for the piece that is `wanted`, or for one to match. `None` if there will be
    /// nothing.
    fn turn(&self, wanted: Option<usize>) -> Option<Turn<'_>> {
        let count = self.commits.len().div_ceil(PIECE);
        let mut pieces = held(&self.pieces);
        loop {
            if let Some(wanted) = wanted
                && let Some(piece) = pieces.matched.remove(&wanted)
            {
                pieces.followed = wanted + 1;
                self.change.notify_all();
                return Some(Turn::Follow(piece));
            }
            if pieces.ended || wanted.is_none() && pieces.next >= count {
                return None;
            }
            if pieces.next < count.min(pieces.followed + WAITING) {
                let number = pieces.next;
                pieces.next += 1;
                return Some(Turn::Match(Taken {
                    ahead: self,
                    number,
                    piece: Vec::new(),
                }));
            }
            let change = self.change.wait(pieces);
            pieces = change.unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// What there is to do.
enum Turn<'t> {
    /// To follow the piece that was wanted.
    Follow(Piece),
    /// To match a piece.
    Match(Taken<'t>),
}

/// A piece that is being matched. Whatever ends that, it is there for who waits for it: as far as it was matched.
struct Taken<'t> {
    ahead: &'t Ahead<'t>,
    number: usize,
    piece: Piece,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let piece = std::mem::take(&mut self.piece);
        held(&self.ahead.pieces).matched.insert(self.number, piece);
        self.ahead.change.notify_all();
    }
}

impl Taken<'_> {
    fn matched(mut self, reader: &Reader<'_>, texts: &mut Texts) -> Result<(), ScanError> {
        let Ahead {
            known,
            commits,
            held,
            most,
            ..
        } = self.ahead;
        let facts = KnownFacts {
            known,
            reader,
            texts: RefCell::new(texts),
        };
        let commits = commits.iter().skip(self.number * PIECE).take(PIECE);
        for (parents, changes) in commits {
            let is_full = held.load(Ordering::Relaxed) >= *most;
            let matched = match *parents > 1 || is_full {
                true => None,
                false => match Matched::of(changes, |_| true, &facts) {
                    Ok(matched) => Some(matched),
                    Err(Unknown::Earlier) => None,
                    Err(Unknown::Unread(error)) => return Err(error),
                },
            };
            held.fetch_add(matched.as_ref().map_or(0, Matched::len), Ordering::Relaxed);
            self.piece.push(matched);
        }
        Ok(())
    }
}

/// The commits of a step in their order, for who follows them.
pub(super) struct Following<'a> {
    ahead: &'a Ahead<'a>,
    /// The next commit.
    next: usize,
    piece: std::vec::IntoIter<Option<Matched>>,
    texts: Texts,
}

impl Following<'_> {
    /// Returns what the next commit came to, and matches others while that is not known; `None` is for following to
    /// match.
    pub(super) fn next(&mut self, reader: &Reader<'_>) -> Option<Matched> {
        if self.next.is_multiple_of(PIECE) {
            self.piece = self.piece(self.next / PIECE, reader).into_iter();
        }
        self.next += 1;
        // Who ended early could not read something, and following says what; or was told to end.
        let matched = self.piece.next()??;
        self.ahead.held.fetch_sub(matched.len(), Ordering::Relaxed);
        Some(matched)
    }

    fn piece(&mut self, number: usize, reader: &Reader<'_>) -> Piece {
        loop {
            match self.ahead.turn(Some(number)) {
                Some(Turn::Follow(piece)) => return piece,
                Some(Turn::Match(taken)) => {
                    // What it is that cannot be read is said when it is followed.
                    let _ = taken.matched(reader, &mut self.texts);
                }
                None => return Vec::new(),
            }
        }
    }
}

impl Drop for Following<'_> {
    fn drop(&mut self) {
        held(&self.ahead.pieces).ended = true;
        self.ahead.change.notify_all();
    }
}

struct KnownFacts<'a, 'r, 'o> {
    known: &'a Known<'a>,
    reader: &'r Reader<'o>,
    texts: RefCell<&'a mut Texts>,
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
        let seen = self.known.seen.get((blob, kind));
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::changes::Olds;
    use crate::debt::attributes::Attributes;
    use crate::debt::detect::Detector;
    use crate::debt::left_out::PathRules;
    use crate::debt::rules::Rules;
    use crate::object_id::ObjectId;
    use crate::workspace::scan::Names;

    /// A step of one file, of which two contents were read that the repository has not.
    struct Step {
        _folder: TempDir,
        repository: Repository,
        detector: Detector,
        names: Names,
        seen: Arc<SeenTable>,
        path: PathNo,
        blobs: [BlobNo; 2],
    }

    impl Step {
        fn new() -> Step {
            let folder = tempfile::tempdir().unwrap();
            git2::Repository::init_bare(folder.path()).unwrap();
            let repository = Repository::open(folder.path()).unwrap();
            let files = PathRules::new(Attributes::parse(&[], None), &[]).unwrap();
            let detector = Detector::new(Rules::default(), files);
            let names = Names::default();
            let path = names.paths.number(b"debt.rs");
            let kind = detector.kind(b"debt.rs");
            let mut table = SeenTable::default();
            let blobs = [600, 599].map(|count| {
                let id = [(count % 7) as u8; 20];
                let blob = names.blobs.number(ObjectId::from_bytes(id));
                let text = "// TODO: pay\ncall();\n".repeat(count);
                let mut reading = detector.reading(&names.markers);
                let seen = reading.seen(kind, b"debt.rs", text.as_bytes()).unwrap();
                let number = table.want((blob, kind), &seen).unwrap();
                table.set(number, seen);
                blob
            });
            Step {
                _folder: folder,
                repository,
                detector,
                names,
                seen: Arc::new(table),
                path,
                blobs,
            }
        }

        /// Which commits come to who follows them as matched, with help or without.
        fn matched(&self, commits: &[Changed<'_>], most: usize, helped: bool) -> Vec<bool> {
            let kind = self.detector.kind(b"debt.rs");
            let known = Known {
                sight: Sight {
                    detector: &self.detector,
                    names: &self.names,
                },
                seen: Arc::clone(&self.seen),
                kinds: &Kinds::from_iter([(self.path, kind)]),
                compared: &ComparedTable::default(),
            };
            let ahead = Ahead::new(known, commits, most);
            if helped {
                let _ = ahead.help(&self.repository, || Ok(()));
            }
            let matched: Result<_, ScanError> = self.repository.read_with(|reader| {
                let mut following = ahead.follow();
                let next = |_| following.next(reader).is_some();
                Ok(commits.iter().map(next).collect())
            });
            assert_eq!(ahead.held.load(Ordering::Relaxed), 0);
            matched.unwrap()
        }

        fn new_file(&self) -> [Change; 1] {
            [Change::Wrote {
                path: self.path,
                new: Some(self.blobs[0]),
                olds: Olds::One(None),
            }]
        }
    }

    #[test]
    fn of_what_is_not_followed_yet_no_more_is_held_than_may_be() {
        let step = Step::new();
        let new_file = step.new_file();
        let commits = vec![(1, &new_file[..]); PIECE * 2];
        let at = |matched: &[bool]| -> Vec<usize> {
            let all = matched.iter().enumerate();
            all.filter(|(_, is)| **is).map(|(at, _)| at).collect()
        };
        assert_eq!(at(&step.matched(&commits, 1_000, true)), [0, 1]);
        // What is followed makes room for the next.
        let alone = step.matched(&commits, 1_000, false);
        assert_eq!(at(&alone), [0, 1, PIECE, PIECE + 1]);
        let all = step.matched(&commits, usize::MAX, true);
        assert_eq!(at(&all).len(), commits.len());
    }

    #[test]
    fn what_cannot_be_read_is_left_to_following() {
        let step = Step::new();
        let new_file = step.new_file();
        // Which sighting went is told by the texts.
        let edited = [Change::Wrote {
            path: step.path,
            new: Some(step.blobs[1]),
            olds: Olds::One(Some(step.blobs[0])),
        }];
        let mut commits = vec![(1, &new_file[..]); PIECE + 2];
        commits[3] = (1, &edited[..]);
        for helped in [true, false] {
            let matched = step.matched(&commits, usize::MAX, helped);
            assert_eq!(matched[..5], [true, true, true, false, false]);
            assert_eq!(matched[PIECE..], [true, true]);
        }
    }

    #[test]
    fn who_helps_ends_when_nobody_follows_any_more() {
        let step = Step::new();
        let new_file = step.new_file();
        let commits = vec![(1, &new_file[..]); PIECE * (WAITING + 2)];
        let known = Known {
            sight: Sight {
                detector: &step.detector,
                names: &step.names,
            },
            seen: Arc::clone(&step.seen),
            kinds: &Kinds::default(),
            compared: &ComparedTable::default(),
        };
        let ahead = Ahead::new(known, &commits, 0);
        let repository = step.repository.again().open().unwrap();
        std::thread::scope(|scope| {
            let following = ahead.follow();
            let helper = scope.spawn(|| {
                let repository = repository;
                ahead.help(&repository, || Ok(()))
            });
            drop(following);
            assert!(helper.join().unwrap().is_ok());
        });
    }
}
