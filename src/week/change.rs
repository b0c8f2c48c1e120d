//! From what is to change to the events that say so.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};
use std::sync::Arc;

use super::event::{Event, SEVERAL, Seen};
use super::facts::Facts;
use super::family::{Family, Verb};
use super::id::{Id, Ulid, UlidMaker, Writer};
use super::zone::Zone;

/// What a team can set of its own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The most tasks that a person can have open or done in a week.
    pub tasks_each: usize,
    /// How long planning lasts, in seconds.
    pub planning: u32,
    /// When the bells of planning ring, in seconds from its start, ascending.
    pub bells: Vec<u32>,
    /// How long each speaks in a standup, in seconds.
    pub standup_each: u32,
    /// How long a standup lasts, in seconds.
    pub standup: u32,
    /// How long each has in the demo, in seconds.
    pub demo_each: u32,
    /// How long each has in the review, in seconds.
    pub review_each: u32,
    /// How many votes each has in the retro.
    pub votes_each: u32,
    /// Whether standups go in a shuffled order.
    pub shuffle: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            tasks_each: 3,
            planning: 60 * 60,
            bells: vec![50 * 60, 60 * 60],
            standup_each: 90,
            standup: 15 * 60,
            demo_each: 3 * 60,
            review_each: 15 * 60,
            votes_each: 5,
            shuffle: true,
        }
    }
}

/// Who writes, and when: all that events need from outside.
#[derive(Debug)]
pub struct Pen<'a> {
    /// The writer.
    pub writer: &'a Writer,
    /// Now.
    pub at: DateTime<Utc>,
    /// The writer's timezone.
    pub zone: Zone,
    /// Where new ids come from.
    pub ids: &'a mut UlidMaker,
    /// The team's rules.
    pub rules: &'a Rules,
}

impl Pen<'_> {
    /// A new id.
    pub(super) fn id(&mut self) -> Id {
        self.ids.make(self.at.timestamp_millis()).into()
    }

    /// Now, as fields have it.
    pub(super) fn millis(&self) -> i64 {
        self.at.timestamp_millis()
    }
}

/// What is to change about one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub(super) family: Family,
    pub(super) entity: Id,
    pub(super) verb: Verb,
    pub(super) fields: Map<String, Value>,
}

impl Change {
    fn of(family: Family, entity: Id, verb: Verb) -> Self {
        Self {
            family,
            entity,
            verb,
            fields: Map::new(),
        }
    }

    pub(super) fn new(family: Family, entity: Id) -> Self {
        Self::of(family, entity, Verb::New)
    }

    pub(super) fn set(family: Family, entity: &Id) -> Self {
        Self::of(family, entity.clone(), Verb::Set)
    }

    pub(super) fn delete(family: Family, entity: &Id) -> Self {
        Self::of(family, entity.clone(), Verb::Delete)
    }

    pub(super) fn restore(family: Family, entity: &Id) -> Self {
        Self::of(family, entity.clone(), Verb::Restore)
    }

    /// The same with a field set; `None` unsets. What serde can't write is left unset.
    pub(super) fn with(mut self, field: impl Into<String>, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.fields.insert(field.into(), value);
        self
    }

    /// The same with a field set to an instant.
    pub(super) fn at(self, field: &str, instant: Option<DateTime<Utc>>) -> Self {
        self.with(field, instant.map(|at| at.timestamp_millis()))
    }

    /// The same with all of these in a set.
    pub(super) fn holding<'a>(
        mut self,
        prefix: &str,
        elements: impl IntoIterator<Item = &'a Id>,
    ) -> Self {
        for element in elements {
            self = self.with(format!("{prefix}{element}"), true);
        }
        self
    }
}

/// Why events are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A command of a person.
    Fresh,
    /// To take a command back.
    Undoes(Ulid),
    /// To do a command again.
    Redoes(Ulid),
}

/// The events of changes, as one command. Fields that would stay as they are are left out, and
/// changes that change nothing, unless that leaves none in an undo: it is written all the same, so
/// that the next undo goes further back.
pub(super) fn write(
    facts: &Facts,
    changes: Vec<Change>,
    mark: Mark,
    pen: &mut Pen<'_>,
) -> Vec<Event> {
    let mut seen = facts.seen().clone();
    let last = seen.0.remove(pen.writer).unwrap_or(0);
    let seen: Arc<Seen> = Arc::new(seen);
    let mut events: Vec<Event> = Vec::new();
    let count = changes.len();
    for (index, mut change) in changes.into_iter().enumerate() {
        let mut prior = Map::new();
        change.fields.retain(|name, value| {
            let before = facts.value(change.family, &change.entity, name, pen.writer);
            let differs = before != *value;
            if differs && !before.is_null() {
                prior.insert(name.clone(), before);
            }
            differs
        });
        let nothing = change.verb == Verb::Set && change.fields.is_empty();
        let must = mark != Mark::Fresh && events.is_empty() && index + 1 == count;
        if nothing && !must {
            continue;
        }
        let (field, value, prior) = packed(change.verb, change.fields, prior);
        let (undoes, redoes) = match mark {
            Mark::Fresh => (None, None),
            Mark::Undoes(command) => (Some(command), None),
            Mark::Redoes(command) => (None, Some(command)),
        };
        events.push(Event {
            writer: pen.writer.clone(),
            seen: Arc::clone(&seen),
            seq: last + 1 + events.len() as u64,
            id: pen.ids.make(pen.at.timestamp_millis()),
            kind: change.family.kind(change.verb),
            entity: change.entity,
            wall: pen.at.timestamp_millis(),
            tz: pen.zone.name().to_owned(),
            field,
            value,
            prior,
            command: events.first().map(|first| first.id),
            undoes,
            redoes,
            more: Map::new(),
        });
    }
    events
}

/// Fields as an event has them: one by its name, several as an object.
fn packed(
    verb: Verb,
    fields: Map<String, Value>,
    prior: Map<String, Value>,
) -> (Option<String>, Value, Value) {
    let mut entries = fields.into_iter();
    match (entries.next(), entries.len()) {
        (None, _) => (None, Value::Null, Value::Null),
        (Some((name, value)), 0) if verb == Verb::Set => {
            let before = prior.get(&name).cloned().unwrap_or_default();
            (Some(name), value, before)
        }
        (Some(first), _) => {
            let all: Map<String, Value> = std::iter::once(first).chain(entries).collect();
            let prior = if prior.is_empty() {
                Value::Null
            } else {
                prior.into()
            };
            (Some(SEVERAL.to_owned()), all.into(), prior)
        }
    }
}
