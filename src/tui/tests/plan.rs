//! The Plan screen: what each action writes, what it looks like.

use super::app::{App, PLAIN};
use super::frames::exports;
use crate::tui::document::{Document, Format};
use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::screens::Screen;
use crate::tui::theme::Look;
use crate::week::made_up::moment;
use crate::week::promise::{Promise, PromiseState};
use crate::week::task::{Task, TaskCommand, TaskStatus};
use crate::week::team::TeamCommand;

/// The Plan screen at a moment of the made-up week.
fn plan(when: &str) -> App {
    on_plan(App::at(when))
}

fn on_plan(mut app: App) -> App {
    app.model.screen = Screen::Plan;
    app.send(Message::Resized(100, 30));
    app
}

pub(super) fn pressed(mut app: App, keys: &str) -> App {
    app.press(keys);
    app
}

fn task<'a>(app: &'a App, text: &str) -> &'a Task {
    let mut tasks = app.board().tasks.values();
    tasks.find(|task| task.text == text).unwrap()
}

fn promise<'a>(app: &'a App, what: &str) -> &'a Promise {
    let mut promises = app.board().promises.values();
    promises.find(|promise| promise.what == what).unwrap()
}

fn owner(app: &App, text: &str) -> Option<String> {
    let owner = task(app, text).owner.as_ref();
    owner.map(|owner| app.board().name(owner).to_owned())
}

/// The tasks of somebody, in order.
fn tasks_of(app: &App, name: &str) -> Vec<String> {
    let team = app.board().team();
    let person = team.iter().find(|person| person.name == name).unwrap();
    let week = app.model.sees().written();
    let tasks = week.tasks_of(Some(&person.id));
    tasks.into_iter().map(|task| task.text.clone()).collect()
}

/// Presses keys, types a text for each field of the form that they open, hands it in, and sees that
/// row 29 says it and that `u` takes it back.
pub(super) fn writes(app: &mut App, keys: &str, fields: &[&str], says: &str, check: impl Fn(&App)) {
    let before = app.board().clone();
    app.press(keys);
    for (at, text) in fields.iter().enumerate() {
        if at > 0 {
            app.press("tab");
        }
        app.press("ctrl-u");
        app.types(text);
    }
    if !fields.is_empty() {
        app.press("enter");
    }
    assert_eq!(app.notice(), says, "{keys}\n{}", app.frame());
    assert!(app.model.notice.as_ref().unwrap().undoable, "{keys}");
    check(app);
    let after = app.board().clone();
    app.press("u");
    assert_eq!(*app.board(), before, "u after {keys}");
    app.press("ctrl-r");
    assert_eq!(*app.board(), after, "ctrl-r after {keys}");
}

#[test]
fn the_hour_is_started_and_stopped() {
    let mut app = plan("16 09:22:10");
    writes(&mut app, "t", &[], "planning stopped", |app| {
        assert!(!app.model.sees().written().record().planning.runs());
    });
    assert!(app.frame().contains("stopped, 37:50 left"));
    writes(&mut app, "t", &[], "planning runs", |app| {
        assert!(app.model.ticks());
    });
}

#[test]
fn bells_ring_on_every_screen_and_what_runs_over_is_kept() {
    let mut app = plan("16 09:49:30");
    app.press("5");
    app.wait("16 09:49:59");
    assert_eq!(app.notice(), "");
    app.wait("16 09:50:00");
    assert_eq!(
        app.notice(),
        "bell: 50 minutes of planning are gone, 10:00 left; c cuts"
    );
    app.press("2");
    app.wait("16 09:50:01");
    assert_eq!(app.notice(), "", "a bell rings once");
    app.wait("16 10:00");
    assert!(app.notice().starts_with("bell: 60 minutes of planning"));
    app.wait("16 10:03:20");
    assert!(app.frame().contains("3:20 over, it was to stop at 10:00"));
}

#[test]
fn a_bell_of_before_one_came_is_not_rung() {
    let mut app = plan("16 09:55");
    app.wait("16 09:55:01");
    assert_eq!(app.notice(), "");
}

