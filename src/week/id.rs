//! Names of things: of an entity, of a writer, and the ULIDs they are made of.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::random::Random;

/// The alphabet of ULIDs, upper case.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The alphabet of writers, lower case: no two names differ in case alone, which some file systems
/// could not hold as refs.
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The longest name that is taken, in bytes.
const LONGEST: usize = 200;

/// A text names nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} is not {wanted}", super::shown(.given))]
pub struct IdError {
    /// The text.
    pub given: String,
    /// What was wanted.
    pub wanted: &'static str,
}

/// A ULID: 48 bits of milliseconds, 80 random bits; sorts by its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Ulid(u128);

impl Ulid {
    /// A ULID of milliseconds since 1970 (cut to 48 bits, times before 1970 are 0) and random bits
    /// (cut to 80).
    pub fn new(millis: i64, random: u128) -> Self {
        let millis = u128::from(millis.max(0).unsigned_abs()) & ((1 << 48) - 1);
        Self((millis << 80) | (random & ((1 << 80) - 1)))
    }

    /// When it was made, in milliseconds since 1970, by the clock of who made it.
    pub fn millis(self) -> i64 {
        i64::try_from(self.0 >> 80).unwrap_or(0)
    }
}

impl fmt::Display for Ulid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = (0..26)
            .rev()
            .map(|at| {
                char::from(CROCKFORD[usize::try_from((self.0 >> (at * 5)) & 31).unwrap_or(0)])
            })
            .collect();
        f.pad(&text)
    }
}

impl FromStr for Ulid {
    type Err = IdError;

    /// Takes the 26 upper-case characters alone: one ULID has one spelling.
    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let error = || IdError {
            given: given.to_owned(),
            wanted: "a ULID",
        };
        if given.len() != 26 || given.as_bytes().first() > Some(&b'7') {
            return Err(error());
        }
        let digit = |byte: u8| CROCKFORD.iter().position(|c| *c == byte);
        let bits = given
            .bytes()
            .try_fold(0u128, |bits, byte| Some((bits << 5) | digit(byte)? as u128));
        bits.map(Self).ok_or_else(error)
    }
}

impl From<Ulid> for String {
    fn from(ulid: Ulid) -> Self {
        ulid.to_string()
    }
}

impl TryFrom<String> for Ulid {
    type Error = IdError;

    fn try_from(given: String) -> Result<Self, Self::Error> {
        given.parse()
    }
}

/// Makes ULIDs that ascend, also within a millisecond and when the clock goes back. Its randomness
/// is handed in.
#[derive(Clone, Debug)]
pub struct UlidMaker {
    random: Random,
    last: Option<Ulid>,
}

impl UlidMaker {
    /// A maker that draws from a generator.
    pub fn new(random: Random) -> Self {
        Self { random, last: None }
    }

    /// The next ULID, at milliseconds since 1970.
    pub fn make(&mut self, millis: i64) -> Ulid {
        let drawn = (u128::from(self.random.bits()) << 16) | u128::from(self.random.bits() >> 48);
        let fresh = Ulid::new(millis, drawn);
        let next = match self.last {
            Some(last) if last >= fresh => Ulid(last.0.wrapping_add(1)),
            _ => fresh,
        };
        self.last = Some(next);
        next
    }
}

/// What an event is about: a ULID, or a key that every clone finds by itself (a week's name, the
/// date of a standup, the id of an item of debt). Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Id(Arc<str>);

impl Id {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of a key: of a text of 1 to 200 bytes without control characters.
    pub fn key(given: &str) -> Result<Self, IdError> {
        given.parse()
    }
}

impl From<Ulid> for Id {
    fn from(ulid: Ulid) -> Self {
        Self(ulid.to_string().into())
    }
}

impl From<super::WeekName> for Id {
    fn from(week: super::WeekName) -> Self {
        Self(week.to_string().into())
    }
}

impl FromStr for Id {
    type Err = IdError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        if given.is_empty() || given.len() > LONGEST || given.chars().any(char::is_control) {
            return Err(IdError {
                given: given.to_owned(),
                wanted: "the id of anything",
            });
        }
        Ok(Self(given.into()))
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0.as_ref().to_owned()
    }
}

impl TryFrom<String> for Id {
    type Error = IdError;

    fn try_from(given: String) -> Result<Self, Self::Error> {
        given.parse()
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Who writes: one installation's log, 26 lower-case characters of base32.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Writer(Arc<str>);

impl Writer {
    /// A writer of 128 random bits.
    pub fn new(random: u128) -> Self {
        let text: String = (0..26)
            .rev()
            .map(|at| char::from(BASE32[usize::try_from((random >> (at * 5)) & 31).unwrap_or(0)]))
            .collect();
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Writer {
    type Err = IdError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        if given.len() == 26 && given.bytes().all(|byte| BASE32.contains(&byte)) {
            return Ok(Self(given.into()));
        }
        Err(IdError {
            given: given.to_owned(),
            wanted: "a writer: 26 characters of a-z and 2-7",
        })
    }
}

impl From<Writer> for String {
    fn from(writer: Writer) -> Self {
        writer.0.as_ref().to_owned()
    }
}

impl TryFrom<String> for Writer {
    type Error = IdError;

    fn try_from(given: String) -> Result<Self, Self::Error> {
        given.parse()
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_ulid_is_spelled_as_its_specification_says() {
        // The example of the specification: 01ARZ3NDEKTSV4RRFFQ69G5FAV was made at this time.
        let ulid: Ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap();
        assert_eq!(ulid.millis(), 1_469_922_850_259);
        for wrong in [
            "",
            "01arz3ndektsv4rrffq69g5fav",
            "81ARZ3NDEKTSV4RRFFQ69G5FAV",
            "01ARZ3NDEKTSV4RRFFQ69G5FAU",
        ] {
            assert!(wrong.parse::<Ulid>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn ulids_ascend_when_the_clock_goes_back() {
        let mut maker = UlidMaker::new(Random::new(1));
        let made: Vec<Ulid> = [5, 5, 4, 0, 6].map(|at| maker.make(at)).into();
        assert!(made.is_sorted_by(|a, b| a < b), "{made:?}");
    }

    #[test]
    fn ids_without_text_or_with_controls_are_refused() {
        for wrong in ["", "a\nb", "\u{1b}[0m", &"x".repeat(201)] {
            assert!(wrong.parse::<Id>().is_err());
        }
        assert_eq!("2026-W47".parse::<Id>().unwrap().as_str(), "2026-W47");
    }

    proptest! {
        #[test]
        fn names_read_as_they_are_written(millis in 0i64..1 << 48, random: u128) {
            let ulid = Ulid::new(millis, random);
            prop_assert_eq!(ulid.to_string().parse::<Ulid>().unwrap(), ulid);
            prop_assert_eq!(ulid.millis(), millis);
            let writer = Writer::new(random);
            prop_assert_eq!(writer.as_str().parse::<Writer>().unwrap(), writer);
        }
    }
}
