//! The retro: cards and their votes, topics, actions.

use super::naming::{Search, Thing, find, short};
use super::{People, Written};
use crate::report::boards::{
    Action as ActionRow, Card as Row, RetroPage, SCHEMA_RETRO, Topic, Votes,
};
use crate::week::retro::{Action, Card, Column, RetroCommand};
use crate::week::{Board, Id, Refusal, WeekName};
use crate::workspace::{Error, Workspace};

/// What is done to a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardChange {
    /// It says something else.
    Edit(String),
    /// It goes into another column.
    Put(Column),
    /// Somebody gives it a vote, or takes one back; `None`: the user.
    Vote(Option<String>, bool),
    /// It goes into another card; `None`: it stands for itself again.
    Merge(Option<String>),
    /// It is talked over from now on.
    Topic,
    /// It goes away.
    Delete,
}

/// What is done to an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionChange {
    /// It says something else.
    Edit(String),
    /// It is done, or is not.
    Done(bool),
    /// It goes into the week after the asked one, for a day of it.
    Carry(Option<u8>),
    /// It is given up, or is not.
    Drop(bool),
    /// The feature that it serves; `None`: none.
    Serve(Option<String>),
}

impl Workspace {
    /// Lists the cards and actions of the asked week's retro.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn retro_page(&self) -> Result<RetroPage, Error> {
        let board = self.own_board()?;
        let name = self.week().name();
        let week = board.week(name);
        let columns = [Column::Keep, Column::Change, Column::Try];
        let cards = columns.into_iter().flat_map(|column| week.cards(column));
        let all = week.all_cards();
        let merged = |card: &Card| {
            let others = all.iter().filter(|other| other.id != card.id);
            let others = others.filter(|other| *board.merged_into(other) == card.id);
            others.map(|other| other.text.clone()).collect()
        };
        let row = |card: &Card| Row {
            id: short(&board, &card.id),
            column: word(card.column).to_owned(),
            text: card.text.clone(),
            by: card.by.as_ref().map(|by| board.name(by).to_owned()),
            votes: week.votes_of(card),
            merged: merged(card),
        };
        let each = self.rules.votes_each;
        let votes = board.team().into_iter().map(|person| Votes {
            name: person.name.clone(),
            left: week.votes_left(&person.id, each),
        });
        let topic = week.topic().and_then(|topic| {
            Some(Topic {
                card: board.cards.get(&topic.card)?.text.clone(),
                seconds: topic.timer.spent(self.now).num_seconds(),
                runs: topic.timer.runs(),
            })
        });
        let actions = |name: WeekName| {
            let actions = board.week(name).actions();
            actions
                .into_iter()
                .map(|action| self.action(&board, action, name))
                .collect()
        };
        Ok(RetroPage {
            schema: SCHEMA_RETRO.to_owned(),
            week: name.to_string(),
            cards: cards.map(row).collect(),
            votes: votes.collect(),
            topic,
            actions: actions(name),
            next_actions: name.next().map(actions).unwrap_or_default(),
        })
    }

    fn action(&self, board: &Board, action: &Action, week: WeekName) -> ActionRow {
        let name = |id: &Id| board.name(id).to_owned();
        let feature = action.feature.as_ref();
        let feature = feature.and_then(|feature| board.features.get(feature));
        ActionRow {
            id: short(board, &action.id),
            text: action.text.clone(),
            owner: action.owner.as_ref().map(name),
            day: action.day.filter(|_| action.week == week),
            status: match (action.done_at, action.dropped) {
                (Some(_), _) => "done",
                (None, true) => "dropped",
                (None, false) if action.week != week => "carried",
                (None, false) => "open",
            }
            .to_owned(),
            done_at: action.done_at.map(|at| self.local(at)),
            times: action.times_in(week) as u64,
            feature: feature.map(|feature| feature.name.clone()),
        }
    }
}

fn word(column: Column) -> &'static str {
    match column {
        Column::Keep => "keep",
        Column::Change => "change",
        Column::Try => "try",
    }
}

