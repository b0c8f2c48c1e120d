//! The roadmap of the made-up week, and of weeks that know too little.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::week::made_up::{MadeUp, calendar, moment};
use crate::week::roadmap::RoadmapCommand;
use crate::week::{Board, Book};

fn asked<'a>(board: &'a Board, calendar: &'a crate::week::Calendar, when: &str) -> Asked<'a> {
    Asked {
        board,
        calendar,
        now: moment(when),
        debt_paid: Some(16),
        tasks_each: None,
        growth: None,
    }
}

fn at(when: &str) -> Roadmap {
    let board = MadeUp::new(&[]).unwrap().at(moment(when));
    roadmap(&asked(&board, &calendar(), when))
}

/// A hack, its last day, and the odds.
type Row = (Option<u32>, String, u32);

#[test]
fn the_roadmap_is_that_of_the_drawing() {
    let roadmap = at("20 15:40");
    assert_eq!(
        (roadmap.done, roadmap.title.as_deref()),
        (38, Some("payments-mvp"))
    );
    assert_eq!(roadmap.pace.draws, [5, 6, 8, 5, 7, 7]);
    let rows: Vec<(u32, Vec<Row>)> = (roadmap.milestones.iter())
        .map(|projection| {
            let rows = rows_of(projection).into_iter().map(|at| {
                let odds = &projection.odds[at];
                (odds.hack, odds.date.to_string(), odds.percent)
            });
            (projection.left, rows.collect())
        })
        .collect();
    let row = |hack, date: &str, percent| (Some(hack), date.to_owned(), percent);
    assert_eq!(
        rows,
        [
            (11, vec![row(8, "2026-12-04", 52), row(9, "2026-12-11", 99)]),
            (
                30,
                vec![
                    row(11, "2027-01-08", 20),
                    row(12, "2027-01-15", 75),
                    row(13, "2027-01-22", 98)
                ]
            ),
        ]
    );
    let christmas = Break {
        first: "2026-12-21".parse().unwrap(),
        last: "2027-01-01".parse().unwrap(),
    };
    assert_eq!(roadmap.without_hacks, [christmas]);
    assert_eq!(
        after(&roadmap.after.unwrap()),
        [
            "Planned 9, done 7. Plan 7 for hack 7, not 9.",
            "Alpha moved from hack 8 to hack 9.",
            "Beta stays at hack 13.",
            "Scope grew by 2 tasks.",
            "Carried debt costs about 1 task.",
            "Counts only, nobody estimates.",
        ]
    );
}

#[test]
fn a_week_counts_once_its_last_day_has_begun() {
    let thursday = at("19 17:00");
    assert_eq!(thursday.pace.draws, [5, 6, 8, 5, 7]);
    assert_eq!(thursday.coming[0].hack, Some(6));
    let friday = at("20 00:00");
    assert_eq!(friday.pace.draws.len(), 6);
    assert_eq!(friday.coming[0].hack, Some(7));
}

#[test]
fn features_lie_behind_each_other_where_they_are_not_done() {
    let roadmap = at("20 15:40");
    let spans: Vec<_> = roadmap.features.iter().map(|it| it.span).collect();
    assert_eq!(spans[0], None);
    let (from, to) = spans[1].unwrap();
    assert_eq!((from, format!("{to:.2}")), (0.0, "0.32".to_owned()));
    assert_eq!(spans[2].unwrap().0, to);
    assert_eq!(roadmap.features[7].times_carried, 2);
}

#[test]
fn what_if_says_what_it_is_asked_and_no_news() {
    let board = MadeUp::new(&[]).unwrap().at(moment("20 15:40"));
    let calendar = calendar();
    let roadmap = roadmap(&Asked {
        tasks_each: Some(11),
        growth: Some(0),
        ..asked(&board, &calendar, "20 15:40")
    });
    let alpha = &roadmap.milestones[0];
    assert_eq!(
        (alpha.average, alpha.say, alpha.odds[0].percent),
        (Some(0), Some(0), 100)
    );
    assert!(roadmap.pace.what_if && roadmap.after.unwrap().moved.is_empty());
}

#[test]
fn without_two_hacks_there_is_no_pace() {
    let mut book = Book::new(calendar().zone(), 1);
    let add = |name: &str, left| RoadmapCommand::Add {
        name: name.to_owned(),
        stage: Milestone::Alpha,
        left,
    };
    book.run(add("ledger", 5), moment("16 09:00")).unwrap();
    let calendar = calendar();
    let roadmap = roadmap(&asked(book.board(), &calendar, "18 09:00"));
    assert_eq!(roadmap.milestones.len(), 1);
    assert_eq!(roadmap.milestones[0].odds, []);
    assert_eq!(
        (roadmap.features[0].span, roadmap.after.clone()),
        (None, None)
    );
    assert!(roadmap.method().starts_with("No pace yet"));
    assert_eq!(roadmap.coming.len(), 6);
}

#[test]
fn it_can_be_read_back_and_nothing_is_a_roadmap_too() {
    let calendar = calendar();
    let nothing = roadmap(&asked(&Board::default(), &calendar, "18 09:00"));
    for roadmap in [at("20 15:40"), nothing] {
        let text = serde_json::to_string(&roadmap).unwrap();
        assert_eq!(serde_json::from_str::<Roadmap>(&text).unwrap(), roadmap);
    }
}

#[test]
fn a_pace_of_nothing_ends_nowhere() {
    let board = MadeUp::new(&[]).unwrap().at(moment("20 15:40"));
    let calendar = calendar();
    let roadmap = roadmap(&Asked {
        tasks_each: Some(0),
        ..asked(&board, &calendar, "20 15:40")
    });
    let alpha = &roadmap.milestones[0];
    assert_eq!((alpha.average, alpha.say), (None, None));
}
