//! The made-up week of `hackweek demo`: what four people wrote in hack 6 of payments-mvp, 16 to 20
//! November 2026, and what they know of the five hacks before. It is the tour, the source of the
//! pictures, and the fixture of tests: every figure of it agrees with every other.
//!
//! It is written as commands at local times and kept as their events, so its state at any moment is
//! the board of the events until then. Each day of it is a file.

mod earlier;
mod friday;
mod monday;
#[cfg(test)]
mod tests;
mod thursday;
mod tuesday;
mod wednesday;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};

use super::board::Board;
use super::book::Book;
use super::calendar::{Calendar, CalendarSettings};
use super::command::Command;
use super::deadline::{Deadline, DeadlineDay};
use super::event::Event;
use super::id::Id;
use super::name::WeekName;
use super::number::Numbered;
use super::refusal::Refusal;
use super::retro::{Column, RetroCommand};
use super::zone::Zone;

/// The Monday of the made-up week.
const MONDAY: &str = "2026-W47";

/// The made-up week.
#[derive(Clone, Debug)]
pub struct MadeUp {
    book: Book,
    names: BTreeMap<&'static str, Id>,
    items: Vec<Id>,
}

impl MadeUp {
    /// The week, about these items of debt: `D-01` to `D-21`, in this order. Without enough of them
    /// keys like `made-up-D-05` stand in. Can't be refused: a test sees to that.
    pub fn new(items: &[Id]) -> Result<Self, Refusal> {
        let zone: Zone = zone();
        let mut script = Script {
            book: Book::new(zone, 6),
            names: BTreeMap::new(),
            items: (1..=21).filter_map(|number| item(items, number)).collect(),
        };
        earlier::write(&mut script)?;
        monday::write(&mut script)?;
        tuesday::write(&mut script)?;
        wednesday::write(&mut script)?;
        thursday::write(&mut script)?;
        friday::write(&mut script)?;
        Ok(Self {
            book: script.book,
            names: script.names,
            items: script.items,
        })
    }

    /// All of its events, by time.
    pub fn events(&self) -> &[Event] {
        self.book.events()
    }

    /// Its board at a moment.
    pub fn at(&self, moment: DateTime<Utc>) -> Board {
        let until = |event: &&Event| event.at() <= moment;
        let mut board = Board::of(self.events().iter().take_while(until));
        for item in &self.items {
            board.numbers.give(Numbered::Debt, item);
        }
        board
    }

    /// Somebody or something of it by its short name: `sammy`, `T-14`.
    pub fn id(&self, name: &str) -> Option<&Id> {
        self.names.get(name)
    }

    /// The item of debt of a number, from 1 to 21.
    pub fn item(&self, number: usize) -> Option<&Id> {
        self.items.get(number.checked_sub(1)?)
    }
}

fn item(items: &[Id], number: usize) -> Option<Id> {
    let given = items.get(number - 1).cloned();
    given.or_else(|| Id::key(&format!("made-up-D-{number:02}")).ok())
}

fn zone() -> Zone {
    "Europe/Berlin".parse().unwrap_or_default()
}

/// The name of the week.
pub fn week() -> WeekName {
    week_of(MONDAY)
}

/// The calendar of its team: due on Thursday at 18:00, in Berlin.
pub fn calendar() -> Calendar {
    let settings = CalendarSettings {
        deadline: Deadline {
            day: DeadlineDay::PayBack,
            time: NaiveTime::from_hms_opt(18, 0, 0),
        },
        ..CalendarSettings::default()
    };
    Calendar::new(settings, zone()).unwrap_or_default()
}

fn week_of(name: &str) -> WeekName {
    name.parse()
        .unwrap_or_else(|_| WeekName::of(chrono::NaiveDate::MIN))
}

/// An instant of November 2026 by Berlin's clocks: `17 09:32:00`.
pub fn moment(text: &str) -> DateTime<Utc> {
    let text = match text.matches(':').count() {
        1 => format!("2026-11-{text}:00"),
        _ => format!("2026-11-{text}"),
    };
    let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S").unwrap_or_default();
    zone().at(local.date(), local.time()).to_utc()
}

/// The week as it is being written.
struct Script {
    book: Book,
    names: BTreeMap<&'static str, Id>,
    items: Vec<Id>,
}

impl Script {
    /// Carries a command out at a local time.
    fn at(&mut self, time: &str, command: impl Into<Command>) -> Result<(), Refusal> {
        self.book.run(command, moment(time)).map(drop)
    }

    /// The same, and keeps the id of what was made by a short name.
    fn make(
        &mut self,
        time: &str,
        name: &'static str,
        command: impl Into<Command>,
    ) -> Result<(), Refusal> {
        let events = self.book.run(command, moment(time))?;
        if let Some(event) = events.first() {
            self.names.insert(name, event.entity.clone());
        }
        Ok(())
    }

    /// The id of a short name.
    fn id(&self, name: &'static str) -> Id {
        let known = self.names.get(name).cloned();
        known.unwrap_or_else(|| week().into())
    }

    /// The item of debt of a number.
    fn item(&self, number: usize) -> Id {
        let known = self.items.get(number - 1).cloned();
        known.unwrap_or_else(|| week().into())
    }
}

/// A card of the retro, by its short name.
fn card(
    script: &mut Script,
    time: &str,
    name: &'static str,
    column: Column,
    text: &str,
    by: &'static str,
) -> Result<(), Refusal> {
    let (text, by) = (text.to_owned(), Some(script.id(by)));
    let week = week();
    script.make(
        time,
        name,
        RetroCommand::Card {
            week,
            column,
            text,
            by,
        },
    )
}
