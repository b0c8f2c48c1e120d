//! What a day of the week is for.

use std::fmt;

use serde::{Serialize, Serializer};

/// What a day of the week is for. The order is that of the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// Day 1: an hour of planning, then building.
    PlanAndHack,
    /// Day 2: building, then the demo.
    HackAndDemo,
    /// Day 3: each maps what to refactor, change and delete.
    Review,
    /// Day 4: document, test, refactor; debt is due.
    PayBack,
    /// Day 5: more of the same, the retro, a beer.
    Retro,
}

impl Phase {
    /// The phases of days 1 to 5.
    pub const ALL: [Self; 5] = [
        Self::PlanAndHack,
        Self::HackAndDemo,
        Self::Review,
        Self::PayBack,
        Self::Retro,
    ];

    /// The phase of a day by its number, 1 to 5; `None` for any other number.
    pub fn of_day(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// The words for it, as on the screens and in JSON.
    pub fn words(self) -> &'static str {
        match self {
            Self::PlanAndHack => "plan + hack",
            Self::HackAndDemo => "hack + demo",
            Self::Review => "review",
            Self::PayBack => "pay back",
            Self::Retro => "retro + beer",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words())
    }
}

impl Serialize for Phase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.words())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn five_days_have_a_phase_and_no_other_number_has() {
        let words: Vec<_> = (0..=6)
            .map(|n| Phase::of_day(n).map(Phase::words))
            .collect();
        assert_eq!(
            words,
            [
                None,
                Some("plan + hack"),
                Some("hack + demo"),
                Some("review"),
                Some("pay back"),
                Some("retro + beer"),
                None
            ]
        );
        assert_eq!(Phase::of_day(255), None);
    }

    #[test]
    fn json_and_columns_use_the_words() {
        assert_eq!(
            serde_json::to_string(&Phase::PayBack).unwrap(),
            "\"pay back\""
        );
        assert_eq!(format!("[{:<10}]", Phase::Review), "[review    ]");
    }
}
