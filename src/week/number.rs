//! Short numbers for people: `T-14`, `D-05`. Each data directory gives its own, as things come up,
//! and never gives one twice. They are not shared and nothing is known by them but here.

use std::collections::BTreeMap;

use super::event::Event;
use super::family::Family;
use super::id::Id;

/// What is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Numbered {
    /// Tasks: `T`.
    Task,
    /// Items of debt: `D`.
    Debt,
}

impl Numbered {
    /// All that is numbered.
    pub const ALL: [Self; 2] = [Self::Task, Self::Debt];

    /// The letter.
    pub fn letter(self) -> char {
        match self {
            Self::Task => 'T',
            Self::Debt => 'D',
        }
    }

    /// The one of a letter, in either case.
    pub fn of_letter(letter: char) -> Option<Self> {
        let upper = letter.to_ascii_uppercase();
        Self::ALL.into_iter().find(|kind| kind.letter() == upper)
    }

    /// What an event numbers: the task that it is about.
    pub fn of_event(event: &Event) -> Option<Self> {
        let (family, _) = Family::of_kind(&event.kind)?;
        (family == Family::Task).then_some(Self::Task)
    }

    /// A number as it is shown.
    pub fn show(self, number: u32) -> String {
        format!("{}-{number:02}", self.letter())
    }
}

/// The numbers that were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    given: BTreeMap<(Numbered, Id), u32>,
    holders: BTreeMap<(Numbered, u32), Id>,
}

impl Numbers {
    /// The number of something; its next free one if it has none.
    pub fn give(&mut self, kind: Numbered, id: &Id) -> u32 {
        if let Some(number) = self.of(kind, id) {
            return number;
        }
        let last = self.holders.range((kind, 0)..=(kind, u32::MAX)).next_back();
        let number = last.map_or(1, |((_, number), _)| number.saturating_add(1));
        self.put(kind, id.clone(), number);
        number
    }

    /// Takes a number that was given before.
    pub fn put(&mut self, kind: Numbered, id: Id, number: u32) {
        self.given.insert((kind, id.clone()), number);
        self.holders.insert((kind, number), id);
    }

    /// The number of something.
    pub fn of(&self, kind: Numbered, id: &Id) -> Option<u32> {
        self.given.get(&(kind, id.clone())).copied()
    }

    /// The number of something as it is shown.
    pub fn shown(&self, kind: Numbered, id: &Id) -> Option<String> {
        self.of(kind, id).map(|number| kind.show(number))
    }

    /// What a number like `T-14`, `t14` or `D-5` is of.
    pub fn find(&self, given: &str) -> Option<(Numbered, &Id)> {
        let mut letters = given.chars();
        let kind = Numbered::of_letter(letters.next()?)?;
        let digits = letters.as_str();
        let digits = digits.strip_prefix('-').unwrap_or(digits);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: u32 = digits.parse().ok()?;
        self.holders.get(&(kind, number)).map(|id| (kind, id))
    }

    /// All that were given, by kind and number.
    pub fn all(&self) -> impl Iterator<Item = (Numbered, u32, &Id)> {
        self.holders
            .iter()
            .map(|((kind, number), id)| (*kind, *number, id))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numbers_count_up_and_stay() {
        let (a, b): (Id, Id) = ("a".parse().unwrap(), "b".parse().unwrap());
        let mut numbers = Numbers::default();
        assert_eq!(numbers.give(Numbered::Task, &a), 1);
        assert_eq!(numbers.give(Numbered::Task, &b), 2);
        assert_eq!(numbers.give(Numbered::Task, &a), 1);
        assert_eq!(numbers.give(Numbered::Debt, &a), 1);
        assert_eq!(numbers.shown(Numbered::Task, &b).unwrap(), "T-02");
        for given in ["T-02", "t-2", "T2"] {
            assert_eq!(numbers.find(given), Some((Numbered::Task, &b)));
        }
        for given in [
            "",
            "T",
            "T-",
            "X-1",
            "T--2",
            "T-+2",
            "T-3",
            "T-99999999999",
            "ä1",
        ] {
            assert_eq!(numbers.find(given), None, "{given}");
        }
    }
}
