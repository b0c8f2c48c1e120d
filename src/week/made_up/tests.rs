//! The figures of the drawn screens that come from people, at the drawn moments.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::week::board::Telling;
use crate::week::burndown::median_pace;
use crate::week::demo::Verdict;
use crate::week::forecast::{Draws, Forecast};
use crate::week::payback::{CheckList, Gauge, Owed};
use crate::week::planning::Planning;
use crate::week::retro::Column;
use crate::week::review::{About, Bucket, Test};
use crate::week::roadmap::Milestone;
use crate::week::round::{RoundName, Turn};
use crate::week::timer::clock;
use crate::week::{Rules, WeekBoard};

fn made_up() -> MadeUp {
    MadeUp::new(&[]).unwrap()
}

fn names(board: &Board, ids: &[Id]) -> Vec<String> {
    ids.iter().map(|id| board.name(id).to_owned()).collect()
}

fn tasks(board: &Board, week: WeekBoard<'_>, owner: &Id) -> Vec<String> {
    let tasks = week.tasks_of(Some(owner)).into_iter();
    tasks
        .map(|task| {
            format!(
                "{} {}",
                board.numbers.shown(Numbered::Task, &task.id).unwrap(),
                task.text
            )
        })
        .collect()
}

/// The last thing that was written until a moment, as row 29 says it.
fn last_sentence(made_up: &MadeUp, at: DateTime<Utc>) -> String {
    let board = made_up.at(at);
    let last = made_up
        .events()
        .iter()
        .rfind(|event| event.at() <= at)
        .unwrap();
    crate::week::say(&board, last, None)
}

#[test]
fn the_week_is_written_in_the_order_of_time() {
    let made_up = made_up();
    assert!(made_up.events().is_sorted_by_key(|event| event.wall));
    assert!(made_up.events().len() > 200);
    let again = MadeUp::new(&[]).unwrap();
    assert_eq!(made_up.events(), again.events());
}

#[test]
fn it_can_be_about_the_items_of_a_ledger() {
    let items: Vec<Id> = (0..21)
        .map(|n| format!("{n:040x}").parse().unwrap())
        .collect();
    let made_up = MadeUp::new(&items).unwrap();
    let board = made_up.at(moment("20 17:00"));
    assert!(board.debts.keys().all(|item| items.contains(item)));
    assert_eq!(board.debt_name(made_up.item(5).unwrap()), "D-05");
}

#[test]
fn a_standup() {
    let made_up = made_up();
    let at = moment("17 09:32");
    let board = made_up.at(at);
    let week = board.week(week());
    let date = "2026-11-17".parse().unwrap();
    let round = board.round_or_new(RoundName::Standup(date), &Rules::default());
    let rows: Vec<String> = (round.speakers.iter())
        .map(|speaker| {
            let state = match (speaker.turn, speaker.away) {
                (_, true) => "away".to_owned(),
                (Turn::Waiting, _) => "waiting".to_owned(),
                (turn, _) => format!("{turn:?} {}", clock(speaker.timer.spent(at))),
            };
            let today = week.today_of(&speaker.person, 2).len();
            format!("{} {state}, {today} today", board.name(&speaker.person))
        })
        .collect();
    assert_eq!(
        rows,
        [
            "Johnny Done 1:04, 2 today",
            "Sammy Speaking 0:41, 2 today",
            "Mira waiting, 2 today",
            "Tove away, 1 today"
        ]
    );
    assert_eq!(
        (round.speaking().unwrap().0 + 1, round.speakers.len()),
        (2, 4)
    );
    assert!(round.seed.is_some());
    assert_eq!((round.seconds_each, round.limit), (90, 900));
    assert_eq!(clock(round.lasted(at)), "2:14");
    assert!(round.behind(at) < chrono::TimeDelta::zero());
    assert_eq!(board.last_standup_before(date), Some(moment("16 08:45")));

    let sammy = made_up.id("sammy").unwrap();
    let today = week.today_of(sammy, 2);
    assert_eq!(today[0].text, "real webhook payload");
    assert_eq!(names(&board, &today[0].waits_for), ["Johnny"]);
    let due = week.promises_due(date, calendar().zone());
    let due: Vec<_> = due
        .iter()
        .map(|p| (p.due.unwrap(), p.what.as_str(), p.state.words()))
        .collect();
    assert_eq!(
        due,
        [
            (moment("17 14:00"), "webhook event JSON v0", "agreed"),
            (moment("17 16:00"), "POST /charge", "on mock"),
        ]
    );
    let blockers = board.blockers_between(moment("16 08:45"), at);
    assert_eq!(
        (
            blockers.len(),
            blockers.iter().filter(|b| b.is_open()).count()
        ),
        (2, 1)
    );
    assert_eq!(
        (blockers[0].text.as_str(), blockers[0].age(at).num_hours()),
        ("CI red on main", 3)
    );
    assert_eq!(
        (blockers[1].since, &blockers[1].person),
        (moment("16 15:40"), sammy)
    );
    assert_eq!(
        week.parked()[0].text,
        "who owns back-off, the service or the gateway?"
    );
    assert_eq!(week.parked()[0].by.as_ref(), made_up.id("johnny"));
    assert_eq!(last_sentence(&made_up, at), "Johnny finished 0:26 early");
    assert_eq!(
        week.record().demo_at.unwrap() - at,
        chrono::TimeDelta::minutes(6 * 60 + 28)
    );
}

