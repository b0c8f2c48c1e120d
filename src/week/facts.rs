//! What holds: events folded into entities and their fields.
//!
//! The result depends on the set of events alone, not on the order in which they come.
//!
//! - **A field** keeps the values that no later event has seen, mostly one. Among several the latest
//!   clock wins, then the writer; the others are its versions, until somebody writes again.
//! - **Adding and editing win over deleting.** A delete takes away what it has seen; an edit that it
//!   has not seen brings the entity back.
//! - **A set** is a field for each element (`labels/urgent`); for these adding wins: see
//!   [`Entity::holds`].
//! - **What people say** (the text of notes and cards) can be edited by its own writer alone; what
//!   others write there is kept and not read.
//! - **Too early.** An event waits until all that it had seen is here.
//! - **Unknown** kinds and fields are counted; the log keeps their events.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::event::{Event, Seen, Stamp};
use super::family::{Family, Verb};
use super::id::{Id, Writer};
use super::undo::{Step, Steps};

/// The values of a field that no later event has seen.
#[derive(Clone, Debug, Default, PartialEq)]
struct Register(Vec<(Stamp, Value)>);

impl Register {
    fn set(&mut self, stamp: &Stamp, value: &Value) {
        if self.0.iter().any(|(other, _)| other.saw(stamp)) {
            return;
        }
        self.0.retain(|(other, _)| !stamp.saw(other));
        self.0.push((stamp.clone(), value.clone()));
    }

    fn latest(&self) -> Option<&(Stamp, Value)> {
        let versions = self.0.iter();
        let latest = versions.max_by(|(a, _), (b, _)| a.tie_break().cmp(&b.tie_break()))?;
        (!latest.1.is_null()).then_some(latest)
    }

    fn winner(&self) -> Option<&Value> {
        self.latest().map(|(_, value)| value)
    }
}

/// The latest of some events: those that no other of them has seen.
#[derive(Clone, Debug, Default)]
struct Latest(Vec<Stamp>);

impl Latest {
    fn add(&mut self, stamp: &Stamp) {
        if !self.0.iter().any(|other| other.saw(stamp)) {
            self.0.retain(|other| !stamp.saw(other));
            self.0.push(stamp.clone());
        }
    }
}

/// One thing that people write about, by its fields.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its id.
    pub id: Id,
    first: Stamp,
    /// Whether the first event made it; else, as with keys that every clone knows, the earliest did.
    is_made: bool,
    edits: Latest,
    deletes: Latest,
    fields: BTreeMap<String, Register>,
}

impl Entity {
    fn new(id: Id, first: Stamp) -> Self {
        Self {
            id,
            first,
            is_made: false,
            edits: Latest::default(),
            deletes: Latest::default(),
            fields: BTreeMap::new(),
        }
    }

    /// Whether it is there: with a field that is set, and not deleted since.
    pub fn is_there(&self) -> bool {
        let deleted = |edit: &Stamp| self.deletes.0.iter().any(|delete| delete.saw(edit));
        self.edits.0.iter().any(|edit| !deleted(edit))
            && self.fields.values().any(|field| field.winner().is_some())
    }

    /// Whether somebody deleted it while somebody else, not knowing, edited it.
    pub fn is_revived(&self) -> bool {
        !self.deletes.0.is_empty() && self.is_there() && {
            let edits = &self.edits.0;
            !edits
                .iter()
                .any(|e| self.deletes.0.iter().all(|delete| e.saw(delete)))
        }
    }

    /// Where the event that made it stands among all; without one, the first that is about it.
    pub fn first(&self) -> &Stamp {
        &self.first
    }

