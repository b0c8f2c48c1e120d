//! The screens, a closed set: each has its state, its actions, its update and its view. What a new
//! one lacks, the compiler says.

pub mod debt;

use super::actions::Row;

/// A screen that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Screen {
    /// What is owed.
    Debt,
}

impl Screen {
    /// All of them, in the order of the tabs.
    pub const ALL: [Screen; 1] = [Screen::Debt];

    /// The name on its tab.
    pub fn name(self) -> &'static str {
        match self {
            Screen::Debt => "Debt",
        }
    }

    /// The number on its tab: that of the week's seven screens, so that fingers learn it once.
    pub fn number(self) -> u8 {
        match self {
            Screen::Debt => 3,
        }
    }

    /// Its part of the table of actions.
    pub fn rows(self) -> &'static [Row] {
        match self {
            Screen::Debt => debt::ROWS,
        }
    }
}
