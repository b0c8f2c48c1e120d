//! Open debt by work hour, the straight line to the deadline, and what the pace comes to.

use std::ops::Range;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::Serialize;

use super::schedule::{Day, Week};

/// The hours of a day in which people work, as local times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkHours {
    /// From.
    pub from: NaiveTime,
    /// Until.
    pub until: NaiveTime,
}

impl Default for WorkHours {
    /// 09:00 to 17:00.
    fn default() -> Self {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self {
            from: at(9),
            until: at(17),
        }
    }
}

impl WorkHours {
    /// The work hours of a day, as instants. On the day of the deadline they last until then.
    fn of(self, week: &Week, day: &Day) -> Range<DateTime<Utc>> {
        let at = |time| week.zone().at(day.date, time).to_utc();
        let due = week.deadline().to_utc();
        let until = if week.day_of(due) == Some(day.number) {
            due.max(at(self.from))
        } else {
            at(self.until)
        };
        at(self.from)..until.max(at(self.from))
    }

    /// How much work time lies between two instants of a week.
    pub fn between(self, week: &Week, from: DateTime<Utc>, until: DateTime<Utc>) -> TimeDelta {
        let days = week.days().iter().map(|day| {
            let hours = self.of(week, day);
            (until.min(hours.end) - from.max(hours.start)).max(TimeDelta::zero())
        });
        days.sum()
    }

    /// The share of a day that has passed at an instant, 0 to 1, by its work hours.
    pub fn passed(self, week: &Week, day: &Day, at: DateTime<Utc>) -> f64 {
        let hours = week.zone().at(day.date, self.from).to_utc()
            ..week.zone().at(day.date, self.until).to_utc();
        let whole = (hours.end - hours.start).num_seconds().max(1) as f64;
        ((at - hours.start).num_seconds() as f64 / whole).clamp(0.0, 1.0)
    }
}

/// From when until when an item was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// When it came.
    pub opened: DateTime<Utc>,
    /// When it went: paid, accepted or dismissed.
    pub closed: Option<DateTime<Utc>>,
}

impl Life {
    fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.opened <= at && self.closed.is_none_or(|closed| closed > at)
    }
}

/// A point of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The number of the day.
    pub day: u8,
    /// The instant: the end of an hour of work.
    pub at: DateTime<Utc>,
    /// What was open then; `None` in the future.
    pub open: Option<usize>,
    /// What the straight line has; `None` on hack days.
    pub plan: Option<f64>,
}

/// The chart and the four lines beside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Burndown {
    /// One point for each hour of work, from day 1 to the deadline.
    pub points: Vec<Point>,
    /// What is open now.
    pub open: usize,
    /// What the straight line has now, rounded; `None` on hack days.
    pub plan: Option<usize>,
    /// How many an hour it takes from now on; `None` when no time is left.
    pub need: Option<f64>,
    /// How many an hour the team paid in the last weeks; `None`: no pace yet.
    pub pace: Option<f64>,
    /// How many will be left at the deadline at that pace.
    pub so: Option<usize>,
}

impl Burndown {
    /// The burndown of a week's items at an instant. `paces` are those of earlier weeks, oldest
    /// first, in items an hour.
    pub fn of(
        week: &Week,
        hours: WorkHours,
        lives: &[Life],
        paces: &[f64],
        at: DateTime<Utc>,
    ) -> Self {
        let open_at = |at| lives.iter().filter(|life| life.is_open(at)).count();
        let due = week.deadline().to_utc();
        let start = plan_start(week, hours);
        let from = start.map(open_at);
        let plan_at = |at: DateTime<Utc>| {
            let (start, from) = (start?, from?);
            if at < start {
                return None;
            }
            let whole = hours.between(week, start, due).num_seconds().max(1);
            let left = hours.between(week, at, due).num_seconds();
            Some(from as f64 * left as f64 / whole as f64)
        };
        let points = points(week, hours).map(|(day, end)| Point {
            day,
            at: end,
            open: (end - TimeDelta::hours(1) <= at).then(|| open_at(end.min(at))),
            plan: plan_at(end),
        });
        let open = open_at(at);
        let left = hours.between(week, at, due).num_seconds() as f64 / 3600.0;
        let pace = median_pace(paces);
        let rest = |pace: f64| (open as f64 - pace * left).max(0.0).round();
        // Not negative, and at most the number of items.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Self {
            points: points.collect(),
            open,
            plan: plan_at(at).map(|plan| plan.round() as usize),
            need: (left > 0.0).then(|| open as f64 / left),
            pace,
            so: pace.map(|pace| rest(pace) as usize),
        }
    }
}

