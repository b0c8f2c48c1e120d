//! What is decided on the Debt screen: what goes onto the board, what row 29 says, and the way back.

use super::app::App;
use super::frames::{frame, pressed};
use crate::report::debt::Status;
use crate::tui::effect::Effect;
use crate::tui::screens::Screen;
use crate::week::Board;
use crate::week::payback::{DebtWord, DecisionKind};

/// The Debt screen on Wednesday at 13:05, at the riskiest item: D-05.
fn debt() -> App {
    let app = pressed(App::at("18 13:05"), "3");
    assert_eq!(app.selected(), "DONT retries never back off");
    app
}

fn word(app: &App, number: &str) -> Option<DebtWord> {
    let (_, id) = app.board().numbers.find(number).unwrap();
    app.board().debts.get(id).cloned()
}

fn said(app: &App, number: &str) -> Option<DecisionKind> {
    let decision = word(app, number)?.decision?;
    Some(decision.kind)
}

/// Takes the last thing back, and looks whether all is as it was.
fn undo(app: &mut App, before: &Board) {
    app.press("u");
    assert!(*app.board() == *before);
    assert!(app.notice().starts_with("undone: "), "{}", app.notice());
}

fn status(app: &App, number: &str) -> Status {
    let (_, id) = app.board().numbers.find(number).unwrap();
    let items = &app.model.overview.as_ref().unwrap().report.items;
    let item = items.iter().find(|item| item.id == id.as_str());
    item.unwrap().status
}

#[test]
fn space_says_paid_and_takes_it_back() {
    let mut app = debt();
    let before = app.board().clone();
    let open = app.model.pages.debt.open;
    app.press("space");
    assert_eq!(said(&app, "D-05"), Some(DecisionKind::Paid));
    assert_eq!(app.notice(), "D-05 paid");
    assert!(app.model.notice.as_ref().unwrap().undoable);
    assert_eq!(app.model.pages.debt.open, open - 1);
    // The next one has moved up, and stays the next one after an undo.
    assert!(app.selected().starts_with("FIXME"), "{}", app.selected());
    undo(&mut app, &before);
    app.press("ctrl-r");
    // Among those that are paid it is the riskiest, too.
    app.press("f p g g space");
    assert_eq!(said(&app, "D-05"), None);
    assert_eq!(app.notice(), "D-05 is undecided again");
}

#[test]
fn to_accept_needs_a_reason() {
    let mut app = debt();
    let before = app.board().clone();
    app.press("A enter");
    assert!(
        app.frame().contains("a reason is needed"),
        "{}",
        app.frame()
    );
    assert!(*app.board() == before);
    app.answers("the old CI needs it");
    assert_eq!(app.notice(), "D-05 accepted: the old CI needs it");
    let decision = word(&app, "D-05").unwrap().decision.unwrap();
    assert_eq!(decision.reason.as_deref(), Some("the old CI needs it"));
    assert_eq!(decision.by.as_ref(), app.model.sees().me());
    assert_eq!(status(&app, "D-05"), Status::Accepted);
    undo(&mut app, &before);
    app.press("A");
    app.press("esc");
    assert!(*app.board() == before);
}

#[test]
fn carry_and_dismiss_go_both_ways() {
    for (key, kind, says) in [
        ("C", DecisionKind::Carried, "D-05 carried to the next week"),
        ("i", DecisionKind::Dismissed, "D-05 is not debt"),
    ] {
        let mut app = debt();
        let before = app.board().clone();
        app.press("f a");
        app.press(key);
        assert_eq!((said(&app, "D-05"), app.notice()), (Some(kind), says));
        app.press(key);
        assert_eq!(said(&app, "D-05"), None);
        app.press("u");
        undo(&mut app, &before);
    }
}

#[test]
fn what_is_taken_is_mine_for_the_day_that_pays_back() {
    let mut app = debt();
    // Sammy has it already: it is given back, and taken again.
    app.press("c");
    assert_eq!(app.notice(), "D-05 is nobody's again");
    let before = app.board().clone();
    app.press("c");
    assert_eq!(app.notice(), "D-05 taken by Sammy");
    assert_eq!(word(&app, "D-05").unwrap().for_day, Some(4));
    undo(&mut app, &before);
    let mut late = pressed(App::at("20 10:30"), "3 f a");
    late.press("/");
    late.types("back off");
    late.press("enter c c");
    assert_eq!(word(&late, "D-05").unwrap().for_day, Some(5));
}

#[test]
fn a_test_is_linked_and_unlinked() {
    let mut app = debt();
    let before = app.board().clone();
    app.press("T");
    app.answers("tests/back_off.rs");
    assert_eq!(app.notice(), "D-05 has a test");
    let test = word(&app, "D-05").unwrap().test;
    assert_eq!(test.as_deref(), Some("tests/back_off.rs"));
    app.press("T");
    app.answers("");
    assert_eq!(app.notice(), "D-05 has no longer a test");
    app.press("u");
    undo(&mut app, &before);
}