#[test]
fn b_plan() {
    let made_up = made_up();
    let at = moment("16 09:22:10");
    let board = made_up.at(at);
    let week = board.week(week());
    let record = week.record();
    let planning = Planning::at(record.planning, &Rules::default(), at);
    assert_eq!(
        (planning.spent, planning.left),
        (22 * 60 + 10, 37 * 60 + 50)
    );
    assert_eq!(planning.hard_stop, Some(moment("16 10:00")));
    assert_eq!(record.goal, "Charge a card end to end against a fake bank.");
    assert_eq!((week.planned().len(), week.carried_in()), (9, 1));
    let of = |name: &str| tasks(&board, week, made_up.id(name).unwrap());
    assert_eq!(of("johnny"), ["T-11 charge service", "T-12 gateway client"]);
    assert_eq!(
        of("sammy"),
        [
            "T-13 webhook in",
            "T-14 real webhook payload",
            "T-15 demo script, three minutes"
        ]
    );
    assert_eq!(of("mira"), ["T-16 ledger table", "T-17 balance page"]);
    assert_eq!(of("tove"), ["T-07 CI cache", "T-18 demo seed data"]);
    let task = |name: &str| &board.tasks[made_up.id(name).unwrap()];
    assert_eq!(task("T-07").times_carried(), 2);
    assert_eq!(task("T-13").note, "on simulated data");
    assert_eq!(
        names(&board, &task("T-11").gives_to),
        ["Johnny", "Sammy", "Mira"][1..]
    );
    let cut: Vec<_> = week.cut().iter().map(|task| task.text.as_str()).collect();
    assert_eq!(cut, ["refunds", "currency conversion", "admin page"]);
    let rows: Vec<_> = (week.promises().into_iter())
        .map(|p| {
            (
                names(&board, &p.to).join(", "),
                p.stand_in.as_str(),
                p.state.words(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("Sammy".to_owned(), "Sammy simulates data", "agreed"),
            ("Mira".to_owned(), "charge.json fixture", "agreed"),
            ("Johnny".to_owned(), "a Vec in memory", "proposed"),
            (String::new(), "", "asked"),
        ]
    );
    assert_eq!(week.promises()[0].said.len(), 2);
    assert_eq!(week.promises()[0].waiting, [task("T-14").id.clone()]);
    assert_eq!(last_sentence(&made_up, at), "T-14 moved to Sammy");
}

#[test]
fn c_debt() {
    let made_up = made_up();
    let at = moment("18 13:05");
    let board = made_up.at(at);
    let webhook = &board.promises[made_up.id("webhook JSON").unwrap()];
    let mock = webhook.mock_debt(at, Some(true)).unwrap();
    assert_eq!(mock.text, "webhook.json past its date");
    assert_eq!(mock.task.as_ref(), made_up.id("T-14"));
    assert_eq!(board.name(&mock.owner), "Sammy");
    assert_eq!(webhook.mock_debt(at, Some(false)), None);
    assert_eq!(webhook.mock_debt(moment("17 13:59"), None), None);
    assert_eq!(
        made_up.at(moment("19 12:00")).promises[&webhook.id].mock_debt(moment("19 12:00"), None),
        None
    );

    let story = board.story_of(made_up.item(5).unwrap());
    let told: Vec<_> = story.iter().map(|told| told.at).collect();
    assert_eq!(
        told,
        [moment("17 16:20"), moment("18 10:40"), moment("18 11:05")]
    );
    assert!(
        matches!(story[1].what, Telling::Found(finding) if finding.bucket == Bucket::MustChange)
    );
    assert_eq!(
        story[2].what,
        Telling::Taken(made_up.id("sammy").unwrap(), Some(4))
    );

    // 21 opened, 4 paid, 1 accepted.
    let gauge = Gauge::of(&board, week(), &owed(&made_up, &[3, 7, 13, 21]));
    assert_eq!((gauge.paid, gauge.accepted, gauge.open()), (4, 1, 16));
    let figures = board.week(week()).figures_up_to_here(6);
    let paces: Vec<f64> = figures
        .iter()
        .filter_map(|(_, figures)| figures.pace)
        .collect();
    assert_eq!(median_pace(&paces), Some(1.0));
}

/// All items, those paid that git says are.
fn owed(made_up: &MadeUp, paid: &[usize]) -> Vec<Owed> {
    (1..=21)
        .map(|number| Owed {
            item: made_up.item(number).unwrap().clone(),
            paid: paid.contains(&number),
        })
        .collect()
}

#[test]
fn d_review() {
    let made_up = made_up();
    let at = moment("18 10:14");
    let board = made_up.at(at);
    let week = board.week(week());
    let counts = Bucket::ALL.map(|bucket| week.findings(bucket).len());
    assert_eq!((counts, week.lines_deleted()), ([5, 4, 3], -412));
    let tests: Vec<bool> = week
        .findings(Bucket::Refactor)
        .iter()
        .map(|f| f.is_locked())
        .collect();
    assert_eq!(tests, [true, false, true, false, false]);
    assert_eq!(week.findings(Bucket::Refactor)[4].test, Test::NotNeeded);
    assert_eq!(week.tests_of_refactors(), (2, 4));
    let round = board.round_or_new(RoundName::Review(week.name()), &Rules::default());
    let (_, speaking) = round.speaking().unwrap();
    assert_eq!(board.name(&speaking.person), "Sammy");
    assert_eq!(
        (clock(speaking.timer.spent(at)), round.seconds_each),
        ("6:20".to_owned(), 900)
    );
    assert_eq!(
        (round.done(), clock(round.speakers[0].timer.spent(at))),
        (1, "14:02".to_owned())
    );
    let sammy = made_up.id("sammy").unwrap();
    let notes =
        [About::Good, About::Bad, About::Embarrassing].map(|about| week.notes(sammy, about).len());
    assert_eq!(notes, [2, 2, 2]);
    let questions = week.questions();
    let answered = questions.iter().filter(|asked| asked.answer.is_some());
    assert_eq!((answered.count(), questions.len()), (2, 6));
    let first = questions[0].answer.unwrap();
    assert_eq!(first.text, "one per row in list, D-11");
    let verdicts = [Verdict::Undo, Verdict::Keep, Verdict::Undecided].map(|v| week.shows_judged(v));
    assert_eq!((week.shows().len(), verdicts), (9, [4, 2, 3]));
    let thursday: Vec<_> = (week.day_4_so_far().into_iter())
        .map(|(owner, count)| (board.name(owner.unwrap()).to_owned(), count))
        .collect();
    let counts = [("Johnny", 5), ("Sammy", 6), ("Mira", 5), ("Tove", 3)];
    assert_eq!(
        thursday,
        counts.map(|(name, count)| (name.to_owned(), count))
    );
    let earlier = board.week(super::week_of("2026-W46")).figures_up_to_here(3);
    let thursdays: Vec<_> = earlier
        .iter()
        .filter_map(|(_, f)| f.paid_on_day_4)
        .collect();
    assert_eq!(thursdays, [17, 15, 16]);
}

#[test]
fn e_payback() {
    let made_up = made_up();
    let board = made_up.at(moment("19 14:20"));
    let week = board.week(week());
    let paid = [1, 2, 3, 4, 6, 7, 8, 9, 12, 13, 16, 21];
    let gauge = Gauge::of(&board, week.name(), &owed(&made_up, &paid));
    assert_eq!((gauge.paid, gauge.accepted, gauge.carried), (12, 2, 1));
    assert_eq!((gauge.decided(), gauge.total(), gauge.open()), (15, 21, 6));
    let undecided: Vec<_> = gauge
        .undecided
        .iter()
        .map(|item| board.debt_name(item))
        .collect();
    assert_eq!(undecided, ["D-05", "D-11", "D-15", "D-17", "D-19", "D-20"]);
    let lists = [
        CheckList::Document,
        CheckList::Test,
        CheckList::Refactor,
        CheckList::Standard,
    ];
    let counts = lists.map(|list| {
        let checks = week.checks(list);
        (
            checks.iter().filter(|c| c.done_at.is_some()).count(),
            checks.len(),
        )
    });
    assert_eq!(counts, [(2, 4), (2, 4), (2, 4), (3, 3)]);
    let locked = week
        .checks(CheckList::Refactor)
        .into_iter()
        .filter(|check| board.is_locked(check));
    assert_eq!(locked.count(), 2);
}

#[test]
fn f_retro() {
    let made_up = made_up();
    let at = moment("20 15:10");
    let board = made_up.at(at);
    let week = board.week(week());
    let cards = [Column::Keep, Column::Change, Column::Try].map(|column| {
        let cards = week.cards(column).into_iter();
        cards
            .map(|card| (card.text.as_str(), week.votes_of(card)))
            .collect::<Vec<_>>()
    });
    assert_eq!(
        cards,
        [
            vec![
                ("promises with due times", 3),
                ("demo on Tue", 2),
                ("fake bank", 1)
            ],
            vec![
                ("planning ran over", 3),
                ("two ledgers", 2),
                ("pushed at 01:40", 1)
            ],
            vec![
                ("test first", 4),
                ("one owner per table", 2),
                ("pair on Wed", 1)
            ],
        ]
    );
    let left: Vec<u32> = board
        .team()
        .iter()
        .map(|person| week.votes_left(&person.id, 5))
        .collect();
    assert_eq!(left, [0, 0, 0, 1]);
    let all = week.all_cards();
    let earlier = all
        .iter()
        .filter(|card| card.since < moment("20 00:00"))
        .count();
    assert_eq!((earlier, all.len()), (9, 14));

    let actions = week.actions();
    assert_eq!(
        (
            actions.iter().filter(|a| a.done_at.is_some()).count(),
            actions.len()
        ),
        (2, 3)
    );
    let runbook = actions
        .iter()
        .find(|action| action.done_at.is_none())
        .unwrap();
    assert_eq!(runbook.times_in(week.name()), 2);
    let next: Vec<_> = board.week(super::week_of("2026-W48")).actions();
    assert_eq!(
        (next.len(), next[2].text.as_str(), next[2].day),
        (3, "write the runbook, or drop it", Some(3))
    );

    assert_eq!(
        (week.done(), week.planned().len(), week.carried_out()),
        (7, 9, 2)
    );
    let figures = week.figures();
    assert_eq!(
        (figures.promises_made, figures.promises_kept),
        (Some(4), Some(3))
    );
    assert_eq!(figures.planning, Some(64 * 60));
    assert_eq!(format!("{:.1}", figures.mood.unwrap()), "4.1");
    let done: Vec<_> = (week.figures_up_to_here(6).iter())
        .filter_map(|(_, f)| f.tasks_done)
        .collect();
    assert_eq!(done, [5, 6, 8, 5, 7, 7]);
    assert_eq!(week.record().beer, "Fri 16:30, the usual place.");

    let paid = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 19, 20, 21];
    let gauge = Gauge::of(&board, week.name(), &owed(&made_up, &paid));
    assert_eq!(
        (gauge.paid, gauge.accepted, gauge.carried, gauge.open()),
        (16, 2, 3, 3)
    );
    assert!(week.record().paid_back.is_some());
}

#[test]
fn g_roadmap() {
    let made_up = made_up();
    let board = made_up.at(moment("20 15:40"));
    let week = board.week(week());
    assert!(board.roadmap().is.starts_with("A payment service"));
    let left: Vec<u32> = board
        .features()
        .iter()
        .map(|feature| feature.left)
        .collect();
    assert_eq!(left, [0, 2, 5, 4, 3, 7, 6, 3]);
    let (alpha, beta) = (
        board.left_to(Milestone::Alpha),
        board.left_to(Milestone::Beta),
    );
    assert_eq!((alpha, beta), (11, 30));
    let figures = week.figures_up_to_here(6);
    let done: Vec<u32> = figures.iter().filter_map(|(_, f)| f.tasks_done).collect();
    assert_eq!(done.iter().sum::<u32>(), 38);
    assert_eq!(
        board.times_carried(made_up.id("runbook and alerts").unwrap()),
        2
    );
    let charge = &board.features[made_up.id("charge a card").unwrap()];
    assert_eq!(charge.worked.len(), 3);

    let growth = board.roadmap().growth.unwrap();
    let now = Forecast::of(alpha, &Draws::of(done.clone(), growth)).unwrap();
    // After hack 6 the third week is hack 9; after hack 5 it was hack 8.
    assert_eq!((now.average, now.to_say()), (Some(2), Some(3)));
    let before = figures[4].1;
    let then = Forecast::of(
        before.alpha_left.unwrap(),
        &Draws::of(done[..5].to_vec(), growth),
    )
    .unwrap();
    assert_eq!(then.to_say(), Some(3));
    assert_eq!(beta + done[5] - before.beta_left.unwrap(), 2);
}