/// From when the straight line falls: the end of work on the last hack day.
fn plan_start(week: &Week, hours: WorkHours) -> Option<DateTime<Utc>> {
    let last = week.days().iter().rfind(|day| day.hack)?;
    Some(hours.of(week, last).end)
}

/// The ends of all hours of work up to the deadline, with the day of each.
fn points(week: &Week, hours: WorkHours) -> impl Iterator<Item = (u8, DateTime<Utc>)> {
    /// Of a day: also a team that never sleeps has no more.
    const MOST: i32 = 25;
    let due = week.deadline().to_utc();
    week.days().iter().flat_map(move |day| {
        let range = hours.of(week, day);
        let ends = (1..=MOST).map(move |hour| range.start + TimeDelta::hours(1) * hour);
        let end = hours.of(week, day).end;
        ends.take_while(move |at| *at <= end && *at <= due)
            .map(|at| (day.number, at))
    })
}

/// The pace of a team: the median of the last three weeks. `None`, "no pace yet", with fewer than
/// two.
pub fn median_pace(paces: &[f64]) -> Option<f64> {
    if paces.len() < super::forecast::FEWEST_WEEKS {
        return None;
    }
    let mut last = paces[paces.len().saturating_sub(3)..].to_vec();
    last.sort_by(f64::total_cmp);
    let middle = last.len() / 2;
    if last.len() % 2 == 1 {
        return last.get(middle).copied();
    }
    Some((last.get(middle - 1)? + last.get(middle)?) / 2.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::week::{Calendar, CalendarSettings};

    fn week() -> Week {
        let settings = CalendarSettings {
            deadline: "18:00".parse().unwrap(),
            ..CalendarSettings::default()
        };
        Calendar::new(settings, "Europe/Berlin".parse().unwrap())
            .unwrap()
            .week("2026-W47".parse().unwrap())
    }

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-11-{text}:00+01:00").parse().unwrap()
    }

    /// 21 items of the two hack days, of which 5 were closed by Wednesday noon.
    fn lives() -> Vec<Life> {
        let life = |n: usize| Life {
            opened: at(if n < 10 { "16T11:00" } else { "17T11:00" }),
            closed: match n {
                0 => Some(at("17T10:00")),
                1..=3 => Some(at("17T14:00")),
                4 => Some(at("18T11:00")),
                _ => None,
            },
        };
        (0..21).map(life).collect()
    }

    #[test]
    fn the_four_lines_of_the_made_up_week_come_out() {
        let paces = [0.8, 1.0, 1.1];
        let burndown = Burndown::of(
            &week(),
            WorkHours::default(),
            &lives(),
            &paces,
            at("18T13:05"),
        );
        assert_eq!((burndown.open, burndown.plan), (16, Some(13)));
        assert_eq!(format!("{:.1}", burndown.need.unwrap()), "1.2");
        assert_eq!((burndown.pace, burndown.so), (Some(1.0), Some(3)));
    }

    #[test]
    fn the_line_reaches_zero_at_the_deadline_and_the_future_is_open() {
        let burndown = Burndown::of(&week(), WorkHours::default(), &lives(), &[], at("18T13:05"));
        // Three days of eight hours and one of nine.
        assert_eq!(burndown.points.len(), 33);
        assert_eq!(burndown.points.last().unwrap().plan, Some(0.0));
        assert_eq!(burndown.points[0].plan, None);
        let known = burndown.points.iter().filter(|p| p.open.is_some()).count();
        assert_eq!(known, 8 + 8 + 5);
        assert_eq!((burndown.pace, burndown.so), (None, None));
    }

    #[test]
    fn after_the_deadline_there_is_no_time_left() {
        let burndown = Burndown::of(
            &week(),
            WorkHours::default(),
            &lives(),
            &[1.0, 1.0],
            at("20T09:00"),
        );
        assert_eq!(
            (burndown.need, burndown.so, burndown.plan),
            (None, Some(16), Some(0))
        );
    }

    #[test]
    fn pace_is_the_median_of_the_last_three_weeks() {
        assert_eq!(median_pace(&[9.0, 2.0, 1.0, 3.0]), Some(2.0));
        assert_eq!(median_pace(&[1.0, 2.0]), Some(1.5));
        assert_eq!(median_pace(&[1.0]), None);
    }
}
