//! The rules by which a team's weeks are laid out, and the week that an instant is in.
//!
//! **Naming.** A week spans seven dates from its first day on and carries the name of the ISO week
//! in which that first day is. A Saturday or Sunday as first day opens the ISO week that follows,
//! since that is where the rest of its days are.
//!
//! **Days.** The days are the first five dates of the span that are neither weekend nor holiday. A
//! holiday moves the days behind it on, and a week with holidays can have fewer than five days: it
//! never reaches into the next. The weekend is Saturday and Sunday; where the week begins on one of
//! these, it is the two dates before its first day.
//!
//! **Moves.** A moved day takes the date it was given, a weekend or holiday too. The days of three
//! weeks in a row must still follow each other, so that no date is a day of two weeks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc, Weekday};
use thiserror::Error;

use super::DAYS;
use super::deadline::{Deadline, DeadlineDay};
use super::name::WeekName;
use super::phase::Phase;
use super::schedule::Week;
use super::zone::Zone;

/// Which of a commit's two times counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CommitTime {
    /// When the change was written.
    #[default]
    Author,
    /// When the commit was made: later than the author's after a rebase or a cherry-pick.
    Committer,
}

/// What a team can set. `Default` is Monday to Friday, hacking on days 1 and 2, due by the end of
/// day 4, by author time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarSettings {
    /// The weekday of day 1.
    pub first_day: Weekday,
    /// The numbers of the hack days, 1 to 5, at least one.
    pub hack_days: BTreeSet<u8>,
    /// Dates on which nobody works.
    pub holidays: BTreeSet<NaiveDate>,
    /// Dates given to single days: of a week, by the number of the day.
    pub moved: BTreeMap<(WeekName, u8), NaiveDate>,
    /// When the debt is due.
    pub deadline: Deadline,
    /// Which time of a commit counts.
    pub commit_time: CommitTime,
}

impl Default for CalendarSettings {
    fn default() -> Self {
        Self {
            first_day: Weekday::Mon,
            hack_days: BTreeSet::from([1, 2]),
            holidays: BTreeSet::new(),
            moved: BTreeMap::new(),
            deadline: Deadline::default(),
            commit_time: CommitTime::default(),
        }
    }
}

/// Why settings make no calendar.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// No hack day at all.
    #[error("a week needs a hack day: give at least one of the days 1 to 5")]
    NoHackDay,
    /// A hack day of a number that no day has.
    #[error("there is no day {0} to hack on: the days are 1 to 5")]
    NoSuchHackDay(u8),
    /// A moved day of a number that no day has.
    #[error("there is no day {day} in {week} to move: the days are 1 to 5")]
    NoSuchMovedDay {
        /// The week.
        week: WeekName,
        /// The number that was given.
        day: u8,
    },
    /// A move after which the days would not follow each other.
    #[error(
        "day {day} of {week} can't be on {date}: day {other_day} of {other_week} is on \
         {other_date}; move that day too, or choose another date"
    )]
    OutOfOrder {
        /// The week of the moved day.
        week: WeekName,
        /// The number of the moved day.
        day: u8,
        /// The date it was moved to.
        date: NaiveDate,
        /// The week of the day in its way.
        other_week: WeekName,
        /// The number of the day in its way.
        other_day: u8,
        /// The date of the day in its way.
        other_date: NaiveDate,
    },
    /// A deadline on a day before the last hack day.
    #[error("the deadline is on {due}, before hack day {hack_day} of the week")]
    DeadlineTooEarly {
        /// The day of the deadline.
        due: DeadlineDay,
        /// The number of the last hack day.
        hack_day: u8,
    },
}

/// Settings that hold together, in a timezone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    settings: CalendarSettings,
    zone: Zone,
    /// The week of each moved date.
    moved_to: BTreeMap<NaiveDate, WeekName>,
}

impl Default for Calendar {
    /// The default settings, in UTC.
    fn default() -> Self {
        Self {
            settings: CalendarSettings::default(),
            zone: Zone::UTC,
            moved_to: BTreeMap::new(),
        }
    }
}

impl Calendar {
    /// A calendar of checked settings.
    pub fn new(settings: CalendarSettings, zone: Zone) -> Result<Self, CalendarError> {
        let moved_to = settings
            .moved
            .iter()
            .map(|((week, _), date)| (*date, *week))
            .collect();
        let calendar = Self {
            settings,
            zone,
            moved_to,
        };
        calendar.check_hack_days()?;
        calendar.check_moved()?;
        Ok(calendar)
    }

