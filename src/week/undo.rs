//! Undo and redo: what each writer can take back, and the changes that take it back.
//!
//! What can be undone follows from the log alone, so it outlives a restart. A writer takes back its
//! own commands, the last first. A field that somebody else has changed since stays as it is.

use std::collections::BTreeMap;

use super::change::Change;
use super::event::Event;
use super::facts::Facts;
use super::family::{Family, Verb};
use super::id::{Ulid, Writer};

/// A command that can be undone or redone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The command as a person gave it.
    pub command: Ulid,
    /// The command whose events stand for it now: itself, its last redo, or its last undo.
    pub latest: Ulid,
}

/// The steps of each writer, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    writers: BTreeMap<Writer, (Vec<Step>, Vec<Step>)>,
}

impl Steps {
    /// Takes the next event of its writer's log.
    pub(super) fn add(&mut self, event: &Event) {
        if event.command.is_some() {
            return;
        }
        let (done, undone) = self.writers.entry(event.writer.clone()).or_default();
        let latest = event.id;
        match (event.undoes, event.redoes) {
            (Some(command), _) => {
                done.pop_if(|step| step.command == command);
                undone.push(Step { command, latest });
            }
            (None, Some(command)) => {
                undone.pop_if(|step| step.command == command);
                done.push(Step { command, latest });
            }
            (None, None) => {
                undone.clear();
                let command = latest;
                done.push(Step { command, latest });
            }
        }
    }

    /// What an undo would take back.
    pub fn to_undo(&self, writer: &Writer) -> Option<Step> {
        self.writers.get(writer)?.0.last().copied()
    }

    /// What a redo would do again.
    pub fn to_redo(&self, writer: &Writer) -> Option<Step> {
        self.writers.get(writer)?.1.last().copied()
    }
}

/// The changes that take events back.
pub(super) fn inverse(facts: &Facts, events: &[Event]) -> Vec<Change> {
    events
        .iter()
        .rev()
        .filter_map(|event| inverse_of(facts, event))
        .collect()
}

fn inverse_of(facts: &Facts, event: &Event) -> Option<Change> {
    let (family, verb) = Family::of_kind(&event.kind)?;
    Some(match verb {
        Verb::New | Verb::Restore => Change::delete(family, &event.entity),
        Verb::Delete => Change::restore(family, &event.entity),
        Verb::Set => {
            let mut change = Change::set(family, &event.entity);
            for (name, value, prior) in event.fields() {
                // Unless somebody has changed it since.
                if facts.value(family, &event.entity, name, &event.writer) == *value {
                    change = change.with(name, prior);
                }
            }
            change
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: u128, undoes: Option<u128>, redoes: Option<u128>) -> Event {
        let ulid = |n| Ulid::new(0, n);
        let json = format!(
            r#"{{"seq":1,"id":"{}","k":"task.set","e":"a","wall":0}}"#,
            ulid(id)
        );
        let event: Event = serde_json::from_str(&json).unwrap_or_else(|e| unreachable!("{e}"));
        Event {
            undoes: undoes.map(ulid),
            redoes: redoes.map(ulid),
            ..event
        }
    }

    #[test]
    fn a_new_command_ends_what_could_be_redone() {
        let mut steps = Steps::default();
        let writer = Writer::new(0);
        let commands = |steps: &Steps| {
            let command = |step: Option<Step>| step.map(|s| s.command);
            (
                command(steps.to_undo(&writer)),
                command(steps.to_redo(&writer)),
            )
        };
        let id = |n| Some(Ulid::new(0, n));
        steps.add(&event(1, None, None));
        steps.add(&event(2, None, None));
        steps.add(&event(3, Some(2), None));
        assert_eq!(commands(&steps), (id(1), id(2)));
        steps.add(&event(4, None, Some(2)));
        assert_eq!(commands(&steps), (id(2), None));
        steps.add(&event(5, Some(2), None));
        steps.add(&event(6, None, None));
        assert_eq!(commands(&steps), (id(6), None));
    }
}
