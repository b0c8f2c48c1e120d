//! The Payback screen: what its keys write, and its frames.

use super::app::App;
use super::crowd::crowded;
use super::frames::{frame, pressed};
use crate::tui::document::{Document, Format};
use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::screens::payback::Focus;
use crate::tui::screens::{Screen, payback};
use crate::week::Board;
use crate::week::payback::{CheckList, DecisionKind, Gauge};

/// Thursday at 14:20, at the first item that needs a decision.
fn payback() -> App {
    let app = App::at("19 14:20");
    assert_eq!(app.model.screen, Screen::Payback);
    app
}

fn page(app: &App) -> &payback::State {
    &app.model.pages.payback
}

fn gauge(app: &App) -> &Gauge {
    &page(app).debt.gauge
}

fn lines(app: &App, list: CheckList) -> Vec<String> {
    let written = app.model.sees().written();
    let line = |check: &crate::week::payback::Check| {
        let tick = if check.done_at.is_some() { "x" } else { "-" };
        let owner = check.owner.as_ref().map_or("", |id| app.board().name(id));
        format!("{tick} {} {owner}", check.text).trim().to_owned()
    };
    written.checks(list).into_iter().map(line).collect()
}

fn undo(app: &mut App, before: &Board) {
    app.press("u");
    assert!(*app.board() == *before);
    assert!(app.notice().starts_with("undone: "), "{}", app.notice());
}

#[test]
fn the_figures_are_those_of_the_board() {
    let app = payback();
    let gauge = gauge(&app);
    assert_eq!((gauge.paid, gauge.accepted, gauge.carried), (12, 2, 1));
    assert_eq!(gauge.undecided.len(), 6);
    let repositories = page(&app).debt.repositories.iter();
    let repositories: Vec<_> = repositories
        .map(|one| (one.name.as_str(), one.paid, one.opened))
        .collect();
    assert_eq!(repositories, [("pay", 10, 16), ("web", 2, 5)]);
    assert_eq!(app.model.pages.debt.open, 6);
}

#[test]
fn what_is_undecided_is_asked_oldest_first_and_what_was_carried_in_last() {
    let mut app = payback();
    let mut overview = app.model.overview.as_deref().unwrap().clone();
    let items = &mut overview.report.items;
    let own = |app: &App| -> Vec<String> {
        let ids = gauge(app).undecided.iter();
        ids.map(|id| id.as_str().to_owned()).collect()
    };
    let mut of_the_week = own(&app);
    let mut carried = items
        .iter()
        .find(|item| item.id == of_the_week[0])
        .unwrap()
        .clone();
    for (id, days) in [("000000000001", 7), ("000000000002", 14)] {
        carried.id = id.to_owned();
        carried.introduced.day = None;
        carried.introduced.time -= chrono::TimeDelta::days(days);
        carried.carried_from = Some("2026-W46".to_owned());
        items.insert(0, carried.clone());
    }
    // In whatever order the report has them.
    items.reverse();
    let time = |id: &String| {
        let item = items.iter().find(|item| item.id == *id).unwrap();
        item.introduced.time
    };
    of_the_week.sort_by_key(time);
    let generation = app.model.generation;
    let overview = Ok(std::sync::Arc::new(overview));
    app.send(Message::Loaded {
        generation,
        overview,
    });
    let report = &app.model.overview.as_ref().unwrap().report;
    let asked = page(&app).debt.undecided.iter();
    let asked: Vec<&str> = asked.map(|at| report.items[*at].id.as_str()).collect();
    let (own, carried) = asked.split_at(of_the_week.len());
    assert_eq!(own, of_the_week);
    // The second was brought in before the first.
    assert_eq!(carried, ["000000000002", "000000000001"]);
}

#[test]
fn decisions_settle_the_first_item() {
    for (keys, text, kind, says) in [
        ("space", None, DecisionKind::Paid, "D-05 paid"),
        (
            "C",
            None,
            DecisionKind::Carried,
            "D-05 carried to the next week",
        ),
        ("i", None, DecisionKind::Dismissed, "D-05 is not debt"),
        (
            "A",
            Some("it is rare"),
            DecisionKind::Accepted,
            "D-05 accepted: it is rare",
        ),
    ] {
        let mut app = payback();
        let before = app.board().clone();
        app.press(keys);
        if let Some(text) = text {
            app.answers(text);
        }
        assert_eq!(app.notice(), says);
        let (_, id) = app.board().numbers.find("D-05").unwrap();
        let decision = app.board().debts[id].decision.as_ref().unwrap();
        assert_eq!(decision.kind, kind);
        assert_eq!(gauge(&app).undecided.len(), 5);
        undo(&mut app, &before);
        assert_eq!(gauge(&app).undecided.len(), 6);
    }
}

