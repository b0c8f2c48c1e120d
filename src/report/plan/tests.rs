//! The plan of the made-up week, as it is drawn.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::report::facts::Scene;
use crate::week::Rules;
use crate::week::made_up::{MadeUp, calendar, moment, week};

fn drawn(at: &str) -> Plan {
    let board = MadeUp::new(&[]).unwrap().at(moment(at));
    plan(&Scene {
        board: &board,
        week: &calendar().week(week()),
        now: moment(at),
        rules: &Rules::default(),
    })
}

#[test]
fn who_does_what_and_who_promises_what() {
    let plan = drawn("16 09:22");
    let names: Vec<_> = plan.people.iter().map(|it| it.name.as_deref()).collect();
    assert_eq!(
        names,
        [Some("Johnny"), Some("Sammy"), Some("Mira"), Some("Tove")]
    );
    let tasks: Vec<usize> = plan.people.iter().map(|it| it.tasks.len()).collect();
    assert_eq!(tasks, [2, 3, 2, 2]);
    assert_eq!((plan.planned, plan.carried_in, plan.done), (9, 1, 0));
    assert_eq!((plan.cut.len(), plan.promises.len()), (3, 4));
    let hour = plan.planning.unwrap();
    assert_eq!((hour.spent, hour.limit, hour.runs), (22 * 60, 3600, true));
    let first = &plan.promises[0];
    assert_eq!((first.state.as_str(), first.overdue), ("agreed", false));
    assert_eq!(first.stand_in.as_deref(), Some("Sammy simulates data"));
}

#[test]
fn what_is_past_its_due_time_is_overdue() {
    let overdue = |at| drawn(at).promises.iter().filter(|it| it.overdue).count();
    assert_eq!(overdue("16 09:22"), 0);
    assert!(overdue("17 17:00") > 0);
}

#[test]
fn every_text_of_a_person_is_among_the_texts() {
    let mut plan = drawn("16 09:22");
    let words: Vec<String> = plan.texts().map(|text| text.clone()).collect();
    for text in [
        "webhook in",
        "ledger table",
        "refunds",
        "webhook event JSON v0",
    ] {
        assert!(
            words.iter().any(|it| it.contains(text)),
            "{text}: {words:?}"
        );
    }
    assert!(
        words
            .iter()
            .any(|it| it.contains("pay/tests/data/webhook.json"))
    );
}
