//! A report's items as what a burndown is drawn from: when each came and when it went.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::debt::{Item, Status};
use super::order::by_risk;
use crate::week::burndown::{Burndown, Life, WorkHours};
use crate::week::{Board, Id, Week};

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

/// Which of the open items are likely to be left when so many will be: people pay what they took,
/// or put into the review, before what they did not, and of both the riskiest first. So it is the
/// end of that order, in the order of the list.
pub fn likely_left<'a>(
    items: impl IntoIterator<Item = &'a Item>,
    board: &Board,
    left: usize,
) -> Vec<&'a Item> {
    let found: HashSet<&str> = (board.findings.values())
        .filter_map(|finding| finding.debt.as_ref().map(Id::as_str))
        .collect();
    let is_taken = |item: &Item| {
        let word = board.debts.get(item.id.as_str());
        found.contains(item.id.as_str()) || word.is_some_and(|word| word.owner.is_some())
    };
    let mut open: Vec<&Item> = items
        .into_iter()
        .filter(|item| item.status == Status::Open)
        .collect();
    open.sort_by_cached_key(|&item| (!is_taken(item), by_risk(item)));
    let mut last = open.split_off(open.len().saturating_sub(left));
    last.sort_by_cached_key(|&item| by_risk(item));
    last
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

    #[test]
    fn what_nobody_took_is_left_first() {
        use crate::report::debt::DebtReport;
        use crate::week::Book;
        use crate::week::payback::PaybackCommand;
        use crate::week::team::TeamCommand;

        let text = include_str!("../../tests/cli/week.json");
        let report: DebtReport = serde_json::from_str(text).unwrap();
        let mut book = Book::new("Europe/Berlin".parse().unwrap(), 1);
        let left = |book: &Book, left| -> Vec<String> {
            let items = likely_left(&report.items, book.board(), left);
            items.into_iter().map(|item| item.text.clone()).collect()
        };
        let all = left(&book, 99);
        assert_eq!(left(&book, 0), [""; 0]);
        assert_eq!(left(&book, 2), all[all.len() - 2..]);
        let add = TeamCommand::Add {
            name: "Ann".into(),
            mails: vec![],
        };
        let ann = book.run(add, at("18T09:00")).unwrap()[0].entity.clone();
        let last = report
            .items
            .iter()
            .find(|item| &item.text == all.last().unwrap());
        let take = PaybackCommand::Take {
            item: Id::key(&last.unwrap().id).unwrap(),
            owner: Some(ann),
            for_day: Some(4),
        };
        book.run(take, at("18T09:01")).unwrap();
        assert_eq!(left(&book, 2), all[all.len() - 3..all.len() - 1]);
    }
}
