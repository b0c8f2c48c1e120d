//! The commits of a step matched with their parents ahead of following them, one after the other, on
//! another thread: what renames ask for is not at hand any more, and would be read while all others wait.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::ScanError;
use super::facts::{ComparedTable, Kinds, SeenTable, Sight, Texts};
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

/// Commits that are handed on together: most need no more than a look, few much.
const PIECE: usize = 64;

/// Pieces that may wait to be followed.
const WAITING: usize = 32;

/// What was read of a step.
pub(super) struct Known<'a> {
    pub(super) sight: Sight<'a>,
    pub(super) seen: Arc<SeenTable>,
    pub(super) kinds: Kinds,
    pub(super) compared: &'a ComparedTable,
}

/// A commit with how many parents it has, and its changes.
pub(super) type Changed<'c> = (usize, &'c [Change]);

/// Some commits, one after the other. `None` for merges, where a version is older than the step, since what
/// earlier steps saw, following knows, and where enough is held.
type Piece = Vec<Option<Matched>>;

/// What commits came to, in their order, as far as they are matched ahead.
#[derive(Default)]
pub(super) struct Ahead {
    pieces: Option<Receiver<Piece>>,
    piece: std::vec::IntoIter<Option<Matched>>,
    /// The sightings whose origins are held by now.
    held: Arc<AtomicUsize>,
}

/// Where commits that are matched go.
pub(super) struct HandOn {
    pieces: SyncSender<Piece>,
    held: Arc<AtomicUsize>,
    /// How many may be.
    most: usize,
}

impl Ahead {
    /// Returns what is matched ahead, and where it is to be put: up to so many sightings, and the commit that
    /// brings it there.
    pub(super) fn new(most: usize) -> (HandOn, Ahead) {
        let (hand_on, pieces) = sync_channel(WAITING);
        let ahead = Ahead {
            pieces: Some(pieces),
            ..Ahead::default()
        };
        let hand_on = HandOn {
            pieces: hand_on,
            held: Arc::clone(&ahead.held),
            most,
        };
        (hand_on, ahead)
    }

    /// Waits for the next commit; `None` is for following to match.
    pub(super) fn next(&mut self) -> Option<Matched> {
        if self.piece.len() == 0 {
            // Who ends early could not read something, and following says what; or was told to end.
            self.piece = self.pieces.as_ref()?.recv().ok()?.into_iter();
        }
        let matched = self.piece.next()??;
        self.held.fetch_sub(matched.len(), Ordering::Relaxed);
        Some(matched)
    }
}

impl Known<'_> {
    /// Matches commits until nobody takes them any more.
    ///
    /// # Errors
    /// What cannot be read, and what `check` says.
    pub(super) fn match_ahead(
        &self,
        repository: &Repository,
        commits: &[Changed<'_>],
        hand_on: &HandOn,
        check: impl Fn() -> Result<(), ScanError>,
    ) -> Result<(), ScanError> {
        repository.read_with(|reader| {
            let facts = KnownFacts {
                known: self,
                reader,
                texts: RefCell::default(),
            };
            for piece in commits.chunks(PIECE) {
                check()?;
                let matched = piece
                    .iter()
                    .map(|commit| self.matched(*commit, &facts, hand_on));
                let matched = matched.collect::<Result<Piece, ScanError>>()?;
                if hand_on.pieces.send(matched).is_err() {
                    break;
                }
            }
            Ok(())
        })
    }

    fn matched(
        &self,
        (parents, changes): Changed<'_>,
        facts: &KnownFacts<'_, '_, '_>,
        HandOn { held, most, .. }: &HandOn,
    ) -> Result<Option<Matched>, ScanError> {
        if parents > 1 || held.load(Ordering::Relaxed) >= *most {
            return Ok(None);
        }
        match Matched::of(changes, |_| true, facts) {
            Ok(matched) => {
                held.fetch_add(matched.len(), Ordering::Relaxed);
                Ok(Some(matched))
            }
            Err(Unknown::Earlier) => Ok(None),
            Err(Unknown::Unread(error)) => Err(error),
        }
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
    use super::*;
    use crate::changes::Olds;
    use crate::debt::attributes::Attributes;
    use crate::debt::detect::Detector;
    use crate::debt::left_out::PathRules;
    use crate::debt::rules::Rules;
    use crate::object_id::ObjectId;
    use crate::workspace::scan::Names;

    #[test]
    fn of_what_is_not_followed_yet_no_more_is_held_than_may_be() {
        let folder = tempfile::tempdir().unwrap();
        git2::Repository::init_bare(folder.path()).unwrap();
        let repository = Repository::open(folder.path()).unwrap();
        let files = PathRules::new(Attributes::parse(&[], None), &[]).unwrap();
        let detector = Detector::new(Rules::default(), files);
        let names = Names::default();
        let path = names.paths.number(b"debt.rs");
        let blob = names.blobs.number(ObjectId::from_bytes([1; 20]));
        let kind = detector.kind(b"debt.rs");
        let sight = Sight {
            detector: &detector,
            names: &names,
        };
        let text = "// TODO: pay\ncall();\n".repeat(600);
        let mut reading = detector.reading(&names.markers);
        let seen = reading.seen(kind, b"debt.rs", text.as_bytes()).unwrap();
        let mut table = SeenTable::default();
        let number = table.want((blob, kind), &seen).unwrap();
        table.set(number, seen);
        let known = Known {
            sight,
            seen: Arc::new(table),
            kinds: Kinds::from_iter([(path, kind)]),
            compared: &ComparedTable::default(),
        };
        let new_file = [Change::Wrote {
            path,
            new: Some(blob),
            olds: Olds::One(None),
        }];
        let commits = vec![(1, &new_file[..]); PIECE * 2];
        let (hand_on, mut ahead) = Ahead::new(1_000);
        known
            .match_ahead(&repository, &commits, &hand_on, || Ok(()))
            .unwrap();
        drop(hand_on);
        let is_matched: Vec<bool> = commits.iter().map(|_| ahead.next().is_some()).collect();
        assert!(is_matched[..2].iter().all(|is| *is));
        assert!(!is_matched[2..].iter().any(|is| *is));
        assert_eq!(ahead.held.load(Ordering::Relaxed), 0);

        // What is followed at once makes room for the next.
        let (hand_on, mut ahead) = Ahead::new(1_000);
        for _ in 0..PIECE {
            known
                .match_ahead(&repository, &commits[..1], &hand_on, || Ok(()))
                .unwrap();
            assert_eq!(ahead.next().unwrap().len(), 600);
        }
    }
}
