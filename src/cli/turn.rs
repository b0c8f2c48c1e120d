//! People in turn: what `hackweek standup`, `show` and `review` share.

use clap::Subcommand;

use super::Session;
use super::exit::{Failure, Verdict};
use super::written::edit;
use crate::workspace::people::{TurnChange, Turns};

/// What is done to the turns of a round.
#[derive(Debug, Subcommand)]
pub(crate) enum Turn {
    /// End the turn and begin the next; the first one begins the round
    Next,
    /// Go back to who spoke before
    Back,
    /// Stop the time of who is speaking, or let it run again
    Pause,
    /// Put those who wait in another order
    Shuffle {
        /// The same seed and team give the same order [default: another one each time]
        #[arg(long, value_name = "SEED")]
        seed: Option<u64>,
    },
    /// Put everybody in this order
    Order {
        /// Names or mail addresses
        #[arg(value_name = "NAME", required = true)]
        names: Vec<String>,
    },
    /// Say that somebody is away
    Away {
        /// Who
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Say that somebody is there after all
    Here {
        /// Who
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// Moves a round on.
pub(super) fn run(session: &Session, turns: Turns, turn: &Turn) -> Result<Verdict, Failure> {
    let change = match turn {
        Turn::Next => TurnChange::Next,
        Turn::Back => TurnChange::Back,
        Turn::Pause => TurnChange::Pause,
        Turn::Shuffle { seed } => TurnChange::Shuffle(*seed),
        Turn::Order { names } => TurnChange::Order(names.clone()),
        Turn::Away { name } => TurnChange::Away(name.clone(), true),
        Turn::Here { name } => TurnChange::Away(name.clone(), false),
    };
    edit(session, |people, _| people.turn(turns, &change))
}
