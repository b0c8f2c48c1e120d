//! Writing to an index: a batch, or a finished scan's view, each in one transaction.

use std::collections::HashSet;

use rusqlite::{Transaction, TransactionBehavior, params};

use super::delta::Delta;
use super::{Batch, Index, View};
use crate::debt::Tier;
use crate::debt::follow::EventKind;
use crate::debt::payment::How;
use crate::debt::state::State;
use crate::interned::CommitNo;
use crate::store::Error;

impl Index {
    /// Adds a batch. Its commits are reachable from no tip until a view says so.
    ///
    /// # Errors
    /// A full disk, another writer that does not end; then nothing of the batch is there.
    pub fn add(&mut self, batch: &Batch) -> Result<(), Error> {
        let failed = self.failed("write to");
        self.transaction()?
            .add(batch)
            .and_then(Writing::commit)
            .map_err(failed)
    }

    /// Says what the tips hold, once every commit that they reach is there.
    ///
    /// # Errors
    /// As for [`Index::add`].
    pub fn set_view(&mut self, view: &View, new_commits: CommitNo) -> Result<(), Error> {
        let reachable = if view.grown {
            None
        } else {
            Some(self.reachable_from(&view.tips)?)
        };
        let failed = self.failed("write to");
        self.transaction()?
            .set_view(view, new_commits, reachable.as_ref())
            .and_then(Writing::commit)
            .map_err(failed)
    }

    fn transaction(&mut self) -> Result<Writing<'_>, Error> {
        let failed = self.failed("write to");
        self.db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map(Writing)
            .map_err(failed)
    }
}

/// One transaction.
struct Writing<'a>(Transaction<'a>);

