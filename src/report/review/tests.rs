//! The review of the made-up week, as it is drawn.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::report::boards::ReviewPage;
use crate::report::facts::Scene;
use crate::week::Rules;
use crate::week::made_up::{MadeUp, calendar, moment, week};

fn drawn() -> ReviewPage {
    let board = MadeUp::new(&[]).unwrap().at(moment("18 10:14"));
    review(&Scene {
        board: &board,
        week: &calendar().week(week()),
        now: moment("18 10:14"),
        rules: &Rules::default(),
    })
}

#[test]
fn what_was_found_said_shown_and_answered() {
    let review = drawn();
    let of = |bucket| {
        review
            .findings
            .iter()
            .filter(|it| it.bucket == bucket)
            .count()
    };
    let buckets = BUCKETS.map(|(bucket, _)| of(bucket));
    assert_eq!(buckets, [5, 4, 3]);
    assert_eq!((review.refactors_tested, review.refactors_to_test), (2, 4));
    assert_eq!(review.lines_deleted, -412);
    let shown = &review.shown;
    assert_eq!(
        (shown.hacks, shown.undo, shown.keep, shown.undecided),
        (9, 4, 2, 3)
    );
    // Who presented first said it first.
    let sammy: Vec<&str> = (review.said.iter())
        .filter(|said| said.by == "Sammy")
        .map(|said| said.about.as_str())
        .collect();
    assert_eq!(
        sammy,
        ["good", "good", "bad", "bad", "embarrassing", "embarrassing"]
    );
    let answered = review.questions.iter().filter(|it| it.answer.is_some());
    assert_eq!((answered.count(), review.questions.len()), (2, 6));
    assert_eq!(review.day_4_before, [17, 15, 16]);
    assert_eq!(review.day_4.iter().map(|it| it.items).sum::<u64>(), 19);
}

#[test]
fn every_text_of_a_person_is_among_the_texts() {
    let mut review = drawn();
    let words: Vec<String> = review.texts().map(|text| text.clone()).collect();
    for text in [
        "fake gateway",
        "gateway_fake.rs",
        "amount is an f64. Sorry.",
        "missing on entries.at",
    ] {
        assert!(words.iter().any(|it| it == text), "{text}: {words:?}");
    }
}
