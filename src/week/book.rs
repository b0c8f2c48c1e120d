//! A log in memory with its board: what a store is on disk, for tests and the made-up week.

use chrono::{DateTime, Utc};

use super::board::Board;
use super::change::{Pen, Rules};
use super::command::Command;
use super::event::Event;
use super::id::{Id, Ulid, UlidMaker, Writer};
use super::number::Numbered;
use super::random::Random;
use super::refusal::Refusal;
use super::say::say_all;
use super::zone::Zone;

/// One writer's log in memory.
#[derive(Clone, Debug)]
pub struct Book {
    events: Vec<Event>,
    board: Board,
    writer: Writer,
    ids: UlidMaker,
    /// The team's rules.
    pub rules: Rules,
    /// The writer's timezone.
    pub zone: Zone,
}

impl Book {
    /// An empty log. The same seed gives the same ids.
    pub fn new(zone: Zone, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let writer = (u128::from(random.bits()) << 64) | u128::from(random.bits());
        Self {
            events: Vec::new(),
            board: Board::default(),
            writer: Writer::new(writer),
            ids: UlidMaker::new(random),
            rules: Rules::default(),
            zone,
        }
    }

    /// The board as it is.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// The events, in the order in which they came.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Who writes.
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// Carries a command out at an instant; returns the events it came to.
    pub fn run(
        &mut self,
        command: impl Into<Command>,
        at: DateTime<Utc>,
    ) -> Result<&[Event], Refusal> {
        let (board, mut pen) = (
            &self.board,
            pen(&self.writer, &mut self.ids, &self.rules, self.zone, at),
        );
        let events = board.decide(&command.into(), &mut pen)?;
        Ok(self.take(events))
    }

    /// Takes the last command back.
    pub fn undo(&mut self, at: DateTime<Utc>) -> Result<&[Event], Refusal> {
        let (board, mut pen) = (
            &self.board,
            pen(&self.writer, &mut self.ids, &self.rules, self.zone, at),
        );
        let events = board.undo(&mut pen, |command| of_command(&self.events, command))?;
        Ok(self.take(events))
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self, at: DateTime<Utc>) -> Result<&[Event], Refusal> {
        let (board, mut pen) = (
            &self.board,
            pen(&self.writer, &mut self.ids, &self.rules, self.zone, at),
        );
        let events = board.redo(&mut pen, |command| of_command(&self.events, command))?;
        Ok(self.take(events))
    }

    /// Gives something its number: what is no event, and so is not in the log.
    pub fn number(&mut self, kind: Numbered, id: &Id) {
        self.board.numbers.give(kind, id);
    }

    /// Adds events of others.
    pub fn receive<'a>(&mut self, events: impl IntoIterator<Item = &'a Event>) {
        for event in events {
            if event.seq > self.board.facts().seen().of(&event.writer) {
                self.take(vec![event.clone()]);
            }
        }
    }

    /// What the last command did, as a sentence; of an undo what it took back.
    pub fn last_sentence(&self) -> Option<String> {
        let last = self.events.last()?;
        let own = of_command(&self.events, last.command_id());
        let first = own.first()?;
        let undone = first.undoes.or(first.redoes);
        let meant = undone.and_then(|id| self.events.iter().find(|event| event.id == id));
        say_all(&self.board, &own, meant)
    }

    fn take(&mut self, events: Vec<Event>) -> &[Event] {
        let from = self.events.len();
        for event in &events {
            self.board.add(event);
        }
        self.events.extend(events);
        &self.events[from..]
    }
}

fn pen<'a>(
    writer: &'a Writer,
    ids: &'a mut UlidMaker,
    rules: &'a Rules,
    zone: Zone,
    at: DateTime<Utc>,
) -> Pen<'a> {
    Pen {
        writer,
        at,
        zone,
        ids,
        rules,
    }
}

fn of_command(events: &[Event], command: Ulid) -> Vec<Event> {
    let mut own: Vec<Event> = (events.iter().rev())
        .skip_while(|event| event.command_id() != command)
        .take_while(|event| event.command_id() == command)
        .cloned()
        .collect();
    own.reverse();
    own
}