    /// When it was first written of.
    pub fn since(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.first.wall).unwrap_or_default()
    }

    /// The value of a field; `None` where it is not set.
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.fields.get(field)?.winner()
    }

    /// When the value of a field was written; `None` where it is not set.
    pub fn written(&self, field: &str) -> Option<DateTime<Utc>> {
        let (stamp, _) = self.fields.get(field)?.latest()?;
        DateTime::from_timestamp_millis(stamp.wall)
    }

    /// The value of a field that only who wrote of the entity first can edit.
    pub fn own(&self, field: &str) -> Option<&Value> {
        self.get(&own_key(field, &self.first.writer))
    }

    /// All values of a field that were written without knowing of each other, the winner first.
    /// More than one is a disagreement that somebody should settle by writing again.
    pub fn versions(&self, field: &str) -> Vec<&Value> {
        let mut versions: Vec<_> = self
            .fields
            .get(field)
            .into_iter()
            .flat_map(|r| &r.0)
            .collect();
        versions.sort_by(|(a, _), (b, _)| b.tie_break().cmp(&a.tie_break()));
        let mut values: Vec<&Value> = Vec::new();
        for (_, value) in versions {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    /// The names of the fields that have several versions.
    pub fn disputed(&self) -> impl Iterator<Item = &str> {
        let names = self.fields.keys().map(String::as_str);
        names.filter(|name| self.versions(name).len() > 1)
    }

    /// A text; empty where it is not set.
    pub fn text(&self, field: &str) -> String {
        self.get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    /// Anything that serde reads; `None` where it is not set or of another form.
    pub fn read<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        T::deserialize(self.get(field)?).ok()
    }

    /// An instant, written as milliseconds since 1970.
    pub fn instant(&self, field: &str) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.get(field)?.as_i64()?)
    }

    /// Whether an element is in a set: if it was added and taken out at the same time, it is.
    pub fn holds(&self, field: &str) -> bool {
        let register = self.fields.get(field);
        register.is_some_and(|r| r.0.iter().any(|(_, value)| value.as_bool() == Some(true)))
    }

    /// The fields under a prefix (`votes/`), by what follows it.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let from = self.fields.range(prefix.to_owned()..);
        from.map_while(move |(name, register)| Some((name.strip_prefix(prefix)?, register)))
            .filter_map(|(name, register)| Some((name, register.winner()?)))
    }

    /// The elements of the set under a prefix, ascending.
    pub fn set<T: std::str::FromStr>(&self, prefix: &str) -> Vec<T> {
        let names = self.under(prefix).map(|(name, _)| name.to_owned());
        let held = names.filter(|name| self.holds(&format!("{prefix}{name}")));
        held.filter_map(|name| name.parse().ok()).collect()
    }
}

/// Under which name a field that one writer alone can edit is kept, for each that tried.
fn own_key(field: &str, writer: &Writer) -> String {
    format!("{field}@{writer}")
}

/// Events folded.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    entities: BTreeMap<Family, BTreeMap<Id, Entity>>,
    seen: Seen,
    /// Of the last event that did not have to wait: many in a row share it.
    met: Arc<Seen>,
    steps: Steps,
    /// By writer and `seq`.
    waiting: BTreeMap<Writer, BTreeMap<u64, Event>>,
    unknown_kinds: BTreeMap<String, u64>,
    unknown_fields: BTreeMap<String, u64>,
}

impl Facts {
    /// Adds an event, and those that waited for it. Returns what changed. An event that is here
    /// already changes nothing.
    pub fn add(&mut self, event: &Event) -> Vec<(Family, Id)> {
        let mut touched = Vec::new();
        if event.seq <= self.seen.of(&event.writer) {
            return touched;
        }
        if !self.is_next(event) {
            let waiting = self.waiting.entry(event.writer.clone()).or_default();
            waiting.entry(event.seq).or_insert_with(|| event.clone());
            return touched;
        }
        touched.extend(self.admit(event));
        while let Some(event) = self.take_ready() {
            touched.extend(self.admit(&event));
        }
        touched
    }

    fn is_next(&self, event: &Event) -> bool {
        self.seen.of(&event.writer).checked_add(1) == Some(event.seq)
            // What was met once stays met.
            && (Arc::ptr_eq(&self.met, &event.seen)
                || (event.seen.0.iter())
                    .all(|(writer, seq)| *writer == event.writer || self.seen.of(writer) >= *seq))
    }

