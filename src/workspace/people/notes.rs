//! Notes: what blocks somebody, what is parked, what the review says, the cards of the retro.

use super::naming::{Search, Unclear, fits, short};
use super::{People, Written};
use crate::report::people::{Note as Row, NoteList, SCHEMA_NOTES};
use crate::week::retro::{Column, RetroCommand};
use crate::week::review::{About, ReviewCommand};
use crate::week::standup::StandupCommand;
use crate::week::{Board, Command, Id, WeekName};
use crate::workspace::{Error, Workspace};

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// What stops the user.
    Blocker,
    /// A topic for after the standup.
    Parked,
    /// The good of the hack.
    Good,
    /// The bad.
    Bad,
    /// The embarrassing.
    Embarrassing,
    /// A talking point of the demo.
    Talk,
    /// What stays, in the retro.
    Keep,
    /// What changes.
    Change,
    /// What is tried.
    Try,
}

impl NoteKind {
    /// All, in the order of the week.
    pub const ALL: [Self; 9] = [
        Self::Blocker,
        Self::Parked,
        Self::Talk,
        Self::Good,
        Self::Bad,
        Self::Embarrassing,
        Self::Keep,
        Self::Change,
        Self::Try,
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Blocker => "blocker",
            Self::Parked => "parked",
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Embarrassing => "embarrassing",
            Self::Talk => "talk",
            Self::Keep => "keep",
            Self::Change => "change",
            Self::Try => "try",
        }
    }

    fn of_about(about: About) -> Self {
        match about {
            About::Good => Self::Good,
            About::Bad => Self::Bad,
            About::Embarrassing => Self::Embarrassing,
            About::Talk => Self::Talk,
        }
    }

    fn of_column(column: Column) -> Self {
        match column {
            Column::Keep => Self::Keep,
            Column::Change => Self::Change,
            Column::Try => Self::Try,
        }
    }
}

/// A note of any kind.
#[derive(Clone, Copy)]
struct Noted<'a> {
    id: &'a Id,
    week: WeekName,
    kind: NoteKind,
    text: &'a str,
    by: Option<&'a Id>,
    done: Option<bool>,
    votes: Option<u32>,
}

/// All notes, by kind, in the order in which they were written: ids begin with their time.
fn all(board: &Board) -> Vec<Noted<'_>> {
    let blockers = board.blockers.values().map(|blocker| Noted {
        id: &blocker.id,
        week: blocker.week,
        kind: NoteKind::Blocker,
        text: &blocker.text,
        by: Some(&blocker.person),
        done: Some(!blocker.is_open()),
        votes: None,
    });
    let parked = board.parked.values().map(|parked| Noted {
        id: &parked.id,
        week: parked.week,
        kind: NoteKind::Parked,
        text: &parked.text,
        by: parked.by.as_ref(),
        done: Some(parked.done),
        votes: None,
    });
    let said = board.notes.values().map(|note| Noted {
        id: &note.id,
        week: note.week,
        kind: NoteKind::of_about(note.about),
        text: &note.text,
        by: Some(&note.by),
        done: None,
        votes: None,
    });
    let cards = board.cards.values().map(|card| Noted {
        id: &card.id,
        week: card.week,
        kind: NoteKind::of_column(card.column),
        text: &card.text,
        by: card.by.as_ref(),
        done: None,
        votes: Some(card.vote_count()),
    });
    let mut all: Vec<Noted<'_>> = blockers.chain(parked).chain(said).chain(cards).collect();
    all.sort_by_key(|note| NoteKind::ALL.iter().position(|kind| *kind == note.kind));
    all
}

