//! The log of what people wrote in a project, and its board.
//!
//! A change is one transaction: what other processes wrote meanwhile is taken in, the command is
//! decided, its events and what is kept beside them are appended. No other way leads into the file.
//!
//! The board is folded in memory when the log is opened, and not kept in tables: the screens need
//! all of it, and the fold of a year of a large team takes less time than a person notices. Tables
//! beside the log are kept only where something asks for a part: the events of a command (to undo
//! it) and of a thing (to tell its history) are found by an index, and the short numbers must not
//! change when a board is folded from events that came in another order.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::database::{Database, failed};
use super::log_rows::{about, after, append, numbers, of_command, of_writer, put_number};
use super::{Error, writer};
use crate::week::random::Random;
use crate::week::{
    Board, Command, Event, Id, Numbered, Numbers, Pen, Refusal, Rules, Ulid, UlidMaker, Writer,
    Zone, say, say_all,
};

/// The log of a project.
#[derive(Debug)]
pub struct Log {
    database: Database,
    project: i64,
    writer: Writer,
    ids: UlidMaker,
    board: Board,
    /// The last event that is on the board.
    arrival: i64,
    data_version: i64,
    /// The team's rules.
    pub rules: Rules,
}

/// What a command did.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// The command.
    pub command: Ulid,
    /// What it did, as a sentence.
    pub sentence: String,
    /// What it made, where it made something.
    pub made: Option<Id>,
}

/// What is to be done to the log.
enum Asked<'a> {
    Command(&'a Command),
    Undo,
    Redo,
}

impl Log {
    /// Opens the log of a project, by the key with which the workspace finds it.
    ///
    /// # Errors
    /// An event that can't be read, a file that can't be read. A project that is not there yet can't
    /// be made in a file that can only be read: [`Error::ReadOnly`].
    pub fn open(database: Database, key: &str) -> Result<Self, Error> {
        Self::open_on(database, key, &writer::machine())
    }

    /// The same on a machine of a given name.
    pub(super) fn open_on(mut database: Database, key: &str, machine: &str) -> Result<Self, Error> {
        let random = u128::from_be_bytes(database.random()?);
        let seed = database.random()?;
        let (project, writer) = if database.is_writable() {
            let (failed, inode) = (database.failed("write to"), database.identity().to_owned());
            let transaction = database.writer()?;
            transaction
                .execute(
                    "INSERT INTO project (key) VALUES (?1) ON CONFLICT DO NOTHING",
                    [key],
                )
                .map_err(&failed)?;
            let project = find_project(&transaction, key).map_err(&failed)?;
            let writer = writer::current(&transaction, machine, &inode, random).map_err(&failed)?;
            transaction.commit().map_err(&failed)?;
            (project, writer)
        } else {
            let project = find_project(database.reader(), key).map_err(database.failed("read"))?;
            // Never used: a file that can only be read has no writer.
            (project, Writer::new(random))
        };
        let path = database.path().to_owned();
        let project = project.ok_or(Error::ReadOnly { path })?;
        let mut log = Self {
            data_version: database.data_version()?,
            database,
            project,
            writer,
            ids: UlidMaker::new(Random::of_bytes(seed)),
            board: Board::default(),
            arrival: 0,
            rules: Rules::default(),
        };
        log.read_all()?;
        Ok(log)
    }

    fn read_all(&mut self) -> Result<(), Error> {
        let mut board = Board::default();
        let mut last = 0;
        let failed = self.database.failed("read");
        after(
            self.database.reader(),
            &failed,
            self.project,
            0,
            |arrival, event| {
                last = arrival;
                board.fold(&event);
            },
        )?;
        board.look();
        for (kind, number, id) in numbers(self.database.reader(), self.project).map_err(&failed)? {
            board.numbers.put(kind, id, number);
        }
        self.board = board;
        self.arrival = last;
        Ok(())
    }

    /// The board as of the last reading or writing.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// The file.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Who writes.
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// Takes in what other processes wrote. Returns whether there was anything; without a write by
    /// another process it costs one question to SQLite.
    pub fn catch_up(&mut self) -> Result<bool, Error> {
        let version = self.database.data_version()?;
        if version == self.data_version {
            return Ok(false);
        }
        let before = self.arrival;
        let failed = self.database.failed("read");
        let (board, last) = (&mut self.board, &mut self.arrival);
        catch_up_in(self.database.reader(), &failed, self.project, board, last)?;
        for (kind, number, id) in numbers(self.database.reader(), self.project).map_err(&failed)? {
            board.numbers.put(kind, id, number);
        }
        self.data_version = version;
        Ok(self.arrival != before)
    }