#[test]
fn the_goal_is_what_and_when() {
    let mut app = plan("16 09:22:10");
    writes(
        &mut app,
        "g o",
        &["Take a card", "Tue 15:30"],
        "goal set",
        |app| {
            let record = app.model.sees().written().record();
            assert_eq!(record.goal, "Take a card");
            assert_eq!(record.demo_at, Some(moment("17 15:30")));
            assert!(app.frame().contains("Take a card. Demo Tue 15:30."));
        },
    );
    app.press("g o tab ctrl-u");
    app.types("at noon");
    app.press("enter");
    assert!(app.frame().contains("a day of the week and a time"));
}

#[test]
fn a_week_can_be_without_a_hack() {
    let mut app = plan("16 09:22:10");
    writes(&mut app, "S", &[], "no hack in 2026-W47", |app| {
        assert!(app.model.sees().written().record().skipped);
        assert!(app.frame().contains("no hack this week"));
    });
}

#[test]
fn a_task_is_added_for_who_is_selected_and_then_selected() {
    let mut app = plan("16 09:22:10");
    let says = "T-22 added: answer the phone";
    writes(&mut app, "a", &["answer the phone"], says, |app| {
        assert_eq!(owner(app, "answer the phone").as_deref(), Some("Johnny"));
        let selected = app.model.pages.plan.task.clone().unwrap();
        assert_eq!(app.board().tasks[&selected].text, "answer the phone");
    });
    // Three are as many as one has.
    app.press("a");
    app.types("one more");
    app.press("enter");
    assert!(
        app.notice()
            .starts_with("Johnny already has three of three")
    );
    assert!(app.model.notice.as_ref().unwrap().bad);
}

#[test]
fn a_task_goes_to_the_next_person_and_at_last_to_nobody() {
    let mut app = plan("16 09:22:10");
    app.press("l l l j");
    writes(&mut app, "L", &[], "T-18 moved to nobody", |app| {
        assert_eq!(owner(app, "demo seed data"), None);
        assert!(app.frame().contains("Nobody"));
    });
    app.press("L");
    assert_eq!(app.notice(), "there is nobody further on");
    writes(&mut app, "H", &[], "T-18 moved to Tove", |_| ());
    writes(&mut app, "H", &[], "T-18 moved to Mira", |app| {
        assert_eq!(owner(app, "demo seed data").as_deref(), Some("Mira"));
    });
    // The cursor went with it.
    assert_eq!(app.model.pages.plan.spot.column, 2);
}

#[test]
fn a_full_person_takes_no_more() {
    let mut app = plan("16 09:22:10");
    app.press("L");
    assert!(app.notice().starts_with("Sammy already has three of three"));
    assert_eq!(owner(&app, "charge service").as_deref(), Some("Johnny"));
}

#[test]
fn the_order_is_changed() {
    let mut app = plan("16 09:22:10");
    app.press("l");
    writes(&mut app, "J", &[], "T-13 moved", |app| {
        let order = [
            "real webhook payload",
            "webhook in",
            "demo script, three minutes",
        ];
        assert_eq!(tasks_of(app, "Sammy"), order);
    });
    writes(&mut app, "J", &[], "T-13 moved", |app| {
        assert_eq!(tasks_of(app, "Sammy")[2], "webhook in");
    });
    app.press("J");
    assert_eq!(app.notice(), "it is the last one already");
    writes(&mut app, "K", &[], "T-13 moved", |app| {
        assert_eq!(tasks_of(app, "Sammy")[1], "webhook in");
    });
    writes(&mut app, "K", &[], "T-13 moved", |_| ());
    app.press("K");
    assert_eq!(app.notice(), "it is the first one already");
}

#[test]
fn what_is_cut_is_not_gone() {
    let mut app = plan("16 09:22:10");
    writes(&mut app, "c", &[], "T-11 put on the cut list", |app| {
        assert_eq!(task(app, "charge service").status, TaskStatus::Cut);
    });
    // The cursor is where the task is, and takes it back in from there.
    writes(&mut app, "c", &[], "T-11 open again", |app| {
        assert_eq!(tasks_of(app, "Johnny").len(), 2);
    });
}

#[test]
fn the_cut_list_is_below_the_columns() {
    let mut app = plan("16 09:22:10");
    app.press("l j j j");
    assert!(app.frame().contains("▸refunds"), "{}", app.frame());
    app.press("l");
    assert!(app.frame().contains("▸currency conversion"));
    app.press("k k");
    assert_eq!(app.model.pages.plan.spot.column, 1, "back to Sammy");
}

