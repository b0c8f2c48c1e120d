//! The thread that writes what people do, and sees what other processes write.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::actions::Action;
use super::keymap::check;
use super::message::{Message, Set, Turn, Wrote};
use super::worker::guarded;
use crate::week::Command;
use crate::workspace::config::{Changed, Edit};
use crate::workspace::people::{People, Written};
use crate::workspace::{Error, Options, Workspace, set, set_back};

/// How often it looks for what others wrote. Without anything new it costs SQLite one question.
const WATCH: Duration = Duration::from_secs(1);

/// What is to be written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    /// What a person does.
    Command(Box<Command>),
    /// The last of it taken back.
    Undo,
    /// Done again.
    Redo,
    /// Some values of the configuration file changed together.
    Set(Vec<Edit>),
    /// Such a change taken back, or done again.
    SetBack(Box<Changed>, Turn),
    /// The user becomes one of the team; then an action is done.
    Join(Action),
}

/// Writes what it is asked to, one after the other, each in its own transaction.
pub(super) fn write(
    options: &Options,
    deeds: &Receiver<(Deed, DateTime<Utc>)>,
    tell: &Sender<Message>,
) {
    let mut log = Opened {
        options,
        workspace: None,
        people: None,
    };
    loop {
        let message = match deeds.recv_timeout(WATCH) {
            Ok((deed, now)) => log.answer(deed, now),
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => match log.look() {
                Some(message) => message,
                None => continue,
            },
        };
        if tell.send(message).is_err() {
            return;
        }
    }
}

/// The log, as far as it is open.
struct Opened<'a> {
    options: &'a Options,
    workspace: Option<Workspace>,
    people: Option<People>,
}

impl Opened<'_> {
    /// The workspace, opened once.
    fn workspace(&mut self) -> Result<&Workspace, Error> {
        let workspace = match self.workspace.take() {
            Some(workspace) => workspace,
            None => Workspace::open(self.options.clone())?,
        };
        Ok(self.workspace.insert(workspace))
    }

    /// What others wrote since the last look. A log that cannot be read is the next writing's to
    /// complain of.
    fn look(&mut self) -> Option<Message> {
        if let Some(open) = &mut self.people {
            return match guarded(|| open.catch_up()) {
                Ok(true) => Some(Message::Board(Arc::new(open.board().clone()))),
                Ok(false) => None,
                Err(_) => {
                    // It is opened again at the next look.
                    self.people = None;
                    None
                }
            };
        }
        // To look never makes the file.
        let opened = guarded(|| {
            let workspace = self.workspace()?;
            let people = workspace.has_log().then(|| workspace.people());
            people.transpose()
        });
        self.people = opened.ok().flatten();
        let open = self.people.as_ref()?;
        Some(Message::Board(Arc::new(open.board().clone())))
    }

    fn answer(&mut self, deed: Deed, now: DateTime<Utc>) -> Message {
        let deed = match deed {
            Deed::Set(edits) => {
                return self.set(Turn::Done, |options| set(options, &edits, &check));
            }
            Deed::SetBack(changed, turn) => {
                return self.set(turn, |options| set_back(options, &changed, &check));
            }
            deed => deed,
        };
        let opened = match self.people.take() {
            Some(people) => Ok(people),
            None => guarded(|| self.workspace()?.people()),
        };
        let mut open = match opened {
            Ok(open) => open,
            Err(why) => return failed(deed, why),
        };
        let message = answer(&mut open, deed, now);
        self.people = Some(open);
        message
    }
}

impl Opened<'_> {
    /// Changes the configuration, and opens all anew with it.
    fn set(
        &mut self,
        turn: Turn,
        change: impl FnOnce(&Options) -> Result<Changed, Error>,
    ) -> Message {
        let set = guarded(|| {
            let changed = change(self.options)?;
            (self.workspace, self.people) = (None, None);
            let calendar = self.workspace()?.calendar().clone();
            Ok(Box::new(Set {
                changed,
                turn,
                calendar,
            }))
        });
        Message::Set(set)
    }
}

fn answer(open: &mut People, deed: Deed, now: DateTime<Utc>) -> Message {
    open.set_now(now);
    let (turn, of_debt) = match &deed {
        Deed::Command(command) => (Turn::Done, is_of_debt(command)),
        Deed::Undo => (Turn::Undone, true),
        Deed::Redo => (Turn::Redone, true),
        _ => (Turn::Done, false),
    };
    if let Deed::Join(then) = deed {
        let joined = guarded(|| {
            let me = open.me()?;
            Ok((Arc::new(open.board().clone()), me))
        });
        return Message::Joined { joined, then };
    }
    let written = guarded(|| -> Result<Written, Error> {
        match deed {
            Deed::Command(command) => open.decide(*command),
            Deed::Undo => open.undo(),
            _ => open.redo(),
        }
    });
    let outcome = written.map(|written| Wrote {
        sentence: written.sentence,
        turn,
        of_debt,
        board: Arc::new(open.board().clone()),
    });
    Message::Wrote(outcome)
}

fn failed(deed: Deed, why: String) -> Message {
    match deed {
        Deed::Join(then) => Message::Joined {
            joined: Err(why),
            then,
        },
        _ => Message::Wrote(Err(why)),
    }
}

/// Whether a command can change what the report of the debt says.
fn is_of_debt(command: &Command) -> bool {
    matches!(command, Command::Payback(_) | Command::Promise(_))
}