    /// Carries a command out, at an instant in a timezone.
    ///
    /// # Errors
    /// [`Error::Refused`] says what to do instead. After any error the file is as it was.
    pub fn run(
        &mut self,
        command: impl Into<Command>,
        at: DateTime<Utc>,
        zone: Zone,
    ) -> Result<Done, Error> {
        self.change(&Asked::Command(&command.into()), at, zone)
    }

    /// Takes this installation's last command back.
    ///
    /// # Errors
    /// As for [`Log::run`].
    pub fn undo(&mut self, at: DateTime<Utc>, zone: Zone) -> Result<Done, Error> {
        self.change(&Asked::Undo, at, zone)
    }

    /// Does again what was taken back last.
    ///
    /// # Errors
    /// As for [`Log::run`].
    pub fn redo(&mut self, at: DateTime<Utc>, zone: Zone) -> Result<Done, Error> {
        self.change(&Asked::Redo, at, zone)
    }

    fn change(&mut self, asked: &Asked<'_>, at: DateTime<Utc>, zone: Zone) -> Result<Done, Error> {
        // Before and within the transaction: mostly nothing is left to take in while others wait.
        self.catch_up()?;
        // The step is another one only if another process wrote since, which is seen below.
        let step = match asked {
            Asked::Command(_) => None,
            Asked::Undo => Some(
                self.board
                    .to_undo(&self.writer)
                    .ok_or(Refusal::NothingToUndo)?,
            ),
            Asked::Redo => Some(
                self.board
                    .to_redo(&self.writer)
                    .ok_or(Refusal::NothingToRedo)?,
            ),
        };
        let before = match step {
            Some(step) => of_command(&self.database, self.project, step.latest)?,
            None => Vec::new(),
        };
        let (path, project) = (self.database.path().to_owned(), self.project);
        let failed = failed(path.clone(), "write to");
        let transaction = self.database.writer()?;
        let (board, last) = (&mut self.board, &mut self.arrival);
        catch_up_in(&transaction, &failed, project, board, last)?;
        let mut pen = Pen {
            writer: &self.writer,
            at,
            zone,
            ids: &mut self.ids,
            rules: &self.rules,
        };
        let events = match (asked, step) {
            (Asked::Command(command), _) => board.decide(command, &mut pen)?,
            (Asked::Undo, step) if board.to_undo(&self.writer) == step => {
                board.undo(&mut pen, |_| before)?
            }
            (Asked::Redo, step) if board.to_redo(&self.writer) == step => {
                board.redo(&mut pen, |_| before)?
            }
            // Another process changed what there is to undo in this very moment.
            (Asked::Undo | Asked::Redo, _) => return Err(Refusal::Already.into()),
        };
        let mut arrived = *last;
        for event in &events {
            append(&transaction, &path, project, event)?;
            arrived = transaction.last_insert_rowid();
        }
        number_tasks(&transaction, project, board, &events).map_err(&failed)?;
        transaction.commit().map_err(&failed)?;
        // Not before: until the commit the board is what the file holds.
        for event in &events {
            board.add(event);
        }
        *last = arrived;
        self.done(&events)
    }

    fn done(&self, events: &[Event]) -> Result<Done, Error> {
        let first = events.first().ok_or(Refusal::Already)?;
        let meant = match first.undoes.or(first.redoes) {
            Some(command) => of_command(&self.database, self.project, command)?,
            None => Vec::new(),
        };
        Ok(Done {
            command: first.id,
            sentence: say_all(&self.board, events, meant.first()).unwrap_or_default(),
            made: first.kind.ends_with(".new").then(|| first.entity.clone()),
        })
    }

    /// What an undo would take back, as a sentence; `None` at the beginning.
    pub fn to_undo(&self) -> Result<Option<String>, Error> {
        let Some(step) = self.board.to_undo(&self.writer) else {
            return Ok(None);
        };
        let events = of_command(&self.database, self.project, step.command)?;
        Ok(events.first().map(|event| say(&self.board, event, None)))
    }

    /// What was written about something, oldest first: each event with its sentence.
    pub fn history(&self, entity: &Id) -> Result<Vec<(Event, String)>, Error> {
        let events = about(&self.database, self.project, entity)?;
        let said = events.into_iter().map(|event| {
            let sentence = say(&self.board, &event, None);
            (event, sentence)
        });
        Ok(said.collect())
    }

    /// The events of a writer's log after one, in their order: what there is to share.
    pub fn events_of(&self, writer: &Writer, after: u64) -> Result<Vec<Event>, Error> {
        of_writer(&self.database, self.project, writer, after)
    }