#[test]
fn to_accept_needs_a_reason_and_a_second_carrying_is_refused() {
    let mut app = payback();
    app.press("A enter");
    assert!(
        app.frame().contains("a reason is needed"),
        "{}",
        app.frame()
    );
    app.press("esc");
    assert_eq!(gauge(&app).undecided.len(), 6);
}

#[test]
fn an_issue_and_a_test_are_linked() {
    let mut app = payback();
    let before = app.board().clone();
    app.press("I");
    app.answers("pay#42");
    assert_eq!(app.notice(), "D-05 has an issue");
    assert!(app.frame().contains("issue pay#42"), "{}", app.frame());
    undo(&mut app, &before);
    app.press("T");
    app.answers("tests/back_off.rs");
    assert_eq!(app.notice(), "D-05 has a test");
    undo(&mut app, &before);
}

#[test]
fn lines_are_ticked_added_edited_taken_and_deleted() {
    let mut app = payback();
    let before = app.board().clone();
    app.press("h j j space");
    assert_eq!(app.notice(), "“what the fake bank never does” done");
    assert_eq!(
        lines(&app, CheckList::Document)[2],
        "x what the fake bank never does Johnny"
    );
    undo(&mut app, &before);
    app.press("a");
    app.types("runbook");
    app.press("tab");
    app.types("mi");
    app.press("enter");
    assert_eq!(app.notice(), "“runbook” added");
    assert_eq!(lines(&app, CheckList::Document)[4], "- runbook Mira");
    // The cursor is at the new line.
    app.press("e");
    app.answers("the runbook");
    assert_eq!(lines(&app, CheckList::Document)[4], "- the runbook Mira");
    app.press("c");
    assert_eq!(lines(&app, CheckList::Document)[4], "- the runbook Sammy");
    app.press("d");
    assert_eq!(app.notice(), "“the runbook” deleted");
    assert_eq!(lines(&app, CheckList::Document).len(), 4);
    app.press("u u u");
    undo(&mut app, &before);
}

#[test]
fn a_form_that_lacks_something_stays() {
    let mut app = payback();
    app.press("a enter");
    assert!(app.frame().contains("a few words are needed"));
    app.types("x");
    app.press("tab");
    app.types("nobody");
    app.press("enter");
    assert!(app.frame().contains("one of: Johnny, Sammy, Mira, Tove"));
}

#[test]
fn a_refactor_is_locked_until_it_has_a_test_or_a_reason() {
    let mut app = payback();
    let before = app.board().clone();
    app.press("h tab tab j j space");
    assert_eq!(page(&app).focus, Focus::List(2));
    assert!(app.notice().contains("has no test yet"), "{}", app.notice());
    app.press("T");
    app.answers("tests/charge.rs");
    app.press("space");
    assert_eq!(
        lines(&app, CheckList::Refactor)[2],
        "x split charge() in 3 Sammy"
    );
    app.press("u");
    undo(&mut app, &before);
    app.press("U enter");
    assert!(app.frame().contains("a reason is needed"));
    app.answers("it goes next week");
    assert_eq!(
        app.notice(),
        "“split charge() in 3” unlocked without a test"
    );
    app.press("space");
    assert!(app.notice().ends_with("done"), "{}", app.notice());
}

#[test]
fn the_refactors_of_the_review_are_taken_over_as_one_step() {
    let mut app = payback();
    let before = app.board().clone();
    app.press("f");
    assert!(
        app.notice().ends_with("added, and 1 more"),
        "{}",
        app.notice()
    );
    let refactors = lines(&app, CheckList::Refactor);
    assert_eq!(refactors.len(), 6);
    app.press("f");
    assert!(app.notice().contains("no refactor that is not here"));
    undo(&mut app, &before);
}

