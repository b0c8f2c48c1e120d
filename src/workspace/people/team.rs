//! The team, and whom a name on the command line means.

use super::naming::{Search, Unclear};
use super::{People, Written};
use crate::report::people::{Person as Row, SCHEMA_TEAM, TeamList};
use crate::week::team::{Person, TeamCommand};
use crate::week::{Board, Id};
use crate::workspace::{Error, Workspace};

impl Workspace {
    /// Lists the team.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn team(&self) -> Result<TeamList, Error> {
        let board = self.own_board()?;
        let row = |person: &Person| Row {
            name: person.name.clone(),
            mails: person.mails.clone(),
        };
        Ok(TeamList {
            schema: SCHEMA_TEAM.to_owned(),
            people: board.team().into_iter().map(row).collect(),
        })
    }
}

impl People {
    /// Adds somebody to the team, with the mail addresses of their commits.
    ///
    /// # Errors
    /// An address of somebody else; as for [`People::decide`].
    pub fn add_person(&mut self, name: &str, mails: &[String]) -> Result<Written, Error> {
        self.decide(TeamCommand::Add {
            name: name.to_owned(),
            mails: mails.to_vec(),
        })
    }

    /// Lets somebody leave the team. What they did stays.
    ///
    /// # Errors
    /// A name that is nobody's or several people's; as for [`People::decide`].
    pub fn leave(&mut self, name: &str) -> Result<Written, Error> {
        let person = self.person(name)?;
        self.decide(TeamCommand::Leave { person, left: true })
    }

    /// Returns whom a name means: `me`, a mail address, a name, or the beginning of one.
    pub(super) fn person(&mut self, name: &str) -> Result<Id, Error> {
        if name.eq_ignore_ascii_case("me") {
            return self.me();
        }
        Ok(find(self.board(), name)?)
    }
}

fn find(board: &Board, given: &str) -> Result<Id, Unclear> {
    let wanted = given.trim().to_lowercase();
    let team = board.team();
    let is = |person: &&&Person| person.name.to_lowercase() == wanted || person.commits_as(&wanted);
    let mut fitting: Vec<&Person> = team.iter().filter(is).copied().collect();
    if fitting.is_empty() && !wanted.is_empty() {
        let begins = |person: &&&Person| person.name.to_lowercase().starts_with(&wanted);
        fitting = team.iter().filter(begins).copied().collect();
    }
    let search = Search {
        what: "person",
        list: "hackweek team list",
        given,
    };
    let told = |person: &Person| format!("{} {}", person.name, person.mails.join(" "));
    Ok(search.the_one(fitting, told)?.id.clone())
}