#[test]
fn all_of_a_range_is_decided_as_one_step() {
    let mut app = debt();
    let before = app.board().clone();
    app.press("v j j");
    assert!(app.frame().contains("3 of 17 selected"), "{}", app.frame());
    app.press("A");
    assert!(app.frame().contains("accept 3 items"), "{}", app.frame());
    app.answers("not this year");
    assert!(app.notice().ends_with(", and 2 more"), "{}", app.notice());
    let accepted = |app: &App| {
        let debts = app.board().debts.values();
        let decisions = debts.filter_map(|word| word.decision.as_ref());
        decisions
            .filter(|said| said.reason.as_deref() == Some("not this year"))
            .count()
    };
    assert_eq!(accepted(&app), 3);
    // The range is over, and esc ends one that was begun for nothing.
    assert_eq!(app.model.pages.debt.range, None);
    undo(&mut app, &before);
    app.press("v j esc");
    assert_eq!(app.model.pages.debt.range, None);
}

#[test]
fn what_cannot_be_decided_says_why() {
    let mut app = debt();
    for (keys, says) in [
        ("p", "it is declared debt already"),
        ("o", "the pay repository has no remote on a forge"),
        ("v j T", "a test is linked to one item"),
    ] {
        app.press(keys);
        assert_eq!(app.notice(), says);
    }
    let mut app = pressed(App::at("18 13:05"), "3 f p space");
    assert!(
        app.notice().starts_with("git saw it go, in "),
        "{}",
        app.notice()
    );
    // Carried once already, out of this week, it cannot be carried out of the next.
    app = pressed(App::at("19 14:20"), "3 f a");
    app.model.week = app.model.week.next().unwrap();
    app.press("/");
    app.types("always EUR");
    app.press("enter C");
    assert!(
        app.notice().contains("was carried from 2026-W47"),
        "{}",
        app.notice()
    );
}

#[test]
fn what_is_suspected_can_be_made_debt() {
    let mut app = App::at("18 13:05");
    let overview = app.model.overview.as_mut().unwrap();
    let report = &mut std::sync::Arc::make_mut(overview).report;
    let item = report.items.iter().position(|item| item.marker == "DONT");
    let item = report.items.remove(item.unwrap());
    report.suspected.push(item);
    app.press("3 f u");
    assert_eq!(app.press("space"), []);
    assert!(app.notice().contains("p makes it debt"), "{}", app.notice());
    app.press("p");
    assert_eq!(app.notice(), "D-05 is declared debt now");
    assert!(word(&app, "D-05").unwrap().promoted);
    app.press("u");
    assert!(!word(&app, "D-05").unwrap().promoted);
}

#[test]
fn on_a_forge_the_address_of_the_line_is_opened() {
    let mut app = debt();
    let overview = app.model.overview.as_mut().unwrap();
    let report = &mut std::sync::Arc::make_mut(overview).report;
    report.repositories[0].forge = Some("https://github.com/payments/pay".to_owned());
    let effects = app.press("o");
    let [Effect::Browse(address)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert!(address.starts_with("https://github.com/payments/pay/blob/"));
    assert!(address.ends_with("/src/gateway.rs#L42"), "{address}");
}

#[test]
fn who_is_new_joins_the_team_by_deciding() {
    let mut app = App::blank("18 13:05");
    app.press("3 space");
    assert_eq!(app.board().team().len(), 1);
    assert_eq!(app.notice(), "D-05 paid");
}

#[test]
fn the_life_has_what_people_did() {
    let app = debt().with_code();
    for row in [
        "Mon 15:10  opened   77b0e1d  Sammy",
        "Tue 16:20  seen in the demo",
        "Wed 10:40  review   must change",
        "Wed 11:05  taken    Sammy, for Thu",
    ] {
        assert!(app.frame().contains(row), "{row}\n{}", app.frame());
    }
    assert!(app.frame().contains("History of D-05"));
}

#[test]
fn what_is_likely_left_stands_below_the_sentence() {
    let app = debt();
    let frame = app.frame();
    assert!(frame.contains("so         4 left at Thu 18:00"), "{frame}");
    // What nobody took and no review put anywhere, the least risky of it.
    assert!(frame.contains("likely     D-07 D-18 D-19 D-20"), "{frame}");
    // Once it is over, nothing is predicted.
    let over = pressed(App::at("20 09:00"), "3").frame();
    assert!(!over.contains("likely"), "{over}");
}

#[test]
fn an_item_is_found_from_another_screen() {
    let mut app = pressed(App::at("19 14:20"), "3 f p 5 enter");
    assert_eq!(app.model.screen, Screen::Debt);
    assert_eq!(app.selected(), "DONT retries never back off");
    app.press("j");
}

frame!(debt_decided_100x30, debt().with_code());
frame!(debt_range, pressed(debt().with_code(), "v j j"));
frame!(debt_accept_prompt, pressed(debt().with_code(), "A"));
frame!(
    debt_decided_80x24,
    pressed(debt().with_code().sized(80, 24), "enter")
);
frame!(debt_after_the_week, pressed(App::at("20 15:10"), "3 f a"));
