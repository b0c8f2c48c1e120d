//! Laws of the board, on random histories: any order gives the same, undo goes back to the start.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::Value;

use super::demo::{DemoCommand, Verdict};
use super::event::Event;
use super::payback::{CheckList, DecisionKind, PaybackCommand};
use super::promise::{PromiseCommand, PromiseState, Terms};
use super::question::{QuestionCommand, Which};
use super::random::Random;
use super::record::WeekCommand;
use super::retro::{Column, RetroCommand};
use super::review::{About, Bucket, NewFinding, ReviewCommand, Test};
use super::roadmap::{Milestone, RoadmapCommand};
use super::round::{RoundCommand, RoundName};
use super::standup::StandupCommand;
use super::task::{TaskCommand, TaskStatus};
use super::team::TeamCommand;
use super::*;

/// What a random number means on a board: some command, possible or not.
fn command(board: &Board, n: u32) -> Command {
    let (kind, a) = (n % 41, (n / 41) as usize);
    fn pick<T>(map: &std::collections::BTreeMap<Id, T>, a: usize) -> Id {
        let at = a % map.len().max(1);
        map.keys()
            .nth(at)
            .cloned()
            .unwrap_or_else(|| "nobody".parse().unwrap())
    }
    let week: WeekName = ["2026-W46", "2026-W47"][a % 2].parse().unwrap();
    let person = pick(&board.people, a);
    let task = pick(&board.tasks, a / 2);
    let card = pick(&board.cards, a / 2);
    let question = pick(&board.questions, a / 5);
    let (finding, check) = (pick(&board.findings, a), pick(&board.checks, a));
    let promise = pick(&board.promises, a);
    let (feature, action) = (pick(&board.features, a), pick(&board.actions, a));
    let item: Id = format!("item-{}", a % 3).parse().unwrap();
    let text = format!("words {a}");
    let round = [
        RoundName::Standup("2026-11-17".parse().unwrap()),
        RoundName::Demo(week),
        RoundName::Review(week),
    ][a % 3];
    let flag = a % 2 == 0;
    match kind {
        0 => TeamCommand::Add {
            name: text,
            mails: vec![format!("{a}@x")],
        }
        .into(),
        1 => TeamCommand::Leave { person, left: flag }.into(),
        2 => TeamCommand::Rename { person, name: text }.into(),
        3..=5 => TaskCommand::Add {
            week,
            text,
            owner: flag.then_some(person),
            day: Some(1),
        }
        .into(),
        6 => TaskCommand::Give {
            task,
            owner: Some(person),
        }
        .into(),
        7 => TaskCommand::Mark {
            task,
            status: [TaskStatus::Done, TaskStatus::Cut, TaskStatus::Open][a % 3],
        }
        .into(),
        8 => TaskCommand::Move {
            task,
            after: Some(pick(&board.tasks, a / 3)),
        }
        .into(),
        9 => TaskCommand::Carry { task, into: week }.into(),
        10 => TaskCommand::Delete { task }.into(),
        11 => TaskCommand::Wait {
            task,
            person,
            waits: flag,
        }
        .into(),
        12 | 13 => PromiseCommand::Add {
            week,
            terms: Terms {
                from: person.clone(),
                to: vec![person],
                what: text,
                shape: String::new(),
                stand_in: "a file".to_owned(),
                stand_in_path: None,
                due: None,
            },
            state: PromiseState::Asked,
        }
        .into(),
        14 => PromiseCommand::Mark {
            promise,
            state: [PromiseState::Agreed, PromiseState::Real][a % 2],
        }
        .into(),
        15..=17 => RoundCommand::Next(round).into(),
        18 => RoundCommand::Back(round).into(),
        19 => RoundCommand::Pause(round).into(),
        20 => RoundCommand::Shuffle {
            round,
            seed: a as u64,
        }
        .into(),
        21 => RoundCommand::Away {
            round,
            person,
            away: flag,
        }
        .into(),
        22 => StandupCommand::Block {
            week,
            person,
            text,
            since: None,
        }
        .into(),
        23 => StandupCommand::Solve {
            blocker: pick(&board.blockers, a),
            solved: flag,
        }
        .into(),
        24 => DemoCommand::Add {
            week,
            by: person,
            what: text,
        }
        .into(),
        25 => DemoCommand::SeeDebt {
            show: pick(&board.shows, a),
            item,
        }
        .into(),
        26 => DemoCommand::Judge {
            show: pick(&board.shows, a),
            verdict: Verdict::Undo,
        }
        .into(),
        27 => ReviewCommand::Add(NewFinding {
            week,
            bucket: Bucket::ALL[a % 3],
            owner: Some(person),
            what: text,
            place: String::new(),
            lines: None,
            debt: flag.then_some(item),
        })
        .into(),
        28 => match a % 3 {
            0 => ReviewCommand::Put {
                finding,
                bucket: Bucket::Refactor,
            },
            1 => ReviewCommand::Move {
                finding,
                after: flag.then(|| pick(&board.findings, a / 3)),
            },
            _ => ReviewCommand::Edit {
                finding,
                what: text,
                place: "src/a.rs".into(),
                owner: flag.then_some(person),
                lines: None,
                debt: flag.then_some(item),
            },
        }
        .into(),
        29 => ReviewCommand::Test {
            finding,
            test: Test::Linked(text),
        }
        .into(),
        30 => ReviewCommand::Say {
            week,
            by: person,
            about: About::Bad,
            text,
        }
        .into(),
        31 => PaybackCommand::Decide {
            item,
            week,
            kind: [
                DecisionKind::Accepted,
                DecisionKind::Carried,
                DecisionKind::Dismissed,
            ][a % 3],
            reason: Some(text),
            by: None,
        }
        .into(),
        32 => PaybackCommand::AddCheck {
            week,
            list: CheckList::Refactor,
            text,
            owner: None,
            finding: Some(finding),
        }
        .into(),
        33 => match a % 4 {
            0 => PaybackCommand::Reopen { week },
            1 => PaybackCommand::All(vec![
                PaybackCommand::Take {
                    item: item.clone(),
                    owner: Some(person),
                    for_day: Some(4),
                },
                PaybackCommand::Promote {
                    item,
                    promoted: flag,
                },
            ]),
            _ => PaybackCommand::Tick { check, done: flag },
        }
        .into(),
        40 => match a % 6 {
            0 | 1 => QuestionCommand::Add { week, text }.into(),
            2 => QuestionCommand::Edit { question, text }.into(),
            3 => QuestionCommand::Remove { question, week }.into(),
            4 => QuestionCommand::Move {
                question,
                after: flag.then(|| pick(&board.questions, a / 7)),
            }
            .into(),
            _ => ReviewCommand::Answer {
                week,
                question: Which::Own(question),
                text,
                by: flag.then_some(person),
            }
            .into(),
        },
        34 => RetroCommand::Card {
            week,
            column: Column::Try,
            text,
            by: None,
        }
        .into(),
        35 => RetroCommand::Vote {
            card,
            person,
            more: a % 4 != 0,
        }
        .into(),
        36 => RetroCommand::Merge {
            card,
            into: Some(pick(&board.cards, a / 3)),
        }
        .into(),
        37 => match a % 3 {
            0 => RetroCommand::Action {
                week,
                text,
                owner: None,
                day: None,
            }
            .into(),
            1 => RetroCommand::CarryAction {
                action,
                into: week,
                day: None,
            }
            .into(),
            _ => RetroCommand::Mood {
                week,
                person,
                mood: Some(40),
            }
            .into(),
        },
        38 => match a % 3 {
            0 => RoadmapCommand::Add {
                name: text,
                stage: Milestone::Alpha,
                left: 3,
            }
            .into(),
            1 => RoadmapCommand::Move {
                feature,
                after: None,
            }
            .into(),
            _ => RoadmapCommand::Left { feature, left: 1 }.into(),
        },
        _ => Command::Week(
            week,
            [
                WeekCommand::StartPlanning,
                WeekCommand::StopPlanning,
                WeekCommand::Number(Some(6)),
            ][a % 3]
                .clone(),
        ),
    }
}