    /// Appends events of others; those that are here already are left out. Returns how many were
    /// new. All of them or none.
    ///
    /// # Errors
    /// [`Error::Rewritten`] where a log says other than it said; [`Error::TooLarge`].
    pub fn receive<'a>(
        &mut self,
        events: impl IntoIterator<Item = &'a Event>,
    ) -> Result<usize, Error> {
        self.catch_up()?;
        let (path, project) = (self.database.path().to_owned(), self.project);
        let failed = failed(path.clone(), "write to");
        let transaction = self.database.writer()?;
        let (board, last) = (&mut self.board, &mut self.arrival);
        catch_up_in(&transaction, &failed, project, board, last)?;
        let mut arrived = *last;
        let mut new = Vec::new();
        for event in events {
            if append(&transaction, &path, project, event)? {
                arrived = transaction.last_insert_rowid();
                new.push(event);
            }
        }
        number_tasks(&transaction, project, board, new.iter().copied()).map_err(&failed)?;
        transaction.commit().map_err(&failed)?;
        for event in &new {
            board.add(event);
        }
        *last = arrived;
        Ok(new.len())
    }

    /// Gives items of debt their numbers, in this order; those that have one keep it.
    pub fn number_debt(&mut self, items: &[Id]) -> Result<(), Error> {
        self.catch_up()?;
        let has_number = |id: &Id| self.board.numbers.of(Numbered::Debt, id).is_some();
        if items.iter().all(has_number) {
            return Ok(());
        }
        let failed = self.database.failed("write to");
        let transaction = self.database.writer()?;
        for (kind, number, id) in numbers(&transaction, self.project).map_err(&failed)? {
            self.board.numbers.put(kind, id, number);
        }
        for item in items {
            let number = self.board.numbers.give(Numbered::Debt, item);
            put_number(&transaction, self.project, Numbered::Debt, number, item)
                .map_err(&failed)?;
        }
        transaction.commit().map_err(&failed)
    }

    /// Gives items of debt these numbers, which nothing has yet.
    pub fn put_debt_numbers(&mut self, numbers: &[(u32, Id)]) -> Result<(), Error> {
        let failed = self.database.failed("write to");
        let transaction = self.database.writer()?;
        for (number, item) in numbers {
            put_number(&transaction, self.project, Numbered::Debt, *number, item)
                .map_err(&failed)?;
        }
        transaction.commit().map_err(&failed)?;
        for (number, item) in numbers {
            self.board
                .numbers
                .put(Numbered::Debt, item.clone(), *number);
        }
        Ok(())
    }

    /// Makes everything anew that follows from the log: the board and the numbers of tasks.
    pub fn rebuild(&mut self) -> Result<(), Error> {
        let failed = self.database.failed("rebuild");
        let project = self.project;
        let transaction = self.database.writer()?;
        transaction
            .execute(
                "DELETE FROM number WHERE project = ?1 AND kind = 'T'",
                params![project],
            )
            .map_err(&failed)?;
        let mut board = Board::default();
        after(&transaction, &failed, project, 0, |_, event| {
            board.fold(&event)
        })?;
        for (kind, number, id) in board.numbers.all() {
            put_number(&transaction, project, kind, number, id).map_err(&failed)?;
        }
        transaction.commit().map_err(&failed)?;
        self.read_all()
    }
}

fn find_project(connection: &Connection, key: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .query_row("SELECT project FROM project WHERE key = ?1", [key], |row| {
            row.get(0)
        })
        .optional()
}

/// Puts on the board what arrived after the last event that is on it.
fn catch_up_in(
    connection: &Connection,
    failed: &dyn Fn(rusqlite::Error) -> Error,
    project: i64,
    board: &mut Board,
    last: &mut i64,
) -> Result<(), Error> {
    let from = *last;
    after(connection, failed, project, from, |arrival, event| {
        board.add(&event);
        *last = arrival;
    })
}

/// Writes down the numbers that the board will give to the tasks of events.
fn number_tasks<'a>(
    transaction: &Transaction<'_>,
    project: i64,
    board: &Board,
    events: impl IntoIterator<Item = &'a Event>,
) -> rusqlite::Result<()> {
    let mut numbers: Option<Numbers> = None;
    for event in events {
        let kind = Numbered::of_event(event);
        let Some(kind) = kind.filter(|kind| board.numbers.of(*kind, &event.entity).is_none())
        else {
            continue;
        };
        let numbers = numbers.get_or_insert_with(|| board.numbers.clone());
        let number = numbers.give(kind, &event.entity);
        put_number(transaction, project, kind, number, &event.entity)?;
    }
    Ok(())
}