#[test]
fn a_task_is_for_a_day() {
    let mut app = plan("16 09:22:10");
    writes(&mut app, "D", &["wed"], "T-11 planned for day 3", |app| {
        assert_eq!(task(app, "charge service").day, Some(3));
        assert!(app.frame().contains("T-11 · Johnny · Wed"));
    });
    writes(&mut app, "D", &["none"], "T-11 planned for no day", |_| ());
    app.press("D");
    app.types("noon");
    app.press("enter");
    assert!(
        app.frame()
            .contains("a day of the week, as Tue or 2, or none")
    );
}

#[test]
fn a_task_is_done_and_open_again() {
    let mut app = plan("16 09:22:10");
    for (keys, says, done) in [
        ("space", "T-11 done", true),
        ("d", "T-11 open again", false),
        ("d", "T-11 done", true),
    ] {
        writes(&mut app, keys, &[], says, |app| {
            assert_eq!(task(app, "charge service").is_done(), done);
        });
    }
}

#[test]
fn a_task_has_words_a_note_and_people() {
    let mut app = plan("16 09:22:10");
    writes(
        &mut app,
        "e",
        &["charge it"],
        "T-11 is now “charge it”",
        |_| (),
    );
    writes(
        &mut app,
        "N",
        &["in cents"],
        "T-11 noted: in cents",
        |app| {
            assert_eq!(task(app, "charge it").note, "in cents");
        },
    );
    writes(&mut app, "w", &["tove"], "T-11 waits for Tove", |app| {
        assert!(app.frame().contains("← Tove"), "{}", app.frame());
    });
    writes(
        &mut app,
        "w",
        &["tove"],
        "T-11 no longer waits for Tove",
        |_| (),
    );
    writes(
        &mut app,
        "f",
        &["sammy"],
        "T-11 is no longer for Sammy",
        |app| {
            assert_eq!(task(app, "charge it").gives_to.len(), 1);
        },
    );
    app.press("w");
    app.types("johnny");
    app.press("enter");
    assert!(
        app.frame().contains("one of: Sammy, Mira, Tove"),
        "{}",
        app.frame()
    );
}

#[test]
fn a_task_is_carried_or_deleted() {
    let mut app = plan("16 09:22:10");
    writes(&mut app, "C", &[], "T-11 carried into 2026-W48", |app| {
        assert_eq!(tasks_of(app, "Johnny"), ["gateway client"]);
    });
    writes(&mut app, "del", &[], "T-12 deleted", |app| {
        assert_eq!(tasks_of(app, "Johnny"), [""; 0]);
    });
    app.press("c");
    assert_eq!(app.notice(), "no task is selected; a adds one");
}

#[test]
fn a_promise_goes_from_asked_to_real() {
    let mut app = plan("16 09:22:10");
    app.press("tab j j");
    let what = "ledger entries";
    for state in [
        PromiseState::Agreed,
        PromiseState::OnMock,
        PromiseState::Real,
    ] {
        let says = format!("“{what}” is {}", state.words());
        writes(&mut app, "space", &[], &says, |app| {
            assert_eq!(promise(app, what).state, state);
        });
    }
    app.press("space");
    assert_eq!(app.notice(), "it is real already; u undoes that");
    let says = "“ledger entries” is broken";
    writes(&mut app, "b", &[], says, |app| {
        assert_eq!(promise(app, what).state, PromiseState::Broken);
    });
    writes(&mut app, "b", &[], "“ledger entries” is agreed", |_| ());
}

#[test]
fn a_promise_is_made_with_all_that_it_says() {
    let mut app = plan("16 09:22:10");
    let fields = [
        "sammy",
        "mira, tove",
        "an event",
        "{id}",
        "a file",
        "web/event.json",
        "Wed 10:00",
    ];
    let says = "Sammy promised “an event”";
    writes(&mut app, "p", &fields, says, |app| {
        let made = promise(app, "an event");
        let to: Vec<&str> = made.to.iter().map(|id| app.board().name(id)).collect();
        assert_eq!(to, ["Mira", "Tove"]);
        assert_eq!(
            (made.shape.as_str(), made.stand_in.as_str()),
            ("{id}", "a file")
        );
        assert_eq!(made.stand_in_path.as_deref(), Some("web/event.json"));
        assert_eq!(made.due, Some(moment("18 10:00")));
        // Who gives says what it looks like.
        assert_eq!(made.state, PromiseState::Proposed);
        assert_eq!(app.model.pages.plan.row, 4, "it is selected");
    });
    app.press("j j");
    let fields = ["tove", "all", "an event", "", "", "", ""];
    writes(&mut app, "e", &fields, "“an event” changed", |app| {
        let made = promise(app, "an event");
        assert_eq!((made.to.len(), made.due), (0, None));
    });
    writes(&mut app, "del", &[], "“an event” deleted", |_| ());
}