fn start() -> DateTime<Utc> {
    "2026-11-16T08:00:00Z".parse().unwrap()
}

fn later(step: usize) -> DateTime<Utc> {
    start() + TimeDelta::minutes(i64::try_from(step).unwrap())
}

/// Three clones, one clock an hour behind and one 70 years ahead, that write and exchange.
fn clones(steps: &[(usize, u32)]) -> Vec<Book> {
    let skew = [
        TimeDelta::zero(),
        TimeDelta::hours(-1),
        TimeDelta::days(25_567),
    ];
    let mut books: Vec<Book> = (0..3).map(|seed| Book::new(Zone::UTC, seed)).collect();
    for (step, (who, n)) in steps.iter().enumerate() {
        let (who, at) = (who % 3, later(step) + skew[who % 3]);
        match n % 7 {
            0 => {
                // A part of another's log, always without gaps.
                let other = books[(who + 1 + (*n as usize / 7) % 2) % 3]
                    .events()
                    .to_vec();
                let part = other.len() - other.len() / 3 * (*n as usize % 2);
                books[who].receive(&other[..part]);
            }
            1 => drop(books[who].undo(at)),
            2 => drop(books[who].redo(at)),
            _ => {
                let command = command(books[who].board(), n / 7);
                let _ = books[who].run(command, at);
            }
        }
    }
    books
}

