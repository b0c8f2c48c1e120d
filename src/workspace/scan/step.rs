//! One step: commits are read together, followed one after the other, and written whole.

use std::cell::RefCell;
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::facts::{ComparedTable, Kinds, Sight, StepFacts};
use super::read::ReadStep;
use super::{Open, Run, Said, ScanError};
use crate::changes::Change;
use crate::debt::facts::MarkerNo;
use crate::debt::follow::{Event, EventKind, Followed, Parent};
use crate::debt::matched::Matched;
use crate::debt::state::State;
use crate::history::commits::{Commit, Moment};
use crate::history::reader::Reader;
use crate::interned::{CommitNo, PathNo};
use crate::store;
use crate::store::index::UnreadRow;
use crate::store::index::{self, Batch, CommitRow, EventRow, Index, Saying, StateNo, StateRow};

/// Commits that are written together: while some are, the next ones are followed.
const WRITTEN: usize = 1_024;
const WRITTEN_PARTS: usize = 8;

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
        self.seen.begin(step.seen);
        let count = WRITTEN.max(commits.len().div_ceil(WRITTEN_PARTS));
        let (index, mut kinds, mut done) = (Mutex::new(index), step.kinds, 0);
        let mut next = |batch: &mut Batch| -> Result<bool, ScanError> {
            let some = done..commits.len().min(done + count);
            self.follow(
                reader,
                &index,
                &commits[some.clone()],
                (
                    &step.changes[some.clone()],
                    step.matched.get(some.clone()).unwrap_or_default(),
                    &step.compared,
                ),
                &mut kinds,
                batch,
            )?;
            self.order.check()?;
            self.name_new(batch);
            self.next_commit += some.len() as u32;
            done = some.end;
            Ok(done < commits.len())
        };
        if commits.len() > count {
            let done = std::thread::scope(|scope| {
                let (hand_on, take) = sync_channel::<Batch>(0);
                let write = || -> Result<(), store::Error> {
                    take.into_iter()
                        .try_for_each(|batch| held(&index).add(&batch))
                };
                let writer = std::thread::Builder::new()
                    .spawn_scoped(scope, write)
                    .ok()?;
                let mut followed = Ok(true);
                while let Ok(true) = followed {
                    let mut some = std::mem::take(&mut batch);
                    followed = next(&mut some);
                    if followed.is_ok() && hand_on.send(some).is_err() {
                        // The writer says why.
                        break;
                    }
                }
                drop(hand_on);
                let written = writer.join().unwrap_or_else(|panic| resume_unwind(panic));
                Some(followed.and(written.map_err(ScanError::from)))
            });
            if let Some(done) = done {
                return done;
            }
            // No thread is to be had.
        }
        loop {
            let mut some = std::mem::take(&mut batch);
            let more = next(&mut some)?;
            held(&index).add(&some)?;
            if !more {
                return Ok(());
            }
        }
    }

    fn follow(
        &mut self,
        reader: &mut Reader<'_>,
        index: &Mutex<&mut Index>,
        commits: &[Commit<Said>],
        (changes, matched, compared): (&[Vec<Change>], &[Option<Matched>], &ComparedTable),
        kinds: &mut Kinds,
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
            let mut follower = std::mem::take(&mut self.follower);
            let facts = StepFacts {
                sight: self.sight(),
                reader: RefCell::new(reader),
                seen: RefCell::new(std::mem::take(&mut self.seen)),
                kinds: RefCell::new(std::mem::take(kinds)),
                trees: &self.trees,
                texts: RefCell::new(std::mem::take(&mut self.texts)),
                compared,
            };
            let followed = follower.follow(
                number,
                &states,
                &changes[at],
                matched.get(at).and_then(Option::as_ref),
                &facts,
            );
            let mut followed = followed?;
            let markers = &self.names.markers;
            for saw in &commit.message.sightings {
                let item = follower.born_in_message(markers.words(markers.number(&saw.marker)));
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
            *kinds = facts.kinds.into_inner();
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

fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn moment(moment: Moment) -> index::Moment {
    index::Moment {
        seconds: moment.seconds,
        offset: moment.offset,
    }
}
