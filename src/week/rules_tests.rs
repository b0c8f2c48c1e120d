//! The rules of the week, on the made-up one: what is refused, and what is allowed instead.
#![allow(clippy::unwrap_used)]

use chrono::TimeDelta;

use super::made_up::{MadeUp, moment, week};
use super::payback::{CheckList, DecisionKind, Gauge, Owed, PaybackCommand};
use super::retro::{Column, RetroCommand};
use super::review::{Bucket, ReviewCommand};
use super::round::{RoundCommand, RoundName, Turn};
use super::task::TaskCommand;
use super::*;

/// A book that goes on from the made-up week at a moment.
fn at(text: &str) -> (Book, MadeUp) {
    let made_up = MadeUp::new(&[]).unwrap();
    let mut book = Book::new(Zone::UTC, 99);
    let until = moment(text);
    let events = made_up.events().iter();
    book.receive(events.take_while(|event| event.at() <= until));
    (book, made_up)
}

fn refusal(book: &mut Book, command: impl Into<Command>) -> String {
    book.run(command, moment("20 17:00"))
        .unwrap_err()
        .to_string()
}

fn decide(item: &Id, kind: DecisionKind, week: WeekName, reason: Option<&str>) -> PaybackCommand {
    let (item, reason) = (item.clone(), reason.map(str::to_owned));
    PaybackCommand::Decide {
        item,
        week,
        kind,
        reason,
        by: None,
    }
}

#[test]
fn debt_is_carried_once_and_then_paid_or_accepted() {
    let (mut book, made_up) = at("20 17:00");
    let item = made_up.item(14).unwrap();
    let next = week().next().unwrap();
    // It was carried out of this week; in the next it needs another decision.
    let owed = [Owed {
        item: item.clone(),
        paid: false,
    }];
    assert_eq!(Gauge::of(book.board(), week(), &owed).carried, 1);
    assert_eq!(
        Gauge::of(book.board(), next, &owed).undecided,
        std::slice::from_ref(item)
    );
    let refused = refusal(&mut book, decide(item, DecisionKind::Carried, next, None));
    assert!(
        refused.ends_with("was carried from 2026-W47 already: pay it, or accept it with a reason"),
        "{refused}"
    );
    let refused = refusal(
        &mut book,
        decide(item, DecisionKind::Accepted, next, Some(" ")),
    );
    assert_eq!(refused, "accepting debt needs a text: write a few words");
    book.run(
        decide(item, DecisionKind::Accepted, next, Some("it is cheap")),
        moment("20 17:00"),
    )
    .unwrap();
    assert_eq!(Gauge::of(book.board(), next, &owed).accepted, 1);
}

#[test]
fn carried_debt_is_owed_by_later_weeks_until_one_of_them_settles_it() {
    let (mut book, made_up) = at("20 17:00");
    let item = made_up.item(14).unwrap();
    let next = week().next().unwrap();
    let later = next.next().unwrap();
    let into = |book: &Book, name| book.board().debts[item].carried_into(name);
    assert_eq!(into(&book, week()), None);
    assert_eq!(into(&book, next), Some(week()));
    assert_eq!(into(&book, later), Some(week()));
    let now = moment("24 11:00");
    for (kind, reason) in [
        (DecisionKind::Paid, None),
        (DecisionKind::Accepted, Some("it is cheap")),
        (DecisionKind::Dismissed, None),
    ] {
        book.run(decide(item, kind, next, reason), now).unwrap();
        // It stays where it was settled, and goes no further.
        assert_eq!(into(&book, next), Some(week()), "{kind:?}");
        assert_eq!(into(&book, later), None, "{kind:?}");
        book.undo(now).unwrap();
        assert_eq!(into(&book, later), Some(week()), "{kind:?}");
    }
    // Who takes back that it was carried has carried nothing.
    book.run(PaybackCommand::Undecide { item: item.clone() }, now)
        .unwrap();
    assert_eq!(into(&book, next), None);
}

/// Two clones that did not know of each other can carry an item in two weeks.
#[test]
fn what_was_carried_twice_is_carried_once() {
    let (book, made_up) = at("20 17:00");
    let item = made_up.item(14).unwrap();
    let next = week().next().unwrap();
    let mut word = book.board().debts[item].clone();
    word.carried.push(next);
    word.decision.as_mut().unwrap().week = next;
    assert_eq!(word.carried_into(next), Some(week()));
    let kind = |week| word.decision_in(week).map(|decision| decision.kind);
    assert_eq!(kind(week()), Some(DecisionKind::Carried));
    assert_eq!(kind(next), None);
}

#[test]
fn a_decision_that_is_taken_back_lets_an_item_be_carried_again() {
    let (mut book, made_up) = at("20 17:00");
    let item = made_up.item(17).unwrap();
    let undecide = PaybackCommand::Undecide { item: item.clone() };
    book.run(undecide.clone(), moment("20 17:00")).unwrap();
    assert!(
        !book.board().debts.contains_key(item),
        "nothing is left to say of it"
    );
    assert_eq!(refusal(&mut book, undecide), Refusal::Already.to_string());
    book.run(
        decide(item, DecisionKind::Carried, week(), None),
        moment("20 17:01"),
    )
    .unwrap();
}