#[test]
fn day_4_is_closed_when_all_is_decided_and_opened_again() {
    let mut app = payback();
    app.press("X");
    assert_eq!(
        app.notice(),
        "6 still need a decision: pay, accept, carry or dismiss each"
    );
    for _ in 0..6 {
        app.press("space");
    }
    assert!(app.frame().contains("Nothing: every item is settled"));
    let before = app.board().clone();
    app.press("X");
    assert_eq!(app.notice(), "day 4 closed");
    assert!(app.frame().contains("closed Thu 14:20"), "{}", app.frame());
    app.press("X");
    assert_eq!(app.notice(), "day 4 open again");
    app.press("u");
    undo(&mut app, &before);
}

#[test]
fn the_halves_open_to_their_commits() {
    let mut app = payback();
    app.press("tab enter");
    assert_eq!(page(&app).focus, Focus::Commits);
    let frame = app.frame();
    assert!(frame.contains("build    Mon 16:52"), "{frame}");
    app.press("j j esc");
    assert_eq!(page(&app).focus, Focus::Halves);
}

#[test]
fn a_click_selects_a_line_and_the_wheel_moves() {
    let mut app = payback();
    let y = |app: &App, text: &str| {
        let frame = app.frame();
        let row = frame.lines().position(|line| line.contains(text));
        u16::try_from(row.unwrap()).unwrap()
    };
    let at = y(&app, "decision: one ledger");
    app.send(Message::Clicked { x: 10, y: at });
    assert_eq!(page(&app).focus, Focus::List(0));
    assert_eq!(page(&app).lists[0].row, 3);
    let at = y(&app, "no unwrap on input");
    app.send(Message::Clicked { x: 40, y: at });
    assert_eq!(
        (page(&app).focus, page(&app).lists[3].row),
        (Focus::List(3), 1)
    );
    let at = y(&app, "config is read twice");
    app.send(Message::Clicked { x: 60, y: at });
    assert_eq!(
        (page(&app).focus, page(&app).decide.row),
        (Focus::Decide, 3)
    );
    app.send(Message::Wheeled {
        x: 60,
        y: at,
        down: false,
    });
    assert_eq!(page(&app).decide.row, 0);
}

#[test]
fn the_cursor_stays_at_its_item_when_others_go() {
    let mut app = payback();
    app.press("j j");
    let held = page(&app).decide.held.clone();
    app.press("k k space");
    app.press("j");
    assert_eq!(page(&app).decide.held, held);
}

#[test]
fn an_export_has_the_weeks_debt() {
    let mut app = payback();
    assert_eq!(app.press("x m"), []);
    let effects = app.press("enter");
    let [Effect::Export(export)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(export.format, Format::Markdown);
    #[allow(irrefutable_let_patterns)]
    let Document::Debt(report) = &export.document else {
        panic!()
    };
    assert_eq!((report.totals.introduced, report.totals.open), (21, 6));
    let copied = app.press("y m");
    assert!(matches!(copied.as_slice(), [Effect::Copy { text, .. }] if text.contains("**DONT**")));
}

#[test]
fn ascii_is_ascii_and_no_escape_reaches_a_frame() {
    let app = payback().ascii();
    assert!(app.frame().is_ascii(), "{}", app.frame());
    let frame = crowded("19 14:20").frame();
    assert!(frame.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn every_size_has_a_frame() {
    for mut app in [crowded("19 14:20"), App::blank("19 14:20")] {
        for keys in ["tab", "tab", "enter", "tab", "G", "l"] {
            app.press(keys);
            for width in (0..=200).step_by(29) {
                for height in (0..=60).step_by(6) {
                    app.send(Message::Resized(width, height));
                    app.frame();
                    app.send(Message::Clicked {
                        x: width / 2,
                        y: height / 2,
                    });
                }
            }
        }
    }
}

frame!(payback_100x30, payback());
frame!(payback_80x24, payback().sized(80, 24));
frame!(payback_80x24_lists, pressed(payback().sized(80, 24), "h"));
frame!(payback_60x20, payback().sized(60, 20));
frame!(
    payback_60x20_lists,
    pressed(payback().sized(60, 20), "h tab tab")
);
frame!(payback_160x50, payback().sized(160, 50));
frame!(payback_in_ascii, payback().ascii());
frame!(payback_blank, App::blank("19 14:20"));
frame!(payback_crowded, crowded("19 14:20"));
frame!(payback_closed, pressed(App::at("20 09:00"), "5"));
frame!(payback_commits, pressed(payback(), "tab enter j"));
frame!(payback_form, pressed(payback(), "h a"));
frame!(payback_help, pressed(payback(), "?"));