    /// The same calendar in another zone: no setting depends on it.
    pub fn in_zone(self, zone: Zone) -> Self {
        Self { zone, ..self }
    }

    /// The settings it was made of.
    pub fn settings(&self) -> &CalendarSettings {
        &self.settings
    }

    /// The timezone.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The week that "this week" means at an instant. A free date after the last day, a weekend
    /// above all, belongs to the week that is ending.
    pub fn week_of(&self, instant: DateTime<Utc>) -> WeekName {
        let date = self.zone.date_of(instant);
        self.moved_to.get(&date).copied().unwrap_or_else(|| {
            let offset = self.span_offset();
            let in_iso_week = if offset < 0 {
                date.checked_add_days(Days::new(offset.unsigned_abs()))
            } else {
                date.checked_sub_days(Days::new(offset.unsigned_abs()))
            };
            WeekName::of(in_iso_week.unwrap_or(date))
        })
    }

    /// The week of a name, laid out.
    pub fn week(&self, name: WeekName) -> Week {
        Week::new(name, self)
    }

    /// The dates of the days that the week has, by their numbers, ascending in both.
    pub(super) fn dates(&self, name: WeekName) -> Vec<(u8, NaiveDate)> {
        let mut laid_out = self.laid_out(name);
        (1..=DAYS)
            .filter_map(|number| {
                let laid_out = laid_out.next();
                let moved = self.settings.moved.get(&(name, number)).copied();
                Some((number, moved.or(laid_out)?))
            })
            .collect()
    }

    /// The dates of a week's days as they are where none is moved: five, or fewer where holidays took
    /// some.
    pub fn laid_out(&self, name: WeekName) -> impl Iterator<Item = NaiveDate> {
        let working = self
            .span_dates(name)
            .filter(|(offset, _)| !self.is_weekend(*offset))
            .map(|(_, date)| date)
            .filter(|date| !self.settings.holidays.contains(date));
        working.take(usize::from(DAYS))
    }

    /// The seven dates of a week, with how many days each is after the first.
    pub fn span_dates(&self, name: WeekName) -> impl Iterator<Item = (u8, NaiveDate)> {
        let (monday, offset) = (name.monday(), self.span_offset());
        (0..7u8).filter_map(move |day| {
            let days = offset + i64::from(day);
            Some((day, monday.checked_add_signed(TimeDelta::try_days(days)?)?))
        })
    }

    /// How many days after the first of a span a weekday is, 0 to 6.
    pub(super) fn offset_of(&self, weekday: Weekday) -> u8 {
        let days =
            weekday.num_days_from_monday() + 7 - self.settings.first_day.num_days_from_monday();
        u8::try_from(days % 7).unwrap_or(0)
    }

    /// From the Monday of the ISO week to the first date of the span, in days.
    fn span_offset(&self) -> i64 {
        match self.settings.first_day {
            Weekday::Sat => -2,
            Weekday::Sun => -1,
            weekday => i64::from(weekday.num_days_from_monday()),
        }
    }

    fn is_weekend(&self, offset: u8) -> bool {
        match self.settings.first_day {
            Weekday::Sat | Weekday::Sun => offset >= DAYS,
            _ => [Weekday::Sat, Weekday::Sun]
                .iter()
                .any(|day| self.offset_of(*day) == offset),
        }
    }

    fn check_hack_days(&self) -> Result<(), CalendarError> {
        let hack_days = &self.settings.hack_days;
        if let Some(number) = hack_days
            .iter()
            .find(|number| !(1..=DAYS).contains(*number))
        {
            return Err(CalendarError::NoSuchHackDay(*number));
        }
        let last = *hack_days.last().ok_or(CalendarError::NoHackDay)?;
        // By a week without holidays; in one with some the order may be another.
        let mut working = (0..7).filter(|offset| !self.is_weekend(*offset));
        let due = self.settings.deadline.day;
        let too_early = match due {
            DeadlineDay::PayBack => Phase::of_day(last) > Some(Phase::PayBack),
            DeadlineDay::On(weekday) => working
                .nth(usize::from(last) - 1)
                .is_some_and(|hack_day| self.offset_of(weekday) < hack_day),
        };
        if too_early {
            return Err(CalendarError::DeadlineTooEarly {
                due,
                hack_day: last,
            });
        }
        Ok(())
    }

