//! Whose a commit is: a person of the team by the mail address, else whoever it says.

use crate::report::words;
use crate::week::{Board, Id};

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Somebody {
    /// Of the team, or who was.
    Team(Id),
    /// Of no team, by the mail address in lower case, or by the name where there is none.
    Other(String),
}

/// Who somebody is that git calls `Name <mail>`.
pub(super) fn of(board: &Board, author: &str) -> Somebody {
    let mail = mail(author);
    match board.person_of_mail(mail) {
        Some(person) if !mail.is_empty() => Somebody::Team(person.id.clone()),
        _ if mail.is_empty() => Somebody::Other(author.trim().to_lowercase()),
        _ => Somebody::Other(mail.to_lowercase()),
    }
}

/// What somebody is called that git calls `Name <mail>`.
pub(super) fn name(board: &Board, author: &str) -> String {
    match of(board, author) {
        Somebody::Team(id) => board.name(&id).to_owned(),
        Somebody::Other(_) => words::name(author).to_owned(),
    }
}

fn mail(author: &str) -> &str {
    let mail = author.rsplit_once('<').map_or("", |(_, mail)| mail);
    mail.trim_end_matches('>').trim()
}
