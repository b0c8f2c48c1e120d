//! What people write: the log of the opened repositories, who writes in it, and its board.
//!
//! A board belongs to the first of the repositories, by the directory that all its worktrees share:
//! whoever comes back to the same place finds it again. A repository that was moved begins anew. An
//! item of debt is known by its id alone, so the same words at the same path of two repositories
//! that are looked at together are decided together.
//!
//! To look never makes the file; to write makes it.

mod checks;
mod decisions;
mod naming;
mod notes;
mod numbers;
mod promises;
mod retro;
mod review;
mod roadmap;
mod rounds;
mod shows;
mod tasks;
mod team;
mod week;

use chrono::{DateTime, FixedOffset, Utc};
use xxhash_rust::xxh3::xxh3_64;

use super::source::Source;
use super::{Error, Workspace};
use crate::history::{Mailmap, Repository};
use crate::store::database::FILE;
use crate::store::{self, Access, Database, Done, Log};
use crate::week::team::TeamCommand;
use crate::week::{Board, Command, Event, Id, Refusal, WeekName, Zone};

pub use crate::week::payback::CheckList;
pub use crate::week::retro::Column;
pub use crate::week::review::Bucket;
pub use crate::week::roadmap::Milestone;
pub use checks::CheckChange;
pub use decisions::{Remark, Verdict};
pub use naming::Unclear;
pub use notes::NoteKind;
pub use promises::{NewPromise, PromiseChange, PromiseEdit};
pub use retro::{ActionChange, CardChange};
pub use review::{FindingChange, FindingText};
pub use roadmap::{FeatureChange, RoadmapChange};
pub use rounds::{TurnChange, Turns};
pub use shows::ShowChange;
pub use tasks::TaskChange;
pub use week::WeekChange;

/// The opened log, to write.
pub struct People {
    log: Log,
    user: User,
    zone: Zone,
    week: WeekName,
    now: DateTime<Utc>,
}

/// Who sits at the keyboard.
struct User {
    name: String,
    mail: Option<String>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// It as a sentence.
    pub sentence: String,
    /// What it made, by its short name, where it made something.
    pub made: Option<String>,
}

impl Workspace {
    /// Returns what people wrote; an empty board where nobody did.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn board(&self) -> Result<Board, Error> {
        let first = self.repositories.first();
        let Some(source) = first.and_then(|entry| entry.source.as_ref()) else {
            return Ok(Board::default());
        };
        if !self.has_log() {
            return Ok(Board::default());
        }
        let log = Database::open(&self.data, Access::Read)
            .and_then(|database| Log::open(database, &key(source.repository())));
        match log {
            Ok(log) => Ok(log.board().clone()),
            // Nobody wrote in the file, or others did and nobody in this project.
            Err(store::Error::ReadOnly { .. }) => Ok(Board::default()),
            Err(error) => Err(error.into()),
        }
    }

    /// The same where the first repository must be there: a list of nothing would read as one of a
    /// board without anything.
    pub(super) fn own_board(&self) -> Result<Board, Error> {
        if let Some(entry) = self.repositories.first()
            && entry.source.is_none()
        {
            Source::open(&entry.path, &self.branches, &self.indexes)?;
        }
        self.board()
    }

    /// Who sits at the keyboard, where the team of a board knows them.
    pub(super) fn user_on(&self, board: &Board) -> Option<Id> {
        let source = self.repositories.first()?.source.as_ref()?;
        user(source.repository()).on(board)
    }

    /// An instant as documents have it.
    pub(super) fn local(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        self.calendar.zone().local(instant).fixed_offset()
    }

    /// Opens the log to write; makes it where there is none.
    ///
    /// # Errors
    /// A first repository that cannot be opened, a file that cannot be written.
    pub fn people(&self) -> Result<People, Error> {
        let opened;
        let source = match self.repositories.first() {
            Some(entry) => match &entry.source {
                Some(source) => source,
                None => {
                    opened = Source::open(&entry.path, &self.branches, &self.indexes)?;
                    &opened
                }
            },
            None => return Err(Refusal::Already.into()),
        };
        let repository = source.repository();
        let database = Database::open(&self.data, Access::Write)?;
        let mut log = Log::open(database, &key(repository))?;
        log.rules = self.rules.clone();
        Ok(People {
            log,
            user: user(repository),
            zone: self.calendar.zone(),
            week: self.week().name(),
            now: self.now,
        })
    }

    /// Takes this installation's last command back.
    ///
    /// # Errors
    /// Nothing to take back; as for [`Workspace::people`].
    pub fn undo(&self) -> Result<Written, Error> {
        if !self.has_log() {
            return Err(Refusal::NothingToUndo.into());
        }
        self.people()?.undo()
    }

    /// Does again what was taken back last.
    ///
    /// # Errors
    /// Nothing to do again; as for [`Workspace::people`].
    pub fn redo(&self) -> Result<Written, Error> {
        if !self.has_log() {
            return Err(Refusal::NothingToRedo.into());
        }
        self.people()?.redo()
    }

    /// Whether there is a log: whatever stands in its place is one, for opening it says what it is.
    pub(crate) fn has_log(&self) -> bool {
        self.data.join(FILE).symlink_metadata().is_ok()
    }
}