fn union(books: &[Book]) -> Vec<Event> {
    let mut all: Vec<Event> = books
        .iter()
        .flat_map(|book| book.events().to_vec())
        .collect();
    all.sort_by_key(|event| event.id);
    all.dedup_by_key(|event| event.id);
    all
}

fn histories() -> impl Strategy<Value = Vec<(usize, u32)>> {
    prop::collection::vec((0usize..3, any::<u32>()), 1..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_in_which_events_come_does_not_matter(steps in histories(), seed: u64) {
        let books = clones(&steps);
        let mut events = union(&books);
        let board = Board::of(&events);
        prop_assert_eq!(board.facts().waiting(), 0);
        Random::new(seed).shuffle(&mut events);
        let shuffled = Board::of(&events);
        prop_assert!(board == shuffled);
        let mut one_by_one = Board::default();
        for event in events.iter().chain(&events) {
            one_by_one.add(event);
        }
        prop_assert!(board == one_by_one);
        // And every clone that has all of them has the same, and the same to undo.
        for mut book in books {
            book.receive(&events);
            prop_assert!(*book.board() == board);
            prop_assert_eq!(book.board().to_undo(book.writer()), board.to_undo(book.writer()));
        }
    }

    #[test]
    fn undo_goes_back_to_the_start_and_redo_to_the_end(numbers in prop::collection::vec(any::<u32>(), 1..80)) {
        let mut book = Book::new(Zone::UTC, 1);
        let mut states = vec![book.board().clone()];
        for (step, n) in numbers.iter().enumerate() {
            let command = command(book.board(), *n);
            if book.run(command, later(step)).is_ok() {
                prop_assert!(!book.last_sentence().unwrap().is_empty());
                states.push(book.board().clone());
            }
        }
        for (step, state) in states.iter().rev().skip(1).enumerate() {
            book.undo(later(1000 + step)).unwrap();
            prop_assert!(book.board() == state, "undo {step}");
        }
        prop_assert_eq!(book.undo(later(2000)).unwrap_err(), Refusal::NothingToUndo);
        // A restart in between: the log alone knows what can be redone.
        let reread = Board::of(book.events());
        prop_assert_eq!(reread.to_redo(book.writer()), book.board().to_redo(book.writer()));
        for (step, state) in states.iter().skip(1).enumerate() {
            book.redo(later(3000 + step)).unwrap();
            prop_assert!(book.board() == state, "redo {step}");
        }
        prop_assert_eq!(book.redo(later(4000)).unwrap_err(), Refusal::NothingToRedo);
    }

    #[test]
    fn events_survive_their_json(steps in histories()) {
        for event in union(&clones(&steps)) {
            let json = event.to_json().unwrap();
            let read = Event::of_json(&json, event.writer.clone(), event.seen.clone()).unwrap();
            prop_assert_eq!(read, event);
        }
    }
}

/// A team of two on two clones that know of each other's beginning.
fn pair() -> (Book, Book, Id, Id) {
    let (mut ann, mut ben) = (Book::new(Zone::UTC, 1), Book::new(Zone::UTC, 2));
    let week = "2026-W47".parse().unwrap();
    let add = TeamCommand::Add {
        name: "Ann".into(),
        mails: vec![],
    };
    let person = ann.run(add, later(0)).unwrap()[0].entity.clone();
    let add = TaskCommand::Add {
        week,
        text: "charge".into(),
        owner: Some(person.clone()),
        day: None,
    };
    let task = ann.run(add, later(1)).unwrap()[0].entity.clone();
    ben.receive(ann.events());
    (ann, ben, person, task)
}

fn exchange(ann: &mut Book, ben: &mut Book) {
    let (a, b) = (ann.events().to_vec(), ben.events().to_vec());
    ann.receive(&b);
    ben.receive(&a);
    assert!(ann.board() == ben.board());
}

fn edit(task: &Id, text: &str) -> TaskCommand {
    TaskCommand::Edit {
        task: task.clone(),
        text: text.to_owned(),
    }
}

#[test]
fn two_edits_at_once_are_both_kept_until_somebody_writes_again() {
    let (mut ann, mut ben, _, task) = pair();
    ann.run(edit(&task, "from ann"), later(5)).unwrap();
    ben.run(edit(&task, "from ben"), later(6)).unwrap();
    exchange(&mut ann, &mut ben);
    assert_eq!(ann.board().tasks[&task].text, "from ben");
    let entity = |book: &Book| {
        book.board()
            .facts()
            .entity(family::Family::Task, &task)
            .unwrap()
            .clone()
    };
    assert_eq!(
        entity(&ann).versions("text"),
        [&Value::from("from ben"), &Value::from("from ann")]
    );
    assert_eq!(entity(&ann).disputed().collect::<Vec<_>>(), ["text"]);
    ann.run(edit(&task, "from both"), later(2)).unwrap();
    exchange(&mut ann, &mut ben);
    assert_eq!(entity(&ben).versions("text"), [&Value::from("from both")]);
}

#[test]
fn an_edit_wins_over_a_delete_that_did_not_know_of_it() {
    let (mut ann, mut ben, _, task) = pair();
    ann.run(TaskCommand::Delete { task: task.clone() }, later(9))
        .unwrap();
    ben.run(edit(&task, "still needed"), later(3)).unwrap();
    exchange(&mut ann, &mut ben);
    let entity = ann
        .board()
        .facts()
        .entity(family::Family::Task, &task)
        .unwrap();
    assert!(entity.is_revived());
    assert_eq!(ann.board().tasks[&task].text, "still needed");
    ben.run(TaskCommand::Delete { task: task.clone() }, later(4))
        .unwrap();
    exchange(&mut ann, &mut ben);
    assert!(ann.board().tasks.is_empty());
}

#[test]
fn a_clock_of_the_next_century_wins_once_and_not_for_ever() {
    let (mut ann, mut ben, _, task) = pair();
    ben.run(edit(&task, "from the future"), later(1_000_000_000 / 60))
        .unwrap();
    exchange(&mut ann, &mut ben);
    ann.run(edit(&task, "now"), later(5)).unwrap();
    exchange(&mut ann, &mut ben);
    assert_eq!(ben.board().tasks[&task].text, "now");
}

#[test]
fn an_undo_leaves_what_others_changed_since() {
    let (mut ann, mut ben, _, task) = pair();
    ann.run(edit(&task, "from ann"), later(5)).unwrap();
    exchange(&mut ann, &mut ben);
    ben.run(edit(&task, "from ben"), later(6)).unwrap();
    exchange(&mut ann, &mut ben);
    ann.undo(later(7)).unwrap();
    assert_eq!(ann.board().tasks[&task].text, "from ben");
    // The next undo goes further back all the same.
    ann.undo(later(8)).unwrap();
    assert!(ann.board().tasks.is_empty());
}

#[test]
fn events_wait_for_what_they_had_seen() {
    let (mut ann, mut ben, _, task) = pair();
    ben.run(edit(&task, "from ben"), later(5)).unwrap();
    exchange(&mut ann, &mut ben);
    let mut board = Board::default();
    for event in ben.events().iter().rev() {
        board.add(event);
    }
    assert!(board == *ann.board());
    let mut early = Board::default();
    early.add(ben.events().last().unwrap());
    assert_eq!(
        (early.facts().waiting(), early == Board::default()),
        (1, true)
    );
}

#[test]
fn what_a_newer_version_writes_is_counted_and_harms_nothing() {
    let (ann, _, _, task) = pair();
    let last = ann.events().last().unwrap();
    let newer = |seq, kind: &str, field: &str| {
        let json = format!(
            r#"{{"seq":{seq},"id":"01ARZ3NDEKTSV4RRFFQ69G5FA{seq}","k":"{kind}","e":"{task}","wall":0,"f":"{field}","x":[1]}}"#
        );
        Event::of_json(&json, last.writer.clone(), last.seen.clone()).unwrap()
    };
    let mut board = ann.board().clone();
    board.add(&newer(3, "poker.play", "card"));
    board.add(&newer(4, "task.set", "points"));
    assert!(board == *ann.board());
    assert_eq!(board.facts().unknown_kinds()["poker.play"], 1);
    assert_eq!(board.facts().unknown_fields()["task.points"], 1);
    assert_eq!(
        say(&board, &newer(3, "poker.play", "card"), None),
        "poker.play: needs a newer hackweek"
    );
}

#[test]
fn nobody_edits_what_others_said() {
    let (mut ann, mut ben, _, _) = pair();
    let week = "2026-W47".parse().unwrap();
    let card = RetroCommand::Card {
        week,
        column: Column::Keep,
        text: "mine".into(),
        by: None,
    };
    let card = ann.run(card, later(5)).unwrap()[0].entity.clone();
    exchange(&mut ann, &mut ben);
    let edit = RetroCommand::Edit {
        card: card.clone(),
        text: "yours".into(),
    };
    assert_eq!(
        ben.run(edit.clone(), later(6)).unwrap_err(),
        Refusal::NotYours { what: "card" }
    );
    // A log that does it all the same is not believed.
    let mut forged = ann.run(edit, later(6)).unwrap()[0].clone();
    forged.writer = ben.writer().clone();
    forged.seq = 1;
    let mut board = Board::of(&ann.events()[..3]);
    board.add(&forged);
    assert_eq!(board.cards[&card].text, "mine");
}

#[test]
fn a_person_has_three_tasks_and_a_fourth_is_refused_with_advice() {
    let (mut ann, _, person, _) = pair();
    let week = "2026-W47".parse().unwrap();
    let add = |text: &str| TaskCommand::Add {
        week,
        text: text.into(),
        owner: Some(person.clone()),
        day: None,
    };
    ann.run(add("two"), later(5)).unwrap();
    ann.run(add("three"), later(6)).unwrap();
    let refusal = ann.run(add("four"), later(7)).unwrap_err();
    assert!(
        refusal
            .to_string()
            .starts_with("Ann already has three of three tasks: "),
        "{refusal}"
    );
}

#[test]
fn rows_say_what_happened_and_what_was_undone() {
    let (mut ann, _, _, task) = pair();
    let add = TeamCommand::Add {
        name: "Sammy".into(),
        mails: vec![],
    };
    let sammy = ann.run(add, later(5)).unwrap()[0].entity.clone();
    ann.run(
        TaskCommand::Give {
            task,
            owner: Some(sammy),
        },
        later(6),
    )
    .unwrap();
    assert_eq!(ann.last_sentence().unwrap(), "T-01 moved to Sammy");
    ann.undo(later(7)).unwrap();
    assert_eq!(ann.last_sentence().unwrap(), "undone: T-01 moved to Sammy");
    ann.redo(later(8)).unwrap();
    assert_eq!(
        ann.last_sentence().unwrap(),
        "done again: T-01 moved to Sammy"
    );
}
