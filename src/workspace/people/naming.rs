//! From what somebody types to the thing that is meant, and the short names that are shown.

use crate::week::{Board, Id};

/// Shorter beginnings fit by chance.
pub(super) const SHORTEST: usize = 4;

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
        /// What it may have been meant to be, as a question.
        near: Vec<String>,
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
            Self::NoSuch { near, .. } => near,
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
                near: Vec::new(),
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

/// Words that are less alike are no slip of the fingers.
const LIKENESS: f64 = 0.8;

/// Fewer letters are the beginning of too much.
const FEWEST_LETTERS: usize = 3;

/// A thing of the board that people name by the short id that lists show, by its words, or by a
/// beginning of these that only one has.
#[derive(Clone, Copy)]
pub(super) struct Thing<'a> {
    /// Which.
    pub(super) id: &'a Id,
    /// Its words.
    pub(super) words: &'a str,
}

/// Finds the thing that is meant.
pub(super) fn find<'a>(
    board: &Board,
    search: &Search<'_>,
    things: impl Iterator<Item = Thing<'a>>,
) -> Result<Id, Unclear> {
    let things: Vec<Thing<'a>> = things.collect();
    let given = search.given.trim().to_lowercase();
    let equal = |thing: &Thing<'_>| thing.words.to_lowercase() == given;
    let begins = |thing: &Thing<'_>| {
        given.chars().count() >= FEWEST_LETTERS && thing.words.to_lowercase().starts_with(&given)
    };
    let ways: [&dyn Fn(&Thing<'_>) -> bool; 3] =
        [&|thing| fits(thing.id, given.trim()), &equal, &begins];
    let mut fitting = Vec::new();
    for fits in ways {
        if fitting.is_empty() {
            fitting = things.iter().copied().filter(|thing| fits(thing)).collect();
        }
    }
    let told = |thing: Thing<'_>| format!("{} {}", short(board, thing.id), thing.words);
    let found = search.the_one(fitting, told);
    match found {
        Ok(thing) => Ok(thing.id.clone()),
        Err(Unclear::NoSuch {
            what, given, list, ..
        }) => {
            let near = nearest(&given, things.iter().map(|thing| thing.words));
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

/// Asks for the words that are most like those that were typed, if any are.
pub(super) fn nearest<'a>(given: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let given = given.to_lowercase();
    if given.chars().count() < FEWEST_LETTERS {
        return Vec::new();
    }
    let scored = words.map(|words| {
        let lower = words.to_lowercase();
        let start: String = lower.chars().take(given.chars().count()).collect();
        let whole = strsim::normalized_damerau_levenshtein(&given, &lower);
        // Long words are seldom typed to their end.
        (whole.max(strsim::jaro_winkler(&given, &start)), words)
    });
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
    let near = best.filter(|(likeness, _)| *likeness >= LIKENESS);
    near.map(|(_, words)| format!("did you mean `{}`?", shown(words)))
        .into_iter()
        .collect()
}

/// The short name of a thing.
pub(super) fn short(board: &Board, id: &Id) -> String {
    board.short_name(id)
}

/// Whether a text names a thing without a number: by its whole id or enough of its end.
pub(super) fn fits(id: &Id, given: &str) -> bool {
    let (id, given) = (id.as_str(), given.to_ascii_uppercase());
    given.len() >= SHORTEST && id.to_ascii_uppercase().ends_with(&given)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SEARCH: Search<'_> = Search {
        what: "feature",
        list: "hackweek roadmap",
        given: "",
    };

    fn meant(given: &str) -> Result<String, Unclear> {
        let ids: Vec<Id> = [
            "01JD0000000000000000000AAA",
            "01JD0000000000000000000BBB",
            "c",
        ]
        .iter()
        .map(|id| id.parse().unwrap())
        .collect();
        let words = ["ledger", "ledger page", "refunds"];
        let things = ids.iter().zip(words);
        let things = things.map(|(id, words)| Thing { id, words });
        let search = Search { given, ..SEARCH };
        find(&Board::default(), &search, things).map(|id| id.to_string())
    }

    #[test]
    fn a_thing_is_named_by_its_id_its_words_or_their_beginning() {
        assert!(meant("0aaa").unwrap().ends_with("AAA"));
        assert!(meant("Ledger").unwrap().ends_with("AAA"));
        assert!(meant(" ledger p").unwrap().ends_with("BBB"));
        assert_eq!(meant("ref").unwrap(), "c");
        assert!(meant("re").is_err());
        assert!(matches!(
            meant("led"),
            Err(Unclear::Several { count: 2, .. })
        ));
    }

    #[test]
    fn what_is_nearly_there_is_asked_for() {
        for given in ["refund s", "refnuds", "Ledgre"] {
            let unclear = meant(given).unwrap_err();
            assert!(unclear.hints()[0].starts_with("did you mean `"), "{given}");
        }
        assert!(meant("webhook").unwrap_err().hints().is_empty());
        assert!(meant("").unwrap_err().hints().is_empty());
    }
}
