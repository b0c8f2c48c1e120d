//! One week laid out: its days, its deadline, and where an instant is in it.

use std::ops::Range;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};

use super::calendar::Calendar;
use super::deadline::{Deadline, DeadlineDay};
use super::name::WeekName;
use super::phase::Phase;
use super::zone::Zone;

/// A day of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Its number, 1 to 5.
    pub number: u8,
    /// Its date in the week's timezone.
    pub date: NaiveDate,
    /// What it is for.
    pub phase: Phase,
    /// Whether debt that it brings in is the week's debt.
    pub hack: bool,
}

/// A week laid out by a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    name: WeekName,
    zone: Zone,
    days: Vec<Day>,
    deadline: DateTime<FixedOffset>,
    span: Range<DateTime<Utc>>,
}

impl Week {
    pub(super) fn new(name: WeekName, calendar: &Calendar) -> Self {
        let (zone, settings) = (calendar.zone(), calendar.settings());
        let days: Vec<Day> = calendar
            .dates(name)
            .into_iter()
            .filter_map(|(number, date)| {
                let hack = settings.hack_days.contains(&number);
                Some(Day {
                    number,
                    date,
                    phase: Phase::of_day(number)?,
                    hack,
                })
            })
            .collect();
        let span_dates: Vec<NaiveDate> = calendar.span_dates(name).map(|(_, date)| date).collect();
        let dates = || {
            span_dates
                .iter()
                .copied()
                .chain(days.iter().map(|day| day.date))
        };
        let first = dates().min().unwrap_or(name.monday());
        let last = dates().max().unwrap_or(name.monday());

        let due = match settings.deadline.day {
            DeadlineDay::PayBack => {
                let pay_back = days.iter().find(|day| day.phase == Phase::PayBack);
                pay_back.or(days.last()).map(|day| day.date)
            }
            DeadlineDay::On(weekday) => span_dates
                .get(usize::from(calendar.offset_of(weekday)))
                .copied(),
        };
        let deadline = instant_due(zone, due.unwrap_or(last), settings.deadline);
        let span = zone.start_of(first).to_utc()..zone.end_of(last).to_utc();
        Self {
            name,
            zone,
            days,
            deadline,
            span,
        }
    }

    /// Its name.
    pub fn name(&self) -> WeekName {
        self.name
    }

    /// The timezone of its dates and hours.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// Its days, ascending by number and date. Five, or fewer where holidays took some, even none.
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// A day by its number.
    pub fn day(&self, number: u8) -> Option<&Day> {
        self.days.iter().find(|day| day.number == number)
    }

    /// When its debt is due, in its timezone. A week without a day 4 has its debt due on its last
    /// day, and one without days at the end of its span.
    pub fn deadline(&self) -> DateTime<FixedOffset> {
        self.deadline
    }

    /// Whether what happens at an instant happens by the deadline, which itself is in time.
    pub fn is_in_time(&self, instant: DateTime<Utc>) -> bool {
        instant <= self.deadline
    }

    /// The number of the day that an instant is on, by its date in the week's timezone; `None` for
    /// weekends, holidays and other weeks.
    pub fn day_of(&self, instant: DateTime<Utc>) -> Option<u8> {
        self.day_at(instant).map(|day| day.number)
    }

    /// The day that an instant is on, as `day_of` finds it.
    pub fn day_at(&self, instant: DateTime<Utc>) -> Option<&Day> {
        let date = self.zone.date_of(instant);
        self.days.iter().find(|day| day.date == date)
    }

    /// Whether an instant is on a hack day of this week.
    pub fn is_hack_day(&self, instant: DateTime<Utc>) -> bool {
        self.day_at(instant).is_some_and(|day| day.hack)
    }

    /// The instants of its seven dates, and of all dates up to a day that was moved out of them.
    /// The spans of two weeks overlap only by such days.
    pub fn span(&self) -> Range<DateTime<Utc>> {
        self.span.clone()
    }
}

