//! Reading from an index.

use std::collections::{HashMap, HashSet};

use rusqlite::{OptionalExtension, Row, Transaction, params};
use xxhash_rust::xxh3::xxh3_64;

use super::delta::Delta;
use super::write::kind_of;
use super::{
    CommitRow, EventRow, Index, Moment, PlaceRow, Resume, Saying, SkippedRow, StateNo, UnreadRow,
};
use crate::debt::follow::{EventKind, Grave};
use crate::debt::matching::is_distinctive;
use crate::debt::state::{ItemNo, State};
use crate::debt::{Marker, Tier};
use crate::interned::{CommitNo, PathNo};
use crate::object_id::ObjectId;
use crate::store::Error;

/// A state is written whole at the latest after so many differences: reading one costs no more.
pub const CHAIN: u32 = 64;

/// One state of an index, for as long as it is held.
#[derive(Debug)]
pub struct Snapshot<'a>(#[allow(dead_code)] Transaction<'a>);

impl Index {
    /// Lets all that is read while the result is held be of one state of the index, whatever another process
    /// writes meanwhile.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, Error> {
        let transaction = self.db.unchecked_transaction();
        Ok(Snapshot(transaction.map_err(self.failed("read"))?))
    }

    /// Returns the tips of the last finished scan, `None` before the first.
    pub fn tips(&self) -> Result<Option<Vec<ObjectId>>, Error> {
        let tips: Option<Vec<u8>> = self
            .db
            .query_row("SELECT value FROM meta WHERE key = 'tips'", [], |row| {
                row.get(0)
            })
            .optional()
            .map_err(self.failed("read"))?;
        Ok(tips.map(|tips| {
            tips.chunks_exact(20)
                .filter_map(ObjectId::from_slice)
                .collect()
        }))
    }

    /// Returns whether there is any commit, be it from a scan that did not finish.
    pub fn has_commits(&self) -> Result<bool, Error> {
        self.db
            .query_row("SELECT EXISTS (SELECT 1 FROM commits)", [], |row| {
                row.get(0)
            })
            .map_err(self.failed("read"))
    }

    /// Returns the number of a commit and whether the tips reach it.
    pub fn commit(&self, id: ObjectId) -> Result<Option<(CommitNo, bool)>, Error> {
        self.db
            .prepare_cached("SELECT no, reachable FROM commits WHERE id = ?1")
            .and_then(|mut find| {
                find.query_row(params![id.as_bytes()], |row| {
                    Ok((CommitNo(row.get(0)?), row.get(1)?))
                })
                .optional()
            })
            .map_err(self.failed("read"))
    }

    /// Returns how many commits the tips reach.
    pub fn commit_count(&self) -> Result<u64, Error> {
        self.counted("commits")
    }

    /// Returns how many declared items there are, open and paid.
    pub fn declared_count(&self) -> Result<u64, Error> {
        self.counted("declared")
    }

    /// Returns a number that the last view gave, 0 before the first one: to count takes longer than all else
    /// that a report reads.
    fn counted(&self, key: &str) -> Result<u64, Error> {
        let kept: Option<[u8; 8]> = self
            .db
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()
            .map_err(self.failed("read"))?;
        Ok(kept.map_or(0, u64::from_le_bytes))
    }

    /// Returns what a scan needs to go on.
    pub fn resume(&self) -> Result<Resume, Error> {
        let markers = self.markers()?;
        let words: HashMap<u32, (u64, bool, bool)> = markers
            .iter()
            .map(|(number, marker)| {
                let declared = marker.tier == Tier::Declared;
                let distinctive = is_distinctive(&marker.text);
                (
                    *number,
                    (xxh3_64(marker.text.as_bytes()), distinctive, declared),
                )
            })
            .collect();
        let mut resume = Resume {
            paths: self.paths()?,
            ..Resume::default()
        };
        for event in self.all_events()? {
            let Some((said, distinctive, declared)) = words.get(&event.marker).copied() else {
                return Err(self.damaged("an event without its marker"));
            };
            resume.items = resume.items.max(event.item.0.saturating_add(1));
            if let (EventKind::Paid(_), Some(path)) = (event.kind, event.path) {
                resume.graves.push(Grave {
                    item: event.item,
                    words: said,
                    path: PathNo(path),
                    context: event.context,
                    distinctive,
                    declared,
                });
            }
        }
        resume.markers = markers;
        let next = |table: &str| {
            self.db.query_row(
                &format!("SELECT coalesce(max(no) + 1, 0) FROM {table}"),
                [],
                |row| row.get(0),
            )
        };
        resume.next_commit = next("commits").map_err(self.failed("read"))?;
        resume.next_state = next("states").map_err(self.failed("read"))?;
        Ok(resume)
    }

    /// Returns the generation of a commit, see [`CommitRow::generation`].
    pub fn generation_of(&self, commit: CommitNo) -> Result<u32, Error> {
        self.db
            .query_row(
                "SELECT generation FROM commits WHERE no = ?1",
                params![commit.0],
                |row| row.get(0),
            )
            .map_err(self.failed("read"))
    }

    /// Returns the state of a commit with its number and how many differences it is made of.
    pub fn state_of(&self, commit: CommitNo) -> Result<(StateNo, State, u32), Error> {
        let number: u32 = self
            .db
            .query_row(
                "SELECT state FROM commits WHERE no = ?1",
                params![commit.0],
                |row| row.get(0),
            )
            .map_err(self.failed("read"))?;
        let mut find = self
            .db
            .prepare_cached("SELECT base, delta FROM states WHERE no = ?1")
            .map_err(self.failed("read"))?;
        let mut deltas = Vec::new();
        let mut next = Some(number);
        while let Some(number) = next {
            let (base, delta): (Option<u32>, Vec<u8>) = find
                .query_row(params![number], |row| Ok((row.get(0)?, row.get(1)?)))
                .map_err(self.failed("read"))?;
            let delta = Delta::from_bytes(&delta);
            deltas.push(delta.ok_or_else(|| self.damaged("a state that cannot be read"))?);
            // A base is written before what is made of it: anything else would never end.
            if base.is_some_and(|base| base >= number) {
                return Err(self.damaged("a state that is made of a later one"));
            }
            next = base;
        }
        let mut state = State::default();
        for delta in deltas.iter().rev() {
            delta.apply(&mut state);
        }
        Ok((StateNo(number), state, deltas.len() as u32))
    }

    /// Returns all paths by number.
    pub fn paths(&self) -> Result<Vec<(u32, Vec<u8>)>, Error> {
        self.rows("SELECT no, path FROM paths ORDER BY no", |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Returns all markers by number.
    pub fn markers(&self) -> Result<Vec<(u32, Marker)>, Error> {
        self.rows(
            "SELECT no, tier, kind, text, assignee, ticket FROM markers ORDER BY no",
            |row| {
                let tier = match row.get(1)? {
                    0 => Tier::Declared,
                    _ => Tier::Suspected,
                };
                let marker = Marker {
                    tier,
                    kind: row.get(2)?,
                    text: row.get(3)?,
                    assignee: row.get(4)?,
                    ticket: row.get(5)?,
                };
                Ok((row.get(0)?, marker))
            },
        )
    }

    /// Returns the events of the commits that the tips reach, by commit.
    pub fn reachable_events(&self) -> Result<Vec<EventRow>, Error> {
        // In this order: there are far fewer events than commits.
        self.events("CROSS JOIN commits ON commits.no = commit_no WHERE reachable")
    }

    /// Returns the events of all commits, of those too that the tips do not reach, by commit.
    pub fn all_events(&self) -> Result<Vec<EventRow>, Error> {
        self.events("")
    }

    fn events(&self, which: &str) -> Result<Vec<EventRow>, Error> {
        let rows = self.rows(
            &format!(
                "SELECT commit_no, item, kind, path, line, marker, context FROM events {which} \
                 ORDER BY events.no"
            ),
            |row| {
                let kind: i64 = row.get(2)?;
                let event = EventRow {
                    commit: CommitNo(row.get(0)?),
                    item: ItemNo(row.get(1)?),
                    kind: kind_of(kind).unwrap_or(EventKind::Introduced),
                    path: row.get(3)?,
                    line: row.get(4)?,
                    marker: row.get(5)?,
                    context: row.get(6)?,
                };
                Ok((kind_of(kind).is_some(), event))
            },
        )?;
        rows.into_iter()
            .map(|(known, event)| known.then_some(event))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| self.damaged("an event of no known kind"))
    }

    /// Returns the sayings of the commits that the tips reach.
    pub fn sayings(&self) -> Result<Vec<Saying>, Error> {
        self.rows(
            "SELECT commit_no, reverts, operand FROM sayings \
             CROSS JOIN commits ON commits.no = commit_no WHERE reachable",
            |row| {
                Ok(Saying {
                    commit: CommitNo(row.get(0)?),
                    reverts: row.get(1)?,
                    operand: row.get(2)?,
                })
            },
        )
    }

    /// Returns where the items of the tips stand.
    pub fn places(&self) -> Result<Vec<PlaceRow>, Error> {
        self.rows("SELECT path, at, item, line, marker FROM places", |row| {
            Ok(PlaceRow {
                path: row.get(0)?,
                at: row.get(1)?,
                item: ItemNo(row.get(2)?),
                line: row.get(3)?,
                marker: row.get(4)?,
            })
        })
    }

    /// Returns the contents that were not read in any commit.
    pub fn unread(&self) -> Result<Vec<UnreadRow>, Error> {
        self.rows("SELECT path, blob, why FROM unread", |row| {
            Ok(UnreadRow {
                path: row.get(0)?,
                blob: ObjectId::from_slice(&row.get::<_, Vec<u8>>(1)?),
                why: row.get(2)?,
            })
        })
    }

    /// Returns the files of the tips that were not read.
    pub fn skipped(&self) -> Result<Vec<SkippedRow>, Error> {
        self.rows("SELECT path, why FROM skipped ORDER BY path, why", |row| {
            Ok(SkippedRow {
                path: row.get(0)?,
                why: row.get(1)?,
            })
        })
    }

    /// Returns the commits that the tips reach, by number.
    pub fn reachable_commits(&self) -> Result<Vec<CommitRow>, Error> {
        self.rows(
            "SELECT commits.no, id, parents, state, people.name, authored, authored_offset, \
             committed, committed_offset, generation FROM commits JOIN people ON people.no = person \
             WHERE reachable ORDER BY commits.no",
            commit_row,
        )
    }

    /// Returns the commits that the tips reach and that were made from a second on, since 1970 in
    /// UTC, and before another, by number. `committed` asks for the committer's time, else it is the
    /// author's.
    pub fn commits_between(
        &self,
        from: i64,
        until: i64,
        committed: bool,
    ) -> Result<Vec<CommitRow>, Error> {
        let time = if committed { "committed" } else { "authored" };
        let query = format!(
            "SELECT commits.no, id, parents, state, people.name, authored, authored_offset, \
             committed, committed_offset, generation FROM commits JOIN people ON people.no = person \
             WHERE reachable AND {time} >= ?1 AND {time} < ?2 ORDER BY commits.no"
        );
        self.db
            .prepare(&query)
            .and_then(|mut found| found.query_map(params![from, until], commit_row)?.collect())
            .map_err(self.failed("read"))
    }

    /// Returns the commits with events or sayings that the tips reach, by number.
    pub fn told_commits(&self) -> Result<Vec<CommitRow>, Error> {
        self.rows(
            "SELECT commits.no, id, parents, state, people.name, authored, authored_offset, \
             committed, committed_offset, generation FROM commits JOIN people ON people.no = person \
             WHERE reachable AND commits.no IN (SELECT commit_no FROM events \
             UNION SELECT commit_no FROM sayings) ORDER BY commits.no",
            commit_row,
        )
    }

    /// Returns the numbers of the commits that the tips reach.
    pub(super) fn reachable_from(&self, tips: &[ObjectId]) -> Result<HashSet<CommitNo>, Error> {
        let parents: HashMap<u32, Vec<u8>> = self
            .rows("SELECT no, parents FROM commits", |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .into_iter()
            .collect();
        let mut reachable = HashSet::new();
        let mut open = Vec::new();
        for tip in tips {
            open.extend(self.commit(*tip)?.map(|(number, _)| number));
        }
        while let Some(number) = open.pop() {
            if reachable.insert(number)
                && let Some(parents) = parents.get(&number.0)
            {
                open.extend(numbers(parents));
            }
        }
        Ok(reachable)
    }

    fn rows<T>(
        &self,
        query: &str,
        row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        self.db
            .prepare(query)
            .and_then(|mut found| found.query_map([], row)?.collect())
            .map_err(self.failed("read"))
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = CommitNo> + '_ {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers
        .iter()
        .map(|number| CommitNo(u32::from_le_bytes(*number)))
}

fn commit_row(row: &Row<'_>) -> rusqlite::Result<CommitRow> {
    let id: [u8; 20] = row.get(1)?;
    let parents: Vec<u8> = row.get(2)?;
    Ok(CommitRow {
        no: CommitNo(row.get(0)?),
        id: ObjectId::from_bytes(id),
        parents: numbers(&parents).collect(),
        generation: row.get(9)?,
        state: StateNo(row.get(3)?),
        person: row.get(4)?,
        authored: Moment {
            seconds: row.get(5)?,
            offset: row.get(6)?,
        },
        committed: Moment {
            seconds: row.get(7)?,
            offset: row.get(8)?,
        },
    })
}
