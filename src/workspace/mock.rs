//! Stand-ins that outlived their promise, as items of debt.
//!
//! A promise is due, its stand-in is still there: that is debt of the kind MOCK from the due time on.
//! It is paid when the real thing is there or the promise is called off, and by the commit that
//! takes the stand-in's file away. Nobody writes it down; its id is made of the promise's, which is
//! the same on every clone.

use chrono::{DateTime, TimeDelta, Utc};

use super::Error;
use super::decided::full_name;
use super::report::Writer;
use super::source::Source;
use crate::debt::{Tier, ledger};
use crate::history::commits;
use crate::history::trees::Trees;
use crate::interned::{Blobs, Paths};
use crate::report::commits::Commit;
use crate::report::debt::{
    Event, EventKind, How, Introduced, Item, Paid, Source as Stands, Status,
};
use crate::week::Id;
use crate::week::family::Family;
use crate::week::promise::{MockDebt, Promise, PromiseState};

/// The marker of such an item.
const MARKER: &str = "MOCK";

/// For how long after the due time the commit is looked for that took the file away. A file that went
/// later, or without a commit that says so, was no debt that anybody can tell of.
const LOOKED_FOR: TimeDelta = TimeDelta::days(28);

/// Where a stand-in's file is, or was.
struct Place {
    repository: String,
    path: String,
    /// Whether the tips have it.
    is_there: bool,
}

/// The id of the item that a promise's stand-in becomes.
pub(super) fn id(promise: &Id) -> String {
    ledger::id(b"\0promise", promise.as_str(), 0)
}

impl Writer<'_> {
    /// Returns the items of all promises that are past due.
    pub(super) fn mock_debt(&self) -> Result<Vec<Item>, Error> {
        let mut items = Vec::new();
        for promise in self.board.promises.values() {
            // What it would be if nobody had kept it: when it was is decided below.
            let owed = Promise {
                state: PromiseState::OnMock,
                ..promise.clone()
            };
            let Some(mock) = owed.mock_debt(self.workspace.now, None) else {
                continue;
            };
            let place = match &mock.path {
                Some(path) => self.place_of(path)?,
                None => None,
            };
            let end = match promise.is_over() {
                true => match self.end_of(promise) {
                    Some(end) if end > mock.since => Some(self.said_paid(promise, end)),
                    _ => continue,
                },
                false => match &place {
                    Some(place) if !place.is_there => match self.taken_away(&mock, place)? {
                        Some(paid) => Some(paid),
                        None => continue,
                    },
                    _ => None,
                },
            };
            items.push(self.mock_item(mock, place, end));
        }
        Ok(items)
    }

    fn mock_item(&self, mock: MockDebt, place: Option<Place>, paid: Option<Paid>) -> Item {
        let owner = full_name(self.board, &mock.owner);
        let since = self.local(mock.since);
        let path = place.as_ref().map(|place| place.path.clone());
        let first = self.workspace.repositories.first();
        let event = |event, time, author: &str, commit: String| Event {
            event,
            commit,
            author: author.to_owned(),
            time,
            path: path.clone(),
            line: None,
            text: mock.text.clone(),
        };
        let mut history = vec![event(EventKind::Introduced, since, &owner, String::new())];
        if let Some(paid) = &paid {
            let commit = paid.commit.clone().unwrap_or_default();
            history.push(event(EventKind::Paid, paid.time, &paid.author, commit));
        }
        let mut item = Item {
            id: id(&mock.promise),
            repository: match (&place, first) {
                (Some(place), _) => place.repository.clone(),
                (None, Some(first)) => first.name.clone(),
                (None, None) => String::new(),
            },
            tier: Tier::Declared,
            source: Stands::Promise,
            marker: MARKER.to_owned(),
            text: mock.text.clone(),
            assignee: None,
            ticket: None,
            language: None,
            path: path.clone(),
            line: None,
            introduced: Introduced {
                commit: String::new(),
                author: owner,
                time: since,
                day: self.week.day_of(mock.since),
                path,
                line: None,
            },
            status: Status::Open,
            decision: None,
            paid,
            carried_from: None,
            history,
        };
        self.decide(&mut item);
        item
    }

    /// When a promise was kept or called off.
    fn end_of(&self, promise: &Promise) -> Option<DateTime<Utc>> {
        let facts = self.board.facts().entity(Family::Promise, &promise.id);
        let written = || facts?.written("state");
        promise.real_at.or_else(written)
    }

    fn said_paid(&self, promise: &Promise, at: DateTime<Utc>) -> Paid {
        Paid {
            commit: None,
            author: full_name(self.board, &promise.from),
            time: self.local(at),
            day: self.week.day_of(at),
            how: How::Said,
        }
    }

    /// Where the file of a stand-in is: its path may begin with the name of a repository. `None`
    /// where no repository can tell.
    fn place_of(&self, given: &str) -> Result<Option<Place>, Error> {
        let mut gone = None;
        for entry in &self.workspace.repositories {
            let Some(source) = &entry.source else {
                continue;
            };
            let inside = given.strip_prefix(entry.name.as_str());
            let inside = inside.and_then(|rest| rest.strip_prefix('/'));
            for path in [Some(given), inside].into_iter().flatten() {
                let path = path.strip_prefix("./").unwrap_or(path);
                let Some(is_there) = self.is_in_tips(source, path)? else {
                    continue;
                };
                let place = Place {
                    repository: entry.name.clone(),
                    path: path.to_owned(),
                    is_there,
                };
                if is_there {
                    return Ok(Some(place));
                }
                // The repository that is named is the one that had it.
                if gone.is_none() || inside == Some(path) {
                    gone = Some(place);
                }
            }
        }
        Ok(gone)
    }

    /// Whether a tip of the last scan has a file; `None` before the first.
    fn is_in_tips(&self, source: &Source, path: &str) -> Result<Option<bool>, Error> {
        let index = source.index(&self.workspace.detection)?;
        let Some(tips) = index.tips()?.filter(|tips| !tips.is_empty()) else {
            return Ok(None);
        };
        source.repository().read_with(|reader| {
            let (paths, blobs) = (Paths::default(), Blobs::default());
            for tip in tips {
                let tree = commits::commit(reader, tip, |_| ())?.tree;
                let found = Trees::new(reader, &paths, &blobs).file_at(tree, path.as_bytes())?;
                if found.is_some() {
                    return Ok(Some(true));
                }
            }
            Ok(Some(false))
        })
    }

    /// The commit that took a file away after the due time.
    fn taken_away(&self, mock: &MockDebt, place: &Place) -> Result<Option<Paid>, Error> {
        let until = mock.since + LOOKED_FOR;
        let commits = self.workspace.commits(mock.since, until)?;
        let touches = |commit: &&Commit| {
            commit.repository == place.repository && commit.paths.contains(&place.path)
        };
        Ok(commits.iter().find(touches).map(|commit| Paid {
            commit: Some(commit.id.clone()),
            author: commit.author.clone(),
            time: commit.time,
            day: self.week.day_of(commit.time.to_utc()),
            how: How::Deleted,
        }))
    }
}