#[test]
fn what_git_paid_is_paid_whatever_was_decided_but_for_what_is_no_debt() {
    let (mut book, made_up) = at("18 13:05");
    let (accepted, other) = (made_up.item(10).unwrap(), made_up.item(9).unwrap());
    book.run(
        decide(other, DecisionKind::Dismissed, week(), None),
        moment("18 13:06"),
    )
    .unwrap();
    let owed = [accepted, other].map(|item| Owed {
        item: item.clone(),
        paid: true,
    });
    let gauge = Gauge::of(book.board(), week(), &owed);
    assert_eq!(
        (gauge.paid, gauge.accepted, gauge.dismissed, gauge.total()),
        (1, 0, 1, 1)
    );
}

#[test]
fn day_4_closes_when_nothing_is_undecided() {
    let (mut book, _) = at("19 14:20");
    let close = |undecided| PaybackCommand::Close {
        week: week(),
        undecided,
    };
    assert_eq!(
        refusal(&mut book, close(6)),
        "6 still need a decision: pay, accept, carry or dismiss each"
    );
    book.run(close(0), moment("19 18:00")).unwrap();
    assert_eq!(
        book.board().week(week()).record().paid_back,
        Some(moment("19 18:00"))
    );
}

#[test]
fn a_refactor_is_locked_until_it_has_a_test_or_a_reason() {
    let (mut book, made_up) = at("19 14:20");
    let line = |book: &Book, text: &str| {
        let checks = book.board().week(week()).checks(CheckList::Refactor);
        checks
            .into_iter()
            .find(|check| check.text == text)
            .unwrap()
            .id
            .clone()
    };
    let check = line(&book, "split charge() in 3");
    let tick = PaybackCommand::Tick {
        check: check.clone(),
        done: true,
    };
    let refused = refusal(&mut book, tick.clone());
    assert!(
        refused.starts_with("split charge() in 3 has no test yet: link the test"),
        "{refused}"
    );
    let finding = made_up.id("split charge() in 3").unwrap().clone();
    let reason = "the types prove it".to_owned();
    book.run(
        ReviewCommand::Unlock {
            finding: finding.clone(),
            reason,
        },
        moment("19 14:21"),
    )
    .unwrap();
    book.run(tick, moment("19 14:22")).unwrap();
    // The finding is done with its line.
    assert_eq!(
        book.board().findings[&finding].done_at,
        Some(moment("19 14:22"))
    );
    assert_eq!(
        book.board().findings[&finding].unlocked_because.as_deref(),
        Some("the types prove it")
    );
    assert!(book.board().checks[&check].done_at.is_some());
}

#[test]
fn a_round_goes_back_to_who_spoke_before_and_keeps_the_time() {
    let (mut book, _) = at("17 09:32");
    let round = RoundName::Standup("2026-11-17".parse().unwrap());
    let speakers = |book: &Book| {
        let round = book.board().round_or_new(round, &Rules::default());
        let at = moment("17 09:33");
        let turns = round.speakers.into_iter().take(2);
        turns
            .map(|s| (s.turn, s.timer.spent(at).num_seconds()))
            .collect::<Vec<_>>()
    };
    book.run(RoundCommand::Back(round), moment("17 09:32"))
        .unwrap();
    assert_eq!(
        speakers(&book),
        [(Turn::Speaking, 64 + 60), (Turn::Waiting, 41)]
    );
    book.run(RoundCommand::Next(round), moment("17 09:32:30"))
        .unwrap();
    assert_eq!(
        speakers(&book),
        [(Turn::Done, 64 + 30), (Turn::Speaking, 41 + 30)]
    );
    book.run(RoundCommand::Next(round), moment("17 09:33"))
        .unwrap();
    book.run(RoundCommand::Next(round), moment("17 09:34"))
        .unwrap();
    // Tove is away: after Mira it is over.
    let over = book.board().round_or_new(round, &Rules::default());
    assert_eq!((over.ended, over.done()), (Some(moment("17 09:34")), 3));
    assert_eq!(
        over.lasted(moment("17 12:00")),
        TimeDelta::seconds(4 * 60 + 14)
    );
    assert!(refusal(&mut book, RoundCommand::Next(round)).starts_with("this round is over"));
}

