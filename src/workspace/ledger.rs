//! An index read back as lives of items, with ids, commits and people.

use std::collections::{BTreeMap, HashMap};

use super::Error;
use crate::debt::follow::{Event, EventKind};
use crate::debt::ledger::{self, Authored, Happening, Life, Order, Place};
use crate::debt::payment::How;
use crate::debt::state::{ItemNo, State};
use crate::debt::{Marker, facts::MarkerNo};
use crate::history::Mailmap;
use crate::interned::{CommitNo, PathNo};
use crate::object_id::ObjectId;
use crate::store::index::{CommitRow, Index, Saying};

/// The path number of an item that stands in a commit's message.
pub(super) const MESSAGE: PathNo = PathNo(u32::MAX);

/// Shorter beginnings of ids name nothing: they would fit by chance.
const SHORTEST_COMMIT: usize = 7;
const SHORTEST_ITEM: usize = 6;

/// Orders a commit.
pub(super) fn order_of(row: &CommitRow) -> Order {
    let id = row.id.as_bytes().first_chunk().copied().unwrap_or_default();
    (row.generation, row.authored.seconds, u64::from_be_bytes(id))
}

/// All items of one repository.
pub(super) struct Ledger {
    /// The lives, by item.
    pub(super) lives: Vec<Life>,
    /// The id of each, in the same order.
    pub(super) ids: Vec<String>,
    paths: HashMap<u32, Vec<u8>>,
    markers: HashMap<u32, Marker>,
    commits: Commits,
}

/// The commits that something happened in.
pub(super) struct Commits(HashMap<CommitNo, CommitRow>);

impl Authored for Commits {
    fn order(&self, commit: CommitNo) -> Order {
        self.0.get(&commit).map_or((0, 0, 0), order_of)
    }

    fn authored(&self, commit: CommitNo) -> i64 {
        self.0.get(&commit).map_or(0, |row| row.authored.seconds)
    }
}

impl Ledger {
    /// Reads the ledger of the index's tips.
    pub(super) fn read(index: &Index, tips: &[ObjectId]) -> Result<Ledger, Error> {
        let told = index.told_commits()?;
        let commits = Commits(told.into_iter().map(|row| (row.no, row)).collect());
        let mut events = Vec::new();
        let mut said: Vec<Happening> = Vec::new();
        let told = index.all_events()?.into_iter();
        for row in told.filter(|row| commits.0.contains_key(&row.commit)) {
            let happening = Happening {
                commit: row.commit,
                event: Event {
                    item: row.item,
                    kind: row.kind,
                    path: row.path.map_or(MESSAGE, PathNo),
                    line: row.line,
                    marker: MarkerNo(row.marker),
                    context: row.context,
                },
            };
            match row.path {
                Some(_) => events.push(happening),
                None => said.push(happening),
            }
        }
        let mut states: Vec<State> = Vec::new();
        for tip in tips {
            if let Some((number, _)) = index.commit(*tip)? {
                states.push(index.state_of(number)?.1);
            }
        }
        let mut places: HashMap<ItemNo, Place> = HashMap::new();
        for row in index.places()? {
            let place = Place {
                path: PathNo(row.path),
                line: row.line,
                marker: MarkerNo(row.marker),
            };
            let kept = places.entry(row.item).or_insert(place);
            *kept = (*kept).min(place);
        }
        let tips: Vec<&State> = states.iter().collect();
        let mut ledger = Ledger {
            lives: ledger::lives(events, &tips, &places, &commits),
            ids: Vec::new(),
            paths: index.paths()?.into_iter().collect(),
            markers: index.markers()?.into_iter().collect(),
            commits,
        };
        ledger.add_said(said);
        ledger.ids = ledger.name();
        ledger.pay_said(&index.sayings()?);
        Ok(ledger)
    }

    /// Adds the items of commit messages. The same words of the same person at the same time are one
    /// item: the commit was picked or rebased.
    fn add_said(&mut self, said: Vec<Happening>) {
        let mut met: HashMap<(String, i64, MarkerNo, u32), usize> = HashMap::new();
        for happening in said {
            let Some(row) = self.commits.0.get(&happening.commit) else {
                continue;
            };
            let key = (
                row.person.clone(),
                row.authored.seconds,
                happening.event.marker,
                happening.event.line,
            );
            if met.contains_key(&key) {
                continue;
            }
            met.insert(key, self.lives.len());
            self.lives.push(Life {
                item: happening.event.item,
                events: vec![happening],
                // It stands in the message for ever; a saying takes it from there.
                place: Some(Place {
                    path: MESSAGE,
                    line: happening.event.line,
                    marker: happening.event.marker,
                }),
            });
        }
    }

