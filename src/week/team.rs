//! The team: people, and under which mail addresses git knows them.

use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Pen};
use super::facts::Entity;
use super::family::Family;
use super::id::Id;
use super::order::between;
use super::refusal::{Refusal, line};

/// Somebody of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Who it is.
    pub id: Id,
    /// The name that the screens show.
    pub name: String,
    /// The mail addresses of commits, lower case, ascending.
    pub mails: Vec<String>,
    /// The place among the others.
    pub order: String,
    /// Whether they left the team: what they did stays.
    pub left: bool,
}

impl Person {
    pub(super) fn read(entity: &Entity) -> Self {
        Self {
            id: entity.id.clone(),
            name: entity.text("name"),
            mails: entity.set("mails/"),
            order: entity.text("order"),
            left: entity.holds("left"),
        }
    }

    /// Whether a commit of a mail address is theirs.
    pub fn commits_as(&self, mail: &str) -> bool {
        self.mails.iter().any(|own| own.eq_ignore_ascii_case(mail))
    }
}

/// What can be done to the team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TeamCommand {
    /// Adds somebody.
    Add {
        /// The name.
        name: String,
        /// The mail addresses of their commits.
        mails: Vec<String>,
    },
    /// Gives somebody another name.
    Rename {
        /// Who.
        person: Id,
        /// The name.
        name: String,
    },
    /// Says that commits of an address are somebody's, or are not.
    Mail {
        /// Who.
        person: Id,
        /// The address.
        mail: String,
        /// Whether they are.
        theirs: bool,
    },
    /// Lets somebody leave the team, or come back.
    Leave {
        /// Who.
        person: Id,
        /// Whether they left.
        left: bool,
    },
}

pub(super) fn decide(
    board: &Board,
    command: &TeamCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    let change = match command {
        TeamCommand::Add { name, mails } => {
            let last = board.team().last().map(|person| person.order.clone());
            let mut change = Change::new(Family::Person, pen.id())
                .with("name", line("a person", name)?)
                .with("order", between(last.as_deref(), None));
            for mail in mails {
                change = change.with(mail_field(mail)?, true);
            }
            change
        }
        TeamCommand::Rename { person, name } => {
            board.known_person(person)?;
            Change::set(Family::Person, person).with("name", line("a person", name)?)
        }
        TeamCommand::Mail {
            person,
            mail,
            theirs,
        } => {
            board.known_person(person)?;
            Change::set(Family::Person, person).with(mail_field(mail)?, theirs)
        }
        TeamCommand::Leave { person, left } => {
            board.known_person(person)?;
            Change::set(Family::Person, person).with("left", left)
        }
    };
    Ok(vec![change])
}

fn mail_field(mail: &str) -> Result<String, Refusal> {
    Ok(format!(
        "mails/{}",
        line("a mail address", mail)?.to_lowercase()
    ))
}