#[test]
fn a_form_of_a_promise_says_what_is_wrong_and_where() {
    let mut app = plan("16 09:22:10");
    app.press("p enter");
    assert!(app.frame().contains("for whom is it?"), "{}", app.frame());
    app.types("everybody");
    app.press("enter");
    assert!(app.frame().contains("one of: Johnny, Sammy, Mira, Tove"));
    app.press("ctrl-u");
    app.types("all");
    app.press("tab tab tab tab tab");
    app.types("soon");
    app.press("enter");
    assert!(app.frame().contains("what is given?"), "{}", app.frame());
}

#[test]
fn people_say_things_of_a_promise() {
    let mut app = plan("16 09:22:10");
    app.press("s");
    assert_eq!(app.notice(), "it is for a promise; tab goes to them");
    app.press("tab j");
    writes(
        &mut app,
        "s",
        &["mind the cents"],
        "Sammy says of “POST /charge”: “mind the cents”",
        |app| {
            assert!(
                app.frame().contains("Sammy  \"mind the cents\""),
                "{}",
                app.frame()
            );
        },
    );
}

#[test]
fn enter_goes_from_a_task_to_its_promise_and_back() {
    let mut app = plan("16 09:22:10");
    app.press("l j enter");
    assert!(app.frame().contains("▸ Johnny → Sammy"), "{}", app.frame());
    app.press("enter");
    assert!(
        app.frame().contains("▸○ T-14 real webhook"),
        "{}",
        app.frame()
    );
    app.press("h enter");
    assert!(app.notice().starts_with("no promise is made for it"));
}