impl People {
    /// Writes a card in the asked week, as the user.
    ///
    /// # Errors
    /// As for [`People::decide`].
    pub fn add_card(&mut self, column: Column, text: &str) -> Result<Written, Error> {
        let by = Some(self.me()?);
        let week = self.week;
        self.decide(RetroCommand::Card {
            week,
            column,
            text: text.to_owned(),
            by,
        })
    }

    /// Changes the card that `given` names.
    ///
    /// # Errors
    /// A card or a person that is not there; as for [`People::decide`].
    pub fn change_card(&mut self, given: &str, change: &CardChange) -> Result<Written, Error> {
        let card = card_of(self.board(), self.week, given)?;
        let command = match change {
            CardChange::Edit(text) => RetroCommand::Edit {
                card,
                text: text.clone(),
            },
            CardChange::Put(column) => RetroCommand::Put {
                card,
                column: *column,
            },
            CardChange::Vote(name, more) => RetroCommand::Vote {
                card,
                person: self.person(name.as_deref().unwrap_or("me"))?,
                more: *more,
            },
            CardChange::Merge(into) => {
                let into = into.as_deref();
                let into = into.map(|given| card_of(self.board(), self.week, given));
                RetroCommand::Merge {
                    card,
                    into: into.transpose()?,
                }
            }
            CardChange::Topic => RetroCommand::Topic {
                week: self.week,
                card,
            },
            CardChange::Delete => RetroCommand::Delete { card },
        };
        self.decide(command)
    }

    /// Stops the time of the topic, or lets it run again.
    ///
    /// # Errors
    /// As for [`People::decide`].
    pub fn pause_topic(&mut self) -> Result<Written, Error> {
        let week = self.week;
        self.decide(RetroCommand::PauseTopic { week })
    }

    /// Has somebody do something in the week after the asked one.
    ///
    /// # Errors
    /// Somebody who is nobody; as for [`People::decide`].
    pub fn add_action(
        &mut self,
        text: &str,
        owner: Option<&str>,
        day: Option<u8>,
    ) -> Result<Written, Error> {
        let owner = owner.map(|name| self.person(name)).transpose()?;
        let week = self.week.next().ok_or(Refusal::Already)?;
        self.decide(RetroCommand::Action {
            week,
            text: text.to_owned(),
            owner,
            day,
        })
    }

    /// Changes the action that `given` names.
    ///
    /// # Errors
    /// An action or a feature that is not there; as for [`People::decide`].
    pub fn change_action(&mut self, given: &str, change: &ActionChange) -> Result<Written, Error> {
        let action = action_of(self.board(), given)?;
        let command = match change {
            ActionChange::Edit(text) => RetroCommand::EditAction {
                action,
                text: text.clone(),
            },
            ActionChange::Done(done) => RetroCommand::Finish {
                action,
                done: *done,
            },
            ActionChange::Carry(day) => RetroCommand::CarryAction {
                action,
                into: self.week.next().ok_or(Refusal::Already)?,
                day: *day,
            },
            ActionChange::Drop(dropped) => RetroCommand::DropAction {
                action,
                dropped: *dropped,
            },
            ActionChange::Serve(feature) => RetroCommand::ServeAction {
                action,
                feature: self.feature_or_none(feature.as_deref())?,
            },
        };
        self.decide(command)
    }
}

fn card_of(board: &Board, week: WeekName, given: &str) -> Result<Id, Error> {
    let cards = board.cards.values().filter(|card| card.week == week);
    let cards = cards.map(|card| Thing {
        id: &card.id,
        words: &card.text,
    });
    let search = Search {
        what: "card",
        list: "hackweek retro",
        given,
    };
    Ok(find(board, &search, cards)?)
}

fn action_of(board: &Board, given: &str) -> Result<Id, Error> {
    let actions = board.actions.values().map(|action| Thing {
        id: &action.id,
        words: &action.text,
    });
    let search = Search {
        what: "action",
        list: "hackweek retro",
        given,
    };
    Ok(find(board, &search, actions)?)
}