impl Workspace {
    /// Lists the notes of the asked week, of one kind or all.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn notes(&self, kind: Option<NoteKind>) -> Result<NoteList, Error> {
        let board = self.own_board()?;
        let name = self.week().name();
        let mut notes = all(&board);
        notes.retain(|note| note.week == name && kind.is_none_or(|kind| kind == note.kind));
        let row = |note: Noted<'_>| Row {
            id: short(&board, note.id),
            kind: note.kind.word().to_owned(),
            text: note.text.to_owned(),
            by: note.by.map(|by| board.name(by).to_owned()),
            done: note.done,
            votes: note.votes,
        };
        Ok(NoteList {
            schema: SCHEMA_NOTES.to_owned(),
            week: name.to_string(),
            notes: notes.into_iter().map(row).collect(),
        })
    }
}

impl People {
    /// Notes something in the asked week, as the user.
    ///
    /// # Errors
    /// As for [`People::decide`].
    pub fn add_note(&mut self, kind: NoteKind, text: &str) -> Result<Written, Error> {
        let (week, text, by) = (self.week, text.to_owned(), self.me()?);
        let say = |about, by, text| ReviewCommand::Say {
            week,
            by,
            about,
            text,
        };
        let card = |column, by, text| RetroCommand::Card {
            week,
            column,
            text,
            by: Some(by),
        };
        let command: Command = match kind {
            NoteKind::Blocker => StandupCommand::Block {
                week,
                person: by,
                text,
                since: None,
            }
            .into(),
            NoteKind::Parked => StandupCommand::Park {
                week,
                on: self.zone.date_of(self.now),
                by: Some(by),
                text,
            }
            .into(),
            NoteKind::Good => say(About::Good, by, text).into(),
            NoteKind::Bad => say(About::Bad, by, text).into(),
            NoteKind::Embarrassing => say(About::Embarrassing, by, text).into(),
            NoteKind::Talk => say(About::Talk, by, text).into(),
            NoteKind::Keep => card(Column::Keep, by, text).into(),
            NoteKind::Change => card(Column::Change, by, text).into(),
            NoteKind::Try => card(Column::Try, by, text).into(),
        };
        self.decide(command)
    }

    /// Says that a blocker is solved or a parked topic was talked over.
    ///
    /// # Errors
    /// A note that is not there or of another kind; as for [`People::decide`].
    pub fn finish_note(&mut self, given: &str) -> Result<Written, Error> {
        let (id, kind) = find(self.board(), given)?;
        match kind {
            NoteKind::Blocker => self.decide(StandupCommand::Solve {
                blocker: id,
                solved: true,
            }),
            NoteKind::Parked => self.decide(StandupCommand::Settle {
                parked: id,
                done: true,
            }),
            kind => Err(Unclear::NotThat {
                given: given.to_owned(),
                is: kind.word(),
                wanted: "only blockers and parked topics are ever done",
            }
            .into()),
        }
    }

    /// Takes a note away.
    ///
    /// # Errors
    /// A note that is not there; as for [`People::decide`].
    pub fn delete_note(&mut self, given: &str) -> Result<Written, Error> {
        let (id, kind) = find(self.board(), given)?;
        let command: Command = match kind {
            NoteKind::Blocker => StandupCommand::DeleteBlocker { blocker: id }.into(),
            NoteKind::Parked => StandupCommand::DeleteParked { parked: id }.into(),
            NoteKind::Good | NoteKind::Bad | NoteKind::Embarrassing | NoteKind::Talk => {
                ReviewCommand::Unsay { note: id }.into()
            }
            NoteKind::Keep | NoteKind::Change | NoteKind::Try => {
                RetroCommand::Delete { card: id }.into()
            }
        };
        self.decide(command)
    }
}

fn find(board: &Board, given: &str) -> Result<(Id, NoteKind), Unclear> {
    let search = Search {
        what: "note",
        list: "hackweek note list",
        given: given.trim(),
    };
    let mut fitting = all(board);
    fitting.retain(|note| fits(note.id, search.given));
    let told = |note: Noted<'_>| format!("{} {} {}", note.id, note.kind.word(), note.text);
    let found = search.the_one(fitting, told)?;
    Ok((found.id.clone(), found.kind))
}