#[test]
fn rows_are_copied() {
    let mut app = plan("16 09:22:10");
    let copied = |app: &mut App| match app.press("y y").as_slice() {
        [Effect::Copy { text, .. }] => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(copied(&mut app), "T-11 charge service (Johnny)");
    app.press("tab");
    let text = "Johnny -> Sammy: webhook event JSON v0, Tue 14:00, agreed";
    assert_eq!(copied(&mut app), text);
}

#[test]
fn clicks_select() {
    let mut app = plan("16 09:22:10");
    let at = |app: &App, text: &str| {
        let frame = app.frame();
        let (y, line) = frame
            .lines()
            .enumerate()
            .find(|(_, line)| line.contains(text))
            .unwrap();
        let before = &line[..line.find(text).unwrap()];
        (
            u16::try_from(before.chars().count()).unwrap(),
            u16::try_from(y).unwrap(),
        )
    };
    for (click, selected) in [
        ("balance page", "balance page"),
        ("carried, 2nd", "CI cache"),
        ("currency conversion", "currency conversion"),
    ] {
        let (x, y) = at(&app, click);
        app.send(Message::Clicked { x, y });
        let task = app.model.pages.plan.task.clone().unwrap();
        assert_eq!(app.board().tasks[&task].text, selected);
    }
    let (x, y) = at(&app, "ledger entries");
    app.send(Message::Clicked { x, y });
    assert!(app.frame().contains("▸ Mira   → Johnny"), "{}", app.frame());
}

#[test]
fn the_first_to_plan_is_the_first_of_the_team() {
    let mut app = on_plan(App::blank("16 09:05"));
    app.press("a");
    app.types("find out how");
    app.press("enter");
    assert_eq!(app.notice(), "T-01 added: find out how");
    assert_eq!(app.board().team().len(), 1);
    app.press("u u");
    assert_eq!(app.board().team().len(), 0);
}

#[test]
fn the_selection_stays_at_its_task_when_others_write() {
    let mut app = plan("16 09:22:10");
    app.press("l l j");
    let held = app.model.pages.plan.task.clone();
    let first = task(&app, "ledger table").id.clone();
    let book = app.book.as_mut().unwrap();
    book.run(TaskCommand::Delete { task: first }, moment("16 09:23"))
        .unwrap();
    app.know();
    assert_eq!(app.model.pages.plan.task, held);
    assert_eq!(app.model.pages.plan.spot.row, 0);
}

/// Thirty people with long names, forty tasks of nobody, thirty promises.
fn overfull() -> App {
    let mut app = App::at("16 09:22:10");
    let now = app.model.now;
    let week = app.model.week;
    let book = app.book.as_mut().unwrap();
    let names = [
        "王小明と申します、よろしくお願いします",
        "Wolfeschlegelsteinhausenbergerdorff",
        "J",
    ];
    for at in 0..30 {
        let name = format!("{} {at}", names[at % names.len()]);
        let mails = Vec::new();
        let events = book.run(TeamCommand::Add { name, mails }, now).unwrap();
        let person = events[0].entity.clone();
        let terms = crate::week::promise::Terms {
            from: person.clone(),
            to: Vec::new(),
            what: "日本語のコメント、とても長いので切られるはずです".to_owned(),
            shape: "{\u{202e}}".to_owned(),
            stand_in: "x".repeat(200),
            stand_in_path: None,
            due: None,
        };
        let state = PromiseState::Asked;
        let add = crate::week::promise::PromiseCommand::Add { week, terms, state };
        book.run(add, now).unwrap();
    }
    for at in 0..40 {
        let add = TaskCommand::Add {
            week,
            text: format!(
                "{at} a word that goes on and on 日本語のコメント{}",
                "x".repeat(300)
            ),
            owner: None,
            day: None,
        };
        book.run(add, now).unwrap();
    }
    app.know();
    on_plan(app)
}

#[test]
fn all_of_it_can_be_reached_at_every_size() {
    for (width, height) in [(100, 30), (80, 24), (60, 20), (40, 10), (200, 60)] {
        let mut app = overfull().sized(width, height);
        app.press("G");
        for _ in 0..40 {
            app.press("l");
        }
        app.press("G");
        assert!(
            app.frame().contains("▸○ T-61"),
            "{width}x{height}\n{}",
            app.frame()
        );
        app.press("tab G");
        assert!(
            app.frame().contains(" ▸ "),
            "{width}x{height}\n{}",
            app.frame()
        );
    }
}

macro_rules! frame {
    ($name:ident, $app:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!($app.frame());
        }
    };
}

pub(super) fn ascii(mut app: App) -> App {
    app.model.look = Look {
        ascii: true,
        ..PLAIN
    };
    app
}

frame!(plan_100x30, plan("16 09:22:10"));
frame!(plan_promises_100x30, pressed(plan("16 09:22:10"), "tab"));
frame!(plan_80x24, plan("16 09:22:10").sized(80, 24));
frame!(
    plan_promises_80x24,
    pressed(plan("16 09:22:10").sized(80, 24), "tab")
);
frame!(plan_60x20, plan("16 09:22:10").sized(60, 20));
frame!(
    plan_promises_60x20,
    pressed(plan("16 09:22:10").sized(60, 20), "tab")
);
frame!(plan_160x50, plan("16 09:22:10").sized(160, 50));
frame!(plan_after_the_demo, plan("17 16:30"));
frame!(plan_over_the_hour, plan("16 10:03"));
frame!(plan_blank, on_plan(App::blank("16 09:05")));
frame!(plan_overfull, overfull());
frame!(plan_overfull_60x20, overfull().sized(60, 20));
frame!(plan_in_ascii, ascii(plan("16 09:22:10")));
frame!(promise_form, pressed(plan("16 09:22:10"), "p"));
frame!(task_line, pressed(plan("16 09:22:10"), "a"));
frame!(day_line, pressed(plan("16 09:22:10"), "D"));

#[test]
fn the_plan_is_copied_and_exported_as_the_command_writes_it() {
    let mut app = App::at("16 09:22");
    let document = Document::Plan(Box::new(app.model.sees().plan()));
    for (keys, format) in [("y m", Format::Markdown), ("y s", Format::Slack)] {
        let effects = app.press(keys);
        let [Effect::Copy { text, what }] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        assert_eq!(text.as_bytes(), document.write(format).unwrap());
        assert_eq!(*what, format.name());
        if format == Format::Markdown {
            insta::assert_snapshot!("plan_markdown", text);
        }
    }
    exports(&mut app, &document, "plan-2026-W47");
}