    fn check_moved(&self) -> Result<(), CalendarError> {
        let moved = &self.settings.moved;
        for (&(week, day), &date) in moved {
            if !(1..=DAYS).contains(&day) {
                return Err(CalendarError::NoSuchMovedDay { week, day });
            }
            let days: Vec<(WeekName, u8, NaiveDate)> = [week.previous(), Some(week), week.next()]
                .into_iter()
                .flatten()
                .flat_map(|name| self.dates(name).into_iter().map(move |(n, d)| (name, n, d)))
                .collect();
            // The moved day against every other, so that the error names what is in its way.
            let own = (week, day);
            let in_the_way = days.iter().find(|(other_week, other_day, other_date)| {
                match (*other_week, *other_day).cmp(&own) {
                    std::cmp::Ordering::Less => *other_date >= date,
                    std::cmp::Ordering::Equal => false,
                    std::cmp::Ordering::Greater => *other_date <= date,
                }
            });
            if let Some(&(other_week, other_day, other_date)) = in_the_way {
                return Err(CalendarError::OutOfOrder {
                    week,
                    day,
                    date,
                    other_week,
                    other_day,
                    other_date,
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn week(text: &str) -> WeekName {
        text.parse().unwrap()
    }

    fn calendar(change: impl FnOnce(&mut CalendarSettings)) -> Result<Calendar, CalendarError> {
        let mut settings = CalendarSettings::default();
        change(&mut settings);
        Calendar::new(settings, Zone::UTC)
    }

    fn layout(calendar: &Calendar, name: &str) -> Vec<String> {
        calendar
            .dates(week(name))
            .into_iter()
            .map(|(number, date)| format!("{number} {}", date.format("%a %m-%d")))
            .collect()
    }

    #[test]
    fn a_week_is_monday_to_friday_of_its_iso_week() {
        assert_eq!(
            layout(&Calendar::default(), "2026-W47"),
            [
                "1 Mon 11-16",
                "2 Tue 11-17",
                "3 Wed 11-18",
                "4 Thu 11-19",
                "5 Fri 11-20"
            ]
        );
    }

    #[test]
    fn a_holiday_moves_the_days_behind_it_on_within_the_week() {
        let calendar = calendar(|s| s.holidays = BTreeSet::from([date("2026-11-17")])).unwrap();
        assert_eq!(
            layout(&calendar, "2026-W47"),
            ["1 Mon 11-16", "2 Wed 11-18", "3 Thu 11-19", "4 Fri 11-20"]
        );
        assert_eq!(layout(&calendar, "2026-W48")[0], "1 Mon 11-23");
    }

    #[test]
    fn a_week_of_holidays_has_no_days() {
        let all = (16..=20).map(|d| date(&format!("2026-11-{d}"))).collect();
        let calendar = calendar(|s| s.holidays = all).unwrap();
        assert_eq!(layout(&calendar, "2026-W47"), Vec::<String>::new());
    }

    #[test]
    fn a_week_that_begins_in_the_middle_goes_on_after_the_weekend() {
        let calendar = calendar(|s| s.first_day = Weekday::Wed).unwrap();
        assert_eq!(
            layout(&calendar, "2026-W47"),
            [
                "1 Wed 11-18",
                "2 Thu 11-19",
                "3 Fri 11-20",
                "4 Mon 11-23",
                "5 Tue 11-24"
            ]
        );
        let at = |day: &str| calendar.week_of(date(day).and_time(Default::default()).and_utc());
        assert_eq!(at("2026-11-24"), week("2026-W47"));
        assert_eq!(at("2026-11-25"), week("2026-W48"));
        assert_eq!(at("2026-11-17"), week("2026-W46"));
    }

    #[test]
    fn a_week_that_begins_on_sunday_is_off_on_friday_and_saturday() {
        let calendar = calendar(|s| s.first_day = Weekday::Sun).unwrap();
        assert_eq!(
            layout(&calendar, "2026-W47"),
            [
                "1 Sun 11-15",
                "2 Mon 11-16",
                "3 Tue 11-17",
                "4 Wed 11-18",
                "5 Thu 11-19"
            ]
        );
        let at = |day: &str| calendar.week_of(date(day).and_time(Default::default()).and_utc());
        assert_eq!(at("2026-11-15"), week("2026-W47"));
        assert_eq!(at("2026-11-21"), week("2026-W47"));
    }

    #[test]
    fn a_week_that_begins_on_saturday_is_off_on_thursday_and_friday() {
        let calendar = calendar(|s| {
            s.first_day = Weekday::Sat;
            s.holidays.insert(date("2026-11-16"));
        })
        .unwrap();
        // The holiday leaves four days: none goes into the weekend.
        assert_eq!(
            layout(&calendar, "2026-W47"),
            ["1 Sat 11-14", "2 Sun 11-15", "3 Tue 11-17", "4 Wed 11-18"]
        );
        let at = |day: &str| calendar.week_of(date(day).and_time(Default::default()).and_utc());
        assert_eq!(at("2026-11-14"), week("2026-W47"));
        assert_eq!(at("2026-11-20"), week("2026-W47"));
        assert_eq!(at("2026-11-21"), week("2026-W48"));
    }

    #[test]
    fn a_moved_day_belongs_to_its_week_wherever_it_went() {
        let calendar = calendar(|s| {
            s.moved.insert((week("2026-W47"), 5), date("2026-11-21"));
            s.moved.insert((week("2026-W48"), 1), date("2026-11-22"));
        })
        .unwrap();
        assert_eq!(layout(&calendar, "2026-W47")[4], "5 Sat 11-21");
        assert_eq!(layout(&calendar, "2026-W48")[0], "1 Sun 11-22");
        let sunday = date("2026-11-22").and_time(Default::default()).and_utc();
        assert_eq!(calendar.week_of(sunday), week("2026-W48"));
    }

    #[test]
    fn a_move_gives_a_short_week_its_last_day_back() {
        let calendar = calendar(|s| {
            s.holidays.insert(date("2026-11-16"));
            s.moved.insert((week("2026-W47"), 5), date("2026-11-21"));
        })
        .unwrap();
        assert_eq!(
            layout(&calendar, "2026-W47")[3..],
            ["4 Fri 11-20", "5 Sat 11-21"]
        );
    }

    #[test]
    fn days_can_not_be_moved_out_of_their_order() {
        let onto_next_day = calendar(|s| {
            s.moved.insert((week("2026-W47"), 3), date("2026-11-19"));
        });
        assert_eq!(
            onto_next_day.unwrap_err().to_string(),
            "day 3 of 2026-W47 can't be on 2026-11-19: day 4 of 2026-W47 is on 2026-11-19; move \
             that day too, or choose another date"
        );
        for (day, to) in [
            (5, "2026-11-23"),
            (1, "2026-11-13"),
            (1, "2026-11-17"),
            (5, "2062-01-01"),
        ] {
            let moved = calendar(|s| {
                s.moved.insert((week("2026-W47"), day), date(to));
            });
            assert!(
                matches!(moved, Err(CalendarError::OutOfOrder { .. })),
                "{day} {to}"
            );
        }
    }

    #[test]
    fn days_of_no_number_are_refused() {
        let hack = |days: &[u8]| calendar(|s| s.hack_days = days.iter().copied().collect());
        assert_eq!(hack(&[]), Err(CalendarError::NoHackDay));
        assert_eq!(hack(&[1, 6]), Err(CalendarError::NoSuchHackDay(6)));
        assert_eq!(hack(&[0]), Err(CalendarError::NoSuchHackDay(0)));
        let moved = calendar(|s| {
            s.moved.insert((week("2026-W47"), 6), date("2026-11-21"));
        });
        assert_eq!(
            moved,
            Err(CalendarError::NoSuchMovedDay {
                week: week("2026-W47"),
                day: 6
            })
        );
    }

    #[test]
    fn debt_is_not_due_before_the_hacking_is_over() {
        let due = |text: &str, first_day| {
            calendar(|s| {
                s.deadline = text.parse().unwrap();
                s.first_day = first_day;
            })
        };
        assert!(due("tue 18:00", Weekday::Mon).is_ok());
        assert_eq!(
            due("mon 18:00", Weekday::Mon),
            Err(CalendarError::DeadlineTooEarly {
                due: DeadlineDay::On(Weekday::Mon),
                hack_day: 2
            })
        );
        let on_day_5 = calendar(|s| s.hack_days = BTreeSet::from([1, 5]));
        assert_eq!(
            on_day_5.unwrap_err().to_string(),
            "the deadline is on day 4, before hack day 5 of the week"
        );
        // From Friday on, Monday is day 2.
        assert!(due("mon 18:00", Weekday::Fri).is_ok());
    }
}
