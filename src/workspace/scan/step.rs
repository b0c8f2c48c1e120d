//! One step: commits are read together, followed one after the other, and written whole.

use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};

use super::facts::{ComparedTable, Kinds, Sight, StepFacts};
use super::matched::{Ahead, Changed, Following, HELD, Known};
use super::read::ReadStep;
use super::{Open, Run, STACK, Said, ScanError, check, held, in_pieces};
use crate::changes::Change;
use crate::debt::facts::MarkerNo;
use crate::debt::follow::{Event, EventKind, Followed, Parent};
use crate::debt::state::State;
use crate::history::commits::{Commit, Moment};
use crate::history::reader::Reader;
use crate::interned::{CommitNo, PathNo};
use crate::store;
use crate::store::index::UnreadRow;
use crate::store::index::{self, Batch, CommitRow, EventRow, Index, Saying, StateNo, StateRow};

/// So few commits are matched and written by the thread that follows them.
const ALONE: usize = 48;

/// Commits that are written together, a part of those that are left: while some are, the next ones are followed.
const WRITTEN: RangeInclusive<usize> = 256..=4_096;
const WRITTEN_PART: usize = 4;

/// So many of these may wait to be written.
const WAITING: usize = 1;

impl<'a> Run<'a> {
    /// Follows what was read of some of the commits `new`, and writes it: some of them at a time, whole.
    pub(super) fn step(
        &mut self,
        reader: &mut Reader<'_>,
        index: &mut Index,
        new: &[Commit<Said>],
        step: ReadStep,
    ) -> Result<(), ScanError> {
        let mut batch = Batch::default();
        batch
            .unread
            .extend(step.skipped.into_iter().map(|folder| UnreadRow {
                path: folder.path,
                blob: None,
                why: match folder.deep {
                    true => "too many folders in each other".to_owned(),
                    false => "a folder with too many entries".to_owned(),
                },
            }));
        for (path, blob, why) in &step.left_out {
            if why.is_listed() {
                batch.unread.push(UnreadRow {
                    path: self.names.paths.get(*path).to_vec(),
                    blob: Some(self.names.blobs.get(*blob)),
                    why: why.to_string(),
                });
            }
        }
        let commits = &new[step.commits];
        let seen = Arc::new(step.seen);
        self.seen.begin(Arc::clone(&seen));
        let known = Known {
            sight: self.sight(),
            seen,
            kinds: &step.kinds,
            compared: &step.compared,
        };
        let changes = &step.changes[..];
        let parents = commits.iter().map(|commit| commit.parents.len());
        let changed: Vec<Changed<'_>> = parents.zip(changes.iter().map(Vec::as_slice)).collect();
        let ahead = &Ahead::new(known, &changed, HELD);
        let pieces = in_pieces(commits.len(), WRITTEN_PART, WRITTEN);
        let index = Mutex::new(index);
        let order = self.order;
        std::thread::scope(|scope| {
            let (mut following, mut writer) = (None, None);
            // Where no thread is to be had, all is done on this one.
            if order.threads > 1 && commits.len() > ALONE {
                following = Some(ahead.follow());
                let (again, cancel) = (order.repository.again(), order.cancel);
                let help = move || ahead.help(&again.open()?, || check(cancel));
                let _ = thread().spawn_scoped(scope, help);
            }
            if order.threads > 1 && pieces.len() > 1 {
                let (hand_on, batches) = sync_channel::<Batch>(WAITING);
                let write = || -> Result<(), store::Error> {
                    let mut batches = batches.into_iter();
                    batches.try_for_each(|batch| held(&index).add(&batch))
                };
                let thread = thread().spawn_scoped(scope, write).ok();
                writer = thread.map(|thread| (thread, hand_on));
            }
            let mut followed = Ok(());
            for piece in pieces {
                let (commits, changes) = (&commits[piece.clone()], &changes[piece]);
                let known = (&step.compared, &step.kinds);
                let changes = (changes, &mut following);
                followed = self.follow(reader, &index, commits, changes, known, &mut batch);
                if followed.is_err() {
                    break;
                }
                self.name_new(&mut batch);
                self.next_commit += commits.len() as u32;
                let batch = std::mem::take(&mut batch);
                match &writer {
                    Some((_, hand_on)) => {
                        if hand_on.send(batch).is_err() {
                            // It says why it ended.
                            break;
                        }
                    }
                    None => held(&index).add(&batch)?,
                }
            }
            drop(following);
            let Some((thread, hand_on)) = writer else {
                return followed;
            };
            drop(hand_on);
            let written = thread.join().unwrap_or_else(|panic| resume_unwind(panic));
            followed.and(written.map_err(ScanError::from))
        })
    }

