//! An event: one change that a person made, as it is written to the log and shared.
//!
//! The JSON of an event is the envelope of the shared log: `{"seq", "id", "k", "e", "wall", "tz",
//! "f", "x"}`. Who wrote it and what that writer had seen stand beside it, once for many events.
//!
//! - `k` is a family and a verb: `task.new`, `task.set`, `task.delete`, `task.restore`.
//! - `f` names the field that `x` is the value of. `f` = `*` sets several at once: `x` is then an
//!   object of fields. `null` unsets.
//! - `p`, the prior values as `x` has them, is what an undo goes back to and what history tells.
//! - `c` is the id of the first event of the same command, where a command made several.
//! - `undoes`, `redoes` name the command that is taken back or done again.
//! - Members that this version does not know are kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::id::{Id, Ulid, Writer};

/// The `f` of an event that sets several fields.
pub const SEVERAL: &str = "*";

/// How far a writer had read the logs of the others: the last `seq` of each. It must be closed:
/// what those events had seen is in it too. Its own log it has always seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(pub BTreeMap<Writer, u64>);

impl Seen {
    /// The last `seq` of a writer's events that were seen, 0 for none.
    pub fn of(&self, writer: &Writer) -> u64 {
        self.0.get(writer).copied().unwrap_or(0)
    }

    /// How many events that is.
    pub fn count(&self) -> u64 {
        self.0.values().fold(0, |sum, seq| sum.saturating_add(*seq))
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Who wrote it.
    #[serde(skip, default = "nobody")]
    pub writer: Writer,
    /// What of the others' logs the writer had seen.
    #[serde(skip)]
    pub seen: Arc<Seen>,
    /// Its place in the writer's log, from 1 without gaps.
    pub seq: u64,
    /// Its own id.
    pub id: Ulid,
    /// Family and verb.
    #[serde(rename = "k")]
    pub kind: String,
    /// What it is about.
    #[serde(rename = "e")]
    pub entity: Id,
    /// The writer's clock, in milliseconds since 1970: for display and to break ties.
    pub wall: i64,
    /// The IANA name of the writer's timezone.
    #[serde(default)]
    pub tz: String,
    /// The field.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The value.
    #[serde(rename = "x", default, skip_serializing_if = "Value::is_null")]
    pub value: Value,
    /// The prior value.
    #[serde(rename = "p", default, skip_serializing_if = "Value::is_null")]
    pub prior: Value,
    /// The first event of the command, unless this is it.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub command: Option<Ulid>,
    /// The command that it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Ulid>,
    /// The command that it does again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redoes: Option<Ulid>,
    /// What a newer version wrote.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// The writer of an event that was read without one.
fn nobody() -> Writer {
    Writer::new(0)
}

impl Event {
    /// An event of its JSON, with what stands beside it in a log.
    pub fn of_json(json: &str, writer: Writer, seen: Arc<Seen>) -> serde_json::Result<Self> {
        let event: Self = serde_json::from_str(json)?;
        Ok(Self {
            writer,
            seen,
            ..event
        })
    }

    /// The JSON, without writer and seen.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// The id of the command that it is of.
    pub fn command_id(&self) -> Ulid {
        self.command.unwrap_or(self.id)
    }

    /// When it was written, by the writer's clock.
    pub fn at(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.wall).unwrap_or_default()
    }

    /// The fields that it sets, each with its value and the one before (`Null`: unset).
    pub fn fields(&self) -> Vec<(&str, &Value, &Value)> {
        match self.field.as_deref() {
            None => Vec::new(),
            Some(SEVERAL) => {
                let prior = |name: &String| self.prior.get(name).unwrap_or(&Value::Null);
                let several = self.value.as_object().into_iter().flatten();
                several
                    .map(|(name, value)| (name.as_str(), value, prior(name)))
                    .collect()
            }
            Some(name) => vec![(name, &self.value, &self.prior)],
        }
    }

    /// When and by whom it was written, for the order among events.
    pub fn stamp(&self) -> Stamp {
        Stamp {
            writer: self.writer.clone(),
            seq: self.seq,
            wall: self.wall,
            seen: Arc::clone(&self.seen),
        }
    }
}

/// Where an event stands among all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Who wrote it.
    pub writer: Writer,
    /// Its place in the writer's log.
    pub seq: u64,
    /// The writer's clock.
    pub wall: i64,
    /// What the writer had seen.
    pub seen: Arc<Seen>,
}

impl Stamp {
    /// Whether its writer knew of another event when writing it: that other happened before.
    pub fn saw(&self, other: &Self) -> bool {
        if self.writer == other.writer {
            self.seq > other.seq
        } else {
            self.seen.of(&other.writer) >= other.seq
        }
    }

    /// What decides among events that did not see each other: the clock, then the writer.
    pub fn tie_break(&self) -> (i64, &Writer, u64) {
        (self.wall, &self.writer, self.seq)
    }

    /// A place in one order of all events, the same on every clone, in which none stands before one
    /// that it saw: by how many events had been seen, then the clock, then the writer.
    pub fn rank(&self) -> (u64, i64, &Writer, u64) {
        let depth = self.seen.count().saturating_add(self.seq);
        (depth, self.wall, &self.writer, self.seq)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const JSON: &str = r#"{"seq":3,"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","k":"task.set","e":"01ARZ3NDEKTSV4RRFFQ69G5FAX","wall":1794000000000,"tz":"Europe/Berlin","f":"owner","x":"sammy"}"#;

    #[test]
    fn an_event_is_the_envelope_of_the_shared_log() {
        let event = Event::of_json(JSON, Writer::new(1), Arc::default()).unwrap();
        assert_eq!(event.to_json().unwrap(), JSON);
        assert_eq!(
            event.fields(),
            [("owner", &Value::from("sammy"), &Value::Null)]
        );
        assert_eq!(event.command_id(), event.id);
    }

    #[test]
    fn what_a_newer_version_wrote_is_kept() {
        let json = JSON.replace(r#","x":"#, r#","mood":{"a":[1]},"x":"#);
        let event = Event::of_json(&json, Writer::new(1), Arc::default()).unwrap();
        assert!(event.to_json().unwrap().contains(r#""mood":{"a":[1]}"#));
    }

    #[test]
    fn several_fields_are_set_at_once() {
        let json = JSON.replace(r#""f":"owner""#, r#""f":"*""#).replace(
            r#""x":"sammy""#,
            r#""x":{"day":2,"text":"a"},"p":{"day":1}"#,
        );
        let event = Event::of_json(&json, Writer::new(1), Arc::default()).unwrap();
        let (one, two, a) = (Value::from(1), Value::from(2), Value::from("a"));
        assert_eq!(
            event.fields(),
            [("day", &two, &one), ("text", &a, &Value::Null)]
        );
    }
}
