//! Debt that was carried: how the week after the made-up one shows what came with it.

use super::app::App;
use super::frames::{frame, pressed};
use crate::report::carried::CarriedIn;
use crate::report::summary::summary;
use crate::tui::document::Document;
use crate::tui::effect::Effect;
use crate::week::payback::DecisionKind;

/// The Tuesday after the made-up week: nothing is brought in yet, three items came along.
fn after(keys: &str) -> App {
    let mut app = App::at("24 11:00");
    app.press(keys);
    app
}

/// The number of the first of them on Payback.
const FIRST: &str = "D-11";

fn first(app: &App) -> String {
    let page = &app.model.pages.payback;
    let item = page.undecided(&app.model.sees()).unwrap();
    let id = item.id.as_str().parse().unwrap();
    let number = app
        .board()
        .numbers
        .of(crate::week::number::Numbered::Debt, &id);
    format!("D-{:02}", number.unwrap())
}

fn figures(app: &App) -> Option<CarriedIn> {
    CarriedIn::of(&app.model.overview.as_ref().unwrap().report)
}

#[test]
fn what_was_carried_is_listed_apart_and_is_none_of_the_weeks_own() {
    let app = after("3");
    let page = &app.model.pages.debt;
    assert_eq!(
        (page.open, page.whole, page.carried, page.rows.len()),
        (0, 0, 3, 3)
    );
    let frame = app.frame();
    // What is left to settle is on the tab.
    assert!(frame.contains("[3 Debt 3]"), "{frame}");
    assert!(frame.contains("0 open of 0, 3 carried in"), "{frame}");
    assert!(frame.contains("3 carried from hack 6"), "{frame}");
    assert_eq!(frame.matches('↻').count(), 3, "{frame}");
    // The week that it was carried out of has nothing carried in.
    let before = after("3 [");
    assert_eq!(before.model.pages.debt.carried, 0);
    assert_eq!(figures(&before), None);
}

#[test]
fn it_is_paid_accepted_or_no_debt_and_undone() {
    for (keys, text, kind) in [
        ("space", None, DecisionKind::Paid),
        ("A", Some("it is rare"), DecisionKind::Accepted),
        ("i", None, DecisionKind::Dismissed),
    ] {
        for screen in ["3", "5"] {
            let mut app = after(screen);
            if screen == "5" {
                app.press("l");
            }
            let before = app.board().clone();
            app.press(keys);
            if let Some(text) = text {
                app.answers(text);
            }
            let left = figures(&app).unwrap();
            assert_eq!((left.items, left.open), (3, 2), "{keys} {screen}");
            assert_eq!(app.model.pages.payback.debt.without_decision(), 2);
            let debts = app.board().debts.values();
            let here = debts.filter_map(|word| word.decision.as_ref());
            let here: Vec<_> = here.filter(|it| it.week == app.model.week).collect();
            assert_eq!(here.len(), 1, "{keys} {screen}");
            assert_eq!(here[0].kind, kind);
            app.press("u");
            assert!(*app.board() == before);
            assert_eq!(figures(&app).unwrap().open, 3);
        }
    }
}

#[test]
fn it_cannot_be_carried_again() {
    for keys in ["3", "5 l"] {
        let mut app = after(keys);
        let before = app.board().clone();
        app.press("C");
        assert!(*app.board() == before);
        let says = app.notice();
        assert!(says.contains("was carried from 2026-W47 already"), "{says}");
    }
}

#[test]
fn day_4_closes_when_it_is_settled_too() {
    let mut app = after("5 l");
    assert_eq!(first(&app), FIRST);
    app.press("X");
    assert!(
        app.notice().contains("3 still need a decision"),
        "{}",
        app.notice()
    );
    app.press("space space space");
    assert_eq!(app.model.pages.payback.debt.without_decision(), 0);
    app.press("X");
    assert!(app.model.sees().written().record().paid_back.is_some());
}

#[test]
fn the_screens_and_the_reports_tell_the_same() {
    let mut app = after("5 l");
    app.press("space");
    let carried = figures(&app).unwrap();
    let sentence = "3 carried from 2026-W47, counted apart: 1 paid, 2 to pay or accept.";
    assert_eq!(carried.sentence(), sentence);
    let overview = app.model.overview.clone().unwrap();
    let summary = summary(&overview.facts(app.model.now));
    assert_eq!(summary.debt.carried_in.as_ref(), Some(&carried));
    assert_eq!((summary.debt.opened, summary.debt.open), (0, 0));
    // What a screen exports is a debt report of the week.
    for (keys, items) in [("x m", 3), ("3 x m", 2)] {
        app.press(keys);
        let effects = app.press("enter");
        let report = effects.into_iter().find_map(|effect| match effect {
            Effect::Export(export) => match export.document {
                Document::Debt(report) => Some(report),
                _ => None,
            },
            _ => None,
        });
        let report = report.unwrap();
        assert_eq!((report.items.len(), report.carried_in.len()), (0, items));
        assert_eq!(report.totals.introduced, 0);
    }
}

#[test]
fn what_is_still_open_after_the_deadline_is_late() {
    let mut app = App::at("27 10:00");
    app.press("3 space f l");
    let page = &app.model.pages.debt;
    // One of them was said to be paid, and it is too late for that.
    assert_eq!(page.rows.len(), 3);
    let frame = app.frame();
    assert!(frame.contains("[3 Debt 2]"), "{frame}");
    let carried = figures(&app).unwrap();
    assert_eq!((carried.paid, carried.paid_late, carried.open), (1, 1, 2));
    assert_eq!(carried.fate(), "1 paid late, 2 to pay or accept");
}

frame!(debt_carried_100x30, after("3"));
frame!(debt_carried_60x20, after("3").sized(60, 20));
frame!(debt_carried_any_100x30, pressed(after("3"), "space f a"));
frame!(payback_carried_100x30, after("5"));
frame!(
    payback_carried_60x20,
    pressed(after("5").sized(60, 20), "l")
);
frame!(standup_carried_100x30, after("1"));