#[test]
fn a_task_goes_behind_the_older_tasks_of_who_gets_it_and_where_it_is_put() {
    let (mut book, made_up) = at("16 10:30");
    let id = |name: &str| made_up.id(name).unwrap().clone();
    let of = |book: &Book, name: &str| -> Vec<Id> {
        let tasks = book.board().week(week()).tasks_of(Some(&id(name)));
        tasks.into_iter().map(|task| task.id.clone()).collect()
    };
    let give = TaskCommand::Give {
        task: id("T-12"),
        owner: Some(id("mira")),
    };
    book.run(give, moment("16 10:31")).unwrap();
    assert_eq!(of(&book, "mira"), ["T-12", "T-16", "T-17"].map(id));
    let last = TaskCommand::Move {
        task: id("T-12"),
        after: Some(id("T-17")),
    };
    book.run(last, moment("16 10:32")).unwrap();
    assert_eq!(of(&book, "mira"), ["T-16", "T-17", "T-12"].map(id));
    let first = TaskCommand::Move {
        task: id("T-17"),
        after: None,
    };
    book.run(first, moment("16 10:33")).unwrap();
    assert_eq!(of(&book, "mira"), ["T-17", "T-16", "T-12"].map(id));
    let full = refusal(
        &mut book,
        TaskCommand::Give {
            task: id("T-11"),
            owner: Some(id("mira")),
        },
    );
    assert!(
        full.starts_with("Mira already has three of three tasks"),
        "{full}"
    );
}

#[test]
fn votes_end_and_cards_do_not_merge_in_circles() {
    let (mut book, made_up) = at("20 15:10");
    let id = |name: &str| made_up.id(name).unwrap().clone();
    let vote = |person: &str, more| RetroCommand::Vote {
        card: id("card demo"),
        person: id(person),
        more,
    };
    assert_eq!(
        refusal(&mut book, vote("mira", true)),
        "Mira has spent all 5 votes: take one back first"
    );
    assert_eq!(
        refusal(&mut book, vote("mira", false)),
        "Mira has no vote on this card to take back"
    );
    book.run(vote("tove", true), moment("20 15:11")).unwrap();
    assert_eq!(
        refusal(&mut book, vote("tove", true)),
        "Tove has spent all 5 votes: take one back first"
    );
    let merge = |card: &str, into: &str| RetroCommand::Merge {
        card: id(card),
        into: Some(id(into)),
    };
    book.run(merge("card demo", "card promises"), moment("20 15:12"))
        .unwrap();
    let keep = book.board().week(week()).cards(Column::Keep);
    assert_eq!(book.board().week(week()).votes_of(keep[0]), 3 + 3);
    assert!(refusal(&mut book, merge("card promises", "card demo")).ends_with("choose another"));
}

#[test]
fn several_decisions_are_one_command_and_one_undo() {
    let (mut book, made_up) = at("19 14:20");
    let before = book.board().clone();
    let take = |number: usize| PaybackCommand::Take {
        item: made_up.item(number).unwrap().clone(),
        owner: Some(made_up.id("mira").unwrap().clone()),
        for_day: Some(4),
    };
    let all = PaybackCommand::All(vec![take(17), take(19), take(20)]);
    book.run(all, moment("19 14:21")).unwrap();
    let said = book.last_sentence().unwrap();
    assert!(said.ends_with("taken by Mira, and 2 more"), "{said}");
    book.undo(moment("19 14:22")).unwrap();
    assert!(*book.board() == before);
    // One that is refused is all that is refused.
    let carried = made_up.item(14).unwrap();
    let next = week().next().unwrap();
    let all = PaybackCommand::All(vec![
        take(17),
        decide(carried, DecisionKind::Carried, next, None),
    ]);
    assert!(refusal(&mut book, all).contains("was carried from"));
    assert!(*book.board() == before);
}

#[test]
fn day_4_can_be_opened_again() {
    let (mut book, _) = at("20 09:00");
    let paid_back = |book: &Book| book.board().week(week()).record().paid_back;
    assert!(paid_back(&book).is_some());
    let reopen = PaybackCommand::Reopen { week: week() };
    book.run(reopen, moment("20 09:01")).unwrap();
    assert_eq!(paid_back(&book), None);
    assert_eq!(book.last_sentence().as_deref(), Some("day 4 open again"));
}

#[test]
fn a_finding_moves_within_its_bucket() {
    let (mut book, made_up) = at("18 10:14");
    let order = |book: &Book| -> Vec<String> {
        let findings = book.board().week(week()).findings(Bucket::Refactor);
        findings.iter().map(|f| f.what.clone()).collect()
    };
    let before = order(&book);
    let id = |at: usize, book: &Book| {
        let findings = book.board().week(week()).findings(Bucket::Refactor);
        findings[at].id.clone()
    };
    let (third, first) = (id(2, &book), id(0, &book));
    for (after, at) in [(None, 0), (Some(first), 1), (Some(id(4, &book)), 4)] {
        let finding = third.clone();
        book.run(ReviewCommand::Move { finding, after }, moment("18 10:15"))
            .unwrap();
        assert_eq!(order(&book)[at], before[2]);
    }
    let edit = ReviewCommand::Edit {
        finding: third,
        what: "one ledger".into(),
        place: " src/ledger.rs ".into(),
        owner: made_up.id("tove").cloned(),
        lines: Some(-3),
        debt: None,
    };
    book.run(edit, moment("18 10:16")).unwrap();
    let board = book.board().week(week());
    let edited = board.findings(Bucket::Refactor)[4];
    assert_eq!(
        (edited.what.as_str(), edited.place.as_str(), edited.lines),
        ("one ledger", "src/ledger.rs", Some(-3))
    );
}