    /// Gives every item its id; twins are numbered by their birth.
    fn name(&self) -> Vec<String> {
        let mut twins: BTreeMap<(Vec<u8>, String), Vec<usize>> = BTreeMap::new();
        for (number, life) in self.lives.iter().enumerate() {
            let born = life.introduced();
            let marker = self.marker(born.event.marker);
            let text = format!("{} {}", marker.kind, marker.text);
            let path = match born.event.path {
                MESSAGE => b"\0message".to_vec(),
                path => self.path(path).to_vec(),
            };
            twins.entry((path, text)).or_default().push(number);
        }
        let mut ids = vec![String::new(); self.lives.len()];
        for ((path, text), mut numbers) in twins {
            numbers.sort_by_key(|number| {
                let born = self.lives[*number].introduced();
                let time = self.commits.authored(born.commit);
                let order = self.commits.order(born.commit);
                (time, order, born.event.line, *number)
            });
            for (twin, number) in numbers.into_iter().enumerate() {
                ids[number] = ledger::id(&path, &text, twin as u32);
            }
        }
        ids
    }

    /// Pays the items of messages that a later commit says are paid, or reverts.
    fn pay_said(&mut self, sayings: &[Saying]) {
        let mut by_commit: Vec<(String, usize)> = Vec::new();
        let mut by_id: Vec<(String, usize)> = Vec::new();
        for (number, (life, id)) in self.lives.iter().zip(&self.ids).enumerate() {
            let born = life.introduced();
            if born.event.path == MESSAGE
                && let Some(commit) = self.commits.0.get(&born.commit)
            {
                by_commit.push((commit.id.to_string(), number));
                by_id.push((id.clone(), number));
            }
        }
        by_commit.sort_unstable();
        by_id.sort_unstable();
        for saying in sayings {
            let operand = saying.operand.to_ascii_lowercase();
            let mut named: Vec<usize> = Vec::new();
            if operand.len() >= SHORTEST_COMMIT {
                named.extend(beginning_with(&by_commit, &operand));
            }
            if operand.len() >= SHORTEST_ITEM && !saying.reverts {
                named.extend(beginning_with(&by_id, &operand));
            }
            for number in named {
                let life = &mut self.lives[number];
                let born = *life.introduced();
                if self.commits.order(born.commit) < self.commits.order(saying.commit)
                    && life.place.take().is_some()
                {
                    life.events.push(Happening {
                        commit: saying.commit,
                        event: Event {
                            kind: EventKind::Paid(How::Said),
                            ..born.event
                        },
                    });
                }
            }
        }
    }

    /// Returns a commit.
    pub(super) fn commit(&self, number: CommitNo) -> Option<&CommitRow> {
        self.commits.0.get(&number)
    }

    /// Returns a path's bytes.
    pub(super) fn path(&self, number: PathNo) -> &[u8] {
        self.paths.get(&number.0).map_or(&[], |path| path)
    }

    /// Returns a marker.
    pub(super) fn marker(&self, number: MarkerNo) -> &Marker {
        self.markers.get(&number.0).unwrap_or(&NOTHING)
    }
}

/// Returns the numbers of the sorted names that begin like this.
fn beginning_with<'a>(
    sorted: &'a [(String, usize)],
    start: &'a str,
) -> impl Iterator<Item = usize> + 'a {
    let first = sorted.partition_point(|(name, _)| name.as_str() < start);
    let found = sorted[first..].iter();
    found
        .take_while(move |(name, _)| name.starts_with(start))
        .map(|(_, number)| *number)
}

/// What a marker says whose row is missing; the index's tests see to it that none is.
static NOTHING: Marker = Marker {
    tier: crate::debt::Tier::Declared,
    kind: String::new(),
    text: String::new(),
    assignee: None,
    ticket: None,
};

/// Returns `Name <mail>` with the names that the mailmap gives.
pub(super) fn proper_name(mailmap: &Mailmap, person: &str) -> String {
    let (name, mail) = match person.rsplit_once('<') {
        Some((name, mail)) => (name.trim(), mail.trim_end_matches('>').trim()),
        None => (person.trim(), ""),
    };
    let (name, mail) = mailmap.resolve(name.as_bytes(), mail.as_bytes());
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    format!("{} <{}>", text(name), text(mail))
}
