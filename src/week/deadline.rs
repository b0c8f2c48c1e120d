//! When the week's debt is due.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveTime, Weekday};
use thiserror::Error;

use super::shown;

/// When the week's debt is due: at an hour of a day. An instant equal to it is late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The day.
    pub day: DeadlineDay,
    /// The local time on that day; `None` is its end, the midnight that follows.
    pub time: Option<NaiveTime>,
}

/// The day on which debt is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineDay {
    /// Day 4 of the week, wherever holidays and moves have put it.
    PayBack,
    /// A weekday, which no holiday moves.
    On(Weekday),
}

impl Default for Deadline {
    /// The end of day 4.
    fn default() -> Self {
        Self {
            day: DeadlineDay::PayBack,
            time: None,
        }
    }
}

/// A text says no deadline.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{} is not a deadline: write an hour of day 4 like \"18:00\", or a weekday and an hour like \
     \"thu 18:00\"",
    shown(.0)
)]
pub struct DeadlineError(pub String);

impl FromStr for Deadline {
    type Err = DeadlineError;

    /// Takes `18:00` (on day 4), `thu 18:00` and `thu` (its end). `24:00` is the end of the day.
    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let error = || DeadlineError(given.to_owned());
        let mut words = given.split_ascii_whitespace();
        let (first, second) = (words.next().ok_or_else(error)?, words.next());
        if words.next().is_some() {
            return Err(error());
        }
        let deadline = match (weekday(first), second) {
            (Some(day), None) => Some(Self {
                day: DeadlineDay::On(day),
                time: None,
            }),
            (Some(day), Some(hour)) => time_of_day(hour).map(|time| Self {
                day: DeadlineDay::On(day),
                time,
            }),
            (None, None) => time_of_day(first).map(|time| Self {
                day: DeadlineDay::PayBack,
                time,
            }),
            (None, Some(_)) => None,
        };
        deadline.ok_or_else(error)
    }
}

/// The English name of a weekday, in full or its first three letters, in any case.
pub fn weekday(name: &str) -> Option<Weekday> {
    // chrono's reading does the same, but is documented for no fixed set of abbreviations.
    const NAMES: [(&str, Weekday); 7] = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
    ];
    let is = |full: &str| name.eq_ignore_ascii_case(full) || name.eq_ignore_ascii_case(&full[..3]);
    NAMES.iter().find(|(full, _)| is(full)).map(|(_, day)| *day)
}

/// `9:00`, `09:00` to `23:59`, or `24:00` for the end of the day, which is `Some(None)`.
fn time_of_day(text: &str) -> Option<Option<NaiveTime>> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    match (hour.parse().ok()?, minute.parse().ok()?) {
        (24, 0) => Some(None),
        (hour, minute) => NaiveTime::from_hms_opt(hour, minute, 0).map(Some),
    }
}

impl fmt::Display for DeadlineDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PayBack => f.write_str("day 4"),
            Self::On(day) => write!(f, "{day}"),
        }
    }
}

impl fmt::Display for Deadline {
    /// As `FromStr` takes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let DeadlineDay::On(day) = self.day {
            write!(f, "{} ", day.to_string().to_ascii_lowercase())?;
        }
        match self.time {
            Some(time) => write!(f, "{}", time.format("%H:%M")),
            None => f.write_str("24:00"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_hour_alone_is_on_day_4() {
        let deadline: Deadline = "18:00".parse().unwrap();
        assert_eq!(deadline.day, DeadlineDay::PayBack);
        assert_eq!(deadline.time, NaiveTime::from_hms_opt(18, 0, 0));
        assert_eq!("24:00".parse::<Deadline>().unwrap(), Deadline::default());
    }

    #[test]
    fn a_weekday_can_be_named_in_full_or_short() {
        let thursday = Deadline {
            day: DeadlineDay::On(Weekday::Thu),
            time: NaiveTime::from_hms_opt(9, 5, 0),
        };
        for given in ["thu 9:05", "Thursday 09:05", "  THU   09:05 "] {
            assert_eq!(given.parse::<Deadline>().unwrap(), thursday, "{given}");
        }
        assert_eq!(
            "thu".parse::<Deadline>().unwrap(),
            Deadline {
                time: None,
                ..thursday
            }
        );
    }

    #[test]
    fn what_is_no_deadline_is_refused_with_examples() {
        for given in [
            "",
            "18",
            "6pm",
            "18:0",
            "18:000",
            "24:01",
            "25:00",
            "18:60",
            "+8:00",
            "thur 18:00",
            "thu 18:00 sharp",
            "18:00 thu",
            "th",
            "-1:00",
            "١٨:٠٠",
        ] {
            let error = given.parse::<Deadline>().unwrap_err().to_string();
            assert!(
                error.contains("\"18:00\"") && error.contains("\"thu 18:00\""),
                "{error}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_deadline_reads_as_it_is_written(day in 0u8..8, minute in 0u32..=1440) {
            let deadline = Deadline {
                day: Weekday::try_from(day).map_or(DeadlineDay::PayBack, DeadlineDay::On),
                time: NaiveTime::from_hms_opt(minute / 60, minute % 60, 0),
            };
            prop_assert_eq!(deadline.to_string().parse::<Deadline>().unwrap(), deadline);
        }
    }
}
