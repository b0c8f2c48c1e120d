//! The team, and whom a name on the command line means.

use super::naming::{self, Search, Thing, Unclear, nearest};
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

    /// Says that somebody is in the team again.
    ///
    /// # Errors
    /// As for [`People::leave`], of those who left.
    pub fn come_back(&mut self, name: &str) -> Result<Written, Error> {
        let left = self.board().people.values().filter(|person| person.left);
        let things = left.map(|person| Thing {
            id: &person.id,
            words: &person.name,
        });
        let search = Search {
            what: "person who left",
            list: "hackweek team list",
            given: name,
        };
        let person = naming::find(self.board(), &search, things)?;
        self.decide(TeamCommand::Leave {
            person,
            left: false,
        })
    }

    /// Gives somebody another name.
    ///
    /// # Errors
    /// As for [`People::leave`].
    pub fn rename_person(&mut self, name: &str, new: &str) -> Result<Written, Error> {
        let person = self.person(name)?;
        self.decide(TeamCommand::Rename {
            person,
            name: new.to_owned(),
        })
    }

    /// Says that commits of an address are somebody's, or are not.
    ///
    /// # Errors
    /// As for [`People::leave`].
    pub fn set_mail(&mut self, name: &str, mail: &str, theirs: bool) -> Result<Written, Error> {
        let person = self.person(name)?;
        self.decide(TeamCommand::Mail {
            person,
            mail: mail.to_owned(),
            theirs,
        })
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
    match search.the_one(fitting, told) {
        Ok(person) => Ok(person.id.clone()),
        Err(Unclear::NoSuch {
            what, given, list, ..
        }) => {
            let near = nearest(&given, team.iter().map(|person| person.name.as_str()));
            Err(Unclear::NoSuch {
                what,
                given,
                list,
                near,
            })
        }
        Err(unclear) => Err(unclear),
    }
}
