//! From what somebody types to the thing that is meant, and the short names that are shown.

use crate::week::{Board, Id, Numbered};

/// Shorter beginnings fit by chance.
pub(super) const SHORTEST: usize = 4;

/// How many signs of an id name a thing that has no number: 30 random bits.
const SHORT: usize = 6;

/// How many of several are listed.
const LISTED: usize = 8;

/// What was typed names nothing, or more than one thing.
#[derive(Debug, thiserror::Error)]
pub enum Unclear {
    /// Nothing.
    #[error("there is no {what} {}: `{list}` shows what there is", shown(.given))]
    NoSuch {
        /// What was looked for.
        what: &'static str,
        /// The name that was typed.
        given: String,
        /// The command that lists them.
        list: &'static str,
    },
    /// More than one.
    #[error("{} fits {count} {what}s: give more of it", shown(.given))]
    Several {
        /// What was looked for.
        what: &'static str,
        /// The name that was typed.
        given: String,
        /// How many.
        count: usize,
        /// Some of them, each in one line.
        candidates: Vec<String>,
    },
    /// Of another kind.
    #[error("{} is {is}: {wanted}", shown(.given))]
    NotThat {
        /// The name that was typed.
        given: String,
        /// What it is.
        is: &'static str,
        /// What can be done, and to what.
        wanted: &'static str,
    },
    /// No time.
    #[error(
        "{} is no time: write it as 2026-11-18T12:00:00+01:00, or as 3 12:00 for noon of day 3",
        shown(.given)
    )]
    Time {
        /// The text.
        given: String,
    },
    /// Too little of an id.
    #[error("{} is too short: give at least {SHORTEST} signs of the id", shown(.given))]
    Short {
        /// The name that was typed.
        given: String,
    },
}

impl Unclear {
    /// Returns what could have been meant.
    pub(crate) fn hints(&self) -> &[String] {
        match self {
            Self::Several { candidates, .. } => candidates,
            _ => &[],
        }
    }
}

/// A given text as an error shows it.
fn shown(text: &str) -> String {
    text.chars().take(60).flat_map(char::escape_debug).collect()
}

/// What is looked for, and with which words it is spoken of.
pub(super) struct Search<'a> {
    /// In the singular.
    pub(super) what: &'static str,
    /// The command that lists them.
    pub(super) list: &'static str,
    /// What was typed.
    pub(super) given: &'a str,
}

impl Search<'_> {
    /// Returns the one thing that fits. `told` is a line about each of several.
    pub(super) fn the_one<T: Copy>(
        &self,
        fitting: Vec<T>,
        told: impl Fn(T) -> String,
    ) -> Result<T, Unclear> {
        match fitting.as_slice() {
            [one] => Ok(*one),
            [] => Err(Unclear::NoSuch {
                what: self.what,
                given: self.given.to_owned(),
                list: self.list,
            }),
            several => Err(Unclear::Several {
                what: self.what,
                given: self.given.to_owned(),
                count: several.len(),
                candidates: several.iter().take(LISTED).map(|one| told(*one)).collect(),
            }),
        }
    }
}

/// The short name of a thing: its number, or else the end of its id, which is random where its
/// beginning is a time.
pub(super) fn short(board: &Board, id: &Id) -> String {
    if let Some(number) = board.numbers.shown(Numbered::Task, id) {
        return number;
    }
    let text = id.as_str();
    match text.char_indices().rev().nth(SHORT - 1) {
        Some((at, _)) => text[at..].to_ascii_lowercase(),
        None => text.to_owned(),
    }
}

/// Whether a text names a thing without a number: by its whole id or enough of its end.
pub(super) fn fits(id: &Id, given: &str) -> bool {
    let (id, given) = (id.as_str(), given.to_ascii_uppercase());
    given.len() >= SHORTEST && id.to_ascii_uppercase().ends_with(&given)
}
