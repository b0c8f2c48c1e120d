//! The commits of a stretch of time, as people read them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::ledger::{order_of, proper_name};
use super::report::moment;
use super::source::Source;
use super::{Error, Workspace};
use crate::changes::Change;
use crate::history::commits;
use crate::history::trees::Trees;
use crate::interned::{Blobs, Paths};
use crate::report::commits::{Author, Commit, MOST_PATHS, MOST_SUBJECT};
use crate::store::index::CommitRow;
use crate::week::CommitTime;

impl Workspace {
    /// Returns the commits that the followed tips of all repositories reach and whose deciding time
    /// is in `[from, until)`, newest first, as of the last scan. Only these and their first parents
    /// are read from git.
    ///
    /// # Errors
    /// An index or a repository that cannot be read.
    pub fn commits(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Commit>, Error> {
        let committed = self.calendar.settings().commit_time == CommitTime::Committer;
        let mut found = Vec::new();
        for entry in &self.repositories {
            let Some(source) = &entry.source else {
                continue;
            };
            let index = source.index(&self.detection)?;
            // Commits count in whole seconds: one in the middle of a second is of the next.
            let seconds =
                |at: DateTime<Utc>| at.timestamp() + i64::from(at.timestamp_subsec_nanos() > 0);
            let rows = index.commits_between(seconds(from), seconds(until), committed)?;
            let orders = rows.iter().map(order_of).collect::<Vec<_>>();
            found.extend(
                orders
                    .into_iter()
                    .zip(self.read(&entry.name, source, &rows)?),
            );
        }
        // Of the same second, children before their parents.
        found.sort_by_cached_key(|(order, commit)| {
            (Reverse((commit.time, *order)), commit.repository.clone())
        });
        Ok(found.into_iter().map(|(_, commit)| commit).collect())
    }

    /// Returns who made commits in `[from, until)`, in each repository those with most first, as of
    /// the last scan. Of git only the mailmap is read.
    ///
    /// # Errors
    /// As for [`Workspace::commits`].
    pub fn authors(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Author>, Error> {
        let committed = self.calendar.settings().commit_time == CommitTime::Committer;
        let mut found = Vec::new();
        for entry in &self.repositories {
            let Some(source) = &entry.source else {
                continue;
            };
            let index = source.index(&self.detection)?;
            let mailmap = source.repository().mailmap()?;
            let rows = index.commits_between(from.timestamp(), until.timestamp(), committed)?;
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for row in &rows {
                *counts
                    .entry(proper_name(&mailmap, &row.person))
                    .or_default() += 1;
            }
            let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
            counts.sort_by_key(|(_, commits)| Reverse(*commits));
            found.extend(counts.into_iter().map(|(author, commits)| Author {
                repository: entry.name.clone(),
                author,
                commits,
            }));
        }
        Ok(found)
    }

    /// Reads the commits of rows, in their order.
    fn read(
        &self,
        repository: &str,
        source: &Source,
        rows: &[CommitRow],
    ) -> Result<Vec<Commit>, Error> {
        let mailmap = source.repository().mailmap()?;
        let boundary = source.repository().shallow_boundary();
        let (paths, blobs) = (Paths::default(), Blobs::default());
        source.repository().read_with(|reader| {
            let mut found = Vec::with_capacity(rows.len());
            for row in rows {
                let commit = commits::commit(reader, row.id, first_line)?;
                let merge = commit.parents.len() > 1;
                // Of a commit at the end of a shallow history nobody knows what it changed.
                let mut changes = Vec::new();
                if !merge && !boundary.contains(&row.id) {
                    let parent = commit.parents.first();
                    let parent = parent.map(|parent| commits::commit(reader, *parent, |_| ()));
                    let before: Vec<_> =
                        parent.transpose()?.map(|it| it.tree).into_iter().collect();
                    changes = Trees::new(reader, &paths, &blobs).changes(commit.tree, &before)?;
                }
                let path = |change: &Change| match change {
                    Change::Wrote { path, .. } | Change::Took { path, .. } => {
                        String::from_utf8_lossy(&paths.get(*path)).into_owned()
                    }
                };
                found.push(Commit {
                    repository: repository.to_owned(),
                    id: row.id.to_string(),
                    author: proper_name(&mailmap, &row.person),
                    time: self.local(moment(row, self.calendar.settings().commit_time)),
                    subject: commit.message,
                    merge,
                    paths: changes.iter().take(MOST_PATHS).map(path).collect(),
                });
            }
            Ok(found)
        })
    }
}

fn first_line(message: &str) -> String {
    let line = message.trim_start().lines().next().unwrap_or_default();
    line.trim_end().chars().take(MOST_SUBJECT).collect()
}
