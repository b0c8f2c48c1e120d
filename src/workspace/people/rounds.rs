//! People in turn: the standup of the day, the demo and the review of the week; what blocks and what
//! is parked.

use super::naming::{Search, Thing, find};
use super::{People, Written};
use crate::report::boards::Speaker as Row;
use crate::week::round::{Round, RoundCommand, RoundName, Speaker, Turn};
use crate::week::standup::StandupCommand;
use crate::week::{Board, Id};
use crate::workspace::{Error, Workspace};

/// Whose turns are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turns {
    /// Those of the standup of the day that it is.
    Standup,
    /// Those of the asked week's demo.
    Demo,
    /// Those of the asked week's review.
    Review,
}

/// What is done to turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TurnChange {
    /// The turn is over, the next one begins; the first begins the round.
    Next,
    /// Back to who spoke before.
    Back,
    /// The time stands, or runs again.
    Pause,
    /// Those who wait come in another order, drawn by the seed.
    Shuffle(Option<u64>),
    /// Everybody comes in this order.
    Order(Vec<String>),
    /// Somebody is away, or is there after all.
    Away(String, bool),
}

impl Workspace {
    /// The speakers of a round as documents have them.
    pub(super) fn speakers(&self, board: &Board, name: RoundName) -> Vec<Row> {
        let round: Round = board.round_or_new(name, &self.rules);
        let row = |speaker: &Speaker| Row {
            name: board.name(&speaker.person).to_owned(),
            turn: match speaker.turn {
                Turn::Waiting => "waiting",
                Turn::Speaking => "speaking",
                Turn::Done => "done",
            }
            .to_owned(),
            seconds: speaker.timer.spent(self.now).num_seconds(),
            away: speaker.away,
        };
        round.speakers.iter().map(row).collect()
    }
}

impl People {
    /// Moves a round on.
    ///
    /// # Errors
    /// Somebody who is nobody; as for [`People::decide`].
    pub fn turn(&mut self, turns: Turns, change: &TurnChange) -> Result<Written, Error> {
        let round = match turns {
            Turns::Standup => RoundName::Standup(self.zone.date_of(self.now)),
            Turns::Demo => RoundName::Demo(self.week),
            Turns::Review => RoundName::Review(self.week),
        };
        let command = match change {
            TurnChange::Next => RoundCommand::Next(round),
            TurnChange::Back => RoundCommand::Back(round),
            TurnChange::Pause => RoundCommand::Pause(round),
            TurnChange::Shuffle(seed) => RoundCommand::Shuffle {
                round,
                // Any number will do, as long as it is another one each time.
                seed: seed.unwrap_or_else(|| self.now.timestamp_millis().unsigned_abs()),
            },
            TurnChange::Order(names) => {
                let people = names.iter().map(|name| self.person(name));
                RoundCommand::Order {
                    round,
                    people: people.collect::<Result<Vec<Id>, Error>>()?,
                }
            }
            TurnChange::Away(name, away) => RoundCommand::Away {
                round,
                person: self.person(name)?,
                away: *away,
            },
        };
        self.decide(command)
    }

    /// Says that something blocks somebody; `None`: the user.
    ///
    /// # Errors
    /// Somebody who is nobody, a time that is none; as for [`People::decide`].
    pub fn block(
        &mut self,
        text: &str,
        person: Option<&str>,
        since: Option<&str>,
        workspace: &Workspace,
    ) -> Result<Written, Error> {
        let since = since.map(|time| workspace.due(time)).transpose()?;
        let person = self.person(person.unwrap_or("me"))?;
        let week = self.week;
        self.decide(StandupCommand::Block {
            week,
            person,
            text: text.to_owned(),
            since,
        })
    }

    /// Says that a blocker is gone, or is back.
    ///
    /// # Errors
    /// A blocker that is not there; as for [`People::decide`].
    pub fn solve(&mut self, given: &str, solved: bool) -> Result<Written, Error> {
        let blockers = self.board().blockers.values().map(|blocker| Thing {
            id: &blocker.id,
            words: &blocker.text,
        });
        let search = Search {
            what: "blocker",
            list: "hackweek note list --as blocker",
            given,
        };
        let blocker = find(self.board(), &search, blockers)?;
        self.decide(StandupCommand::Solve { blocker, solved })
    }

    /// Parks a topic for after the standup.
    ///
    /// # Errors
    /// Somebody who is nobody; as for [`People::decide`].
    pub fn park(&mut self, text: &str, by: Option<&str>) -> Result<Written, Error> {
        let by = self.person(by.unwrap_or("me"))?;
        let (week, on) = (self.week, self.zone.date_of(self.now));
        self.decide(StandupCommand::Park {
            week,
            on,
            by: Some(by),
            text: text.to_owned(),
        })
    }

    /// Says that a parked topic was talked over, or was not.
    ///
    /// # Errors
    /// A topic that is not there; as for [`People::decide`].
    pub fn settle(&mut self, given: &str, done: bool) -> Result<Written, Error> {
        let parked = self.board().parked.values().map(|topic| Thing {
            id: &topic.id,
            words: &topic.text,
        });
        let search = Search {
            what: "parked topic",
            list: "hackweek note list --as parked",
            given,
        };
        let parked = find(self.board(), &search, parked)?;
        self.decide(StandupCommand::Settle { parked, done })
    }
}