impl Writing<'_> {
    fn commit(self) -> rusqlite::Result<()> {
        self.0.commit()
    }

    fn add(self, batch: &Batch) -> rusqlite::Result<Self> {
        self.add_words(batch)?;
        self.add_commits(batch)?;
        self.add_states(batch)?;
        self.add_events(batch)?;
        Ok(self)
    }

    fn add_words(&self, batch: &Batch) -> rusqlite::Result<()> {
        let mut add = self
            .0
            .prepare("INSERT INTO paths (no, path) VALUES (?1, ?2)")?;
        for (number, path) in &batch.paths {
            add.execute(params![number, path])?;
        }
        let mut add = self.0.prepare(
            "INSERT INTO markers (no, tier, kind, text, assignee, ticket) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for (number, marker) in &batch.markers {
            let tier = match marker.tier {
                Tier::Declared => 0,
                Tier::Suspected => 1,
            };
            add.execute(params![
                number,
                tier,
                marker.kind,
                marker.text,
                marker.assignee,
                marker.ticket
            ])?;
        }
        Ok(())
    }

    fn add_commits(&self, batch: &Batch) -> rusqlite::Result<()> {
        let mut people = std::collections::HashMap::new();
        {
            let mut find = self.0.prepare("SELECT no, name FROM people")?;
            let mut rows = find.query([])?;
            while let Some(row) = rows.next()? {
                people.insert(row.get::<_, String>(1)?, row.get::<_, u32>(0)?);
            }
        }
        let mut add_person = self
            .0
            .prepare("INSERT INTO people (no, name) VALUES (?1, ?2)")?;
        let mut add = self.0.prepare(
            "INSERT INTO commits (no, id, parents, state, person, authored, authored_offset, \
             committed, committed_offset, generation, reachable) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0)",
        )?;
        for commit in &batch.commits {
            let person = match people.get(&commit.person) {
                Some(number) => *number,
                None => {
                    let number = people.len() as u32;
                    add_person.execute(params![number, commit.person])?;
                    people.insert(commit.person.clone(), number);
                    number
                }
            };
            let parents: Vec<u8> = commit
                .parents
                .iter()
                .flat_map(|parent| parent.0.to_le_bytes())
                .collect();
            add.execute(params![
                commit.no.0,
                commit.id.as_bytes(),
                parents,
                commit.state.0,
                person,
                commit.authored.seconds,
                commit.authored.offset,
                commit.committed.seconds,
                commit.committed.offset,
                commit.generation,
            ])?;
        }
        Ok(())
    }

    fn add_states(&self, batch: &Batch) -> rusqlite::Result<()> {
        let mut add = self
            .0
            .prepare("INSERT INTO states (no, base, delta) VALUES (?1, ?2, ?3)")?;
        let nothing = State::default();
        for row in &batch.states {
            let base = row.base.as_ref().map_or(&nothing, |(_, state)| state);
            let delta = Delta::between(base, &row.state).to_bytes();
            let base = row.base.as_ref().map(|(number, _)| number.0);
            add.execute(params![row.no.0, base, delta])?;
        }
        Ok(())
    }

    fn add_events(&self, batch: &Batch) -> rusqlite::Result<()> {
        let mut add = self.0.prepare(
            "INSERT INTO events (commit_no, item, kind, path, line, marker, context) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for event in &batch.events {
            add.execute(params![
                event.commit.0,
                event.item.0,
                kind_code(event.kind),
                event.path,
                event.line,
                event.marker,
                event.context
            ])?;
        }
        let mut add = self.0.prepare(
            "INSERT OR IGNORE INTO sayings (commit_no, reverts, operand) VALUES (?1, ?2, ?3)",
        )?;
        for saying in &batch.sayings {
            add.execute(params![saying.commit.0, saying.reverts, saying.operand])?;
        }
        let mut add = self
            .0
            .prepare("INSERT OR IGNORE INTO unread (path, blob, why) VALUES (?1, ?2, ?3)")?;
        for unread in &batch.unread {
            let blob = unread
                .blob
                .map_or(Vec::new(), |blob| blob.as_bytes().to_vec());
            add.execute(params![unread.path, blob, unread.why])?;
        }
        Ok(())
    }

    fn set_view(
        self,
        view: &View,
        new_commits: CommitNo,
        reachable: Option<&HashSet<CommitNo>>,
    ) -> rusqlite::Result<Self> {
        let commits = match reachable {
            None => {
                let before = "SELECT coalesce((SELECT value FROM meta WHERE key = 'commits'), x'0000000000000000')";
                let before: [u8; 8] = self.0.query_row(before, [], |row| row.get(0))?;
                let more = self.0.execute(
                    "UPDATE commits SET reachable = 1 WHERE no >= ?1 AND NOT reachable",
                    params![new_commits.0],
                )?;
                u64::from_le_bytes(before).saturating_add(more as u64)
            }
            Some(reachable) => {
                self.set_reachable(reachable)?;
                reachable.len() as u64
            }
        };
        let commits = commits.to_le_bytes();
        let declared = self.declared()?.to_le_bytes();
        self.set_places(view)?;
        self.set_skipped(view)?;
        let tips: Vec<u8> = view.tips.iter().flat_map(|tip| *tip.as_bytes()).collect();
        for (key, value) in [
            ("tips", &tips[..]),
            ("commits", &commits),
            ("declared", &declared),
        ] {
            self.0.execute(
                "INSERT INTO meta (key, value) VALUES (?1, ?2) \
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                params![key, value],
            )?;
        }
        Ok(self)
    }

    /// Counts the declared items that reachable commits brought in.
    fn declared(&self) -> rusqlite::Result<u64> {
        let count: i64 = self.0.query_row(
            "SELECT count(DISTINCT item) FROM events CROSS JOIN markers ON markers.no = marker \
             CROSS JOIN commits ON commits.no = commit_no \
             WHERE events.kind = 0 AND tier = 0 AND reachable",
            [],
            |row| row.get(0),
        )?;
        Ok(count.unsigned_abs())
    }

    fn set_places(&self, view: &View) -> rusqlite::Result<()> {
        match &view.replaced {
            None => {
                self.0.execute("DELETE FROM places", [])?;
            }
            Some(paths) => {
                let mut delete = self.0.prepare("DELETE FROM places WHERE path = ?1")?;
                for path in paths {
                    delete.execute(params![path])?;
                }
            }
        }
        let mut add = self.0.prepare(
            "INSERT OR REPLACE INTO places (path, at, item, line, marker) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for place in &view.places {
            add.execute(params![
                place.path,
                place.at,
                place.item.0,
                place.line,
                place.marker
            ])?;
        }
        Ok(())
    }

    fn set_skipped(&self, view: &View) -> rusqlite::Result<()> {
        self.0.execute("DELETE FROM skipped", [])?;
        let mut add = self
            .0
            .prepare("INSERT OR IGNORE INTO skipped (path, why) VALUES (?1, ?2)")?;
        for skipped in &view.skipped {
            add.execute(params![skipped.path, skipped.why])?;
        }
        Ok(())
    }

    fn set_reachable(&self, reachable: &HashSet<CommitNo>) -> rusqlite::Result<()> {
        let mut changed = Vec::new();
        {
            let mut find = self.0.prepare("SELECT no, reachable FROM commits")?;
            let mut rows = find.query([])?;
            while let Some(row) = rows.next()? {
                let number: u32 = row.get(0)?;
                let is = reachable.contains(&CommitNo(number));
                if is != row.get::<_, bool>(1)? {
                    changed.push((number, is));
                }
            }
        }
        let mut set = self
            .0
            .prepare("UPDATE commits SET reachable = ?2 WHERE no = ?1")?;
        for (number, is) in changed {
            set.execute(params![number, is])?;
        }
        Ok(())
    }
}

/// The kinds of events as numbers: these are on disk, so they are never given another meaning.
pub(super) fn kind_code(kind: EventKind) -> i64 {
    match kind {
        EventKind::Introduced => 0,
        EventKind::Moved => 1,
        EventKind::Edited => 2,
        EventKind::Reopened => 3,
        EventKind::Paid(How::Fixed) => 10,
        EventKind::Paid(How::Deleted) => 11,
        EventKind::Paid(How::CommentOnly) => 12,
        EventKind::Paid(How::Said) => 13,
    }
}

/// Reads what [`kind_code`] wrote.
pub(super) fn kind_of(code: i64) -> Option<EventKind> {
    Some(match code {
        0 => EventKind::Introduced,
        1 => EventKind::Moved,
        2 => EventKind::Edited,
        3 => EventKind::Reopened,
        10 => EventKind::Paid(How::Fixed),
        11 => EventKind::Paid(How::Deleted),
        12 => EventKind::Paid(How::CommentOnly),
        13 => EventKind::Paid(How::Said),
        _ => return None,
    })
}
