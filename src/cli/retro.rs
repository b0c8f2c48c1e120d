//! `hackweek retro`: cards, votes, actions.

use clap::{Args, Subcommand, ValueEnum};

use super::Session;
use super::exit::{Failure, Verdict};
use super::written::{edit, list};
use crate::report::table;
use crate::workspace::people::{self, ActionChange, CardChange};

/// `hackweek retro`
#[derive(Debug, Args)]
pub(crate) struct Retro {
    #[command(subcommand)]
    command: Option<Change>,
}

/// What is done in the retro. ID is as the page has it, or the words of the card.
#[derive(Debug, Subcommand)]
enum Change {
    /// Write a card
    Card {
        /// The words
        #[arg(value_name = "TEXT")]
        text: String,
        /// The column
        #[arg(long = "as", value_enum, value_name = "COLUMN")]
        column: Column,
    },
    /// Put a card into another column
    Put {
        /// The card
        #[arg(value_name = "ID")]
        card: String,
        /// The column
        #[arg(value_enum, value_name = "COLUMN")]
        column: Column,
    },
    /// Write a card anew; only where it was written
    Edit {
        /// The card
        #[arg(value_name = "ID")]
        card: String,
        /// The words
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Give a card a vote
    Vote {
        /// The card
        #[arg(value_name = "ID")]
        card: String,
        /// Whose vote [default: yours]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Take a vote back
    Unvote {
        /// The card
        #[arg(value_name = "ID")]
        card: String,
        /// Whose vote [default: yours]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Merge a card into another: its votes count there
    Merge {
        /// The card
        #[arg(value_name = "ID")]
        card: String,
        /// Into which
        #[arg(value_name = "INTO")]
        into: String,
    },
    /// Part a card from the one that it was merged into
    Part {
        /// The card
        #[arg(value_name = "ID")]
        card: String,
    },
    /// Take a card away
    Delete {
        /// The card
        #[arg(value_name = "ID")]
        card: String,
    },
    /// Talk a card over from now on
    Topic {
        /// The card
        #[arg(value_name = "ID")]
        card: String,
    },
    /// Stop the time of the topic, or let it run again
    Pause,
    /// What somebody has to do in the next week, and what became of that
    #[command(subcommand)]
    Action(Action),
}

/// What is done to actions. ID is as the page has it, or the words of the action.
#[derive(Debug, Subcommand)]
enum Action {
    /// Have somebody do something in the next week
    Add {
        /// What
        #[arg(value_name = "TEXT")]
        text: String,
        /// Who: a name, a mail address, or me
        #[arg(long, value_name = "NAME")]
        owner: Option<String>,
        /// On which day, 1 to 5
        #[arg(long, value_name = "DAY")]
        day: Option<u8>,
    },
    /// Mark an action as done
    Done {
        /// The action
        #[arg(value_name = "ID")]
        action: String,
    },
    /// Mark an action as to be done again
    Open {
        /// The action
        #[arg(value_name = "ID")]
        action: String,
    },
    /// Carry an action into the next week
    Carry {
        /// The action
        #[arg(value_name = "ID")]
        action: String,
        /// On which day of it, 1 to 5
        #[arg(long, value_name = "DAY")]
        day: Option<u8>,
    },
    /// Give an action up
    Drop {
        /// The action
        #[arg(value_name = "ID")]
        action: String,
        /// It is taken up again
        #[arg(long)]
        back: bool,
    },
    /// Say which feature an action serves, or without one none
    Serve {
        /// The action
        #[arg(value_name = "ID")]
        action: String,
        /// The feature
        #[arg(value_name = "FEATURE")]
        feature: Option<String>,
    },
    /// Write an action anew
    Edit {
        /// The action
        #[arg(value_name = "ID")]
        action: String,
        /// What is to be done
        #[arg(value_name = "TEXT")]
        text: String,
    },
}

/// The column of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Column {
    /// What stays
    Keep,
    /// What changes
    Change,
    /// What is tried
    Try,
}

impl From<Column> for people::Column {
    fn from(column: Column) -> Self {
        match column {
            Column::Keep => Self::Keep,
            Column::Change => Self::Change,
            Column::Try => Self::Try,
        }
    }
}

/// Shows or changes.
pub(super) fn run(session: &Session, asked: &Retro) -> Result<Verdict, Failure> {
    let Some(command) = &asked.command else {
        return list(
            session,
            |workspace| workspace.retro_page(),
            table::write_retro,
        );
    };
    let (card, change) = match command {
        Change::Action(action) => return act(session, action),
        Change::Card { text, column } => {
            return edit(session, |people, _| people.add_card((*column).into(), text));
        }
        Change::Pause => return edit(session, |people, _| people.pause_topic()),
        Change::Put { card, column } => (card, CardChange::Put((*column).into())),
        Change::Edit { card, text } => (card, CardChange::Edit(text.clone())),
        Change::Vote { card, by } => (card, CardChange::Vote(by.clone(), true)),
        Change::Unvote { card, by } => (card, CardChange::Vote(by.clone(), false)),
        Change::Merge { card, into } => (card, CardChange::Merge(Some(into.clone()))),
        Change::Part { card } => (card, CardChange::Merge(None)),
        Change::Delete { card } => (card, CardChange::Delete),
        Change::Topic { card } => (card, CardChange::Topic),
    };
    edit(session, |people, _| people.change_card(card, &change))
}

fn act(session: &Session, asked: &Action) -> Result<Verdict, Failure> {
    let (action, change) = match asked {
        Action::Add { text, owner, day } => {
            return edit(session, |people, _| {
                people.add_action(text, owner.as_deref(), *day)
            });
        }
        Action::Done { action } => (action, ActionChange::Done(true)),
        Action::Open { action } => (action, ActionChange::Done(false)),
        Action::Carry { action, day } => (action, ActionChange::Carry(*day)),
        Action::Drop { action, back } => (action, ActionChange::Drop(!back)),
        Action::Serve { action, feature } => (action, ActionChange::Serve(feature.clone())),
        Action::Edit { action, text } => (action, ActionChange::Edit(text.clone())),
    };
    edit(session, |people, _| people.change_action(action, &change))
}
