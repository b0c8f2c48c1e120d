//! The name of a week: its ISO 8601 year and number, `2026-W47`.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::shown;

/// A week of the ISO 8601 calendar, of the years 0001 to 9999. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct WeekName {
    /// Always a Monday.
    monday: NaiveDate,
}

/// Why a text names no week.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WeekNameError {
    /// It is not of the form `2026-W47`.
    #[error("{} is not a week: write the year and the ISO week, like 2026-W47", shown(.given))]
    Form {
        /// The text.
        given: String,
    },
    /// The year has no week of that number.
    #[error("there is no week {year:04}-W{week:02}: the weeks of {year:04} are W01 to W{last}")]
    NoSuchWeek {
        /// The year that was given.
        year: u16,
        /// The week that was given.
        week: u8,
        /// The last week of that year, 52 or 53.
        last: u8,
    },
}

impl WeekName {
    /// The ISO week that a date is in. The first or last week that has a name stands in for a date
    /// outside of the years 0001 to 9999, which only a broken clock gives.
    pub fn of(date: NaiveDate) -> Self {
        let (first, last) = (ymd(1, 1, 1), ymd(9999, 12, 31));
        let date = date.clamp(first, last);
        let back = Days::new(u64::from(date.weekday().num_days_from_monday()));
        // 0001-01-01 is a Monday: going back to a Monday never leaves the range.
        Self {
            monday: date.checked_sub_days(back).unwrap_or(first),
        }
    }

    /// The ISO year, which differs from the calendar year around New Year.
    pub fn year(self) -> i32 {
        self.monday.iso_week().year()
    }

    /// The number in the ISO year, 1 to 53.
    pub fn week(self) -> u32 {
        self.monday.iso_week().week()
    }

    /// The Monday of the ISO week.
    pub fn monday(self) -> NaiveDate {
        self.monday
    }

    /// The week after; `None` after 9999-W52.
    pub fn next(self) -> Option<Self> {
        Self::unless_clamped(self.monday.checked_add_days(Days::new(7))?)
    }

    /// The week before; `None` before 0001-W01.
    pub fn previous(self) -> Option<Self> {
        Self::unless_clamped(self.monday.checked_sub_days(Days::new(7))?)
    }

    fn unless_clamped(monday: NaiveDate) -> Option<Self> {
        let week = Self::of(monday);
        (week.monday == monday).then_some(week)
    }
}

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

impl fmt::Display for WeekName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year(), self.week())
    }
}

impl From<WeekName> for String {
    fn from(week: WeekName) -> Self {
        week.to_string()
    }
}

impl TryFrom<String> for WeekName {
    type Error = WeekNameError;

    fn try_from(given: String) -> Result<Self, Self::Error> {
        given.parse()
    }
}

impl FromStr for WeekName {
    type Err = WeekNameError;

    /// Takes `2026-W47`, the `w` in either case.
    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let form = || WeekNameError::Form {
            given: given.to_owned(),
        };
        let (year, week) = match given.as_bytes() {
            [y @ .., b'-', b'W' | b'w', w1, w2] if y.len() == 4 => (number(y), number(&[*w1, *w2])),
            _ => return Err(form()),
        };
        let (Some(year), Some(week)) = (year, week) else {
            return Err(form());
        };
        if year == 0 {
            return Err(form());
        }
        match NaiveDate::from_isoywd_opt(i32::from(year), u32::from(week), Weekday::Mon) {
            Some(monday) => Ok(Self { monday }),
            None => {
                // ISO 8601: 28 December is always in the last week of its year.
                let last = ymd(i32::from(year), 12, 28).iso_week().week();
                Err(WeekNameError::NoSuchWeek {
                    year,
                    week: u8::try_from(week).unwrap_or(u8::MAX),
                    last: u8::try_from(last).unwrap_or(52),
                })
            }
        }
    }
}

