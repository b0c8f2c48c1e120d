//! A report's items as what a burndown is drawn from: when each came and when it went.

use chrono::{DateTime, Utc};

use super::debt::{Item, Status};
use crate::week::Week;
use crate::week::burndown::{Burndown, Life, WorkHours};

/// From when until when each item was open. An item that came back counts as open all along: its
/// absence was no payment.
pub fn lives<'a>(items: impl IntoIterator<Item = &'a Item>) -> Vec<Life> {
    let life = |item: &Item| {
        let paid = item.paid.as_ref().map(|paid| paid.time.to_utc());
        let decided = item.decision.as_ref();
        let decided = decided.map(|decision| decision.time.to_utc());
        Life {
            opened: item.introduced.time.to_utc(),
            closed: match item.status {
                Status::Open => None,
                Status::Paid | Status::PaidLate => paid.or(decided),
                Status::Accepted | Status::Carried | Status::Dismissed => decided,
            },
        }
    };
    items.into_iter().map(life).collect()
}

/// How many items an hour of work a week closed from the day after its hack days to its deadline.
/// `None` for a week whose hack days brought in no debt, and for one without such hours.
pub fn pace(week: &Week, hours: WorkHours, lives: &[Life]) -> Option<f64> {
    let last_hack = week.days().iter().rfind(|day| day.hack)?.number;
    let is_hack = |at: DateTime<Utc>| week.is_hack_day(at);
    let owed: Vec<&Life> = lives.iter().filter(|life| is_hack(life.opened)).collect();
    if owed.is_empty() {
        return None;
    }
    let after = |at: DateTime<Utc>| week.day_of(at).is_some_and(|day| day > last_hack);
    let closed = owed.iter().filter_map(|life| life.closed);
    let closed = closed.filter(|at| after(*at) && week.is_in_time(*at));
    let points = Burndown::of(week, hours, &[], &[], week.span().start).points;
    let worked = points.iter().filter(|point| point.day > last_hack).count();
    (worked > 0).then(|| closed.count() as f64 / worked as f64)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::week::{Calendar, CalendarSettings, Zone};

    fn week() -> Week {
        let settings = CalendarSettings {
            deadline: "18:00".parse().unwrap(),
            ..CalendarSettings::default()
        };
        let zone: Zone = "Europe/Berlin".parse().unwrap();
        let calendar = Calendar::new(settings, zone).unwrap();
        calendar.week("2026-W47".parse().unwrap())
    }

    fn at(text: &str) -> DateTime<Utc> {
        format!("2026-11-{text}:00+01:00").parse().unwrap()
    }

    fn life(opened: &str, closed: Option<&str>) -> Life {
        Life {
            opened: at(opened),
            closed: closed.map(at),
        }
    }

    #[test]
    fn pace_counts_what_the_paying_days_closed_of_the_hack_days_debt() {
        let lives = [
            life("16T10:00", Some("16T16:00")), // paid while hacking
            life("16T10:00", Some("18T10:00")),
            life("17T10:00", Some("19T17:59")),
            life("17T10:00", Some("19T18:01")), // late
            life("18T10:00", Some("18T11:00")), // not of the hack days
            life("17T10:00", None),
        ];
        // Wednesday 9 to 17 and Thursday 9 to 18 are 17 hours.
        let pace = pace(&week(), WorkHours::default(), &lives).unwrap();
        assert!((pace - 2.0 / 17.0).abs() < 1e-9, "{pace}");
    }

    #[test]
    fn a_week_that_owed_nothing_has_no_pace() {
        let hours = WorkHours::default();
        assert_eq!(pace(&week(), hours, &[]), None);
        let later = [life("18T10:00", Some("18T12:00"))];
        assert_eq!(pace(&week(), hours, &later), None);
        let unpaid = [life("16T10:00", None)];
        assert_eq!(pace(&week(), hours, &unpaid), Some(0.0));
    }
}