    fn follow(
        &mut self,
        reader: &mut Reader<'_>,
        index: &Mutex<&mut Index>,
        commits: &[Commit<Said>],
        (changes, ahead): (&[Vec<Change>], &mut Option<Following<'_>>),
        (compared, kinds): (&ComparedTable, &Kinds),
        batch: &mut Batch,
    ) -> Result<(), ScanError> {
        for (at, commit) in commits.iter().enumerate() {
            if at % 256 == 0 {
                self.order.check()?;
            }
            let mut parents = Vec::with_capacity(commit.parents.len());
            for parent in &commit.parents {
                let open = match self.open.get(parent) {
                    Some(open) => open.clone(),
                    None => self.followed(reader, &held(index), *parent)?,
                };
                parents.push(open);
            }
            let number = CommitNo(self.next_commit + at as u32);
            let states: Vec<Parent<'_>> = parents
                .iter()
                .map(|open| Parent {
                    commit: open.number,
                    state: &open.state,
                })
                .collect();
            let matched = ahead.as_mut().and_then(|ahead| ahead.next(reader));
            let mut follower = std::mem::take(&mut self.follower);
            let facts = StepFacts {
                sight: self.sight(),
                reader: RefCell::new(reader),
                seen: RefCell::new(std::mem::take(&mut self.seen)),
                kinds,
                other_kinds: RefCell::new(std::mem::take(&mut self.other_kinds)),
                trees: &self.trees,
                texts: RefCell::new(std::mem::take(&mut self.texts)),
                compared,
            };
            let followed = follower.follow(number, &states, &changes[at], matched.as_ref(), &facts);
            let mut followed = followed?;
            let markers = &self.names.markers;
            for saw in &commit.message.sightings {
                let item = follower.new_item();
                let event = Event {
                    item,
                    kind: EventKind::Introduced,
                    path: PathNo(u32::MAX),
                    line: saw.line,
                    marker: markers.number(&saw.marker),
                    context: 0,
                };
                followed.events.push(event);
            }
            self.seen = facts.seen.into_inner();
            self.texts = facts.texts.into_inner();
            self.other_kinds = facts.other_kinds.into_inner();
            self.follower = follower;
            self.keep(commit, number, &parents, followed, batch);
            for parent in &commit.parents {
                self.leave(*parent);
            }
        }
        Ok(())
    }

    /// What reads the contents that following asks for.
    pub(super) fn sight(&self) -> Sight<'a> {
        Sight {
            detector: self.order.detector,
            names: self.names,
        }
    }

    /// Puts what a commit gave into the batch.
    fn keep(
        &mut self,
        commit: &Commit<Said>,
        number: CommitNo,
        parents: &[Open],
        followed: Followed,
        batch: &mut Batch,
    ) {
        let parent = parents.first();
        let generations = parents.iter().map(|open| open.generation);
        let generation = generations.max().unwrap_or(0).saturating_add(1);
        let (kept, depth) = match parent {
            Some(open) if open.state.is_shared_with(&followed.state) => (open.kept, open.depth),
            _ => {
                let no = StateNo(self.next_state);
                self.next_state += 1;
                let base = parent.filter(|open| open.depth < index::CHAIN);
                batch.states.push(StateRow {
                    no,
                    base: base.map(|open| (open.kept, open.state.clone())),
                    state: followed.state.clone(),
                });
                (no, base.map_or(1, |open| open.depth + 1))
            }
        };
        batch.commits.push(CommitRow {
            no: number,
            id: commit.id,
            parents: commit
                .parents
                .iter()
                .filter_map(|parent| self.known.get(parent).copied())
                .collect(),
            generation,
            state: kept,
            person: commit.author.clone(),
            authored: moment(commit.authored),
            committed: moment(commit.committed),
        });
        batch
            .events
            .extend(followed.events.iter().map(|event| EventRow {
                commit: number,
                item: event.item,
                kind: event.kind,
                path: (event.path.0 != u32::MAX).then_some(event.path.0),
                line: event.line,
                marker: event.marker.0,
                context: event.context,
            }));
        let say = |reverts: bool| {
            move |operand: &String| Saying {
                commit: number,
                reverts,
                operand: operand.clone(),
            }
        };
        batch
            .sayings
            .extend(commit.message.pays.iter().map(say(false)));
        batch
            .sayings
            .extend(commit.message.reverts.iter().map(say(true)));
        if self.children.contains_key(&commit.id) {
            let open = Open {
                number,
                generation,
                kept,
                state: followed.state,
                depth,
            };
            self.open.insert(commit.id, open);
        }
    }

    /// Adds the paths and markers to the batch that it is the first to speak of.
    pub(super) fn name_new(&mut self, batch: &mut Batch) {
        let mut paths: Vec<PathNo> = batch
            .events
            .iter()
            .filter_map(|e| e.path.map(PathNo))
            .collect();
        let nothing = State::default();
        for row in &batch.states {
            let base = row.base.as_ref().map_or(&nothing, |(_, state)| state);
            base.differing(&row.state, |path| paths.push(path));
        }
        for path in paths {
            if self.kept_paths.insert(path) {
                batch
                    .paths
                    .push((path.0, self.names.paths.get(path).to_vec()));
            }
        }
        for event in &batch.events {
            self.name_marker(MarkerNo(event.marker), &mut batch.markers);
        }
    }

    pub(super) fn name_marker(
        &mut self,
        marker: MarkerNo,
        names: &mut Vec<(u32, Arc<crate::debt::Marker>)>,
    ) {
        if self.kept_markers.insert(marker) {
            names.push((marker.0, self.names.markers.get(marker)));
        }
    }
}

/// A thread that reads: folders may lie deep in each other.
fn thread() -> std::thread::Builder {
    std::thread::Builder::new().stack_size(STACK)
}

fn moment(moment: Moment) -> index::Moment {
    index::Moment {
        seconds: moment.seconds,
        offset: moment.offset,
    }
}