fn instant_due(zone: Zone, date: NaiveDate, deadline: Deadline) -> DateTime<FixedOffset> {
    match deadline.time {
        Some(time) => zone.at(date, time),
        // Its last second: what is written at midnight is of the next day.
        None => zone.end_of(date) - TimeDelta::seconds(1),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::week::CalendarSettings;
    use chrono::{Datelike, TimeZone, Weekday};
    use proptest::prelude::*;

    fn name(text: &str) -> WeekName {
        text.parse().unwrap()
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn week_in(zone: &str, week: &str) -> Week {
        Calendar::default()
            .in_zone(zone.parse().unwrap())
            .week(name(week))
    }

    fn week_with(week: &str, change: impl FnOnce(&mut CalendarSettings)) -> Week {
        let mut settings = CalendarSettings::default();
        change(&mut settings);
        Calendar::new(settings, "Europe/Berlin".parse().unwrap())
            .unwrap()
            .week(name(week))
    }

    #[test]
    fn days_have_their_phase_and_two_are_for_hacking() {
        let week = week_in("Europe/Berlin", "2026-W47");
        let phases: Vec<_> = week
            .days()
            .iter()
            .map(|d| (d.phase.words(), d.hack))
            .collect();
        assert_eq!(
            phases,
            [
                ("plan + hack", true),
                ("hack + demo", true),
                ("review", false),
                ("pay back", false),
                ("retro + beer", false)
            ]
        );
        assert_eq!(
            week.day(4).map(|day| day.date.to_string()),
            Some("2026-11-19".to_owned())
        );
        assert_eq!(week.day(6), None);
    }

    #[test]
    fn the_day_is_the_date_in_the_zone_of_the_week() {
        let berlin = week_in("Europe/Berlin", "2026-W47");
        assert_eq!(berlin.day_of(instant("2026-11-15T23:00:00Z")), Some(1));
        assert_eq!(berlin.day_of(instant("2026-11-15T22:59:59Z")), None);
        assert_eq!(berlin.day_of(instant("2026-11-17T22:59:59.999Z")), Some(2));
        assert!(berlin.is_hack_day(instant("2026-11-17T22:59:59.999Z")));
        assert!(!berlin.is_hack_day(instant("2026-11-17T23:00:00Z")));
        assert_eq!(
            week_in("UTC", "2026-W47").day_of(instant("2026-11-15T23:00:00Z")),
            None
        );
    }

    #[test]
    fn a_weekend_is_no_day_but_of_the_week_that_ends() {
        let calendar = Calendar::default().in_zone("Europe/Berlin".parse().unwrap());
        for (now, expected) in [
            ("2026-11-21T12:00:00Z", "2026-W47"),
            ("2026-11-22T22:59:59Z", "2026-W47"),
            ("2026-11-22T23:00:00Z", "2026-W48"),
        ] {
            assert_eq!(calendar.week_of(instant(now)), name(expected), "{now}");
        }
        assert_eq!(
            week_in("Europe/Berlin", "2026-W47").day_of(instant("2026-11-21T12:00:00Z")),
            None
        );
    }

    #[test]
    fn debt_is_due_in_the_last_second_of_day_4() {
        let week = week_in("Europe/Berlin", "2026-W47");
        assert_eq!(week.deadline().to_rfc3339(), "2026-11-19T23:59:59+01:00");
        assert!(week.is_in_time(instant("2026-11-19T22:59:59Z")));
        assert!(!week.is_in_time(instant("2026-11-19T23:00:00Z")));
    }

    #[test]
    fn the_deadline_can_be_an_hour_of_day_4_or_of_a_weekday() {
        let due = |deadline: &str, holiday: Option<&str>| {
            week_with("2026-W47", |s| {
                s.deadline = deadline.parse().unwrap();
                s.holidays
                    .extend(holiday.map(|d| d.parse::<NaiveDate>().unwrap()));
            })
            .deadline()
            .to_rfc3339()
        };
        assert_eq!(due("18:00", None), "2026-11-19T18:00:00+01:00");
        assert_eq!(due("thu 18:00", None), "2026-11-19T18:00:00+01:00");
        // A holiday moves day 4, but no Thursday.
        assert_eq!(
            due("18:00", Some("2026-11-17")),
            "2026-11-20T18:00:00+01:00"
        );
        assert_eq!(
            due("thu 18:00", Some("2026-11-17")),
            "2026-11-19T18:00:00+01:00"
        );
        assert_eq!(due("sun", None), "2026-11-22T23:59:59+01:00");
    }

    #[test]
    fn without_a_day_4_debt_is_due_on_the_last_day() {
        let short = week_with("2026-W47", |s| {
            s.holidays = (18..=20)
                .filter_map(|d| NaiveDate::from_ymd_opt(2026, 11, d))
                .collect();
        });
        assert_eq!(short.days().len(), 2);
        assert_eq!(short.deadline().to_rfc3339(), "2026-11-17T23:59:59+01:00");
        let none = week_with("2026-W47", |s| {
            s.holidays = (16..=20)
                .filter_map(|d| NaiveDate::from_ymd_opt(2026, 11, d))
                .collect();
        });
        assert_eq!(none.days(), []);
        assert_eq!(none.deadline(), none.span().end - TimeDelta::seconds(1));
    }

    #[test]
    fn a_moved_day_4_takes_the_deadline_with_it() {
        let week = week_with("2026-W47", |s| {
            s.moved
                .insert((name("2026-W47"), 4), "2026-11-20".parse().unwrap());
            s.moved
                .insert((name("2026-W47"), 5), "2026-11-21".parse().unwrap());
        });
        assert_eq!(week.deadline().to_rfc3339(), "2026-11-20T23:59:59+01:00");
        assert_eq!(week.day_of(instant("2026-11-21T10:00:00Z")), Some(5));
        assert_eq!(week.day_of(instant("2026-11-19T10:00:00Z")), None);
    }

    #[test]
    fn a_day_moved_out_of_the_week_stretches_its_span() {
        let week = week_with("2026-W47", |s| {
            s.moved
                .insert((name("2026-W47"), 1), "2026-11-15".parse().unwrap());
        });
        assert_eq!(week.span().start, instant("2026-11-14T23:00:00Z"));
        assert_eq!(week.span().end, instant("2026-11-22T23:00:00Z"));
    }

    /// How many hours the week has, by its clocks going forward or back.
    fn hours(zone: &str, week: &str) -> f64 {
        let span = week_in(zone, week).span();
        (span.end - span.start).num_minutes() as f64 / 60.0
    }

    #[test]
    fn a_week_is_as_long_as_its_clocks_make_it() {
        assert_eq!(hours("Europe/Berlin", "2026-W13"), 167.0);
        assert_eq!(hours("Europe/Berlin", "2026-W43"), 169.0);
        assert_eq!(hours("America/New_York", "2026-W10"), 167.0);
        assert_eq!(hours("America/New_York", "2026-W44"), 169.0);
        assert_eq!(hours("Australia/Lord_Howe", "2026-W14"), 168.5);
        assert_eq!(hours("Australia/Lord_Howe", "2026-W40"), 167.5);
        assert_eq!(hours("Africa/Casablanca", "2026-W07"), 169.0);
        assert_eq!(hours("Pacific/Apia", "2011-W52"), 144.0);
        assert_eq!(hours("UTC", "2026-W13"), 168.0);
    }

    #[test]
    fn the_first_day_after_the_clocks_changed_starts_at_its_own_midnight() {
        let after = week_in("Europe/Berlin", "2026-W14");
        assert_eq!(after.day_of(instant("2026-03-29T21:59:59Z")), None);
        assert_eq!(after.day_of(instant("2026-03-29T22:00:00Z")), Some(1));
    }

    #[test]
    fn a_day_that_the_zone_skipped_holds_no_instant() {
        let apia = week_in("Pacific/Apia", "2011-W52");
        // 30 December 2011, a Friday, was never on a calendar there.
        let friday = apia.day(5).unwrap().date;
        assert_eq!(friday.to_string(), "2011-12-30");
        let mut at = apia.span().start;
        let mut seen = Vec::new();
        while at < apia.span().end {
            seen.extend(apia.day_of(at));
            at += TimeDelta::minutes(30);
        }
        seen.dedup();
        assert_eq!(seen, [1, 2, 3, 4]);
        assert_eq!(apia.deadline().to_utc(), instant("2011-12-30T09:59:59Z"));
    }

    #[test]
    fn the_edges_of_the_calendar_are_weeks_like_any_other() {
        for edge in ["0001-W01", "9999-W52"] {
            let week = week_in("Pacific/Kiritimati", edge);
            assert_eq!(week.days().len(), 5);
            assert!(week.span().contains(&week.deadline().to_utc()));
        }
        let calendar = Calendar::default().in_zone("Pacific/Kiritimati".parse().unwrap());
        assert_eq!(calendar.week_of(DateTime::<Utc>::MAX_UTC), name("9999-W52"));
        assert_eq!(
            week_in("UTC", "9999-W52").day_of(DateTime::<Utc>::MAX_UTC),
            None
        );
    }

    fn zones() -> impl Strategy<Value = Zone> {
        prop::sample::select(vec![
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Africa/Casablanca",
            "America/St_Johns",
            "America/Havana",
            "Asia/Kathmandu",
            "Pacific/Chatham",
        ])
        .prop_map(|name| name.parse().unwrap())
    }

    prop_compose! {
        fn calendars()(
            zone in zones(),
            first_day in 0u8..7,
            holidays in prop::collection::btree_set(0i32..30_000, 0..400),
            deadline in prop::option::of(0u32..24),
        ) -> Calendar {
            let mut settings = CalendarSettings {
                first_day: Weekday::try_from(first_day).unwrap(),
                ..CalendarSettings::default()
            };
            let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
            settings.holidays = holidays
                .into_iter()
                .map(|days| epoch + TimeDelta::days(days.into()))
                .collect();
            settings.deadline.time =
                deadline.and_then(|hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0));
            Calendar::new(settings, zone).unwrap()
        }
    }

    proptest! {
        #[test]
        fn an_instant_is_on_at_most_one_day_of_one_week(
            calendar in calendars(), seconds in 0i64..2_500_000_000,
        ) {
            let now = Utc.timestamp_opt(seconds, 0).unwrap();
            let own = calendar.week_of(now);
            prop_assert!(calendar.week(own).span().contains(&now));
            for other in [own.previous(), own.next()].into_iter().flatten() {
                prop_assert_eq!(calendar.week(other).day_of(now), None);
                prop_assert!(!calendar.week(other).span().contains(&now));
            }
            let week = calendar.week(own);
            if let Some(day) = week.day_at(now) {
                prop_assert_eq!(calendar.zone().date_of(now), day.date);
                prop_assert_eq!(week.is_hack_day(now), day.number <= 2);
            }
        }

        #[test]
        fn days_ascend_and_are_in_their_week(calendar in calendars(), year in 1971i32..2050, w in 1u32..53) {
            let monday = NaiveDate::from_isoywd_opt(year, w, Weekday::Mon).unwrap();
            let week = calendar.week(WeekName::of(monday));
            for pair in week.days().windows(2) {
                prop_assert!(pair[0].number < pair[1].number && pair[0].date < pair[1].date);
            }
            for day in week.days() {
                prop_assert!(!calendar.settings().holidays.contains(&day.date));
                let start = calendar.zone().start_of(day.date).to_utc();
                let end = calendar.zone().end_of(day.date).to_utc();
                if start < end {
                    prop_assert_eq!(calendar.week_of(start), week.name());
                    prop_assert_eq!(week.day_of(start), Some(day.number));
                }
                if calendar.settings().first_day == Weekday::Mon {
                    prop_assert_eq!(WeekName::of(day.date), week.name());
                    prop_assert!(day.date.weekday().num_days_from_monday() < 5);
                }
            }
        }

        #[test]
        fn the_deadline_is_on_day_4_or_its_end(calendar in calendars(), year in 1971i32..2050, w in 1u32..53) {
            let monday = NaiveDate::from_isoywd_opt(year, w, Weekday::Mon).unwrap();
            let week = calendar.week(WeekName::of(monday));
            if let Some(day) = week.day(4) {
                let (start, end) = (calendar.zone().start_of(day.date), calendar.zone().end_of(day.date));
                prop_assert!((start..=end).contains(&week.deadline()));
            }
            prop_assert!(week.span().start <= week.deadline().to_utc());
            prop_assert!(week.deadline().to_utc() <= week.span().end);
        }
    }
}