/// ASCII digits alone, at most four of them.
fn number(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0u16, |n, d| {
        d.is_ascii_digit().then(|| n * 10 + u16::from(d - b'0'))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn week(name: &str) -> WeekName {
        name.parse().unwrap()
    }

    #[test]
    fn a_name_reads_as_it_is_written() {
        assert_eq!(week("2026-W47").to_string(), "2026-W47");
        assert_eq!(week("2026-w07").to_string(), "2026-W07");
        assert_eq!(week("2026-W47").monday(), ymd(2026, 11, 16));
        assert_eq!(
            serde_json::to_string(&week("2026-W47")).unwrap(),
            "\"2026-W47\""
        );
        assert_eq!(
            serde_json::from_str::<WeekName>("\"2026-W47\"").unwrap(),
            week("2026-W47")
        );
        assert!(serde_json::from_str::<WeekName>("\"2026-47\"").is_err());
    }

    #[test]
    fn other_forms_are_refused_with_an_example() {
        for given in [
            "",
            "2026",
            "2026-47",
            "2026W47",
            "2026-W7",
            "26-W47",
            "2026-W047",
            " 2026-W47",
            "2026-W47 ",
            "+026-W47",
            "-026-W47",
            "2026-W+7",
            "0000-W01",
            "2026-Wxx",
            "２026-W47",
            "2026-11-16",
        ] {
            let error = given.parse::<WeekName>().unwrap_err();
            assert!(matches!(error, WeekNameError::Form { .. }), "{given:?}");
            assert!(error.to_string().contains("2026-W47"), "{error}");
        }
        let error = format!("\u{1b}[31m{}", "x".repeat(10_000))
            .parse::<WeekName>()
            .unwrap_err();
        let text = error.to_string();
        assert!(text.len() < 200 && !text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn only_long_years_have_a_week_53() {
        assert_eq!(week("2026-W53").monday(), ymd(2026, 12, 28));
        assert_eq!(week("2026-W53").next(), Some(week("2027-W01")));
        let error = "2025-W53".parse::<WeekName>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no week 2025-W53: the weeks of 2025 are W01 to W52"
        );
        let error = "2026-W54".parse::<WeekName>().unwrap_err();
        assert!(error.to_string().ends_with("W01 to W53"), "{error}");
        assert!("2026-W00".parse::<WeekName>().is_err());
    }

    #[test]
    fn the_iso_year_is_not_the_calendar_year_around_new_year() {
        assert_eq!(WeekName::of(ymd(2027, 1, 3)).to_string(), "2026-W53");
        assert_eq!(WeekName::of(ymd(2024, 12, 30)).to_string(), "2025-W01");
        assert_eq!(week("2025-W01").previous(), Some(week("2024-W52")));
    }

    #[test]
    fn the_first_and_the_last_week_have_nothing_beyond() {
        assert_eq!(week("0001-W01").previous(), None);
        assert_eq!(week("9999-W52").next(), None);
        assert_eq!(WeekName::of(NaiveDate::MAX), week("9999-W52"));
        assert_eq!(WeekName::of(NaiveDate::MIN), week("0001-W01"));
    }

    proptest! {
        #[test]
        fn any_date_is_in_the_week_that_is_named_after_it(days in 0i32..3_652_000) {
            let date = NaiveDate::from_num_days_from_ce_opt(days + 1).unwrap();
            let name = WeekName::of(date);
            prop_assert_eq!(name.to_string().parse::<WeekName>().unwrap(), name);
            let offset = (date - name.monday()).num_days();
            prop_assert!((0..7).contains(&offset));
            prop_assert_eq!(i64::from(date.weekday().num_days_from_monday()), offset);
            prop_assert_eq!(name.next().and_then(WeekName::previous), Some(name));
            prop_assert!(name.next().unwrap() > name);
        }

        #[test]
        fn any_text_is_a_week_or_an_error(text in "\\PC{0,12}") {
            let _ = text.parse::<WeekName>();
        }
    }
}