    /// Takes an event whose wait is over. Only the first of each writer can be one.
    fn take_ready(&mut self) -> Option<Event> {
        let firsts = self
            .waiting
            .values()
            .filter_map(|events| events.first_key_value());
        let (_, ready) = firsts.into_iter().find(|(_, event)| self.is_next(event))?;
        let (writer, seq) = (ready.writer.clone(), ready.seq);
        let events = self.waiting.get_mut(&writer)?;
        let event = events.remove(&seq);
        if events.is_empty() {
            self.waiting.remove(&writer);
        }
        event
    }

    fn admit(&mut self, event: &Event) -> Option<(Family, Id)> {
        self.seen.0.insert(event.writer.clone(), event.seq);
        self.met = Arc::clone(&event.seen);
        self.steps.add(event);
        let Some((family, verb)) = Family::of_kind(&event.kind) else {
            *self.unknown_kinds.entry(event.kind.clone()).or_default() += 1;
            return None;
        };
        let stamp = event.stamp();
        let entities = self.entities.entry(family).or_default();
        let entity = (entities.entry(event.entity.clone()))
            .or_insert_with(|| Entity::new(event.entity.clone(), stamp.clone()));
        let makes = verb == Verb::New;
        let can_be_first = makes || !entity.is_made;
        if can_be_first && (!makes, stamp.rank()) < (!entity.is_made, entity.first.rank()) {
            entity.first = stamp.clone();
            entity.is_made = makes;
        }
        match verb {
            Verb::Delete => entity.deletes.add(&stamp),
            Verb::New | Verb::Set | Verb::Restore => entity.edits.add(&stamp),
        }
        for (name, value, _) in event.fields() {
            if !family.knows(name) {
                let name = format!("{}.{name}", family.word());
                *self.unknown_fields.entry(name).or_default() += 1;
            }
            let key = if family.is_own(name) {
                own_key(name, &stamp.writer)
            } else {
                name.to_owned()
            };
            entity.fields.entry(key).or_default().set(&stamp, value);
        }
        Some((family, event.entity.clone()))
    }

    /// An entity, also one that was deleted.
    pub fn entity(&self, family: Family, id: &Id) -> Option<&Entity> {
        self.entities.get(&family)?.get(id)
    }

    /// The entities of a family, by id, also deleted ones.
    pub fn entities(&self, family: Family) -> impl Iterator<Item = &Entity> {
        self.entities
            .get(&family)
            .into_iter()
            .flat_map(BTreeMap::values)
    }

    /// The value of a field, as a writer who edits it would find it.
    pub fn value(&self, family: Family, id: &Id, field: &str, writer: &Writer) -> Value {
        let value = self.entity(family, id).and_then(|entity| {
            if family.is_own(field) {
                entity.get(&own_key(field, writer))
            } else {
                entity.get(field)
            }
        });
        value.cloned().unwrap_or_default()
    }

    /// How far each writer's log is here.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    /// What an undo of a writer would take back.
    pub fn to_undo(&self, writer: &Writer) -> Option<Step> {
        self.steps.to_undo(writer)
    }

    /// What a redo of a writer would do again.
    pub fn to_redo(&self, writer: &Writer) -> Option<Step> {
        self.steps.to_redo(writer)
    }

    /// How many events wait for others that are not here.
    pub fn waiting(&self) -> usize {
        self.waiting.values().map(BTreeMap::len).sum()
    }

    /// The kinds that need a newer hackweek, with how many events are of each.
    pub fn unknown_kinds(&self) -> &BTreeMap<String, u64> {
        &self.unknown_kinds
    }

    /// The fields that need a newer hackweek, as `family.field`, with how often each was set.
    pub fn unknown_fields(&self) -> &BTreeMap<String, u64> {
        &self.unknown_fields
    }
}
