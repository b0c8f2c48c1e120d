//! One step: commits are read together, followed one after the other, and written whole.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::facts::{SeenTable, StepFacts};
use super::read::{Compared, Contents, Progress};
use super::{Open, Run, Said, ScanError};
use crate::changes::Change;
use crate::debt::detect::Kind;
use crate::debt::facts::MarkerNo;
use crate::debt::follow::{Event, EventKind, Followed, Parent};
use crate::debt::state::State;
use crate::history::commits::{Commit, Moment};
use crate::history::reader::Reader;
use crate::interned::{CommitNo, PathNo};
use crate::store::index::UnreadRow;
use crate::store::index::{self, Batch, CommitRow, EventRow, Index, Saying, StateNo, StateRow};

impl Run<'_> {
    /// Reads, follows and writes some commits; `done` of `total` commits were done before. Returns
    /// how many it did: the first at least, all unless they change very much.
    pub(super) fn step(
        &mut self,
        reader: &mut Reader<'_>,
        index: &mut Index,
        commits: &[Commit<Said>],
        done: u64,
        total: u64,
    ) -> Result<usize, ScanError> {
        for (at, commit) in commits.iter().enumerate() {
            let number = CommitNo(self.next_commit + at as u32);
            self.known.insert(commit.id, number);
            self.trees.insert(number, commit.tree);
        }
        let mut parents = Vec::with_capacity(commits.len());
        for commit in commits {
            let mut trees = Vec::with_capacity(commit.parents.len());
            for parent in &commit.parents {
                let Some(number) = self.known.get(parent).copied() else {
                    return Err(crate::store::Error::Lost { id: *parent }.into());
                };
                trees.push(self.tree_of_known(reader, *parent, number)?);
            }
            parents.push(trees);
        }
        let progress = Progress::new(self.order, done, commits.len() as u64, total);
        let Compared { changes, skipped } =
            self.compare_trees(reader, commits, &parents, &progress)?;
        let commits = &commits[..changes.len()];
        let contents = self.read_contents(reader, &changes, &progress)?;
        let mut batch = Batch::default();
        batch
            .unread
            .extend(skipped.into_iter().map(|folder| UnreadRow {
                path: folder.path,
                blob: None,
                why: match folder.deep {
                    true => "too many folders in each other".to_owned(),
                    false => "a folder with too many entries".to_owned(),
                },
            }));
        for (path, blob, why) in &contents.left_out {
            if why.is_listed() {
                batch.unread.push(UnreadRow {
                    path: self.paths.get(*path).to_vec(),
                    blob: Some(self.blobs.get(*blob)),
                    why: why.to_string(),
                });
            }
        }
        self.follow(reader, index, commits, &changes, contents, &mut batch)?;
        self.order.check()?;
        self.name_new(&mut batch);
        index.add(&batch)?;
        self.next_commit += commits.len() as u32;
        Ok(commits.len())
    }

    fn follow(
        &mut self,
        reader: &mut Reader<'_>,
        index: &Index,
        commits: &[Commit<Said>],
        changes: &[Vec<Change>],
        contents: Contents,
        batch: &mut Batch,
    ) -> Result<(), ScanError> {
        let Contents { seen, kinds, .. } = contents;
        let (mut seen, mut kinds): (SeenTable, HashMap<PathNo, Kind>) = (seen, kinds);
        for (at, commit) in commits.iter().enumerate() {
            if at % 256 == 0 {
                self.order.check()?;
            }
            let mut parents = Vec::with_capacity(commit.parents.len());
            for parent in &commit.parents {
                parents.push(self.followed(reader, index, *parent)?);
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
                seen: RefCell::new(seen),
                kinds: RefCell::new(kinds),
                trees: &self.trees,
                texts: RefCell::default(),
            };
            let followed = follower.follow(number, &states, &changes[at], &facts);
            let mut followed = followed?;
            for saw in &commit.message.sightings {
                let item =
                    follower.born_in_message(self.markers.words(self.markers.number(&saw.marker)));
                let event = Event {
                    item,
                    kind: EventKind::Introduced,
                    path: PathNo(u32::MAX),
                    line: saw.line,
                    marker: self.markers.number(&saw.marker),
                    context: 0,
                };
                followed.events.push(event);
            }
            seen = facts.seen.into_inner();
            kinds = facts.kinds.into_inner();
            self.follower = follower;
            self.keep(commit, number, parents.first(), followed, batch);
            for parent in &commit.parents {
                self.leave(*parent);
            }
        }
        Ok(())
    }

    /// Puts what a commit gave into the batch.
    fn keep(
        &mut self,
        commit: &Commit<Said>,
        number: CommitNo,
        parent: Option<&Open>,
        followed: Followed,
        batch: &mut Batch,
    ) {
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
                batch.paths.push((path.0, self.paths.get(path).to_vec()));
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
            names.push((marker.0, self.markers.get(marker)));
        }
    }
}

fn moment(moment: Moment) -> index::Moment {
    index::Moment {
        seconds: moment.seconds,
        offset: moment.offset,
    }
}
