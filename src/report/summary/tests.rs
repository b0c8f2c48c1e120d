//! The summary of the made-up week.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::report::debt::Status;
use crate::report::made_up::Week47;
use crate::report::rows::{DebtRow, PaidRow};
use crate::week::Board;

fn drawn() -> Summary {
    summary(&Week47::at("20 17:00").facts())
}

#[test]
fn the_figures_are_those_of_the_picture() {
    let summary = drawn();
    assert_eq!(summary.hack, Some(6));
    assert_eq!(summary.title.as_deref(), Some("payments-mvp"));
    assert_eq!(summary.people.len(), 4);
    let tasks = &summary.tasks;
    assert_eq!(
        (
            tasks.done,
            tasks.planned,
            tasks.carried.len(),
            tasks.cut.len()
        ),
        (7, 9, 2, 3)
    );
    let debt = &summary.debt;
    assert_eq!(
        (debt.opened, debt.paid, debt.accepted, debt.carried),
        (21, 16, 2, 3)
    );
    assert_eq!((debt.open, debt.doubtful), (0, 1));
    assert_eq!((debt.paydown.unwrap() * 100.0).round(), 76.0);
    assert_eq!((summary.promises.made, summary.promises.kept), (4, 3));
    assert_eq!(summary.planning.unwrap().spent, 64 * 60);
    assert!((summary.mood.unwrap() - 4.125).abs() < 1e-9);
    assert_eq!(summary.beer.as_deref(), Some("Fri 16:30, the usual place."));
    assert_eq!(summary.items.len(), 21);
}

#[test]
fn what_was_learned_and_what_comes_next() {
    let summary = drawn();
    let cards = |cards: &[CardRow]| -> Vec<String> {
        let row = |card: &CardRow| format!("{} {}", card.text, card.votes);
        cards.iter().map(row).collect()
    };
    assert_eq!(
        cards(&summary.learned.keep),
        ["promises with due times 3", "demo on Tue 2", "fake bank 1"]
    );
    assert_eq!(cards(&summary.learned.try_)[0], "test first 4");
    assert_eq!(summary.learned.cards, 14);
    let done: Vec<_> = summary
        .actions
        .iter()
        .map(|it| (it.done, it.times))
        .collect();
    assert_eq!(done, [(true, 1), (true, 1), (false, 2)]);
    let next: Vec<_> = summary
        .next
        .actions
        .iter()
        .map(|it| it.text.as_str())
        .collect();
    assert_eq!(next.len(), 3);
    assert_eq!(
        (summary.next.week.as_deref(), summary.next.hack),
        (Some("2026-W48"), Some(7))
    );
    let debt: Vec<_> = summary
        .next
        .debt
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(debt, ["D-14", "D-17", "D-11"]);
    assert_eq!(summary.standards.len(), 3);
}

#[test]
fn the_stories_follow_their_rules() {
    let stories = drawn().stories;
    // None moved: the riskiest that was fixed.
    assert_eq!(stories.best.unwrap().name, "D-05");
    // None is open: the riskiest of those carried.
    assert_eq!(stories.worst.unwrap().name, "D-17");
    let honest = stories.honest.unwrap();
    assert_eq!(
        (honest.subject.as_str(), honest.by.as_str()),
        ("wip, undo me", "Johnny")
    );
    assert_eq!(honest.confessions, ["TODO undo me"]);
}

#[test]
fn the_weeks_before_and_the_roadmap() {
    let summary = drawn();
    let trend: Vec<_> = (summary.trend.iter())
        .map(|it| {
            (
                it.hack.unwrap(),
                it.tasks_done.unwrap(),
                it.debt_opened.unwrap(),
                it.debt_paid.unwrap(),
            )
        })
        .collect();
    assert_eq!(
        trend,
        [
            (1, 5, 20, 9),
            (2, 6, 21, 11),
            (3, 8, 22, 12),
            (4, 5, 19, 12),
            (5, 7, 24, 16),
            (6, 7, 21, 16),
        ]
    );
    let roadmap = summary.roadmap.unwrap();
    let way = |it: &MilestoneRow| (it.left_before, it.left, it.hack_before, it.hack, it.percent);
    assert_eq!(
        way(&roadmap.alpha),
        (Some(13), 11, Some(8), Some(9), Some(99))
    );
    let beta = &roadmap.beta;
    assert_eq!(
        (beta.left_before, beta.left, beta.hack),
        (Some(35), 30, Some(13))
    );
    assert_eq!(
        roadmap.after[0],
        "Planned 9, done 7. Plan 7 for hack 7, not 9."
    );
    assert!(
        roadmap
            .after
            .iter()
            .any(|it| it == "Scope grew by 2 tasks.")
    );
}

#[test]
fn without_anything_written_git_alone_tells() {
    let week = Week47::at("20 17:00");
    let board = Board::default();
    let facts = crate::report::facts::Facts {
        board: &board,
        ..week.facts()
    };
    let summary = summary(&facts);
    assert_eq!(summary.people, ["Johnny", "Mira", "Sammy", "Tove"]);
    assert_eq!((summary.commits.count, summary.commits.authors), (20, 4));
    assert_eq!(summary.debt.opened, 21);
    assert_eq!(summary.trend.len(), 1);
    assert!(summary.roadmap.is_none() && summary.mood.is_none());
    let work = summary.work;
    assert_eq!(
        (work.build, work.tests, work.docs, work.refactor),
        (16, 1, 1, 2)
    );
}

#[test]
fn debt_of_a_week_that_is_long_over_is_told_as_of_now() {
    let mut week = Week47::at("17 09:32");
    week.now = "2029-03-01T12:00:00Z".parse().unwrap();
    let mut summary = summary(&week.facts());
    let open = |row: &&mut DebtRow| row.status == Status::Open;
    let row = summary.items.iter_mut().find(open).unwrap();
    assert_eq!(row.owed / (24 * 60 * 60 * 365), 2);
    row.status = Status::PaidLate;
    row.paid = Some(PaidRow {
        by: "Mira".to_owned(),
        time: "2028-02-01T10:00:00+01:00".parse().unwrap(),
        commit: None,
        how: crate::report::debt::How::Fixed,
    });
    let mut out = Vec::new();
    crate::report::sheet::markdown::write(&sheet::sheet(&summary), &mut out).unwrap();
    let said = String::from_utf8(out).unwrap();
    assert!(said.contains("fixed by Mira, 2028-02-01, late"), "{said}");
    assert!(said.contains("owed 2y 3mo"), "{said}");
}

#[test]
fn the_document_is_read_back() {
    let summary = drawn();
    let json = serde_json::to_string(&summary).unwrap();
    assert_eq!(serde_json::from_str::<Summary>(&json).unwrap(), summary);
}