impl User {
    /// Who they are on a board.
    fn on(&self, board: &Board) -> Option<Id> {
        let person = match &self.mail {
            Some(mail) => board.person_of_mail(mail),
            None => {
                let mut people = board.people.values();
                people.find(|person| person.name == self.name)
            }
        };
        person.map(|person| person.id.clone())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Store(refusal.into())
    }
}

impl People {
    /// Returns the board as of the last writing.
    pub fn board(&self) -> &Board {
        self.log.board()
    }

    /// Sets the time that later commands are written at.
    pub fn set_now(&mut self, now: DateTime<Utc>) {
        self.now = now;
    }

    /// Returns who the user is. Somebody who writes for the first time joins the team, which is an
    /// event of its own.
    ///
    /// # Errors
    /// A log that cannot be written.
    pub fn me(&mut self) -> Result<Id, Error> {
        if let Some(known) = self.known() {
            return Ok(known);
        }
        let join = TeamCommand::Add {
            name: self.user.name.clone(),
            mails: self.user.mail.iter().cloned().collect(),
        };
        match self.log.run(join, self.now, self.zone) {
            Ok(done) => Ok(done.made.ok_or(Refusal::Already)?),
            // Another process did it in this moment, and its board is this one's now.
            Err(store::Error::Refused(Refusal::Already)) => {
                self.log.catch_up()?;
                Ok(self.known().ok_or(Refusal::Already)?)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn known(&self) -> Option<Id> {
        self.user.on(self.log.board())
    }

    /// Takes in what other processes wrote. Returns whether there was anything.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn catch_up(&mut self) -> Result<bool, Error> {
        Ok(self.log.catch_up()?)
    }

    /// Carries a command out.
    ///
    /// # Errors
    /// The refusal of the board; a log that cannot be written.
    pub fn decide(&mut self, command: impl Into<Command>) -> Result<Written, Error> {
        let done = self.log.run(command, self.now, self.zone)?;
        Ok(self.written(done))
    }

    /// Takes this installation's last command back.
    ///
    /// # Errors
    /// As for [`People::decide`].
    pub fn undo(&mut self) -> Result<Written, Error> {
        let done = self.log.undo(self.now, self.zone)?;
        Ok(self.written(done))
    }

    /// Does again what was taken back last.
    ///
    /// # Errors
    /// As for [`People::decide`].
    pub fn redo(&mut self) -> Result<Written, Error> {
        let done = self.log.redo(self.now, self.zone)?;
        Ok(self.written(done))
    }

    /// Takes in events that others wrote, and the numbers of items of debt.
    ///
    /// # Errors
    /// A log that cannot be written.
    pub(super) fn take_in(
        &mut self,
        events: &[&Event],
        numbers: &[(u32, Id)],
    ) -> Result<(), Error> {
        self.log.receive(events.iter().copied())?;
        Ok(self.log.put_debt_numbers(numbers)?)
    }

    fn written(&self, done: Done) -> Written {
        let made = done.made.map(|id| naming::short(self.board(), &id));
        Written {
            sentence: done.sentence,
            made,
        }
    }
}

/// The key of the project that a repository is. Two places whose names are no text differ in what
/// is left out of them.
fn key(repository: &Repository) -> String {
    let place = repository.common_dir();
    match place.to_str() {
        Some(place) => place.to_owned(),
        None => {
            let bytes = place.as_os_str().as_encoded_bytes();
            format!("{}#{:016x}", place.display(), xxh3_64(bytes))
        }
    }
}

/// Who writes: git's user, by the mailmap, as commits are named; else the user of the machine.
fn user(repository: &Repository) -> User {
    let user = repository.user();
    let variable = |name| {
        let value = std::env::var_os(name)?;
        let value = value.to_string_lossy().trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    let machine = || variable("USER").or_else(|| variable("USERNAME"));
    let Some(mail) = user.mail else {
        let name = user.name.or_else(machine);
        return User {
            name: name.unwrap_or_else(|| "somebody".to_owned()),
            mail: None,
        };
    };
    // A mailmap that cannot be read is the scan's to complain of.
    let mailmap: Mailmap = repository.mailmap().unwrap_or_default();
    let name = user.name.or_else(machine).unwrap_or_else(|| mail.clone());
    let (name, mail) = mailmap.resolve(name.as_bytes(), mail.as_bytes());
    User {
        name: String::from_utf8_lossy(name).into_owned(),
        mail: Some(String::from_utf8_lossy(mail).into_owned()),
    }
}
